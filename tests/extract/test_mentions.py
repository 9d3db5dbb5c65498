"""Mentions: spans, names and kinds of what a sentence speaks of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.mentions import Mention
from tests.extract.relation_helpers import parsed


def mention(text: str, written: str) -> Mention:
    _, mentions = parsed(text)
    found = [each for each in mentions if each.text == written]
    assert found, [each.text for each in mentions]
    return found[0]


@pytest.mark.parametrize(
    ("text", "written", "kind"),
    [
        ("The Li6PS5Cl conducts.", "Li6PS5Cl", "Material"),
        ("The high ionic conductivity helps.", "high ionic conductivity", "Property"),
        ("Many lithium dendrites grow.", "lithium dendrites", "FailureMechanism"),
        ("It was made by ball milling.", "ball milling", "SynthesisMethod"),
        ("The resulting Li-Ge alloy grew.", "Li-Ge alloy", "Material"),
        ("The strange wobbling coefficient rose.", "strange wobbling coefficient", "Property"),
        ("A novel borohydride foil was cut.", "borohydride foil", "Material"),
        ("The unexpected gas leakage stopped.", "unexpected gas leakage", "FailureMechanism"),
    ],
)
def test_span_and_kind(text: str, written: str, kind: str) -> None:
    assert mention(text, written).kind == kind


@pytest.mark.parametrize(
    ("text", "written", "name"),
    [
        ("The high ionic conductivity helps.", "high ionic conductivity", "ionic conductivity"),
        ("The LiNbO3 layer helps.", "LiNbO3 layer", "LiNbO3"),
        ("A series of sulfides was tested.", "series", "sulfides"),
        ("The formation of H2S was seen.", "formation", "H2S formation"),
        ("The conductivity of electrons rose.", "conductivity", "electronic conductivity"),
        ("The size of particles fell.", "size", "particle size"),
        ("Capacity fading sets in.", "Capacity fading", "Capacity fading"),
        ("The critical current density of Li3PS4 rose.", "current density", "critical current density"),
        ("We press Li10GeP2S12 (LGPS). The LGPS pellet conducts.", "LGPS pellet", "Li10GeP2S12 pellet"),
        ("The contact between Li and Li3PS4 is bad.", "contact", "contact between Li and Li3PS4"),
        (
            "This leads to a poor cycle life and rate capability.",
            "poor cycle life and rate capability",
            "cycle life",
        ),
    ],
)
def test_names(text: str, written: str, name: str) -> None:
    _, mentions = parsed(text)
    assert any(name in each.names for each in mentions if written in each.text), [
        (each.text, each.names) for each in mentions
    ]


def test_coordinated_modifiers_make_two_mentions() -> None:
    _, mentions = parsed("The ionic and electronic conductivity rose.")
    names = {name for each in mentions for name in each.names}
    assert {"ionic conductivity", "electronic conductivity"} <= names


def test_a_qualified_formula_names_itself_before_the_formula() -> None:
    assert mention("The amorphous Li3PS4 conducts.", "amorphous Li3PS4").names[:2] == (
        "amorphous Li3PS4",
        "Li3PS4",
    )


def test_determiners_and_praise_are_cut() -> None:
    assert mention("These excellent novel sulfide electrolytes help.", "sulfide electrolytes")


def test_a_term_that_begins_with_a_trimmed_word_stays_whole() -> None:
    _, mentions = parsed("It raises the critical current density.")
    assert not any(each.names[0].endswith("relative density") for each in mentions)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Li3PS4", "the", "high", "conductivity", "of", "dendrites", "(LPS)", "and", ",", "grow"]
        ),
        min_size=1,
        max_size=9,
    )
)
def test_spans_are_true_text(words: list[str]) -> None:
    text = " ".join(words)
    doc, mentions = parsed(text)
    for each in mentions:
        assert " ".join(doc.text[each.start : each.end].split()) == each.text
        assert 1 <= len(each.names) <= 4
        assert doc[each.head].idx >= each.start


def test_a_composite_is_not_named_by_one_of_its_parts() -> None:
    assert "Li2S" not in mention("The Li2S composite was tested.", "Li2S composite").names
    assert "Li2S-P2S5" in mention("The Li2S-P2S5 composite was tested.", "Li2S-P2S5 composite").names
