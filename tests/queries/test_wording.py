"""Answers read as English, show each row's sentence, and both sides of a comparison."""

from __future__ import annotations

import pytest

from queries.answer import ask


@pytest.fixture
def store(say, measure, known):
    return known(
        say("Li6PS5Cl", "synthesized_by", "ball milling"),
        say("Li6PS5Cl", "has_structure", "argyrodite"),
        say("Li6PS5Br", "doped_with", "yttrium"),
        measure("Li6PS5Cl", 6e-5),
        measure("Li6PS5Cl", 6e-5, document="other"),
        measure("Li6PS5Cl", 6e-5, document="third"),
        measure("Li6PS5Br", 0.025, by="B. Author"),
        measure("Li3PS4", 0.02),
    ).store


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who reported 25 mS/cm?", "the ionic conductivity of things of about 25 mS/cm"),
        ("What is the highest ionic conductivity?", "Looking for things with the highest ionic conductivity"),
        ("Which argyrodites were made by ball milling?", "made by ball milling"),
        ("Is Li6PS5Cl made by ball milling?", "Checking whether Li6PS5Cl is made by ball milling"),
        ("Who reported on argyrodites?", "Looking for the works on argyrodite"),
        ("Which electrolytes have an ionic conductivity above 1 mS/cm?", "Looking for electrolytes with"),
    ],
)
def test_the_reading_is_english(store, question, words) -> None:
    answer = ask(question, store)
    assert words in answer.interpretation
    assert "reported under" not in answer.interpretation


def test_small_values_have_one_notation(store) -> None:
    assert "6×10⁻⁵ S/cm" in ask("What is the ionic conductivity of Li6PS5Cl?", store).text


def test_an_emptied_question_suggests_nothing_that_cannot_be_asked(store) -> None:
    answer = ask("Which argyrodites have an ionic conductivity above 1 S/cm?", store)
    assert answer.status == "no_answer"
    assert not any(each.startswith("Looking") for each in answer.suggestions)


def test_each_row_has_its_sentence_before_any_has_a_second(store) -> None:
    answer = ask("Which materials have an ionic conductivity below 1 S/cm?", store)
    assert len(answer.answers[0].claims) > 1
    shown = [item["claim"] for item in answer.evidence[: len(answer.answers)]]
    assert shown == [row.claims[0] for row in answer.answers]


@pytest.mark.parametrize(
    "question", ["Which conducts better, Li6PS5Br or Li3PS4?", "Does Li6PS5Br conduct better than Li3PS4?"]
)
def test_a_comparison_shows_both_values_the_winner_first(store, question) -> None:
    quotes = [item["quote"].split(":")[0] for item in ask(question, store).evidence]
    assert quotes == ["Li6PS5Br", "Li3PS4"]


def test_a_bare_fade_is_that_of_the_capacity(say, known) -> None:
    mechanisms = ("FailureMechanism", "FailureMechanism")
    store = known(say("contact loss", "promotes", "capacity fade", kinds=mechanisms)).store
    for question in ("What causes fade?", "What causes capacity fade?"):
        assert [row.label for row in ask(question, store).answers] == ["contact loss"]
