"""Which measured property a number gives: by the cues around it and by its unit."""

from __future__ import annotations

from dataclasses import dataclass

from extract.measurements.cues import Cue
from extract.measurements.reading import Reading
from extract.measurements.vocabulary import data, pattern, word_set, words
from ontology.quantities import QuantityMatch
from ontology.units import Unit, same_dimension

#: Scores of a cue: before the number, attached behind it, elsewhere behind it, in one bracket with it, in
#: another bracket; for each word, each number of its unit and a semicolon between.
_BEFORE, _ATTACHED, _BEHIND, _SAME_BRACKET, _OTHER_BRACKET = 20.0, 25.0, 6.0, 30.0, -10.0
_WORD, _TAKEN, _BREAK = -0.5, -5.0, -4.0
#: What is no property takes the number only where it stands this close.
_LEAST_BLOCK = 14.0


def property_of(quantity: QuantityMatch, reading: Reading) -> tuple[str, Cue | None]:
    """The key of the property that a quantity gives (empty where none) and the cue that says so."""
    assert quantity.unit is not None
    best: tuple[float, Cue] | None = None
    for cue in reading.cues:
        only = data("cues")["only_units"].get(cue.key)
        if fits(quantity.unit, cue.unit) and (only is None or quantity.unit.symbol in only):
            score = _closeness(cue, quantity, reading)
            if score is not None and (best is None or score >= best[0]):
                best = (score, cue)
    if best is not None and (best[1].key or best[0] > _LEAST_BLOCK):
        return best[1].key, best[1]
    for unit, key in data("cues")["defaults"].items():
        if same_dimension(quantity.unit, unit):
            return str(key), None
    return "", None


def fits(unit: Unit, canonical: str) -> bool:
    """Whether a value in a unit can be one of a property; a share in percent is no number of cycles."""
    return unit.symbol == canonical if canonical in ("%", "1") else same_dimension(unit, canonical)


@dataclass(frozen=True, slots=True)
class _Gap:
    """What lies between a cue and the values of a list, and the cue's score without distance."""

    start: int
    end: int
    score: float


def _closeness(cue: Cue, quantity: QuantityMatch, reading: Reading) -> float | None:
    """How well a cue and a quantity belong together; None where they cannot."""
    if reading.sentence_of(cue.start) != reading.sentence_of(quantity.start):
        return None
    members = [other for other in reading.quantities if other.group == quantity.group]
    gap = _gap(cue, members[0].start, members[-1].end, reading)
    if gap is None:
        return None
    bracket = reading.bracket_of(quantity.start)
    beside = reading.bracket_of(cue.start)
    score = gap.score
    if beside is not None:
        score += _SAME_BRACKET if beside == bracket else _OTHER_BRACKET
    between = reading.text[gap.start : gap.end]
    count = len(between.split())
    if gap.score == _ATTACHED:
        return score - count
    if gap.score == _BEHIND and score < _SAME_BRACKET and cue.unit in data("cues")["defaults"]:
        return None  # a name behind belongs to the next number
    if count > data("cues")["reach"].get(cue.key, count) and score < _SAME_BRACKET:
        return None
    taken = sum(
        gap.start <= other.start < gap.end and other.group != quantity.group and _is_like(other, quantity)
        for other in reading.quantities
    )
    return score + _WORD * count + _TAKEN * min(taken, 2) + _BREAK * (";" in between)


def _gap(cue: Cue, first: int, last: int, reading: Reading) -> _Gap | None:
    """The gap between a cue and the values from ``first`` to ``last``; None where nothing may join them."""
    text = reading.text
    name = text[cue.start : cue.end]
    bare = name.casefold() in word_set("cues", "bare_names")
    if cue.start >= last:
        if pattern("cues", "attached").fullmatch(text, last, cue.start):
            return _Gap(last, cue.start, _ATTACHED)
        return None if bare else _Gap(last, cue.start, _BEHIND)
    if cue.end > first:
        return _Gap(first, first, _ATTACHED)
    if cue.key.startswith("synthesis") and not words("cues", "processes").search(name):
        return None
    if bare and not pattern("cues", "bare_link").fullmatch(text, cue.end, first):
        return None
    return _Gap(cue.end, first, _BEFORE)


def _is_like(other: QuantityMatch, quantity: QuantityMatch) -> bool:
    assert quantity.unit is not None
    return other.unit is not None and same_dimension(other.unit, quantity.unit)
