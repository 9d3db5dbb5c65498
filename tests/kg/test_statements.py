"""What is gathered into one statement, and what is kept apart."""

import pytest

from kg.assembly import assemble
from kg.statements import gather
from ontology.lexicon import load_lexicon


def gathered(*claims):
    return gather(assemble(claims, lexicon=load_lexicon()))


def test_names_of_one_thing_and_denials_make_one_statement(make_relation):
    (statement,) = gathered(
        make_relation(target="Li dendrites"),
        make_relation(target="lithium dendrite growth", document="other", polarity="negated"),
    )
    assert (len(statement.affirming), len(statement.denying)) == (1, 1)


@pytest.mark.parametrize(
    ("one", "other", "statements"),
    [
        pytest.param({}, {"value": 1.0004e-3}, 1, id="equal to three digits"),
        pytest.param({}, {"value": 1.02e-3}, 2, id="other value"),
        pytest.param({}, {"comparator": "<"}, 2, id="a bound"),
        pytest.param({"electrolyte": "Li3PS4"}, {"electrolyte": "Li6PS5Cl"}, 2, id="other cells"),
        pytest.param({"electrolyte": "Li3PS4"}, {}, 1, id="one cell untold"),
        pytest.param({"electrolyte": "LGPS"}, {"electrolyte": "Li10GeP2S12"}, 1, id="one cell, other name"),
        pytest.param({"temperature_C": 25.0}, {"temperature_C": 60.0}, 2, id="other temperatures"),
        pytest.param({"temperature_C": 60.0}, {}, 2, id="60 °C and room temperature"),
        pytest.param(
            {"current_density": "0.1 mA/cm2"}, {"current_density": "0.1 mA cm-2"}, 1, id="one current"
        ),
        pytest.param({"method": "ball milling"}, {"method": "melt quenching"}, 2, id="other methods"),
        pytest.param({"method": "ball milling"}, {"method": "high-energy milling"}, 1, id="a kind of method"),
    ],
)
def test_values_are_gathered_unless_their_conditions_are_known_to_differ(
    make_measurement, one, other, statements
):
    fields = {"value", "comparator"}
    claims = [
        make_measurement(
            document=name,
            refs=(number,),
            conditions={key: value for key, value in said.items() if key not in fields},
            **{key: value for key, value in said.items() if key in fields},
        )
        for number, (name, said) in enumerate((("a", one), ("b", other)))
    ]
    assert len(gathered(*claims)) == statements


def test_one_source_may_tell_in_two_ways_how_its_sample_was_made(make_measurement):
    text, table = (
        make_measurement(start=start, refs=(7,), conditions={"method": method})
        for start, method in ((10, "melt quenching"), (900, "ball milling"))
    )
    assert len(gathered(text, table)) == 1


def test_a_value_without_conditions_goes_to_its_own_source(make_measurement):
    cells = [
        make_measurement(start=100 * number, refs=(number,), conditions={"electrolyte": name})
        for number, name in ((1, "Li3PS4"), (2, "Li6PS5Cl"))
    ]
    bare = make_measurement(start=900, refs=(2,))
    first, second = gathered(*cells, bare)
    assert [len(first.claims), len(second.claims)] == [1, 2]
    assert {claim.evidence.refs for claim in second.claims} == {(2,)}


def test_the_order_of_claims_does_not_matter(make_measurement):
    claims = [
        make_measurement(start=100 * number, conditions=conditions, refs=(number % 3,))
        for number, conditions in enumerate(
            ({}, {"method": "ball milling"}, {"method": "melt quenching"}, {"temperature_C": 60.0}, {})
        )
    ]
    assert [each.claims for each in gathered(*claims)] == [each.claims for each in gathered(*claims[::-1])]
