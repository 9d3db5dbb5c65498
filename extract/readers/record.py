"""The document's own bibliographic record, as far as its text gives it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.document import Block
from extract.plain_text import plain_text
from extract.readers.bibliography import find_doi, parse_tail
from kg.model import Reference

_YEAR = r"((?:19|20)\d\d)\b"
#: From the surest sign of the year of publication to the weakest.
_YEARS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:Published|Version of record)[^.\n]{{0,40}}?{_YEAR}",
        rf"(?:©|\([cC]\)|Copyright)\s*(?:©\s*)?(?:The Authors?,?\s*(?:\(s\))?\s*)?{_YEAR}",
        rf"Accepted[^.\n]{{0,40}}?{_YEAR}",
        rf"Revised[^.\n]{{0,40}}?{_YEAR}",
        rf"Received[^.\n]{{0,40}}?{_YEAR}",
    )
)
_CITE_AS = re.compile(r"(?:How to cite|Cite (?:this|as)|To cite this article)\s*:?\s*(.{10,300})", re.DOTALL)
_NAME = re.compile(
    r"^(?:[A-ZÀ-Þ][\w'’.-]*\.?\s+){1,4}(?:(?:van|von|de|der|den|la|le|el)\s+)*[A-ZÀ-Þ][\w'’-]+$"
)


def own_record(text: str, title: str, blocks: Sequence[Block]) -> Reference:
    """Title, authors, journal, year and DOI of the document itself, from outside its bibliography."""
    outside = "\n".join(text[block.start : block.end] for block in blocks if block.kind != "reference")
    # figure captions quote other people's copyright
    margin = "\n".join(text[block.start : block.end] for block in blocks if block.kind == "boilerplate")
    cited = _CITE_AS.search(outside)
    place = None
    if cited:
        head = re.split(r"(?:https?://)?(?:dx\.)?doi|International Edition", cited[1])[0]
        place = parse_tail(plain_text(head).text)
    year = next((int(found[1]) for pattern in _YEARS if (found := pattern.search(margin))), None)
    return Reference(
        authors=_authors(text, title, blocks),
        title=title,
        journal=place.journal if place else "",
        year=place.year if place else year,
        volume=place.volume if place else "",
        page=place.page if place else "",
        doi=find_doi(outside),
    )


def _authors(text: str, title: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The names in the first list of names after the title."""
    seen = not title
    for block in blocks[:12]:
        plain = plain_text(text, block.spans).text
        if seen:
            bare = re.sub(r"[*†‡§+]|(?:\d+\b,?\s?)+", ",", plain)
            parts = [part.strip(" .") for part in re.split(r",|\band\b|&", bare) if part.strip(" .")]
            names = [re.sub(r"\s+", " ", part) for part in parts if _NAME.match(re.sub(r"\s+", " ", part))]
            if names and len(names) >= 0.7 * len(parts):
                return tuple(names)
        seen = seen or title in plain
    return ()
