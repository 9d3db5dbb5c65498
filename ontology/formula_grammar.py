"""The grammar of a written chemical formula: symbols, amounts with variables, groups, coefficients, charges.

Amounts are linear expressions over exact fractions, so that 75Li2S-25P2S5 and Li3PS4 meet without rounding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from ontology.data_files import read_yaml

#: A linear expression: variable name (``""`` for the constant) to its factor, sorted by name.
Amount = tuple[tuple[str, Fraction], ...]
#: Symbol to amount, in the order written.
Amounts = dict[str, Amount]

_CHARACTERS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₓ⁺⁻‐‑‒–—−•⋅∙・", "0123456789+-()x+-------····")
#: Brackets within brackets; deeper ones are no formula.
_DEEPEST = 4
ONE: Amount = (("", Fraction(1)),)


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a formula: coefficient, amounts by symbol, charge (0 for none), its text."""

    coefficient: Amount
    amounts: tuple[tuple[str, Amount], ...]
    charge: int
    text: str


@cache
def formula_data() -> Mapping[str, Any]:
    """The tables of formula.yaml; space-separated lists are split."""
    raw = read_yaml(Path(__file__).with_name("formula.yaml"))
    lists = ("elements", "nonmetals", "variables", "phases", "solvents", "molecules", "words", "common")
    return {
        **{name: tuple(raw[name].split()) for name in lists},
        "generic": {symbol: frozenset(members.split()) for symbol, members in raw["generic"].items()},
        "not_formulas": re.compile("|".join(f"(?:{pattern})" for pattern in raw["not_formulas"])),
    }


