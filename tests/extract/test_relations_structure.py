"""Every structural pattern reads its own example sentence."""

from typing import Any

import pytest

from extract.relations.data import read
from extract.relations.paths import walk
from tests.extract.relation_helpers import parsed, says, triples

PATTERNS = [pytest.param(row, id=row["name"]) for row in read("structure")["patterns"]]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pattern_reads_its_example(pattern: dict[str, Any]) -> None:
    text = pattern["example"]["text"]
    for claim in pattern["example"]["claims"]:
        assert says(text, *claim), triples(text)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pattern_states_a_relation_of_the_ontology(pattern: dict[str, Any]) -> None:
    known = {
        "has_structure",
        "used_as",
        "synthesized_by",
        "doped_with",
        "composed_of",
        "coated_with",
        "forms",
        "decomposes_to",
        "stable_with",
        "unstable_with",
    }
    assert pattern["relation"] in known


@pytest.mark.parametrize(
    ("path", "reached"),
    [
        (">nsubj", ["dendrites"]),
        (">dobj >prep:of >pobj", ["pellets"]),
        (":break", ["break"]),
        (":grow", []),
        ("^VERB", ["break"]),
        (">*:slowly", []),
        ("self", ["break"]),
        ("surface", ["dendrites"]),
    ],
)
def test_paths(path: str, reached: list[str]) -> None:
    doc, _ = parsed("The dendrites break the surface of pellets.")
    assert [token.text for token in walk(doc[2], path)] == reached


def test_an_unknown_step_is_an_error() -> None:
    doc, _ = parsed("The dendrites break the surface of pellets.")
    with pytest.raises(ValueError, match="path step 'sideways'"):
        walk(doc[2], "sideways")


def test_two_stabilities_joined_by_but_are_both_read() -> None:
    text = "Li3InCl6 is unstable against lithium metal but stable against LiCoO2."
    assert says(text, "Li3InCl6", "unstable_with", "lithium metal")
    assert says(text, "Li3InCl6", "stable_with", "LiCoO2")


def test_a_structure_that_is_made_stands_for_a_material() -> None:
    assert says(
        "The oxide-doped glass is stable against lithium.",
        "oxide-doped glass",
        "stable_with",
        "lithium metal",
    )
