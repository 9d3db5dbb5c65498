"""Rows that a PDF conversion ran together: every value cell holds two numbers, so two rows stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.document import Cell
from ontology.quantities import find_quantities

#: A piece of a merged cell: a lone dash (an empty cell) or a run without spaces.
_PIECE = re.compile(r"[-–—](?=\s|$)|[^\s]+")


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
