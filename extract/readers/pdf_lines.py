"""Words of a page into lines: raised and lowered type kept with its line and written as such."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.notation import Script, load_notation
from extract.readers.pdf_pages import Word
from extract.readers.typesetting import load_typesetting

_SIGNS = "+-−–"
_MINUS = str.maketrans("−–", "--")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: ``y`` is its baseline, ``size`` that of most of its type."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool


@dataclass(slots=True)
class _Row:
    """A line in the making; its first word gave it its baseline and size."""

    words: list[Word]
    y: float
    size: float
    x0: float
    x1: float

    def takes(self, word: Word) -> bool:
        """Whether a word stands on the baseline, or is raised or lowered type beside what is there."""
        rise = (word.y - self.y) / self.size
        cues = load_typesetting()
        if abs(rise) < cues.script_least:
            return True
        least, most = cues.script_rise
        near = self.x0 - self.size < word.x1 and word.x0 < self.x1 + self.size
        return word.size < cues.script_size * self.size and least < rise < most and near

    def add(self, word: Word) -> None:
        """Take a word into the line."""
        self.words.append(word)
        self.x0, self.x1 = min(self.x0, word.x0), max(self.x1, word.x1)


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """The words by lines from top to bottom, those of a line from left to right."""
    rows: list[_Row] = []
    for word in sorted(words, key=lambda each: (-round(each.size, 1), -each.y, each.x0)):
        row = next((row for row in reversed(rows) if row.takes(word)), None)
        if row is None:
            rows.append(_Row([word], word.y, word.size, word.x0, word.x1))
        else:
            row.add(word)
    rows.sort(key=lambda row: (-row.y, row.x0))
    return [sorted(row.words, key=lambda word: word.x0) for row in rows]


def line_of(words: Sequence[Word]) -> Line:
    """The line that some words are, in their order from left to right."""
    size = _main(words)
    base = statistics.median([word.y for word in words if word.size > 0.95 * size])
    parts: list[str] = []
    last: Word | None = None
    letters: Counter[tuple[bool, bool]] = Counter()
    level, run = 0, ""
    for word in words:
        rise = _level(word, base, size)
        gap = last is not None and (
            word.spaced or word.x0 - last.x1 > load_typesetting().word_gap * max(word.size, last.size)
        )
        # a raised sign and its number, which some set apart
        gap = gap and not (rise == level != 0 and not run.strip(_SIGNS))
        if rise != level or (gap and rise == 0):
            parts.append(_written(run, level))
            run = ""
        if gap:
            if run:
                parts.append(_written(run, level))
                run = ""
            parts.append(" ")
        level = rise
        run += word.text
        last = word
        letters[word.bold, word.italic] += len(word.text)
    parts.append(_written(run, level))
    total = letters.total()
    return Line(
        text="".join(parts),
        x0=words[0].x0,
        x1=max(word.x1 for word in words),
        y=base,
        size=size,
        bold=sum(count for (bold, _), count in letters.items() if bold) > 0.9 * total,
        italic=sum(count for (_, italic), count in letters.items() if italic) > 0.9 * total,
    )


def _main(words: Sequence[Word]) -> float:
    """The size of most of the type, of the larger where it is even."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    return max(sizes, key=lambda size: (sizes[size] * size, size))


def _level(word: Word, base: float, size: float) -> int:
    """1 for raised type, -1 for lowered, 0 for that on the line."""
    cues = load_typesetting()
    rise = (word.y - base) / size
    if word.size >= cues.script_size * size or abs(rise) < cues.script_least:
        return 0
    return 1 if rise > 0 else -1


def lowered(raised: str) -> str:
    """Raised characters as those of the line.

    >>> lowered("¹²,¹³")
    '12,13'
    """
    return raised.translate(_script("^").characters)


def _written(run: str, level: int) -> str:
    """Raised and lowered type in characters of that height where all of them exist."""
    if level == 0 or not run:
        return run
    high = {ord(plain): sign for sign, plain in _script("^" if level > 0 else "_").characters.items()}
    plain = run.translate(_MINUS)
    if all(ord(character) in high for character in plain):
        return plain.translate(high)
    return f"^{{{run}}}" if level > 0 else run


def _script(mark: str) -> Script:
    return next(each for each in load_notation().scripts if each.mark == mark)
