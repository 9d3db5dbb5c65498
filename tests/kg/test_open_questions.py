"""Open questions travel to the graph and back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Entity, Evidence, OpenQuestion, Reference
from kg.read import stored_claims, stored_open_questions
from kg.store import memory_store, replace_document
from kg.triples import DocumentInfo
from ontology.grounding import thing_iri

WORK = Reference(number=3, authors=("A. Author",), journal="J. Cells", year=2018, volume="1", page="2")


def _question(start: int, *labels: str, kind="open_question") -> OpenQuestion:
    quote = f"sentence {start}"
    evidence = Evidence(
        "notes", start, start + len(quote), quote, section="4", refs=(3,), primary=(WORK,), extractor="test"
    )
    topics = tuple(Entity((label,), "Material", thing_iri(label)) for label in labels)
    return OpenQuestion(kind, topics, evidence)


@pytest.mark.parametrize(
    "question",
    [
        _question(5, "Li6PS5Cl", "lithium metal", "Li3PS4"),
        _question(5, "Li6PS5Cl", kind="missing_data"),
        _question(5),
    ],
    ids=["several topics", "one topic", "no topic"],
)
def test_comes_back_as_it_was(question):
    store = memory_store()
    replace_document(store, "notes", [], info=DocumentInfo(open_questions=(question,)))
    assert list(stored_open_questions(store, document="notes")) == [question]


def test_are_listed_in_the_order_of_the_text_and_are_no_claims():
    store = memory_store()
    questions = (_question(90, "Li3PS4"), _question(7, "LiI"))
    replace_document(store, "notes", [], info=DocumentInfo(open_questions=questions))
    assert [question.evidence.start for question in stored_open_questions(store)] == [7, 90]
    assert not list(stored_claims(store))


def test_a_document_read_again_keeps_only_its_new_questions():
    store = memory_store()
    info = DocumentInfo(open_questions=(_question(7, "LiI"),))
    replace_document(store, "notes", [], info=info)
    assert replace_document(store, "notes", [], info=info) == "unchanged"
    assert replace_document(store, "notes", [], info=replace(info, open_questions=())) == "replaced"
    assert not list(stored_open_questions(store))
