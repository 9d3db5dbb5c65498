"""Consistency of the ontology: the OWL modules merged, checked by HermiT, and its findings explained.

The only module that runs a description-logic reasoner; it needs Java. rdflib merges the Turtle modules,
owlready2 (which reads no Turtle) takes them as N-Triples and hands them to HermiT.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import owlready2
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS

from ontology.lexicon import local_name, ontology_files


class JavaMissingError(RuntimeError):
    """The reasoner needs Java and found none."""


@dataclass(frozen=True, slots=True)
class Consistency:
    """What the reasoner found: no contradiction, or the classes that can have no member and why.

    ``inferred`` are the subclass axioms that follow but are not stated, as pairs of IRIs.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    explanation: str = ""
    inferred: tuple[tuple[str, str], ...] = ()


def load_graph(files: Iterable[Path] | None = None) -> rdflib.Graph:
    """The modules of the ontology (or the given files) merged into one rdflib graph."""
    graph = rdflib.Graph()
    for file in ontology_files() if files is None else files:
        graph.parse(file, format="turtle")
    return graph


def load_owl(files: Iterable[Path] | None = None) -> owlready2.Ontology:
    """The same as an owlready2 ontology in a world of its own."""
    return _as_owl(load_graph(files))


def check_consistency(
    files: Iterable[Path] | None = None, *, more: rdflib.Graph | None = None
) -> Consistency:
    """Classify the ontology with HermiT; ``more`` are further statements to check with it.

    Raises JavaMissingError where there is no Java.
    """
    if shutil.which(owlready2.JAVA_EXE) is None:
        raise JavaMissingError(
            f"the reasoner HermiT needs Java, and no program {owlready2.JAVA_EXE!r} is on the path; "
            f"install a Java runtime (Debian: apt install default-jre-headless) and run this again"
        )
    graph = load_graph(files)
    if more is not None:
        graph += more
    ontology = _as_owl(graph)
    world = ontology.world
    try:
        with ontology:
            owlready2.sync_reasoner_hermit(world, debug=0, infer_property_values=False)
    except owlready2.OwlReadyInconsistentOntologyError:
        clashes = "\n".join(_individual_clashes(graph)) or "no single pair of disjoint classes explains it"
        return Consistency(False, explanation=f"the ontology contradicts itself:\n{clashes}")
    empty = sorted(found.iri for found in world.inconsistent_classes() if found is not owlready2.Nothing)
    return Consistency(
        consistent=not empty,
        unsatisfiable=tuple(empty),
        explanation="\n".join(_class_clash(graph, rdflib.URIRef(iri)) for iri in empty),
        inferred=_inferred(graph, ontology),
    )


def _as_owl(graph: rdflib.Graph) -> owlready2.Ontology:
    world = owlready2.World()
    text = graph.serialize(format="nt", encoding="utf-8")
    return world.get_ontology("https://w3id.org/lithograph/ontology#").load(fileobj=io.BytesIO(text))


def _inferred(graph: rdflib.Graph, ontology: owlready2.Ontology) -> tuple[tuple[str, str], ...]:
    """Pairs of named class and superclass that the reasoner added to those that the hierarchy states."""
    found = []
    for child in ontology.classes():
        stated = set(_above(graph, rdflib.URIRef(child.iri)))
        for parent in child.is_a:
            if isinstance(parent, owlready2.ThingClass) and rdflib.URIRef(parent.iri) not in stated:
                found.append((str(child.iri), str(parent.iri)))
    return tuple(sorted(pair for pair in found if pair[1] != str(OWL.Thing)))


def _individual_clashes(graph: rdflib.Graph) -> Iterator[str]:
    """One line for each thing whose classes exclude each other."""
    for thing in sorted(
        {subject for subject in graph.subjects(RDF.type) if isinstance(subject, rdflib.URIRef)}
    ):
        classes = {above for stated in graph.objects(thing, RDF.type) for above in _above(graph, stated)}
        for one, other in _clashing(graph, classes):
            yield f"{thing} is a {local_name(one)} and a {local_name(other)}, which exclude each other"


def _class_clash(graph: rdflib.Graph, iri: rdflib.URIRef) -> str:
    """Why a class can have no member, in words."""
    pairs = [
        f"{local_name(one)} and {local_name(other)}" for one, other in _clashing(graph, _above(graph, iri))
    ]
    why = (
        f"it is a kind of {', and of '.join(pairs)}, which exclude each other"
        if pairs
        else "by a longer argument"
    )
    return f"{local_name(str(iri))} can have no member: {why}"


def _above(graph: rdflib.Graph, node: rdflib.term.Node) -> list[rdflib.term.Node]:
    """A class and its named superclasses, nearest first."""
    return [
        above for above in graph.transitive_objects(node, RDFS.subClassOf) if isinstance(above, rdflib.URIRef)
    ]


def _clashing(graph: rdflib.Graph, classes: Iterable[rdflib.term.Node]) -> list[tuple[str, str]]:
    """The pairs among the classes that are declared disjoint."""
    known = sorted(str(found) for found in classes)
    disjoint = _disjoint_pairs(graph)
    return [pair for pair in combinations(known, 2) if frozenset(pair) in disjoint]


def _disjoint_pairs(graph: rdflib.Graph) -> frozenset[frozenset[str]]:
    pairs = {frozenset((str(one), str(other))) for one, other in graph.subject_objects(OWL.disjointWith)}
    for node in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        for members in graph.objects(node, OWL.members):
            names: Sequence[str] = [str(member) for member in Collection(graph, members)]
            pairs.update(frozenset(pair) for pair in combinations(names, 2))
    return frozenset(pairs)
