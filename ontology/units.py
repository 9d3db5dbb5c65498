"""Units of measurement: read a written unit, convert a value. The units themselves are in units.ttl."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pyoxigraph as ox

from ontology.data_files import any_of

_TERMS = "https://w3id.org/lithograph/ontology#"
#: The longest notation of a unit in a text, in characters.
_LONGEST = 60
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–‐‑·•⋅", "0123456789-+----   ")

#: A unit as building blocks with exponents, in the order written: (("S", 1), ("cm", -1)).
Blocks = tuple[tuple[str, int], ...]


class UnitError(ValueError):
    """A unit that is unknown, or of another dimension than expected."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its symbol in claims, its IRI (empty for a combination that has none), its Pint expression."""

    symbol: str
    iri: str
    pint: str


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The units of units.ttl: blocks by notation, known combinations by blocks, what each measures."""

    blocks: Mapping[str, Unit]
    combinations: Mapping[Blocks, Unit]
    measures: Mapping[str, str]
    pattern: re.Pattern[str]


@cache
def unit_table() -> UnitTable:
    """The units of units.ttl, read once."""
    facts: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=Path(__file__).with_name("units.ttl"), format=ox.RdfFormat.TURTLE):
        values = facts.setdefault(_text(quad.subject), {})
        values.setdefault(_text(quad.predicate).removeprefix(_TERMS), []).append(_text(quad.object))
    rows = [(iri, values) for iri, values in facts.items() if "symbol" in values]
    blocks: dict[str, Unit] = {}
    for iri, values in rows:
        symbol = values["symbol"][0]
        if not re.search(r"[/ ]", symbol):
            unit = Unit(symbol, iri, values["pint"][0])
            blocks.update(dict.fromkeys((symbol, *values.get("notation", ())), unit))
    pattern = _pattern(tuple(blocks))
    combinations: dict[Blocks, Unit] = {}
    measures: dict[str, str] = {}
    for iri, values in rows:
        symbol = values["symbol"][0]
        parsed = _blocks(symbol, pattern, blocks)
        expression = values["pint"][0] if "pint" in values else _expression(parsed, blocks)
        for notation in (symbol, *values.get("notation", ())):
            if read := _blocks(notation, pattern, blocks):
                combinations[read] = Unit(symbol, iri, expression)
        if "measures" in values:
            measures[symbol] = values["measures"][0]
    return UnitTable(blocks, combinations, measures, pattern)


def unit_at(text: str, position: int) -> tuple[Unit, int] | None:
    """The longest unit that starts at a position of a text, and where it ends; None where none starts there.

    >>> unit_at("25 mS cm-1 at room temperature", 3)[1]
    10
    """
    table = unit_table()
    plain = text[position : position + _LONGEST].translate(_SUPERSCRIPTS)
    match = table.pattern.match(plain)
    while match:
        unit = parse_unit(match[0])
        if unit:
            return unit, position + match.end()
        match = table.pattern.match(plain, 0, match.end() - 1)
    return None


@lru_cache(maxsize=1024)
def parse_unit(text: str) -> Unit | None:
    """The unit that a text names in any of the usual notations, or None.

    >>> parse_unit("mS cm^-1").symbol, parse_unit("mA h g−1").symbol, parse_unit("Mpa").symbol
    ('mS/cm', 'mAh/g', 'MPa')
    >>> parse_unit("cells") is None
    True
    """
    table = unit_table()
    plain = text.translate(_SUPERSCRIPTS).strip()
    if plain in table.blocks:
        return table.blocks[plain]
    parsed = _blocks(plain, table.pattern, table.blocks)
    if not parsed:
        return None
    known = table.combinations.get(parsed)
    if known or (len(parsed) == 1 and parsed[0][1] == 1):
        return known or table.blocks[parsed[0][0]]
    return Unit(_symbol(parsed), "", _expression(parsed, table.blocks))


def convert(value: float, unit: Unit | str, *, to: Unit | str) -> float:
    """The value in another unit; temperatures with their offset.

    Raises UnitError where a unit is unknown or the two measure different things.

    >>> convert(8.6, "mS/cm", to="S/cm"), round(convert(773, "K", to="degC"), 2)
    (0.0086, 499.85)
    """
    factor, offset = _linear(_known(unit), _known(to))
    return float(f"{value * factor + offset:.12g}")


def same_dimension(unit: Unit | str, other: Unit | str) -> bool:
    """Whether values can be converted from one unit to the other."""
    return _dimensions(_known(unit)) == _dimensions(_known(other))


@cache
def _dimensions(unit: Unit) -> str:
    registry, _ = _registry()
    return str(registry.parse_expression(unit.pint).dimensionality)


def _known(unit: Unit | str) -> Unit:
    if isinstance(unit, Unit):
        return unit
    found = parse_unit(unit)
    if found is None:
        raise UnitError(
            f"{unit!r} is no known unit; write it like S/cm, mAh/g or degC, or add it to units.ttl"
        )
    return found


@cache
def _linear(unit: Unit, to: Unit) -> tuple[float, float]:
    """Factor and offset of the conversion, which is linear for every unit here."""
    if unit.pint == to.pint:
        return 1.0, 0.0
    registry, errors = _registry()
    try:
        try:
            ratio = registry.parse_expression(unit.pint) / registry.parse_expression(to.pint)
            return float(ratio.to("dimensionless").magnitude), 0.0
        except errors.OffsetUnitCalculusError:
            zero, hundred = (registry.Quantity(start, unit.pint).to(to.pint).magnitude for start in (0, 100))
    except errors.PintError as problem:
        expected = f"{to.symbol}: expected a unit of {_measured(to)}"
        raise UnitError(f"cannot convert {unit.symbol} ({_measured(unit)}) to {expected}") from problem
    offset = float(zero)
    return (float(hundred) - offset) / 100, offset


@cache
def _registry() -> tuple[Any, ModuleType]:
    import pint  # noqa: PLC0415  (takes half a second, and most runs convert nothing)

    return pint.UnitRegistry(), pint.errors


def _measured(unit: Unit) -> str:
    """What a unit measures, in words."""
    table = unit_table()
    if unit.symbol in table.measures:
        return table.measures[unit.symbol]
    dimensions = _dimensions(unit)
    for symbol, name in table.measures.items():
        other = parse_unit(symbol)
        if other and _dimensions(other) == dimensions:
            return name
    return dimensions


def _pattern(notations: tuple[str, ...]) -> re.Pattern[str]:
    """Blocks with exponents; without a space or sign between two blocks the second must have an exponent."""
    block = _any_block(tuple(notation for notation in notations if notation != "1"))
    # a bare positive power belongs to a length only: 5 cm2, but 2 S2 is a formula
    power = r"(?:\^?\([-+]?\d\)|\^[-+]?\d|[-+]\d| -\d|(?<=[mÅ])[23])(?!\.?\d)"
    below = rf" ?/ ?(?:\({block}(?:{power})?\)|{block}(?:{power})?)"
    spaced = rf"(?:{below}| {block}{power})(?![A-Za-z0-9])"
    glued = rf"{block}{power}(?![A-Za-z0-9])"
    return re.compile(rf"{block}(?:{power})?(?:(?![A-Za-z0-9])|(?={glued}))(?:{spaced}|{glued})*")


_FACTOR = r"(?P<slash> ?/ ?\(?)?(?P<block>{block})(?:\^?\(?(?P<power>[-+]?\d)\)?| ?(?P<far>-\d))?\)?"


@cache
def _factor_pattern(notations: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_FACTOR.replace("{block}", _any_block(notations)))


def _any_block(notations: tuple[str, ...]) -> str:
    return f"(?:{any_of(notations)})"


def _blocks(text: str, pattern: re.Pattern[str], blocks: Mapping[str, Unit]) -> Blocks:
    """The building blocks of a written unit, by their symbols; empty where the text is no unit."""
    if text != "1" and not pattern.fullmatch(text):
        return ()
    found: list[tuple[str, int]] = []
    below = False
    for match in _factor_pattern(tuple(blocks)).finditer(text):
        below = below or match["slash"] is not None
        power = int(match["power"] or match["far"] or 1)
        found.append((blocks[match["block"]].symbol, -abs(power) if below else power))
    return tuple(found)


def _expression(parsed: Blocks, blocks: Mapping[str, Unit]) -> str:
    # in a rate a degree is a difference: Pint refuses an offset unit there
    factors = (f"({blocks[symbol].pint}) ** {power}" for symbol, power in parsed)
    return " * ".join(factor.replace("(degree_", "(delta_degree_") for factor in factors)


def _symbol(parsed: Blocks) -> str:
    above = [f"{symbol}{power if power != 1 else ''}" for symbol, power in parsed if power > 0]
    below = [f"{symbol}{-power if power != -1 else ''}" for symbol, power in parsed if power < 0]
    return "/".join([" ".join(above) or "1", *below])


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
