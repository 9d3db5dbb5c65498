"""From a form to SPARQL 1.1: one builder, from the parts in fragments.rq.

Only IRIs and typed literals of a form are put into a query, as pyoxigraph writes them; text of the question never is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from pathlib import Path
from string import Template

import pyoxigraph as ox

from kg.vocabulary import lg
from ontology.lexicon import Lexicon
from queries.form import Bound, Category, Condition, Fact, Form, Group
from queries.parse.vocabulary import vocabulary_data

_ROWS = 2000


@dataclass(frozen=True, slots=True)
class _Names:
    """Fresh variable names of one query, and the ontology that gives IRIs to keys."""

    lexicon: Lexicon
    numbers: Iterator[int] = field(default_factory=count)

    def new(self, stem: str) -> str:
        """A variable name that is used nowhere else in the query."""
        return f"{stem}{next(self.numbers)}"


def render(form: Form, *, lexicon: Lexicon) -> str:
    """The query that a form asks; its rows have ``?thing ?name ?claim`` and, where there are, value and sides."""
    names = _Names(lexicon)
    if form.ask == "compare":
        return _compared(form, names)
    if form.ask == "whether":
        return _whether(form, names)
    if form.rank is not None:
        return _ranked(form, names)
    return _select(_body(form, names))


def _select(body: str, *, extra: str = "", tail: str = "") -> str:
    variables = f"?thing ?name ?claim ?value ?max ?comparator ?relation ?otherName {extra}".strip()
    return _tidy(_part("select", variables=variables, body=body, tail=tail or f"LIMIT {_ROWS}"))


def _body(form: Form, names: _Names) -> str:
    """The pattern of a question for things or values: the main claim first, then what limits the things."""
    facts = list(form.group.facts)
    main = form.fact
    if main is None or (main.absent and form.ask == "things"):
        main = next((fact for fact in facts if not fact.absent and not fact.same_sentence), None)
    facts = [fact for fact in facts if fact is not main and fact != main]
    parts = []
    if main is not None:
        parts.append(_main_fact(main, names))
    parts.append(_group(form.group, "thing", names, claim="" if main else "claim"))
    parts += [_filter_fact(fact, "thing", names) for fact in facts]
    return "\n".join(parts)


def _ranked(form: Form, names: _Names) -> str:
    assert form.rank is not None
    body = _body(form, names)
    best = _part(
        "best",
        function="MAX" if form.rank.highest else "MIN",
        order="DESC" if form.rank.highest else "ASC",
        limit=str(form.rank.count + 20),
        body=body,
    )
    return _select(best)


def _compared(form: Form, names: _Names) -> str:
    """Every alternative's values, numbered in ``?alternative``."""
    parts = []
    for number, alternative in enumerate(form.alternatives):
        assert form.fact is not None
        fact = replace(form.fact, conditions=(*form.fact.conditions, *alternative.conditions))
        body = _body(replace(form, group=alternative.group, fact=fact), names)
        parts.append(body + "\n" + _part("bind", value=str(number), name="alternative"))
    return _select(_union(parts), extra="?alternative")


def _whether(form: Form, names: _Names) -> str:
    """What affirms the statement (``?verdict`` true) and what denies it, or states another value or partner (false)."""
    if form.fact is None:
        return _is_member(form, names)
    parts = [
        _body(replace(form, ask="values", fact=fact), names) + "\n" + _verdict(verdict)
        for verdict, fact in (("true", form.fact), *_denials(form.fact))
    ]
    return _select(_union(parts), extra="?verdict")


def _is_member(form: Form, names: _Names) -> str:
    """Whether named things are of a class or contain something, with what claims say of their structure and role."""
    named = _group(Group("", nodes=form.group.nodes), "thing", names)
    checked = replace(form.group, nodes=(), scope="members", facts=())
    ways = [f"{named}\n{_group(checked, 'thing', names, claim='claim')}\n{_verdict('true')}"]
    objects = tuple(
        iri for each in form.group.categories for iri in (*each.structures, *each.roles, *each.itself)
    )
    relations = ("has_structure", "used_as")
    if form.group.categories:
        denied = Fact(relations, other=Group("", nodes=objects), negated=True)
        for verdict, fact in (("false", denied), ("other", Fact(relations))):
            ways.append(f"{named}\n{_main_fact(fact, names)}\n{_verdict(verdict)}")
    if form.group.elements or form.group.without:
        known = _part("composition", thing="thing", element=names.new("element"))
        ways.append(f"{named}\n{known}\n{_verdict('false')}")
    return _select(_union(ways), extra="?verdict")


def _verdict(value: str) -> str:
    return _part("bind", value=_text(value), name="verdict")


