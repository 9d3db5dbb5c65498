"""Sentences as pages show them: readable, with the words of the claim marked, and with whom they cite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from app.terminal import reference_text
from app.web.library import Library
from extract.plain_text import plain_text
from kg.claims_file import reference_to_row
from kg.model import Claim

Json = Mapping[str, Any]

#: Longer names first, and no more than these: a quote has few words.
_MOST_NAMES = 40
#: What is told of a claim, and in which word.
_NOTES = {"negated": "denied", "hypothesised": "hedged"}
#: What stands only in formulas.
_TEX = re.compile(r"\\[A-Za-z]|[_^]\{?\w")
_POWER = re.compile(r"\^([-+−]?\d+(?:\.\d+)?|[-+−]|\[[\d,;\s–-]+\])")


@dataclass(frozen=True, slots=True)
class Work:
    """A cited work: what is printed of it, and its address where it has a DOI."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a document: as HTML with the claim's words marked, where it stands, and whom it cites.

    ``notes`` say that the claim is denied or hedged.
    """

    claim: str
    document: str
    title: str
    section: str
    html: Markup
    works: tuple[Work, ...]
    notes: tuple[str, ...]


def sentences(items: Iterable[Json], library: Library) -> list[Sentence]:
    """The sentences of evidence in JSON, each claim once."""
    items = list(items)
    claims = library.claims_with(str(item.get("claim", "")) for item in items)
    found: dict[tuple[str, str], Sentence] = {}
    for item in items:
        claim = claims.get(str(item.get("claim", "")))
        sentence = claim_sentence(claim, library) if claim else _stated(item, library)
        found.setdefault((sentence.claim, sentence.html), sentence)
    return list(found.values())


def claim_sentence(claim: Claim, library: Library) -> Sentence:
    """The sentence that a claim was read from."""
    evidence = claim.evidence
    return Sentence(
        claim=claim.id,
        document=evidence.document,
        title=_title(evidence.document, library),
        section=evidence.section,
        html=quote_html(evidence.quote, tuple(marked_words(claim))),
        works=_works([reference_to_row(work) for work in evidence.primary], evidence.refs),
        notes=tuple(_NOTES[word] for word in (claim.polarity, claim.certainty) if word in _NOTES),
    )


def _stated(item: Json, library: Library) -> Sentence:
    """A sentence that no claim was made of, such as an open question."""
    document = str(item["document"])
    return Sentence(
        claim="",
        document=document,
        title=_title(document, library),
        section=str(item.get("section") or ""),
        html=quote_html(str(item["quote"]), tuple(map(str, item.get("topic") or ()))),
        works=_works(item.get("primary") or (), item.get("refs") or ()),
        notes=(),
    )


def marked_words(claim: Claim) -> Iterator[str]:
    """Yield the words of a claim: the names of its things, its value as written."""
    yield from claim.subject.names
    yield from claim.object.names if claim.object else ()
    if claim.quantity and claim.quantity.as_written:
        yield claim.quantity.as_written


@lru_cache(maxsize=4096)
def quote_html(text: str, words: tuple[str, ...] = ()) -> Markup:
    r"""A quote in readable notation as HTML, some words marked.

    >>> print(quote_html("of Li_3PS_4 < 10^{-4} S/cm", ("Li3PS4",)))
    of <mark>Li3PS4</mark> &lt; 10<sup>-4</sup> S/cm
    >>> print(quote_html(r"$\text{Li}_2\text{S} \rightarrow 2\text{Li}"))
    Li2S → 2Li
    """
    cells = (" ".join(plain_text(_whole(cell)).text.split()) for cell in text.split("\t"))
    plain = " · ".join(filter(None, cells))
    names = sorted({word.strip() for word in words if len(word.strip()) > 1}, key=len, reverse=True)[
        :_MOST_NAMES
    ]
    if not names:
        return with_powers(plain)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    parts = pattern.split(plain)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(with_powers(part)) if at % 2 else with_powers(part)
        for at, part in enumerate(parts)
    )


def _whole(text: str) -> str:
    """A text whose formula is cut off at one end of it, with the sign that closes it."""
    if text.count("$") % 2 == 0:
        return text
    before, after = text[: text.index("$")], text[text.rindex("$") + 1 :]
    return f"{text}$" if _TEX.search(after) else f"${text}" if _TEX.search(before) else text


def with_powers(text: str) -> Markup:
    """A text as HTML, its powers and the numbers of its citations raised.

    >>> print(with_powers("10^-4 S/cm^[3,4] & more"))
    10<sup>-4</sup> S/cm<sup>[3,4]</sup> &amp; more
    """
    return Markup(_POWER.sub(r"<sup>\1</sup>", str(escape(text))))


def _works(works: Sequence[Json], refs: Sequence[int]) -> tuple[Work, ...]:
    if not works:
        return tuple(Work(f"[{number}]", "") for number in refs)
    return tuple(
        Work(
            reference_text(dict(work)),
            f"https://doi.org/{quote(str(work['doi']))}" if work.get("doi") else "",
        )
        for work in works
    )


def _title(document: str, library: Library) -> str:
    stored = library.documents.get(document)
    return stored.title if stored and stored.title else document
