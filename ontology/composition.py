"""The class of a material by its composition, for formulas that are no named compound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ontology.data_files import read_yaml
from ontology.formula import Formula
from ontology.formula_grammar import Amount, add, number_of

Symbols = frozenset[str]

#: Amounts that differ by less than this share are one amount: 0.33 is a third.
_ROUNDING = 0.03


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of composition.yaml, with its sets of symbols spelt out."""

    name: str
    all: tuple[Symbols, ...]
    none: Symbols
    only: Symbols
    kinds: frozenset[str]
    ratios: tuple[tuple[Symbols, Symbols, float, float], ...]
    amount: tuple[Symbols, float, float] | None
    parts: tuple[float, float] | None

    def holds(self, formula: Formula) -> bool:
        """Whether the formula satisfies every condition of the rule."""
        symbols = {symbol for symbol, _ in formula.amounts}
        if not all(symbols & wanted for wanted in self.all) or symbols & self.none:
            return False
        if (self.only and not symbols <= self.only) or (self.kinds and formula.kind not in self.kinds):
            return False
        if self.parts and not self.parts[0] <= len(formula.components) <= self.parts[1]:
            return False
        if self.amount and not _within(_sum(formula, self.amount[0]), *self.amount[1:]):
            return False
        return all(
            _within(_quotient(_sum(formula, above), _sum(formula, below)), low, high)
            for above, below, low, high in self.ratios
        )


@lru_cache(maxsize=4096)
def class_by_composition(formula: Formula) -> str:
    """The local name of the class that a formula's composition puts it in; empty where no rule holds.

    >>> from ontology.formula import parse_formula
    >>> [class_by_composition(parse_formula(text)) for text in ("Li5.3PS4.3Cl1.7", "Li6.3La3Zr1.3Ta0.7O12")]
    ['ArgyroditeElectrolyte', 'GarnetElectrolyte']
    """
    if formula.kind in ("ion", "element", "composite"):
        return ""
    return next((rule.name for rule in composition_rules() if rule.holds(formula)), "")


@cache
def composition_rules() -> tuple[Rule, ...]:
    """The rules of composition.yaml, in order."""
    return tuple(_rule(raw, composition_sets()) for raw in _data()["rules"])


@cache
def composition_sets() -> Mapping[str, Symbols]:
    """The named sets of symbols of composition.yaml."""
    return {name: frozenset(members.split()) for name, members in _data()["sets"].items()}


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("composition.yaml"))
    return data


def _rule(raw: Mapping[str, Any], sets: Mapping[str, Symbols]) -> Rule:
    def spelt(words: str) -> Symbols:
        return frozenset(symbol for word in words.split() for symbol in sets.get(word, {word}))

    amount, parts, ratios = raw.get("amount"), raw.get("parts"), raw.get("ratio", [])
    if ratios and isinstance(ratios[0], str):
        ratios = [ratios]
    return Rule(
        name=raw["class"],
        all=tuple(spelt(words) for words in raw.get("all", ())),
        none=spelt(raw.get("none", "")),
        only=spelt(raw.get("only", "")),
        kinds=frozenset(raw.get("kind", ())),
        ratios=tuple((spelt(above), spelt(below), low, high) for above, below, low, high in ratios),
        amount=(spelt(amount[0]), amount[1], amount[2]) if amount else None,
        parts=(parts[0], parts[1]) if parts else None,
    )


def nearly_equal(one: Formula, other: Formula) -> bool:
    """Whether two formulas are of one composition and charge, in proportion and up to rounding.

    >>> from ontology.formula import parse_formula
    >>> pairs = ("P4S10", "P2S5"), ("LiNi0.33Mn0.67O2", "LiNi1/3Mn2/3O2"), ("Ti3+", "Ti4+"), ("LiP5", "LiP7")
    >>> [nearly_equal(*map(parse_formula, pair)) for pair in pairs]
    [True, True, False, False]
    """
    if one.key == other.key:
        return True
    left = {symbol: amount for symbol, amount in one.elements.items() if amount}
    right = {symbol: amount for symbol, amount in other.elements.items() if amount}
    if "ion" in (one.kind, other.kind) or one.generic or other.generic or not left or set(left) != set(right):
        return False
    ratio = sum(left.values()) / sum(right.values())
    return all(abs(left[symbol] - ratio * right[symbol]) <= _ROUNDING * left[symbol] for symbol in left)


def _sum(formula: Formula, symbols: Iterable[str]) -> float | None:
    """The total amount of some symbols, None where variables do not cancel: 5-y of S and 1+y of Cl are 6."""
    total: Amount = ()
    for symbol, amount in formula.amounts:
        if symbol in symbols:
            total = add(total, amount)
    number = number_of(total)
    return None if number is None else float(number)


def _quotient(above: float | None, below: float | None) -> float | None:
    return above / below if above and below else None


def _within(number: float | None, low: float, high: float) -> bool:
    return number is not None and low <= number <= high
