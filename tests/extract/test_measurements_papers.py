"""Measurements of whole papers against gold facts, and of sentences from an independent data set."""

import csv
from pathlib import Path
from types import ModuleType

import pytest

from extract.pipeline import extract_claims
from extract.readers import read_document
from kg.claims_file import claim_to_row
from ontology.quantities import find_quantities
from ontology.units import convert, parse_unit, same_dimension
from tests.extract.paper_scores import Row, extracted, f1, scorer

_PROPERTIES = {
    "Capacity": {"specific_capacity", "theoretical_capacity", "areal_capacity"},
    "Conductivity": {"ionic_conductivity", "electronic_conductivity"},
    "Coulombic Efficiency": {"coulombic_efficiency"},
    "Energy": {"energy_density"},
    "Voltage": {"voltage", "electrochemical_window"},
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("gold", "document", "text_only", "least"),
    [
        ("wu2020-sec2", "wu2020-sulfide-assb-review.md", False, 0.93),
        ("wu2020-sec2", "wu2020-sulfide-assb-review.md", True, 0.90),
        ("sun2022", "sun2022_lrmo_assb_interface.md", False, 0.77),
        ("angew2023", "angew2023_sulfur_assb_operando.md", False, 0.79),
        ("na2023", "na_superionic_design_principles2023.md", False, 0.86),
    ],
)
def test_measurements_of_a_paper(
    shared: Path, gold: str, document: str, text_only: bool, least: float
) -> None:
    assert f1(shared, gold, document, kind="measurement", text_only=text_only) >= least


@pytest.mark.slow
def test_every_quote_is_verbatim(shared: Path) -> None:
    file = shared / "documents/wu2020-sulfide-assb-review.md"
    text = file.read_text(encoding="utf-8")
    rows = [row for row in extracted(file) if row["type"] == "measurement"]
    assert len(rows) > 300
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)


@pytest.mark.slow
def test_sentences_of_an_independent_data_set(shared: Path, tmp_path: Path) -> None:
    """At least four of five records are found with their name, property and all their values."""
    records = [
        row
        for file in sorted((shared / "third-party/batterydataextractor").glob("*.csv"))
        for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines(keepends=True))
    ]
    right = [record for record in records if _found(record, tmp_path, scorer(shared))]
    assert len(records) == 40
    assert len(right) >= 32


def _found(record: Row, folder: Path, score: ModuleType) -> bool:
    file = folder / "sentence.md"
    file.write_text(
        f"# A paper\n\n## Results\n\n{record['Text'].strip()}\n\nThe end of it.\n", encoding="utf-8"
    )
    rows = [
        row
        for row in map(claim_to_row, extract_claims(read_document(file)))
        if row.get("property") in _PROPERTIES[record["Property"]]
        and score.same_loose([record["Name"].strip()], row["material"][: score.MOST_NAMES])
    ]
    wanted = _values(record)
    return bool(wanted) and all(any(_is_value(value, row, score) for row in rows) for value in wanted)


def _values(record: Row) -> list[tuple[float, str]]:
    written = record["Value"].replace("*", "×").replace("10-", "10^-").replace("between ", "")
    unit = record["Unit"].replace("cm -1", "cm-1")
    parts = written.replace(";", ",").replace(" and ", ",").split(",")
    found = [find_quantities(f"{part.strip()} {unit}") for part in parts]
    return [(match.value, unit) for matches in found for match in matches]


def _is_value(value: tuple[float, str], row: Row, score: ModuleType) -> bool:
    unit = parse_unit(value[1])
    if unit is None or not same_dimension(unit, row["unit"]):
        return False
    number = convert(value[0], unit, to=row["unit"])
    return bool(score.close(number, row["value"]) or score.close(number, row["value_max"]))
