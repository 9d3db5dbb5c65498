"""Formulas and quantities in text that nobody wrote for them: no error, and time in proportion to length."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.formula import find_formulas, parse_formula
from ontology.quantities import find_quantities
from ontology.units import parse_unit
from tests.growth import growth

PATTERNS = [
    "[",
    "(",
    "()",
    "[(",
    "1,2,",
    "x-",
    "S/",
    "Li2S-",
    ", A",
    "Li(1,2)",
    "(Li",
    "10-4 ",
    "1",
    "A",
    "·",
]
PIECES = [*PATTERNS, " ", "\x00", "😀", "^", "@", "5 mS/cm", "Li6PS5Cl"]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("find", [find_formulas, find_quantities])
def test_time_grows_in_proportion_to_length(find: Callable[[str], object], pattern: str) -> None:
    assert growth(find, pattern) < 10


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_pieces_in_any_order_are_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    for formula in find_formulas(text):
        assert text[formula.start : formula.end] == formula.text
    for quantity in find_quantities(text, bare=True):
        assert text[quantity.start : quantity.end] == quantity.as_written


@pytest.mark.parametrize("text", ["[" * 50_000, "(" * 50_000, "Li" * 50_000, "9" * 50_000, "coli" * 20 + "2"])
def test_what_is_far_too_long_is_no_formula_and_no_unit(text: str) -> None:
    assert parse_formula(text, any_case=True) is None
    assert parse_unit(text) is None


@pytest.mark.parametrize("text", ["10^999 S/cm", "1e999 V", "9" * 400 + " V"])
def test_a_number_beyond_every_measurement_is_no_quantity(text: str) -> None:
    assert find_quantities(text, bare=True) == []
