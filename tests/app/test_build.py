"""Build: what changes is read again, what does not is left alone, and one bad file stops nothing."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path, PosixPath
from typing import Any

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from app.build import Built, build
from app.cli import cli
from app.reading import try_read
from app.sources import Source, find_sources
from extract.llm import LanguageModel
from extract.readers import SUFFIXES
from kg.export import export as write_export
from kg.store import documents, memory_store, replace_document
from tests.model_server import answer, serving

PAPER = """# A note

The ionic conductivity of Li6PS5Cl is 1.3×10^-3 S cm^-1 at room temperature [1].
A LiF-rich interphase suppresses lithium dendrite growth [1].

## References

[1] A. Author, *J. Test* **2015**, 1, 2.
"""


def write(folder: Path, **files: str) -> list[Source]:
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return find_sources([folder], suffixes=SUFFIXES)


def export(store: ox.Store, form: str) -> str:
    output = io.BytesIO()
    write_export(store, form, output)
    return output.getvalue().decode()


def outcomes(built: list[Built]) -> dict[str, str]:
    return {item.source.stem: item.outcome for item in built}


@pytest.fixture
def store() -> ox.Store:
    return memory_store()


def test_a_paper_becomes_claims_with_its_sentences(tmp_path: Path, store: ox.Store) -> None:
    build(write(tmp_path, paper=PAPER), store)

    rows = [json.loads(line) for line in export(store, "claims").splitlines()]
    assert {(row["type"], row.get("property") or row.get("relation")) for row in rows} == {
        ("measurement", "ionic_conductivity"),
        ("relation", "suppresses"),
    }
    assert all(PAPER[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert {row["primary"][0]["year"] for row in rows} == {2015}


def test_a_second_build_changes_nothing(tmp_path: Path, store: ox.Store) -> None:
    sources = write(tmp_path, one=PAPER, two=PAPER)
    build(sources, store)
    before = export(store, "trig")

    assert outcomes(build(sources, store)) == {"one": "unchanged", "two": "unchanged"}
    assert export(store, "trig") == before


def test_only_a_changed_document_is_read_again(tmp_path: Path, store: ox.Store) -> None:
    build(write(tmp_path, one=PAPER, two=PAPER), store)

    sources = write(tmp_path, two=PAPER.replace("1.3×10^-3", "2.4×10^-3"))

    assert outcomes(build(sources, store)) == {"one": "unchanged", "two": "replaced"}
    assert "0.0024" in export(store, "claims")


def test_a_changed_pipeline_reads_every_document_again(
    tmp_path: Path, store: ox.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = write(tmp_path, one=PAPER, two=PAPER)
    build(sources, store)
    read: list[str] = []

    def watched(source: Source, model: LanguageModel | None) -> object:
        read.append(source.path.stem)
        return try_read(source, model)

    monkeypatch.setattr("app.reading.try_read", watched)
    build(sources, store)
    assert read == []

    monkeypatch.setattr("app.sources.pipeline_version", lambda: "another")
    build(sources, store)

    assert read == ["one", "two"]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "empty"), (bytes(range(256)) * 40, "text"), (b"%PDF-1.7 \x00\x01", "broken PDF")],
    ids=["empty", "binary", "pdf bytes"],
)
def test_a_bad_file_among_good_ones_is_named_and_the_good_ones_are_built(
    tmp_path: Path, store: ox.Store, content: bytes, message: str
) -> None:
    (tmp_path / "bad.md").write_bytes(content)

    built = build(write(tmp_path, good=PAPER), store)

    assert outcomes(built) == {"bad": "failed", "good": "added"}
    assert "bad.md" in built[0].message
    assert message in built[0].message


def test_a_file_that_turns_bad_loses_nothing_that_was_read(tmp_path: Path, store: ox.Store) -> None:
    build(write(tmp_path, paper=PAPER), store)
    before = export(store, "claims")

    (tmp_path / "paper.md").write_bytes(b"\x00\xff\x00")

    assert outcomes(build(find_sources([tmp_path], suffixes=SUFFIXES), store)) == {"paper": "failed"}
    assert export(store, "claims") == before


def test_an_annotation_stands_in_for_extraction(tmp_path: Path, store: ox.Store) -> None:
    quote = "A LiF-rich interphase suppresses lithium dendrite growth"
    start = PAPER.index(quote)
    row = {"type": "relation", "subject": ["LiF"], "subject_type": "Material", "relation": "forms",
           "object": ["LiF-rich interphase"], "object_type": "Interphase",
           "start": start, "end": start + len(quote), "quote": quote}  # fmt: skip
    (tmp_path / "paper.claims.jsonl").write_text(json.dumps(row), encoding="utf-8")

    build(write(tmp_path, paper=PAPER), store)

    assert [json.loads(line)["relation"] for line in export(store, "claims").splitlines()] == ["forms"]


def test_an_annotation_that_no_longer_fits_its_text_is_refused(tmp_path: Path, store: ox.Store) -> None:
    row = {"type": "relation", "subject": ["LiF"], "relation": "forms", "object": ["x"],
           "start": 0, "end": 5, "quote": "other"}  # fmt: skip
    (tmp_path / "paper.claims.jsonl").write_text(json.dumps(row), encoding="utf-8")

    built = build(write(tmp_path, paper=PAPER), store)

    assert built[0].outcome == "failed"
    assert "correct start, end or quote" in built[0].message


def test_two_documents_of_one_name_do_not_replace_each_other(tmp_path: Path, store: ox.Store) -> None:
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub", paper=PAPER)

    built = build(write(tmp_path, paper=PAPER), store)

    assert sorted(item.outcome for item in built) == ["added", "failed"]
    assert "same name" in next(item.message for item in built if item.outcome == "failed")


def test_several_workers_build_the_same_graph_as_one(tmp_path: Path, store: ox.Store) -> None:
    sources = write(tmp_path, one=PAPER, two=PAPER.replace("Li6PS5Cl", "Li6PS5Br"))
    other = memory_store()
    build(sources, store, workers=2)
    build(sources, other)

    assert export(store, "claims") == export(other, "claims")
    assert list(documents(store)) == ["one", "two"]


class Trap(PosixPath):
    """A claims file that brings a mistake of the program to light when it is read."""

    def open(self, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if mode == "rb":
            return super().open(mode, *arguments, **options)
        raise KeyError("no such key")


class Deadly(Trap):
    """A claims file that ends the process which reads it."""

    def open(self, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        return super().open(mode, *arguments, **options) if mode == "rb" else os._exit(9)


def trapped(folder: Path, kind: type[Trap]) -> list[Source]:
    """Sources of which the first is trapped."""
    (folder / "bad.note").write_text("{}", encoding="utf-8")
    first, *others = write(folder, bad=PAPER, good=PAPER, other=PAPER)
    return [Source(first.path, kind(folder / "bad.note")), *others]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_mistake_of_the_program_is_one_documents_message(
    tmp_path: Path, store: ox.Store, workers: int
) -> None:
    built = build(trapped(tmp_path, Trap), store, workers=workers)

    assert outcomes(built) == {"bad": "failed", "good": "added", "other": "added"}
    assert str(tmp_path / "bad.md") in built[0].message
    assert "KeyError" in built[0].message
    assert "test_build.py, line" in built[0].message
    assert "report" in built[0].message


def test_a_worker_that_dies_loses_one_document(tmp_path: Path, store: ox.Store) -> None:
    built = build(trapped(tmp_path, Deadly), store, workers=2)

    assert outcomes(built) == {"bad": "failed", "good": "added", "other": "added"}
    assert "memory" in built[0].message


def test_a_mistake_in_writing_is_one_documents_message(
    tmp_path: Path, store: ox.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_all_but_one(store: ox.Store, document: str, *arguments: Any, **options: Any) -> str:
        if document == "bad":
            raise TypeError("no triple")
        return replace_document(store, document, *arguments, **options)

    monkeypatch.setattr("app.build.replace_document", write_all_but_one)

    built = build(write(tmp_path, bad=PAPER, good=PAPER), store)

    assert outcomes(built) == {"bad": "failed", "good": "added"}
    assert "TypeError: no triple" in built[0].message


def test_a_failed_document_makes_the_command_end_with_one(tmp_path: Path) -> None:
    write(tmp_path, good=PAPER)
    (tmp_path / "bad.md").write_bytes(b"")

    for command in (["build", "--store", str(tmp_path / "store")], ["extract"]):
        result = CliRunner().invoke(cli, [*command, str(tmp_path)])
        assert result.exit_code == 1
        assert "bad.md: is empty" in result.stderr
        assert "Traceback" not in result.stderr


def test_a_language_model_reads_beside_the_rules_where_an_address_is_given(tmp_path: Path) -> None:
    write(tmp_path, paper=PAPER)
    claim = {
        "type": "relation",
        "subject": ["LiF-rich interphase"],
        "relation": "suppresses",
        "object": ["lithium dendrite growth"],
        "quote": "LiF-rich interphase suppresses lithium dendrite growth",
    }
    invented = claim | {"relation": "promotes", "quote": "interphase promotes lithium dendrite growth"}
    with serving() as server:
        server.answers = [answer(claim, invented)]
        named = ["--llm-url", server.url, "--llm-model", "test-model"]
        result = CliRunner().invoke(
            cli, ["extract", str(tmp_path), *named], env={"LITHOGRAPH_LLM_KEY": "s3cret"}
        )

    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row.get("relation"): row["extractor"] for row in rows} == {
        None: "measurements.prose",
        "suppresses": "relations.verb+llm",
    }
    assert server.keys == ["Bearer s3cret"]
    assert "s3cret" not in result.stdout + result.stderr


def test_what_a_language_model_gave_no_answer_for_is_told_and_read_again(
    tmp_path: Path, store: ox.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.llm.time.sleep", lambda _: None)
    sources = write(tmp_path, paper=PAPER)
    with serving() as server:
        server.answers = [(500, b"", 0.0)]
        (first,) = build(sources, store, model=server.model())
        server.answers = [answer()]
        outcomes = [build(sources, store, model=server.model())[0] for _ in range(2)]
    (without,) = build(sources, store)

    assert (first.outcome, first.claims) == ("added", 2)
    assert "status 500" in first.message
    assert [(item.outcome, item.message) for item in outcomes] == [("replaced", ""), ("unchanged", "")]
    assert without.outcome == "replaced"


@pytest.mark.slow
def test_every_paper_of_the_shared_documents_is_built(shared: Path, store: ox.Store) -> None:
    sources = find_sources([shared / "documents"], suffixes=SUFFIXES)

    built = build(sources, store)

    assert {item.outcome for item in built} == {"added"}
    assert len(built) == len(list((shared / "documents").iterdir()))
    assert min(item.claims for item in built) >= 40
