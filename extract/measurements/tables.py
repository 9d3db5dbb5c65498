"""Measurements from tables: a row names a material, its columns give values, conditions and references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.citations import reference_numbers
from extract.document import Cell, Document, Table, TableRow
from extract.measurements.columns import Column, table_columns
from extract.measurements.materials import material_entity, strip_amounts
from extract.measurements.merged_rows import split_merged, split_stacked
from extract.measurements.vocabulary import data, forms, word_set, words
from kg.model import Claim, ConditionValue, Entity, Evidence, Quantity
from ontology.formula import find_formulas
from ontology.lexicon import Lexicon
from ontology.quantities import QuantityMatch, find_quantities
from ontology.units import convert, same_dimension

_EMPTY = re.compile(r"[\s\-–—−.]*|n/?a", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
EXTRACTOR = "measurements.tables"


@dataclass(frozen=True, slots=True)
class TableRecord:
    """A row of a table with what stands in it: cells by role of their column, empty first cells inherited.

    ``units`` are the symbols of the units in the headers of those columns;
    ``group`` is the text of the heading row above it (LGPS-type), empty where there is none.
    """

    table: Table
    row: TableRow
    group: str
    cells: Mapping[str, Cell]
    units: Mapping[str, str]
    values: tuple[tuple[Column, Cell], ...]

    def text(self, role: str) -> str:
        """The text of the role's cell, empty where the row has none."""
        return self.cells[role].text if role in self.cells else ""


def table_records(table: Table, *, lexicon: Lexicon) -> list[TableRecord]:
    """The rows of a table below its header, read by the roles of its columns."""
    columns = table_columns(table, lexicon=lexicon)
    if not any(column.role == "property" for column in columns):
        return []
    owners = data("columns")["owner"]["cell"]
    first = next((column.index for column in columns if column.role in owners), 0)
    records = []
    group = ""
    above: Cell | None = None
    for row in table.rows[table.header_rows :]:
        if row.is_group:
            group = row.cells[0].text
            above = None
            continue
        value_columns = [column.index for column in columns if column.role == "property"]
        for cells in (
            merged
            for stacked in split_stacked(row.cells, first, value_columns)
            for merged in split_merged(stacked, value_columns)
        ):
            record = _record(table, row, cells, columns, group=group, first=first, above=above)
            above = cells[first] if first < len(cells) and cells[first].text.strip() else above
            records.append(record)
    return records


def _record(
    table: Table,
    row: TableRow,
    row_cells: Sequence[Cell],
    columns: Sequence[Column],
    *,
    group: str,
    first: int,
    above: Cell | None,
) -> TableRecord:
    """One row by the roles of its columns; ``above`` is the last filled cell of the column ``first``."""
    cells: dict[str, Cell] = {}
    units: dict[str, str] = {}
    values = []
    for column, cell in zip(columns, row_cells, strict=False):
        role = column.role or ("material" if column.index == first else "")
        if column.index == first and above is not None and not cell.text.strip():
            cells[role] = above
        elif _EMPTY.fullmatch(cell.text):
            continue
        elif role == "property":
            values.append((column, cell))
        else:
            # behind the values, a second column of samples tells how these were made into bodies
            role = "form" if values and role in cells and role == "material" else role
            cells[role] = cell
            units[role] = column.unit.symbol if column.unit else ""
    return TableRecord(table, row, group, cells, units, tuple(values))


def measurements_from_tables(document: Document, *, lexicon: Lexicon) -> list[Claim]:
    """One claim for each value in the document's tables."""
    claims: list[Claim] = []
    for table in document.tables:
        for record in table_records(table, lexicon=lexicon):
            claims.extend(_claims(document, record, _topic(document, table), lexicon))
    return claims


