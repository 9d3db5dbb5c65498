"""Identifiers and places in a document."""

import pytest

from extract.document import Cell, Document, Section, TableRow, document_id
from kg.model import Reference


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/a/b/Wu 2020 (review).md", "wu-2020-review"),
        ("c/Wu 2020 (review).xml", "wu-2020-review"),
        ("sun2022_lrmo.md", "sun2022_lrmo"),
        ("elsevier_S138.norm-xml", "elsevier_s138"),
        ("J. Power 2020.md", "j-power-2020"),
        ("().md", "document"),
    ],
)
def test_an_identifier_comes_from_the_name_alone(path: str, name: str) -> None:
    assert document_id(path) == name


def test_a_place_belongs_to_the_innermost_section() -> None:
    sections = (Section("2", "Results", 10, 90), Section("2.1", "Glasses", 30, 60, level=2))
    document = Document("d", "T", "x" * 100, sections, (), (), "d.md", Reference(doi="10.1/x", year=2020))
    found = [document.section_at(offset) for offset in (5, 12, 40, 70)]
    assert [section.label if section else "" for section in found] == [
        "",
        "2 Results",
        "2.1 Glasses",
        "2 Results",
    ]
    assert (document.doi, document.year) == ("10.1/x", 2020)


@pytest.mark.parametrize(
    ("texts", "is_group"), [(["Glasses", "", ""], True), (["Glasses", "1"], False), (["", "", ""], False)]
)
def test_a_row_with_only_a_first_cell_is_a_group(texts: list[str], is_group: bool) -> None:
    row = TableRow(tuple(Cell(text, 0, 0) for text in texts), 0, 0)
    assert row.is_group is is_group
