"""Measurements as a tidy table: one row a value, one column a variable."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from kg.model import Claim
from kg.papers import cite
from kg.works import doi_of

Row = dict[str, Any]

_BEFORE = ("material", "material_iri", "property", "value", "value_max", "unit", "comparator")
_AFTER = ("polarity", "certainty", "document", "section", "refs", "papers", "dois", "quote", "claim")
#: Columns that hold numbers even where none is stated.
_NUMBERS = frozenset({"value", "value_max"})


def measurement_rows(claims: Iterable[Claim]) -> list[Row]:
    """A row for each measurement in the order given, with a column for each condition that occurs in any.

    A condition that a measurement does not state is None, so that the rows make a table (or a data frame).
    """
    measured = [claim for claim in claims if claim.quantity is not None]
    conditions = sorted({key for claim in measured for key in claim.conditions})
    return [_row(claim, conditions) for claim in measured]


def table_columns() -> list[str]:
    """The columns of a table without conditions."""
    return [*_BEFORE, *_AFTER]


def write_csv(rows: Sequence[Row], output: BinaryIO) -> None:
    """The rows as comma-separated values with a header line; None is an empty cell."""
    text = io.TextIOWrapper(output, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, list(rows[0]) if rows else table_columns(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    text.detach()


def write_parquet(rows: Sequence[Row], output: BinaryIO) -> None:
    """The rows as a Parquet file, a column of numbers where all its values are numbers, else of text.

    Needs the extra ``parquet``; raises ImportError without it.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  (an extra)
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        raise ImportError("Parquet needs pyarrow: pip install 'lithograph[parquet]'") from error
    columns = {
        name: [row[name] for row in rows] for name in (rows[0] if rows else dict.fromkeys(table_columns()))
    }
    arrays = {name: _array(pa, name, values) for name, values in columns.items()}
    pyarrow.parquet.write_table(pa.table(arrays), output)


def _array(pa: Any, name: str, values: Sequence[Any]) -> Any:
    stated = [value for value in values if value is not None]
    numeric = all(isinstance(value, float) for value in stated) if stated else name in _NUMBERS
    if numeric:
        return pa.array(values, pa.float64())
    return pa.array([None if value is None else str(value) for value in values], pa.string())


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
        "; ".join(filter(None, map(cite, evidence.primary))),
        " ".join(doi for reference in evidence.primary if (doi := doi_of(reference))),
        *(evidence.quote, claim.id),
    )
    return (
        dict(zip(_BEFORE, before, strict=True))
        | {key: claim.conditions.get(key) for key in conditions}
        | dict(zip(_AFTER, after, strict=True))
    )