def unify_characters(text: str) -> str:
    """The text with subscripts, dashes and middle dots in their plain form; its length does not change."""
    return text.translate(_CHARACTERS)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled patterns of the parts of a formula."""

    symbol: re.Pattern[str]
    amount: re.Pattern[str]
    expression: re.Pattern[str]
    coefficient: re.Pattern[str]
    charge: re.Pattern[str]
    phase: re.Pattern[str]
    solvent: re.Pattern[str]


@cache
def grammar() -> Grammar:
    """The patterns built from formula.yaml."""
    data = formula_data()
    symbols = sorted((*data["elements"], *data["generic"]), key=len, reverse=True)
    variable = f"[{''.join(data['variables'])}]"
    number = r"\d+(?:\.\d+)?(?:/0*[1-9]\d*)?"
    expression = rf"(?:(?:{number})?{variable}|{number})(?:[+\-](?:{number})?{variable})*"
    solvents = "|".join(sorted(data["solvents"], key=len, reverse=True))
    return Grammar(
        symbol=re.compile("|".join(symbols)),
        amount=re.compile(
            rf"(?P<factor>{number})?\((?P<inner>{expression})\)|(?P<plain>{expression})(?![a-z])"
        ),
        expression=re.compile(rf"(?P<sign>[+\-]?)(?P<number>{number})?(?P<variable>{variable})?"),
        coefficient=re.compile(
            rf"(?:\((?P<inner>{expression})\)|(?P<plain>(?:{number})?{variable}|{number}))(?=[A-Z(\[])"
        ),
        charge=re.compile(r"\^?(?P<size>\d?)(?P<sign>[+\-])$"),
        phase=re.compile(rf"(?P<phase>{'|'.join(data['phases'])})-(?=[A-Z(\[\d])"),
        solvent=re.compile(rf"(?P<count>{number}|{variable})?(?P<name>{solvents})(?![A-Za-z])"),
    )


def add(left: Amount, right: Amount) -> Amount:
    """The sum of two amounts."""
    total = dict(left)
    for name, factor in right:
        total[name] = total.get(name, Fraction(0)) + factor
    return tuple(sorted((name, factor) for name, factor in total.items() if factor))


def times(amount: Amount, other: Amount) -> Amount:
    """The product of two amounts; a product of two variables becomes a variable of its own."""
    total: Amount = ()
    for left, factor in amount:
        for right, other_factor in other:
            name = "·".join(sorted(filter(None, (left, right))))
            total = add(total, ((name, factor * other_factor),))
    return total


def number_of(amount: Amount) -> Fraction | None:
    """The amount as a number, or None where it has a variable."""
    if any(name for name, _ in amount):
        return None
    return amount[0][1] if amount else Fraction(0)


def parse_amount(text: str) -> Amount:
    """A linear expression such as ``11-x``, ``2x`` or ``1/3``."""
    total: Amount = ()
    for match in grammar().expression.finditer(text):
        if match["number"] or match["variable"]:
            factor = Fraction(match["number"] or 1) * (-1 if match["sign"] == "-" else 1)
            total = add(total, ((match["variable"] or "", factor),))
    return total


class PartReader:
    """Reads one part of a formula from a position; ``position`` is where it stopped."""

    def __init__(self, text: str, position: int) -> None:
        self.text = text
        self.position = position
        self.sets = 0
        self.depth = 0

    def read(self) -> Part | None:
        """The part at the position, or None where no part of a formula starts there."""
        start = self.position
        coefficient = ONE
        if match := grammar().coefficient.match(self.text, start):
            coefficient = parse_amount(match["inner"] or match["plain"])
            self.position = match.end()
        amounts = self._units("")
        if not amounts:
            return None
        charge = 0
        if self.position < len(self.text) and (match := grammar().charge.match(self.text, self.position)):
            charge = int(match["size"] or 1) * (1 if match["sign"] == "+" else -1)
            self.position = match.end()
        return Part(coefficient, tuple(amounts.items()), charge, self.text[start : self.position])

    def _units(self, closing: str) -> Amounts | None:
        amounts: Amounts = {}
        first = ""
        while self.position < len(self.text):
            char = self.text[self.position]
            if char in "([":
                inner = self._group(")" if char == "(" else "]")
                if inner is None:
                    return None
                symbols = inner
            elif match := grammar().symbol.match(self.text, self.position):
                self.position = match.end()
                first = first or match[0]
                symbols = {match[0]: ONE}
            else:
                break
            factor = self._amount(first)
            for symbol, amount in symbols.items():
                amounts[symbol] = add(amounts.get(symbol, ()), times(amount, factor))
        if closing and not self.text.startswith(tuple(closing + ",/"), self.position):
            return None
        return amounts or None

    def _group(self, closing: str) -> Amounts | None:
        """A bracket: a sub-unit, or a set of substitutes that share one site, as in (Cl,Br)."""
        if self.depth == _DEEPEST:
            return None
        self.depth += 1
        self.position += 1
        members: list[Amounts] = []
        while True:
            inner = self._units(closing)
            if inner is None:
                return None
            members.append(inner)
            char = self.text[self.position]
            self.position += 1
            if char == closing:
                break
        self.depth -= 1
        if len(members) == 1:
            return members[0]
        return self._shared_site(members)

    def _shared_site(self, members: list[Amounts]) -> Amounts:
        shares: list[Amount] = []
        rest = ONE
        for _ in members[:-1]:
            self.sets += 1
            share: Amount = ((f"?{self.sets}", Fraction(1)),)
            shares.append(share)
            rest = add(rest, times(share, (("", Fraction(-1)),)))
        amounts: Amounts = {}
        for member, share in zip(members, [*shares, rest], strict=True):
            for symbol, amount in member.items():
                amounts[symbol] = add(amounts.get(symbol, ()), times(amount, share))
        return amounts

    def _amount(self, first: str) -> Amount:
        match = grammar().amount.match(self.text, self.position)
        if match is None:
            return ONE
        if match["inner"]:
            self.position = match.end()
            return times(parse_amount(match["factor"] or "1"), parse_amount(match["inner"]))
        written = match["plain"]
        following = self.text[match.end() :]
        if "-" in written and first and following.startswith(first):
            written = written.partition("-")[0]  # Li3PS4-xLiI is a mixture, not Li3PS(4-x)LiI
        elif re.fullmatch(r"\d+", written) and re.fullmatch(r"[+\-]", following) and len(written) > 1:
            written = written[:-1]  # P2S74- is the ion of charge 4-
        elif re.fullmatch(r"\d", written) and re.fullmatch(r"[+\-]", following):
            return ONE  # S2- and Ge4+: the digit belongs to the charge
        self.position += len(written)
        return parse_amount(written)


def total(parts: Iterable[Part]) -> Amounts:
    """The amounts of all parts together, each times its coefficient."""
    amounts: Amounts = {}
    for part in parts:
        for symbol, amount in part.amounts:
            amounts[symbol] = add(amounts.get(symbol, ()), times(amount, part.coefficient))
    return amounts
