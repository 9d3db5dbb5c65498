"""From names to things: terms, formulas, described names, minted ones."""

from __future__ import annotations

import pytest

from ontology.composition import class_by_composition, composition_rules
from ontology.formula import parse_formula
from ontology.grounding import ground, thing_iri
from ontology.lexicon import TERMS, Lexicon, load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.mark.parametrize(
    ("name", "kind", "thing", "reason"),
    [
        ("LGPS", "", "Li10GeP2S12", "alternative label"),
        ("Li₁₀GeP₂S₁₂", "Material", "Li10GeP2S12", "label"),
        ("LGPS pellets", "", "Li10GeP2S12", "description"),
        ("argyrodite-type Li5.3PS4.3Cl1.7", "Material", "Li5.3PS4.3Cl1.7", "description"),
        ("Li₅.₃PS₄.₃Cl₁.₇", "", "Li5.3PS4.3Cl1.7", "formula"),
        ("80Li2S-20P2S5 glass", "Material", "80Li2S-20P2S5-glass", "head"),
        ("hot-pressed Li5.3PS4.3Cl1.7 pellet", "", "hot-pressed-Li5.3PS4.3Cl1.7-pellet", "head"),
        ("Li dendrites", "FailureMechanism", "lithium-dendrite-growth", "alternative label"),
        ("severe side reactions", "FailureMechanism", "interfacial-side-reaction", "description"),
        (
            "growth of Li dendrites along grain boundaries",
            "FailureMechanism",
            "growth-of-Li-dendrites-along-grain-boundaries",
            "head",
        ),
        ("garnet", "Structure", "garnet", "label"),
        ("garnet", "Material", "garnet-electrolyte", "alternative label"),
        ("In", "Dopant", "indium", "alternative label"),
        ("frobnicated stuff", "Material", "frobnicated-stuff", "minted"),
        ("rapid capacity fading", "FailureMechanism", "capacity-fade", "description"),
        ("Li-In", "Material", "Li-In-alloy", "alternative label"),
        ("Li₂P₈", "Material", "Li2P8", "formula"),
    ],
)
def test_a_name_stands_for_a_thing_for_a_reason(
    lexicon: Lexicon, name: str, kind: str, thing: str, reason: str
) -> None:
    found = ground(name, kind=kind, lexicon=lexicon)
    assert (found.iri, found.reason) == (thing_iri(thing), reason)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("LiP5", "LiP7", "Material"),
        ("LiP", "lithium phosphide phase", "Material"),
        ("V3+", "V5+", "Dopant"),
        ("Sn2+", "tin", "Dopant"),
        ("Li2S-P2S5 glass", "sulfide glass", "Material"),
        ("Li2S-P2S5 glass-ceramic", "sulfide glass-ceramic", "Material"),
        ("long-chain polysulfides", "short-chain polysulfides", "Material"),
        ("intermediates", "products", "Role"),
        ("final product", "product", "Role"),
        ("discharge product", "by-product", "Role"),
        ("release of H2S", "hydrolysis", "FailureMechanism"),
        ("replacing Ge with Si", "replacing Ge with Sn", "Strategy"),
        ("pristine NCM811", "NCM811", "Material"),
        ("bare LiNi0.5Mn1.5O4", "LiNi0.5Mn1.5O4", "Material"),
        ("halide electrolytes and lithium metal", "lithium metal", "Material"),
        ("halide electrolytes and lithium metal", "halide electrolyte", "Material"),
        ("die", "sealing material", "Role"),
        ("window material", "pressure management", "Role"),
        ("ion-blocking electrode", "current collector", "Role"),
        ("surface oxygen loss", "oxygen loss", "FailureMechanism"),
        ("oxidation of lattice oxygen", "release of oxygen", "FailureMechanism"),
        ("formation of O-O dimers", "release of oxygen", "FailureMechanism"),
        ("stress", "strain", "Property"),
        ("depth of discharge", "state of charge", "Property"),
        ("cubic LLZO", "tetragonal LLZO", "Material"),
        ("SEM", "TEM", "Strategy"),
    ],
)
def test_different_things_are_not_one(lexicon: Lexicon, one: str, other: str, kind: str) -> None:
    assert ground(one, kind=kind, lexicon=lexicon).iri != ground(other, kind=kind, lexicon=lexicon).iri


