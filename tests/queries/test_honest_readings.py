"""Questions whose likeliest wrong reading would go unnoticed: read rightly, or refused with the reason."""

from __future__ import annotations

import pytest

from queries.answer import ask


@pytest.fixture
def store(say, measure, known):
    capacity = {"property": "specific_capacity", "unit": "mAh/g"}
    return known(
        say("sulfur", "used_as", "cathode"),
        say("lithium metal", "used_as", "anode"),
        say("lithium metal", "used_as", "cathode"),
        say("tin", "increases", "ionic conductivity", kinds=("Dopant", "Property"), context=["Li6PS5I"]),
        say(["substitution of germanium by tin", "Sn doping"], "decreases", "cost"),
        say("Li3PS4", "doped_with", "Sb2O5"),
        say("Li6PS5Br", "doped_with", "yttrium"),
        say("LiF-rich interphase", "suppresses", "dendrite growth", kinds=("Interphase", "FailureMechanism")),
        measure("sulfurized polyacrylonitrile", 650, **capacity),
        measure("sulfur", 1500, **capacity),
        measure("S8", 1400, **capacity),
        measure("S/C composite", 1600, **capacity),
        measure("lithium metal", 3800, **capacity),
        measure("Li10GeP2S12", 20, property="thickness", unit="um"),
    ).store


def test_a_sulfur_cathode_is_sulfur_and_what_is_made_of_it(store) -> None:
    best = ask("What is the highest capacity of a sulfur cathode?", store)
    assert [row.value for row in best.answers] == [1600]
    found = ask("Which sulfur cathodes have a capacity above 1000 mAh/g?", store)
    assert {row.label for row in found.answers} == {"sulfur", "sulfur-carbon composite"}


def test_an_anode_metal_is_no_cathode_and_a_thing_is_one_row(store) -> None:
    answer = ask("Which cathodes have a capacity above 1000 mAh/g?", store)
    labels = [row.label for row in answer.answers]
    assert "lithium metal" not in labels
    assert labels.count("sulfur") == 1
    [sulfur] = [row for row in answer.answers if row.label == "sulfur"]
    assert [each["value"] for each in sulfur.values] == [1500, 1400]


def test_doping_with_an_element_is_no_narrower_measure(store) -> None:
    answer = ask("Does Sn doping of Li6PS5I increase the ionic conductivity?", store)
    assert answer.boolean is True
    assert "tin" in answer.interpretation
    assert "germanium" not in answer.interpretation


def test_a_compound_of_the_dopant_counts_where_the_element_is_not_reported(store) -> None:
    answer = ask("Which materials are doped with antimony?", store)
    assert [row.label for row in answer.answers] == ["Li3PS4"]
    assert "“antimony” itself" in answer.interpretation
    plain = ask("Which materials are doped with yttrium?", store)
    assert [row.label for row in plain.answers] == ["Li6PS5Br"]
    assert "itself" not in plain.interpretation


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How thick is the interphase between Li10GeP2S12 and lithium metal?", "lies between"),
        ("Which interphases suppress dendrite growth and how are they formed?", "two questions"),
        ("Which interphases suppress dendrite growth and why?", "“why” was not read"),
    ],
)
def test_what_is_not_answered_is_refused(store, question, reason) -> None:
    answer = ask(question, store)
    assert answer.status == "not_understood"
    assert reason in answer.reason