def _denials(fact: Fact) -> Iterator[tuple[str, Fact]]:
    """The facts that speak against a fact: its denial and its opposite; and those that tell what is so instead."""
    data = vocabulary_data()
    if fact.property:
        yield "other", replace(fact, bounds=())
        return
    if not fact.relations:
        yield "other", replace(fact, conditions=(), relations=("synthesized_by",))
        return
    yield "false", replace(fact, negated=not fact.negated)
    opposites = tuple(
        dict.fromkeys(data["opposites"][each] for each in fact.relations if each in data["opposites"])
    )
    if opposites and not fact.negated:
        yield "false", replace(fact, relations=opposites)
    if set(fact.relations) & set(data["closed"]):
        yield "other", replace(fact, other=None, context=None)


def _main_fact(fact: Fact, names: _Names) -> str:
    """The pattern that binds ``?claim`` and the columns of the answer."""
    if fact.side == "condition":
        return _condition_value(fact, names)
    if fact.property:
        pattern = _part(
            "measurement", claim="claim", thing="thing", value="value", comparator="comparator", name="name",
            max="max", property=_property(fact.property, names),
        )  # fmt: skip
        return "\n".join([pattern, *_limits(fact, "claim", "value", "max", "comparator", names)])
    if fact.relations:
        return _relation_claim(fact, names)
    return _made(fact, "thing", "claim", names)


def _relation_claim(fact: Fact, names: _Names) -> str:
    subject, other = ("thing", "other") if fact.side == "subject" else ("other", "thing")
    subject_name, other_name = ("name", "otherName") if fact.side == "subject" else ("otherName", "name")

    def pattern(relations: tuple[str, ...], polarity: str) -> str:
        return _part(
            "relation", claim="claim", relation="relation", subject=subject, object=other, subjectName=subject_name,
            objectName=other_name, polarity=_text(polarity), relations=_relations(relations, names),
        )  # fmt: skip

    parts = [pattern(fact.relations, "negated" if fact.negated else "affirmed")]
    opposites = vocabulary_data()["opposites"]
    if fact.negated and all(relation in ("stable_with", "unstable_with") for relation in fact.relations):
        parts.append(pattern(tuple(opposites[relation] for relation in fact.relations), "affirmed"))
    return "\n".join([_union(parts), *_sides(fact, "claim", "other", names)])


def _sides(fact: Fact, claim: str, other: str, names: _Names) -> list[str]:
    """The patterns of the other side, the system and the year of a claim."""
    parts = []
    if fact.other is not None:
        parts.append(_group(fact.other, other, names))
        parts += [_filter_fact(each, other, names) for each in fact.other.facts]
        parts += _not_called(fact, fact.other, claim, names)
    if fact.context is not None:
        context = names.new("context")
        parts += [_part("context", claim=claim, context=context), _group(fact.context, context, names)]
    return [*parts, *_conditions(fact, claim, names)]


def _not_called(fact: Fact, group: Group, claim: str, names: _Names) -> list[str]:
    """The test that a claim does not call its other side by a name that means another thing."""
    if not group.not_called:
        return []
    role = "object" if fact.side == "subject" else "subject"
    fields = {"written": names.new("written"), "all": names.new("names"), "position": names.new("position")}
    keys = {"name": _key(f"{role}Name"), "names": _key(f"{role}Names")}
    values = " ".join(map(_text, group.not_called))
    return [_part("not_called", claim=claim, values=values, **fields, **keys)]


def _filter_fact(fact: Fact, thing: str, names: _Names) -> str:
    """A fact as a test of things that are bound already."""
    claim = names.new("claim")
    if fact.property:
        value, highest, comparator = names.new("value"), names.new("max"), names.new("comparator")
        body = _part(
            "measurement_exists", claim=claim, thing=thing, value=value, comparator=comparator, max=highest,
            property=_property(fact.property, names),
        )  # fmt: skip
        parts = [body, *_limits(fact, claim, value, highest, comparator, names)]
    elif fact.relations:
        other = names.new("other")
        subject = thing if fact.side == "subject" else other
        if fact.same_sentence:
            subject = names.new("subject")
        body = _part(
            "relation_exists", claim=claim, relation=names.new("relation"), subject=subject,
            object=other if fact.side == "subject" else thing, polarity=_text("negated" if fact.negated else "affirmed"),
            relations=_relations(fact.relations, names),
        )  # fmt: skip
        parts = [body, *_sides(fact, claim, other, names)]
        if fact.same_sentence:
            parts.append(_part("same_sentence", main="claim", claim=claim, evidence=names.new("evidence")))
    else:
        parts = [_made(fact, thing, claim, names)]
    return _part("not_exists" if fact.absent else "exists", body="\n".join(parts))


