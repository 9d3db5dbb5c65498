"""What a formula says that a reasoner can use: elements, mobile ion, anion framework, ratios of amounts."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.composition import composition_sets
from ontology.formula import Formula


@dataclass(frozen=True, slots=True)
class Descriptors:
    """The facts of formulas.ttl about one composition; None or empty where the formula leaves them open."""

    elements: tuple[str, ...]
    mobile_ion: str
    main_anion: str
    anions_per_formula: float
    anions_per_centre: float | None
    anions_per_large_cation: float | None


def describe_formula(formula: Formula) -> Descriptors | None:
    """The descriptors of a compound whose amounts are numbers; None for families, ions, elements, no anion.

    >>> from ontology.formula import parse_formula
    >>> found = describe_formula(parse_formula("Li5.3PS4.3Cl1.7"))
    >>> (found.mobile_ion, found.main_anion, found.anions_per_centre)
    ('Li', 'S', 6.0)
    >>> describe_formula(parse_formula("Li6PS5X")) is None
    True
    """
    if formula.generic or formula.kind not in ("compound", "mixture"):
        return None
    amounts = {symbol: amount for symbol, amount in formula.elements.items() if amount}
    sets = composition_sets()
    alkali = {symbol: amount for symbol, amount in amounts.items() if symbol in sets["ALKALI"]}
    anions = {symbol: amount for symbol, amount in amounts.items() if symbol in sets["ANION"]}
    if not alkali or not anions:
        return None
    total = sum(anions.values())
    return Descriptors(
        elements=tuple(sorted(amounts)),
        mobile_ion=max(alkali, key=lambda symbol: alkali[symbol]),
        main_anion=max(anions, key=lambda symbol: anions[symbol]),
        anions_per_formula=round(total, 4),
        anions_per_centre=_per(total, amounts, sets["CENTRE"]),
        anions_per_large_cation=_per(total, amounts, sets["A_SITE"]),
    )


def _per(total: float, amounts: dict[str, float], symbols: frozenset[str]) -> float | None:
    below = sum(amount for symbol, amount in amounts.items() if symbol in symbols)
    return round(total / below, 4) if below else None
