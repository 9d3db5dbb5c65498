"""Measurements from tables, built cell by cell."""

import pytest

from extract.document import Cell, Document, Table, TableRow
from extract.measurements import measurements_from_tables, table_records
from extract.measurements.columns import full_headers
from kg.model import Claim, Reference
from ontology.lexicon import load_lexicon

Row = tuple[str, ...]


def document_with(*rows: Row, header_rows: int = 1) -> Document:
    """A document that is one table; a row's text is its cells with tabs between."""
    text = ""
    made = []
    for row in rows:
        cells = []
        start = len(text)
        for cell in row:
            cells.append(Cell(cell, len(text), len(text) + len(cell)))
            text += cell + "\t"
        made.append(TableRow(tuple(cells), start, len(text) - 1))
        text += "\n"
    table = Table("Table 1", "Table 1. What was measured.", 0, len(text), tuple(made), header_rows)
    works = tuple(Reference(number=number, journal=f"Journal {number}") for number in range(1, 40))
    return Document(
        id="paper",
        title="",
        text=text,
        sections=(),
        tables=(table,),
        references=works,
        source="",
        own=Reference(),
    )


def read(*rows: Row, header_rows: int = 1) -> list[Claim]:
    return measurements_from_tables(document_with(*rows, header_rows=header_rows), lexicon=load_lexicon())


def facts(claims: list[Claim]) -> list[tuple[str, str, float, float | None]]:
    return [
        (claim.subject.label, claim.relation, claim.quantity.value, claim.quantity.value_max)
        for claim in claims
        if claim.quantity is not None
    ]


HEADER = ("Electrolyte", "Ionic conductivity [mS cm^-1]", "Preparation method", "Ref.")


def test_a_row_gives_a_claim_with_its_evidence_and_the_works_it_cites() -> None:
    document = document_with(HEADER, ("Li6PS5Cl", "1.3", "Ball milling", "[5–7]"))
    (claim,) = measurements_from_tables(document, lexicon=load_lexicon())
    assert facts([claim]) == [("Li6PS5Cl", "ionic_conductivity", 0.0013, None)]
    assert claim.quantity is not None
    assert claim.quantity.unit == "S/cm"
    assert claim.conditions == {"method": "Ball milling"}
    evidence = claim.evidence
    assert evidence.quote == "Li6PS5Cl\t1.3\tBall milling\t[5–7]"
    assert document.text[evidence.start : evidence.end] == evidence.quote
    assert (evidence.section, evidence.refs) == ("Table 1", (5, 6, 7))
    assert [work.journal for work in evidence.primary] == ["Journal 5", "Journal 6", "Journal 7"]


def test_an_empty_first_cell_repeats_the_one_above_and_a_group_row_starts_anew() -> None:
    claims = read(
        HEADER,
        ("Argyrodites", "", "", ""),
        ("Li6PS5Cl", "1", "Ball milling", "[1]"),
        ("", "2", "Solid-state reaction", "[2]"),
        ("Glasses", "", "", ""),
        ("", "3", "Ball milling", "[3]"),
    )
    assert facts(claims) == [
        ("Li6PS5Cl", "ionic_conductivity", 0.001, None),
        ("Li6PS5Cl", "ionic_conductivity", 0.002, None),
    ]


def test_records_carry_the_group_they_stand_in() -> None:
    document = document_with(HEADER, ("Argyrodites", "", "", ""), ("Li6PS5Br", "1", "Ball milling", "[1]"))
    (record,) = table_records(document.tables[0], lexicon=load_lexicon())
    assert (record.group, record.text("electrolyte"), record.text("method")) == (
        "Argyrodites",
        "Li6PS5Br",
        "Ball milling",
    )


@pytest.mark.parametrize(
    ("cell", "value", "value_max", "comparator"),
    [
        ("2.1×10^-4", 2.1e-4, None, "="),
        ("≈10^-3", 1e-3, None, "~"),
        ("<10^-8", 1e-8, None, "<"),
        ("9×10^-3–1.2×10^-2", 9e-3, 1.2e-2, "="),
        ("4 mS/cm", 4e-3, None, "="),
        ("0.30 ± 0.04", 0.3, None, "="),
    ],
)
def test_cells_hold_powers_ranges_comparators_and_their_own_units(
    cell: str, value: float, value_max: float | None, comparator: str
) -> None:
    (claim,) = read(("Material", "σ (S cm^-1)"), ("Li3PS4", cell))
    assert claim.quantity is not None
    assert (claim.quantity.value, claim.quantity.value_max) == pytest.approx((value, value_max))
    assert claim.quantity.comparator == comparator


@pytest.mark.parametrize(
    ("header", "cell", "temperature"),
    [("σ (S/cm)", "3×10^-2 (500 K)", 226.85), ("σ at 300 K (S/cm)", "1×10^-3", 26.85)],
)
def test_a_temperature_in_cell_or_header_is_a_condition(header: str, cell: str, temperature: float) -> None:
    (claim,) = read(("Material", header), ("Li3PS4", cell))
    assert claim.conditions["temperature_C"] == pytest.approx(temperature)


