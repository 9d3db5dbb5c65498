"""Contradictions: pairs of statements that cannot both hold as they stand. Both are kept, none averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from kg.accounts import is_definite, substance, two_accounts
from kg.conditions import Compared, completed, differing, tell_the_making
from kg.model import Claim, ConditionValue, Entity, Quantity
from kg.statements import Statement
from ontology.data_files import read_yaml
from ontology.lexicon import Lexicon

Kind = Literal["source", "polarity", "opposite", "value"]
#: Condition → its values on the two sides; None where a side does not state it.
Difference = dict[str, tuple[ConditionValue | None, ConditionValue | None]]
#: What is known of the conditions of each measurement, by claim id.
_Known = Mapping[str, Compared]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sides that contradict each other, each with its claims, and how their conditions differ.

    ``source``: one document gives two accounts of one cited source. ``polarity``: one side affirms what the
    other denies. ``opposite``: the sides affirm opposite relations between the same things. ``value``: the
    values of one property lie too far apart for conditions that can be compared. The difference is the first
    place to look for a reason.
    """

    kind: Kind
    subject: Entity
    relation: str
    left: tuple[Claim, ...]
    right: tuple[Claim, ...]
    difference: Difference


def contradictions(statements: Sequence[Statement], *, lexicon: Lexicon) -> list[Contradiction]:
    """The contradictions among statements: accounts of one source, denials, opposite relations, values."""
    measured = [claim for each in statements if each.quantity for claim in each.affirming]
    known = completed(measured, lexicon=lexicon)
    accounts = [_contradiction("source", (one,), (other,)) for one, other in two_accounts(measured, known)]
    told = {_amounts(each.left[0], each.right[0]) for each in accounts}
    apart = (each for each in _values_apart(statements, known) if not _is_told(each, told))
    return [*accounts, *_denied(statements), *_opposed(statements), *apart]


def _is_told(found: Contradiction, told: set[tuple[object, ...]]) -> bool:
    """Whether two values stand against each other already as accounts of one source."""
    return all(_amounts(one, other) in told for one in found.left for other in found.right)


def _amounts(one: Claim, other: Claim) -> tuple[object, ...]:
    return substance(one.subject), one.relation, frozenset((_amount(one), _amount(other)))


def _denied(statements: Iterable[Statement]) -> Iterator[Contradiction]:
    for statement in statements:
        if statement.affirming and statement.denying:
            yield _contradiction("polarity", statement.affirming, statement.denying)


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
                yield _contradiction("opposite", statement.affirming, opposed.affirming)


def _values_apart(statements: Iterable[Statement], known: _Known) -> Iterator[Contradiction]:
    """Pairs of values of one property of one definite material; a family's members may well differ."""
    factors = _rules()["value_factors"]
    groups: dict[tuple[object, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.quantity and statement.relation in factors and statement.affirming:
            groups[substance(statement.subject), statement.relation].append(statement)
    for (_, relation), found in groups.items():
        if is_definite(found[0].subject):
            for low, high in combinations(sorted(found, key=_amount), 2):
                yield from _compared(low, high, factors[relation], known)


def _compared(
    low: Statement, high: Statement, factors: Mapping[str, float], known: _Known
) -> Iterator[Contradiction]:
    """The claims of two values that lie too far apart, where they do not come from one sentence.

    Where the two names of a composition are not one thing, as of a glass-ceramic and of a powder, both sides
    must say how the sample was made.
    """
    pairs = [
        (one, other)
        for one in low.affirming
        for other in high.affirming
        if one.evidence.quote != other.evidence.quote and _conflict(one, other, factors, known)
    ]
    if pairs:
        left = {one.id for one, _ in pairs}
        right = {other.id for _, other in pairs}
        yield _contradiction(
            "value",
            tuple(claim for claim in low.affirming if claim.id in left),
            tuple(claim for claim in high.affirming if claim.id in right),
        )


def _conflict(one: Claim, other: Claim, factors: Mapping[str, float], known: _Known) -> bool:
    first, second = known[one.id], known[other.id]
    if differing(first, second):
        return False
    if tell_the_making(first, second):
        return _too_far(one.quantity, other.quantity, factors["alike"])
    return one.subject.iri == other.subject.iri and _too_far(one.quantity, other.quantity, factors["unknown"])


def difference(left: Iterable[Claim], right: Iterable[Claim]) -> Difference:
    """The conditions and contexts that the two sides do not share, each with its value on both sides."""
    one, other = _conditions(left), _conditions(right)
    return {
        key: (one.get(key), other.get(key))
        for key in sorted({*one, *other})
        if one.get(key) != other.get(key)
    }


def _contradiction(kind: Kind, left: tuple[Claim, ...], right: tuple[Claim, ...]) -> Contradiction:
    return Contradiction(kind, left[0].subject, left[0].relation, left, right, difference(left, right))


def _conditions(claims: Iterable[Claim]) -> dict[str, ConditionValue]:
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for key, value in claim.conditions.items():
            found[key].add(value if isinstance(value, str) else f"{value:g}")
        for name in claim.context:
            found["context"].add(name)
    return {key: "; ".join(sorted(values)) for key, values in found.items()}


def _too_far(low: Quantity | None, high: Quantity | None, factor: float) -> bool:
    """Whether two known values (no bounds) of one unit lie apart; ranges do where they do not meet."""
    if low is None or high is None or low.unit != high.unit:
        return False
    if low.comparator not in "=~" or high.comparator not in "=~" or low.value <= 0:
        return False
    return high.value > factor * (low.value_max or low.value)


def _amount(said: Claim | Statement) -> float:
    assert said.quantity is not None
    return said.quantity.value


@cache
def _rules() -> Mapping[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("contradictions.yaml"))
    return data
