"""The questions that came with their answers, in all their wordings, on the graph of their facts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.claims_file import read_claims
from kg.store import load_claims, memory_store
from queries.answer import ask

LEAST_ACCURACY = 0.95
#: Seconds of computing in which 95 of 100 questions are answered, with room for a slower machine.
LONGEST = 0.5


@pytest.fixture(scope="module")
def store(shared: Path) -> ox.Store:
    store = memory_store()
    load_claims(store, read_claims(shared / "eval" / "gold-wu2020-sec2.jsonl"))
    return store


@pytest.fixture(scope="module")
def questions(shared: Path) -> list[dict]:
    lines = (shared / "eval" / "qa-dev.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def accuracy(answers: list[dict], *, shared: Path, folder: Path) -> float:
    """The share of right answers by the scorer that came with the questions."""
    file = folder / "answers.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in answers), "utf-8")
    command = [
        sys.executable,
        shared / "eval" / "score.py",
        "answers",
        shared / "eval" / "qa-dev.jsonl",
        file,
    ]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.findall(r"accuracy=([\d.]+)", printed)
    return float(found[-1])


@pytest.mark.parametrize("wording", [None, 0, 1, 2])
def test_questions_and_paraphrases_are_answered(
    shared: Path, tmp_path: Path, store: ox.Store, questions: list[dict], wording: int | None
) -> None:
    answers = []
    for row in questions:
        text = row["question"] if wording is None else row["paraphrases"][wording]
        answers.append({"id": row["id"], **ask(text, store).to_json()})
    assert accuracy(answers, shared=shared, folder=tmp_path) >= LEAST_ACCURACY


def test_what_must_be_refused_is_refused(store: ox.Store, questions: list[dict]) -> None:
    refused = [row for row in questions if row["answer_type"] == "none"]
    assert refused
    for row in refused:
        for text in (row["question"], *row["paraphrases"]):
            assert ask(text, store).status in ("no_answer", "not_understood"), text


def test_questions_are_answered_at_once(store: ox.Store, questions: list[dict]) -> None:
    ask(questions[0]["question"], store)
    taken = []
    for row in questions:
        if row["answer_type"] != "chain":
            start = time.process_time()
            ask(row["question"], store)
            taken.append(time.process_time() - start)
    assert sorted(taken)[int(0.95 * len(taken))] < LONGEST
