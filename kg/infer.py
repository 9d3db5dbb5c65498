"""Reasoning over the claims of a store: what follows, and from what, for the ``inferred`` graph.

Three kinds of conclusion: chains of relations (SPARQL rules made from the ontology's property chains, with
the number of ways in which they hold), classes and parts (OWL 2 RL), and what formulas have in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import vocabulary as v
from kg.infer_chains import infer_by_chain
from kg.infer_classes import Facts, contradictory_things, infer_classes
from kg.infer_formulas import infer_by_formula
from kg.inference import Inferred, inference_quads
from kg.matching import matching
from kg.updates import change
from kg.vocabulary import lg
from ontology.axioms import axioms, property_chains
from ontology.lexicon import TERMS


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What reasoning over a store gave: statements, and things whose classes exclude each other."""

    inferred: tuple[Inferred, ...]
    contradictory: tuple[tuple[str, str, str], ...]


def infer(store: ox.Store, *, least_support: int = 1, least_papers: int = 1) -> Reasoned:
    """What follows from the affirmed claims of a store.

    Conclusions of chains are kept where they hold in ``least_support`` ways at least and ``least_papers``
    independent papers stand behind each of their steps: on a large graph chains are many.
    """
    works = _works(store)
    facts, named_in = _facts(store)
    found = [
        each
        for chain in property_chains(axioms())
        for each in infer_by_chain(store, chain, works=works, least_support=least_support)
        if each.papers >= least_papers
    ]
    found += infer_classes(facts, works=works)
    found += infer_by_formula(store, named_in=named_in)
    order = sorted(set(found), key=lambda each: (each.predicate, each.subject, str(each.object), each.rule))
    return Reasoned(tuple(order), tuple(contradictory_things(facts)))


def write_inferred(store: ox.Store, reasoned: Reasoned) -> None:
    """Make the statements all that the ``inferred`` graph holds, in one step."""
    change(store, drop=[v.INFERRED_GRAPH], add=inference_quads(reasoned.inferred))


def _works(store: ox.Store) -> Mapping[str, frozenset[str]]:
    """The primary sources of each claim."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in matching(store, None, v.PRIMARY_SOURCE, None, None):
        found[_iri(quad.subject)].add(_iri(quad.object))
    works: dict[str, frozenset[str]] = defaultdict(frozenset)
    works.update({claim: frozenset(iris) for claim, iris in found.items()})
    return works


def _facts(store: ox.Store) -> tuple[Facts, Mapping[str, frozenset[str]]]:
    """Classes of things, relations with their affirmed claims, and the claims that name each thing."""
    affirmed = {
        _iri(quad.subject) for quad in matching(store, None, lg("polarity"), ox.Literal("affirmed"), None)
    }
    sides = {
        name: {_iri(q.subject): _iri(q.object) for q in matching(store, None, lg(name), None, None)}
        for name in ("subject", "relation", "object")
    }
    edges: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    for claim, subject in sides["subject"].items():
        named[subject].add(claim)
        target = sides["object"].get(claim)
        if target is not None:
            named[target].add(claim)
            if claim in affirmed:
                edges[subject, sides["relation"][claim], target].add(claim)
    types: dict[str, set[str]] = defaultdict(set)
    for quad in matching(store, None, v.TYPE, None, None):
        thing, kind = _iri(quad.subject), _iri(quad.object)
        if thing in named and kind.startswith(TERMS) and quad.graph_name != v.INFERRED_GRAPH:
            types[thing].add(kind)
    facts = Facts(
        {thing: frozenset(kinds) for thing, kinds in types.items()},
        {edge: frozenset(claims) for edge, claims in edges.items()},
    )
    return facts, {thing: frozenset(claims) for thing, claims in named.items()}


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
