"""Tables between the rules of a page: columns by the gaps that all rows share, rows by their leading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.readers.layout import load_layout
from extract.readers.pdf_columns import pieces_of
from extract.readers.pdf_lines import Line, line_of, rows_of
from extract.readers.pdf_pages import Page, Rule, Word
from extract.readers.typesetting import load_typesetting

#: Rules whose ends are no further apart belong to one table, in points.
_APART = 4.0
_FEWEST_ROWS = 2
#: Lines whose steps differ by less are all rows, or all lines of one.
_EVEN = 1.1
#: Rows of a table are no further apart, in sizes of type.
_ROW_STEP = 2.2
#: How far above a table its caption begins at most, in sizes of type.
_REACH = 14


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table: its place, its words and its caption's, and the texts of its rows, the header's first."""

    x0: float
    x1: float
    y0: float
    y1: float
    words: tuple[Word, ...]
    caption: tuple[Line, ...]
    rows: tuple[tuple[str, ...], ...]
    header_rows: int


def find_tables(page: Page, words: Sequence[Word]) -> list[PageTable]:
    """The ruled tables of a page, from top to bottom."""
    if not page.rules:
        return []
    captions = [
        (piece[0].x0, piece[0].y)
        for row in rows_of(words)
        for piece in pieces_of(row, gap=load_typesetting().column_gap)
        if _is_table_caption(piece)
    ]
    tables = [_table(rules, words, captions) for rules in _framed(page.rules, captions)]
    return [table for table in tables if table is not None]


def _is_table_caption(piece: Sequence[Word]) -> bool:
    text = line_of(piece[:8]).text
    return bool(load_layout().table_label.match(text.strip())) and any(map(str.isdigit, text))


def _framed(rules: Iterable[Rule], captions: Sequence[tuple[float, float]]) -> list[list[Rule]]:
    """The rules of each table from top to bottom: of one width, above each other, no caption between."""
    groups: list[list[Rule]] = []
    for rule in _joined(rules):
        for group in reversed(groups):
            last = group[-1]
            if abs(last.x0 - rule.x0) < _APART and abs(last.x1 - rule.x1) < _APART:
                parted = any(rule.y < y < last.y and rule.x0 - _APART <= x <= rule.x1 for x, y in captions)
                groups.append([rule]) if parted else group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) > 1]


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Rules drawn cell by cell made whole, from top to bottom."""
    shortest = load_typesetting().rule[1]
    whole: list[Rule] = []
    for rule in sorted(rules, key=lambda each: (-round(each.y), each.x0)):
        last = whole[-1] if whole else None
        if last is not None and abs(last.y - rule.y) < 1.5 and rule.x0 - last.x1 < _APART:
            whole[-1] = Rule(last.x0, max(last.x1, rule.x1), last.y)
        else:
            whole.append(rule)
    return [rule for rule in whole if rule.x1 - rule.x0 >= shortest]


def _table(
    rules: Sequence[Rule], words: Sequence[Word], captions: Sequence[tuple[float, float]]
) -> PageTable | None:
    top, bottom = rules[0].y, rules[-1].y
    x0, x1 = rules[0].x0 - _APART, rules[0].x1 + _APART
    column = rows_of(word for word in words if word.y < top and x0 <= word.x0 <= x1)
    rows = [row for row in column if row[0].y > bottom]
    if len(rules) == 2:
        rows = [*rows, *_hanging(column[len(rows) :], bottom)]
    if len(rows) < _FEWEST_ROWS:
        return None
    head = rules[1].y
    if not any(row[0].y < head for row in rows):
        head = rows[0][0].y - rows[0][0].size / 2
    header, body = [row for row in rows if row[0].y >= head], [row for row in rows if row[0].y < head]
    columns = _columns(body, x0, x1)
    if len(columns) < 2:
        return None
    first = _cells(header, columns, header=True)
    size = rows[0][0].size
    opens = min((y for x, y in captions if x0 <= x <= x1 and 0 < y - top < _REACH * size), default=top)
    above = rows_of(word for word in words if top < word.y < opens + size / 2 and x0 <= word.x0 <= x1)
    return PageTable(
        x0=rules[0].x0,
        x1=rules[0].x1,
        y0=rows[-1][0].y,
        y1=max(top, opens),
        words=tuple(word for row in (*above, *rows) for word in row),
        caption=tuple(map(line_of, above)),
        rows=(*first, *_cells(body, columns, header=False)),
        header_rows=len(first),
    )


def _hanging(rows: Sequence[list[Word]], y: float) -> list[list[Word]]:
    """The rows that go on below a header's rule, where the table has no rule at its end."""
    taken: list[list[Word]] = []
    for row in rows:
        size = max(word.size for word in row)
        if y - row[0].y > _ROW_STEP * size or not (
            taken or len(pieces_of(row, gap=load_typesetting().column_gap)) > 1
        ):
            break
        taken.append(row)
        y = row[0].y
    return taken


