"""Formulas typed without capitals, as people type them into a question: li6ps5cl, 70LI2S-30P2S5."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from ontology.formula_grammar import formula_data

#: More readings than this are not a formula that anybody typed.
_MOST_READINGS = 2000
#: A run of more letters than this is no formula; the number of its readings can double with each letter.
_MOST_LETTERS = 16


def restore_case(written: str) -> str:
    """The most plausible spelling with capitals, or an empty string.

    Plausible is: a common formula; else one with a nonmetal, no symbol twice and the fewest symbols. A text
    without digits is restored only where it is a common formula: most words can be spelt with symbols.

    >>> restore_case("li10gep2s12"), restore_case("li2co3"), restore_case("cells")
    ('Li10GeP2S12', 'Li2CO3', '')
    """
    common = _common().get(written.casefold())
    if common:
        return common
    if not re.search(r"\d", written) or re.search(r"[^\w().,\-+·@]", written):
        return ""
    pieces = re.split(r"([A-Za-z]+)", written)
    if max(map(len, pieces[1::2]), default=0) > _MOST_LETTERS:
        return ""
    choices = [_readings(piece.casefold()) if piece.isalpha() else ((piece,),) for piece in pieces]
    count = 1
    for choice in choices:
        count *= len(choice)
    if not 0 < count <= _MOST_READINGS:
        return ""
    best = min(product(*choices), key=_cost)
    return "".join(symbol for reading in best for symbol in reading)


@cache
def _common() -> dict[str, str]:
    return {formula.casefold(): formula for formula in formula_data()["common"]}


@cache
def _symbols() -> dict[str, str]:
    data = formula_data()
    return {symbol.casefold(): symbol for symbol in (*data["generic"], *data["elements"])}


@cache
def _readings(letters: str) -> tuple[tuple[str, ...], ...]:
    """All ways to spell a run of letters with symbols."""
    if not letters:
        return ((),)
    found: list[tuple[str, ...]] = []
    for size in (1, 2):
        symbol = _symbols().get(letters[:size])
        if symbol and len(letters) >= size:
            found.extend((symbol, *rest) for rest in _readings(letters[size:]))
    return tuple(found)


def _cost(reading: tuple[tuple[str, ...], ...]) -> tuple[int, int, int, int]:
    data = formula_data()
    symbols = [symbol for run in reading for symbol in run if symbol.isalpha()]
    generic = sum(symbol in data["generic"] and symbol != "X" for symbol in symbols)
    no_nonmetal = not any(symbol in data["nonmetals"] or symbol in data["generic"] for symbol in symbols)
    return generic, int(no_nonmetal), len(symbols) - len(set(symbols)), len(symbols)
