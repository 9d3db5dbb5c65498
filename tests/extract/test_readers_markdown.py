"""Markdown and plain text: blocks, sections, tables, references, the document's own record."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.document import Document
from extract.passages import passages, refs_for
from extract.readers import read_document
from extract.readers.layout import is_boilerplate

Reader = Callable[..., Document]

_PAPER = """\
## Solid-state chemistry

## Fast ions in an example glass

Ann Author 1 , Ben B. Writer 2 * and Carl Case 1

1 Department of Examples, University of Nowhere, 12345 Nowhere, Japan.

This abstract says in a few plain words that the glass conducts well and that nobody has to believe it \
before the measurements below are read with care.

## 1. Introduction

The first paragraph stands here and has no other purpose than to be the first ( 1 ).

- one item that is long enough to be read as text
  and goes on in the next line

Table 1. Conductivities of two glasses.

Glass\tConductivity [S cm-1]\t\tRef.
\tat 25 °C\tat 60 °C\t
Oxides\t\t\t
A_2O\t1×10^{-3}\t2\t[1]
\t4×10^{-3}\t5\t[2-3]

a) Not measured here.

## 1.1. Details

| Name | Value |
|------|------:|
| x \\| y | 2 |

Fig. 1. A drawing of the glass that nobody needs.

Journal of Examples 2021 page 3 of 9

## Acknowledgements

We thank everybody who has helped us with the work that is described in this paper.

## References

1. A. Ann, B. Bob, Glass conducts. J. Exp. Sci. 11 , 22-33 (2011).
2. C. Cat, D. Dog, Glass does not
conduct. Adv. Exp. 4 , 5 (2012).
3. E. Elk, J. Exp. Sci. 2013, 1, 2. https://doi.org/10.1000/abc.5

Journal of Examples 2022 page 4 of 9

Received: 3 May 2020 Accepted: 4 June 2021 https://doi.org/10.5555/own.1
"""


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def read(text: str, name: str = "paper.md") -> Document:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8", newline="")
        return read_document(file)

    return read


def test_blocks_are_told_apart(read: Reader) -> None:
    document = read(_PAPER)
    kinds = {document.text[block.start : block.end][:12]: block.kind for block in document.blocks}
    assert kinds["Ann Author 1"] == "boilerplate"
    assert kinds["1 Department"] == "boilerplate"
    assert kinds["This abstrac"] == "paragraph"
    assert kinds["one item tha"] == "item"
    assert kinds["Fig. 1. A dr"] == "caption"
    assert kinds["Journal of E"] == "boilerplate"
    assert kinds["We thank eve"] == "boilerplate"
    assert kinds["A. Ann, B. B"] == "reference"


def test_sections_nest_by_number(read: Reader) -> None:
    document = read(_PAPER)
    assert [(section.label, section.level) for section in document.sections] == [
        ("Abstract", 1),
        ("1 Introduction", 1),
        ("1.1 Details", 2),
        ("Acknowledgements", 1),
        ("References", 1),
    ]
    introduction, details = document.sections[1:3]
    assert introduction.end > details.end - 1
    assert document.text[details.start :].startswith("## 1.1. Details")


def test_the_own_record_is_read_from_the_margins(read: Reader) -> None:
    own = read(_PAPER).own
    assert own.title == "Fast ions in an example glass"
    assert own.authors == ("Ann Author", "Ben B. Writer", "Carl Case")
    assert (own.year, own.doi) == (2021, "10.5555/own.1")


def test_a_tab_table_keeps_header_group_and_continued_rows(read: Reader) -> None:
    document = read(_PAPER)
    table = document.tables[0]
    assert (table.label, table.caption) == ("Table 1", "Conductivities of two glasses.")
    assert (table.header_rows, table.notes) == (2, "a) Not measured here.")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Glass", "Conductivity [S cm^-1]", "", "Ref."],
        ["", "at 25 °C", "at 60 °C", ""],
        ["Oxides", "", "", ""],
        ["A2O", "1×10^-3", "2", "[1]"],
        ["", "4×10^-3", "5", "[2-3]"],
    ]
    assert table.rows[2].is_group
    cell = table.rows[3].cells[0]
    assert document.text[cell.start : cell.end] == "A_2O"
    assert document.text[table.start : table.end].startswith("Table 1.")
    assert document.text[table.start : table.end].endswith("here.")


def test_a_pipe_table_keeps_an_escaped_bar(read: Reader) -> None:
    table = read(_PAPER).tables[1]
    assert (table.label, table.header_rows) == ("", 1)
    assert [cell.text for cell in table.rows[1].cells] == ["x \\| y", "2"]


def test_references_are_numbered_and_join_their_lines(read: Reader) -> None:
    works = read(_PAPER).references
    assert [work.number for work in works] == [1, 2, 3]
    assert works[1].title == "Glass does not conduct"
    assert (works[2].journal, works[2].page, works[2].doi) == ("J. Exp. Sci.", "2", "10.1000/abc.5")


def test_a_numbered_paper_without_marks_has_sections(read: Reader) -> None:
    document = read(
        "A Paper Without any Marks in it\n\n"
        "The abstract is short but it is certainly long enough to be told from a list of names.\n\n"
        "1. Introduction\n\nHere the text of the introduction stands and is read.\n\n"
        "2.1. Structure of $\\text{Li}_2\\text{S}$\n\nHere the text of the second section stands.\n\n"
        "Acknowledgements\n\nThe authors thank.\n\n"
        "- [1] A. Ann, *J. Exp.* **2019**, *17*, 266.\n"
        "- [2] a) B. Bob, J. Exp. 2018, 1, 2; b) C. Cat, J. Exp. 2017, 3, 4.\n"
    )
    assert document.title == "A Paper Without any Marks in it"
    assert [section.label for section in document.sections] == [
        "Abstract",
        "1 Introduction",
        "2.1 Structure of Li2S",
        "Acknowledgements",
    ]
    assert [(work.number, work.authors, work.year) for work in document.references] == [
        (1, ("A. Ann",), 2019),
        (2, ("B. Bob",), 2018),
        (2, ("C. Cat",), 2017),
    ]


_PLAIN = """\
FAST IONS IN AN EXAMPLE GLASS