def _made(fact: Fact, thing: str, claim: str, names: _Names) -> str:
    """Some claim about a thing under the conditions: a measurement, its synthesis, or a solvent used for it."""
    if not fact.conditions:
        return "\n".join([_part("any_claim", claim=claim, thing=thing), *_conditions(fact, claim, names)])
    ways = []
    first = fact.conditions[0]
    ways.append("\n".join([_part("any_claim", claim=claim, thing=thing), _condition(first, claim, names)]))
    if first.key == "":
        ways.append(
            _part(
                "made_by",
                claim=claim,
                thing=thing,
                condition=names.new("method"),
                values=_nodes(first.values),
            )
        )
    role = vocabulary_data()["condition_roles"].get(first.key)
    if role:
        solvent = names.new("solvent")
        ways.append(
            _part(
                "role_of",
                claim=claim,
                thing=solvent,
                role=names.new("role"),
                user=thing,
                name=names.new("name"),
                roles=_roles(role, names),
            )  # fmt: skip
            + "\n"
            + _part("nodes", thing=solvent, values=_nodes(first.values))
        )
    rest = _conditions(replace(fact, conditions=fact.conditions[1:]), claim, names)
    return "\n".join([_union(ways), *rest])


def _condition_value(fact: Fact, names: _Names) -> str:
    """The things that stand as a condition of the claims about others: the solvents used for X."""
    user = names.new("user")
    ways = [_part("condition_of", claim="claim", user=user, key=_key(fact.role), thing="thing")]
    role = vocabulary_data()["condition_roles"].get(fact.role)
    if role:
        ways.append(
            _part(
                "role_of",
                claim="claim",
                thing="thing",
                role=names.new("role"),
                user=user,
                name="name",
                roles=_roles(role, names),
            )  # fmt: skip
        )
    other = _group(fact.other, user, names) if fact.other else ""
    return f"{_union(ways)}\n{other}"


def _limits(fact: Fact, claim: str, value: str, highest: str, comparator: str, names: _Names) -> list[str]:
    bounds = [_bound(bound, value, highest, comparator) for bound in fact.bounds]
    return [*bounds, *_conditions(fact, claim, names)]


def _bound(bound: Bound, value: str, highest: str, comparator: str) -> str:
    """A limit; the end of a range that would meet it decides, and limits given as limits never prove their other side."""
    fields = {"value": value, "max": highest, "comparator": comparator}
    if bound.operator in (">", ">="):
        return _part("above", operator=bound.operator, limit=_number(_loosened(bound)), **fields)
    if bound.operator in ("<", "<="):
        return _part("below", operator=bound.operator, limit=_number(_loosened(bound)), **fields)
    width = 0.0 if bound.operator == "between" else 0.011 if bound.operator == "=" else 0.02
    low, high = sorted((bound.value, bound.value if bound.value_max is None else bound.value_max))
    slack = width * abs(low) or 1e-9 * abs(low)
    fields.pop("comparator")
    return _part("between", low=_number(low - slack), high=_number(high + slack), **fields)


def _loosened(bound: Bound) -> float:
    """The limit, moved by the rounding of a conversion where the limit itself counts."""
    slack = 1e-9 * abs(bound.value)
    return {">=": bound.value - slack, "<=": bound.value + slack}.get(bound.operator, bound.value)


def _conditions(fact: Fact, claim: str, names: _Names) -> list[str]:
    parts = [_condition(condition, claim, names) for condition in fact.conditions]
    since, until = fact.years
    if since is not None or until is not None:
        year = names.new("year")
        test = _interval(year, since, until)
        parts.append(_part("year", claim=claim, work=names.new("work"), year=year, test=test))
    return [part for part in parts if part]


def _condition(condition: Condition, claim: str, names: _Names) -> str:
    if condition.low is None and condition.high is None and condition.stated:
        fields = {"claim": claim, "condition": names.new("condition"), "values": _nodes(condition.values)}
        if not condition.key:
            return _part("any_condition", key=names.new("key"), **fields)
        return _part("condition", key=_key(condition.key), **fields)
    if condition.low is None and condition.high is None:
        return ""
    number = names.new("number")
    test = _interval(number, condition.low, condition.high)
    name = "number" if condition.stated else "number_if_stated"
    return _part(name, claim=claim, key=_key(condition.key), number=number, test=test)


def _interval(variable: str, low: float | None, high: float | None) -> str:
    tests = []
    if low is not None:
        tests.append(f"?{variable} >= {_number(low)}")
    if high is not None:
        tests.append(f"?{variable} <= {_number(high)}")
    return " && ".join(tests)


