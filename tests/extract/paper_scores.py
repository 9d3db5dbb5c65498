"""Scores of what is extracted from a paper against gold facts, as the scorer beside the repository counts."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from extract.pipeline import extract_claims
from extract.readers import read_document
from kg.claims_file import claim_to_row

Row = dict[str, Any]

_KEYS = {
    "measurement": ("property", "material", "value", "value_max"),
    "relation": ("relation", "subject", "object"),
}


@cache
def scorer(folder: Path) -> ModuleType:
    """The scorer, loaded from its file."""
    spec = importlib.util.spec_from_file_location("score", folder / "eval/score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def extracted(file: Path) -> list[Row]:
    """The claims of a paper as rows."""
    return [claim_to_row(claim) for claim in extract_claims(read_document(file))]


def f1(shared: Path, gold_name: str, document: str, *, kind: str, text_only: bool) -> float:
    """F1 of the claims of a kind inside the annotated sections."""
    score = scorer(shared)
    gold, found = annotated(shared, gold_name, document, kind=kind, text_only=text_only)
    return float(score.prf(*f1_of_rows(score, gold, found, kind=kind))[2])


def annotated(
    shared: Path, gold_name: str, document: str, *, kind: str, text_only: bool
) -> tuple[list[Row], list[Row]]:
    """The gold rows of a paper, and the claims of a kind that stand inside the annotated sections."""
    score = scorer(shared)
    file = shared / "documents" / document
    text = file.read_text(encoding="utf-8")
    gold = score.read(shared / "eval" / f"gold-{gold_name}.jsonl")
    tables = score.regions([row for row in gold if str(row["section"]).startswith("Table")], text)
    if text_only:
        gold = [row for row in gold if not str(row["section"]).startswith("Table")]
    spans = score.regions(gold, text)

    def inside(row: Row, regions: list[tuple[int, int]]) -> bool:
        return any(start <= row["start"] < end for start, end in regions)

    found = [row for row in extracted(file) if row["type"] == kind and inside(row, spans)]
    if text_only:
        found = [row for row in found if not inside(row, tables)]
    return gold, found


def f1_of_rows(score: ModuleType, gold: list[Row], found: list[Row], *, kind: str) -> tuple[int, int, int]:
    """How many rows of a kind match, how many are wanted, how many were found."""
    matched, wanted, found = right_rows(score, gold, found, kind=kind)
    return len(matched), len(wanted), len(found)


def right_rows(
    score: ModuleType, gold: list[Row], found: list[Row], *, kind: str
) -> tuple[list[Row], list[Row], list[Row]]:
    """The found rows that match a gold row, the gold rows and the found ones, each of them once."""
    wanted = score.dedupe([row for row in gold if row["type"] == kind], _KEYS[kind])
    found = score.dedupe([row for row in found if row["type"] == kind], _KEYS[kind])
    match = score.measurement_match if kind == "measurement" else score.relation_match
    return [found[at] for at in score.one_to_one(wanted, found, match).values()], wanted, found