def test_a_formula_of_a_family_is_a_thing_of_its_class(lexicon: Lexicon) -> None:
    found = ground("Mn4+", kind="Dopant", lexicon=lexicon)
    assert (found.label, found.reason) == ("Mn4+", "formula")
    assert found.term == lexicon.terms[TERMS + "ManganeseDopant"]


def test_a_list_of_things_is_no_member_of_the_class_of_the_last(lexicon: Lexicon) -> None:
    assert ground("sulfide electrolytes and lithium metal", kind="Material", lexicon=lexicon).term is None


def test_the_first_known_name_decides(lexicon: Lexicon) -> None:
    assert ground(["our new solid", "Li5.3PS4.3Cl1.7", "LGPS"], lexicon=lexicon).label == "Li5.3PS4.3Cl1.7"


def test_one_composition_in_two_spellings_is_two_things_with_one_key(lexicon: Lexicon) -> None:
    one, other = (ground(name, lexicon=lexicon) for name in ("Li3.25Ge0.25P0.75S4", "Li3.25P0.75Ge0.25S4"))
    assert one.iri != other.iri
    assert one.formula
    assert other.formula
    assert one.formula.key == other.formula.key
    assert TERMS + "ThioLISICONElectrolyte" in (other.term.ancestors if other.term else ())


def test_a_qualified_material_keeps_its_class_and_formula(lexicon: Lexicon) -> None:
    found = ground("Sb-doped Li5.3PS4.3Cl1.7", kind="Material", lexicon=lexicon)
    assert found.term == lexicon.terms[TERMS + "ArgyroditeElectrolyte"]
    assert found.formula == parse_formula("Li5.3PS4.3Cl1.7")


def test_an_element_symbol_without_a_term_is_no_formula(lexicon: Lexicon) -> None:
    assert ground("Xe", kind="Material", lexicon=lexicon).reason == "minted"


def test_a_minted_thing_keeps_the_asked_kind(lexicon: Lexicon) -> None:
    assert ground("frobnication", kind="Strategy", lexicon=lexicon).kind == "Strategy"
    assert ground("frobnication", lexicon=lexicon).kind == ""


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        ("Li6-yPS5-yCl1+y", "ArgyroditeElectrolyte"),
        ("Li6.5P0.5Ge0.5S5I", "ArgyroditeElectrolyte"),
        ("Li9.42Si1.02P2.1S9.96O2.04", "LGPSTypeElectrolyte"),
        ("Li4-xGe1-xPxS4", "ThioLISICONElectrolyte"),
        ("67Li2S-33P2S5", "Li2SP2S5System"),
        ("70Li2S-29P2S5-1P2O5", "OxysulfideElectrolyte"),
        ("Na2.9PS3.9Cl0.1", "SodiumSulfideElectrolyte"),
        ("Li2.5Y0.5Zr0.5Cl6", "ChlorideElectrolyte"),
        ("Li3YCl3Br3", "HalideElectrolyte"),
        ("NaSm2Cl6", "SodiumHalideElectrolyte"),
        ("Li6.5La3Zr1.5Nb0.5O12", "GarnetElectrolyte"),
        ("Li1.4Al0.4Ge1.6(PO4)3", "NASICONElectrolyte"),
        ("LiNi0.83Co0.11Mn0.06O2", "NickelRichNMC"),
        ("LiFe0.5Mn0.5PO4", "OlivineCathode"),
        ("Li2S5", "Polysulfide"),
        ("Li15Si4", "LiSi"),
        ("NbS2", "MetalSulfideCathode"),
        ("Cr2O3", "MetalOxide"),
        ("C6H12O6", ""),
    ],
)
def test_composition_puts_a_formula_in_a_class(lexicon: Lexicon, formula: str, name: str) -> None:
    parsed = parse_formula(formula)
    assert parsed
    assert class_by_composition(parsed) == name
    assert not name or TERMS + name in lexicon.terms


def test_every_rule_of_composition_names_a_term(lexicon: Lexicon) -> None:
    assert {TERMS + rule.name for rule in composition_rules()} <= set(lexicon.terms)


def test_named_compounds_keep_the_composition_of_their_class(lexicon: Lexicon) -> None:
    """The rules agree with the ontology: sulfides are put among the sulfides."""
    for term in lexicon.of_kind("Material"):
        parsed = parse_formula(term.label)
        family = "SulfideElectrolyte"
        if parsed and lexicon.is_a(term.iri, TERMS + family):
            name = class_by_composition(parsed)
            assert not name or lexicon.is_a(TERMS + name, TERMS + family), term.label
