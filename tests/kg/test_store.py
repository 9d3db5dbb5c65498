"""The store holds whole documents, recognises what has not changed, and leaves no residue."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ontology_graph
from kg.claims_file import read_claims, row_to_claim, write_claims
from kg.ontology_graph import refresh_ontology
from kg.read import stored_claims
from kg.store import (
    StoreError,
    documents,
    load_claims,
    memory_store,
    open_store,
    remove_document,
    replace_document,
    snapshot,
)
from kg.triples import DocumentInfo
from kg.vocabulary import CURATION_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH, document_graph
from tests.kg.exported import exported


def test_claims_come_back_as_they_were_loaded(varied_claims):
    store = memory_store()
    load_claims(store, varied_claims)
    back = list(stored_claims(store))
    loaded = {claim.id: claim for claim in varied_claims}
    assert len(back) == len(loaded)
    for claim in back:
        original = loaded[claim.id]
        without_iri = replace(
            claim,
            subject=replace(claim.subject, iri=""),
            object=claim.object and replace(claim.object, iri=""),
        )
        assert without_iri == original
        assert claim.subject.iri.startswith("https://w3id.org/lithograph/id/")


def test_loading_again_changes_nothing(varied_claims):
    store = memory_store()
    assert load_claims(store, varied_claims) == {"notes": "added"}
    before = set(store)
    assert load_claims(store, reversed(varied_claims)) == {"notes": "unchanged"}
    assert load_claims(store, stored_claims(store)) == {"notes": "unchanged"}
    assert set(store) == before


def test_a_changed_document_is_as_if_it_had_been_loaded_alone(varied_claims):
    changed, fresh = memory_store(), memory_store()
    load_claims(changed, varied_claims)
    assert load_claims(changed, varied_claims[1:3]) == {"notes": "replaced"}
    load_claims(fresh, varied_claims[1:3])
    assert set(changed) == set(fresh)


def test_what_is_known_of_a_document_is_kept_and_part_of_its_digest(make_relation, works):
    store, claims = memory_store(), [make_relation()]
    info = DocumentInfo(title="Notes on dendrites", source="notes.md", source_digest="abc", own=works[0])
    replace_document(store, "notes", claims, info=info)
    found = documents(store)["notes"]
    assert (found.title, found.source, found.source_digest, found.claims) == (
        "Notes on dendrites",
        "notes.md",
        "abc",
        1,
    )
    assert replace_document(store, "notes", claims, info=info) == "unchanged"
    assert replace_document(store, "notes", claims, info=replace(info, title="Other")) == "replaced"


def test_removing_a_document_leaves_no_residue(make_relation, varied_claims):
    store = memory_store()
    load_claims(store, [make_relation(document="kept")])
    before = set(store)
    load_claims(store, varied_claims)
    assert remove_document(store, "notes")
    assert set(store) == before
    assert list(documents(store)) == ["kept"]
    assert not remove_document(store, "notes")


@pytest.mark.parametrize("change", ["remove", "replace", "add", "nothing"])
def test_what_was_inferred_goes_with_the_graph_it_was_inferred_from(make_relation, change):
    store = memory_store()
    load_claims(store, [make_relation(), make_relation(start=90)])
    inferred = ox.Quad(
        ox.NamedNode("https://e.org/a"), ox.NamedNode("https://e.org/p"), ox.Literal("x"), INFERRED_GRAPH
    )
    store.add(inferred)
    if change == "remove":
        remove_document(store, "notes")
    elif change == "replace":
        load_claims(store, [make_relation()])
    elif change == "add":
        load_claims(store, [make_relation(document="other")])
    else:
        load_claims(store, [make_relation(), make_relation(start=90)])
    assert (inferred in store) is (change == "nothing")


def test_documents_do_not_touch_what_people_curated(varied_claims):
    store = memory_store()
    verdict = ox.Quad(
        ox.NamedNode("https://e.org/c"), ox.NamedNode("https://e.org/p"), ox.Literal("no"), CURATION_GRAPH
    )
    store.add(verdict)
    load_claims(store, varied_claims)
    load_claims(store, varied_claims[:1])
    assert verdict in store


def test_order_of_building_does_not_show(make_relation, make_measurement):
    claims = [
        make(document=name, start=start)
        for name in ("b", "a", "c")
        for make, start in ((make_relation, 5), (make_measurement, 40), (make_relation, 90))
    ]
    one, other = memory_store(), memory_store()
    load_claims(one, claims)
    for claim_set in (claims[6:], claims[:3], claims[3:6]):
        load_claims(other, claim_set)
    for form in ("claims", "turtle", "trig"):
        assert exported(one, form) == exported(other, form)


def test_a_document_takes_only_its_own_claims(make_relation):
    with pytest.raises(StoreError, match="'other', expected claims of 'notes'"):
        replace_document(memory_store(), "notes", [make_relation(document="other")])


def test_a_document_without_claims_is_a_document():
    store = memory_store()
    assert replace_document(store, "silent", []) == "added"
    assert documents(store)["silent"].claims == 0
    assert replace_document(store, "silent", []) == "unchanged"


@pytest.mark.parametrize("name", ["wu 2020", "ä/b?c#d", "10.1002/adma.202000751"])
def test_any_document_id_can_be_stored(make_relation, name):
    store = memory_store()
    load_claims(store, [make_relation(document=name)])
    assert list(documents(store)) == [name]
    assert [claim.evidence.document for claim in stored_claims(store)] == [name]


def test_the_ontology_is_loaded_once_and_again_when_it_changes(monkeypatch):
    store = memory_store()
    assert not refresh_ontology(store)
    count = sum(1 for _ in store.quads_for_pattern(None, None, None, ONTOLOGY_GRAPH))
    monkeypatch.setattr(ontology_graph, "ontology_digest", lambda: "another version")
    assert refresh_ontology(store)
    assert sum(1 for _ in store.quads_for_pattern(None, None, None, ONTOLOGY_GRAPH)) == count


def test_a_store_on_disk_outlives_its_process_and_its_copy_is_independent(tmp_path, varied_claims):
    store = open_store(tmp_path / "a" / "graph.db")
    load_claims(store, varied_claims)
    snapshot(store, tmp_path / "copy")
    remove_document(store, "notes")
    del store
    assert list(documents(open_store(tmp_path / "a" / "graph.db", read_only=True))) == []
    assert documents(open_store(tmp_path / "copy", read_only=True))["notes"].claims == len(varied_claims)


def test_a_copy_needs_a_new_folder(tmp_path):
    store = open_store(tmp_path / "graph.db")
    with pytest.raises(StoreError, match="expected a folder that does not exist yet"):
        snapshot(store, tmp_path)


def test_a_missing_store_says_what_to_do(tmp_path):
    with pytest.raises(StoreError, match=r"no store at .*lithograph build"):
        open_store(tmp_path / "nowhere", read_only=True)


@pytest.mark.parametrize("read_only", [True, False])
def test_another_folder_is_not_taken_for_a_store(tmp_path, read_only):
    (tmp_path / "letter.txt").write_text("dear reader")
    with pytest.raises(StoreError, match="is not a Lithograph store"):
        open_store(tmp_path, read_only=read_only)
    with pytest.raises(StoreError, match="is not a Lithograph store"):
        open_store(tmp_path / "letter.txt", read_only=read_only)


def test_a_second_writer_is_told_kindly(tmp_path):
    store = open_store(tmp_path / "graph.db")
    with pytest.raises(StoreError, match="being written by another process"):
        open_store(tmp_path / "graph.db")
    assert documents(store) == {}


BUILDER = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from kg.claims_file import read_claims
from kg.store import load_claims, open_store
store = open_store({store!r})
versions = [list(read_claims(Path(path))) for path in {files!r}]
print("ready", flush=True)
for turn in range(1000):
    for version in versions:
        load_claims(store, version)
"""


