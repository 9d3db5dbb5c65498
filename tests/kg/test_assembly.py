"""Names become things: what meets, and what must stay apart."""

from dataclasses import replace
from itertools import permutations

import pytest

from kg.assembly import assemble
from kg.model import Entity
from kg.naming import abbreviates, own_names, unfolded
from ontology.lexicon import load_lexicon

THING = "https://w3id.org/lithograph/id/"


def things(claims):
    return [claim.subject.iri.removeprefix(THING) for claim in assemble(claims, lexicon=load_lexicon())]


@pytest.mark.parametrize(
    "names",
    [
        [("Li10GeP2S12", "LGPS"), ("LGPS",)],
        [("lithium dendrite growth",), ("Li dendrite growth",)],
        [("sulfide electrolyte",), ("sulfide solid electrolytes",)],
        [("polydopamine-derived carbon coating", "PDCC"), ("PDCC",)],
        [("Li6.4P0.9Ge0.1S4.9I1.1", "LPGSI"), ("LPGSI",), ("Li6.4P0.9Ge0.1S4.9I1.1",)],
        [("butyl acetate benzoate (BAB)",), ("BAB",), ("butyl acetate benzoate",)],
    ],
)
def test_names_of_one_thing_meet_in_any_order(make_relation, names):
    for order in permutations(names):
        claims = [make_relation(each, start=start) for start, each in enumerate(order)]
        assert len(set(things(claims))) == 1


@pytest.mark.parametrize(
    "names",
    [
        [("80Li2S-20P2S5 glass", "80Li2S-20P2S5"), ("80Li2S-20P2S5 glass-ceramic", "80Li2S-20P2S5")],
        [("Li7P2.9Mn0.1S10.7I0.3", "Li7P3S11"), ("Li7P3S11",)],
        [("Li6PS5Cl",), ("Li6PS5Br",), ("Li6PS5X", "Li6PS5Cl")],
        [("chlorobenzene", "organic solvents"), ("cyclohexanone", "organic solvents")],
        [("lithium polysilicate layer", "LPL"), ("lead placeholder lattice", "LPL")],
    ],
)
def test_looser_and_ambiguous_names_make_nothing_the_same(make_relation, names):
    claims = [make_relation(each, start=start) for start, each in enumerate(names)]
    assert len(set(things(claims))) == len(names)


def test_a_shorthand_shared_by_two_things_stays_a_thing_of_its_own(make_relation):
    names = [("lithium polysilicate layer", "LPL"), ("lead placeholder lattice", "LPL"), ("LPL",)]
    assert len(set(things([make_relation(each, start=at) for at, each in enumerate(names)]))) == 3


def test_an_iri_that_a_claim_gives_is_kept(make_relation):
    given = Entity(("lithium metal",), "Material", THING + "our-own-lithium")
    (kept,) = assemble([replace(make_relation(), subject=given)], lexicon=load_lexicon())
    assert kept.subject == given


@pytest.mark.parametrize(
    ("value", "unit", "expected", "expected_unit"),
    [(8.6, "mS/cm", 0.0086, "S/cm"), (0.0086, "S/cm", 0.0086, "S/cm"), (3.0, "V", 3.0, "V")],
)
def test_values_are_kept_in_the_canonical_unit_where_they_can_be(
    make_measurement, value, unit, expected, expected_unit
):
    (claim,) = assemble([make_measurement(value=value, unit=unit)], lexicon=load_lexicon())
    assert claim.quantity.value == pytest.approx(expected)
    assert claim.quantity.unit == expected_unit


def test_a_converted_value_keeps_what_was_written(make_measurement):
    claims = [
        make_measurement(value=1.0, value_max=2.0, unit="mS/cm"),
        make_measurement(value=3.0, unit="mS/cm", as_written="3 mS cm−1", start=400),
    ]
    written = [claim.quantity.as_written for claim in assemble(claims, lexicon=load_lexicon())]
    assert written == ["1–2 mS/cm", "3 mS cm−1"]


def test_a_claim_that_is_there_twice_is_kept_once_with_the_higher_confidence(make_relation):
    twice = [make_relation(confidence=0.4), make_relation(confidence=0.9)]
    for claims in (twice, twice[::-1]):
        assert [claim.confidence for claim in assemble(claims, lexicon=load_lexicon())] == [0.9]


@pytest.mark.parametrize(
    ("short", "name", "expected"),
    [
        ("LGPS", "Li10GeP2S12", True),
        ("LLZO", "Li7La3Zr2O12", True),
        ("LPSCl", "Li6PS5Cl", True),
        ("THF", "tetrahydrofuran", True),
        ("SEI", "solid electrolyte interphase", True),
        ("CAM", "cathode-active material", True),
        ("LPS", "Li3PS4 glass", False),
        ("ACN", "dimethylformamide", False),
        ("LiF", "lithium fluoride", False),
        ("air", "argon in rooms", False),
        ("A", "argyrodite", False),
    ],
)
def test_shorthands_are_told_from_other_names(short, name, expected):
    assert abbreviates(short, name) is expected


def test_the_shorthand_may_come_first():
    names = ("NMP", "N-methylpyrrolidone", "solvent")
    assert own_names(Entity(names, "Material")) == ("NMP", "N-methylpyrrolidone")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("acetonitrile (ACN)", ("acetonitrile", "ACN")),
        ("Li6PS5(Cl,Br)", ("Li6PS5(Cl,Br)",)),
        ("electrolyte (dry)", ("electrolyte (dry)",)),
    ],
)
def test_a_name_with_its_shorthand_in_brackets_is_two_names(name, expected):
    assert unfolded(name) == expected
