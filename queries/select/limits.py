"""Limits on claims: bounds on values, conditions, years. Each takes claims and gives those that meet it."""

from __future__ import annotations

import numpy as np

from kg.columns import Amounts, Columns, Mask, Numbers, Values
from kg.columns import Pairs as Terms
from queries.form import Bound, Condition, Fact
from queries.render.limits import loosened, slack
from queries.render.parts import decimal

_OPERATORS = {">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal}
#: What a condition that is not called can be.
_NAMING = ("method", "form", "solvent", "electrolyte", "cathode", "anode")


def top(claims: Numbers, columns: Columns) -> Values:
    """The values of claims, of ranges the upper end."""
    highest = columns.highest[claims]
    return np.where(np.isnan(highest), columns.value[claims], highest)


def within(claims: Numbers, bound: Bound, columns: Columns) -> Numbers:
    """The claims whose value meets a bound: of a range that end decides which would meet it."""
    value = columns.value[claims]
    if bound.operator in _OPERATORS:
        return beside(claims, bound.operator, float(decimal(loosened(bound))), columns)
    low, high = (float(decimal(end)) for end in slack(bound))
    return claims[(top(claims, columns) >= low) & (value <= high)]


def beside(claims: Numbers, operator: str, limit: float, columns: Columns) -> Numbers:
    """The claims whose value is above or below a limit; what is itself a limit proves nothing."""
    above = operator.startswith(">")
    compared = top(claims, columns) if above else columns.value[claims]
    proven = columns.comparator[claims] != columns.number("<" if above else ">")
    kept: Numbers = claims[_OPERATORS[operator](compared, limit) & proven]
    return kept


def under(claims: Numbers, fact: Fact, columns: Columns) -> Numbers:
    """The claims that meet a fact's conditions and the years of its primary work."""
    for condition in fact.conditions:
        claims = under_one(claims, condition, columns)
    since, until = fact.years
    if since is not None or until is not None:
        claims = claims[_with_number(claims, columns.years, since, until, columns)]
    return claims


def under_one(claims: Numbers, condition: Condition, columns: Columns) -> Numbers:
    """The claims that meet one condition; all where it demands nothing."""
    unbound = condition.low is None and condition.high is None
    keys = [condition.key] if condition.key else list(_NAMING)
    if condition.excluded:
        named = _having(claims, condition.values, keys, columns)
        return claims[~named] if condition.values else claims
    if unbound and condition.stated:
        return claims[_having(claims, condition.values, keys, columns)]
    if unbound:
        return claims
    amounts = columns.amounts.get(condition.key, _NO_AMOUNTS)
    met = _with_number(claims, amounts, condition.low, condition.high, columns)
    if not condition.stated:
        met |= ~_with_number(claims, amounts, None, None, columns)
    return claims[met]


_NO_AMOUNTS = Amounts(np.empty(0, np.int32), np.empty(0))
_NO_TERMS = Terms(np.empty(0, np.int32), np.empty(0, np.int32))


def terms_of(key: str, columns: Columns) -> Terms:
    """The claims that have a condition with what they have."""
    return columns.conditions.get(key, _NO_TERMS)


def _having(claims: Numbers, values: tuple[str, ...], keys: list[str], columns: Columns) -> Mask:
    wanted = columns.mask(values)
    found = np.zeros(len(claims), np.bool_)
    for pairs in (terms_of(key, columns) for key in keys):
        found |= columns.among(claims, pairs.owners[wanted[pairs.terms]])
    return found


def _with_number(
    claims: Numbers, amounts: Amounts, low: float | None, high: float | None, columns: Columns
) -> Mask:
    kept = np.ones(len(amounts.values), np.bool_)
    if low is not None:
        kept &= amounts.values >= float(decimal(low))
    if high is not None:
        kept &= amounts.values <= float(decimal(high))
    return columns.among(claims, amounts.owners[kept])
