"""Rows that stand in one: run together by a PDF conversion, or stacked as paragraphs of their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.document import Cell
from ontology.quantities import find_quantities

#: A piece of a merged cell: a lone dash (an empty cell) or a run without spaces.
_PIECE = re.compile(r"[-–—](?=\s|$)|[^\s]+")


#: Between the paragraphs of a cell, and what numbers one of them: "a. Silicon".
_PARAGRAPH = re.compile(r"\s*;\s+")
_NUMBERED = re.compile(r"^(?:[A-Za-z]|\d{1,2}|[ivx]{1,4})[.)]\s+")


def split_stacked(
    cells: Sequence[Cell], owner_column: int, value_columns: Sequence[int]
) -> list[tuple[Cell, ...]]:
    """The rows that a row of numbered names stands for: itself where no name in it is numbered.

    The last names go with the values, those before are headings; names and values that cannot be told apart
    give no row.
    """
    names = _PARAGRAPH.split(cells[owner_column].text) if owner_column < len(cells) else []
    if len(names) < 2 or not any(map(_NUMBERED.match, names)):
        return [tuple(cells)]
    stacks = [_PARAGRAPH.split(cells[i].text) for i in value_columns if i < len(cells) and cells[i].text]
    count = max(map(len, stacks), default=0)
    headings = len(names) - count
    if not 0 <= headings < len(names) or (count == 1 and headings > 1):
        return []
    rows = []
    for place, name in enumerate(names[headings:]):
        parts = {
            index: part[place] if len(part) == count else cell.text
            for index, cell in enumerate(cells)
            for part in [_PARAGRAPH.split(cell.text)]
        }
        parts[owner_column] = _NUMBERED.sub("", name)
        rows.append(tuple(replace(cell, text=parts[index]) for index, cell in enumerate(cells)))
    return rows


def split_merged(cells: Sequence[Cell], value_columns: Sequence[int]) -> list[tuple[Cell, ...]]:
    """The rows that a row stands for: itself, unless all its value cells hold the same number of values.

    A cell with as many pieces as there are rows is shared out, any other is repeated.
    """
    filled = [cells[i] for i in value_columns if i < len(cells) and re.search(r"\d", cells[i].text)]
    found = [find_quantities(cell.text, bare=True) for cell in filled]
    count = len(found[0]) if found else 1
    separate = all(len(matches) == count for matches in found) and not any(
        re.search(r"[,;()/]|\band\b", cell.text) for cell in filled
    )
    if len(filled) < 2 or count < 2 or not separate:
        return [tuple(cells)]
    values = {
        id(cell): [match.as_written for match in matches] for cell, matches in zip(filled, found, strict=True)
    }
    rows: list[list[Cell]] = [[] for _ in range(count)]
    for cell in cells:
        pieces = values.get(id(cell)) or _PIECE.findall(cell.text)
        for row, place in zip(rows, range(count), strict=True):
            row.append(replace(cell, text=pieces[place]) if len(pieces) == count else cell)
    return [tuple(row) for row in rows]
