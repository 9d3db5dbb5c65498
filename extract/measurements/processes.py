"""Conditions of synthesis: temperatures, times and pressures that hang on a process word."""

from __future__ import annotations

import re
from functools import cache

from extract.measurements.properties import Cue
from extract.measurements.reading import Reading
from extract.measurements.vocabulary import data, words_pattern
from ontology.quantities import QuantityMatch
from ontology.units import same_dimension

_REACH = 20


def process_of(quantity: QuantityMatch, reading: Reading) -> Cue | None:
    """The process step that a temperature, time or pressure belongs to, with the property that it then gives.

    None where the quantity is of another dimension, or no step of making a material leads up to it.
    """
    settings = data("cues.yaml")
    key = next(
        (
            str(key)
            for unit, key in settings["process_properties"].items()
            if quantity.unit is not None and same_dimension(quantity.unit, unit)
        ),
        "",
    )
    if not key:
        return None
    start = reading.sentences[reading.sentence_of(quantity.start)][0]
    if not _before().search(reading.text[start : quantity.start]):
        return None
    for step in reversed(list(_steps().finditer(reading.text, start, quantity.start))):
        between = reading.text[step.end() : quantity.start]
        if len(between.split()) > _REACH or ";" in between or _not_processes().search(between):
            return None
        others = [other for other in reading.quantities if step.end() <= other.start < quantity.start]
        if all(_is_step_quantity(other) for other in others):
            return Cue(step.start(), step.end(), key)
    return None


def _is_step_quantity(quantity: QuantityMatch) -> bool:
    """Whether a number can be a setting of a process step: a temperature, time, pressure, speed or amount."""
    units = (*data("cues.yaml")["process_properties"], *data("cues.yaml")["process_units"])
    return quantity.unit is not None and any(same_dimension(quantity.unit, unit) for unit in units)


@cache
def _steps() -> re.Pattern[str]:
    return words_pattern(data("cues.yaml")["processes"].split())


@cache
def _before() -> re.Pattern[str]:
    """What may stand right before the number: a preposition and at most three words."""
    words = "|".join(data("cues.yaml")["process_prepositions"])
    return re.compile(rf"(?<![\w-])(?:{words})(?: [\w-]+){{0,3}}(?: [~≈<>])? ?[~≈<>]?$")


@cache
def _not_processes() -> re.Pattern[str]:
    return words_pattern(data("cues.yaml")["not_processes"])
