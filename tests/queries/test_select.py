"""What is found over the columns of a store is what the SPARQL that is shown beside it finds."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from bench.literature import literature, literature_data
from kg.store import memory_store, replace_documents
from kg.vocabulary import claim_id
from ontology.lexicon import load_lexicon, local_name
from queries.answer import OpenedStore, ask, open_for_questions, read_forms
from queries.answer.scopes import scopes
from queries.form import Form
from queries.render import render
from queries.select import Row, foremost, make_rows, select

_QUESTIONS = [question for questions in literature_data()["questions"].values() for question in questions]


@pytest.fixture(scope="module")
def opened() -> OpenedStore:
    """A made-up literature, small enough for SPARQL to answer every question in a moment."""
    store, lexicon = memory_store(), load_lexicon()
    replace_documents(store, literature(600), lexicon=lexicon)
    return open_for_questions(store)


@pytest.mark.parametrize("question", _QUESTIONS)
def test_columns_and_sparql_find_the_same(question: str, opened: OpenedStore) -> None:
    for form in _forms(question, opened):
        found = select(form, opened.columns, lexicon=opened.lexicon)
        rows = set(make_rows(found, opened.columns, lexicon=opened.lexicon))
        asked = set(_sparql_rows(form, opened))
        if form.rank is None:
            assert rows == asked
        else:
            # of ties at the end of a ranking SPARQL leaves out some
            assert asked <= rows


def test_the_questions_find_something(opened: OpenedStore) -> None:
    answered = [question for question in _QUESTIONS if any(map(_counted(opened), _forms(question, opened)))]
    assert len(answered) > 50


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Which electrolytes have an ionic conductivity above 1e-7 S/cm?", None),
        ("What is the ionic conductivity of Li6PS5Cl?", max),
    ],
)
def test_of_many_claims_the_first_are_kept(question: str, best: object, opened: OpenedStore) -> None:
    form = _forms(question, opened)[0]
    found = select(form, opened.columns, lexicon=opened.lexicon)
    kept = foremost(form, found, opened.columns, most=2)
    assert sum(len(part.claims) for part in found) > 2
    assert sum(len(part.claims) for part in kept) == 2
    if best is max:
        values = [row.value or 0.0 for row in make_rows(found, opened.columns, lexicon=opened.lexicon)]
        shown = [row.value or 0.0 for row in make_rows(kept, opened.columns, lexicon=opened.lexicon)]
        assert sorted(shown) == sorted(values)[-2:]


@pytest.mark.parametrize(
    "question",
    [
        "How many materials have a reported synthesis temperature?",
        "For how many materials is an activation energy reported?",
        "How many papers report the ionic conductivity of Li6PS5Cl?",
        "What is the average ionic conductivity reported for Li6PS5Cl?",
        "What is the range of ionic conductivities of Li6PS5Cl?",
        "maximum ionic conductivity reported for Li6PS5Cl?",
        "Which electrolyte has the lowest activation energy?",
        "Has Li6PS5Cl been reported with an ionic conductivity above 10 mS/cm?",
    ],
)
def test_what_is_not_shown_counts(
    question: str, opened: OpenedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> object:
        answer = ask(question, opened.store)
        values = [(row.value, row.value_max) for row in answer.answers if form.function or form.rank]
        return answer.count, answer.boolean, values

    (form, *_) = _forms(question, opened)
    whole = told()
    assert whole != (None, None, [])
    monkeypatch.setattr("queries.answer.rows.MOST_ROWS", 2)
    monkeypatch.setattr("queries.answer.compute.MOST_EVIDENCE", 1)
    assert told() == whole


def _forms(question: str, opened: OpenedStore) -> list[Form]:
    forms = read_forms(question, opened)
    if not isinstance(forms, list):
        return []
    return [each for form in forms for each in scopes(form) if each.ask not in ("chains", "meaning")]


def _counted(opened: OpenedStore):  # type: ignore[no-untyped-def]
    return lambda form: any(len(each.claims) for each in select(form, opened.columns, lexicon=opened.lexicon))


def _sparql_rows(form: Form, opened: OpenedStore) -> list[Row]:
    query = render(form, lexicon=opened.lexicon)
    solutions = opened.store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [_row({name: _text(solution[name]) for name in names}) for solution in solutions]


def _row(told: dict[str, str]) -> Row:
    return Row(
        thing=told["thing"],
        claim=claim_id(told["claim"]),
        name=told["name"],
        value=float(told["value"]) if told["value"] else None,
        highest=float(told["max"]) if told["max"] else None,
        comparator=told["comparator"],
        relation=local_name(told["relation"]) if told["relation"] else "",
        other_name=told["otherName"],
        alternative=int(told.get("alternative", 0)),
        verdict=told.get("verdict", "true"),
    )


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