def _group(group: Group, thing: str, names: _Names, *, claim: str = "") -> str:
    """The pattern of a group's things; ``claim`` is bound to what states their class, where something does."""
    parts = []
    if group.scope == "alias":
        fields = {"names": names.new("names"), "position": names.new("position"), "written": names.new("written")}
        values = " ".join(map(_text, group.aliases))
        parts.append(_part("alias", claim="claim", thing=thing, values=values, **fields))
    elif group.nodes and (group.scope != "members" or not group.categories):
        parts.append(_part("nodes", thing=thing, values=_nodes(group.nodes)))
    if group.categories and group.scope != "alias" and (group.scope != "named" or not group.nodes):
        members = "\n".join(_category(each, thing, names, claim) for each in group.categories)
        if parts and group.scope == "either":
            parts = [_union([parts[0], members])]
        else:
            parts.append(members)
    for symbols in group.elements:
        element = names.new("element")
        parts.append(_part("element", thing=thing, element=element, values=" ".join(map(_text, symbols))))
        if group.compound:
            parts.append(_part("compound", thing=thing, element=element, second=names.new("element")))
    if group.without:
        values = " ".join(map(_text, group.without))
        parts.append(
            _part(
                "without", thing=thing, any=names.new("element"), element=names.new("element"), values=values
            )
        )
    if claim and not group.categories:
        parts.append(_part("any_claim", claim=claim, thing=thing))
    return "\n".join(parts)


def _category(category: Category, thing: str, names: _Names, claim: str) -> str:
    """The members of a class by every way in which the graph can tell; ``claim`` is what states it, if anything does.

    The members are found by a query of their own: joined to it, the other patterns run forty times faster.
    """
    if len(category.kinds) == 1:
        return _part("one_kind", thing=thing, kind=_nodes(category.kinds))
    if category.kinds:
        return _part("kind", thing=thing, kind=names.new("kind"), values=_nodes(category.kinds))
    structures, roles = _nodes(category.structures), _nodes(category.roles)
    ways = []
    if category.classes:
        classes = {"class": names.new("class"), "values": _nodes(category.classes)}
        ways.append(_part("class", thing=thing, **classes))
    if category.structures:
        structure = names.new("structure")
        ways.append(
            _part("structure", claim=names.new("claim"), thing=thing, structure=structure, values=structures)
        )
    if category.roles:
        ways.append(
            _part("role", claim=names.new("claim"), thing=thing, role=names.new("role"), values=roles)
        )
    if category.members:
        ways.append(_part("nodes", thing=thing, values=_nodes(category.members)))
    parts = [_part("members", thing=thing, body=_union(ways))] if ways else []
    if claim and category.structures:
        structure = names.new("structure")
        parts.append(
            _part("states_structure", claim=claim, thing=thing, structure=structure, values=structures)
        )
    if claim and category.roles:
        parts.append(_part("states_role", claim=claim, thing=thing, role=names.new("role"), values=roles))
    if category.itself:
        parts.append(_part("but_not", thing=thing, values=", ".join(_node(iri) for iri in category.itself)))
    return "\n".join(parts)


def _roles(role: str, names: _Names) -> str:
    """The things that stand for a role in claims."""
    from ontology.grounding import thing_iri

    labels = {term.label for term in names.lexicon.lookup(role)} | {role}
    return _nodes(sorted(thing_iri(label) for label in labels))


def _union(parts: list[str]) -> str:
    result = parts[0] if parts else ""
    for part in parts[1:]:
        result = _part("union", left=result, right=part)
    return result


def _property(key: str, names: _Names) -> str:
    return _node(names.lexicon.properties[key].term.iri)


def _relations(keys: Iterable[str], names: _Names) -> str:
    return _nodes(names.lexicon.relations[key].iri for key in keys)


def _key(key: str) -> str:
    return str(lg(key))


def _nodes(values: Iterable[str]) -> str:
    return " ".join(_node(value) if re.match(r"[a-z]+://", value) else _text(value) for value in values)


def _node(iri: str) -> str:
    return str(ox.NamedNode(iri))


def _text(value: str) -> str:
    return str(ox.Literal(value))


def _number(value: float) -> str:
    return f"{value:.12g}" if "e" not in f"{value:.12g}" else f"{value:.11e}"


def _part(name: str, /, **fields: str) -> str:
    return fragments()[name].substitute(fields)


@cache
def fragments() -> dict[str, Template]:
    """The parts of fragments.rq by name."""
    text = Path(__file__).with_name("fragments.rq").read_text("utf-8")
    pieces = re.split(r"^#: (\w+)\n", text, flags=re.MULTILINE)[1:]
    return {name: Template(body.strip("\n")) for name, body in zip(pieces[::2], pieces[1::2], strict=True)}


def _tidy(query: str) -> str:
    """The query without empty lines, indented by its braces."""
    depth, lines = 0, []
    for line in query.splitlines():
        text = line.strip()
        if not text:
            continue
        closes = text.startswith("}")
        lines.append("  " * max(depth - closes, 0) + text)
        depth += text.count("{") - text.count("}")
    return "\n".join(lines)
