"""Two accounts of one source: what a document copies from a cited work in two places must agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.conditions import Compared, differing, of_the_sample, shares_source
from kg.model import Claim, Entity
from kg.things import composition
from ontology.data_files import read_yaml
from ontology.formula import Formula, find_formulas, parse_formula


def two_accounts(claims: Iterable[Claim], known: Mapping[str, Compared]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs of measurements in which a document tells of one cited source in two ways, lower first.

    It gives two values, or two ways of making for one value. One account stands in the text and one in a
    table, or both in different tables: one of the two was copied wrongly, or the source has two samples.
    ``known`` are the conditions of each claim by id. A pair of values is told once.
    """
    told: set[object] = set()
    for group in _of_one_substance(claims):
        for one, other in combinations(sorted(group, key=_value), 2):
            pair = (substance(one.subject), one.relation, frozenset((_value(one), _value(other))))
            if pair not in told and _stand_apart(one, other) and _differ(one, other, known):
                told.add(pair)
                yield one, other


def _of_one_substance(claims: Iterable[Claim]) -> Iterator[Sequence[Claim]]:
    """Yield the measurements of one property and substance in one document.

    A family stands for its member where both have the same value from the same source.
    """
    by_substance: dict[object, list[Claim]] = defaultdict(list)
    by_value: dict[object, list[Claim]] = defaultdict(list)
    for claim in claims:
        place = claim.relation, claim.evidence.document
        by_substance[substance(claim.subject), *place].append(claim)
        if len(claim.evidence.refs) == 1:
            by_value[_value(claim), claim.evidence.refs, *place].append(claim)
    yield from by_substance.values()
    for group in by_value.values():
        for one, other in combinations(group, 2):
            if _are_family_and_member(one.subject, other.subject):
                yield one, other


def _differ(one: Claim, other: Claim, known: Mapping[str, Compared]) -> bool:
    """Whether two claims give two values of one source, or one value made in two ways."""
    first, second = one.quantity, other.quantity
    if first is None or second is None or first.unit != second.unit:
        return False
    if (first.value_max is None) != (second.value_max is None):
        return False
    apart = differing(known[one.id], known[other.id])
    if abs(first.value - second.value) <= _rules()["tolerance"] * max(abs(first.value), abs(second.value)):
        return bool(apart) and apart <= of_the_sample() and shares_source(one, other)
    # Only of a source that is cited alone is it plain that the value is its value.
    return len(one.evidence.refs) == 1 and one.evidence.refs == other.evidence.refs and apart <= {"method"}


def _stand_apart(one: Claim, other: Claim) -> bool:
    places = {one.evidence.section, other.evidence.section}
    return len(places) == 2 and any(place.startswith(_rules()["apart"]) for place in places)


def substance(entity: Entity) -> tuple[str, str]:
    """What is equal for names of one composition in one phase, in whatever form, else the thing itself."""
    key, _ = composition(entity.label)
    formula = _formula(entity) if key else None
    return (key, formula.phase) if formula else (entity.iri, "")


def is_definite(entity: Entity) -> bool:
    """Whether a thing is one composition, not a family of several (a generic formula, a system, a word)."""
    formula = _formula(entity)
    return formula is not None and not formula.generic and bool(composition(entity.label)[0])


def _are_family_and_member(one: Entity, other: Entity) -> bool:
    first, second = _formula(one), _formula(other)
    return (
        first is not None and second is not None and first.generic != second.generic and first.matches(second)
    )


def _formula(entity: Entity) -> Formula | None:
    """The formula that a name is, or the only one in it."""
    whole = parse_formula(entity.label)
    found = [] if whole else find_formulas(entity.label)
    return found[0].formula if len(found) == 1 else whole


def _value(claim: Claim) -> float:
    assert claim.quantity is not None
    return claim.quantity.value


@cache
def _rules() -> dict[str, Any]:
    path = Path(__file__).with_name("contradictions.yaml")
    rules: dict[str, Any] = read_yaml(path)["one_source"]
    return rules
