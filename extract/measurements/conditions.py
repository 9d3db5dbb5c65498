"""The conditions of a value: temperature, rate, cycles, method, solvent, form, the rest of the cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from extract.measurements.reading import Reading
from extract.measurements.things import Thing
from extract.measurements.vocabulary import WordList, data, forms, pattern, word_set, words_pattern
from extract.mentions import Mention
from kg.model import ConditionValue
from ontology.quantities import QuantityMatch
from ontology.units import convert, same_dimension

#: How many words away a number can be a condition of another.
_REACH = 25
#: How far behind a value its form can stand.
_FORM_REACH = 40

Conditions = dict[str, ConditionValue]


def conditions_of(
    quantity: QuantityMatch,
    key: str,
    owner: Thing,
    reading: Reading,
    mentions: Sequence[Mention],
    *,
    used: frozenset[int],
    others: Collection[Thing] = (),
) -> Conditions:
    """The conditions that the sentence states for a value.

    ``used`` are starts of numbers that are claims, ``others`` what has a value of the property itself.
    """
    found = dict(_measured(quantity, reading, used=used))
    start, end = reading.sentences[reading.sentence_of(quantity.start)]
    text = reading.text
    if "temperature_C" not in found and (named := _temperatures().find(text[start:end])):
        found["temperature_C"] = float(named)
    behind = text[quantity.end : min(end, quantity.end + _FORM_REACH)]
    if form := forms().find(text[owner.start : owner.end]) or forms().find(behind):
        found["form"] = form
    methods = [
        found
        for found in mentions
        if found.kind == "SynthesisMethod"
        and start <= found.start < end
        and not _is_compared(reading, start, found.start)
        and not _is_in_another_clause(reading, quantity, found.start)
    ]
    if methods:
        nearest = min(methods, key=lambda method: reading.words_between(method.start, quantity.start))
        # "by cold pressing and 12 mS/cm after sintering": what made another body made another sample
        bodies = {forms().find(nearest.text), found.get("form")} & word_set("columns", "bodies")
        if len(bodies) < 2:
            found["method"] = nearest.text
    return found | {
        role: thing.names[0] for role, thing in _parts(key, owner, reading, start, end) if thing not in others
    }


def _measured(
    quantity: QuantityMatch, reading: Reading, *, used: frozenset[int]
) -> Iterator[tuple[str, ConditionValue]]:
    """Conditions that are numbers themselves."""
    for condition, units in data("cues")["conditions"].items():
        match = _nearest(quantity, units, reading, used=used)
        if match is None or match.unit is None:
            continue
        if condition == "cycles" and any(quantity.start < other < match.start for other in used):
            continue  # "195 mAh/g and keeps 88% after 300 cycles"
        if condition == "temperature_C":
            yield condition, convert(match.value, match.unit, to="degC")
        elif condition == "cycles":
            yield condition, match.value
        else:
            yield condition, f"{match.value:g} {match.unit.symbol}"


def _nearest(
    quantity: QuantityMatch, units: Sequence[str], reading: Reading, *, used: frozenset[int]
) -> QuantityMatch | None:
    """The nearest number of some units in the sentence; lists of equal length are read side by side."""
    number = reading.sentence_of(quantity.start)
    others = [
        other
        for other in reading.quantities
        if other.start not in used
        and reading.sentence_of(other.start) == number
        and _is_in(other, units)
        and reading.words_between(quantity.start, other.start) <= _REACH
    ]
    if not others or _is_in(quantity, units):
        return None

    def distance(other: QuantityMatch) -> int:
        return reading.words_between(quantity.start, other.start) + 3 * (other.start < quantity.start)

    best = min(others, key=distance)
    own = [other for other in reading.quantities if other.group == quantity.group]
    beside = [other for other in others if other.group == best.group]
    return beside[own.index(quantity)] if len(own) == len(beside) else best


def _is_in(quantity: QuantityMatch, units: Sequence[str]) -> bool:
    """Whether a quantity has one of the units; a rate or a count only has it by name."""
    if quantity.unit is None:
        return False
    if quantity.unit.symbol in units:
        return True
    named = word_set("cues", "units_by_name")
    return any(unit not in named and same_dimension(quantity.unit, unit) for unit in units)


def _parts(key: str, owner: Thing, reading: Reading, start: int, end: int) -> Iterator[tuple[str, Thing]]:
    """The other named parts of the cell, and the solvent."""
    roles = ["solvent"]
    if key in word_set("owners", "cell_properties"):
        roles += ["electrolyte", "cathode", "anode"]
    for thing in reversed(reading.things):
        inside = start <= thing.start < end and not thing.is_generic
        # another cathode is no part of a cell with this one
        another = thing.role in roles and thing.role != owner.role and not set(thing.names) & set(owner.names)
        if inside and another and not _is_compared(reading, start, thing.start):
            yield thing.role, thing


def _is_in_another_clause(reading: Reading, quantity: QuantityMatch, at: int) -> bool:
    """Whether "while", "whereas" or "but" parts a value from what stands at an offset."""
    first, last = sorted((quantity.start, at))
    return pattern("owners", "other_clause").search(reading.text, first, last) is not None


def _is_compared(reading: Reading, start: int, at: int) -> bool:
    """Whether what stands at an offset belongs to another thing that the value is compared with."""
    return pattern("owners", "compared_before").search(reading.text[start:at]) is not None


@cache
def _temperatures() -> WordList:
    named = data("cues")["named_temperatures"]
    meanings = {name.casefold(): str(value) for name, value in named.items()}
    return WordList(meanings, words_pattern(named))
