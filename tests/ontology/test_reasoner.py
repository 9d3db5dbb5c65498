"""The ontology loads in both libraries, holds together, and the reasoner sees what contradicts it."""

from __future__ import annotations

import shutil

import owlready2
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from ontology.lexicon import TERMS, load_lexicon, ontology_files
from ontology.reasoner import JavaMissingError, check_consistency, load_graph, load_owl

needs_java = pytest.mark.skipif(
    shutil.which("java") is None,
    reason="HermiT needs Java: install a Java runtime to run the reasoner's tests",
)

LG = rdflib.Namespace(TERMS)
#: Enough of the ontology for the contradictions below; all of it takes HermiT seconds.
PART = [
    file for file in ontology_files() if file.stem not in ("materials", "failure", "mitigation", "alignments")
]
ID = rdflib.Namespace("https://example.org/")


def _graph(*triples: tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for triple in triples:
        graph.add(triple)
    return graph


def test_both_libraries_load_every_class() -> None:
    in_rdflib = {str(found) for found in load_graph().subjects(RDF.type, OWL.Class)}
    in_owlready = {str(found.iri) for found in load_owl().classes()}
    terms = set(load_lexicon().terms)
    assert terms <= in_rdflib
    assert terms <= in_owlready


@needs_java
def test_the_ontology_is_consistent_and_every_class_can_have_members() -> None:
    found = check_consistency()
    assert found.explanation == ""
    assert found.consistent
    assert found.unsatisfiable == ()


@needs_java
def test_a_class_that_contradicts_the_ontology_is_caught_and_explained() -> None:
    found = check_consistency(
        PART,
        more=_graph(
            (LG.GlassyCrystal, RDF.type, OWL.Class),
            (LG.GlassyCrystal, RDFS.subClassOf, LG.Amorphous),
            (LG.GlassyCrystal, RDFS.subClassOf, LG.SingleCrystal),
        ),
    )
    assert not found.consistent
    assert found.unsatisfiable == (str(LG.GlassyCrystal),)
    assert "GlassyCrystal can have no member" in found.explanation
    assert "Amorphous and Crystalline" in found.explanation


@needs_java
def test_a_thing_that_contradicts_the_ontology_is_caught_and_explained() -> None:
    found = check_consistency(
        PART, more=_graph((ID.x, RDF.type, LG.IonicConductivity), (ID.x, RDF.type, LG.BallMilling))
    )
    assert not found.consistent
    assert f"{ID.x} is a Property and a SynthesisMethod" in found.explanation


@needs_java
def test_domains_are_checked() -> None:
    found = check_consistency(
        PART, more=_graph((ID.sentence, RDF.type, LG.Evidence), (ID.sentence, LG.suppresses, ID.something))
    )
    assert not found.consistent


@needs_java
def test_a_dopant_that_forms_a_suppressing_layer_mitigates() -> None:
    """The chain holds if denying its conclusion is a contradiction."""
    chain = (
        (ID.electrolyte, LG.doped_with, ID.dopant),
        (ID.dopant, LG.forms, ID.layer),
        (ID.layer, LG.suppresses, ID.dendrites),
    )
    denial = (
        (ID.denial, RDF.type, OWL.NegativePropertyAssertion),
        (ID.denial, OWL.sourceIndividual, ID.electrolyte),
        (ID.denial, OWL.assertionProperty, LG.mitigates),
        (ID.denial, OWL.targetIndividual, ID.dendrites),
    )
    things = tuple(
        (thing, RDF.type, OWL.NamedIndividual)
        for thing in (ID.electrolyte, ID.dopant, ID.layer, ID.dendrites)
    )
    assert check_consistency(PART, more=_graph(*things, *denial, *chain[:2])).consistent
    assert not check_consistency(PART, more=_graph(*things, *denial, *chain)).consistent


@needs_java
def test_the_reasoner_adds_what_follows() -> None:
    restriction = rdflib.BNode()
    found = check_consistency(
        PART,
        more=_graph(
            (LG.NewLayer, RDF.type, OWL.Class),
            (LG.NewLayer, RDFS.subClassOf, LG.Interphase),
            (LG.NewLayer, RDFS.subClassOf, restriction),
            (restriction, RDF.type, OWL.Restriction),
            (restriction, OWL.onProperty, LG.suppresses),
            (restriction, OWL.someValuesFrom, LG.DendriteGrowth),
        ),
    )
    assert (str(LG.NewLayer), str(LG.DendriteSuppressor)) in found.inferred


def test_without_java_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owlready2, "JAVA_EXE", "no-such-java")
    with pytest.raises(JavaMissingError, match=r"needs Java.*install"):
        check_consistency()
