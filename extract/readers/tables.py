"""Tables in text: pipe tables and tab-separated tables, with captions and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.document import Cell, Span, TableRow
from extract.plain_text import plain_text
from extract.readers.layout import load_layout

_RULER = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?")
_PIPE = re.compile(r"(?<!\\)\|")


def is_pipe_row(line: str) -> bool:
    """Whether a line is a row of a pipe table.

    >>> is_pipe_row("| a | b |"), is_pipe_row("LRMO|SE interface")
    (True, False)
    """
    return line.lstrip().startswith("|") and line.count("|") > 1


def is_tab_row(line: str) -> bool:
    """Whether a line is a row of a tab-separated table."""
    return "\t" in line.strip("\r\n ")


def read_rows(text: str, lines: Sequence[Span], *, damaged: bool) -> tuple[tuple[TableRow, ...], int]:
    """The rows on some lines and how many of them are headers; a ruler ends the header and is no row."""
    rows: list[TableRow] = []
    ruler = 0
    for start, end in lines:
        line = text[start:end]
        if _RULER.fullmatch(line.strip()):
            ruler = ruler or len(rows)
            continue
        edges = _pipe_edges(line) if is_pipe_row(line) else _tab_edges(line)
        cells = tuple(_cell(text, start + left, start + right, damaged=damaged) for left, right in edges)
        rows.append(TableRow(cells, start, end))
    return tuple(rows), count_header_rows(rows, at_least=ruler or 1)


def split_caption(plain: str) -> tuple[str, str]:
    """Label and text of a caption.

    >>> split_caption("Table 2 | Conductivities of glasses")
    ('Table 2', 'Conductivities of glasses')
    """
    found = load_layout().caption.match(plain)
    return (found["label"], found["text"]) if found else ("", plain)


def count_header_rows(rows: Sequence[TableRow], *, at_least: int = 1) -> int:
    """How many rows are headers: a row that names columns under an empty first cell continues the header."""
    count = min(at_least, len(rows))
    while 0 < count < len(rows) and _continues_header(rows[count - 1], rows[count]):
        count += 1
    return count


def _continues_header(above: TableRow, row: TableRow) -> bool:
    """Whether a row holds words only, or stands only under a header that spans several columns."""
    filled = [at for at, cell in enumerate(row.cells) if cell.text]
    if not filled or filled[0] == 0:
        return False
    if not any(re.search(r"\d", row.cells[at].text) for at in filled):
        return True
    texts = [cell.text for cell in above.cells]
    spanned = {at for at in range(1, len(texts)) if not texts[at] or not "".join(texts[at + 1 : at + 2])}
    return len(filled) > 1 and spanned.issuperset(filled)


def _cell(text: str, start: int, end: int, *, damaged: bool) -> Cell:
    raw = text[start:end]
    left = start + len(raw) - len(raw.lstrip())
    right = max(left, end - (len(raw) - len(raw.rstrip())))
    return Cell(plain_text(text, [(left, right)], damaged=damaged).text, left, right)


def _pipe_edges(line: str) -> list[Span]:
    marks = [found.start() for found in _PIPE.finditer(line)]
    edges = [(left + 1, right) for left, right in pairwise(marks)]
    if line[marks[-1] + 1 :].strip():
        edges.append((marks[-1] + 1, len(line)))
    return edges


def _tab_edges(line: str) -> list[Span]:
    edges: list[Span] = []
    at = 0
    for part in line.rstrip("\r").split("\t"):
        edges.append((at, at + len(part)))
        at += len(part) + 1
    return edges
