"""Repaired text beside the source: one notation for formulas, numbers and units, and the way back to the file.

The rules are data (``notation.yaml``). A plain character knows the run of source characters that it stands for,
so any stretch of plain text leads back to a verbatim stretch of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html.entities import html5
from pathlib import Path
from typing import Any

import yaml

from extract.document import Markup, Span

_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
#: How many torn formulas (``Na 7 Y 2 P 7 O 24``) show that a text went through PDF conversion.
_DAMAGE = 3

#: A piece of replacement: a run of the text it replaces, or new text.
Piece = Span | str


@dataclass(frozen=True, slots=True)
class PlainText:
    """Repaired text; character ``i`` stands for ``source[starts[i]:ends[i]]``.

    ``starts`` and ``ends`` never decrease. ``span`` is the stretch of the source that was read.

    >>> plain = plain_text(r"$\\text{Li}_7\\text{P}_3\\text{S}_{11}$ has $1.7 \\times 10^{-2} \\text{ S cm}^{-1}$")
    >>> plain.text
    'Li7P3S11 has 1.7×10^-2 S cm^-1'
    >>> plain.to_source(0, 8)
    (0, 34)
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


@dataclass(frozen=True, slots=True)
class Rule:
    """One substitution of ``notation.yaml``."""

    pattern: re.Pattern[str]
    template: tuple[str | int, ...]
    squeeze: bool
    damaged: bool
    markup: str

    def pieces(self, match: re.Match[str]) -> Iterator[Piece]:
        """What replaces a match."""
        if self.squeeze:
            for run in re.finditer(r"\S+", match[0]):
                yield match.start() + run.start(), match.start() + run.end()
            return
        for part in self.template:
            if isinstance(part, str):
                yield part
            elif match.start(part) >= 0:
                yield match.span(part)


@dataclass(frozen=True, slots=True)
class Notation:
    """The rules of ``notation.yaml``, compiled."""

    characters: dict[int, str]
    expansions: Mapping[str, str]
    scripts: tuple[tuple[str, re.Pattern[str], Mapping[str, str]], ...]
    tags: tuple[Rule, ...]
    signs: tuple[Rule, ...]
    notation: tuple[Rule, ...]
    torn: re.Pattern[str]


@cache
def load_notation() -> Notation:
    """The compiled rules."""
    data = yaml.safe_load((Path(__file__).parent / "notation.yaml").read_text(encoding="utf-8"))
    macros: dict[str, str] = {}
    for name, pattern in data["macros"].items():
        macros[name] = _fill(pattern, macros)
    scripts = tuple(
        (mark, re.compile(f"[{''.join(table)}]+"), table)
        for mark, table in (("_", data["scripts"]["lowered"]), ("^", data["scripts"]["raised"]))
    )
    return Notation(
        characters=str.maketrans(data["characters"]),
        expansions=data["expansions"],
        scripts=scripts,
        tags=tuple(_rule(row, macros) for row in data["tags"]),
        signs=tuple(_rule(row, macros) for row in data["signs"]),
        notation=tuple(_rule(row, macros) for row in data["notation"]),
        torn=re.compile(_fill(data["torn"], macros)),
    )


def _fill(pattern: str, macros: Mapping[str, str]) -> str:
    return re.sub(r"\{\{(\w+)\}\}", lambda found: macros[found[1]], pattern)


def _rule(row: Mapping[str, Any], macros: Mapping[str, str]) -> Rule:
    template = re.split(r"\\g<(\d)>|\\(\d)", row.get("replace", ""))
    parts: list[str | int] = []
    for at, part in enumerate(template):
        if part:
            parts.append(part if at % 3 == 0 else int(part))
    return Rule(
        pattern=re.compile(_fill(row["pattern"], macros), re.DOTALL),
        template=tuple(parts),
        squeeze=bool(row.get("squeeze")),
        damaged=bool(row.get("damaged")),
        markup=row.get("markup", ""),
    )


