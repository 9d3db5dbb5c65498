"""PDFs: what stands on their pages becomes one text in reading order, and claims as from any other file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.pdf import as_html, printer, statements
from extract.document import Document
from extract.passages import passages, refs_for
from extract.pipeline import extract_claims
from extract.readers import ReadError, read_document
from tests.extract.pdf_maker import Line, Text, column, make_pdf

LEFT = (
    "The first column opens with a sentence about glasses that ends here. A second one follows and says "
    "that the pellet was pressed at room temperature before anything else was done to it by anybody. The "
    "third sentence of this column is there so that enough lines stand in it, and it goes on to the"
)
RIGHT = (
    "top of the second column, where it ends. Another sentence of the second column tells of a powder that "
    "was milled for a day and then heated, which took another day. The last sentence of the column says "
    "nothing of interest but fills the lines that a column of a page needs to be one."
)


def read(folder: Path, *pages: list[Text | Line]) -> Document:
    file = folder / "paper.pdf"
    file.write_bytes(make_pdf(pages))
    return read_document(file)


def page(*texts: Text | Line | list[Text]) -> list[Text | Line]:
    return [item for text in texts for item in (text if isinstance(text, list) else [text])]


def texts(document: Document) -> list[str]:
    return [passage.text for passage in passages(document) if passage.kind != "caption"]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        page(
            Text(50, 780, "On the Pressing of Glasses and What Follows From It", 18, "bold"),
            column(
                50, 740, "An abstract stands over both columns of the page, " * 3 + "and ends.", width=105
            ),
            Text(50, 690, "1. Introduction", 12, "bold"),
            column(50, 670, LEFT, width=48),
            column(310, 690, RIGHT, width=48),
        ),
    )

    assert document.title == "On the Pressing of Glasses and What Follows From It"
    assert [section.label for section in document.sections] == ["Abstract", "1 Introduction"]
    abstract, body = texts(document)
    assert abstract.endswith("and ends.")
    assert body == f"{LEFT} {RIGHT}"


def test_the_few_lines_of_a_last_page_stand_in_columns_too(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        page(
            Text(50, 800, "On the Pressing of Glasses", 18, "bold"),
            Text(50, 780, "1. Introduction", 12, "bold"),
            column(50, 760, LEFT, width=48),
            column(310, 760, RIGHT, width=48),
        ),
        page(
            column(50, 760, "The last page begins with this line, and it", width=60),
            column(310, 760, "is continued here, where nothing else stands.", width=60),
        ),
    )

    last = "The last page begins with this line, and it is continued here, where nothing else stands."
    assert texts(document)[-1] == last
    assert texts(document)[0].startswith(LEFT)


def test_raised_and_lowered_type_stays_with_its_line(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        page(
            Text(50, 700, "The pellet of Li"),
            Text(112.2, 697, "6", 7),
            Text(115.7, 700, "PS"),
            Text(126.9, 697, "5", 7),
            Text(130.4, 700, "Cl reaches 3"),
            Text(185, 700, "x 10"),
            Text(203, 704, "-3", 7),
            Text(212, 700, "S cm"),
            Text(231.5, 704, "-1", 7),
            Text(240, 700, "as was reported."),
            Text(300, 704, "[1,2]", 7),
            Text(50, 688, "It was pressed from a powder that had been milled."),
            Text(50, 650, "References", 12, "bold"),
            Text(50, 630, "[1] A. Ann, J. Exp. 2019, 1, 2.", 8),
            Text(50, 620, "[2] B. Bob, J. Exp. 2020, 3, 4.", 8),
        ),
    )

    passage = next(each for each in passages(document) if each.kind == "paragraph")
    assert passage.text.startswith("The pellet of Li6PS5Cl reaches 3×10^-3 S cm^-1 as was reported.")
    assert "Li₆PS₅Cl" in document.text
    assert "10⁻³ S cm⁻¹" in document.text
    assert refs_for(passage, 0, passage.text.index("reported") + 8) == (1, 2)
    assert [work.number for work in document.references] == [1, 2]


def test_a_raised_sign_set_apart_stays_with_its_number(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        page(
            Text(50, 700, "The cell gives 160 mAh g"),
            Text(154, 704, "-", 7),
            Text(158.5, 704, "1", 7),
            Text(165, 700, "in the first cycle of the test at 30 C."),
            Text(50, 688, "It gave less later on."),
        ),
    )

    assert texts(document)[0].startswith("The cell gives 160 mAh g^-1 in the first cycle")


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("a good electro-", "lyte and the electrolyte of it", "a good electrolyte and"),
        ("made as a solid-", "state cell, as solid-state cells are", "made as a solid-state cell"),
        ("a layer of Li-", "In alloy is pressed on it", "a layer of Li-In alloy"),
        ("both low-", "and high-rate cells were made of it", "both low- and high-rate"),
        ("the dif-", "fusion of all ions in the glass", "the diffusion of all"),
        ("the solid\261", "solid contact of it is poor here", "the solid–solid contact"),
    ],
)
def test_a_word_that_a_line_divides_is_whole_again(
    tmp_path: Path, above: str, below: str, expected: str
) -> None:
    document = read(tmp_path, page(Text(50, 700, f"We made {above}"), Text(50, 688, f"{below} again.")))

    assert expected in texts(document)[0].replace("-solid contact", "–solid contact")


def test_ligatures_are_read_as_letters(tmp_path: Path) -> None:
    document = read(
        tmp_path, page(Text(50, 700, "The \256lm of \257uoride was measured \256rst of all here."))
    )

    assert texts(document) == ["The film of fluoride was measured first of all here."]


def test_running_heads_and_page_numbers_interrupt_no_sentence(tmp_path: Path) -> None:
    parts = [LEFT, RIGHT, "A third page has but one sentence."]
    pages = [
        page(
            Text(50, 810, f"Ann and Bob, Pressing of glasses, p. {number}", 8),
            [Text(50, 770, "Introduction", 12, "bold")] if number == 1 else [],
            column(50, 740, part, width=60),
            Text(290, 30, str(number), 8),
        )
        for number, part in enumerate(parts, start=1)
    ]

    document = read(tmp_path, *pages)

    assert texts(document) == [f"{LEFT} {RIGHT}", parts[2]]
    assert "Pressing of glasses, p. 2" in document.text


def test_a_ruled_table_keeps_its_rows_and_columns(tmp_path: Path) -> None:
    rows = [
        ("Glass", "Conductivity (S/cm)", "Method"),
        ("Li3PS4", "0.0002", "ball milling"),
        ("Li7P3S11", "0.0032", "melt quenching"),
        ("Li6PS5Cl", "0.0013", "annealing"),
    ]
    set_rows = [
        Text(x, 640 - 14 * number - (6 if number else 0), cell, 9)
        for number, row in enumerate(rows)
        for x, cell in zip((60, 150, 270), row, strict=True)
    ]
    document = read(
        tmp_path,
        page(
            column(50, 740, "The values of the glasses are listed in the table that follows.", width=90),
            Text(50, 670, "Table 1. Ionic conductivity of glasses at 25 C.", 9),
            *set_rows,
            *(Line(50, 360, y) for y in (652, 635, 585)),
            column(50, 560, "After the table the text of the paper goes on for a while.", width=90),
        ),
    )

    (table,) = document.tables
    assert (table.label, table.caption) == ("Table 1", "Ionic conductivity of glasses at 25 C.")
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == rows
    assert table.header_rows == 1
    assert len(texts(document)) == 2
    found = {(c.subject.label, c.quantity.value) for c in extract_claims(document) if c.quantity}
    assert ("Li7P3S11", 0.0032) in found


def test_entries_of_the_bibliography_are_told_apart(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        page(
            column(50, 760, "A sentence of the paper that says nothing much at all.", width=90),
            Text(50, 700, "References", 12, "bold"),
            Text(50, 680, "1. A. Ann, B. Bob, A glass of two sulfides that", 8),
            Text(60, 670, "conducts. J. Exp. 2019, 1, 2.", 8),
            Text(50, 660, "2. C. Col, J. Exp. 2020, 3, 4.", 8),
        ),
        page(Text(50, 760, "3. D. Dan, E. Eve, J. Test", 8), Text(310, 760, "Chem. 2021, 5, 6.", 8)),
    )

    assert [(work.number, work.year) for work in document.references] == [(1, 2019), (2, 2020), (3, 2021)]
    assert document.references[0].title == "A glass of two sulfides that conducts"


def test_claims_of_a_pdf_quote_the_text_it_carries(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        page(
            Text(50, 700, "The pellet is dense. A LiF-rich interphase suppresses lithium den-"),
            Text(50, 688, "drite growth in every cell of this kind."),
        ),
    )

    (claim,) = extract_claims(document)
    assert claim.object is not None
    assert (claim.relation, claim.object.label) == ("suppresses", "lithium dendrite growth")
    assert document.text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (make_pdf([[Text(50, 700, "Five words that nobody sees.")]], locked=True), "asks for a password"),
        (make_pdf([[Line(50, 500, 700)]]), "without text, most likely scanned.*ocrmypdf"),
        (b"%PDF-1.7 and nothing more", "is a broken PDF"),
        (make_pdf([[Text(50, 700, "Some words that are cut off.")]])[:200], "is a broken PDF"),
    ],
    ids=["locked", "scanned", "nothing", "cut off"],
)
def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "bad.pdf"
    file.write_bytes(content)

    with pytest.raises(ReadError, match=rf"(?s)bad\.pdf.*{says}"):
        read_document(file)


@settings(max_examples=40)
@given(st.data())
def test_damage_of_a_pdf_is_told_or_borne(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(make_pdf([page(column(50, 700, LEFT, width=60))]))
    for at in data.draw(st.lists(st.integers(8, len(whole) - 1), max_size=8)):
        whole[at] = data.draw(st.integers(0, 255))
    file = tmp_path_factory.mktemp("damaged") / "paper.pdf"
    file.write_bytes(bytes(whole))

    try:
        document = read_document(file)
    except ReadError:
        return
    for block in document.blocks:
        assert document.text[block.start : block.end].strip()


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["angew2023_sulfur_assb_operando.md", "na_superionic_design_principles2023.md"]
)
def test_a_printed_paper_gives_the_claims_of_its_own_file(shared: Path, tmp_path: Path, name: str) -> None:
    paper = read_document(shared / "documents" / name)
    file = tmp_path / "paper.pdf"
    try:
        with printer() as to_pdf:
            file.write_bytes(to_pdf(as_html(paper, columns=2)))
    except RuntimeError as error:
        pytest.skip(str(error))

    printed = read_document(file)

    expected, found = statements(extract_claims(paper)), statements(extract_claims(printed))
    assert (expected & found).total() >= 0.9 * expected.total()
    assert len(printed.references) >= 0.97 * len(paper.references)
    assert len(printed.tables) == len(paper.tables)
