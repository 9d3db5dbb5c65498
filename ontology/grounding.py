"""From a name to a thing: the ontology's term where one bears the name, a minted IRI otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ontology.lexicon import THINGS, Lexicon, Term
from ontology.names import normalise, prepositions, slug

Reason = Literal["label", "alternative label", "head", "minted"]

#: How many leading words may qualify a term's name ("dense garnet pellet" is no garnet of its own IRI).
_MOST_QUALIFIERS = 4


@dataclass(frozen=True, slots=True)
class Grounding:
    """What a name stands for, and why.

    ``term`` is the class the thing belongs to: its own where a label matched, the class of its head
    words ("growth of Li dendrites along grain boundaries") where only those matched, None where
    nothing did. Only a label match shares the term's own thing; any other name keeps an IRI of its own.
    """

    iri: str
    label: str
    kind: str
    term: Term | None
    reason: Reason


def ground(names: str | Sequence[str], *, lexicon: Lexicon, kind: str = "") -> Grounding:
    """The thing that the names stand for; the first name that the lexicon knows decides.

    ``kind`` is preferred among several terms of one name and is kept for a minted thing.
    """
    names = (names,) if isinstance(names, str) else tuple(names)
    for name in names:
        term = _choose(name, lexicon.lookup(name), kind)
        if term is not None:
            reason: Reason = "label" if normalise(name) == normalise(term.label) else "alternative label"
            return Grounding(thing_iri(term.label), term.label, term.kind, term, reason)
    label = names[0]
    head = _head_term(label, kind, lexicon)
    reason = "head" if head else "minted"
    return Grounding(thing_iri(label), label, kind or (head.kind if head else ""), head, reason)


def thing_iri(label: str) -> str:
    """The IRI of the thing with a canonical label.

    >>> thing_iri("Li10GeP2S12")
    'https://w3id.org/lithograph/id/Li10GeP2S12'
    """
    return THINGS + slug(label)


def _choose(name: str, terms: Sequence[Term], kind: str) -> Term | None:
    """Of several terms of one name the one of the wanted kind, then the one whose label it is."""
    key = normalise(name)
    return min(terms, key=lambda term: (term.kind != kind, normalise(term.label) != key), default=None)


def _head_term(name: str, kind: str, lexicon: Lexicon) -> Term | None:
    """The term named by the longest run of last words, or of first words before a preposition."""
    words = name.replace("-", " ").split()
    cut = next((at for at, word in enumerate(words) if at and word in prepositions()), len(words))
    head = words[:cut]
    for skipped in range(0 if len(head) < len(words) else 1, min(len(head), _MOST_QUALIFIERS + 1)):
        candidates = lexicon.lookup(" ".join(head[skipped:]))
        found = next((term for term in candidates if term.kind == kind), None) if kind else None
        found = found or (candidates[0] if candidates and not kind else None)
        if found:
            return found
    return None
