"""Whom a claim cites: the markers of its stretch of text, without those of its neighbours in a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extract.citations import Citation
from extract.document import Span
from extract.passages import Passage, citations_in, refs_of, works_of
from kg.model import Reference

#: What may stand between a name and its own marker: "halides (LiCl, LiI) [12]", in some journals a comma.
_BETWEEN = re.compile(r" ?(?:\([^()]{0,60}\) ?)?(?:[,;] ?)?")
#: The rest of a bracket.
_CLOSED = re.compile(r"[^()]{0,60}\)")
#: Words that no list of names goes over.
_ENDS_LIST = frozenset({"VERB", "AUX", "ADP", "SCONJ", "PRON"})


@dataclass(frozen=True, slots=True)
class Cited:
    """The numbers of the references that are cited, and the works behind them, in the order cited."""

    refs: tuple[int, ...]
    works: tuple[Reference, ...]


def cited_for(passage: Passage, stretches: Iterable[Span], *, named: Sequence[Token]) -> Cited:
    """What the first stretch of a passage that cites anybody cites for the things that are ``named``.

    In "A [1], B [2] and C [3, 4] stop dendrites" each marker is its neighbour's alone: where a thing has
    one right behind it, those of the other members of its list are not cited for it. ``named`` are the
    heads of the names.
    """
    for start, end in stretches:
        found = citations_in(passage, start, end)
        if found:
            foreign = {other.position for token in named for other in _of_others(token, found, passage)}
            own = [each for each in found if each.position not in foreign]
            return Cited(refs_of(own), works_of(own))
    return Cited((), ())


def _of_others(token: Token, found: Sequence[Citation], passage: Passage) -> list[Citation]:
    """The markers that are not for a thing with a marker of its own: all but that and the sentence's last.

    Behind the sentence a marker is for all of it, unless that is the end of the thing's own list.
    """
    ends = {token.idx + len(token), _end_of_bracket(passage.text, token)}
    own = [each for each in found if any(_is_behind(passage, each, end) for end in ends)]
    return [
        each
        for each in found
        if own and each not in own and (_is_in_list(token, each) or not _is_last(token, each))
    ]


def _is_last(token: Token, citation: Citation) -> bool:
    """Whether nothing follows a marker in its sentence."""
    return not any(other.idx >= citation.position and not other.is_punct for other in token.sent)


def _end_of_bracket(text: str, token: Token) -> int:
    """Where the brackets end that a thing is listed in: "halides (LiCl, LiI) [12]"; else its own end."""
    end = token.idx + len(token)
    opened, closed = text.rfind("(", 0, token.idx), _CLOSED.match(text, end)
    inside = opened >= 0 and ")" not in text[opened : token.idx]
    return closed.end() if inside and closed is not None else end


def _is_behind(passage: Passage, citation: Citation, end: int) -> bool:
    """Whether a marker stands right behind a name that ends at an offset."""
    return citation.position >= end and _BETWEEN.fullmatch(passage.text, end, citation.position) is not None


def _is_in_list(token: Token, citation: Citation) -> bool:
    """Whether nothing but names and what joins them stands between a thing and a marker.

    The words are read off the text: citations inside a list mislead the parser.
    """
    low, high = sorted((token.idx, citation.position))
    return not any(low < other.idx < high and other.pos_ in _ENDS_LIST for other in token.sent)
