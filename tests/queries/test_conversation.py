"""Follow-ups: each goes on from the last question that had an answer."""

from __future__ import annotations

import pytest

from kg.store import load_claims, memory_store
from queries.answer import OpenedStore, open_for_questions
from queries.answer.conversation import Turn, greeting, is_farewell, reply


@pytest.fixture
def opened(say, measure) -> OpenedStore:
    store = memory_store()
    work = {"volume": "1", "page": "1"}
    first = {"primary": [{"authors": ["A. One"], "year": 2011, **work}]}
    later = {"primary": [{"authors": ["B. Two"], "year": 2019, **work}]}
    load_claims(store, [
        measure("Li6PS5Cl", 0.002, **later),
        measure("Li6PS5Cl", 0.004, conditions={"form": "sintered"}, **later),
        measure("Li10GeP2S12", 0.012, **first),
        measure("Li6PS5Br", 0.0006, **first),
        measure("Li6PS5Cl", 1e-9, property="electronic_conductivity"),
        say("Li6PS5Cl", "has_structure", "argyrodite"),
        say("Li6PS5Br", "has_structure", "argyrodite"),
        say("LiF", "suppresses", "lithium dendrite growth"),
        say("ZnO", "suppresses", "hydrolysis"),
    ])  # fmt: skip
    return open_for_questions(store)


def talk(opened: OpenedStore, *lines: str) -> list[Turn]:
    turns: list[Turn] = []
    for line in lines:
        turns.append(reply(line, opened, turns[-1] if turns else None))
    return turns


def labels(turn: Turn) -> list[str]:
    return [row.label for row in turn.answer.answers]


def values(turn: Turn) -> list[float | None]:
    return [row.value for row in turn.answer.answers]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("conductivity of Li6PS5Cl?", "and after sintering?"), [0.004]),
        (("conductivity of Li6PS5Cl?", "and Li6PS5Br?"), [0.0006]),
        (("conductivity of Li6PS5Cl?", "what about the electronic conductivity"), [1e-9]),
        (("conductivity of Li6PS5Cl?", "What is its electronic conductivity?"), [1e-9]),
        (("conductivity of Li6PS5Cl?", "and at 90 °C?", "and Li6PS5Br?"), [0.0006]),
    ],
)
def test_a_follow_up_changes_one_part_of_a_lookup(opened, lines, expected):
    turn = talk(opened, *lines)[-1]
    assert turn.answer.status == "answered", turn.answer.reason
    assert values(turn) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("electrolytes above 1 mS/cm", "only argyrodites"), ["Li6PS5Cl"]),
        (("electrolytes above 1 mS/cm", "without germanium"), ["Li6PS5Cl"]),
        (("electrolytes above 0.1 mS/cm", "above 3 mS/cm", "published before 2015"), ["Li10GeP2S12"]),
        (("electrolytes above 0.1 mS/cm", "which of those contain bromine?"), ["Li6PS5Br"]),
        (("What suppresses lithium dendrite growth?", "and hydrolysis?"), ["ZnO"]),
        (("What suppresses hydrolysis?", "and what suppresses lithium dendrite growth?"), ["LiF"]),
    ],
)
def test_a_follow_up_narrows_what_was_found(opened, lines, expected):
    turn = talk(opened, *lines)[-1]
    assert turn.answer.status == "answered", turn.answer.reason
    assert sorted(labels(turn)) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("sort by value", ["Li10GeP2S12", "Li6PS5Cl", "Li6PS5Br"]),
        ("sort by value, lowest first", ["Li6PS5Br", "Li6PS5Cl", "Li10GeP2S12"]),
        ("sort by year, newest first", ["Li6PS5Cl", "Li10GeP2S12", "Li6PS5Br"]),
        ("order them by name", ["Li10GeP2S12", "Li6PS5Br", "Li6PS5Cl"]),
    ],
)
def test_rows_are_sorted(opened, order, expected):
    turn = talk(opened, "electrolytes above 0.1 mS/cm", order)[-1]
    assert sorted(labels(turn)) == sorted(expected)
    if "year" not in order:
        assert labels(turn) == expected
    else:
        assert labels(turn)[0] == expected[0]


@pytest.mark.parametrize("line", ["and after sintering?", "sort by year", "only argyrodites"])
def test_nothing_before_nothing_to_go_on_from(opened, line):
    assert talk(opened, line)[0].answer.status == "not_understood"


def test_what_changes_nothing_or_is_unknown_is_refused_and_forgotten(opened):
    first, *refused, last = talk(
        opened, "conductivity of Li6PS5Cl?", "and?", "and of unobtanium?", "sort by colour", "and Li6PS5Br?"
    )
    assert first.answer.status == "answered"
    assert {turn.answer.status for turn in refused} == {"not_understood"}
    assert all(turn.answer.reason for turn in refused)
    assert values(last) == [0.0006]


def test_farewells_end_and_the_greeting_tells_how():
    assert is_farewell("")
    assert is_farewell(" Quit ")
    assert not is_farewell("LGPS?")
    assert "sort by year" in greeting()
