"""Contradictions: pairs of statements that cannot both hold as they stand. Both are kept, none averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import yaml

from kg.model import Claim, ConditionValue, Entity, Quantity
from kg.statements import Statement
from ontology.formula import parse_formula
from ontology.lexicon import Lexicon
from ontology.names import normalise

Kind = Literal["polarity", "opposite", "value"]
#: Condition → its values on the two sides; None where a side does not state it.
Difference = dict[str, tuple[ConditionValue | None, ConditionValue | None]]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sides that contradict each other, each with its claims, and how their conditions differ.

    ``polarity``: one side affirms what the other denies. ``opposite``: the sides affirm opposite relations
    between the same things. ``value``: the values of one property lie too far apart for conditions that
    can be compared. The difference is the first place to look for a reason.
    """

    kind: Kind
    subject: Entity
    relation: str
    left: tuple[Claim, ...]
    right: tuple[Claim, ...]
    difference: Difference


def contradictions(statements: Sequence[Statement], *, lexicon: Lexicon) -> list[Contradiction]:
    """The contradictions among statements: denials first, then opposite relations, then values."""
    return [*_denied(statements), *_opposed(statements), *_values_apart(statements, lexicon)]


def _denied(statements: Iterable[Statement]) -> Iterator[Contradiction]:
    for statement in statements:
        if statement.affirming and statement.denying:
            yield _contradiction("polarity", statement, statement.affirming, statement.denying)


def _opposed(statements: Sequence[Statement]) -> Iterator[Contradiction]:
    related = {
        (statement.subject.iri, statement.relation, statement.object.iri): statement
        for statement in statements
        if statement.object is not None and statement.affirming
    }
    for one, other in _rules()["opposites"]:
        for (subject, relation, target), statement in related.items():
            opposed = related.get((subject, other, target)) if relation == one else None
            if opposed:
                yield _contradiction("opposite", statement, statement.affirming, opposed.affirming)


def _values_apart(statements: Iterable[Statement], lexicon: Lexicon) -> Iterator[Contradiction]:
    """Pairs of values of one property of one definite material; a family's members may well differ."""
    factors = _rules()["value_factors"]
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.quantity and statement.relation in factors and statement.affirming:
            groups[statement.subject.iri, statement.relation].append(statement)
    for (_, relation), found in groups.items():
        if not _is_family(found[0].subject, lexicon):
            for low, high in combinations(sorted(found, key=_value), 2):
                if _too_far(low.quantity, high.quantity, factors[relation]):
                    yield from _compared(low, high, lexicon)


def _compared(low: Statement, high: Statement, lexicon: Lexicon) -> Iterator[Contradiction]:
    """The claims of two values whose conditions can be compared, where they do not come from one sentence."""
    pairs = [
        (one, other)
        for one in low.affirming
        for other in high.affirming
        if comparable(one, other, lexicon=lexicon) and one.evidence.quote != other.evidence.quote
    ]
    if pairs:
        left = tuple(dict.fromkeys(one.id for one, _ in pairs))
        right = tuple(dict.fromkeys(other.id for _, other in pairs))
        yield _contradiction(
            "value",
            low,
            tuple(claim for claim in low.affirming if claim.id in left),
            tuple(claim for claim in high.affirming if claim.id in right),
        )


def comparable(one: Claim, other: Claim, *, lexicon: Lexicon) -> bool:
    """Whether two measurements were made under conditions of which none is known to differ.

    A condition that only one states is no known difference, unless it has a usual value (room temperature).
    """
    assumed = _rules()["assumed_conditions"]
    for key in {*one.conditions, *other.conditions}:
        first = one.conditions.get(key, assumed.get(key))
        second = other.conditions.get(key, assumed.get(key))
        if first is not None and second is not None and not _same(key, first, second, lexicon):
            return False
    return True


def difference(left: Iterable[Claim], right: Iterable[Claim]) -> Difference:
    """The conditions and contexts that the two sides do not share, each with its value on both sides."""
    one, other = _conditions(left), _conditions(right)
    return {
        key: (one.get(key), other.get(key))
        for key in sorted({*one, *other})
        if one.get(key) != other.get(key)
    }


def _contradiction(
    kind: Kind, statement: Statement, left: tuple[Claim, ...], right: tuple[Claim, ...]
) -> Contradiction:
    return Contradiction(kind, statement.subject, statement.relation, left, right, difference(left, right))


def _conditions(claims: Iterable[Claim]) -> dict[str, ConditionValue]:
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for key, value in claim.conditions.items():
            found[key].add(value if isinstance(value, str) else f"{value:g}")
        for name in claim.context:
            found["context"].add(name)
    return {key: "; ".join(sorted(values)) for key, values in found.items()}


def _same(key: str, one: ConditionValue, other: ConditionValue, lexicon: Lexicon) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        one, other = str(one), str(other)
        return normalise(one) == normalise(other) or not set(lexicon.lookup(one)).isdisjoint(
            lexicon.lookup(other)
        )
    tolerance: float = _rules()["tolerances"].get(key, 0)
    return abs(one - other) <= tolerance


def _too_far(low: Quantity | None, high: Quantity | None, factor: float) -> bool:
    """Whether two known values (no bounds) of one unit lie apart; ranges do where they do not meet."""
    if low is None or high is None or low.unit != high.unit:
        return False
    if low.comparator not in "=~" or high.comparator not in "=~" or low.value <= 0:
        return False
    return high.value > factor * (low.value_max or low.value)


def _value(statement: Statement) -> float:
    assert statement.quantity is not None
    return statement.quantity.value


def _is_family(entity: Entity, lexicon: Lexicon) -> bool:
    """Whether a thing stands for several materials: a class with subclasses, a generic formula, a word."""
    formula = parse_formula(entity.label)
    if formula is None or formula.generic:
        return True
    terms = lexicon.lookup(entity.label)
    return any(term.iri in other.ancestors[1:] for term in terms for other in lexicon.terms.values())


@cache
def _rules() -> Mapping[str, Any]:
    data: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("contradictions.yaml").read_text("utf-8"))
    return data
