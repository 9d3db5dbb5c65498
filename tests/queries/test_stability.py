"""Verdicts on stability weigh what happens in contact, and how sure the sentences are."""

from __future__ import annotations

import pytest

from queries.answer import ask


@pytest.fixture
def store(say, known):
    metal = ("Material", "Material")
    return known(
        say("Li7P3S11", "stable_with", "lithium metal", certainty="hypothesised"),
        say("Li7P3S11", "decomposes_to", "LiP", context=["lithium metal"], certainty="hypothesised"),
        say("Li7P3S11", "decomposes_to", "Li2S", context=["lithium metal"]),
        say("Li7P3S11", "decomposes_to", "Li3P", context=["lithium metal"]),
        say("Li6PS5Cl", "decomposes_to", "LiCl", context=["water"]),
        say("lithium metal", "unstable_with", "Li3PS4", kinds=metal),
        say("Li3N", "stable_with", "lithium metal"),
    ).store


AGAINST = "3 claims (1 of them hedged)"


@pytest.mark.parametrize(
    ("question", "yes", "words"),
    [
        ("Is Li7P3S11 stable with lithium metal?", False, f"1 claim (hedged) for, {AGAINST} against"),
        ("Is Li7P3S11 unstable with lithium metal?", True, f"{AGAINST} for, 1 claim (hedged) against"),
        ("Does Li7P3S11 decompose on lithium metal?", True, f"{AGAINST} for, 1 claim (hedged) against"),
        ("Does Li7P3S11 decompose in contact with lithium metal?", True, f"{AGAINST} for"),
        ("Does Li7P3S11 decompose to Li2S?", True, "Yes, by 1 claim"),
        ("Is Li3PS4 stable with lithium metal?", False, "No: 1 claim against"),
        ("Is Li3N stable with lithium metal?", True, "Yes, by 1 claim"),
    ],
)
def test_a_verdict_weighs_both_sides(store, question, yes, words) -> None:
    answer = ask(question, store)
    assert answer.boolean is yes
    assert words in answer.text


def test_both_sides_are_shown_the_surer_first(store) -> None:
    answer = ask("Is Li7P3S11 stable with lithium metal?", store)
    shown = [" ".join(item["quote"].split()[1:3]) for item in answer.evidence]
    assert shown[1] == "stable_with lithium"
    assert shown[0] in ("decomposes_to Li2S", "decomposes_to Li3P")
    assert shown[-1] == "decomposes_to LiP"


def test_what_something_decomposes_on_is_no_product(store) -> None:
    answer = ask("Which materials decompose on lithium metal?", store)
    assert [row.label for row in answer.answers] == ["Li7P3S11"]
    assert ask("Is Li6PS5Cl stable with lithium metal?", store).status == "no_answer"
