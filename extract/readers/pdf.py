"""A PDF as text in the notation of Markdown: headings, paragraphs, tables and entries of the bibliography.

The text is what a ``Document`` of a PDF carries and what its offsets count. Running heads and page numbers
stay in it as comments, which no reading of the text takes for text.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from extract.readers.chunks import BRACKET_ENTRY, NUMBER_ENTRY
from extract.readers.layout import heading_kind, is_caption, is_numbered_heading, line_key, split_number
from extract.readers.pdf_columns import gutter_of, regions
from extract.readers.pdf_lines import Line, line_of, lowered, rows_of
from extract.readers.pdf_pages import Page, Word, read_pages
from extract.readers.pdf_tables import PageTable, find_tables
from extract.readers.typesetting import load_typesetting

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: Raised type at a line's end and at a line's start: a citation that goes on.
_RAISED_END = re.compile(r"\^\{([^{}]+)\}$")
_RAISED_START = re.compile(r"(?:\^\{([^{}]+)\}|([⁰¹²³⁴-⁹]+))")
#: The mark that holds a table's place among the words of its page.
_TABLE_MARK = "\ue000"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines that belong together."""

    lines: tuple[Line, ...]

    @property
    def size(self) -> float:
        """The size of its type."""
        return self.lines[0].size

    @property
    def text(self) -> str:
        """Its lines, one after the other."""
        return " ".join(line.text for line in self.lines)


def pdf_text(path: str | Path) -> str:
    """The text of a PDF in reading order. Raises ReadError."""
    pages = read_pages(path)
    heads = [_running_heads(page) for page in pages]
    repeated = _repeated(heads)
    asides = [[row for row in margin if _is_aside(line_of(row), repeated)] for margin in heads]
    texts = [_without(page.words, aside) for page, aside in zip(pages, asides, strict=True)]
    gutters = [gutter for words in texts if (gutter := gutter_of(words)) is not None]
    usual = statistics.median(gutters) if gutters else None
    parts: list[_Paragraph | PageTable | str] = []
    for page, aside, words in zip(pages, asides, texts, strict=True):
        parts.extend(f"<!-- {line_of(row).text.replace('>', ' ')} -->" for row in aside)
        parts.extend(_parts(page, words, usual))
    return _Writer(parts).text()


def _without(words: Sequence[Word], rows: Iterable[Iterable[Word]]) -> list[Word]:
    left_out = {id(word) for row in rows for word in row}
    return [word for word in words if id(word) not in left_out]


def _running_heads(page: Page) -> list[list[Word]]:
    """The rows of a page that stand where running heads and page numbers do."""
    margin = load_typesetting().margin * page.height
    words = [word for word in page.words if word.y < margin or word.y > page.height - margin]
    return rows_of(words)


def _repeated(heads: Iterable[Iterable[Sequence[Word]]]) -> frozenset[tuple[str, int]]:
    """What comes back on other pages at the same height, by its text without digits."""
    counts = Counter(key for rows in heads for key in {_head_key(line_of(row)) for row in rows})
    return frozenset(key for key, count in counts.items() if count > 1)


def _head_key(line: Line) -> tuple[str, int]:
    return line_key(line.text), round(line.y / 4)


def _is_aside(line: Line, repeated: frozenset[tuple[str, int]]) -> bool:
    return _head_key(line) in repeated or bool(load_typesetting().page_number.match(line.text))


def _parts(page: Page, words: list[Word], usual: float | None) -> Iterator[_Paragraph | PageTable]:
    """The paragraphs and tables of a page in reading order."""
    tables = find_tables(page, words)
    left = _without(words, (table.words for table in tables))
    left += [_placeholder(number, table) for number, table in enumerate(tables)]
    for region in regions(left, usual=usual):
        lines: list[Line] = []
        for row in region:
            if row[0].text.startswith(_TABLE_MARK):
                yield from _paragraphs(lines)
                lines = []
                yield tables[int(row[0].text[1:])]
            else:
                lines.append(line_of(row))
        yield from _paragraphs(lines)


def _placeholder(number: int, table: PageTable) -> Word:
    size = table.words[0].size
    return Word(f"{_TABLE_MARK}{number}", table.x0, table.x1, table.y1 - size, size, False, False, True)


def _paragraphs(lines: Sequence[Line]) -> Iterator[_Paragraph]:
    """The paragraphs of a region: a wider gap, another size, an indent or a last line before it ends one."""
    if not lines:
        return
    cues = load_typesetting()
    steps = [above.y - below.y for above, below in pairwise(lines)]
    near = [step for step, line in zip(steps, lines, strict=False) if 0 < step < 2.2 * line.size]
    leading = statistics.median(near) if near else lines[0].size * 1.3
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    open_lines = [lines[0]]
    for above, line in pairwise(lines):
        step = above.y - line.y
        size = max(line.size, above.size)
        starts = (
            not 0 < step < cues.paragraph_gap * max(leading, size)
            or abs(line.size - above.size) > 0.06 * size
            or (line.bold != above.bold and (above.bold or line.bold) and len(above.text) < 100)
            or (line.x0 - x0 > cues.indent * size and above.x0 - x0 < cues.indent * size / 2)
            or (x1 - above.x1 > cues.short_line * (x1 - x0) and bool(cues.sentence_end.search(above.text)))
            or bool(cues.bullet.match(line.text))
            or bool(BRACKET_ENTRY.match(line.text))
            or is_caption(line.text)
        )
        if starts:
            yield _Paragraph(tuple(open_lines))
            open_lines = []
        open_lines.append(line)
    yield _Paragraph(tuple(open_lines))


