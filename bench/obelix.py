"""Extracted ionic conductivities against OBELiX, a table of solid electrolytes (Therrien et al., 2025).

    python -m bench.obelix ALL.csv DOCUMENT…

Of the conductivities at room temperature that are read from the documents, those whose composition the
table lists are compared with the range of its entries: a unit or a power of ten that was misread shows as an
outlier. The table lists crystals, so glasses and mixtures of components are left out. Prints each value that
lies beyond tenfold of the range with its sentence; the last line is ``within=…``.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from extract.pipeline import extract_claims
from extract.readers import read_document
from kg.model import Claim
from ontology.formula import parse_formula

#: What counts as room temperature, in °C; a value without a temperature is taken for one.
_ROOM = (15.0, 35.0)
_FOLD = 10.0

Range = tuple[float, float]


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", type=Path)
    parser.add_argument("documents", type=Path, nargs="+")
    options = parser.parse_args()
    compared, outliers = compare(options.documents, listed(options.table))
    for claim, (low, high) in outliers:
        assert claim.quantity is not None
        quote = " ".join(claim.evidence.quote.split())[:160]
        print(f"{claim.subject.label}: {claim.quantity.value:g} S/cm, listed {low:g} to {high:g}: {quote}")
    print(f"{compared} compared, {len(outliers)} beyond tenfold of the range")
    print(f"within={1 - len(outliers) / max(compared, 1):.3f}")


def listed(table: Path) -> dict[str, Range]:
    """The range of room-temperature conductivities of each composition, S/cm; "<1E-10" counts as 1E-10."""
    values: dict[str, list[float]] = defaultdict(list)
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            formula = parse_formula(row["Reduced Composition"])
            if formula is not None:
                values[formula.key].append(float(row["Ionic conductivity (S cm-1)"].lstrip("<")))
    return {key: (min(found), max(found)) for key, found in values.items()}


def compare(documents: Iterable[Path], ranges: Mapping[str, Range]) -> tuple[int, list[tuple[Claim, Range]]]:
    """How many values could be compared, and those that lie beyond tenfold of the range."""
    compared = 0
    outliers = []
    for document in documents:
        for claim, (low, high) in _comparable(document, ranges):
            compared += 1
            assert claim.quantity is not None
            last = claim.quantity.value_max or claim.quantity.value
            if not (claim.quantity.value <= high * _FOLD and last >= low / _FOLD):
                outliers.append((claim, (low, high)))
    return compared, outliers


def _comparable(document: Path, ranges: Mapping[str, Range]) -> Iterator[tuple[Claim, Range]]:
    for claim in extract_claims(read_document(document)):
        temperature = claim.conditions.get("temperature_C", _ROOM[0])
        if claim.relation != "ionic_conductivity" or claim.quantity is None:
            continue
        if not isinstance(temperature, float | int) or not _ROOM[0] <= temperature <= _ROOM[1]:
            continue
        if str(claim.conditions.get("form", "")).startswith("glass"):
            continue
        formula = parse_formula(claim.subject.label)
        if formula is not None and formula.kind == "compound" and formula.key in ranges:
            yield claim, ranges[formula.key]


if __name__ == "__main__":
    main()
