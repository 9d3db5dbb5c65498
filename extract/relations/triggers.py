"""The verbs, nouns and adjectives of the ontology's relations, by lemma."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ontology.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that states a relation: ``inverse`` if its subject is the relation's object.

    ``rest`` are the words after the first ("to" of "lead to", "rise to" of "give rise to").
    """

    relation: str
    inverse: bool = False
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Triggers:
    """Triggers by the lemma of their first word."""

    verbs: Mapping[str, Sequence[Trigger]]
    nouns: Mapping[str, Sequence[Trigger]]
    adjectives: Mapping[str, Sequence[Trigger]]


_held: dict[int, tuple[Lexicon, Triggers]] = {}


def triggers_of(lexicon: Lexicon) -> Triggers:
    """The triggers of a lexicon, indexed once."""
    held = _held.get(id(lexicon))
    if held is None:
        held = (lexicon, _index(lexicon))
        _held[id(lexicon)] = held
    return held[1]


def _index(lexicon: Lexicon) -> Triggers:
    verbs: dict[str, list[Trigger]] = defaultdict(list)
    nouns: dict[str, list[Trigger]] = defaultdict(list)
    adjectives: dict[str, list[Trigger]] = defaultdict(list)
    for relation in lexicon.relations.values():
        for table, phrases, inverse in (
            (verbs, relation.verbs, False),
            (verbs, relation.inverse_verbs, True),
            (nouns, relation.nouns, False),
            (adjectives, relation.adjectives, False),
        ):
            for phrase in phrases:
                first, *rest = phrase.split()
                table[first].append(Trigger(relation.key, inverse, tuple(rest)))
    return Triggers(verbs, nouns, adjectives)
