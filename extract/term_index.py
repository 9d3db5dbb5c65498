"""Where the lexicon's terms stand in a text: a tree of normalised words, walked token by token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ontology.lexicon import Lexicon, Term
from ontology.names import acronym, needs_context, normalise


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A run of tokens ``first`` … ``last`` (inclusive) that bears the name of the terms."""

    first: int
    last: int
    terms: tuple[Term, ...]


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()


_indexes: dict[int, tuple[Lexicon, _Node]] = {}


def match_terms(tokens: Sequence[str], *, lexicon: Lexicon) -> list[TermMatch]:
    """The longest non-overlapping runs of tokens that are names of terms, in order.

    Short names that are also words or variables ("In", "S") are left out: a sentence must tell their meaning.
    """
    root = _index(lexicon)
    words = [normalise(token).split() for token in tokens]
    found: list[TermMatch] = []
    at = 0
    while at < len(tokens):
        match = (_longest(root, tokens, words, at) if words[at] else None) or _short(tokens[at], at, lexicon)
        if match:
            found.append(match)
        at = match.last + 1 if match else at + 1
    return found


def _short(token: str, at: int, lexicon: Lexicon) -> TermMatch | None:
    terms = lexicon.by_exact.get(acronym(token), ())
    return TermMatch(at, at, terms) if terms and not needs_context(token) else None


def _longest(root: _Node, tokens: Sequence[str], words: Sequence[list[str]], first: int) -> TermMatch | None:
    node = root
    best = None
    for last in range(first, min(len(tokens), first + 12)):
        # Punctuation other than a hyphen or slash ends a name.
        if last > first and not words[last] and tokens[last] not in ("-", "–", "/", "of", "the", "a", "an"):
            break
        for word in words[last]:
            child = node.children.get(word)
            if child is None:
                return best
            node = child
        if node.terms and words[last]:
            best = TermMatch(first, last, node.terms)
    return best


def _index(lexicon: Lexicon) -> _Node:
    held = _indexes.get(id(lexicon))
    if held is None:
        held = (lexicon, _build(lexicon))
        _indexes[id(lexicon)] = held
    return held[1]


def _build(lexicon: Lexicon) -> _Node:
    root = _Node()
    for key, terms in lexicon.by_name.items():
        node = root
        for word in key.split():
            node = node.children.setdefault(word, _Node())
        node.terms = terms
    return root
