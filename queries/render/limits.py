"""Limits on claims as graph patterns: bounds on values, conditions, years."""

from __future__ import annotations

from dataclasses import dataclass

from queries.form import Beyond, Bound, Condition, Fact
from queries.render.groups import group_pattern
from queries.render.parts import Names, condition_iri, decimal, fill, iris, property_iri


@dataclass(frozen=True, slots=True)
class ValueNames:
    """The names of the variables that hold a claim and its value."""

    claim: str
    value: str
    highest: str
    comparator: str


def limits(fact: Fact, variables: ValueNames, names: Names) -> list[str]:
    """The patterns of everything that limits a measurement."""
    bounds = [_bound(bound, variables) for bound in fact.bounds]
    beyond = [_beyond(fact, fact.beyond, variables, names)] if fact.beyond else []
    return [*bounds, *beyond, *condition_patterns(fact, variables.claim, names)]


def _beyond(fact: Fact, beyond: Beyond, variables: ValueNames, names: Names) -> str:
    """A limit set by the highest or lowest value of other things under the same conditions."""
    thing, claim = names.new("reference"), names.new("claim")
    value, highest, best = names.new("value"), names.new("max"), names.new("best")
    measured = fill(
        "measurement_exists",
        claim=claim,
        thing=thing,
        value=value,
        max=highest,
        comparator=names.new("comparator"),
        property=property_iri(fact.property, names),
    )
    body = "\n".join(
        [measured, group_pattern(beyond.group, thing, names), *condition_patterns(fact, claim, names)]
    )
    fields = {"value": value, "max": highest, "best": best, "body": body}
    reference = fill("reference", function="MAX" if beyond.highest else "MIN", **fields)
    name, operator = ("above", ">") if beyond.highest else ("below", "<")
    limit = fill(
        name,
        operator=operator,
        limit=f"?{best}",
        value=variables.value,
        max=variables.highest,
        comparator=variables.comparator,
    )
    return f"{reference}\n{limit}"


def _bound(bound: Bound, variables: ValueNames) -> str:
    """A limit on a value: of a range that end decides which would meet it.

    What is itself given as a limit proves nothing on the other side: "< 1e-8" is not above anything.
    """
    fields = {"value": variables.value, "max": variables.highest}
    if bound.operator in (">", ">=", "<", "<="):
        name = "above" if bound.operator in (">", ">=") else "below"
        fields["comparator"] = variables.comparator
        return fill(name, operator=bound.operator, limit=decimal(loosened(bound)), **fields)
    low, high = slack(bound)
    return fill("between", low=decimal(low), high=decimal(high), **fields)


def slack(bound: Bound) -> tuple[float, float]:
    """The ends of the range in which a value is meant that is given as one, as about one, or as a range."""
    width = {"between": 1e-9, "=": 0.011}.get(bound.operator, 0.02)
    low, high = bound.value, bound.value if bound.value_max is None else bound.value_max
    return low - width * abs(low), high + width * abs(low)


def loosened(bound: Bound) -> float:
    """The limit, moved by the rounding of a conversion where the limit itself counts."""
    slack = 1e-9 * abs(bound.value)
    return {">=": bound.value - slack, "<=": bound.value + slack}.get(bound.operator, bound.value)


def condition_patterns(fact: Fact, claim: str, names: Names) -> list[str]:
    """The patterns of a fact's conditions and of the year of its primary work."""
    parts = [condition_pattern(condition, claim, names) for condition in fact.conditions]
    since, until = fact.years
    if since is not None or until is not None:
        year = names.new("year")
        test = _interval(year, since, until)
        parts.append(fill("year", claim=claim, work=names.new("work"), year=year, test=test))
    return [part for part in parts if part]


def condition_pattern(condition: Condition, claim: str, names: Names) -> str:
    """The pattern of one condition; empty where it demands nothing."""
    if condition.excluded:
        if not condition.values:
            return ""
        fields = {"claim": claim, "condition": names.new("condition"), "values": iris(condition.values)}
        if not condition.key:
            return fill("under_none", key=names.new("key"), **fields)
        return fill("not_under", key=condition_iri(condition.key), **fields)
    if condition.low is None and condition.high is None and condition.stated:
        fields = {"claim": claim, "condition": names.new("condition"), "values": iris(condition.values)}
        if not condition.key:
            return fill("any_condition", key=names.new("key"), **fields)
        return fill("condition", key=condition_iri(condition.key), **fields)
    if condition.low is None and condition.high is None:
        return ""
    number = names.new("number")
    test = _interval(number, condition.low, condition.high)
    name = "number" if condition.stated else "number_if_stated"
    return fill(name, claim=claim, key=condition_iri(condition.key), number=number, test=test)


def _interval(variable: str, low: float | None, high: float | None) -> str:
    tests = []
    if low is not None:
        tests.append(f"?{variable} >= {decimal(low)}")
    if high is not None:
        tests.append(f"?{variable} <= {decimal(high)}")
    return " && ".join(tests)
