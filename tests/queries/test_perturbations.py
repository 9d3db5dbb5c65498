"""Questions written otherwise by machine: slips, letter case, notations, other orders of the same words."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from bench.perturbations import CHANGES, formula, notation, perturbed, same_reading, slip
from kg.claims_file import read_claims
from kg.store import load_claims, memory_store
from queries.answer import open_for_questions

LEAST_SAME = 0.95


def test_five_hundred_changes_leave_the_form_as_it_is(shared: Path) -> None:
    store = memory_store()
    load_claims(store, read_claims(shared / "eval" / "gold-wu2020-sec2.jsonl"))
    opened = open_for_questions(store)
    rows = map(json.loads, (shared / "eval" / "qa-dev.jsonl").read_text("utf-8").splitlines())
    questions = [text for row in rows for text in (row["question"], *row["paraphrases"])]
    changes = perturbed(questions, count=500, seed=1)
    assert len(changes) == 500
    assert {kind for kind, _, _ in changes} == {change.__name__ for change in CHANGES}
    same = sum(same_reading(question, changed, opened) for _, question, changed in changes)
    assert same / len(changes) >= LEAST_SAME


@pytest.mark.parametrize("seed", range(20))
def test_a_change_keeps_what_it_may_not_touch(seed: int) -> None:
    rng = random.Random(seed)
    slipped = slip("the synthesis temperature of Li3PS4", rng)
    assert slipped is not None
    assert slipped.endswith("of Li3PS4")
    assert slipped.startswith("the s")
    reordered = formula("Is Li3PS4 stable?", rng)
    assert reordered is not None
    assert reordered.startswith("Is ")
    assert reordered.endswith(" stable?")
    assert notation("Is Li3PS4 stable?", rng) is None


def test_what_is_asked_otherwise_is_told_apart() -> None:
    opened = open_for_questions(memory_store())
    question = "Which electrolytes have an ionic conductivity above 1 mS/cm?"
    assert same_reading(question, "ionic conductivity > 1 mS cm-1: which electrolytes?", opened)
    assert not same_reading(question, "Which electrolytes have an ionic conductivity below 1 mS/cm?", opened)
    assert not same_reading(question, "Which electrolytes have an ionic conductivity above 2 mS/cm?", opened)
