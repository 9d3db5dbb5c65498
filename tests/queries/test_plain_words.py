"""Questions as people put them: remarks around them, plain words, clauses that limit, opposites."""

from __future__ import annotations

import pytest

from queries.answer import ask
from queries.parse.spoken import spelt_out

_NOTED = ("Material", "FailureMechanism")


@pytest.fixture
def store(say, measure, known):
    capacity = {"property": "theoretical_capacity", "unit": "mAh/g"}
    window = {"property": "electrochemical_window", "unit": "V"}
    return known(
        measure("Li10GeP2S12", 0.012),
        measure("Li6PS5Cl", 0.005),
        measure("Li7P3S11", 0.017),
        measure("Na3SbS4", 0.001, conditions={"method": "ab initio molecular dynamics"}),
        measure("Li3YCl6", 0.0005),
        measure("80Li2S-20P2S5 glass", 0.00017),
        measure("Li10GeP2S12", 2.0, **window),
        measure("lithium metal", 3861, **capacity),
        measure("Li2S", 1000, property="specific_capacity", unit="mAh/g", conditions={"anode": "Li-In"}),
        say("Li6PS5Cl", "has_structure", "argyrodite"),
        say("Li6PS5Br", "has_structure", "argyrodite"),
        say("Li6PS5Cl", "synthesized_by", "ball milling"),
        say("Li6PS5Br", "synthesized_by", "solid-state reaction"),
        say("Li7P3S11", "stable_with", "lithium metal"),
        say("ZnO", "suppresses", "hydrogen sulfide evolution", kinds=_NOTED, context=["Li3PS4"]),
        say("Li3PS4", "doped_with", "ZnO"),
        say("LiI", "suppresses", "lithium dendrite growth", kinds=_NOTED),
        say("LiF-rich interphase", "suppresses", "dendrite growth", kinds=("Interphase", "FailureMechanism")),
        say("sulfide electrolyte", "decomposes_to", "H2S", context=["moisture"]),
        say("Li10GeP2S12", "decomposes_to", "Li3P", context=["lithium metal"]),
        say("Li10GeP2S12", "unstable_with", "lithium metal", year=2016),
        say("voids", "promotes", "short circuit"),
        say("short circuit", "promotes", "cell failure"),
        say("void formation", "promotes", "lithium penetration", context=["garnet electrolyte"]),
        say("large bottleneck", "decreases", "migration barrier", kinds=("Structure", "Property")),
        say("organic contamination", "decreases", "ionic conductivity", context=["liquid-phase synthesis"]),
        say("composite cathode", "composed_of", "carbon black", kinds=("Material", "Material")),
        say("shuttle effect", "decreases", "cycle life", context=["lithium-sulfur battery"]),
        say("Li2S", "used_as", "precursor", context=["Li10GeP2S12"]),
        say("LiNbO3", "used_as", "interlayer"),
    ).store


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("What suppresses dendrite growth?", ["LiF-rich interphase", "LiI"]),
        ("dendrite suppression strategies", ["LiF-rich interphase", "LiI"]),
        ("Which halides are best against dendrites?", ["LiI"]),
        ("Which argyrodites have not been made by ball milling?", ["Li6PS5Br"]),
        ("Which electrolytes beat LGPS in ionic conductivity?", ["Li7P3S11"]),
        ("Which halides have a reported ionic conductivity?", ["Li3YCl6"]),
        ("Which material comes second in ionic conductivity?", ["Li10GeP2S12"]),
        ("Which sodium sulfides exceed 0.5 mS/cm in AIMD simulations?", ["Na3SbS4"]),
        ("Which gas do sulfide electrolytes give off when they meet moisture?", ["hydrogen sulfide"]),
        ("What forms when lithium touches LGPS?", ["Li3P"]),
        ("Into which products does LGPS decompose in contact with lithium metal?", ["Li3P"]),
        ("My cell short-circuits. What could be the cause?", ["voids"]),
        ("For a newspaper piece: what dangers come from short circuits?", ["cell failure"]),
        ("What are the drawbacks of LGPS?", ["lithium metal"]),
        ("What goes wrong with LGPS?", ["lithium metal"]),
        ("What lowers the migration barrier of lithium ions?", ["large bottleneck"]),
        (
            "Why is the conductivity low when sulfides are made by liquid-phase synthesis?",
            ["organic contamination"],
        ),
        ("What is in the composite cathode?", ["carbon black"]),
        ("How does the shuttle effect hurt lithium-sulfur batteries?", ["cycle life"]),
        ("Which factors help lithium to penetrate into garnet electrolytes?", ["void formation"]),
        ("Which precursors are used in the synthesis of LGPS?", ["Li2S"]),
        ("Which cells use Li-In anodes?", ["Li2S"]),
        ("What role does LiNbO3 play in the cathode?", ["interlayer"]),
    ],
)
def test_what_is_asked_in_plain_words_is_found(store, question, labels) -> None:
    answer = ask(question, store)
    assert answer.status == "answered", answer.reason
    assert sorted(row.label for row in answer.answers) == sorted(labels), answer.interpretation


