"""Citation markers: which stretch of text is one, and which works of the bibliography it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from extract.document import Document, Span
from extract.plain_text import Draft, plain_text
from kg.model import Reference

_NUMBER = re.compile(r"(\d{1,3})([a-h]?)")
_TAGGED = re.compile(r"\s?[\[(]?⟦[^⟦⟧]*⟧(?:[\s,;–—-]*⟦[^⟦⟧]*⟧)*[\])]?")
_MARKS = re.compile(r"[⟦⟧]")
_TARGET = re.compile(r"\b(?:rid|refid|target|href)=[\"']([^\"']+)[\"']")
#: A document without a bibliography may cite with numbers up to this one.
_LARGEST = 999
#: Styles are judged on this much of a document's running text.
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Citation:
    """A marker that was cut out: its place in the plain text and in the document, and the works it names.

    ``position`` is the offset in the plain text at which the marker stood. ``works`` is empty where the
    bibliography lacks the number.
    """

    position: int
    refs: tuple[int, ...]
    start: int
    end: int
    works: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """One way of writing citations."""

    name: str
    pattern: re.Pattern[str]
    least: float


@dataclass(frozen=True, slots=True)
class Styles:
    """The contents of ``citations.yaml``, compiled."""

    numbered: tuple[Style, ...]
    numbers: re.Pattern[str]
    spaced_not_after: re.Pattern[str]
    spaced_not_before: re.Pattern[str]
    spaced_after_comma: re.Pattern[str]
    author_year: re.Pattern[str]
    author_year_bracket: re.Pattern[str]
    narrative_year: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker found in a draft, before it is cut out."""

    start: int
    end: int
    refs: tuple[int, ...]
    works: tuple[Reference, ...]


#: Finds the markers in a half-repaired text (``plain_text`` calls it before powers and formulas are read).
Finder = Callable[[Draft], list[Marker]]


@cache
def load_styles() -> Styles:
    """The compiled citation styles."""
    data = yaml.safe_load((Path(__file__).parent / "citations.yaml").read_text(encoding="utf-8"))
    numbers = data["list"]
    return Styles(
        numbered=tuple(
            Style(name, re.compile(row["pattern"].replace("{{list}}", numbers)), row["least"])
            for name, row in data["styles"].items()
        ),
        numbers=re.compile(numbers),
        spaced_not_after=re.compile(data["spaced_not_after"]),
        spaced_not_before=re.compile(data["spaced_not_before"]),
        spaced_after_comma=re.compile(data["spaced_after_comma"]),
        author_year=re.compile(data["author_year"]),
        author_year_bracket=re.compile(data["author_year_bracket"]),
        narrative_year=re.compile(data["narrative_year"]),
    )


def reference_numbers(text: str) -> tuple[int, ...]:
    """The reference numbers that a marker or a table cell lists; ranges are filled in.

    >>> reference_numbers("[5–7,12a]"), reference_numbers("Ref.")
    ((5, 6, 7, 12), ())
    """
    return tuple(number for number, _ in _cited(text))


def _cited(text: str) -> list[tuple[int, str]]:
    """Numbers with the letter of the part cited (12a)."""
    cited: list[tuple[int, str]] = []
    at = 0
    for found in _NUMBER.finditer(text):
        number = int(found[1])
        between = text[at : found.start()]
        if cited and re.fullmatch(r"\s?[–—-]\s?", between) and cited[-1][0] < number <= cited[-1][0] + 60:
            cited.extend((middle, "") for middle in range(cited[-1][0] + 1, number))
        if not any(number == other and found[2] == part for other, part in cited):
            cited.append((number, found[2]))
        at = found.end()
    return cited


def works_cited(document: Document, cited: Iterable[tuple[int, str]]) -> tuple[Reference, ...]:
    """The works behind reference numbers; a letter names one of the works that share a number."""
    works: list[Reference] = []
    for number, part in cited:
        sharing = [work for work in document.references if work.number == number]
        at = ord(part) - ord("a") if part else -1
        works.extend([sharing[at]] if 0 <= at < len(sharing) else sharing)
    return tuple(works)


