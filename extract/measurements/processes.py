"""Conditions of synthesis: temperatures, times and pressures that hang on a process word."""

from __future__ import annotations

import re
from functools import cache

from extract.measurements.properties import Cue
from extract.measurements.reading import Reading
from extract.measurements.vocabulary import data, words_pattern
from ontology.quantities import QuantityMatch
from ontology.units import same_dimension


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
    steps = list(_steps().finditer(reading.text, start, quantity.start))
    for step in reversed(steps):
        if _links().fullmatch(_blanked(reading, step.end(), quantity.start)):
            return Cue(step.start(), step.end(), key)
    return None


def _blanked(reading: Reading, start: int, end: int) -> str:
    """The text between a step and its number, without other numbers ("at 260 °C for")."""
    text = reading.text
    for other in reading.quantities:
        if start <= other.start and other.end <= end:
            text = text[: other.start] + " " * (other.end - other.start) + text[other.end :]
    return text[start:end]


@cache
def _steps() -> re.Pattern[str]:
    return words_pattern(data("cues.yaml")["processes"].split())


@cache
def _links() -> re.Pattern[str]:
    return re.compile(data("cues.yaml")["process_links"])