Abstract
We show that the glass of this study conducts lithium ions
faster than anybody had believed, and we say why it is so.

1 Introduction

Solid-
state glass conducts ions well1,2. The conduc-
tivity is high.

References
Ann, A., & Bob, B. (2019). How so. Journal of Examples, 12(3), 45–67.

Cat, C. (2018). Why not. J. Ex., 1, 2.
"""


def test_wrapped_plain_text_is_unwrapped(read: Reader) -> None:
    document = read(_PLAIN, "paper.txt")
    assert document.title == "FAST IONS IN AN EXAMPLE GLASS"
    assert [section.label for section in document.sections] == ["Abstract", "1 Introduction", "References"]
    assert [(work.number, work.authors[0]) for work in document.references] == [(1, "A. Ann"), (2, "C. Cat")]
    found = passages(document)
    assert found[1].text == "Solid-state glass conducts ions well. The conductivity is high."
    assert [citation.refs for citation in found[1].citations] == [(1, 2)]


_CONVERTED = """\
# <span id="page-0-0"></span>**Fast conduction in an example glass**

Ann Author[1](#page-0-1) and Ben Writer

# **Abstract**

The abstract of this example says that the glass conducts lithium ions faster than anybody believed.

## **1. Introduction**

The glass Li<sub>2</sub>S conducts.<sup>[1,](#page-5-0)[2](#page-5-1)</sup> \
The film does not, as [Figure 2](#page-2-0) shows.

Table 1. Values of glass.

<table><thead><tr><th>Glass</th><th>Value (mS cm<sup>−1</sup>)</th></tr></thead>
<tbody>

<tr><td>Li<sub>2</sub>S</td><td>0.1</td></tr></tbody></table>

![](_page_2_Figure_0.jpeg)

<span id="page-2-0"></span>**Figure 2.** The film in air.

# **References**

- <span id="page-5-0"></span>[1] A. Ann, B. Bob, *J. Exp.* **2019**, *17*, 266.
- <span id="page-5-1"></span>\\[2\\] A. Ann, *J. Exp.* **2020**, *18*, 2.
"""


def test_markdown_with_html_in_it_is_read(read: Reader) -> None:
    document = read(_CONVERTED)
    assert (document.title, document.own.authors) == (
        "Fast conduction in an example glass",
        ("Ann Author", "Ben Writer"),
    )
    assert [section.label for section in document.sections] == ["Abstract", "1 Introduction", "References"]
    assert [(work.number, work.volume) for work in document.references] == [(1, "17"), (2, "18")]
    (table,) = document.tables
    assert (table.label, table.header_rows) == ("Table 1", 1)
    assert [cell.text for cell in table.rows[1].cells] == ["Li2S", "0.1"]
    cell = table.rows[1].cells[0]
    assert document.text[cell.start : cell.end] == "Li<sub>2</sub>S"
    found = passages(document)
    assert [(passage.kind, passage.text) for passage in found[1:]] == [
        ("paragraph", "The glass Li2S conducts. The film does not, as Figure 2 shows."),
        ("caption", "Figure 2. The film in air."),
    ]
    assert refs_for(found[1], 0, found[1].text.index(".") + 1) == (1, 2)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_text_is_never_altered(read: Reader, ending: str) -> None:
    text = "\ufeff" + _PAPER.replace("\n", ending)
    document = read(text)
    assert document.text == text
    assert [row.cells[0].text for row in document.tables[0].rows][3] == "A2O"
    assert document.source.endswith("paper.md")


@pytest.mark.parametrize(
    ("name", "counts", "title"),
    [
        ("wu2020-sulfide-assb-review.md", (44, 3, 224), "Lithium/Sulfide All-Solid-State Batteries using"),
        ("sun2022_lrmo_assb_interface.md", (17, 0, 50), "Eliminating interfacial O-involving degradation"),
        ("angew2023_sulfur_assb_operando.md", (7, 0, 45), "Understanding Electrochemical Reaction"),
        ("na_superionic_design_principles2023.md", (23, 1, 60), "Design principles for sodium superionic"),
    ],
)
def test_real_papers_are_read_whole(
    shared: Path, name: str, counts: tuple[int, int, int], title: str
) -> None:
    document = read_document(shared / "documents" / name)
    assert document.title.startswith(title)
    assert (len(document.sections), len(document.tables), len(document.references)) == counts
    assert all(work.authors and work.year for work in document.references)
    assert sum(bool(work.journal and work.volume) for work in document.references) >= 0.95 * counts[2]
    assert document.doi
    assert document.own.authors
    for row in (row for table in document.tables for row in table.rows):
        assert all(row.start <= cell.start <= cell.end <= row.end for cell in row.cells)


@pytest.mark.parametrize(
    ("text", "is_text"),
    [
        ("Growth of Cobalt Doped Zinc Oxide Crystals by Slow Cooling.", True),
        ("Ann Author, Ben B. Writer and Carl Case.", False),
        ("Growth of Cobalt Doped Zinc Oxide Crystals by Slow Cooling", False),
    ],
)
def test_a_title_in_capitals_is_text_where_it_ends_as_a_sentence(text: str, is_text: bool) -> None:
    assert is_boilerplate(text) is not is_text
