"""Reaction equations in running text."""

import pytest

from tests.extract.relation_helpers import says, triples


@pytest.mark.parametrize(
    ("text", "reactant", "products"),
    [
        ("Calculations give Li3PS4 + 8Li → 4Li2S + Li3P.", "Li3PS4", ("Li2S", "Li3P")),
        ("They give Li6PS5I + 8 Li → 5 Li2S + Li3P + LiI.", "Li6PS5I", ("Li2S", "Li3P", "LiI")),
        ("The balance Li4SnS4 + 12 Li -> 4 Li2S + 2 Li2S + Sn was written down.", "Li4SnS4", ("Li2S", "Sn")),
    ],
)
def test_what_the_reactant_becomes(text: str, reactant: str, products: tuple[str, ...]) -> None:
    for product in products:
        assert says(text, reactant, "decomposes_to", product), triples(text)
