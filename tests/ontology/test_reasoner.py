"""The ontology loads in both libraries, holds together, and the reasoner sees what contradicts it."""

from __future__ import annotations

import resource
import shutil
from pathlib import Path

import owlready2
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from ontology.axioms import load_graph
from ontology.classify import classify_formulas
from ontology.lexicon import TERMS, load_lexicon
from ontology.modules import ontology_files
from ontology.profile import dl_violations
from ontology.reasoner import JavaMissingError, check_consistency, load_owl

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
    """Processor time counts, of the reasoner alone: how busy the machine is does not."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = check_consistency()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert found.explanation == ""
    assert found.consistent
    assert found.unsatisfiable == ()
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 15


@needs_java
def test_the_ontology_is_owl_2_dl() -> None:
    assert dl_violations() == ()


@needs_java
def test_what_is_not_owl_2_dl_is_named() -> None:
    """A transitive relation is not simple, so it may not be irreflexive too."""
    found = dl_violations(more=_graph((LG.has_part, RDF.type, OWL.IrreflexiveProperty)))
    assert len(found) == 1
    assert "non-simple property" in found[0]
    assert "has_part" in found[0]


@needs_java
def test_a_broken_axiom_of_the_ontology_itself_fails_and_is_explained(tmp_path: Path) -> None:
    """Somebody puts the sulfide electrolytes among the solvents, too."""
    broken = tmp_path / "materials.ttl"
    text = next(file for file in ontology_files() if file.stem == "materials").read_text("utf-8")
    line = "lg:SulfideElectrolyte a owl:Class ; rdfs:subClassOf lg:InorganicSolidElectrolyte"
    assert line in text
    broken.write_text(text.replace(line, f"{line}, lg:Solvent"), encoding="utf-8")
    found = check_consistency([*PART, broken])
    assert not found.consistent
    assert str(LG.ArgyroditeElectrolyte) in found.unsatisfiable
    assert "SolidElectrolyte and Solvent exclude each other" in found.explanation


@needs_java
def test_a_value_that_cannot_be_is_explained() -> None:
    restriction = rdflib.BNode()
    found = check_consistency(
        PART,
        more=_graph(
            (LG.OddGlass, RDF.type, OWL.Class),
            (LG.OddGlass, RDFS.subClassOf, LG.Material),
            (LG.OddGlass, RDFS.subClassOf, restriction),
            (restriction, RDF.type, OWL.Restriction),
            (restriction, OWL.onProperty, LG.has_structure),
            (restriction, OWL.someValuesFrom, LG.SolidElectrolyteRole),
        ),
    )
    assert found.unsatisfiable == (str(LG.OddGlass),)
    assert "what it has_structure is a Role" in found.explanation
    assert "as the object of has_structure it is a Structure" in found.explanation


@needs_java
def test_a_formula_that_nobody_listed_is_classified_by_its_composition() -> None:
    found = classify_formulas(
        [
            "Li5.4PS4.4Cl1.6",
            "Na2.88Sb0.88W0.12S4",
            "Li6.4La3Zr1.4Ta0.6O12",
            "Li9.8Sn0.8P2.2S12",
            "Li2.6In0.8Zr0.2Cl6",
            "LiNi0.7Mn0.3O2",
            "Li6PS5X",
        ]
    )
    assert {"ArgyroditeElectrolyte", "HalideThiophosphate"} <= found["Li5.4PS4.4Cl1.6"]
    assert "SodiumSulfideElectrolyte" in found["Na2.88Sb0.88W0.12S4"]
    assert {"GarnetElectrolyte", "OxideElectrolyte"} <= found["Li6.4La3Zr1.4Ta0.6O12"]
    assert "LGPSTypeElectrolyte" in found["Li9.8Sn0.8P2.2S12"]
    assert "HalideElectrolyte" in found["Li2.6In0.8Zr0.2Cl6"]
    assert not any("Electrolyte" in name for name in found["LiNi0.7Mn0.3O2"])
    assert "Li6PS5X" not in found


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
    assert "Amorphous and Crystalline exclude each other" in found.explanation


@needs_java
def test_a_thing_that_contradicts_the_ontology_is_caught_and_explained() -> None:
    found = check_consistency(
        PART, more=_graph((ID.x, RDF.type, LG.IonicConductivity), (ID.x, RDF.type, LG.BallMilling))
    )
    assert not found.consistent
    assert f"{ID.x}: it is a Property and it is a SynthesisMethod" in found.explanation


@needs_java
def test_domains_are_checked() -> None:
    found = check_consistency(
        PART, more=_graph((ID.sentence, RDF.type, LG.Evidence), (ID.sentence, LG.suppresses, ID.something))
    )
    assert not found.consistent
    assert "it is a Evidence and as the subject of suppresses it is a Entity" in found.explanation or (
        "as the subject of suppresses it is a Entity and it is a Evidence" in found.explanation
    )


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
    found = check_consistency(PART, more=_graph(*things, *denial, *chain))
    assert not found.consistent
    assert "which follows from doped_with forms suppresses" in found.explanation


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
