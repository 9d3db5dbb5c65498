"""A method is found by every name that denotes it, and by no name of another one."""

from __future__ import annotations

import pytest

from ontology.lexicon import local_name
from queries.answer import ask, open_for_questions, read_forms
from queries.render import render
from queries.select import make_rows, select


@pytest.fixture
def store(say, measure, known):
    return known(
        measure("Li6PS5Cl", 0.002, conditions={"method": "liquid phase"}),
        measure("Li6PS5Br", 0.001, conditions={"method": "liquid-phase synthesis"}),
        measure("Li3PS4", 0.0003, conditions={"method": "hot pressing"}),
        measure("LiI", 1e-6, conditions={"method": "quenching"}),
        measure("LiBr", 1e-7, conditions={"method": "melt quenching"}),
        measure("Li2S", 1e-9, conditions={"method": "pressing"}),
        say("Li3PS4", "synthesized_by", ["hot pressing", "pressing"]),
        say("Li7P3S11", "synthesized_by", ["quenching", "melt-quenching"]),
    ).store


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Which materials were made by the liquid-phase route?", ["Li6PS5Br", "Li6PS5Cl"]),
        ("liquid-phase materials", ["Li6PS5Br", "Li6PS5Cl"]),
        ("Which materials were made by melt-quenching?", ["Li7P3S11", "LiBr"]),
        ("Which materials were melt quenched?", ["Li7P3S11", "LiBr"]),
        ("Which materials were hot pressed?", ["Li3PS4"]),
        ("Which materials were made by hot pressing?", ["Li3PS4"]),
    ],
)
def test_every_name_of_a_method_finds_it_and_no_other_one(question, labels, store) -> None:
    assert sorted(row.label for row in ask(question, store).answers) == labels


def test_the_query_that_is_shown_finds_the_same(store) -> None:
    opened = open_for_questions(store)
    form, *_ = read_forms("Which materials were made by melt-quenching?", opened)
    lexicon = opened.lexicon
    found = make_rows(select(form, opened.columns, lexicon=lexicon), opened.columns, lexicon=lexicon)
    asked = store.query(render(form, lexicon=lexicon), use_default_graph_as_union=True)
    things = {local_name(each["thing"].value) for each in asked}
    assert things == {local_name(row.thing) for row in found} == {"Li7P3S11", "LiBr"}
