"""Why the reasoner found a contradiction, in words: which statements exclude each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from ontology.axioms import disjoint_pairs
from ontology.lexicon import local_name

#: A named class and the reason why something belongs to it.
_Reasons = Mapping[rdflib.URIRef, str]


def explain_class(graph: rdflib.Graph, iri: str) -> str:
    """Why a class can have no member."""
    node = rdflib.URIRef(iri)
    reasons = _of_class(graph, node, "it is a kind of {name}")
    why = [*_clashes(graph, reasons), *_impossible_values(graph, node)]
    return f"{local_name(iri)} can have no member: {'; '.join(why) or 'by a longer argument'}"


def explain_things(graph: rdflib.Graph) -> Iterator[str]:
    """One line for each thing whose statements exclude each other."""
    named = {subject for subject in graph.subjects() if isinstance(subject, rdflib.URIRef)}
    for thing in sorted(named - set(graph.subjects(RDF.type, OWL.Class))):
        for clash in (*_clashes(graph, _of_thing(graph, thing)), *_forbidden_edges(graph, thing)):
            yield f"{thing}: {clash}"
    yield from _denied_conclusions(graph)


def above(graph: rdflib.Graph, node: Node) -> list[rdflib.URIRef]:
    """A class and its named superclasses, nearest first."""
    wider = graph.transitive_objects(node, RDFS.subClassOf)
    return [found for found in wider if isinstance(found, rdflib.URIRef)]


def _of_class(graph: rdflib.Graph, node: Node, words: str) -> dict[rdflib.URIRef, str]:
    """A class with all above it, and the domains of the relations that it must have."""
    reasons: dict[rdflib.URIRef, str] = {}
    for wider in above(graph, node):
        reasons.setdefault(wider, words.format(name=local_name(wider)))
        for property_, _ in _restrictions(graph, wider):
            for domain in graph.objects(property_, RDFS.domain):
                for kind in above(graph, domain):
                    text = f"by its {local_name(str(property_))} it is a {local_name(kind)}"
                    reasons.setdefault(kind, text)
    return reasons


def _of_thing(graph: rdflib.Graph, thing: rdflib.URIRef) -> dict[rdflib.URIRef, str]:
    """The classes of a thing: stated ones, then those that follow from the relations it stands in."""
    reasons: dict[rdflib.URIRef, str] = {}
    for stated in graph.objects(thing, RDF.type):
        for kind in above(graph, stated):
            reasons.setdefault(kind, f"it is a {local_name(kind)}")
    sides = [(p, RDFS.domain, "subject") for p in graph.predicates(thing)]
    sides += [(p, RDFS.range, "object") for p in graph.predicates(None, thing)]
    for predicate, side, word in sides:
        for stated in graph.objects(predicate, side):
            for kind in above(graph, stated):
                text = f"as the {word} of {local_name(str(predicate))} it is a {local_name(kind)}"
                reasons.setdefault(kind, text)
    return reasons


def _impossible_values(graph: rdflib.Graph, node: Node) -> Iterator[str]:
    """Relations that every member must have to something that cannot be."""
    for wider in above(graph, node):
        for property_, filler in _restrictions(graph, wider):
            name = local_name(str(property_))
            reasons = _of_class(graph, filler, "what it " + name + " is a {name}")
            for range_ in graph.objects(property_, RDFS.range):
                for kind in above(graph, range_):
                    reasons.setdefault(kind, f"as the object of {name} it is a {local_name(kind)}")
            yield from _clashes(graph, reasons)


def _restrictions(graph: rdflib.Graph, node: Node) -> Iterator[tuple[Node, Node]]:
    """The relations that members of a class must have, each with the class of its object."""
    for restriction in graph.objects(node, RDFS.subClassOf):
        property_ = graph.value(restriction, OWL.onProperty)
        filler = graph.value(restriction, OWL.someValuesFrom)
        if property_ is not None and filler is not None:
            yield property_, filler


def _clashes(graph: rdflib.Graph, reasons: _Reasons) -> list[str]:
    """Each pair of classes that are declared disjoint, with the reasons for both."""
    disjoint = disjoint_pairs(graph)
    pairs = (pair for pair in combinations(sorted(reasons), 2) if frozenset(map(str, pair)) in disjoint)
    return [
        f"{reasons[one]} and {reasons[other]}, but "
        f"{local_name(one)} and {local_name(other)} exclude each other"
        for one, other in pairs
    ]


def _forbidden_edges(graph: rdflib.Graph, thing: rdflib.URIRef) -> Iterator[str]:
    """Relations of a thing to itself, or in both directions, that their axioms forbid."""
    for predicate, other in graph.predicate_objects(thing):
        name = local_name(str(predicate))
        if other == thing and (predicate, RDF.type, OWL.IrreflexiveProperty) in graph:
            yield f"it {name} itself, which nothing does"
        elif (predicate, RDF.type, OWL.AsymmetricProperty) in graph and (other, predicate, thing) in graph:
            yield f"it {name} {other} and the other way round, which excludes itself"


def _denied_conclusions(graph: rdflib.Graph) -> Iterator[str]:
    """Statements that are denied although a chain of relations leads to them."""
    for denial in graph.subjects(RDF.type, OWL.NegativePropertyAssertion):
        source = graph.value(denial, OWL.sourceIndividual)
        predicate = graph.value(denial, OWL.assertionProperty)
        target = graph.value(denial, OWL.targetIndividual)
        for chain in graph.objects(predicate, OWL.propertyChainAxiom):
            steps = list(Collection(graph, chain))
            if source is not None and target in _reached(graph, source, steps):
                words = " ".join(local_name(str(step)) for step in steps)
                denied = f"that {source} {local_name(str(predicate))} {target}"
                yield f"it is denied {denied}, which follows from {words}"


def _reached(graph: rdflib.Graph, start: Node, steps: Iterable[Node]) -> set[Node]:
    """Where a chain of relations leads."""
    here: set[Node] = {start}
    for step in steps:
        here = {target for node in here for target in graph.objects(node, step)}
    return here
