"""Measurements as a tidy table: one row a value, one column a variable."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from kg.model import Claim
from kg.works import doi_of

Row = dict[str, Any]

_BEFORE = ("material", "material_iri", "property", "value", "value_max", "unit", "comparator")
_AFTER = ("polarity", "certainty", "document", "section", "refs", "dois", "quote", "claim")


def measurement_rows(claims: Iterable[Claim]) -> list[Row]:
    """A row for each measurement in the order given, with a column for each condition that occurs in any.

    A condition that a measurement does not state is None, so that the rows make a table (or a data frame).
    """
    measured = [claim for claim in claims if claim.quantity is not None]
    conditions = sorted({key for claim in measured for key in claim.conditions})
    return [_row(claim, conditions) for claim in measured]


def measurements_csv(claims: Iterable[Claim]) -> str:
    """The measurements as comma-separated values with a header line; None is an empty cell."""
    rows = measurement_rows(claims)
    text = io.StringIO()
    columns = list(rows[0]) if rows else [*_BEFORE, *_AFTER]
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _row(claim: Claim, conditions: list[str]) -> Row:
    quantity, evidence = claim.quantity, claim.evidence
    assert quantity is not None
    before = (
        *(claim.subject.label, claim.subject.iri, claim.relation),
        *(quantity.value, quantity.value_max, quantity.unit, quantity.comparator),
    )
    after = (
        *(claim.polarity, claim.certainty, evidence.document, evidence.section),
        " ".join(str(number) for number in evidence.refs),
        " ".join(doi for reference in evidence.primary if (doi := doi_of(reference))),
        *(evidence.quote, claim.id),
    )
    return (
        dict(zip(_BEFORE, before, strict=True))
        | {key: claim.conditions.get(key) for key in conditions}
        | dict(zip(_AFTER, after, strict=True))
    )
