"""What a selection finds: claims with the things that they tell of, and the rows that are made of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kg.columns import NONE, Columns, Mask, Numbers, Values
from ontology.lexicon import Lexicon, local_name

#: What a claim shows of itself in a row: its value, the relation with the name of the thing as its subject or
#: object, only that name, the property itself, a value with its property, or nothing.
Shows = Literal["value", "measured", "subject", "object", "name", "property", "nothing"]


@dataclass(frozen=True, slots=True)
class Row:
    """One solution of a form, as plain values; what it does not have is empty or None."""

    thing: str
    claim: str
    name: str = ""
    value: float | None = None
    highest: float | None = None
    comparator: str = ""
    relation: str = ""
    other_name: str = ""
    alternative: int = 0
    verdict: str = "true"


@dataclass(frozen=True, slots=True)
class Found:
    """Claims with a thing each, ``NONE`` where no claim says so; all are shown in one way."""

    claims: Numbers
    things: Numbers
    shows: Shows
    alternative: int = 0
    verdict: str = "true"

    def keep(self, kept: Mask) -> Found:
        """Those of the pairs that a mask over them keeps."""
        return replace(self, claims=self.claims[kept], things=self.things[kept])

    def of(self, things: Mask | None) -> Found:
        """Those of the pairs whose thing is among some; all for None."""
        return self if things is None else self.keep(things[self.things])

    def only(self, claims: Numbers, columns: Columns) -> Found:
        """Those of the pairs whose claim is among some."""
        return self.keep(columns.among(self.claims, claims))


def make_rows(found: Sequence[Found], columns: Columns, *, lexicon: Lexicon) -> list[Row]:
    """The rows of what was found, each once."""
    return list(dict.fromkeys(row for part in found for row in _rows(part, columns, lexicon)))


def _rows(found: Found, columns: Columns, lexicon: Lexicon) -> Iterator[Row]:
    claims, shows = found.claims, found.shows
    none = [""] * len(claims)
    names = others = relations = comparators = none
    values: list[float | None] = [None] * len(claims)
    highest = values
    things = _texts(found.things, columns)
    if shows in ("subject", "object", "name", "value", "measured"):
        names = _texts(columns.subject_name[claims], columns)
    if shows in ("subject", "object"):
        others = _texts(columns.object_name[claims], columns)
        relations = list(map(local_name, _texts(columns.predicate[claims], columns)))
        if shows == "object":
            names, others = others, names
    if shows in ("value", "measured"):
        values, highest = _numbers(columns.value[claims]), _numbers(columns.highest[claims])
        comparators = _texts(columns.comparator[claims], columns)
    if shows == "measured":
        relations = list(map(local_name, _texts(columns.predicate[claims], columns)))
    if shows == "property":
        names = [lexicon.terms[thing].label for thing in things]
    ids = [columns.id_of(claim) if claim != NONE else "" for claim in claims.tolist()]
    fields = zip(things, ids, names, values, highest, comparators, relations, others, strict=True)
    for thing, claim, name, value, most, comparator, relation, other in fields:
        yield Row(
            thing, claim, name, value, most, comparator, relation, other, found.alternative, found.verdict
        )


def _texts(numbers: Numbers, columns: Columns) -> list[str]:
    terms = columns.terms
    return [terms[number] if number != NONE else "" for number in numbers.tolist()]


def _numbers(values: Values) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values.tolist()]
