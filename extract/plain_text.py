"""Repaired text beside the source: one notation for formulas, numbers and units, and the way back.

The rules are data (``notation.yaml``). A plain character knows the run of source characters that it stands
for, so any stretch of plain text leads back to a verbatim stretch of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html.entities import html5

from extract.document import Markup, Span
from extract.notation import Piece, Rule, load_notation

_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
#: A number or a very short word, of which tables are full, has nothing to repair.
_PLAIN = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]{1,3}")
#: How many torn formulas (``Na 7 Y 2 P 7 O 24``) show that a text went through PDF conversion.
_DAMAGE = 3


@dataclass(frozen=True, slots=True)
class PlainText:
    """Repaired text; character ``i`` stands for ``source[starts[i]:ends[i]]``.

    ``starts`` and ``ends`` never decrease. ``span`` is the stretch of the source that was read.

    >>> plain = plain_text(r"$\\text{Li}_2\\text{S}$: $1.7 \\times 10^{-8} \\text{ S cm}^{-1}$")
    >>> plain.text
    'Li2S: 1.7×10^-8 S cm^-1'
    >>> plain.to_source(0, 4)
    (0, 21)
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    span: Span

    def to_source(self, start: int, end: int) -> Span:
        """The stretch of the source behind ``text[start:end]``; the whole text leads to the whole span."""
        if (start, end) == (0, len(self.text)):
            return self.span
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self.span[1]
            return at, at
        return self.starts[start], max(self.ends[end - 1], self.starts[start])

    def from_source(self, start: int, end: int) -> Span:
        """The stretch of plain text that stands for ``source[start:end]``, widened to whole characters."""
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))


@dataclass(frozen=True, slots=True)
class Draft:
    """Text on its way to plain text: like ``PlainText``, but cheap to rebuild."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    span: Span


@lru_cache(maxsize=1)
def is_damaged(text: str) -> bool:
    """Whether formulas in the text stand torn apart, as PDF conversion leaves them."""
    found = load_notation().torn.finditer(text)
    return sum(1 for _, _ in zip(range(_DAMAGE), found, strict=False)) == _DAMAGE


def plain_text(
    text: str, spans: Sequence[Span] | None = None, *, markup: Markup = "text", damaged: bool = False
) -> PlainText:
    """Repaired text of some spans of a source (all of it if none are given).

    ``damaged`` allows the rules for torn formulas.
    """
    if spans is not None and len(spans) == 1 and _PLAIN.fullmatch(text, *spans[0]):
        start, end = spans[0]
        return PlainText(
            text[start:end], tuple(range(start, end)), tuple(range(start + 1, end + 1)), spans[0]
        )
    return finish(half_plain(text, spans, markup=markup), damaged=damaged)


def half_plain(text: str, spans: Sequence[Span] | None = None, *, markup: Markup = "text") -> Draft:
    """Text whose tags, LaTeX commands and glyphs are done, but not its powers and formulas.

    Citations are told from powers here: what they look like is still in place.
    """
    spans = [(0, len(text))] if spans is None else spans
    draft = _without_tags(_join(text, spans), markup=markup)
    notation = load_notation()
    draft = Draft(draft.text.translate(notation.characters), draft.starts, draft.ends, draft.span)
    for character, expansion in notation.expansions.items():
        if character in draft.text:
            found = re.finditer(character, draft.text)
            draft = splice(draft, [(match.start(), match.end(), (expansion,)) for match in found])
    return apply(draft, notation.signs)


def finish(draft: Draft, *, cut: Iterable[Span] = (), damaged: bool = False) -> PlainText:
    """The plain text of a half-repaired draft without the stretches to ``cut`` out of it."""
    draft = _raise_and_lower(splice(draft, ((start, end, ()) for start, end in cut)))
    draft = apply(draft, (rule for rule in load_notation().notation if damaged or not rule.damaged))
    left = len(draft.text) - len(draft.text.lstrip())
    right = max(left, len(draft.text.rstrip()))
    return PlainText(
        draft.text[left:right], tuple(draft.starts[left:right]), tuple(draft.ends[left:right]), draft.span
    )


def _join(text: str, spans: Sequence[Span]) -> Draft:
    """The text of the spans, with a line break where something between them is left out."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in spans:
        if parts:
            parts.append("\n")
            starts.append(ends[-1] if ends else start)
            ends.append(start)
        parts.append(text[start:end])
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))
    return Draft("".join(parts), starts, ends, (spans[0][0], spans[-1][1]) if spans else (0, 0))


