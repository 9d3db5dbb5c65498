"""Under which conditions a value holds: temperature, rate, cycles, method, solvent, form, the rest of the cell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extract.measurements.reading import Reading
from extract.measurements.things import Thing
from extract.measurements.vocabulary import WordList, data, forms, words_pattern
from extract.mentions import Mention
from kg.model import ConditionValue
from ontology.quantities import QuantityMatch
from ontology.units import convert, same_dimension

_REACH = 25

#: Condition, unit of the quantities that give it.
_MEASURED = (("temperature_C", "degC"), ("c_rate", "C"), ("cycles", "cycle"), ("current_density", "mA/cm2"))


def conditions_of(
    quantity: QuantityMatch,
    key: str,
    owner: Thing,
    reading: Reading,
    mentions: Sequence[Mention],
    *,
    used: frozenset[int],
) -> dict[str, ConditionValue]:
    """The conditions that the sentence states for a quantity; ``used`` are starts of quantities that are claims."""
    number = reading.sentence_of(quantity.start)
    start, end = reading.sentences[number]
    found: dict[str, ConditionValue] = {}
    for condition, unit in _MEASURED:
        match = _nearest(quantity, unit, reading, number, used)
        if match is not None:
            found[condition] = _condition_value(condition, match)
    text = reading.text
    window = text[max(start, quantity.start - 80) : min(end, quantity.end + 60)]
    if "temperature_C" not in found and (named := _temperatures().find(window)):
        found["temperature_C"] = float(named)
    if form := (
        forms().find(text[owner.start : owner.end])
        or forms().find(text[quantity.end : min(end, quantity.end + 40)])
    ):
        found["form"] = form
    methods = [
        mention for mention in mentions if mention.kind == "SynthesisMethod" and start <= mention.start < end
    ]
    if methods:
        nearest = min(methods, key=lambda mention: reading.words_between(mention.start, quantity.start))
        found["method"] = nearest.text
    in_sentence = [
        thing
        for thing in reading.things
        if start <= thing.start < end and not thing.is_generic and not set(thing.names) & set(owner.names)
    ]
    for role in (
        ("solvent", "electrolyte", "cathode", "anode")
        if key in data("cues.yaml")["cell_properties"]
        else ("solvent",)
    ):
        parts = [thing for thing in in_sentence if thing.role == role]
        if parts:
            found[role] = parts[0].names[0]
    return found


def _nearest(
    quantity: QuantityMatch, unit: str, reading: Reading, number: int, used: frozenset[int]
) -> QuantityMatch | None:
    """The quantity of a unit that stands nearest in the sentence; lists of equal length are read side by side."""
    assert quantity.unit is not None
    if same_dimension(quantity.unit, unit):
        return None
    others = [
        other
        for other in reading.quantities
        if other.unit is not None
        and other.start not in used
        and reading.sentence_of(other.start) == number
        and _same(other, unit)
        and reading.words_between(quantity.start, other.start) <= _REACH
    ]
    if not others:
        return None
    best = min(
        others,
        key=lambda other: (
            reading.words_between(quantity.start, other.start) + 3 * (other.start < quantity.start)
        ),
    )
    own = [other for other in reading.quantities if other.group == quantity.group]
    beside = [other for other in others if other.group == best.group]
    return beside[own.index(quantity)] if len(own) == len(beside) else best


def _same(other: QuantityMatch, unit: str) -> bool:
    assert other.unit is not None
    if unit in ("C", "cycle"):
        return other.unit.symbol == unit
    return same_dimension(other.unit, unit) or (unit == "mA/cm2" and same_dimension(other.unit, "mA/g"))


def _condition_value(condition: str, match: QuantityMatch) -> ConditionValue:
    assert match.unit is not None
    if condition == "temperature_C":
        return convert(match.value, match.unit, to="degC")
    if condition == "cycles":
        return match.value
    return f"{match.value:g} {match.unit.symbol}"


@cache
def _temperatures() -> WordList:
    named = data("cues.yaml")["named_temperatures"]
    return WordList({name.casefold(): str(value) for name, value in named.items()}, words_pattern(named))
