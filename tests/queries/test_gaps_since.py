"""What changed in a gap matrix since a day."""

from __future__ import annotations

import pytest

from kg.curate import judge
from kg.curation import Verdict
from kg.graph import KnowledgeGraph
from kg.store import load_claims, memory_store
from queries.gaps import DayError, matrix_changes

KINDS = ("Dopant", "FailureMechanism")


def told(store, day):
    found = matrix_changes(KnowledgeGraph(store), "dopant", "failure mechanism", day)
    return {
        (each.after.row.label, each.after.column.label): (each.before.status, each.after.status)
        for each in found
    }


def test_cells_that_later_builds_filled_are_told(say):
    store = memory_store()
    load_claims(store, [say("ZnO", "suppresses", "void growth", kinds=KINDS)], on="2024-01-01")
    later = [
        say("ZnO", "suppresses", "void growth", kinds=KINDS, document="second"),
        say("CaO", "suppresses", "void growth", kinds=KINDS, document="second"),
    ]
    load_claims(store, later, on="2024-03-01")
    assert told(store, "2024-03-01") == {}
    assert told(store, "2024-02-01") == {
        ("ZnO", "void growth"): ("reported", "reported"),
        ("CaO", "void growth"): ("never", "reported"),
    }
    assert told(store, "2023-01-01")["ZnO", "void growth"] == ("never", "reported")


def test_claims_that_went_are_told(say):
    store = memory_store()
    one = say("ZnO", "suppresses", "void growth", kinds=KINDS)
    other = say("ZnO", "promotes", "gas release", kinds=KINDS)
    rest = say("CaO", "suppresses", "gas release", kinds=KINDS)
    rest_too = say("ZnO", "promotes", "void growth", kinds=KINDS)
    load_claims(store, [one, other, rest, rest_too], on="2024-01-01")
    load_claims(store, [one, rest, rest_too], on="2024-03-01")
    (change,) = matrix_changes(KnowledgeGraph(store), "dopant", "failure mechanism", "2024-02-01")
    assert (change.before.status, change.after.status) == ("reported", "combined")
    assert other.id in {claim.id for claim in change.went}
    assert change.to_json()["topic"] == ["ZnO", "gas release"]


def test_verdicts_of_later_days_count_as_changes(say):
    store = memory_store()
    load_claims(store, [say("ZnO", "suppresses", "void growth", kinds=KINDS)], on="2024-01-01")
    load_claims(
        store,
        [say("ZnO", "promotes", "gas release", kinds=KINDS, document="two")],
        on="2024-01-01",
    )
    (claim,) = KnowledgeGraph(store).claims(document="two")
    judge(store, [Verdict(claim, "correct", claim_of_other(say), by="me", on="2024-02-01")])
    assert told(store, "2024-01-15") == {("ZnO", "void growth"): ("reported", "reported")}


def claim_of_other(say):
    return say("ZnO", "suppresses", "void growth", kinds=KINDS, document="two")


def test_a_day_that_is_none_is_refused(known):
    with pytest.raises(DayError, match="expected YYYY-MM-DD"):
        matrix_changes(known(), "dopant", "failure mechanism", "yesterday")
