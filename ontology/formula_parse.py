"""Chemical formulas: what a written formula is made of, and when two of them mean one composition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import gcd, lcm
from typing import Literal

from ontology.formula_grammar import (
    ONE,
    Amount,
    Part,
    PartReader,
    formula_data,
    grammar,
    number_of,
    parse_amount,
    total,
    unify_characters,
)
from ontology.formula_linear import consistent

#: The longest text that is taken for a formula, in characters.
LONGEST = 120
#: How far beyond the place where reading stops its decisions can depend on the text.
_LOOK_AHEAD = 8

Kind = Literal["element", "compound", "ion", "mixture", "alloy", "system", "composite", "solvate"]


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula.

    ``amounts`` are exact linear expressions by symbol over the whole formula; ``components`` are the parts of
    a mixture, composite or solvate with their coefficients; ``key`` is equal for equal compositions (also of
    a mixture and the compound it makes) and, where amounts vary, for formulas written alike.
    """

    text: str
    canonical: str
    kind: Kind
    phase: str
    charge: int
    amounts: tuple[tuple[str, Amount], ...]
    components: tuple[tuple[Amount, str], ...]
    key: str

    @property
    def elements(self) -> Mapping[str, float | None]:
        """Amount by element (or generic symbol), None where it varies."""
        numbers = {symbol: number_of(amount) for symbol, amount in self.amounts}
        return {symbol: None if number is None else float(number) for symbol, number in numbers.items()}

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables written in the formula, sorted."""
        names = {part for _, amount in self.amounts for name, _ in amount for part in name.split("·")}
        return tuple(sorted(name for name in names if name and not name.startswith("?")))

    @property
    def generic(self) -> bool:
        """Whether the formula stands for a family: a variable, a generic symbol or a set of substitutes."""
        stand_ins = formula_data()["generic"]
        return any(symbol in stand_ins or number_of(amount) is None for symbol, amount in self.amounts)

    @property
    def hill(self) -> str:
        """Symbols in alphabetical order with their amounts, as far as these are numbers."""
        return "".join(f"{symbol}{_plain(amount)}" for symbol, amount in sorted(self.amounts))

    def matches(self, other: Formula) -> bool:
        """Whether the two can mean one composition: equal keys, or one is a member of the other's family.

        >>> parse_formula("Li6PS5X").matches(parse_formula("Li6PS5Cl"))
        True
        >>> parse_formula("Li11-xM2-xP1+xS12").matches(parse_formula("Li10GeP2S12"))
        True
        >>> parse_formula("Li6PS5X").matches(parse_formula("Li6PS5F0.5"))
        False
        """
        if self.key == other.key:
            return True
        if self.kind == "composite" or other.kind == "composite" or self.generic == other.generic:
            return False
        family, member = (self, other) if self.generic else (other, self)
        return _is_member(dict(family.amounts), dict(member.amounts))


@lru_cache(maxsize=4096)
def parse_formula(text: str, *, any_case: bool = False) -> Formula | None:
    """The formula that the whole text spells, or None; ``any_case`` reads ``li6ps5cl`` too, for questions.

    >>> parse_formula("75Li2S-25P2S5").key == parse_formula("Li3PS4").key
    True
    >>> parse_formula("li6ps5cl", any_case=True).canonical
    'Li6PS5Cl'
    >>> parse_formula("PVP") is None
    True
    """
    written = re.sub(r"\s+", "", unify_characters(text)).replace("*", "·")
    formula = _parse(written, text) if _may_be_formula(written) else None
    if formula is None and any_case:
        from ontology.formula_case import restore_case  # noqa: PLC0415  (needed for questions only)

        restored = restore_case(written)
        formula = _parse(restored, text) if restored else None
    return formula


def _may_be_formula(written: str) -> bool:
    data = formula_data()
    if not 0 < len(written) <= LONGEST or data["not_formulas"].fullmatch(written):
        return False
    if re.search(r"\d", written) or written in data["common"] or written in data["elements"]:
        return True
    symbols = re.findall(r"[A-Z][a-z]?", written)
    joined_or_charged = "+" in written or "-" in written
    return joined_or_charged or (len(symbols) > 1 and any(len(symbol) == 2 for symbol in symbols))


def readable(text: str) -> int:
    """An upper bound of the length of a formula at the start of a text, for searches that try one by one.

    >>> readable("Li2S/electrolyte/graphite"), readable("[" * 100)
    (12, 12)
    """
    if " " in text:
        return len(text)
    return min(len(text), _read_parts(text)[2] + _LOOK_AHEAD)


def _read_parts(written: str) -> tuple[list[Part], list[str], int]:
    """The parts at the start of a text, the signs that join them, and where reading stopped."""
    parts: list[Part] = []
    joiners: list[str] = []
    match = grammar().phase.match(written)
    position = match.end() if match else 0
    while True:
        part, position = _next_part(written, position, joiners)
        if part is None:
            return parts, joiners, position
        parts.append(part)
        if position == len(written) or written[position] not in "-·@":
            return parts, joiners, position
        joiners.append(written[position])
        position += 1


def _parse(written: str, text: str) -> Formula | None:
    match = grammar().phase.match(written)
    phase = match["phase"] if match else ""
    parts, joiners, position = _read_parts(written)
    if position < len(written) or len(parts) != len(joiners) + 1:
        return None
    kind = _kind(parts, joiners)
    if kind is None or not _plausible(parts):
        return None
    coefficients = any(part.text[0] in "(0123456789xyz" for part in parts)
    if kind == "mixture" and "·" not in joiners and not coefficients:
        parts = [replace(part, coefficient=((f"?c{i}", Fraction(1)),)) for i, part in enumerate(parts)]
    amounts = total(part for part in parts if part.amounts)
    canonical = (f"{phase}-" if phase else "") + _canonical(parts, joiners, kind)
    return Formula(
        text=text,
        canonical=canonical,
        kind=kind,
        phase=phase,
        charge=parts[0].charge if kind == "ion" else 0,
        amounts=tuple(amounts.items()),
        components=tuple((part.coefficient, part.text) for part in parts) if joiners else (),
        key=_key(parts, kind, amounts),
    )


def _next_part(written: str, position: int, joiners: list[str]) -> tuple[Part | None, int]:
    if joiners and joiners[-1] == "·" and (match := grammar().solvent.match(written, position)):
        return Part(parse_amount(match["count"] or "1"), (), 0, match["name"]), match.end()
    reader = PartReader(written, position)
    part = reader.read()
    return part, reader.position


def _kind(parts: list[Part], joiners: list[str]) -> Kind | None:
    nonmetals = formula_data()["nonmetals"]
    simple = [len(part.amounts) == 1 for part in parts]
    charged = [bool(part.charge) for part in parts]
    if any(charged):
        metal = any(symbol not in nonmetals for symbol, _ in parts[0].amounts)
        marked = "^" in parts[0].text or parts[0].text.startswith("[")
        negative_salt = parts[0].charge < 0 and metal and not marked
        return None if joiners or negative_salt else "ion"
    if not joiners:
        return "element" if simple[0] else "compound"
    if "@" in joiners:
        return "composite"
    if any(not part.amounts for part in parts):
        return "solvate"
    if all(simple):
        bare = all(part.amounts[0][1] == ONE for part in parts)
        metals = all(part.amounts[0][0] not in nonmetals for part in parts)
        return ("alloy" if metals else "system" if len(parts) > 2 else None) if bare else None
    return "mixture" if not any(simple) or "·" in joiners else None


def _plausible(parts: list[Part]) -> bool:
    """Whether the symbols and amounts can be a substance: a generic symbol needs an element beside it."""
    data = formula_data()
    for part in parts:
        if len(part.amounts) > 1 and all(symbol in data["generic"] for symbol, _ in part.amounts):
            return False
        if any((number := number_of(amount)) is not None and number >= 300 for _, amount in part.amounts):
            return False
    return True


def _canonical(parts: list[Part], joiners: list[str], kind: Kind) -> str:
    if not joiners:
        return re.sub(r"^\d+(?:\.\d+)?(?=[A-Z(\[])", "", _tidy(parts[0].text))
    joined = "·" if kind == "solvate" else "@" if kind == "composite" else "-"
    texts = [_tidy(part.text) if part.amounts else _plain(part.coefficient) + part.text for part in parts]
    return joined.join(texts)


def _tidy(text: str) -> str:
    """The part without ``.0`` and without amounts of exactly 1, as Li7.0Bi1.0O6.0 has them."""
    text = re.sub(r"(\d)\.0+(?![\d])", r"\1", text)
    return re.sub(r"(?<=[A-Za-z)\]])1(?![\d.+\-/A-Za-z]*[+\-][\dxyz])(?![\d./])(?=[A-Z(\[]|$)", "", text)


def _key(parts: list[Part], kind: Kind, amounts: Mapping[str, Amount]) -> str:
    if kind == "composite":
        return "@".join(_composition(dict(part.amounts)) for part in parts)
    if kind == "system":
        return "-".join(sorted(amounts))
    if kind == "mixture" and parts[0].coefficient[0][0].startswith("?"):
        return "-".join(sorted(_composition(dict(part.amounts)) for part in parts))
    composition = _composition(amounts)
    adducts = "".join(f"·{_plain(part.coefficient)}{part.text}" for part in parts if not part.amounts)
    charge = f"^{parts[0].charge:+d}" if kind == "ion" else ""
    return composition + adducts + charge


def _composition(amounts: Mapping[str, Amount]) -> str:
    """Symbols in alphabetical order with the smallest whole numbers in the same proportion."""
    numbers = [number for amount in amounts.values() if (number := number_of(amount)) is not None]
    if len(numbers) < len(amounts):
        return "".join(f"{symbol}[{_plain(amount)}]" for symbol, amount in sorted(amounts.items()))
    denominator = lcm(*(number.denominator for number in numbers))
    divisor = gcd(*(int(number * denominator) for number in numbers)) or 1
    ratio = Fraction(denominator, divisor)
    if set(amounts) <= set(formula_data()["elements"]) and len(amounts) == 1:
        return f"{next(iter(amounts))}{_plain(next(iter(amounts.values())))}"
    shares = dict(zip(amounts, numbers, strict=True))
    return "".join(f"{symbol}{_digits(share * ratio)}" for symbol, share in sorted(shares.items()))


def _plain(amount: Amount) -> str:
    if len(amount) == 1 and not amount[0][0]:
        return _digits(amount[0][1])
    terms = [f"{_digits(factor)}{name}" if name else f"{float(factor):.10g}" for name, factor in amount]
    return "+".join(terms).replace("+-", "-").replace("-1", "-")


def _digits(number: Fraction) -> str:
    return "" if number == 1 else f"{float(number):.10g}"


def _is_member(family: Mapping[str, Amount], member: Mapping[str, Amount]) -> bool:
    """Whether values of the family's variables and generic symbols give the member's composition."""
    generic = formula_data()["generic"]
    stand_ins = [symbol for symbol in family if symbol in generic]
    free = [symbol for symbol in member if symbol not in family]
    if free and not stand_ins:
        return False
    for choice in product(stand_ins, repeat=len(free)) if stand_ins else [()]:
        places = dict(zip(free, choice, strict=True))
        if set(choice) != set(stand_ins):
            continue
        if any(generic[stand_in] and symbol not in generic[stand_in] for symbol, stand_in in places.items()):
            continue
        found: dict[str, Fraction] = dict.fromkeys(family, Fraction(0))
        for symbol, amount in member.items():
            found[places.get(symbol, symbol)] += number_of(amount) or Fraction(0)
        equations = [(dict(amount), found[symbol]) for symbol, amount in family.items()]
        if consistent(equations):
            return True
    return False
