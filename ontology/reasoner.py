"""Consistency of the ontology: the OWL modules merged, checked by HermiT, and its findings explained.

The only module that runs a description-logic reasoner; it needs Java. rdflib merges the Turtle modules,
owlready2 (which reads no Turtle) takes them as N-Triples and hands them to HermiT.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import owlready2
import rdflib
from rdflib.namespace import OWL

from ontology.axioms import load_graph
from ontology.explanations import above, explain_class, explain_things


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


def load_owl(files: Iterable[Path] | None = None) -> owlready2.Ontology:
    """The same as an owlready2 ontology in a world of its own."""
    return as_owl(load_graph(files))


def check_consistency(
    files: Iterable[Path] | None = None, *, more: rdflib.Graph | None = None
) -> Consistency:
    """Classify the ontology with HermiT; ``more`` are further statements to check with it.

    Raises JavaMissingError where there is no Java.
    """
    need_java("the reasoner HermiT")
    graph = load_graph(files)
    if more is not None:
        graph += more
    ontology = as_owl(graph)
    world = ontology.world
    try:
        with ontology:
            owlready2.sync_reasoner_hermit(world, debug=0, infer_property_values=False)
    except owlready2.OwlReadyInconsistentOntologyError:
        why = "\n".join(explain_things(graph)) or "by a longer argument than this program can tell"
        return Consistency(False, explanation=f"the ontology contradicts itself:\n{why}")
    empty = sorted(found.iri for found in world.inconsistent_classes() if found is not owlready2.Nothing)
    return Consistency(
        consistent=not empty,
        unsatisfiable=tuple(empty),
        explanation="\n".join(explain_class(graph, iri) for iri in empty),
        inferred=_inferred(graph, ontology),
    )


def need_java(who: str) -> None:
    """Raise JavaMissingError where there is no Java; ``who`` needs it."""
    if shutil.which(owlready2.JAVA_EXE) is None:
        raise JavaMissingError(
            f"{who} needs Java, and no program {owlready2.JAVA_EXE!r} is on the path; "
            f"install a Java runtime (Debian: apt install default-jre-headless) and run this again"
        )


def as_owl(graph: rdflib.Graph) -> owlready2.Ontology:
    """A graph as an owlready2 ontology in a world of its own."""
    world = owlready2.World()
    text = graph.serialize(format="nt", encoding="utf-8")
    return world.get_ontology("https://w3id.org/lithograph/ontology#").load(fileobj=io.BytesIO(text))


def _inferred(graph: rdflib.Graph, ontology: owlready2.Ontology) -> tuple[tuple[str, str], ...]:
    """Pairs of named class and superclass that the reasoner added to those that the hierarchy states."""
    found = []
    for child in ontology.classes():
        stated = set(above(graph, rdflib.URIRef(child.iri)))
        for parent in child.is_a:
            if isinstance(parent, owlready2.ThingClass) and rdflib.URIRef(parent.iri) not in stated:
                found.append((str(child.iri), str(parent.iri)))
    return tuple(sorted(pair for pair in found if pair[1] != str(OWL.Thing)))
