"""How names are compared: what they speak of, and whether they say more or less of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ontology.data_files import read_yaml
from ontology.names import normalise, prepositions

_SETS = (
    "more",
    "less",
    "light",
    "bare",
    "dropped",
    "coordinating",
    "joined_kinds",
    "layered_kinds",
    "troubles",
    "wished",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A name taken apart: the words that say what it is, its head among them, and +1 or -1.

    ``sign`` is -1 where the name speaks of less of the thing ("low porosity", "loss of contact"), else +1.
    ``several`` says that it coordinates two things ("ionic and electronic conductivity").
    """

    words: frozenset[str]
    head: str
    sign: int
    several: bool = False


@lru_cache(maxsize=65536)
def read_wording(name: str) -> Wording:
    """Take a name apart.

    >>> read_wording("low grain boundary resistance").sign, read_wording("interfacial stability issues").sign
    (-1, -1)
    >>> read_wording("large interfacial impedance") == read_wording("interface resistance")
    True
    """
    data = _wording()
    sign, kept, head = 1, [], ""
    for part in _parts(name):
        words = []
        for spelt in normalise(part).split():
            word = data["same"].get(spelt, spelt)
            if word in data["less"]:
                sign = sign if head else -sign
            elif word not in data["more"]:
                words.append(word)
        telling = [word for word in words if word not in data["light"]]
        head = head or (telling[-1] if telling else "")
        kept += words
    telling = [word for word in kept if word not in data["light"]]
    if data["troubles"] & set(normalise(name).split()) and not data["wished"].isdisjoint(kept):
        # "stability issues" are those of too little of it, "dendrite issues" are the dendrites
        sign = -sign
    several = not data["coordinating"].isdisjoint(name.casefold().replace("/", " / ").split())
    return Wording(frozenset(telling or kept), head or (kept[-1] if kept else ""), sign, several)


def bare_name(name: str) -> str:
    """A name from its first word that says what the thing is, as written.

    >>> bare_name("construction of a protective layer"), bare_name("high electronic conductivity")
    ('protective layer', 'electronic conductivity')
    """
    data, words = _wording(), name.split()
    skipped = data["more"] | data["less"] | data["light"] | data["dropped"] | prepositions()
    said = (at for at, word in enumerate(words) if normalise(word) and normalise(word) not in skipped)
    return " ".join(words[next(said, 0) :])


def _parts(name: str) -> list[str]:
    """The runs of words between connecting words; expressions that stand for one thing become one word."""
    data = _wording()
    parts: list[list[str]] = [[]]
    text = name.casefold()
    for expression in data["whole"]:
        text = text.replace(expression, re.sub(r"[ -]", "", expression))
    for word in text.split():
        if word in data["dropped"] or word in prepositions():
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(words) for words in parts if words]


def is_bare(words: Collection[str]) -> bool:
    """Whether the words are too general to name one thing ("the layer")."""
    return all(word in _wording()["bare"] for word in words)


def join_weight(how: str) -> float:
    """What is left of belief where a chain goes on under another name (a key of ``join_weight``)."""
    return float(_wording()["join_weight"][how])


def joined_kinds() -> frozenset[str]:
    """The kinds of things that go on as the class the ontology puts them in."""
    return frozenset(_wording()["joined_kinds"])


def layered_kinds() -> frozenset[str]:
    """The kinds of things of which one case may do the opposite of another."""
    return frozenset(_wording()["layered_kinds"])


def same_passage() -> int:
    """How many characters apart a general word ("the interphase") and what it means may stand."""
    return int(_wording()["same_passage"])


def similar_enough() -> float:
    """The least similarity at which a name is taken for another."""
    return float(_wording()["similar_enough"])


def similarity(one: Iterable[str], other: Iterable[str], *, rarity: Mapping[str, float]) -> float:
    """How much of two names' words is shared, 0 to 1, each word weighed by its rarity (1 where unknown).

    >>> similarity(["li", "dendrite"], ["dendrite"], rarity={"li": 0.5, "dendrite": 1.5})
    0.75
    """
    one, other = set(one), set(other)
    weigh = {word: rarity.get(word, max(rarity.values(), default=1.0)) for word in one | other}
    whole = sum(weigh.values())
    return sum(weigh[word] for word in one & other) / whole if whole else 0.0


@cache
def _wording() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("wording.yaml"))
    return data | {key: frozenset(data[key]) for key in _SETS}
