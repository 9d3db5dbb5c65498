"""Citation markers: which stretch of text is one, and which works of the bibliography it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.document import Document
from extract.plain_text import Draft
from kg.model import Reference
from ontology.data_files import read_yaml

_NUMBER = re.compile(r"(\d{1,3})([a-h]?)")
_TAGS = r"⟦[^⟦⟧]*⟧(?:[\s,;–—-]*⟦[^⟦⟧]*⟧)*"
_TAGGED = re.compile(rf"\s?(?:\^\{{\s?{_TAGS}\s?\}}|\[\s?{_TAGS}\s?\]|\(\s?{_TAGS}\s?\)|{_TAGS})")
_MARKS = re.compile(r"[⟦⟧]")
_TARGET = re.compile(r"\b(?:rid|refid|target|href)=[\"']([^\"']+)[\"']")


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


#: Styles that ask for so much of the bibliography mark citations with nothing but the number.
_BARE = 0.3
_FIRST_WORKS = frozenset({1, 2, 3})


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker found in a draft, before it is cut out."""

    start: int
    end: int
    refs: tuple[int, ...]
    works: tuple[Reference, ...]


#: Finds the markers in a half-repaired text.
Finder = Callable[[Draft], list[Marker]]


@cache
def load_styles() -> Styles:
    """The compiled citation styles."""
    data = read_yaml(Path(__file__).parent / "citations.yaml")
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


@dataclass(frozen=True, slots=True)
class _Bibliography:
    """A document's references by number and by first author and year."""

    by_number: Mapping[int, tuple[Reference, ...]]
    by_name: Mapping[tuple[str, str], Reference]

    def works(self, cited: Iterable[tuple[int, str]]) -> tuple[Reference, ...]:
        """The works behind reference numbers; a letter names one of the works that share a number."""
        works: list[Reference] = []
        for number, part in cited:
            sharing = self.by_number.get(number, ())
            at = ord(part) - ord("a") if part else -1
            works.extend([sharing[at]] if 0 <= at < len(sharing) else sharing)
        return tuple(works)


def _bibliography(references: Iterable[Reference]) -> _Bibliography:
    by_number: dict[int, tuple[Reference, ...]] = {}
    by_name: dict[tuple[str, str], Reference] = {}
    for work in references:
        if work.number is not None:
            by_number[work.number] = (*by_number.get(work.number, ()), work)
            if work.authors and work.year:
                by_name.setdefault((work.authors[0].split()[-1].lower(), str(work.year)), work)
    return _Bibliography(by_number, by_name)


def works_cited(document: Document, numbers: Iterable[int]) -> tuple[Reference, ...]:
    """The works behind reference numbers, as a table's reference column lists them."""
    wanted = dict.fromkeys(numbers)
    return tuple(work for number in wanted for work in document.references if work.number == number)


def citation_finder(document: Document, drafts: Sequence[Draft]) -> Finder:
    """What finds the citation markers of a document; its style is judged on half-repaired running text."""
    works = _bibliography(document.references)
    if any("⟦" in draft.text for draft in drafts):
        return lambda draft: list(_tagged(draft, document, works))
    styles = load_styles().numbered
    covered = {style: _covered(_numbered(draft, style, works) for draft in drafts) for style in styles}
    known = len(works.by_number)
    fitting = [style for style, found in covered.items() if found and len(found) >= style.least * known]
    if not known:
        # nothing tells a bare number from a count ("TiO 2") but that a paper cites its first works too
        fitting = [style for style in fitting if style.least < _BARE or covered[style] >= _FIRST_WORKS]
    best = max(fitting, key=lambda style: len(covered[style]), default=None)
    dated = _covered(_author_year(draft, works) for draft in drafts)
    if len(dated) > (len(covered[best]) if best else 0):
        return lambda draft: list(_author_year(draft, works))
    if best is None:
        return lambda _: []
    return lambda draft: list(_numbered(draft, best, works))


def _covered(found: Iterable[Iterable[Marker]]) -> set[int]:
    return {number for markers in found for marker in markers for number in marker.refs}


def _numbered(draft: Draft, style: Style, works: _Bibliography) -> Iterator[Marker]:
    """Markers of one style whose numbers the bibliography holds."""
    for found in style.pattern.finditer(draft.text):
        cited = _cited(found["list"])
        numbers = tuple(dict.fromkeys(number for number, _ in cited))
        if not numbers or re.match(r"0|.*\D0", found["list"]):
            continue
        if works.by_number and not works.by_number.keys() >= set(numbers):
            continue
        if style.name == "spaced" and not _stands_raised(draft.text, found):
            continue
        yield Marker(found.start(), found.end(), numbers, works.works(cited))


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


def _tagged(draft: Draft, document: Document, works: _Bibliography) -> Iterator[Marker]:
    """Markers that the file's own markup names."""
    for found in _TAGGED.finditer(draft.text):
        cited = _cited(_MARKS.sub("", found[0]))
        if not cited or not works.by_number.keys() >= {number for number, _ in cited}:
            start, end = draft.starts[found.start()], draft.ends[found.end() - 1]
            targets = [
                name.lstrip("#")
                for target in _TARGET.findall(document.text[start:end])
                for name in target.split()
            ]
            cited = [(document.anchors[name], "") for name in targets if name in document.anchors]
        numbers = tuple(dict.fromkeys(number for number, _ in cited))
        yield Marker(found.start(), found.end(), numbers, works.works(cited))


def _author_year(draft: Draft, works: _Bibliography) -> Iterator[Marker]:
    """Brackets that hold authors and years, and years in brackets after an author's name."""
    styles = load_styles()
    at = 0
    for found in styles.author_year_bracket.finditer(draft.text):
        named = [(name["surname"], name["year"]) for name in styles.author_year.finditer(found[0])]
        year = styles.narrative_year.fullmatch(found[0])
        if not named and year:
            before = draft.text[max(at, found.start() - 60) : found.start()]
            names = list(styles.author_year.finditer(f"{before} {year['year']}"))
            named = [(name["surname"], year["year"]) for name in names[-1:]]
        known = (works.by_name.get((surname.lower(), published)) for surname, published in named)
        cited = tuple(work for work in known if work)
        if cited:
            at = found.end()
            numbers = tuple(dict.fromkeys(work.number for work in cited if work.number is not None))
            yield Marker(found.start(), found.end(), numbers, cited)