@pytest.mark.parametrize(
    ("method", "conditions"),
    [
        ("Liquid phase (THF)", {"method": "Liquid phase", "solvent": "THF"}),
        (
            "Solid-state method (hot pressed)",
            {"method": "Solid-state method (hot pressed)", "form": "hot-pressed"},
        ),
    ],
)
def test_a_method_tells_its_solvent_or_form(method: str, conditions: dict[str, str]) -> None:
    (claim,) = read(HEADER, ("Li3PS4", "1", method, "[1]"))
    assert claim.conditions == conditions


def test_a_power_in_the_header_scales_the_column() -> None:
    assert facts(read(("Compound", "Ionic conductivity (10^-4 S cm^-1)"), ("Li3PS4", "2.5"))) == [
        ("Li3PS4", "ionic_conductivity", 0.00025, None)
    ]


def test_a_spanning_header_reaches_its_sub_columns_and_cells_of_a_battery_belong_to_the_active_material() -> (
    None
):
    claims = read(
        ("Active material [mg]", "Electrolyte [mg]", "Anode [mg]", "Energy density [Wh kg^-1]", "", "Ref."),
        ("", "", "", "Cathode level", "Full-cell level", ""),
        ("TiS2 (5/2.5)", "Li3PS4 (150)", "Li-In (100)", "879", "17.2", "[6]"),
        header_rows=2,
    )
    assert facts(claims) == [("TiS2", "energy_density", 879, None), ("TiS2", "energy_density", 17.2, None)]
    assert [claim.conditions["level"] for claim in claims] == ["cathode", "full-cell"]
    assert {claim.conditions["electrolyte"] for claim in claims} == {"Li3PS4"}
    assert {claim.conditions["anode"] for claim in claims} == {"Li-In"}


def test_conductivities_beside_a_cathode_column_belong_to_the_electrolyte() -> None:
    claims = read(
        ("Electrolyte", "Cathode", "Ionic conductivity (mS/cm)"),
        ("Li6PS5Cl", "LiCoO2", "2"),
    )
    assert facts(claims) == [("Li6PS5Cl", "ionic_conductivity", 0.002, None)]


def test_the_last_composition_column_that_is_filled_names_the_material() -> None:
    claims = read(
        ("Original composition", "Doped composition", "Ea (eV)"),
        ("Na5InS4", "Na4.5In0.5Sn0.5S4", "0.35"),
        ("NaTiPO5", "-", "0.19"),
    )
    assert facts(claims) == [
        ("Na4.5In0.5Sn0.5S4", "activation_energy", 0.35, None),
        ("NaTiPO5", "activation_energy", 0.19, None),
    ]


def test_rows_run_together_are_taken_apart() -> None:
    claims = read(
        ("Composition", "Doped composition", "E a (eV)", "σ (mS/cm)"),
        ("NaYCl4", "- NaLaCl4", "0.13 ± 0.03 0.15±0.03", "131 56.5"),
    )
    assert facts(claims) == [
        ("NaYCl4", "activation_energy", 0.13, None),
        ("NaYCl4", "ionic_conductivity", 0.131, None),
        ("NaLaCl4", "activation_energy", 0.15, None),
        ("NaLaCl4", "ionic_conductivity", 0.0565, None),
    ]


@pytest.mark.parametrize(
    ("names", "values", "expected"),
    [
        ("Alloys; a. Silicon; b. Tin", "4200; 990", [("Silicon", 4200), ("Tin", 990)]),
        ("a. TiO2; b. SnO2", "330; 780", [("TiO2", 330), ("SnO2", 780)]),
        ("Oxides; a. Fe2O3", "1000", [("Fe2O3", 1000)]),
        # which name the one value is of cannot be told
        ("Alloys; a. Silicon; b. Tin", "4200", []),
    ],
)
def test_numbered_names_stacked_in_a_cell_are_rows_of_their_own(
    names: str, values: str, expected: list[tuple[str, float]]
) -> None:
    claims = read(("Material", "Theoretical capacity (mAh/g)"), (names, values))
    assert [(claim.subject.names[0], claim.quantity and claim.quantity.value) for claim in claims] == expected


def test_error_bounds_and_identifiers_are_no_measurements() -> None:
    assert read(("ICSD", "Composition", "Error bound (mS/cm)"), ("123", "Li3PS4", "[0.1, 3]")) == []


def test_a_form_in_the_name_is_a_condition_and_the_formula_is_a_name() -> None:
    (claim,) = read(HEADER, ("Amorphous Li3PS4", "0.2", "Ball milling", "[1]"))
    assert claim.subject.names[:2] == ("Amorphous Li3PS4", "Li3PS4")
    assert claim.conditions["form"] == "glass"


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        (("A", "B", "", "C"), ("", "b1", "b2", ""), ("A", "B b1", "B b2", "C")),
        (("Capacity ^a) [mAh g^-1]",), ("",), ("Capacity [mAh g^-1]",)),
    ],
)
def test_headers_are_read_from_top_to_bottom(upper: Row, lower: Row, expected: Row) -> None:
    table = document_with(upper, lower, header_rows=2).tables[0]
    assert full_headers(table) == expected
