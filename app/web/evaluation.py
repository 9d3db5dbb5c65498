"""The numbers of the evaluation, as the README tells them: it comes with the package as its description."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path

_README = Path(__file__).parents[2] / "README.md"
_SECTION = re.compile(r"^## How well it works\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
#: What only those can do who have the repository is left out.
_COMMAND = "`make "
#: What a person who compares two servers wants to know the version of.
_PACKAGES = ("lithograph", "pyoxigraph", "spacy", "rdflib", "fastapi")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The paragraphs before and after a table, its head and its rows."""

    before: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    after: tuple[str, ...]


@cache
def evaluation() -> Evaluation | None:
    """The evaluation; None for a program that was taken out of its package."""
    try:
        text = (
            _README.read_text("utf-8")
            if _README.exists()
            else str(metadata("lithograph").json["description"])
        )
    except PackageNotFoundError:
        return None
    found = _SECTION.search(text)
    return read_section(found[1]) if found else None


def read_section(text: str) -> Evaluation:
    """The parts of a section with one table.

    >>> read_section("How it\\nwent.\\n\\n| what | F1 |\\n|---|---|\\n| tables | 0.96 |\\n\\nAll.")
    Evaluation(before=('How it went.',), head=('what', 'F1'), rows=(('tables', '0.96'),), after=('All.',))
    """
    before: list[str] = []
    after: list[str] = []
    rows: list[tuple[str, ...]] = []
    for block in text.strip().split("\n\n"):
        if block.startswith("|"):
            lines = [line for line in block.splitlines() if not _RULE.fullmatch(line.strip())]
            rows += [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines]
        elif not block.startswith(_COMMAND):
            (after if rows else before).append(" ".join(block.replace("`", "").split()))
    head, *body = rows or [()]
    return Evaluation(tuple(before), head, tuple(body), tuple(after))


@cache
def versions() -> dict[str, str]:
    """The versions of the programs that matter, of those that are installed."""
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
