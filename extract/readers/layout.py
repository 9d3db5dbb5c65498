"""What kind of text a block holds, judged by the cues of ``layout.yaml``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from ontology.data_files import read_yaml

HeadingKind = Literal["abstract", "body", "references", "back", ""]

_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)(\.?)\s+(\S.*)$")
_MARKUP = re.compile(r"<[^<>]*>|\\[A-Za-z]+|[{}$]|&\w+;")
_WORD = re.compile(r"[^\W\d_][\w'-]*")


@dataclass(frozen=True, slots=True)
class Layout:
    """The cues of ``layout.yaml``, compiled."""

    headings: Mapping[str, HeadingKind]
    caption: re.Pattern[str]
    table_label: re.Pattern[str]
    note: re.Pattern[str]
    equation_next: re.Pattern[str]
    bare_label: re.Pattern[str]
    title: re.Pattern[str]
    boilerplate: tuple[re.Pattern[str], ...]
    address_words: re.Pattern[str]
    address_verbs: re.Pattern[str]


@cache
def load_layout() -> Layout:
    """The compiled cues."""
    data = read_yaml(Path(__file__).parent / "layout.yaml")
    return Layout(
        headings={title: kind for kind, titles in data["headings"].items() for title in titles},
        caption=re.compile(data["caption"], re.DOTALL),
        table_label=re.compile(data["table_label"], re.IGNORECASE),
        note=re.compile(data["note"]),
        equation_next=re.compile(data["equation_next"]),
        title=re.compile(data["title"]),
        bare_label=re.compile(data["bare_label"]),
        boilerplate=tuple(re.compile(row["pattern"]) for row in data["boilerplate"]),
        address_words=re.compile(data["address_words"]),
        address_verbs=re.compile(data["address_verbs"]),
    )


def heading_kind(title: str) -> HeadingKind:
    """What a heading says of the text below it; empty for a heading of the paper's own.

    >>> heading_kind("6. Acknowledgements:"), heading_kind("Structure of glasses")
    ('back', '')
    """
    name = re.sub(r"^[\dIVX.\s]+(?=[A-Za-z])", "", title).strip(" .:*#").lower().replace("’", "'")
    return load_layout().headings.get(name) or load_layout().headings.get(title.strip(" .:*#").lower(), "")


def split_number(heading: str) -> tuple[str, str]:
    """A heading's number and title.

    >>> split_number("2.1. Structure"), split_number("Results")
    (('2.1', 'Structure'), ('', 'Results'))
    """
    found = _NUMBERED.match(heading)
    return (found[1], found[3].strip()) if found else ("", heading.strip())


def is_numbered_heading(line: str, *, bare: bool) -> bool:
    """Whether a line that stands alone is a numbered heading; ``bare`` allows a number without a full stop.

    >>> is_numbered_heading("2.1. Structure of glasses", bare=False)
    True
    >>> is_numbered_heading("1. A. Author, J. Exp. 2, 3 (2020).", bare=False)
    False
    """
    found = _NUMBERED.match(line)
    if not found or not (found[2] or "." in found[1] or bare):
        return False
    title = found[3]
    return (
        len(title) <= 160
        and len(title.split()) <= 16
        and not re.match(r"[a-z]", title)
        and not re.search(r"[.;,]$", title)
        and not re.search(r"\b(?:19|20)\d\d\b", title)
        and not load_layout().address_words.search(title)
    )


def rough_text(text: str) -> str:
    """A text without most of its markup: enough to judge what it is, and cheaper than plain text."""
    return _MARKUP.sub(" ", text).strip()


def is_caption(text: str) -> bool:
    """Whether a text starts as a caption does."""
    return load_layout().caption.match(rough_text(text)) is not None


def is_boilerplate(text: str) -> bool:
    """Whether a text is a licence, an address, a biography, a page number and the like."""
    layout = load_layout()
    plain = rough_text(text)
    if layout.bare_label.match(plain) or any(pattern.search(plain) for pattern in layout.boilerplate):
        return True
    if len(layout.address_words.findall(plain)) >= 2 and not layout.address_verbs.search(plain):
        return True
    return not _reads_as_text(plain)


def _reads_as_text(plain: str) -> bool:
    """Whether enough of the words are in lower case, or a title ends as a sentence does.

    Lists of names and running heads fail.
    """
    words = _WORD.findall(plain)
    lower = sum(word[0].islower() for word in words)
    return bool(words) and (lower >= max(1, 0.35 * len(words)) or bool(load_layout().title.search(plain)))


def repeated_lines(lines: Iterable[str]) -> frozenset[str]:
    """Running heads and stamps: lines that come back on other pages, digits aside."""
    counts = Counter(line_key(line) for line in lines if line.strip())
    return frozenset(key for key, count in counts.items() if count > 1 and len(key) > 8)


def line_key(line: str) -> str:
    """A line without digits, case and blanks, to compare running heads by."""
    return re.sub(r"[\d\s#*_|]+", "", line).lower()
