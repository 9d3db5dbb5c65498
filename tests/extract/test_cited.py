"""A claim cites whom its own words cite, and not whom the other members of a list cite."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_claims
from extract.readers import read_text

LISTED = """# Additives

Sb2O5 [1], other oxides (ZnO and MgO) [2] and LiI [3,4] suppress dendrite growth in the pellets.

Al2O3,[2] LiBr,[4] and MgO [1,2] suppress dendrite growth in the pellets.

Li3N, LiF and LiI suppress dendrite growth in the pellets [1,3].

Whereas Li3PO4 [1] was tried early, LiBr [3] suppresses dendrite growth, like the halides [2], in the pellets.

# References

1. A. Anders, B. Berg, J. Power Sources 2015, 10, 100.
2. C. Clark, D. Dahl, Adv. Mater. 2016, 11, 200.
3. E. Ernst, F. Falk, Nano Energy 2017, 12, 300.
4. G. Groth, H. Holm, Chem. Mater. 2018, 13, 400.
"""


@pytest.fixture(scope="module")
def cited() -> dict[tuple[str, int], tuple[int, ...]]:
    """The references of each claim, by the name of its subject and the paragraph that it stands in."""
    document = read_text(LISTED, source="listed.md")
    claims = [claim for claim in extract_claims(document) if claim.relation == "suppresses"]
    return {
        (claim.subject.names[0], LISTED[: claim.evidence.start].count("\n\n")): claim.evidence.refs
        for claim in claims
    }


@pytest.mark.parametrize(("name", "refs"), [("Sb2O5", (1,)), ("LiI", (3, 4)), ("ZnO", (2,)), ("MgO", (2,))])
def test_each_member_of_a_list_cites_what_stands_behind_it(
    cited: dict[tuple[str, int], tuple[int, ...]], name: str, refs: tuple[int, ...]
) -> None:
    assert cited[name, 1] == refs


def test_a_marker_may_follow_the_comma(cited: dict[tuple[str, int], tuple[int, ...]]) -> None:
    assert [cited[name, 2] for name in ("Al2O3", "LiBr", "MgO")] == [(2,), (4,), (1, 2)]


def test_what_stands_behind_other_names_of_the_sentence_is_not_cited(
    cited: dict[tuple[str, int], tuple[int, ...]],
) -> None:
    assert cited["LiBr", 4] == (3,)


@pytest.mark.parametrize("name", ["Li3N", "LiF"])
def test_what_stands_behind_a_whole_list_is_cited_for_each_member(
    cited: dict[tuple[str, int], tuple[int, ...]], name: str
) -> None:
    assert cited[name, 3] == (1, 3)
