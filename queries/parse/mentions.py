"""Every word of a question as part of a mention: names, relations, quantities, question words; or unknown.

The question is cut into mentions by dynamic programming: all words are covered, with as few mentions and as
few unknown words as possible. The few best cuts are kept, since only the form that a cut leads to can decide.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ontology.quantities import QuantityMatch
from ontology.units import Unit
from queries.form import Fact
from queries.parse.naming import Named
from queries.parse.vocabulary import Noun, Verb

Kind = Literal[
    "cue",
    "noun",
    "verb",
    "property",
    "composition",
    "elements",
    "thing",
    "quantity",
    "number",
    "year",
    "comparator",
    "unit",
    "preposition",
    "light",
    "loose",
    "fact",
    "unknown",
]

#: What a mention of each kind costs; a word that nothing explains costs so much that anything else is
#: tried first.
_COST: dict[Kind, float] = {
    "cue": 0.02,
    "noun": 0.98,
    "verb": 1.01,
    "property": 0.99,
    "composition": 0.97,
    "elements": 1.05,
    "thing": 1.0,
    "quantity": 0.5,
    "number": 0.6,
    "year": 0.55,
    "comparator": 0.01,
    "unit": 0.9,
    "preposition": 0.0,
    "light": 0.05,
    "loose": 0.5,
    "fact": 1.0,
    "unknown": 30.0,
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A run of tokens and what it is; ``value`` depends on the kind (see ``Kind`` and the finders below)."""

    first: int
    last: int
    kind: Kind
    text: str
    cues: tuple[str, ...] = ()
    noun: Noun | None = None
    verbs: tuple[Verb, ...] = ()
    named: Named | None = None
    quantity: QuantityMatch | None = None
    unit: Unit | None = None
    number: int | None = None
    key: str = ""
    elements: tuple[str, ...] = ()
    fact: Fact | None = None
    extra_cost: float = 0.0

    @property
    def cost(self) -> float:
        """What choosing this mention adds to a cut."""
        return _COST[self.kind] + self.extra_cost

    def is_cue(self, *cues: str) -> bool:
        """Whether the mention is one of some question words."""
        return any(cue in self.cues for cue in cues)


def best_cuts(by_start: Sequence[Sequence[Mention]], *, count: int = 10) -> list[tuple[Mention, ...]]:
    """The cheapest ways to cover all tokens with mentions, given the mentions that start at each token."""
    best: list[list[tuple[float, int, tuple[Mention, ...]]]] = [[] for _ in range(len(by_start) + 1)]
    best[0] = [(0.0, 0, ())]
    ties = 0
    for place, mentions in enumerate(by_start):
        for cost, _, cut in heapq.nsmallest(count, best[place]):
            for mention in mentions:
                ties += 1
                best[mention.last].append((cost + mention.cost, ties, (*cut, mention)))
    return [cut for _, _, cut in heapq.nsmallest(count, best[-1])]
