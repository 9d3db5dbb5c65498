"""OWL 2 RL over the things of a graph: what claims make of a thing, and parts of parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from kg import vocabulary as v
from kg.inference import Inferred
from ontology.axioms import Defined, axioms, closure, defined_classes, disjoint_pairs
from ontology.lexicon import THINGS, local_name

_Edge = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What document graphs say of things: their classes, and the claims behind each relation between two."""

    types: Mapping[str, frozenset[str]]
    edges: Mapping[_Edge, frozenset[str]] = field(default_factory=dict)


def infer_classes(facts: Facts, *, works: Mapping[str, frozenset[str]]) -> Iterator[Inferred]:
    """The classes and transitive relations that OWL 2 RL adds to what is stated, with the claims behind them.

    A class is told only where the hierarchy of the stated classes does not give it anyway.
    """
    graph = axioms()
    closed = _closed(facts)
    transitive = {str(found) for found in graph.subjects(RDF.type, OWL.TransitiveProperty)}
    behind = _behind(facts, closed, transitive)
    definitions = {each.name: each for each in defined_classes(graph)}
    for subject, predicate, target in sorted(closed):
        if predicate in transitive:
            claims = behind[subject, predicate, target]
            yield _inferred((subject, predicate, target), local_name(predicate), claims, works)
        elif predicate == v.TYPE.value and target in definitions:
            known = _with_above(facts.types.get(subject, frozenset()))
            if target not in known:
                each = definitions[target]
                claims = _claims_for(subject, each, facts, behind)
                rule = f"{local_name(each.relation)} {local_name(each.filler)}"
                yield _inferred((subject, predicate, target), rule, claims, works)


def contradictory_things(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Things whose classes, stated or by their relations, exclude each other: IRI and the pair."""
    graph = axioms()
    disjoint = disjoint_pairs(graph)
    implied: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, target in facts.edges:
        for side, thing in ((RDFS.domain, subject), (RDFS.range, target)):
            named = (str(kind) for kind in graph.objects(rdflib.URIRef(predicate), side) if kind != OWL.Thing)
            implied[thing].update(kind for kind in named if kind.startswith("http"))
    for thing in sorted(set(facts.types) | set(implied)):
        kinds = _with_above(facts.types.get(thing, frozenset()) | implied[thing])
        clashes = sorted(sorted(pair) for pair in disjoint if pair <= kinds)
        for one, other in clashes[:1]:
            yield thing, one, other


def _closed(facts: Facts) -> set[_Edge]:
    """The triples about things that the OWL 2 RL reasoner derives, stated ones included."""
    import reasonable  # noqa: PLC0415  (a compiled library that nothing else needs)

    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(list(axioms()))
    stated = [(thing, v.TYPE.value, kind) for thing, kinds in facts.types.items() for kind in kinds]
    reasoner.from_graph([tuple(map(rdflib.URIRef, edge)) for edge in (*stated, *facts.edges)])
    derived = (tuple(map(str, triple)) for triple in reasoner.reason())
    return {(s, p, o) for s, p, o in derived if s.startswith(THINGS)}


def _behind(facts: Facts, closed: set[_Edge], transitive: set[str]) -> dict[_Edge, frozenset[str]]:
    """The claims behind each relation between two things, those of a chain of parts for a part of a part."""
    graph = axioms()
    above = {relation: closure(graph, relation, RDFS.subPropertyOf) for _, relation, _ in facts.edges}
    behind: dict[_Edge, frozenset[str]] = defaultdict(frozenset)
    steps: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (subject, relation, target), claims in facts.edges.items():
        for wider in above[relation]:
            behind[subject, wider, target] |= claims
            if wider in transitive:
                steps[subject, wider].append(target)
    for subject, relation, target in closed:
        if relation in transitive and (subject, relation, target) not in behind:
            path = _path(steps, relation, subject, target)
            parts = [behind[one, relation, other] for one, other in pairwise(path)]
            behind[subject, relation, target] = frozenset().union(*parts)
    return behind


def _path(steps: Mapping[tuple[str, str], list[str]], relation: str, start: str, end: str) -> list[str]:
    """A shortest way from one thing to another over one relation."""
    paths, seen = [[start]], {start}
    for path in paths:
        for following in steps.get((path[-1], relation), ()):
            if following == end:
                return [*path, end]
            if following not in seen:
                seen.add(following)
                paths.append([*path, following])
    return []


def _claims_for(
    thing: str, each: Defined, facts: Facts, behind: Mapping[_Edge, frozenset[str]]
) -> frozenset[str]:
    """The claims that give a thing the relation by which a class is defined."""
    found = [
        claims
        for (subject, relation, target), claims in behind.items()
        if subject == thing and relation == each.relation
        if each.filler in _with_above(facts.types.get(target, frozenset()))
    ]
    return frozenset().union(*found)


def _with_above(kinds: frozenset[str] | set[str]) -> frozenset[str]:
    graph = axioms()
    return frozenset().union(*(closure(graph, kind) for kind in kinds))


def _inferred(
    said: _Edge, rule: str, claims: frozenset[str], works: Mapping[str, frozenset[str]]
) -> Inferred:
    papers = frozenset().union(*(works[claim] for claim in claims))
    return Inferred(*said, rule, tuple(sorted(claims)), len(claims), len(papers))
