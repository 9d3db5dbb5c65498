"""Ways to put a question that are read alike, and words that no reading may pass over."""

from __future__ import annotations

import pytest

from queries.answer import ask


@pytest.fixture
def store(say, measure, known):
    window = {"property": "electronic_conductivity", "unit": "S/cm"}
    pressed = {"property": "synthesis_pressure", "unit": "MPa"}
    foil = {"property": "thickness", "unit": "um"}
    ball_milled = {"conditions": {"method": "ball milling"}}
    return known(
        measure("Li6PS5Cl", 0.002),
        measure("Li6PS5Br", 0.001, conditions={"solvent": "ethanol"}),
        measure("Li3PS4", 0.0003, **ball_milled),
        measure("NaTaCl6", 0.0001),
        measure("Li6PS5Cl", 4e-9, **window),
        measure("Li6PS5Cl", 360, **pressed),
        measure("lithium foil", 30, **foil),
        say("Li6PS5Cl", "has_structure", "argyrodite"),
        say("Na2ZrCl6", "has_structure", "regular octahedral sites"),
        say("NaGa", "has_structure", "UCl3-type structure"),
        say("face-sharing sites", "increases", "ionic conductivity", kinds=("Structure", "Property")),
        say("twisted octahedral sites", "increases", "bottleneck size", kinds=("Structure", "Property")),
        say("NASICON", "used_as", "sodium superionic conductor"),
        say("lithium metal", "used_as", "anode"),
        say("lithium sulfide", "used_as", "precursor", context=["Li6PS5Cl"]),
        say("Li6PS5Cl", "synthesized_by", "ball milling"),
        say("Li6PS5Cl", "used_as", "interlayer"),
        say("Li10GeP2S12", "decomposes_to", "Ge", context=["lithium metal"]),
        say("Li6PS5Cl", "unstable_with", "lithium metal", year=2016),
        say("sulfide electrolyte", "unstable_with", "moisture", kinds=("Material", "Environment")),
        say("sulfur", "forms", "Li2S2", kinds=("Material", "Material")),
        say("Li2S2", "forms", "Li2S", kinds=("Material", "Material")),
        say("Na5InS4", "doped_with", "tin"),
        say(["Cl substitution", "Cl doping"], "increases", "site disorder"),
        say("site disorder", "increases", "lithium diffusivity", kinds=("Property", "Property")),
        say("voids", "promotes", "dendrite growth"),
        say("insulating sulfur", "decreases", "reaction kinetics"),
        say("polysulfides", "suppresses", "sluggish reaction kinetics"),
        say("Li6PS5Cl", "stable_with", "toluene"),
        say("tin for germanium", "decreases", "cost"),
    ).store


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("second highest ionic conductivity", ["Li6PS5Br"]),
        ("Which material has the third best ionic conductivity?", ["Li3PS4"]),
        ("materials thinner than 50 µm", ["lithium metal"]),
        ("What is Li6PS5Cl made from?", ["Li2S"]),
        ("precursors of Li6PS5Cl", ["Li2S"]),
        ("Which anodes are used?", ["lithium metal"]),
        ("Which material serves as an interlayer?", ["Li6PS5Cl"]),
        ("From what does Li2S form?", ["Li2S2"]),
        ("What is Li2S2 formed from?", ["sulfur"]),
        ("Into which materials was tin introduced?", ["Na5InS4"]),
        ("materials with tin as dopant", ["Na5InS4"]),
        ("In which materials is tin used as a dopant?", ["Na5InS4"]),
        ("solvents in which Li6PS5Cl is stable", ["toluene"]),
        ("What is unstable in humid air?", ["sulfide electrolyte"]),
        ("What are the causes of slow reaction kinetics?", ["insulating sulfur"]),
        ("How do dendrites arise?", ["voids"]),
        ("Which materials conduct sodium ions?", ["NaTaCl6"]),
        ("uses of NASICON", ["sodium superionic conductor"]),
        ("What is doped with tin?", ["Na5InS4"]),
        ("What makes the electrolyte cheaper?", ["tin for germanium"]),
        ("How can the electrolyte be made cheaper?", ["tin for germanium"]),
        ("Which material was tin added to?", ["Na5InS4"]),
        ("non-argyrodite materials above 0.2 mS/cm", ["Li3PS4", "Li6PS5Br"]),
        ("electrolytes with ionic and electronic conductivity values", ["Li6PS5Cl"]),
        ("What causes volume shrinkage?", []),
    ],
)
def test_things_are_found_however_they_are_asked_for(store, question: str, labels: list[str]) -> None:
    answer = ask(question, store)
    assert [row.label for row in answer.answers] == labels, answer.reason or answer.interpretation


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("At how many MPa was Li6PS5Cl pressed?", [360]),
        ("Li6PS5Cl electronic conductivity, S/cm", [4e-9]),
        ("How large is Li6PS5Cl's electronic conductivity?", [4e-9]),
        ("best conductivity from ethanol", [0.001]),
        ("Which ethanol-made material conducts best?", [0.001]),
        ("argyrodites and their electronic conductivity", [4e-9]),
    ],
)
def test_values_are_found_however_they_are_asked_for(store, question: str, values: list[float]) -> None:
    answer = ask(question, store)
    assert [row.value for row in answer.answers] == values, answer.reason or answer.interpretation


@pytest.mark.parametrize(
    ("question", "truth"),
    [
        ("Is NASICON a sodium superionic conductor?", True),
        ("Does Na2ZrCl6 have twisted octahedral sites?", False),
        ("voids cause dendrites?", True),
        ("Is the conductivity of Li6PS5Br below that of Li6PS5Cl?", True),
        ("Is there evidence for the instability of Li6PS5Cl with lithium metal?", True),
        ("Is Ge formed from Li10GeP2S12?", True),
        ("Was tin added to Na5InS4?", True),
        ("Does LGPS perhaps decompose to Ge?", True),
    ],
)
def test_statements_are_checked_however_they_are_put(store, question: str, truth: bool) -> None:
    answer = ask(question, store)
    assert answer.boolean is truth, answer.reason or answer.interpretation


def test_a_gerund_is_the_name_of_what_it_does(store) -> None:
    answer = ask("How does introducing Cl raise lithium diffusivity?", store)
    assert [node["label"] for node in answer.answers[0].path][1] == "site disorder"


def test_the_noun_of_a_statement_stands_for_it(store) -> None:
    answer = ask("Which papers describe the instability of Li6PS5Cl against lithium?", store)
    assert [row.label for row in answer.answers] == ["A. Author 2016"]


def test_a_sort_that_nothing_is_of_has_no_members(store) -> None:
    assert ask("Which materials have twisted octahedral sites?", store).status == "no_answer"


@pytest.mark.parametrize(
    "question",
    [
        "Why is sulfur poorly utilised?",
        "What does the conductivity of Li6PS5Cl result from in a solution?",
        "What thickens the foil?",
        "Li6PS5Cl is second",
        "Through what does the contact with voids lead to dendrites?",
        "melting temperature of Li6PS5Cl",
        "Which argyrodites were made by the solution with a conductivity above 1 mS/cm?",
    ],
)
def test_no_word_is_passed_over(store, question: str) -> None:
    assert ask(question, store).status != "answered"
