"""From statements to claims: denial, hedging, context, evidence; and the relations of tables."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from extract.pipeline import extract_claims
from extract.readers import read_document
from kg.model import Claim
from ontology.grounding import thing_iri


@cache
def claims(text: str) -> tuple[Claim, ...]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "paper.md"
        file.write_text(f"# A paper\n\n## 1. Results\n\n{text}\n", encoding="utf-8")
        document = read_document(file)
    return tuple(claim for claim in extract_claims(document) if not claim.is_measurement)


def only(text: str, relation: str) -> Claim:
    found = [claim for claim in claims(text) if claim.relation == relation]
    assert found, claims(text)
    return found[0]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("The coating does not suppress the dendrites.", "suppresses"),
        ("LiF cannot suppress the dendrites.", "suppresses"),
        ("LiF fails to suppress the dendrites.", "suppresses"),
        ("LiF hardly increases the ionic conductivity.", "increases"),
        ("Neither LiF nor LiI suppresses the dendrites.", "suppresses"),
        ("No LiF coating suppresses the dendrites.", "suppresses"),
    ],
)
def test_denied(text: str, relation: str) -> None:
    assert {claim.polarity for claim in claims(text) if claim.relation == relation} == {"negated"}


@pytest.mark.parametrize(
    "text",
    [
        "LiF suppresses not only the dendrites.",
        "LiF suppresses the dendrites, and LiI does not crack.",
        "There is no doubt that LiF suppresses the dendrites.",
    ],
)
def test_affirmed(text: str) -> None:
    assert only(text, "suppresses").polarity == "affirmed"


@pytest.mark.parametrize(
    "text",
    [
        "LiF may suppress the dendrites.",
        "It is believed that LiF suppresses the dendrites.",
        "LiF is expected to suppress the dendrites.",
        "LiF possibly suppresses the dendrites.",
    ],
)
def test_hedged(text: str) -> None:
    assert only(text, "suppresses").certainty == "hypothesised"


def test_plain_statements_are_asserted() -> None:
    assert only("LiF suppresses the dendrites.", "suppresses").certainty == "asserted"


def test_what_is_not_stable_is_unstable() -> None:
    claim = only("Li3PS4 is not stable against lithium metal.", "unstable_with")
    assert claim.polarity == "affirmed"


@pytest.mark.parametrize(
    ("text", "relation", "context"),
    [
        ("LiI increases the ionic conductivity of Li3PS4.", "increases", ("Li3PS4",)),
        ("LiF suppresses the dendrites in Li6PS5Cl.", "suppresses", ("Li6PS5Cl",)),
        ("LiF suppresses the dendrites.", "suppresses", ()),
        ("Disorder increases the movement of Li+.", "increases", ()),
    ],
)
def test_context(text: str, relation: str, context: tuple[str, ...]) -> None:
    assert only(text, relation).context == context


def test_evidence_is_the_shortest_run_that_holds_both() -> None:
    claim = only(
        "As was shown,^[7] the LiF layer suppresses the dendrites in every cell we made.", "suppresses"
    )
    assert claim.evidence.quote == "LiF layer suppresses the dendrites"
    assert claim.evidence.section.startswith("1")


TABLE = """**Table 1.** Ionic conductivities of sulfide electrolytes.

| Electrolyte | Conductivity (S cm^{-1}) | Preparation method | Ref. |
| --- | --- | --- | --- |
| Li3PS4 | 1.6e-4 | Liquid phase (tetrahydrofuran) | [1] |
| Li7P3S11 | 1.7e-2 | Ball milling | [2] |
"""


def test_a_table_says_how_things_were_made() -> None:
    made = {
        (claim.subject.label, claim.object.label, claim.evidence.refs)
        for claim in claims(TABLE)
        if claim.relation == "synthesized_by" and claim.object
    }
    assert ("Li7P3S11", "ball milling", (2,)) in made, made


def test_a_table_names_solvents_with_what_they_made() -> None:
    claim = only(TABLE, "used_as")
    assert "tetrahydrofuran" in claim.subject.names
    assert claim.object is not None
    assert "solvent" in claim.object.names
    assert claim.context == ("Li3PS4",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A low electronic conductivity suppresses dendrite growth.", "low electronic conductivity"),
        ("Poor ionic conductivity limits the rate capability.", "poor ionic conductivity"),
        ("A high ionic conductivity enhances the rate capability.", "ionic conductivity"),
    ],
)
def test_what_acts_by_being_low_is_not_the_property_as_such(text: str, name: str) -> None:
    claim = claims(text)[0]
    assert claim.subject.names[0] == name
    assert claim.subject.iri == thing_iri(name)
