"""Words of a question: tokens with their places, stems, and the forms a verb takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ontology.data_files import read_yaml
from ontology.names import normalise

#: A number, a word or a formula; a sign that ends it belongs to it ("Cl-", "Li+"), a hyphen between two
#: does not.
_TOKEN = re.compile(r"[^\W_]+(?:[.'’+^][^\W_]+)*(?:\^?\d*[+−-](?![\w(]))?|[<>≤≥=~≈%°]+")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: ``text[start:end]`` and its lower-case form."""

    start: int
    end: int
    text: str
    lower: str


def tokenise(text: str) -> list[Token]:
    """The words of a text in order.

    >>> [token.text for token in tokenise("Is air-stable Li6PS5Cl better, at 25 °C?")]
    ['Is', 'air', 'stable', 'Li6PS5Cl', 'better', 'at', '25', '°', 'C']
    """
    return [
        Token(match.start(), match.end(), match[0], re.sub(r"['’]s?$", "", match[0].casefold()))
        for match in _TOKEN.finditer(text)
    ]


@lru_cache(maxsize=262144)
def stems(name: str) -> frozenset[str]:
    """The stems of the telling words of a name, without order, articles and prepositions.

    >>> stems("introducing oxygen") == stems("introduction of oxygen")
    True
    >>> stems("sensitive to moisture") == stems("moisture sensitivity")
    True
    """
    skipped = words_data()["skipped"]
    return frozenset(stem(word) for word in normalise(name).split() if word not in skipped)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without the ending that makes it a noun, a participle or an adverb.

    >>> stem("milled"), stem("milling"), stem("synthesised"), stem("synthesis")
    ('mill', 'mill', 'synthes', 'synthes')
    """
    data = words_data()
    word = data["same"].get(word, word)
    if not word.isalpha() or len(word) < 5:
        return word
    for ending, replacement in data["endings"]:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + replacement
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return str(data["same"].get(word, word))


@dataclass(frozen=True, slots=True)
class VerbForms:
    """The inflected forms of a verb: ``-s`` and base, ``-ed`` (past and participle), ``-ing``."""

    plain: tuple[str, ...]
    past: tuple[str, ...]
    progressive: tuple[str, ...]


@cache
def verb_forms(verb: str) -> VerbForms:
    """The forms of a verb given by its lemma; a particle stays behind it ("leads to").

    >>> verb_forms("lead to").past, verb_forms("mill").past, verb_forms("suppress").plain
    (('led to',), ('milled',), ('suppress', 'suppresses'))
    """
    head, _, particle = verb.partition(" ")
    tail = f" {particle}" if particle else ""
    past = words_data()["irregular"].get(head) or (_with_ending(head, "ed"),)
    third = head + ("es" if head.endswith(("s", "x", "z", "ch", "sh")) else "s")
    if head.endswith("y") and head[-2] not in "aeiou":
        third = head[:-1] + "ies"
    return VerbForms(
        plain=(head + tail, third + tail),
        past=tuple(form + tail for form in past),
        progressive=(_with_ending(head, "ing") + tail,),
    )


def _with_ending(verb: str, ending: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "oe")):
        return verb[:-1] + ending
    if ending == "ed" and verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    if verb in words_data()["doubling"]:
        return verb + verb[-1] + ending
    return verb + ending


def grammar(name: str) -> frozenset[str]:
    """The small words of one sort."""
    words: frozenset[str] = words_data()["grammar"][name]
    return words


@cache
def words_data() -> dict[str, Any]:
    """The data of words.yaml."""
    folder = Path(__file__).parent
    data: dict[str, Any] = read_yaml(folder / "words.yaml")
    elements = read_yaml(folder / "elements.yaml")
    symbols = {name: symbol.lower() for symbol, names in elements.items() for name in names}
    return data | {
        "same": symbols | data["same"],
        "skipped": frozenset(data["skipped"]),
        "grammar": {name: frozenset(words) for name, words in data["grammar"].items()},
        "doubling": frozenset(data["doubling"]),
        "endings": tuple(tuple(pair) for pair in data["endings"]),
        "irregular": {verb: tuple(forms) for verb, forms in data["irregular"].items()},
    }
