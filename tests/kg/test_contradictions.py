"""What contradicts what, and what only looks so."""

from dataclasses import replace

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
        ({"conditions": {"method": "ball milling"}}, {"value": 2e-3}, False),
        (
            {"conditions": {"method": "ball milling"}},
            {"value": 2e-3, "conditions": {"method": "high-energy milling"}},
            True,
        ),
        (
            {"conditions": {"method": "ball milling"}},
            {"value": 1e-2, "conditions": {"method": "liquid phase"}},
            False,
        ),
        ({"conditions": {"solvent": "ethanol"}}, {"value": 1e-2, "conditions": {"method": "milling"}}, False),
        (
            {"conditions": {"solvent": "ethanol"}},
            {"value": 2e-3, "conditions": {"method": "liquid phase"}},
            True,
        ),
        (
            {"conditions": {"solvent": "THF and ethanol"}},
            {"value": 2e-3, "conditions": {"solvent": "ethanol"}},
            False,
        ),
        (
            {"conditions": {"solvent": "THF/ethanol"}},
            {"value": 2e-3, "conditions": {"solvent": "ethanol"}},
            True,
        ),
        (
            {"conditions": {"method": "annealing"}},
            {"value": 2e-3, "conditions": {"method": "solid-state method"}},
            True,
        ),
        ({"material": "Li3PS4"}, {"material": "Li3PS4", "value": 1e-2}, True),
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


@pytest.mark.parametrize(
    ("second", "kinds"),
    [
        pytest.param({"value": 1.2e-3, "refs": (7,)}, ["source"], id="two values"),
        pytest.param({"value": 1.2e-3, "refs": (8,)}, [], id="of two sources"),
        pytest.param({"value": 1.2e-3, "refs": (7, 8)}, [], id="of one of two sources"),
        pytest.param({"value": 1.2e-3, "refs": (7,), "section": "3"}, [], id="in the text both"),
        pytest.param({"value": 1.02e-3, "refs": (7,)}, [], id="rounded"),
        pytest.param({"value": 1.0e-3, "refs": (7,), "method": "melt quenching"}, ["source"], id="two ways"),
        pytest.param({"value": 1.0e-3, "refs": (), "method": "melt quenching"}, ["source"], id="one uncited"),
        pytest.param(
            {"value": 1.0e-3, "refs": (8,), "method": "melt quenching"}, [], id="two ways, two sources"
        ),
        pytest.param({"value": 1.0e-3, "refs": (7,), "method": "milling"}, [], id="one way in other words"),
        pytest.param({"value": 1e-2, "refs": (7,)}, ["source"], id="told once, far apart as it is"),
    ],
)
def test_two_accounts_of_one_source_are_found(make_measurement, second, kinds):
    fields = dict(second)
    conditions = {"method": method} if (method := fields.pop("method", "")) else {}
    place = fields.pop("section", "Table 1")
    first = make_measurement(value=1e-3, refs=(7,), conditions={"method": "ball milling"})
    other = make_measurement(start=800, conditions=conditions, **fields)
    other = replace(other, evidence=replace(other.evidence, section=place))
    assert [pair.kind for pair in found(first, other)] == kinds


def test_two_spellings_of_one_composition_are_one_material_of_a_source(make_measurement):
    mixture, compound = (
        make_measurement(name, value, start=start, refs=(7,))
        for name, value, start in (("70Li2S-30P2S5", 8.6e-3, 10), ("Li7P3S11", 7.3e-3, 900))
    )
    compound = replace(compound, evidence=replace(compound.evidence, section="Table 1"))
    (pair,) = found(mixture, compound)
    assert pair.kind == "source"
    phases = [
        make_measurement(name, value, start=int(value * 1e6), refs=(7,))
        for name, value in (("Li3PS4", 3e-4), ("β-Li3PS4", 5e-4))
    ]
    phases[1] = replace(phases[1], evidence=replace(phases[1].evidence, section="Table 1"))
    assert found(*phases) == []


def test_a_claim_is_completed_by_what_its_document_says_elsewhere(make_measurement):
    bare = make_measurement(value=1.7e-2, start=10)
    told = make_measurement(value=1.7e-2, start=500, refs=(3,), conditions={"method": "hot pressing"})
    dissolved = make_measurement(value=1e-3, start=900, refs=(4,), conditions={"solvent": "THF"})
    assert found(bare, told, dissolved) == []
    assert [pair.kind for pair in found(bare, dissolved)] == ["value"]


def test_what_a_source_says_of_its_other_samples_completes_a_claim(make_measurement):
    told = make_measurement(value=6e-4, start=10, refs=(3,), conditions={"method": "ball milling"})
    bare = make_measurement(value=8e-4, start=100, refs=(3,))
    dissolved = make_measurement(value=1e-5, start=900, refs=(4,), conditions={"solvent": "THF"})
    assert found(told, bare, dissolved) == []
    assert [pair.kind for pair in found(bare, dissolved)] == ["value"]


def test_two_forms_of_one_composition_are_compared_only_where_both_tell_their_making(make_measurement):
    powder = make_measurement("Li7P3S11", 1e-3, refs=(1,), conditions={"solvent": "acetonitrile"})
    pressed = make_measurement("Li7P3S11 glass-ceramic", 5e-3, start=500, refs=(2,))
    assert found(powder, pressed) == []
    dissolved = replace(pressed, conditions={"solvent": "acetonitrile"})
    assert [pair.kind for pair in found(powder, dissolved)] == ["value"]
    glass = make_measurement("Li7P3S11 glass", 1e-4, refs=(3,), conditions={"solvent": "acetonitrile"})
    assert found(glass, dissolved) == []


def test_a_family_with_the_value_of_its_member_is_another_account_of_it(make_measurement):
    family = make_measurement(
        "Li2S-P2S5 glass-ceramic", 1.7e-2, refs=(7,), conditions={"method": "melt quenching"}
    )
    member = make_measurement("Li7P3S11", 1.7e-2, start=900, refs=(7,), conditions={"method": "ball milling"})
    member = replace(member, evidence=replace(member.evidence, section="Table 1"))
    assert [pair.kind for pair in found(family, member)] == ["source"]
    other = replace(member, quantity=replace(member.quantity, value=2.0e-2))
    assert found(family, other) == []