@pytest.mark.parametrize(
    ("question", "values"),
    [
        (
            "What is the ionic conductivity of the electrolytes that are stable against lithium metal?",
            [0.017],
        ),
        ("How many mAh per gram can lithium metal store in theory?", [3861]),
        ("In which voltage range is LGPS electrochemically stable?", [2.0]),
        ("I have Li6PS5Cl. How conductive is it?", [0.005]),
        ("What conductivities do the glassy electrolytes reach?", [0.00017]),
    ],
)
def test_values_are_found_for_what_a_clause_or_a_remark_names(store, question, values) -> None:
    answer = ask(question, store)
    assert [row.value for row in answer.answers] == values, answer.interpretation or answer.reason


def test_what_is_said_of_the_opposite_is_told_as_such(store) -> None:
    answer = ask("Which additives improve the air stability of Li3PS4?", store)
    assert [row.label for row in answer.answers] == ["ZnO"]
    assert "opposite" in answer.interpretation


def test_what_is_added_is_asked_for_where_nothing_is_said_of_adding_it(store) -> None:
    answer = ask("Does adding LiI help against dendrites?", store)
    assert answer.boolean is True
    assert "what is said of LiI counts" in answer.interpretation


def test_papers_on_what_happens_are_those_of_the_year_that_say_what_acts_on_it(say, known) -> None:
    acting = {"kinds": ("Material", "FailureMechanism")}
    store = known(
        say("LiI", "suppresses", "lithium dendrite growth", year=2018, by="B. Berg", **acting),
        say("LiF", "suppresses", "dendrite growth", year=2015, by="C. Clark", **acting),
        say("dendrite growth", "promotes", "short circuit", year=2018, by="D. Dahl"),
        say("Li3PS4", "forms", "Li2S-rich layer", context=["lithium metal"], year=2018),
    ).store
    dated = ask("Which papers from 2018 deal with dendrites?", store)
    assert [row.label for row in dated.answers] == ["B. Berg 2018"]
    counted = ask("How many papers report dendrite suppression?", store)
    assert counted.count == 2
    between = ask("Which interphase forms between Li3PS4 and lithium?", store)
    assert [row.label for row in between.answers] == ["Li2S-rich layer"]


def test_a_temperature_is_no_amount_of_an_element(store) -> None:
    assert ask("Is Li7P3S11 stable at 500 K?", store).status == "not_understood"


def test_papers_that_disagree_are_shown_with_their_values(say, measure, known) -> None:
    store = known(measure("Li6PS5Cl", 0.005), measure("Li6PS5Cl", 0.00001)).store
    answer = ask("Which papers disagree about the conductivity of Li6PS5Cl?", store)
    assert len(answer.answers) == 2, answer.reason


def test_problems_that_nothing_tells_of_are_no_list_of_what_was_measured(store) -> None:
    answer = ask("What are the problems with Li-In?", store)
    assert answer.status == "no_answer", answer.text


def test_two_values_are_not_answered_by_one(store) -> None:
    answer = ask("At what temperature and for how long is Li6PS5Cl annealed?", store)
    assert answer.status == "not_understood"
    assert "one after the other" in answer.reason


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Polymers stop dendrites, don't they?", "Polymers stop dendrites?"),
        ("Are there garnets above 1 mS/cm? Which ones?", "Are there garnets above 1 mS/cm?"),
        ("What serves as an anode in this literature?", "What serves as an anode?"),
        ("Which oxides exceed 200 mAh per gram?", "Which oxides exceed 200 mAh/g?"),
        ("In the papers of 2019, what conducts?", "In the papers of 2019, what conducts?"),
    ],
)
def test_what_stands_around_a_question_is_left_out(said, asked) -> None:
    assert spelt_out(said) == asked