def _without_tags(draft: Draft, *, markup: Markup) -> Draft:
    if "<" in draft.text:
        draft = apply(draft, (rule for rule in load_notation().tags if rule.markup in ("", markup)))
    if "&" in draft.text:
        found = [
            (match.start(), match.end(), (character,))
            for match in _ENTITY.finditer(draft.text)
            if (character := _entity(match[1]))
        ]
        draft = splice(draft, found)
    return draft


def _entity(name: str) -> str:
    """The character that an HTML or XML entity stands for, empty if there is none.

    >>> _entity("gt"), _entity("#x2212"), _entity("nosuch")
    ('>', '−', '')
    """
    if name.startswith("#"):
        code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    return html5.get(name + ";", "")


def _raise_and_lower(draft: Draft) -> Draft:
    """Raised and lowered characters as ``^{…}`` and ``_{…}``."""
    for script in load_notation().scripts:
        found = list(script.pattern.finditer(draft.text))
        if found:
            draft = splice(draft, [(m.start(), m.end(), (script.mark + "{", m.span(), "}")) for m in found])
            draft = Draft(draft.text.translate(script.characters), draft.starts, draft.ends, draft.span)
    return draft


def apply(draft: Draft, rules: Iterable[Rule]) -> Draft:
    """The draft after some rules, one after the other."""
    signs = frozenset(draft.text)
    for rule in rules:
        if (rule.signs and rule.signs.isdisjoint(signs)) or not rule.concerns(draft.text):
            continue
        found = [(m.start(), m.end(), tuple(rule.pieces(m))) for m in rule.pattern.finditer(draft.text)]
        if found:
            draft = splice(draft, found)
            signs = frozenset(draft.text)
    return draft


def splice(draft: Draft, edits: Iterable[tuple[int, int, Sequence[Piece]]]) -> Draft:
    """The draft with stretches replaced; edits come in order and do not overlap.

    New text stands for what lies between the kept runs around it. What is lost at the edge of a replaced
    stretch (a dollar sign, a brace) goes with the first or last character that is kept of it.
    """
    text, starts, ends = draft.text, draft.starts, draft.ends
    parts: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    done = 0
    for start, end, pieces in edits:
        parts.append(text[done:start])
        new_starts.extend(starts[done:start])
        new_ends.extend(ends[done:start])
        done = end
        first = len(new_starts)
        at = start
        for number, piece in enumerate(pieces):
            if isinstance(piece, tuple):
                begin, at = piece
                parts.append(text[begin:at])
                new_starts.extend(starts[begin:at])
                new_ends.extend(ends[begin:at])
            elif piece:
                following = next((p[0] for p in pieces[number + 1 :] if isinstance(p, tuple)), end)
                parts.append(piece)
                for source in _sources(draft, at, following, piece):
                    new_starts.append(source[0])
                    new_ends.append(source[1])
        if len(new_starts) > first and end > start:
            new_starts[first] = starts[start]
            new_ends[-1] = ends[end - 1]
    parts.append(text[done:])
    new_starts.extend(starts[done:])
    new_ends.extend(ends[done:])
    return Draft("".join(parts), new_starts, new_ends, draft.span)


def _sources(draft: Draft, start: int, end: int, new: str) -> Iterator[Span]:
    """The source behind each character of new text: equal characters at both edges keep their own."""
    old = draft.text[start:end]
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield from (_source(draft, at, at + 1) for at in range(start, start + head))
    middle = _source(draft, start + head, end - tail)
    yield from (middle for _ in range(len(new) - head - tail))
    yield from (_source(draft, at, at + 1) for at in range(end - tail, end))


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _source(draft: Draft, start: int, end: int) -> Span:
    """The source behind a stretch of the draft; where the stretch is empty, the point it stands at."""
    if start < end:
        return draft.starts[start], draft.ends[end - 1]
    before = draft.ends[start - 1] if start > 0 else draft.span[0]
    if start == len(draft.starts):
        return before, before
    return draft.starts[start], max(before, draft.starts[start])
