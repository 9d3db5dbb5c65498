"""The order in which a page is read: full-width parts and columns between them, from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, groupby

from extract.readers.pdf_lines import rows_of
from extract.readers.pdf_pages import Word
from extract.readers.typesetting import load_typesetting

#: No column is narrower, in points.
_NARROWEST = 70
_Piece = list[Word]


def regions(words: Sequence[Word], *, usual: float | None = None) -> list[list[list[Word]]]:
    """The parts of a page in reading order, each as its rows of words.

    ``usual`` is where the gutter of other pages is: it may part what is too little to show one of its own.
    """
    pieces = _pieces(words)
    return [rows_of(word for piece in part for word in piece) for part in _split(pieces, usual)]


def gutter_of(words: Sequence[Word]) -> float | None:
    """Where the gutter between two columns of a page is, None where it shows none."""
    return _gutter(_pieces(words), None)


def _pieces(words: Sequence[Word]) -> list[_Piece]:
    gap = load_typesetting().column_gap
    return [piece for row in rows_of(words) for piece in pieces_of(row, gap=gap)]


def pieces_of(row: Sequence[Word], *, gap: float) -> list[_Piece]:
    """A row of words cut where a gap is wider, in sizes of its type."""
    pieces: list[_Piece] = []
    for word in row:
        if pieces and word.x0 - pieces[-1][-1].x1 < gap * max(word.size, pieces[-1][-1].size):
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return pieces


def _split(pieces: list[_Piece], usual: float | None = None) -> list[list[_Piece]]:
    gutter = _gutter(pieces, usual)
    if gutter is None:
        return [pieces] if pieces else []
    found: list[list[_Piece]] = []
    across = [piece for piece in pieces if piece[0].x0 < gutter < piece[-1].x1]
    lines = [(min(word.y for word in piece), max(word.y + word.size for word in piece)) for piece in across]

    def is_wide(piece: _Piece) -> bool:
        middle = piece[0].y + piece[0].size / 3
        return any(low < middle < high for low, high in lines)

    ordered = sorted(pieces, key=lambda piece: -piece[0].y)
    for wide, group in groupby(ordered, key=is_wide):
        band = list(group)
        if wide:
            found.append(band)
        else:
            for side in (
                [piece for piece in band if piece[-1].x1 <= gutter],
                [piece for piece in band if piece[-1].x1 > gutter],
            ):
                found.extend(_split(side))
    return found


def _gutter(pieces: Sequence[_Piece], usual: float | None) -> float | None:
    """Where the gutter between two columns is, None where there is one column."""
    if not pieces:
        return None
    left = min(piece[0].x0 for piece in pieces)
    right = max(piece[-1].x1 for piece in pieces)
    width = right - left
    if width < 2 * _NARROWEST:
        return None
    changes = [0] * (int(width) + 3)
    for piece in pieces:
        changes[int(piece[0].x0 - left) + 1] += 1
        changes[int(piece[-1].x1 - left) + 1] -= 1
    crossings = list(accumulate(changes))
    inner = range(_NARROWEST, int(width) - _NARROWEST)
    least = min((crossings[at] for at in inner), default=0)
    groups = groupby(inner, key=lambda at: crossings[at] == least)
    runs = [list(group) for is_least, group in groups if is_least]
    for run in sorted(runs, key=len, reverse=True):
        gutter = left + (run[0] + run[-1] + 1) / 2
        if _is_gutter(pieces, gutter, width):
            return gutter
    if usual is None or any(piece[0].x0 < usual < piece[-1].x1 for piece in pieces):
        return None
    return usual if left < usual < right else None


def _is_gutter(pieces: Sequence[_Piece], gutter: float, width: float) -> bool:
    """Whether rows on both sides end and begin close to a place, and few go across."""
    cues = load_typesetting()
    ends: dict[int, float] = {}
    starts: dict[int, float] = {}
    across: set[int] = set()
    for piece in pieces:
        x0, x1, y = piece[0].x0, piece[-1].x1, round(piece[0].y)
        if x1 <= gutter:
            ends[y] = max(x1, ends.get(y, x1))
        elif x0 >= gutter:
            starts[y] = min(x0, starts.get(y, x0))
        else:
            across.add(y)
    fewest = min(len(ends), len(starts))
    if fewest < cues.gutter_rows or len(across) > cues.gutter_crossed * fewest:
        return False
    close_ends = sum(gutter - x1 < width / 5 for x1 in ends.values())
    close_starts = sum(x0 - gutter < width / 12 for x0 in starts.values())
    return close_ends > cues.gutter_close * len(ends) and close_starts > cues.gutter_close * len(starts)
