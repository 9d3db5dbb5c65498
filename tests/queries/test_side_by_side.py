"""Things side by side, by every property that all of them have."""

from __future__ import annotations

import pytest

from ontology.lexicon import local_name
from queries.answer import OpenedStore, ask, open_for_questions, read_forms
from queries.form import Form
from queries.render import render
from queries.select import make_rows, select


@pytest.fixture
def store(say, measure, known):
    barrier = {"property": "activation_energy", "unit": "eV"}
    return known(
        measure("Li6PS5Cl", 0.002),
        measure("Li6PS5Cl", 0.03, conditions={"temperature_C": 100}),
        measure("Li6PS5Br", 0.001),
        measure("Li3PS4", 0.0003),
        measure("Li6PS5Cl", 0.31, **barrier),
        measure("Li6PS5Br", 0.33, **barrier),
        measure("Li6PS5Cl", 4e-9, property="electronic_conductivity"),
        measure("LiCoO2", 140, property="specific_capacity", unit="mAh/g"),
        say("voids", "promotes", "dendrite growth"),
        measure("Li7P3S11", 0.001, conditions={"method": "ball milling"}),
        measure("Li7P3S11", 0.003, conditions={"method": "annealing"}),
        measure("Li7P3S11", 0.005, conditions={"method": "annealing and cold pressing"}),
    ).store


@pytest.mark.parametrize(
    "question",
    [
        "Compare Li6PS5Cl and Li6PS5Br",
        "compare Li6PS5Cl with Li6PS5Br",
        "How do Li6PS5Cl and Li6PS5Br differ?",
        "How does Li6PS5Cl differ from Li6PS5Br?",
        "What is the difference between Li6PS5Cl and Li6PS5Br?",
        "Li6PS5Cl versus Li6PS5Br",
        "Compare the properties of Li6PS5Cl and Li6PS5Br.",
    ],
)
def test_each_property_that_both_have_is_a_row_with_the_values_of_both(question: str, store) -> None:
    answer = ask(question, store)
    found = {row.label: {(each["label"], each["value"]) for each in row.values} for row in answer.answers}
    assert found == {
        "ionic conductivity": {("Li6PS5Cl", 0.002), ("Li6PS5Br", 0.001)},
        "activation energy": {("Li6PS5Cl", 0.31), ("Li6PS5Br", 0.33)},
    }
    assert all(row.works and len(row.claims) == 2 for row in answer.answers)
    assert "every property" in answer.interpretation
    assert "Not reported for all of them: electronic conductivity" in answer.text


def test_three_things_share_fewer_properties(store) -> None:
    answer = ask("compare Li6PS5Cl, Li6PS5Br and Li3PS4", store)
    assert [row.label for row in answer.answers] == ["ionic conductivity"]


def test_where_a_property_is_named_only_that_one_is_compared(store) -> None:
    answer = ask("How do Li6PS5Cl and Li6PS5Br differ in activation energy?", store)
    assert {(row.label, row.value) for row in answer.answers} == {("Li6PS5Cl", 0.31), ("Li6PS5Br", 0.33)}


@pytest.mark.parametrize("question", ["Compare Li6PS5Cl and LiCoO2", "Compare Li6PS5Cl and dendrite growth"])
def test_things_that_share_no_property_are_not_compared(question: str, store) -> None:
    answer = ask(question, store)
    assert (answer.status, answer.answers) == ("no_answer", ())
    assert answer.reason.startswith("no property has values for all of")


@pytest.mark.parametrize(
    "question",
    [
        "ionic conductivity of Li7P3S11 with and without annealing",
        "What is the ionic conductivity of Li7P3S11 before and after annealing?",
        "Compare the conductivity of Li7P3S11 with and without annealing",
    ],
)
def test_values_with_a_condition_stand_beside_those_that_do_not_state_it(question: str, store) -> None:
    answer = ask(question, store)
    assert sorted(row.value for row in answer.answers) == [0.001, 0.003, 0.005]
    under, without = "Li7P3S11: 5×10⁻³ S/cm; Li7P3S11: 3×10⁻³ S/cm", "Li7P3S11: 10⁻³ S/cm"
    assert answer.text == f"annealing – {under}; annealing not stated – {without}."


@pytest.mark.parametrize(
    ("question", "status", "reason"),
    [
        ("conductivity of Li6PS5Cl with and without annealing", "no_answer", "no value is reported for"),
        ("conductivity of Li6PS5Cl with and without LiCoO2", "not_understood", "as a condition of a value"),
        ("Li6PS5Cl before and after annealing", "not_understood", "name the property"),
    ],
)
def test_without_values_on_both_sides_there_is_no_answer(question, status, reason, store) -> None:
    answer = ask(question, store)
    assert (answer.status, answer.answers) == (status, ())
    assert reason in answer.reason


def test_a_unit_alone_asks_for_what_it_measures(store) -> None:
    assert [row.value for row in ask("mAh/g of LiCoO2?", store).answers] == [140]


@pytest.mark.parametrize(
    "question",
    ["Compare Li6PS5Cl and Li6PS5Br", "ionic conductivity of Li7P3S11 with and without annealing"],
)
def test_the_query_that_is_shown_finds_the_same(question: str, store) -> None:
    opened = open_for_questions(store)
    form, *_ = _forms(question, opened)
    lexicon = opened.lexicon
    found = make_rows(select(form, opened.columns, lexicon=lexicon), opened.columns, lexicon=lexicon)
    asked = list(store.query(render(form, lexicon=lexicon), use_default_graph_as_union=True))
    assert sorted((row.value, row.alternative) for row in found) == sorted(
        (float(each["value"].value), int(each["alternative"].value)) for each in asked
    )
    told = {local_name(each["relation"].value) for each in asked if each["relation"] is not None}
    assert {row.relation for row in found} - {""} == told


def _forms(question: str, opened: OpenedStore) -> list[Form]:
    forms = read_forms(question, opened)
    assert isinstance(forms, list)
    return forms
