"""Citation markers: which style a document has, what a marker names, and what looks like one but is none."""

from pathlib import Path

import pytest
import yaml

from extract.citations import citation_finder, reference_numbers, works_cited
from extract.document import Document
from extract.passages import passages
from extract.plain_text import half_plain
from extract.readers import read_document
from kg.model import Reference

_STYLES = yaml.safe_load(
    (Path(__file__).parents[2] / "extract" / "citations.yaml").read_text(encoding="utf-8")
)["styles"]


def _document(numbers: int, *, text: str = "", lettered: bool = False) -> Document:
    works = [
        Reference(number=number, authors=(f"A. Author{number}",), year=2000 + number)
        for number in range(1, numbers + 1)
    ]
    if lettered:
        works.insert(1, Reference(number=1, authors=("B. Second",), year=1999))
    return Document("d", "", text, (), (), tuple(works), "d.md", Reference())


def _found(document: Document, text: str) -> list[tuple[str, tuple[int, ...]]]:
    draft = half_plain(text)
    finder = citation_finder(document, [draft])
    return [(draft.text[marker.start : marker.end].strip(), marker.refs) for marker in finder(draft)]


@pytest.mark.parametrize("name", list(_STYLES))
def test_each_style_is_found(name: str) -> None:
    example = _STYLES[name]["example"]
    found = _found(_document(6), example)
    expected = (1, 2, 3, 4) if "1" in example else (5, 6) if "5" in example else (6,)
    assert [refs for _, refs in found] == [expected]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("[31–32]", (31, 32)),
        ("[5,6,11]", (5, 6, 11)),
        ("5-7, 12a", (5, 6, 7, 12)),
        ("[7, 7]", (7,)),
        ("[9–5]", (9, 5)),
        ("Ref.", ()),
    ],
)
def test_lists_and_ranges_are_filled_in(text: str, numbers: tuple[int, ...]) -> None:
    assert reference_numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("viewed along the [010] direction of the cell [2].", [(2,)]),
        ("the [100] face and the set [1,2] in [3]", [(1, 2), (3,)]),
        ("rows [5] and [99] where only five works exist [1-3]", [(5,), (1, 2, 3)]),
    ],
)
def test_numbers_that_no_work_has_are_no_citation(text: str, refs: list[tuple[int, ...]]) -> None:
    assert [found for _, found in _found(_document(5), text)] == refs


def test_raised_numbers_after_a_blank_are_told_from_counts() -> None:
    text = (
        "Many glasses 1 -3 and ceramics 4 conduct well. 5 In 2 of 3 cells it was 1 to 4 mS/cm, 2 the best. "
        "About 3 cycles at 5 V in Fig. 2 of the film 1 , with CN = 3, 4, show it."
    )
    assert [refs for _, refs in _found(_document(5), text)] == [(1, 2, 3), (4,), (5,), (2,), (1,)]


def test_authors_and_years_are_looked_up() -> None:
    text = "It grows (Ann, 2001; Cat et al., 2003), as Bob and Elk (2002) say (2001 was warm)."
    works = [
        Reference(number, (f"A. {name}",), year=2000 + number)
        for number, name in enumerate(("Ann", "Bob", "Cat"), 1)
    ]
    document = Document("d", "", text, (), (), tuple(works), "d.md", Reference())
    assert _found(document, text) == [("(Ann, 2001; Cat et al., 2003)", (1, 3)), ("(2002)", (2,))]


def test_a_letter_names_one_of_the_works_of_a_number() -> None:
    document = _document(2, lettered=True)
    draft = half_plain("First [1b], then [1] and [2].")
    markers = citation_finder(document, [draft])(draft)
    assert [[work.authors[0] for work in marker.works] for marker in markers] == [
        ["B. Second"],
        ["A. Author1", "B. Second"],
        ["A. Author2"],
    ]
    assert [work.authors[0] for work in works_cited(document, (2, 1, 2))] == [
        "A. Author2",
        "A. Author1",
        "B. Second",
    ]


def test_without_a_bibliography_plain_markers_are_still_cut_out() -> None:
    assert _found(_document(0), "as shown [12, 13].") == [("[12, 13]", (12, 13))]


def test_without_a_bibliography_a_bare_number_is_a_citation_only_among_the_first() -> None:
    assert _found(_document(0), "The TiO 2 powder was white.") == []
    cited = [numbers for _, numbers in _found(_document(0), "It was hard 1 , dense 2 and white 3 .")]
    assert cited == [(1,), (2,), (3,)]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("wu2020-sulfide-assb-review.md", 200),
        ("sun2022_lrmo_assb_interface.md", 50),
        ("angew2023_sulfur_assb_operando.md", 29),
        ("na_superionic_design_principles2023.md", 57),
    ],
)
def test_real_papers_have_their_works_cited(shared: Path, name: str, least: int) -> None:
    found = passages(read_document(shared / "documents" / name))
    cited = {ref for passage in found for citation in passage.citations for ref in citation.refs}
    assert len(cited) >= least
    assert all(citation.works for passage in found for citation in passage.citations)
