"""Patterns of words in noun phrases, and joined names: what each reads by itself, and what none may read."""

from functools import cache
from typing import Any

import pytest

from extract.antecedents import find_antecedents
from extract.relations.arguments import read_passage
from extract.relations.causes import EffectReader
from extract.relations.compounds import compound_statements
from extract.relations.data import read
from extract.relations.joined import joined_statements
from extract.relations.statements import Statement
from extract.relations.triggers import triggers_of
from ontology.lexicon import load_lexicon
from ontology.names import normalise
from tests.extract.relation_helpers import parsed, says, triples

EXAMPLES = [
    pytest.param(row["name"], example, id=f"{row['name']}: {example['text']}")
    for row in read("compounds")["patterns"]
    for example in row["examples"]
]
JOINED = [pytest.param(example, id=example["text"]) for example in read("joined")["examples"]]


@cache
def effects_of(text: str) -> EffectReader:
    doc, mentions = parsed(text)
    return EffectReader(
        read_passage(doc, mentions, find_antecedents(doc, mentions)),
        triggers_of(load_lexicon()),
        load_lexicon(),
    )


def by_words(text: str) -> list[Statement]:
    """What the patterns of words read, without those of the grammar."""
    effects = effects_of(text)
    return [each for token in effects.reader.doc for each in compound_statements(effects, token)]


def by_joined_names(text: str) -> list[Statement]:
    effects = effects_of(text)
    return [each for token in effects.reader.doc for each in joined_statements(effects, token)]


def states(statements: list[Statement], subject: str, relation: str, thing: str) -> bool:
    return any(
        each.relation == relation
        and normalise(subject) in map(normalise, each.subject.names)
        and normalise(thing) in map(normalise, each.object.names)
        for each in statements
    )


def shown(statements: list[Statement]) -> list[tuple[object, ...]]:
    return [(each.subject.names, each.relation, each.object.names, each.rule) for each in statements]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_pattern_reads_its_example(name: str, example: dict[str, Any]) -> None:
    found = by_words(example["text"])
    own = [each for each in found if each.rule == name]
    for claim in example["claims"]:
        assert states(own, *claim), shown(found)


@pytest.mark.parametrize("example", JOINED)
def test_joined_name_is_taken_apart(example: dict[str, Any]) -> None:
    found = by_joined_names(example["text"])
    for claim in example["claims"]:
        assert states(found, *claim), shown(found)


@pytest.mark.parametrize("pattern", read("compounds")["patterns"], ids=lambda row: row["name"])
def test_pattern_states_what_the_ontology_allows(pattern: dict[str, Any]) -> None:
    relation = load_lexicon().relations[pattern["relation"]]
    for example in pattern["examples"]:
        for each in by_words(example["text"]):
            if each.rule == pattern["name"]:
                assert not relation.range or each.object.kind in relation.range


@pytest.mark.parametrize("text", [
    "The Li-rich Li1.2Mn0.6Ni0.2O2 was charged.",
    "The amount of Li2S in the cell was small.",
    "Replacing the cathode with Li2S in the cell is costly.",
])  # fmt: skip
def test_no_dopant_where_none_is_named(text: str) -> None:
    assert not [each for each in by_words(text) if each.relation == "doped_with"]


@pytest.mark.parametrize("text", [
    "Polymer electrolytes are soft.",
    "The metal anode is thick.",
    "Oxide cathodes crack.",
    "A reaction of Li3PS4 was seen.",
    "Films of Li3PS4 in air decompose.",
])  # fmt: skip
def test_classes_and_lone_reactants_have_no_role(text: str) -> None:
    assert not [each for each in by_words(text) if each.relation == "used_as"]


@pytest.mark.parametrize("text", [
    "The Li/Li6PS5Cl/Li cell was cycled.",
    "Most lithium/polymer cells fail.",
    "The TiS2/Li-In cells lasted.",
    "The Li-In layer was pressed.",
    "A capacity in mAh/g cells report was given.",
])  # fmt: skip
def test_joined_names_that_tell_nothing(text: str) -> None:
    assert not by_joined_names(text)


def test_a_list_goes_on_behind_brackets_and_reference_numbers() -> None:
    text = "Lithium superionic conductors, such as Li7La3Zr2O12 (LLZO) oxides 16 , Li3YCl6 and Li6PS5I, vary."
    for name in ("Li7La3Zr2O12", "Li3YCl6", "Li6PS5I"):
        assert says(text, name, "used_as", "lithium superionic conductor"), triples(text)


def test_a_method_must_modify_the_compound() -> None:
    """ "They milled Li2S" says what was done; "milled Li2S" what it is."""
    assert not states(
        by_words("Then they milled Li2S with carbon."), "Li2S", "synthesized_by", "ball milling"
    )


def test_compounds_are_part_of_a_passage() -> None:
    assert says("P2O5-doped Li3PS4 and a Li-In anode were used.", "Li3PS4", "doped_with", "P2O5")
