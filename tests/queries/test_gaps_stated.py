"""Contradictions and open questions as gaps of the text."""

from __future__ import annotations

import pytest

from kg.graph import KnowledgeGraph
from kg.model import Entity, Evidence, OpenQuestion
from kg.store import memory_store, replace_document
from kg.triples import DocumentInfo
from ontology.grounding import thing_iri
from queries.gaps import contradictions, open_questions


def test_values_far_apart_are_shown_with_both_sides(known, measure):
    graph = known(measure("Li6PS5Cl", 1e-3, refs=[1]), measure("Li6PS5Cl", 2e-2, refs=[2]))
    (gap,) = contradictions(graph)
    assert gap.topics == ("Li6PS5Cl", "ionic_conductivity")
    assert gap.detail.startswith("0.001 S/cm against 0.02 S/cm")
    row = gap.to_json()
    assert row["kind"] == "contradiction"
    assert (row["quote"], row["start"]) == (gap.left[0].evidence.quote, gap.left[0].evidence.start)
    assert row["right"][0]["refs"] == [2]


def test_opposite_relations_are_shown(known, say):
    graph = known(
        say("wax coating", "suppresses", "void growth"), say("wax coating", "promotes", "void growth")
    )
    (gap,) = contradictions(graph)
    assert gap.detail == "suppresses void growth against promotes void growth"


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ({"value": 1.2e-3, "section": "Table 1", "refs": [7]}, True),
        ({"value": 1.2e-3, "section": "Table 1", "refs": [8]}, False),
        ({"value": 1.2e-3, "section": "3.2", "refs": [7]}, False),
        ({"value": 1.02e-3, "section": "Table 1", "refs": [7]}, False),
        ({"value": 1.2e-3, "section": "Table 1", "refs": [7], "conditions": {"form": "sintered"}}, False),
    ],
    ids=["text and table", "another source", "text and text", "rounded", "another form"],
)
def test_two_values_of_one_source(known, measure, second, told):
    value = second.pop("value")
    first = measure("Li6PS5Cl", 1e-3, section="3.1", refs=[7], conditions={"form": "cold-pressed"})
    gaps = contradictions(known(first, measure("Li6PS5Cl", value, **second)))
    assert [gap.detail.endswith("both are given for one source") for gap in gaps] == [True] * told


@pytest.fixture
def asked() -> KnowledgeGraph:
    """A graph with two open questions."""
    store = memory_store()
    questions = tuple(
        OpenQuestion(
            kind,
            (Entity((topic,), "Material", thing_iri(topic)),),
            Evidence("notes", start, start + 9, f"quote {start}", section="5", refs=(2,)),
        )
        for kind, topic, start in (("missing_data", "LiI", 10), ("open_question", "Li3PS4", 50))
    )
    replace_document(store, "notes", [], info=DocumentInfo(open_questions=questions))
    return KnowledgeGraph(store)


def test_open_questions_keep_place_kind_and_topic(asked):
    rows = [gap.to_json() for gap in open_questions(asked)]
    assert [(row["kind"], row["topic"], row["start"]) for row in rows] == [
        ("missing_data", ["LiI"], 10),
        ("open_question", ["Li3PS4"], 50),
    ]
    assert rows[0]["quote"] == "quote 10"


@pytest.mark.parametrize(
    ("wanted", "starts"),
    [({"kind": "missing_data"}, [10]), ({"topic": "Li3PS4"}, [50]), ({"topic": "LiBr"}, [])],
)
def test_open_questions_can_be_chosen_by_kind_and_topic(asked, wanted, starts):
    assert [gap.evidence.start for gap in open_questions(asked, **wanted)] == starts
