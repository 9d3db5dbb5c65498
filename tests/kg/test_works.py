"""One publication is one work, however its reference is spelt."""

from dataclasses import replace

import pytest

from kg.model import Reference
from kg.papers import cite, papers_of
from kg.works import doi_of, work_key, work_node, works_behind


@pytest.mark.parametrize(
    "spelling",
    [
        {},
        {"doi": "https://doi.org/10.1149/1.1379028"},
        {"doi": "DOI: 10.1149/1.1379028."},
        {
            "number": 77,
            "authors": ("Kanno, R.", "others"),
            "journal": "Journal of the Electrochemical Society",
        },
        {"title": "A title", "as_written": "quite another text", "page": "A742–A746"},
    ],
)
def test_spellings_of_one_reference_give_one_work(works, spelling):
    kanno, _ = works
    other = replace(kanno, **spelling)
    assert work_node(other, document="a") == work_node(kanno, document="b")
    without = [replace(reference, doi="") for reference in (kanno, other)]
    assert work_node(without[0], document="a") == work_node(without[1], document="b")


def test_different_papers_are_different_works(works):
    kanno, hayashi = works
    nodes = {
        work_node(reference, document="a")
        for reference in (
            kanno,
            hayashi,
            replace(hayashi, page="412"),
            Reference(title="A"),
            Reference(title="B"),
        )
    }
    assert len(nodes) == 5


def test_a_number_alone_means_something_in_one_document_only(make_relation):
    node = {works_behind(make_relation(document=name, refs=(3,)).evidence) for name in ("a", "b")}
    assert len(node) == 2


def test_cited_works_come_first_and_own_work_where_nothing_is_cited(make_relation, works):
    kanno, hayashi = works
    first, second = works_behind(make_relation(primary=(hayashi,), refs=(9, 12)).evidence, own=kanno)
    assert first == (work_node(hayashi, document="notes"), hayashi)
    assert second[0].value.endswith("/document/notes/reference/12")
    assert second[1] is None
    assert works_behind(make_relation().evidence, own=kanno) == ((work_node(kanno, document="notes"), kanno),)
    ((node, record),) = works_behind(make_relation().evidence)
    assert node.value.endswith("/document/notes/work")
    assert record is None


def test_a_paper_cited_with_and_without_its_doi_is_one_paper(make_relation, works):
    kanno, _ = works
    claims = [make_relation(primary=(kanno,)), make_relation(primary=(replace(kanno, doi=""),), start=90)]
    papers = papers_of(claims)
    assert len({paper for claim in claims for paper in papers.behind(claim.evidence)}) == 1


def test_a_paper_read_and_cited_is_one_paper(make_relation, works):
    kanno, _ = works
    claims = [make_relation(document="kanno2001"), make_relation(document="review", primary=(kanno,))]
    papers = papers_of(claims, own={"kanno2001": replace(kanno, number=None)})
    assert len({paper for claim in claims for paper in papers.behind(claim.evidence)}) == 1


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (Reference(authors=("Seino, Y.",), year=2014), "Seino 2014"),
        (Reference(journal="Nat. Mater."), "Nat. Mater."),
        (Reference(number=4), "reference 4"),
        (Reference(number=4, as_written="in preparation"), "in preparation"),
    ],
)
def test_citations_say_what_is_known(reference, expected):
    assert cite(reference) == expected


@pytest.mark.parametrize(
    "reference", [Reference(), Reference(year=2001, volume="1", page="2"), Reference(doi="none")]
)
def test_incomplete_references_have_no_key(reference):
    assert (work_key(reference), doi_of(reference)) == ("", "")
