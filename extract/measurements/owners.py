"""Whose value a number is: the names around it ranked by grammar, brackets, prepositions and nearness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.measurements.cues import Cue
from extract.measurements.grammar import tied_things
from extract.measurements.reading import Reading
from extract.measurements.standing import standing
from extract.measurements.things import Thing
from extract.measurements.vocabulary import data, pattern
from ontology.quantities import QuantityMatch

#: A name further back than this many sentences is no candidate.
_SENTENCES = 2
_NOWHERE = float("-inf")


@dataclass(frozen=True, slots=True)
class Owner:
    """The thing that an earlier value in the passage was of, and the value's property."""

    thing: Thing
    key: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score."""

    score: float
    thing: Thing


def rank_owners(
    quantity: QuantityMatch, cue: Cue | None, key: str, reading: Reading, *, earlier: Sequence[Owner] = ()
) -> list[Ranked]:
    """The things that a quantity may be of, the likeliest first; ``earlier`` are owners found before it.

    ``cue`` names the property (or the process step) where the text does.
    """
    weights = data("owners")["weights"]
    number = reading.sentence_of(quantity.start)
    tied = _tied(quantity, cue, key, reading)
    recent = [owner.thing for owner in earlier[-2:]]
    ranked = []
    for thing in reading.things:
        distance = number - reading.sentence_of(thing.start)
        if distance > _SENTENCES and thing in recent[-1:]:
            ranked.append(Ranked(float(weights["topic_of_passage"]), thing))
        if not 0 <= distance <= _SENTENCES:
            continue
        place = _place(thing, quantity, cue, key, reading) if distance == 0 else _NOWHERE
        if distance == 0:
            score = max(place, tied.get(thing.start, _NOWHERE))
        else:
            score = weights["earlier"] - weights["sentence_cost"] * (distance - 1)
            score += tied.get(thing.start, 0.0)
            score -= 0.02 * reading.words_between(thing.end, reading.sentences[number - distance][1])
        score += standing(thing, key, reading, compared=place < weights["bracket"])
        bracket = reading.bracket_of(thing.start)
        if bracket is not None and bracket != reading.bracket_of(quantity.start):
            score += weights["aside"]
        if thing in recent:
            score += weights["recent"]
        ranked.append(Ranked(score, thing))
    return sorted(ranked, key=lambda entry: -entry.score)


def _tied(quantity: QuantityMatch, cue: Cue | None, key: str, reading: Reading) -> dict[int, float]:
    """Scores of the things that the grammar ties to the number or to its property, by their start."""
    scores: dict[int, float] = {}
    tokens = [reading.token_at(quantity.start, quantity.end)]
    if cue is not None:
        tokens.append(reading.token_at(cue.start, cue.end))
    for token in filter(None, tokens):
        for thing, score in tied_things(token, reading, within=not key.startswith("synthesis")):
            scores[thing.start] = max(score, scores.get(thing.start, _NOWHERE))
    return scores


def _place(thing: Thing, quantity: QuantityMatch, cue: Cue | None, key: str, reading: Reading) -> float:
    """The score of where a name stands: before a bracket, behind "of", beside the property, or how near."""
    weights = data("owners")["weights"]
    text = reading.text
    owning = pattern("owners", "owning")
    bracket = reading.bracket_of(quantity.start)
    last = max(other.end for other in reading.quantities if other.group == quantity.group)
    words = reading.words_between(thing.end, quantity.start)
    tie, cost = "preceding", weights["word_cost"] * words
    if thing.start >= quantity.end:
        tie, cost = "following", weights["word_cost"] * reading.words_between(quantity.end, thing.start)
    if thing.start >= last and not key.startswith("synthesis") and owning.fullmatch(text, last, thing.start):
        tie, cost = "value_of", 0
    sentence = reading.sentences[reading.sentence_of(thing.start)][0]
    if text.startswith(",", thing.end) and pattern("owners", "fronted").fullmatch(
        text, sentence, thing.start
    ):
        tie, cost = "fronted", 0
    if cue is not None and pattern("owners", "compound").fullmatch(text, thing.end, cue.start):
        tie, cost = "compound", 0
    if cue is not None and owning.fullmatch(text, cue.end, thing.start):
        tie, cost = "owner", 0
    if bracket is not None and pattern("owners", "before_bracket").fullmatch(text, thing.end, bracket[0]):
        tie, cost = "bracket", 0
    return float(weights[tie] - cost)
