"""The axioms as data for whoever reasons over a graph: chains of relations, classes defined by relations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS

from ontology.modules import ontology_files


@dataclass(frozen=True, slots=True)
class Chain:
    """A property chain: whoever takes all steps, in order, arrives where ``relation`` leads. IRIs."""

    relation: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Defined:
    """A class of whatever has a relation to a member of another class. IRIs."""

    name: str
    relation: str
    filler: str


def load_graph(files: Iterable[Path] | None = None) -> rdflib.Graph:
    """The modules of the ontology (or the given files) merged into one rdflib graph."""
    graph = rdflib.Graph()
    for file in ontology_files() if files is None else files:
        graph.parse(file, format="turtle")
    return graph


@cache
def axioms() -> rdflib.Graph:
    """What the ontology states beyond names and texts: no annotations, no literals."""
    whole, logical = load_graph(), rdflib.Graph()
    annotations = set(whole.subjects(RDF.type, OWL.AnnotationProperty))
    for triple in whole:
        if triple[1] not in annotations and not isinstance(triple[2], rdflib.Literal):
            logical.add(triple)
    return logical


def property_chains(graph: rdflib.Graph) -> tuple[Chain, ...]:
    """The chains of an ontology, in a fixed order.

    >>> {"mitigates", "raises"} <= {chain.relation.rpartition("#")[2] for chain in property_chains(axioms())}
    True
    """
    found = (
        Chain(str(relation), tuple(str(step) for step in Collection(graph, chain)))
        for relation, chain in graph.subject_objects(OWL.propertyChainAxiom)
    )
    return tuple(sorted(found, key=lambda chain: (chain.relation, chain.steps)))


def defined_classes(graph: rdflib.Graph) -> tuple[Defined, ...]:
    """The classes that are defined by one relation to a member of a named class, in a fixed order."""
    found = []
    for name, expression in graph.subject_objects(OWL.equivalentClass):
        parts = graph.value(expression, OWL.intersectionOf)
        for part in Collection(graph, parts) if parts else ():
            relation, filler = graph.value(part, OWL.onProperty), graph.value(part, OWL.someValuesFrom)
            if isinstance(filler, rdflib.URIRef) and relation is not None:
                found.append(Defined(str(name), str(relation), str(filler)))
    return tuple(sorted(found, key=lambda each: each.name))


def closure(graph: rdflib.Graph, iri: str, predicate: rdflib.URIRef = RDFS.subClassOf) -> frozenset[str]:
    """A class or property with all above it."""
    return frozenset(str(above) for above in graph.transitive_objects(rdflib.URIRef(iri), predicate))


def disjoint_pairs(graph: rdflib.Graph) -> frozenset[frozenset[str]]:
    """The pairs of classes that are declared to exclude each other."""
    pairs = {frozenset((str(one), str(other))) for one, other in graph.subject_objects(OWL.disjointWith)}
    for node in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        for members in graph.objects(node, OWL.members):
            names = [str(member) for member in Collection(graph, members)]
            pairs.update(frozenset(pair) for pair in combinations(names, 2))
    return frozenset(pairs)
