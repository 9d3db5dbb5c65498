"""Questions that nothing was tuned to when they were written, on the graph of the bundled corpus."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from app.build import build
from app.sources import find_sources
from corpus import NOTES
from extract.readers import SUFFIXES
from kg.store import memory_store
from queries.answer import ask

GROUPS = yaml.safe_load(Path(__file__).with_name("unseen_questions.yaml").read_text("utf-8"))
CASES = [pytest.param(case, id=case["ask"][:60]) for cases in GROUPS.values() for case in cases]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = memory_store()
    build(find_sources([NOTES], suffixes=SUFFIXES), made)
    return made


@pytest.mark.parametrize("case", CASES)
def test_a_question_gets_its_answer(store: ox.Store, case: dict) -> None:
    answer = ask(case["ask"], store)
    if case.get("refused"):
        assert answer.status in ("no_answer", "not_understood"), answer.text
        assert answer.reason
        return
    assert answer.status == "answered", answer.reason
    # what a formula or the ontology tells rests on no claim
    assert answer.evidence or not any(row.claims for row in answer.answers)
    if "yes" in case:
        assert answer.boolean is case["yes"]
    if "count" in case:
        assert answer.count == case["count"]
    if "names" in case:
        assert {row.label for row in answer.answers} == set(case["names"])
    if "values" in case:
        assert sorted({row.value for row in answer.answers}) == pytest.approx(sorted(case["values"]))
    if "through" in case:
        assert all(case["through"] in [node["label"] for node in row.path] for row in answer.answers[:1])