class _Writer:
    """Writes the parts of a document as text."""

    def __init__(self, parts: Sequence[_Paragraph | PageTable | str]) -> None:
        self._parts = parts
        lines = [line for part in parts if isinstance(part, _Paragraph) for line in part.lines]
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        self._body = max(sizes, key=lambda size: sizes[size], default=10.0)
        self._words = Counter(
            word.lower() for line in lines for word in _WORD.findall(line.text.rsplit(" ", 1)[0])
        )
        paragraphs = (part for part in parts if isinstance(part, _Paragraph))
        ranks = sorted({self._rank(part) for part in paragraphs if self._is_heading(part)})
        self._levels = {rank: at for at, rank in enumerate(reversed(ranks), start=1)}

    def text(self) -> str:
        """The whole text."""
        written: list[str] = []
        last: int | None = None
        zone = ""
        for part in self._parts:
            if isinstance(part, PageTable):
                written.extend([self._joined(part.caption)] if part.caption else [])
                written.append(_table_text(part))
            elif isinstance(part, str):
                written.append(part)
            elif self._is_heading(part):
                title = self._joined(part.lines)
                zone = heading_kind(split_number(title)[1]) or zone
                written.append(f"{'#' * min(6, self._levels[self._rank(part)])} {title}")
                last = None
            elif zone == "references":
                entries = list(self._entries(part))
                # an entry that a column or page divides
                if last is not None and _is_numbered(written[last]) and not _is_numbered(entries[0]):
                    written[last] = self._two(written[last], entries.pop(0))
                written.extend(entries)
                last = len(written) - 1 if entries else last
            else:
                text = self._joined(part.lines)
                if last is not None and self._breaks_word(written[last], text) and text[:1].islower():
                    written[last] = self._two(written[last], text)
                    continue
                written.append(text)
                last = len(written) - 1
        return "\n\n".join(text for text in written if text.strip()) + "\n"

    def _is_heading(self, paragraph: _Paragraph) -> bool:
        cues, text = load_typesetting(), paragraph.text
        if len(text.split()) > cues.heading_words or not any(map(str.isalpha, text)) or is_caption(text):
            return False
        if heading_kind(text) and len(paragraph.lines) == 1:
            return True
        if text.rstrip().endswith((".", ",", ";", ":")):
            return False
        line = paragraph.lines[0]
        larger = line.size > cues.heading_size * self._body
        return (
            larger
            or (line.bold and line.size > 0.9 * self._body)
            or (line.italic and is_numbered_heading(text, bare=False))
        )

    def _rank(self, paragraph: _Paragraph) -> tuple[float, bool]:
        return round(paragraph.size * 2) / 2, paragraph.lines[0].bold

    def _entries(self, paragraph: _Paragraph) -> Iterator[str]:
        """The entries of the bibliography in a paragraph: each begins with its number, or hangs out."""
        lines = paragraph.lines
        numbered = [_is_numbered(line.text) for line in lines]
        x0 = min(line.x0 for line in lines)
        hangs = any(line.x0 - x0 > load_typesetting().indent * line.size / 2 for line in lines)
        open_lines: list[Line] = []
        for line, number in zip(lines, numbered, strict=True):
            starts = number if any(numbered) else hangs and line.x0 - x0 < 0.2 * line.size
            if starts and open_lines:
                yield self._joined(open_lines)
                open_lines = []
            open_lines.append(line)
        yield self._joined(open_lines)

    def _joined(self, lines: Sequence[Line]) -> str:
        text = lines[0].text
        for line in lines[1:]:
            text = self._two(text, line.text)
        return text

    def _breaks_word(self, above: str, below: str) -> bool:
        cues = load_typesetting()
        return bool(cues.hyphen.search(above)) and not cues.suspended.match(below)

    def _two(self, above: str, below: str) -> str:
        """Two lines as one; a word that was divided between them is whole again."""
        raised, rest = _RAISED_END.search(above), _RAISED_START.match(below)
        if raised and rest and not raised[1][-1].isalnum():
            goes_on = lowered(rest[1] or rest[2])
            return f"{above[: raised.start()]}^{{{raised[1]}{goes_on}}}{below[rest.end() :]}"
        if not self._breaks_word(above, below):
            joined = load_typesetting().joint.search(above) and below[:1].isalnum()
            return f"{above}{below}" if joined else f"{above} {below}"
        head, tail = above[:-1], below
        first = re.search(r"[^\W\d_]+$", head)
        second = re.match(r"[^\W\d_]+", tail)
        if first is None or second is None or not tail[0].islower():
            return f"{head}-{tail}"
        whole, apart = (first[0] + second[0]).lower(), f"{first[0]}-{second[0]}".lower()
        if self._words[apart] > self._words[whole]:
            return f"{head}-{tail}"
        both = self._words[first[0].lower()] and self._words[second[0].lower()]
        return f"{head}-{tail}" if both and not self._words[whole] else head + tail


def _is_numbered(entry: str) -> bool:
    return bool(BRACKET_ENTRY.match(entry) or NUMBER_ENTRY.match(entry))


def _table_text(table: PageTable) -> str:
    rows = [" | ".join(cell.replace("|", "∣") for cell in row) for row in table.rows]
    ruler = " | ".join("---" for _ in table.rows[0])
    head = max(1, table.header_rows)
    return "\n".join(f"| {row} |" for row in (*rows[:head], ruler, *rows[head:]))
