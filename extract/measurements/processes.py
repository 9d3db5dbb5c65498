"""Conditions of synthesis: temperatures, times and pressures that hang on a process word."""

from __future__ import annotations

from extract.measurements.cues import Cue
from extract.measurements.reading import Reading
from extract.measurements.vocabulary import data, pattern, words
from ontology.quantities import QuantityMatch
from ontology.units import same_dimension

#: How many words a step and its number may stand apart.
_REACH = 20


def process_of(quantity: QuantityMatch, reading: Reading) -> Cue | None:
    """The process step that a temperature, time or pressure belongs to, with the property that it then gives.

    None where the quantity is of another dimension, or no step of making a material leads up to it.
    """
    found = _setting(quantity)
    if found is None:
        return None
    text = reading.text
    start = reading.sentences[reading.sentence_of(quantity.start)][0]
    if not pattern("cues", "before_setting").search(text[start : quantity.start]):
        return None
    for step in reversed(list(words("cues", "processes").finditer(text, start, quantity.start))):
        between = text[step.end() : quantity.start]
        if len(between.split()) > _REACH or ";" in between:
            return None
        if words("cues", "not_processes").search(between):
            return None
        others = [other for other in reading.quantities if step.end() <= other.start < quantity.start]
        if all(_is_setting(other) for other in others):
            return Cue(step.start(), step.end(), *found)
    return None


def _setting(quantity: QuantityMatch) -> tuple[str, str] | None:
    """The property that a number gives as the setting of a step, and the unit that tells so."""
    for unit, key in data("cues")["process_properties"].items():
        if quantity.unit is not None and same_dimension(quantity.unit, unit):
            return str(key), str(unit)
    return None


def _is_setting(quantity: QuantityMatch) -> bool:
    """Whether a number can stand with a step: a temperature, time, pressure, speed or amount."""
    units = data("cues")["process_units"]
    known = quantity.unit is not None and any(same_dimension(quantity.unit, unit) for unit in units)
    return known or _setting(quantity) is not None
