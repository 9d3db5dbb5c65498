"""What a build finds to read, and when it counts as changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.sources import SourceError, find_sources, pipeline_version, unread_files

SUFFIXES = frozenset({".md", ".txt"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.md",
        "a.txt",
        "a.claims.jsonl",
        "claims.jsonl",
        "picture.png",
        ".hidden/c.md",
        "sub/d.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def test_a_folder_gives_its_documents_and_claims_files_in_a_fixed_order(folder: Path) -> None:
    names = [
        source.path.relative_to(folder).as_posix() for source in find_sources([folder], suffixes=SUFFIXES)
    ]

    assert names == ["a.txt", "b.md", "claims.jsonl", "sub/d.md"]


def test_files_of_a_folder_that_are_of_no_known_kind_are_told(folder: Path) -> None:
    (folder / "sub" / "e.docx").touch()
    (folder / "b.ann").touch()

    unread = unread_files([folder, folder / "picture.png"], suffixes=SUFFIXES)

    assert [path.name for path in unread] == ["picture.png", "e.docx"]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    sources = find_sources([folder / "b.md", folder], suffixes=SUFFIXES)

    assert [source.path.name for source in sources].count("b.md") == 1


def test_a_claims_file_beside_a_document_is_its_annotation(folder: Path) -> None:
    annotated = {s.path.name: s.annotation for s in find_sources([folder], suffixes=SUFFIXES)}

    assert annotated["a.txt"] == folder / "a.claims.jsonl"
    assert annotated["b.md"] is None


@pytest.mark.parametrize("changed", ["a.txt", "a.claims.jsonl"])
def test_a_changed_document_or_annotation_has_another_digest(folder: Path, changed: str) -> None:
    source = next(s for s in find_sources([folder], suffixes=SUFFIXES) if s.path.name == "a.txt")
    before = source.digest()
    assert source.digest() == before

    (folder / changed).write_text("other", encoding="utf-8")

    assert source.digest() != before


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.md: no such file"):
        find_sources([tmp_path / "nowhere.md"], suffixes=SUFFIXES)


def test_a_folder_without_anything_to_read_says_what_is_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"expected files ending in \.md, \.txt"):
        find_sources([tmp_path], suffixes=SUFFIXES)


@pytest.fixture
def fresh() -> Iterator[Callable[[], str]]:
    """The pipeline's version as a new process would find it."""

    def found() -> str:
        pipeline_version.cache_clear()
        return pipeline_version()

    yield found
    pipeline_version.cache_clear()


def test_a_users_ontology_makes_every_document_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: Callable[[], str]
) -> None:
    module = tmp_path / "mine.ttl"
    module.write_text("<https://example.org/a> <https://example.org/b> 1 .", encoding="utf-8")
    without = fresh()
    monkeypatch.setenv("LITHOGRAPH_ONTOLOGY", str(module))
    first = fresh()
    assert fresh() == first != without

    module.write_text("<https://example.org/a> <https://example.org/b> 2 .", encoding="utf-8")

    assert fresh() not in (first, without)


@pytest.mark.parametrize("changed", ["rule.py", "terms.ttl", "cues.yaml"])
def test_changed_code_or_data_makes_every_document_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: Callable[[], str], changed: str
) -> None:
    monkeypatch.setattr("app.sources._ROOT", tmp_path)
    file = tmp_path / "extract" / changed
    file.parent.mkdir()
    file.write_text("one", encoding="utf-8")
    (tmp_path / "extract" / "notes.txt").write_text("no part of it", encoding="utf-8")
    first = fresh()
    (tmp_path / "extract" / "notes.txt").write_text("still none", encoding="utf-8")
    assert fresh() == first

    file.write_text("two", encoding="utf-8")

    assert fresh() != first


def test_a_library_of_another_version_makes_every_document_new(
    monkeypatch: pytest.MonkeyPatch, fresh: Callable[[], str]
) -> None:
    first = fresh()

    monkeypatch.setattr("app.sources.version", lambda name: f"another {name}")

    assert fresh() != first
