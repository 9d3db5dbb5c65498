"""Facts as graph patterns: the claim that answers a question, and tests of things that are bound already."""

from __future__ import annotations

from dataclasses import replace

from queries.form import Fact, Group
from queries.parse.vocabulary import vocabulary_data
from queries.render.groups import alias_pattern, group_pattern
from queries.render.limits import ValueNames, condition_pattern, condition_patterns, limits
from queries.render.parts import (
    Names,
    condition_iri,
    fill,
    iris,
    literal,
    property_iri,
    relation_iris,
    role_things,
    union,
)


def main_fact(fact: Fact, names: Names, *, measured: bool = False) -> str:
    """The pattern that binds ``?claim`` and the columns of the answer.

    ``measured`` is for values of any property, which is bound to ``?relation``.
    """
    if fact.side == "condition":
        return _condition_value(fact, names)
    if fact.property or measured:
        variables = ValueNames("claim", "value", "max", "comparator")
        property_ = "?relation" if measured else property_iri(fact.property, names)
        pattern = fill("measurement", property=property_)
        return "\n".join([pattern, *limits(fact, variables, names)])
    if fact.relations:
        return _relation_claim(fact, names)
    return _made(fact, "thing", "claim", names)


def fact_test(fact: Fact, thing: str, names: Names) -> str:
    """A fact as a test of things: they are found by a query of their own, so that it is run only once."""
    claim = names.new("claim")
    if fact.property:
        variables = ValueNames(claim, names.new("value"), names.new("max"), names.new("comparator"))
        parts = [_measurement_test(fact, thing, variables, names), *limits(fact, variables, names)]
    elif fact.relations:
        parts = _relation_test(fact, thing, claim, names)
    else:
        parts = [_made(fact, thing, claim, names)]
    body = "\n".join(parts)
    if fact.absent:
        return fill("none", body=body)
    if fact.same_sentence:
        return fill("same_sentence", main="claim", claim=claim, evidence=names.new("evidence"), body=body)
    return fill("members", thing=thing, body=body)


def _measurement_test(fact: Fact, thing: str, variables: ValueNames, names: Names) -> str:
    return fill(
        "measurement_exists",
        claim=variables.claim,
        thing=thing,
        value=variables.value,
        max=variables.highest,
        comparator=variables.comparator,
        property=property_iri(fact.property, names),
    )


def _relation_test(fact: Fact, thing: str, claim: str, names: Names) -> list[str]:
    other = names.new("other")
    subject, object_ = (thing, other) if fact.side == "subject" else (other, thing)
    if fact.same_sentence:
        whatever = names.new("any")
        subject, object_ = (whatever, other) if fact.side == "subject" else (other, whatever)
    pattern = fill(
        "relation_exists",
        claim=claim,
        relation=names.new("relation"),
        subject=subject,
        object=object_,
        polarity=_polarity(fact),
        relations=relation_iris(fact.relations, names),
    )
    return [pattern, *_sides(fact, claim, other, names)]


def _relation_claim(fact: Fact, names: Names) -> str:
    """The claim of a relation with the names that it uses; "not stable" is also "unstable"."""
    data = vocabulary_data()
    patterns = [_relation_pattern(fact, names)]
    if fact.negated and set(fact.relations) <= set(data["contraries"]):
        contraries = tuple(data["opposites"][relation] for relation in fact.relations)
        patterns.append(_relation_pattern(replace(fact, relations=contraries, negated=False), names))
    return "\n".join([union(patterns), *_sides(fact, "claim", "other", names)])


def _relation_pattern(fact: Fact, names: Names) -> str:
    roles = {"subject": "thing", "object": "other", "subjectName": "name", "objectName": "otherName"}
    if fact.side == "object":
        roles = {"subject": "other", "object": "thing", "subjectName": "otherName", "objectName": "name"}
    return fill("relation", polarity=_polarity(fact), relations=relation_iris(fact.relations, names), **roles)


def _polarity(fact: Fact) -> str:
    return literal("negated" if fact.negated else "affirmed")


def _sides(fact: Fact, claim: str, other: str, names: Names) -> list[str]:
    """The patterns of the other side, the system, the conditions and the year of a claim."""
    parts = []
    if fact.other is not None:
        if fact.other.scope == "alias":
            role = "subject" if fact.side == "object" else "object"
            parts.append(alias_pattern(fact.other, other, names, claim=claim, role=role))
        else:
            parts.append(group_pattern(fact.other, other, names))
        parts += [fact_test(each, other, names) for each in fact.other.facts]
        parts += _not_called(fact, fact.other, claim, names)
    if fact.context is not None:
        context = names.new("context")
        parts += [fill("context", claim=claim, context=context), group_pattern(fact.context, context, names)]
    return [*parts, *condition_patterns(fact, claim, names)]


def _not_called(fact: Fact, group: Group, claim: str, names: Names) -> list[str]:
    """The test that a claim does not call its other side by a name that means another thing."""
    if not group.not_called:
        return []
    role = "object" if fact.side == "subject" else "subject"
    fields = {"written": names.new("written"), "all": names.new("names"), "position": names.new("position")}
    keys = {"name": condition_iri(f"{role}Name"), "names": condition_iri(f"{role}Names")}
    values = " ".join(map(literal, group.not_called))
    return [fill("not_called", claim=claim, values=values, **fields, **keys)]


def _made(fact: Fact, thing: str, claim: str, names: Names) -> str:
    """Some claim about a thing under conditions: a measurement, its synthesis, or a solvent used for it."""
    stated = fill("any_claim", claim=claim, thing=thing)
    if not fact.conditions:
        return "\n".join([stated, *condition_patterns(fact, claim, names)])
    first, *others = fact.conditions
    ways = [f"{stated}\n{condition_pattern(first, claim, names)}"]
    if not first.key:
        values = iris(first.values)
        ways.append(fill("made_by", claim=claim, thing=thing, condition=names.new("method"), values=values))
    if first.aliases:
        fields = {each: names.new(each) for each in ("names", "position", "written")}
        written = " ".join(map(literal, first.aliases))
        ways.append(fill("made_by_name", claim=claim, thing=thing, values=written, **fields))
    if role := vocabulary_data()["condition_roles"].get(first.key):
        used = names.new("used")
        chosen = fill("nodes", thing=used, values=iris(first.values))
        ways.append(f"{_role_claim(role, claim=claim, used=used, user=thing, names=names)}\n{chosen}")
    rest = condition_patterns(replace(fact, conditions=tuple(others)), claim, names)
    return "\n".join([union(ways), *rest])


def _condition_value(fact: Fact, names: Names) -> str:
    """The things that stand as a condition of the claims about others: the solvents used for X."""
    user = names.new("user")
    ways = [fill("condition_of", claim="claim", user=user, key=condition_iri(fact.role), thing="thing")]
    if role := vocabulary_data()["condition_roles"].get(fact.role):
        ways.append(_role_claim(role, claim="claim", used="thing", user=user, names=names))
    other = group_pattern(fact.other, user, names) if fact.other else ""
    return f"{union(ways)}\n{other}"


def _role_claim(role: str, *, claim: str, used: str, user: str, names: Names) -> str:
    """A claim that something is used in a role for something."""
    fields = {"role": names.new("role"), "name": "name" if used == "thing" else names.new("name")}
    return fill(
        "role_of", claim=claim, thing=used, user=user, roles=iris(role_things(role, names.lexicon)), **fields
    )
