"""A store can be seen as it was: builds, verdicts and retractions of later days are taken back."""

from __future__ import annotations

import io
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.curate import find_work, judge, retract
from kg.curation import Verdict
from kg.export import FORMATS, export
from kg.history import claims_as_of, stored_changes
from kg.read import stored_claims
from kg.store import load_claims, memory_store, remove_document, replace_document
from tests.kg.conftest import relation

POOL = [relation(f"layer {number}", start=100 * number, quote=f"layer {number} helps") for number in range(5)]
DAYS = ("2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01")


def subjects(claims):
    return sorted(claim.subject.label for claim in claims)


@given(versions=st.lists(st.sets(st.integers(0, 4), min_size=1), min_size=4, max_size=4))
@settings(max_examples=60, deadline=None)
def test_each_day_has_the_claims_that_were_built_until_then(versions):
    store = memory_store()
    for day, version in zip(DAYS, versions, strict=True):
        replace_document(store, "notes", [POOL[number] for number in sorted(version)], on=day)
    assert claims_as_of(store, "2023-12-31") == []
    for day, version in zip(DAYS, versions, strict=True):
        assert subjects(claims_as_of(store, day)) == [f"layer {number}" for number in sorted(version)]


def test_several_builds_of_one_day_are_taken_back_together():
    store = memory_store()
    for chosen in ([0], [0, 1], [1, 2], [0]):
        replace_document(store, "notes", [POOL[number] for number in chosen], on="2024-02-01")
    assert len(stored_changes(store, "notes")) == 4
    assert claims_as_of(store, "2024-01-31") == []
    assert subjects(claims_as_of(store, "2024-02-01")) == ["layer 0"]


def test_verdicts_and_retractions_are_taken_back_by_their_own_days(make_relation):
    store = memory_store()
    doi = "10.1000/made-up"
    work = replace(make_relation().evidence, quote="cited")
    cited = replace(make_relation(start=500), evidence=replace(work, start=500, end=505, primary=()))
    claims = [POOL[0], POOL[1], cited]
    replace_document(store, "notes", claims, on="2024-01-01")
    judge(store, [Verdict(next(stored_claims(store)), "reject", by="me", on="2024-02-15")])
    retract(store, [replace(find_work(store, doi), on="2024-03-15")])
    assert len(list(stored_claims(store))) == 2
    assert len(claims_as_of(store, "2024-02-14")) == 3
    assert len(claims_as_of(store, "2024-02-15")) == 2


def test_without_a_day_nothing_is_recorded():
    store = memory_store()
    load_claims(store, POOL[:2])
    assert stored_changes(store, "notes") == []
    assert len(claims_as_of(store, "2000-01-01")) == 2


def test_a_build_that_changes_no_claim_is_no_change():
    store = memory_store()
    for day in DAYS:
        replace_document(store, "notes", POOL[:2], on=day)
    assert [change.on for change in stored_changes(store, "notes")] == ["2024-01-01"]


def test_the_history_of_a_document_goes_with_it():
    store = memory_store()
    before = set(store)
    replace_document(store, "notes", POOL[:2], on="2024-01-01")
    replace_document(store, "notes", POOL[1:], on="2024-01-02")
    remove_document(store, "notes")
    assert set(store) == before


def test_no_export_knows_on_which_day_it_was_built():
    exports = []
    for day in ("", "2024-01-01"):
        store = memory_store()
        load_claims(store, POOL, on=day)
        written = {}
        for form in sorted(FORMATS.keys() - {"parquet"}):
            output = io.BytesIO()
            export(store, form, output)
            written[form] = output.getvalue()
        exports.append(written)
    assert exports[0] == exports[1]
