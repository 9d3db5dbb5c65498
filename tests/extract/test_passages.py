"""Running text: what is joined, what is left out, and what belongs to which sentence."""

from pathlib import Path

import pytest

from extract.document import Document
from extract.passages import Passage, passages, refs_for, works_for
from extract.readers import read_document

_DOCUMENTS = (
    "wu2020-sulfide-assb-review.md",
    "sun2022_lrmo_assb_interface.md",
    "angew2023_sulfur_assb_operando.md",
    "na_superionic_design_principles2023.md",
    "elsevier_S1388248113001951.norm-xml",
    "springer_nano_battery_anode_review2021.xml",
)
_WORKS = "".join(f"- [{number}] A. Ann, J. Exp. 20{number:02}, {number}, 1.\n" for number in range(1, 10))


def _passages(folder: Path, text: str) -> tuple[Document, tuple[Passage, ...]]:
    file = folder / "paper.md"
    file.write_text(
        f"# A title of the paper\n\n## 1. Introduction\n\n{text}\n\n## References\n\n{_WORKS}",
        encoding="utf-8",
    )
    document = read_document(file)
    return document, passages(document)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The glass conducts and\n\nthe film does not.", "The glass conducts and the film does not."),
        ("The glass conducts ions.\n\nThe film is not.", "The glass conducts ions.|The film is not."),
        ("The safe and inorganic\n\nSE of it holds well.", "The safe and inorganic|SE of it holds well."),
        ("The very safe and inorganic\n\nSE holds it.", "The very safe and inorganic SE holds it."),
        ("There are two types:\n\nfast and slow ones.", "There are two types: fast and slow ones."),
        ("There are two types:\n\nFast glasses are one.", "There are two types:|Fast glasses are one."),
        ("It was shown and corres-\n\nponds to glass.", "It was shown and corresponds to glass."),
        ("It is given as follows\n\nThe rest is here.", "It is given as follows|The rest is here."),
        ("It was in glass.^[1]\n\nthe rest is here.", "It was in glass.|the rest is here."),
        ("It reacts with the\n\n<!-- formula -->\n\nThe rest is.", "It reacts with the|The rest is."),
        ("as told by Ann et al.\n\nin the same year.", "as told by Ann et al. in the same year."),
    ],
)
def test_paragraphs_are_joined_where_a_page_broke_them(tmp_path: Path, text: str, expected: str) -> None:
    assert "|".join(passage.text for passage in _passages(tmp_path, text)[1]) == expected


def test_a_figure_between_the_halves_is_passed_over(tmp_path: Path) -> None:
    text = (
        "The glass of the sample has a grain boundary\n\n![](a.png)\n\n"
        "Fig. 1. The sample. It has a view of the grain\n\nboundary and of the film.\n\n"
        "resistance that is low.\n\nElsewhere the grain boundary is thin and the boundary resistance is high."
    )
    assert [(passage.kind, passage.text) for passage in _passages(tmp_path, text)[1]] == [
        ("paragraph", "The glass of the sample has a grain boundary resistance that is low."),
        ("caption", "Fig. 1. The sample. It has a view of the grain boundary and of the film."),
        ("paragraph", "Elsewhere the grain boundary is thin and the boundary resistance is high."),
    ]


def test_tables_addresses_and_back_matter_are_left_out(tmp_path: Path) -> None:
    text = (
        "Only this is running text of the paper.\n\nTable 1. Values.\n\na\tb\n1\t2\n\n"
        "E-mail: someone@example.org\n\n## Acknowledgements\n\nWe thank all those who have helped us."
    )
    found = _passages(tmp_path, text)[1]
    assert [(passage.text, passage.section) for passage in found] == [
        ("Only this is running text of the paper.", "1 Introduction")
    ]


def test_a_marker_behind_the_stop_belongs_to_the_sentence_before(tmp_path: Path) -> None:
    _, (passage,) = _passages(tmp_path, "Glass is fast.^[1] Film,^[2–3] they say, is slow.^[4] None cite.")
    assert passage.text == "Glass is fast. Film, they say, is slow. None cite."
    first = passage.text.index(".") + 1
    second = passage.text.index("slow.") + 5
    assert refs_for(passage, 0, first) == (1,)
    assert refs_for(passage, first + 1, second) == (2, 3, 4)
    assert refs_for(passage, first + 1, first + 5) == (2, 3)
    assert refs_for(passage, second + 1, len(passage.text)) == ()
    assert [work.year for work in works_for(passage, 0, first)] == [2001]


def test_quotes_are_verbatim_and_citations_stand_where_they_say(tmp_path: Path) -> None:
    document, (passage,) = _passages(
        tmp_path, r"The $\text{Li}_2\text{S}$ glass^[1] has $10^{-3} \text{ S cm}^{-1}$ here."
    )
    at = passage.text.index("10^-3")
    start, end = passage.to_source(at, at + len("10^-3 S cm^-1"))
    assert document.text[start:end] == r"$10^{-3} \text{ S cm}^{-1}$"
    (citation,) = passage.citations
    assert document.text[citation.start : citation.end] == "^[1]"
    assert passage.text[: citation.position] == "The Li2S glass"


@pytest.mark.parametrize("name", _DOCUMENTS)
def test_every_passage_of_a_real_paper_leads_back_to_its_text(shared: Path, name: str) -> None:
    document = read_document(shared / "documents" / name)
    found = passages(document)
    assert len(found) > 15
    for passage in found:
        start, end = passage.to_source(0, len(passage.text))
        assert 0 <= start < end <= len(document.text)
        for word in [match for match in passage.text.split() if match.isalpha()][:20]:
            at = passage.text.index(word)
            first, last = passage.to_source(at, at + len(word))
            assert document.text[first:last].replace("-", "").strip(" *") in (word, document.text[first:last])
        for citation in passage.citations:
            assert any(ch.isdigit() for ch in document.text[citation.start : citation.end])
            assert 0 <= citation.position <= len(passage.text)


def test_the_review_keeps_its_sections_and_joins(shared: Path) -> None:
    found = passages(read_document(shared / "documents" / _DOCUMENTS[0]))
    assert {passage.section for passage in found} >= {
        "Abstract",
        "2.1.1 Thio-LISICON",
        "4.1.2 Lithium Dendrite",
    }
    running = [passage.text for passage in found if passage.kind == "paragraph"]
    assert not [text for text in running if text[0].islower() and not text.startswith(("γ", "β"))]
    assert not [
        text for text in running if "Ningbo Institute" in text or "Reproduced with permission" in text
    ]
