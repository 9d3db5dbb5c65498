"""Who is meant by a pronoun, a general noun with "this", or "which"."""

import pytest

from tests.extract.relation_helpers import says, triples


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        # general nouns
        (
            "Li6PS5Cl was pressed with carbon. This electrolyte suppresses the dendrites.",
            ("Li6PS5Cl", "suppresses", "dendrites"),
        ),
        (
            "LiNbO3 was deposited on LiCoO2. The coating suppresses the side reactions.",
            ("LiNbO3", "suppresses", "side reactions"),
        ),
        (
            "LiI and LiBr were added. These additives increase the ionic conductivity.",
            ("LiBr", "increases", "ionic conductivity"),
        ),
        (
            "The milling was repeated. This process increases the ionic conductivity.",
            ("milling", "increases", "ionic conductivity"),
        ),
        # a general noun with its name behind it
        (
            "Oxygen was put into the Li2S-P2S5 system. The product, Li3PS3O, suppresses the dendrites.",
            ("Li3PS3O", "suppresses", "dendrites"),
        ),
        # "it" is what was called a conductor
        ("Li3PO4 is a poor conductor. It suppresses the dendrites.", ("Li3PO4", "suppresses", "dendrites")),
        # pronouns
        ("LiF was added. It suppresses the dendrites.", ("LiF", "suppresses", "dendrites")),
        ("LiF and LiI were added. They suppress the dendrites.", ("LiI", "suppresses", "dendrites")),
        # the subject of the clause before, however many names stand between
        (
            "The LiF layer between lithium metal and Li6PS5Cl is dense, because it suppresses the dendrites.",
            ("LiF", "suppresses", "dendrites"),
        ),
        # relative clauses
        ("A film of LiF was used, which suppresses the dendrites.", ("LiF", "suppresses", "dendrites")),
        (
            "The sulfides are unstable against lithium metal which form a conductive interphase.",
            ("sulfides", "forms", "conductive interphase"),
        ),
        (
            "Voids grow at the interface during cycling, which increases the resistance.",
            ("voids", "increases", "resistance"),
        ),
        (
            "Imaging of the Li-In electrode revealed voids during cycling, which led to contact loss.",
            ("voids", "promotes", "contact loss"),
        ),
        # a subject that only describes another thing is not what "it" goes on with
        (
            "They described the interphase that Li3PS4 forms with carbon. It raises the resistance.",
            ("interphase", "increases", "resistance"),
        ),
        (
            "Most of the interphase is formed by oxidation of the electrolyte, and it raises the resistance.",
            ("interphase", "increases", "resistance"),
        ),
        # whose
        (
            "Li7P3S11 is dense. Its structure consists of PS4 tetrahedra.",
            ("Li7P3S11", "composed_of", "PS4 tetrahedra"),
        ),
        # shares of a group
        ("Most of the argyrodites react with water.", ("argyrodites", "unstable_with", "water")),
    ],
)
def test_antecedent(text: str, claim: tuple[str, str, str]) -> None:
    assert says(text, *claim), triples(text)


def test_a_thing_is_not_part_of_itself() -> None:
    text = "The batteries employing the composite as cathode failed."
    assert not [claim for claim in triples(text) if "batter" in claim[0]]


@pytest.mark.parametrize(
    "text",
    [
        "The sulfides were dry. They adopted LiI to increase the conductivity.",
        "The sulfides were dry. It is known that dendrites grow.",
        "The sulfides were dry. This kind of storage is slow, because it creates stress.",
        "To raise the rates of the sulfides and oxides, several ways are known, which mainly lower stress.",
    ],
)
def test_nobody_is_meant(text: str) -> None:
    assert not any("sulfides" in subject for subject, _, _ in triples(text)), triples(text)
