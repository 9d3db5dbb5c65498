"""How things are called and how names are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Entity
from ontology.grounding import thing_iri
from ontology.lexicon import load_lexicon
from queries.chains.nodes import gather_nodes
from queries.chains.wording import read_wording, similarity


@pytest.mark.parametrize(
    ("name", "words", "head", "sign"),
    [
        ("low seal porosity", {"seal", "porosity"}, "porosity", -1),
        ("loss of contact", {"contact"}, "contact", -1),
        ("lack of a weak seal", {"seal"}, "seal", 1),
        ("growth of cracks along pores", {"crack", "pore"}, "crack", 1),
        ("Large interfacial impedance", {"interface", "resistance"}, "resistance", 1),
        ("short circuit", {"shortcircuit"}, "shortcircuit", 1),
        ("formation", {"formation"}, "formation", 1),
    ],
)
def test_a_name_is_taken_apart(name, words, head, sign):
    wording = read_wording(name)
    assert (wording.words, wording.head, wording.sign) == (words, head, sign)


def test_two_things_in_one_name_are_noted():
    assert read_wording("ionic and electronic leakage").several
    assert not read_wording("electronic leakage").several


@given(st.text(max_size=60))
def test_any_text_can_be_taken_apart(name):
    wording = read_wording(name)
    assert wording.sign in (1, -1)
    assert not wording.words or wording.head in wording.words


@given(st.sets(st.text("abc", min_size=1), max_size=5), st.sets(st.text("abc", min_size=1), max_size=5))
def test_similarity_is_symmetric_and_lies_between_0_and_1(one, other):
    found = similarity(one, other, rarity={"a": 0.5})
    assert found == similarity(other, one, rarity={"a": 0.5})
    assert 0 <= found <= 1


def test_a_thing_is_called_by_the_name_that_its_iri_was_made_of():
    iri = thing_iri("iodine")
    entities = [Entity(("I", "iodine"), "Dopant", iri), Entity(("I", "iodide"), "Dopant", iri)]
    node = gather_nodes(entities, lexicon=load_lexicon())[iri]
    assert node.names == ("iodine", "I", "iodide")