def citation_finder(document: Document, spans: Sequence[Span]) -> Finder:
    """What finds the citation markers of a document; its style is judged on the given spans of its text."""
    parts: list[str] = []
    for start, end in spans:
        parts.append(document.text[start:end])
        if sum(map(len, parts)) > _SAMPLE:
            break
    sample = "\n".join(parts)
    by_number: dict[int, list[Reference]] = {}
    for work in document.references:
        if work.number is not None:
            by_number.setdefault(work.number, []).append(work)
    # markup, LaTeX and glyphs are undone, but nothing else: the patterns are written for such text
    seen: list[Draft] = []
    plain_text(sample, markup=document.markup, cut=lambda draft: seen.append(draft) or ())
    draft = seen[0]
    if document.markup == "xml" and "⟦" in draft.text:
        return lambda text: list(_tagged(text, document))
    covered = {
        style: {number for marker in _numbered(draft, style, document) for number in marker.refs}
        for style in load_styles().numbered
    }
    known = len(by_number) or 1
    fitting = [style for style, numbers in covered.items() if numbers and len(numbers) >= style.least * known]
    best = max(fitting, key=lambda style: len(covered[style]), default=None)
    dated = {number for marker in _author_year(draft, document) for number in marker.refs}
    if len(dated) > (len(covered[best]) if best else 0):
        return lambda text: list(_author_year(text, document))
    if best is None:
        return lambda _: []
    return lambda text: list(_numbered(text, best, document))


def _numbered(draft: Draft, style: Style, document: Document) -> Iterator[Marker]:
    """Markers of one style whose numbers the bibliography holds."""
    known = {work.number for work in document.references}
    for found in style.pattern.finditer(draft.text):
        cited = _cited(found["list"])
        numbers = [number for number, _ in cited]
        if re.match(r"0|.*\D0", found["list"]) or not numbers:
            continue
        if known and not known.issuperset(numbers):
            continue
        if not known and max(numbers) > _LARGEST:
            continue
        if style.name == "spaced" and not _stands_raised(draft.text, found):
            continue
        yield Marker(found.start(), found.end(), tuple(dict.fromkeys(numbers)), works_cited(document, cited))


def _stands_raised(text: str, found: re.Match[str]) -> bool:
    """Whether a number after a blank was a raised citation and not a count or a quantity."""
    styles = load_styles()
    before = text[max(0, found.start() - 30) : found.start()]
    after = text[found.end() : found.end() + 20]
    if re.search(r"\d[.,;]$", before) and not re.search(r"[A-Za-z]\d[.,;]$", before):
        return False
    if before.endswith(",") and not styles.spaced_after_comma.match(after):
        return False
    return not styles.spaced_not_after.search(before) and not styles.spaced_not_before.match(after)


def _tagged(draft: Draft, document: Document) -> Iterator[Marker]:
    """Markers that the file's own markup names."""
    for found in _TAGGED.finditer(draft.text):
        cited = _cited(_MARKS.sub("", found[0]))
        works = works_cited(document, cited)
        numbers = tuple(dict.fromkeys(number for number, _ in cited))
        if not numbers:
            start, end = draft.starts[found.start()], draft.ends[found.end() - 1]
            targets = _TARGET.findall(document.text[start:end])
            numbers = tuple(
                number for target in targets for name in target.split() if (number := document.anchors.get(name.lstrip("#")))
            )
            works = works_cited(document, [(number, "") for number in numbers])
        yield Marker(found.start(), found.end(), numbers, works)


def _author_year(draft: Draft, document: Document) -> Iterator[Marker]:
    """Brackets that hold authors and years, and years in brackets after an author's name."""
    styles = load_styles()
    known: dict[tuple[str, str], Reference] = {}
    for work in document.references:
        if work.authors and work.year and work.number is not None:
            known.setdefault((work.authors[0].split()[-1].lower(), str(work.year)), work)
    at = 0
    for found in styles.author_year_bracket.finditer(draft.text):
        works = [
            work
            for name in styles.author_year.finditer(found[0])
            if (work := known.get((name["surname"].lower(), name["year"])))
        ]
        start = found.start()
        if not works and (year := styles.narrative_year.fullmatch(found[0])):
            before = draft.text[max(at, start - 60) : start]
            names = list(styles.author_year.finditer(f"{before} {year['year']}"))
            works = [work for name in names[-1:] if (work := known.get((name["surname"].lower(), year["year"])))]
        if works:
            at = found.end()
            numbers = tuple(dict.fromkeys(work.number for work in works if work.number is not None))
            yield Marker(start, found.end(), numbers, tuple(works))