def _topic(document: Document, table: Table) -> str:
    """The material that a table without a column of materials is about.

    It is the one formula that its caption, or else the section or the title, names.
    """
    section = document.section_at(table.start)
    for text in (table.caption, section.title if section else "", document.title):
        named = {match.formula.canonical for match in find_formulas(text)}
        if named:
            return named.pop() if len(named) == 1 else ""
    return ""


def _claims(document: Document, record: TableRecord, topic: str, lexicon: Lexicon) -> Iterator[Claim]:
    refs = reference_numbers(record.text("refs"))
    evidence = Evidence(
        document=document.id,
        start=record.row.start,
        end=record.row.end,
        quote=document.text[record.row.start : record.row.end],
        section=record.table.label,
        refs=refs,
        primary=tuple(work for work in document.references if work.number in refs),
        extractor=EXTRACTOR,
    )
    for column, cell in record.values:
        role, subject = _owner(column, record) or ("material", topic)
        if not subject:
            continue
        entity, form = _material(subject, lexicon)
        quantity, conditions = _value(column, cell, lexicon.properties[column.property].unit)
        if quantity is not None:
            yield Claim(
                subject=entity,
                relation=column.property,
                quantity=quantity,
                conditions={**_conditions(record, role, lexicon), **form, **conditions},
                evidence=evidence,
            )


def _owner(column: Column, record: TableRecord) -> tuple[str, str] | None:
    """The role and text of the cell whose property the column gives; None where the row has none."""
    kind = "cell" if column.property in word_set("owners", "cell_properties") else "substance"
    for role in data("columns")["owner"][kind]:
        if record.text(role):
            return role, record.text(role)
    return None


def _material(text: str, lexicon: Lexicon) -> tuple[Entity, dict[str, ConditionValue]]:
    name = strip_amounts(text)
    form = forms().find(name)
    return material_entity(name, lexicon=lexicon), {"form": form} if form else {}


def _value(column: Column, cell: Cell, canonical: str) -> tuple[Quantity | None, dict[str, ConditionValue]]:
    """The cell's value in the property's unit, and the conditions that stand with it in brackets."""
    conditions: dict[str, ConditionValue] = {}
    value: QuantityMatch | None = None
    for match in find_quantities(cell.text, bare=True):
        unit = match.unit
        if value is None and (unit is None or same_dimension(unit, canonical)):
            value = match
        elif unit is not None and same_dimension(unit, "degC"):
            conditions["temperature_C"] = convert(match.value, unit, to="degC")
    for match in find_quantities(column.header):
        if match.unit is not None and same_dimension(match.unit, "degC"):
            conditions.setdefault("temperature_C", convert(match.value, match.unit, to="degC"))
    if column.level:
        conditions["level"] = column.level
    if value is None:
        return None, {}
    unit = value.unit or column.unit
    scale = 1.0 if value.unit else column.scale
    ends = [
        None if end is None else end * scale if unit is None else convert(end * scale, unit, to=canonical)
        for end in (value.value, value.value_max)
    ]
    assert ends[0] is not None
    return Quantity(ends[0], canonical, ends[1], value.comparator, cell.text), conditions


def _conditions(record: TableRecord, owner: str, lexicon: Lexicon) -> dict[str, ConditionValue]:
    """Method, solvent and form from the method column; the other parts of the cell."""
    found: dict[str, ConditionValue] = {}
    method = record.text("method")
    if method:
        bracket = _BRACKET.search(method)
        if bracket and words("columns", "solvent_methods").search(method[: bracket.start()]):
            found["solvent"] = bracket[1].strip()
            method = method[: bracket.start()].strip()
        found["method"] = method
        if form := forms().find(method):
            found["form"] = form
    for role in ("electrolyte", "cathode", "anode"):
        if role != owner and record.text(role) and "cathode" in record.cells:
            found[role] = material_entity(strip_amounts(record.text(role)), lexicon=lexicon).label
    for role in ("solvent", "form", "current_density", "c_rate"):
        if record.text(role):
            found[role] = f"{record.text(role)} {record.units.get(role, '')}".strip()
    return found