@pytest.mark.parametrize("delay", [0.02, 0.1, 0.3])
def test_a_killed_build_leaves_whole_documents(tmp_path, make_relation, make_measurement, delay):
    """Two versions of three documents are written in turn until the process is killed."""
    versions = [
        [
            make(document=name, start=index, quote=f"version {version}, sentence {index}")
            for name in ("a", "b", "c")
            for index in range(80)
            for make in (make_relation, make_measurement)
        ]
        for version in (1, 2)
    ]
    files = [tmp_path / f"{number}.jsonl" for number in (1, 2)]
    for claims, file in zip(versions, files, strict=True):
        write_claims(claims, file)
    path = tmp_path / "graph.db"
    code = BUILDER.format(
        root=str(Path(__file__).parents[2]), store=str(path), files=[str(file) for file in files]
    )
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=delay)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()

    whole = {}
    for version, file in enumerate(files):
        clean = memory_store()
        load_claims(clean, read_claims(file))
        for name in ("a", "b", "c"):
            whole[name, version] = set(clean.quads_for_pattern(None, None, None, document_graph(name)))
    store = open_store(path)
    for name in documents(store):
        found = set(store.quads_for_pattern(None, None, None, document_graph(name)))
        assert found in (whole[name, 0], whole[name, 1])
    load_claims(store, read_claims(files[0]))
    assert exported(store, "claims") == exported(_loaded(files[0]), "claims")


def _loaded(file: Path) -> ox.Store:
    store = memory_store()
    load_claims(store, read_claims(file))
    return store


def test_gold_rows_with_the_guidelines_fields_alone_make_a_round_trip(shared, tmp_path):
    store = memory_store()
    for file in sorted((shared / "eval").glob("gold-*.jsonl")):
        load_claims(store, read_claims(file))
    first = exported(store, "claims")
    assert first.count(b"\n") > 1000
    file = tmp_path / "claims.jsonl"
    file.write_bytes(first)
    assert exported(_loaded(file), "claims") == first
    assert all(json.loads(line)["id"] for line in first.splitlines())


def test_what_a_killed_first_opening_left_is_no_obstacle(tmp_path):
    for name in ("LOCK", "LOG", "IDENTITY", "MANIFEST-000001", "000001.dbtmp"):
        (tmp_path / name).touch()
    assert documents(open_store(tmp_path)) == {}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2))
@settings(max_examples=50, deadline=None)
def test_any_text_can_be_replaced_by_any_other(quotes):
    claims = [
        row_to_claim(
            {
                "type": "relation",
                "subject": ["LiF"],
                "relation": "forms",
                "object": ["layer"],
                "quote": quote,
            },
            document="d",
        )
        for quote in quotes
    ]
    store, fresh = ox.Store(), ox.Store()
    for claim in claims:
        load_claims(store, [claim])
    load_claims(fresh, claims[1:])
    assert set(store) == set(fresh)
