"""A document as read: its unaltered text and where its sections, blocks, tables and references stand in it.

Offsets are Unicode code points into ``Document.text``, which is the text of the user's own file: markup,
damage and all. Reading never alters it, so ``text[start:end]`` can always be found again in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kg.model import Reference

BlockKind = Literal[
    "heading", "paragraph", "item", "caption", "table", "reference", "equation", "boilerplate"
]
Markup = Literal["text", "xml"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its plain text (formulas and numbers repaired) and its place in the document."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table row; a cell that spans columns or rows is followed by empty cells where it reaches."""

    cells: tuple[Cell, ...]
    start: int
    end: int

    @property
    def is_group(self) -> bool:
        """Whether only the first cell is filled: a heading for the rows below it."""
        return bool(self.cells and self.cells[0].text) and not any(cell.text for cell in self.cells[1:])


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption and notes; ``rows`` holds the ``header_rows`` header rows first.

    ``label``, ``caption`` and ``notes`` are plain text; ``start`` and ``end`` cover caption, rows and notes.
    """

    label: str
    caption: str
    start: int
    end: int
    rows: tuple[TableRow, ...]
    header_rows: int = 1
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section from its heading to the next one of the same or a higher level (level 1 is the highest)."""

    number: str
    title: str
    start: int
    end: int
    level: int = 1

    @property
    def label(self) -> str:
        """Number and title: ``2.1 Structure``."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text of one kind; it has several spans where other blocks stand inside it."""

    kind: BlockKind
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where the first span starts."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the last span ends."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Document:
    """A read file.

    ``own`` is the document's own bibliographic record, the primary work of every claim that cites nobody.
    ``references`` follow the bibliography; works that share one number (``[12] a) … b) …``) stand one after
    the other with the same ``number``. ``markup`` says whether ``text`` holds tags; ``anchors``
    gives the reference number behind the name that a tag uses for a work.
    """

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    references: tuple[Reference, ...]
    source: str
    own: Reference
    blocks: tuple[Block, ...] = ()
    markup: Markup = "text"
    anchors: Mapping[str, int] = field(default_factory=dict)

    @property
    def doi(self) -> str:
        """The document's own DOI, empty where the file does not give it."""
        return self.own.doi

    @property
    def year(self) -> int | None:
        """The year of publication, None where the file does not give it."""
        return self.own.year

    def section_at(self, offset: int) -> Section | None:
        """The innermost section around an offset."""
        found = None
        for section in self.sections:
            if section.start <= offset < section.end:
                found = section
        return found


def document_id(path: str | Path) -> str:
    """A stable identifier from a file's name: folders and the suffix do not count.

    >>> document_id("papers/Wu 2020 (review).md")
    'wu-2020-review'
    """
    stem = Path(path).stem
    return re.sub(r"[^\w]+", "-", stem.lower()).strip("-_") or "document"