def _columns(rows: Sequence[Sequence[Word]], x0: float, x1: float) -> list[tuple[float, float]]:
    """The columns: what stands between the gaps that almost all rows leave free."""
    gap = load_typesetting().cell_gap * max(word.size for row in rows for word in row)
    crossed = [0] * (int(x1 - x0) + 2)
    for row in rows:
        for at in {at for word in row for at in range(int(word.x0 - x0), int(word.x1 - x0) + 1)}:
            crossed[at] += 1
    free = [count <= 0.04 * len(rows) for count in crossed]
    edges: list[tuple[float, float]] = []
    start = None
    width = 0.0
    for at, is_free in enumerate([*free, *[True] * int(gap + 2)]):
        if not is_free:
            start = at if start is None else start
            width = 0
        elif start is not None:
            width += 1
            if width > gap:
                edges.append((x0 + start, x0 + at - width + 1))
                start = None
    return edges


def _cells(
    rows: Sequence[Sequence[Word]], columns: Sequence[tuple[float, float]], *, header: bool
) -> list[tuple[str, ...]]:
    """The texts of the rows by column; lines of one cell joined."""
    if not rows:
        return []
    lines = [_by_column(row, columns) for row in rows]
    made = [lines[0]]
    for line, goes_on in zip(lines[1:], _continuing(rows, lines, header=header), strict=True):
        if goes_on:
            made[-1] = [[*above, *below] for above, below in zip(made[-1], line, strict=True)]
        else:
            made.append(line)
    return [_texts(cells) for cells in made]


def _by_column(row: Sequence[Word], columns: Sequence[tuple[float, float]]) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _ in columns]
    for piece in pieces_of(row, gap=load_typesetting().cell_gap):
        cells[_column_of(piece, columns)].extend(piece)
    return cells


def _texts(cells: Sequence[Sequence[Word]]) -> tuple[str, ...]:
    return tuple(" ".join(line_of(row).text for row in rows_of(cell)) for cell in cells)


def _column_of(piece: Sequence[Word], columns: Sequence[tuple[float, float]]) -> int:
    """The column that a text stands in, the first where it spans several, the nearest where it is in none."""
    covered = _covered(piece, columns)
    if len(covered) > 1:
        return covered[0]
    shared = [min(piece[-1].x1, x1) - max(piece[0].x0, x0) for x0, x1 in columns]
    return shared.index(max(shared))


def _covered(piece: Sequence[Word], columns: Sequence[tuple[float, float]]) -> list[int]:
    """The columns that a text covers half of."""
    return [
        at
        for at, (x0, x1) in enumerate(columns)
        if min(piece[-1].x1, x1) - max(piece[0].x0, x0) > (x1 - x0) / 2
    ]


def _continuing(
    rows: Sequence[Sequence[Word]], lines: Sequence[Sequence[Sequence[Word]]], *, header: bool
) -> list[bool]:
    """Which lines but the first go on with the row above.

    Those do that are set closer than lines of one column can be; those that follow as the lines of a column
    do, in a header; and in the body those that follow closer than rows do where few cells are filled.
    """
    set_lines = [line_of(row) for row in rows]
    gaps = [above.y - below.y for above, below in pairwise(set_lines)]
    sizes = [line.size for line in set_lines[1:]]
    steps = [
        above - below
        for at in range(len(lines[0]))
        for above, below in pairwise(
            [set_line.y for line, set_line in zip(lines, set_lines, strict=True) if line[at]]
        )
    ]
    leading, most = min(steps, default=0.0), max(gaps, default=0.0)
    if header:
        bound = _EVEN * leading
    else:
        bound = (leading + min(most, 2 * leading)) / 2 if most > _EVEN * leading else 0.0
    filled = [sum(map(bool, line)) for line in lines]
    few = [2 * min(pair) <= len(lines[0]) for pair in pairwise(filled)]
    return [
        gap < size or (gap < bound and (is_few or header))
        for gap, size, is_few in zip(gaps, sizes, few, strict=True)
    ]
