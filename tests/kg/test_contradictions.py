"""What contradicts what, and what only looks so."""

import pytest

from kg.assembly import assemble
from kg.contradictions import contradictions
from kg.statements import gather
from ontology.lexicon import load_lexicon


def found(*claims):
    lexicon = load_lexicon()
    return contradictions(gather(assemble(claims, lexicon=lexicon)), lexicon=lexicon)


def test_a_denial_contradicts_an_affirmation(make_relation):
    (pair,) = found(
        make_relation(context=("liquid cell",)),
        make_relation(document="other", polarity="negated", context=("solid cell",)),
    )
    assert pair.kind == "polarity"
    assert [claim.evidence.document for claim in (*pair.left, *pair.right)] == ["notes", "other"]
    assert pair.difference == {"context": ("liquid cell", "solid cell")}


@pytest.mark.parametrize(
    ("one", "other"),
    [("suppresses", "promotes"), ("decreases", "increases"), ("stable_with", "unstable_with")],
)
def test_opposite_relations_contradict_each_other(make_relation, one, other):
    (pair,) = found(make_relation(verb=one), make_relation(verb=other, document="other"))
    assert pair.kind == "opposite"
    assert {claim.relation for claim in (*pair.left, *pair.right)} == {one, other}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"verb": "suppresses"}, {"verb": "promotes", "target": "short circuit"}),
        ({"verb": "suppresses"}, {"verb": "promotes", "polarity": "negated"}),
        ({"verb": "forms"}, {"verb": "suppresses"}),
        ({}, {"certainty": "hypothesised"}),
    ],
)
def test_these_relations_do_not_contradict_each_other(make_relation, one, other):
    assert found(make_relation(**one), make_relation(document="other", **other)) == []


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ({}, {"value": 1e-2}, True),
        ({}, {"value": 2.9e-3}, False),
        ({"value": 1e-4, "value_max": 1e-3}, {"value": 2e-3}, False),
        ({"value": 1e-4, "value_max": 2e-4}, {"value": 2e-3}, True),
        ({"comparator": "<"}, {"value": 1e-2}, False),
        ({}, {"value": 1e-2, "conditions": {"temperature_C": 100.0}}, False),
        ({}, {"value": 1e-2, "conditions": {"temperature_C": 27.0}}, True),
        ({"conditions": {"form": "glass"}}, {"value": 1e-2, "conditions": {"form": "sintered"}}, False),
        ({"conditions": {"form": "Sintered"}}, {"value": 1e-2, "conditions": {"form": "sintered"}}, True),
        ({"conditions": {"method": "ball milling"}}, {"value": 1e-2}, True),
        ({"material": "sulfide electrolyte"}, {"material": "sulfide electrolyte", "value": 1e-2}, False),
        ({"material": "Li6PS5X"}, {"material": "Li6PS5X", "value": 1e-2}, False),
        (
            {"prop": "synthesis_time", "unit": "h"},
            {"prop": "synthesis_time", "unit": "h", "value": 50.0},
            False,
        ),
        ({"polarity": "negated"}, {"value": 1e-2}, False),
    ],
)
def test_values_contradict_each_other_only_under_comparable_conditions(
    make_measurement, one, other, contradict
):
    pairs = found(make_measurement(**one), make_measurement(**({"value": 1e-3, "document": "other"} | other)))
    assert [pair.kind for pair in pairs] == ["value"] * contradict


def test_the_lower_value_is_on_the_left_and_the_difference_names_what_only_one_side_states(make_measurement):
    (pair,) = found(
        make_measurement(value=1e-2),
        make_measurement(value=1e-3, document="other", conditions={"method": "ball milling"}),
    )
    assert [claim.quantity.value for claim in (*pair.left, *pair.right)] == [1e-3, 1e-2]
    assert pair.difference == {"method": ("ball milling", None)}