def is_damaged(text: str) -> bool:
    """Whether formulas in the text stand torn apart, as PDF conversion leaves them."""
    found = load_notation().torn.finditer(text)
    return sum(1 for _, _ in zip(range(_DAMAGE), found, strict=False)) == _DAMAGE


def plain_text(
    text: str,
    spans: Sequence[Span] | None = None,
    *,
    markup: Markup = "text",
    damaged: bool = False,
    cut: Callable[[Draft], Iterable[Span]] | None = None,
) -> PlainText:
    """Repaired text of some spans of a source (all of it if none are given).

    ``damaged`` allows the rules for torn formulas. ``cut`` names stretches of the half-repaired draft (tags,
    LaTeX commands and glyphs are done, powers and formulas are not) to leave out: citations.
    """
    spans = [(0, len(text))] if spans is None else spans
    draft = _sign_level(_join(text, spans), markup=markup)
    if cut is not None:
        draft = splice(draft, ((start, end, ()) for start, end in cut(draft)))
    draft = _scripts(draft)
    for rule in load_notation().notation:
        if damaged or not rule.damaged:
            draft = apply(draft, rule)
    left = len(draft.text) - len(draft.text.lstrip())
    right = len(draft.text.rstrip())
    whole = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    if right <= left:
        return PlainText("", (), (), whole)
    return PlainText(
        draft.text[left:right], tuple(draft.starts[left:right]), tuple(draft.ends[left:right]), whole
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
    return Draft("".join(parts), starts, ends)


def _sign_level(draft: Draft, *, markup: Markup) -> Draft:
    notation = load_notation()
    if "<" in draft.text:
        for rule in notation.tags:
            if rule.markup in ("", markup):
                draft = apply(draft, rule)
    if "&" in draft.text:
        found = [
            (match.start(), match.end(), (character,))
            for match in _ENTITY.finditer(draft.text)
            if (character := _entity(match[1]))
        ]
        draft = splice(draft, found)
    draft = Draft(draft.text.translate(notation.characters), draft.starts, draft.ends)
    for character, expansion in notation.expansions.items():
        if character in draft.text:
            found = [
                (match.start(), match.end(), (expansion,)) for match in re.finditer(character, draft.text)
            ]
            draft = splice(draft, found)
    for rule in notation.signs:
        draft = apply(draft, rule)
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


def _scripts(draft: Draft) -> Draft:
    """Raised and lowered characters as ``^{…}`` and ``_{…}``."""
    for mark, pattern, table in load_notation().scripts:
        found = list(pattern.finditer(draft.text))
        if found:
            draft = splice(draft, [(m.start(), m.end(), (mark + "{", m.span(), "}")) for m in found])
            draft = Draft(draft.text.translate(str.maketrans({**table})), draft.starts, draft.ends)
    return draft


def apply(draft: Draft, rule: Rule) -> Draft:
    """The draft after one rule."""
    found = [
        (match.start(), match.end(), tuple(rule.pieces(match))) for match in rule.pattern.finditer(draft.text)
    ]
    return splice(draft, found) if found else draft


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
                source = _source(draft, at, following)
                parts.append(piece)
                new_starts.extend([source[0]] * len(piece))
                new_ends.extend([source[1]] * len(piece))
        if len(new_starts) > first and end > start:
            new_starts[first] = starts[start]
            new_ends[-1] = ends[end - 1]
    parts.append(text[done:])
    new_starts.extend(starts[done:])
    new_ends.extend(ends[done:])
    return Draft("".join(parts), new_starts, new_ends)


def _source(draft: Draft, start: int, end: int) -> Span:
    """The source behind a stretch of the draft; a point where the stretch is empty."""
    if start < end:
        return draft.starts[start], draft.ends[end - 1]
    if start > 0:
        return draft.ends[start - 1], draft.ends[start - 1]
    return (draft.starts[0], draft.starts[0]) if draft.starts else (0, 0)
