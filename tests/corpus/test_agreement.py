"""The measure itself: which facts count as the same, and how they are counted."""

import pytest

from kg.model import Claim, Entity, Evidence, Quantity
from tests.corpus.agreement import Agreement, agrees

EVIDENCE = Evidence(document="d", start=0, end=1, quote="x")


def measured(
    name: str, value: float, value_max: float | None = None, *, also: str = "", key: str = "voltage"
) -> Claim:
    names = (name, also) if also else (name,)
    quantity = Quantity(value, "V", value_max)
    return Claim(subject=Entity(names, "Material"), relation=key, quantity=quantity, evidence=EVIDENCE)


def related(subject: str, relation: str, thing: str, *, denied: bool = False) -> Claim:
    return Claim(
        subject=Entity((subject,), "Material"),
        relation=relation,
        object=Entity((thing,), "Material"),
        polarity="negated" if denied else "affirmed",
        evidence=EVIDENCE,
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (measured("Li7P3S11", 0.0032), measured("Li₇P₃S₁₁ glass-ceramic", 0.00321, also="Li7P3S11"), True),
        (measured("Li7P3S11", 0.0032), measured("Li7P3S11", 0.0037), False),
        (measured("Li7P3S11", 0.0032), measured("Li3PS4", 0.0032), False),
        (measured("Li3PS4", 1.7, 2.3), measured("Li3PS4", 1.7), False),
        (measured("Li3PS4", 2.1), measured("Li3PS4", 2.1, key="electrochemical_window"), False),
        (
            related("LiI", "suppresses", "lithium dendrites"),
            related("LiI", "suppresses", "Li dendrite"),
            True,
        ),
        (related("LiI", "suppresses", "dendrites"), related("LiI", "promotes", "dendrites"), False),
        (related("LiI", "suppresses", "voids"), related("LiI", "suppresses", "voids", denied=True), False),
        (related("LiI", "suppresses", "voids"), related("LiI", "suppresses", "cracks"), False),
    ],
)
def test_facts_agree_when_they_say_the_same(one: Claim, other: Claim, same: bool) -> None:
    assert agrees(one, other) is same


def test_facts_are_matched_one_to_one_and_repetition_does_not_count() -> None:
    agreement = Agreement()
    said = related("LiI", "suppresses", "dendrites")
    other, invented = related("LiF", "suppresses", "dendrites"), related("LiI", "suppresses", "voids")
    agreement.add([said, said, other], [said, invented])
    assert (agreement.annotated.total(), agreement.extracted.total(), agreement.shared.total()) == (2, 2, 1)
    assert agreement.f1 == pytest.approx(0.5)
