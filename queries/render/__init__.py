"""From a form to SPARQL 1.1: one builder, from the parts in fragments.rq.

Only IRIs and typed literals of a form are put into a query, as pyoxigraph writes them; text of the question
never is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ontology.lexicon import Lexicon
from queries.form import Fact, Form, Group, Rank
from queries.parse.vocabulary import vocabulary_data
from queries.render.facts import fact_test, main_fact
from queries.render.groups import group_pattern
from queries.render.parts import Names, fill, fragments, literal, tidy, union

__all__ = [
    "MOST_ROWS",
    "denials",
    "fragments",
    "main_fact_of",
    "render",
    "rows_of",
    "told_of_class",
    "told_otherwise",
]


#: More rows than this no answer shows; whoever wants more asks in SPARQL.
MOST_ROWS = 2000


def render(form: Form, *, lexicon: Lexicon) -> str:
    """The query that a form asks.

    Its rows have ``?thing ?name ?claim`` and, where there are, a value, a relation and the name of its
    other side.
    """
    names = Names(lexicon)
    if form.ask == "compare":
        return _compared(form, names)
    if form.ask == "contrast":
        return _contrasted(form, names)
    if form.ask == "whether" or (form.ask == "conflicts" and form.fact and form.fact.relations):
        return _whether(form, names)
    if form.ask == "properties":
        user = names.new("measured")
        return _select(fill("measured", thing=user) + "\n" + group_pattern(form.group, user, names))
    if form.rank is not None and form.ask != "years":
        return _ranked(form, names)
    body = _body(form, names)
    return _select(_reported_by(form, body) if form.works != (None, None) else body)


def _reported_by(form: Form, body: str) -> str:
    """The pattern for those things, or values of things, that so many primary works report."""
    least, most = form.works
    counted = "COUNT(DISTINCT ?work)"
    tests = [f"{counted} >= {least}"] if least is not None else []
    tests += [f"{counted} <= {most}"] if most is not None else []
    keys = "?thing ?value ?max" if form.ask == "values" else "?thing"
    return fill("reported_by", keys=keys, body=body, test=" && ".join(tests))


def _select(body: str, *, extra: str = "", tail: str = "") -> str:
    variables = f"?thing ?name ?claim ?value ?max ?comparator ?relation ?otherName {extra}".strip()
    return tidy(fill("select", variables=variables, body=body, tail=tail or f"LIMIT {MOST_ROWS}"))


def _body(form: Form, names: Names) -> str:
    """The pattern of a question for things or values: the main claim first, then what limits the things."""
    main, facts = main_fact_of(form)
    parts = []
    if main is not None:
        parts.append(main_fact(main, names))
    parts.append(group_pattern(form.group, "thing", names, claim="" if main else "claim"))
    parts += [fact_test(fact, "thing", names) for fact in facts]
    return "\n".join(parts)


def main_fact_of(form: Form) -> tuple[Fact | None, list[Fact]]:
    """The fact whose claims answer a form, and the facts that only limit its things."""
    facts = list(form.group.facts)
    main = form.fact
    if main is None or (main.absent and form.ask == "things"):
        main = next((fact for fact in facts if not fact.absent and not fact.same_sentence), None)
    return main, [fact for fact in facts if fact is not main and fact != main]


def _ranked(form: Form, names: Names) -> str:
    assert form.rank is not None
    body = _body(form, names)
    best = fill(
        "best",
        function="MAX" if form.rank.highest else "MIN",
        order="DESC" if form.rank.highest else "ASC",
        limit=str(rows_of(form.rank)),
        body=body,
    )
    return _select(best)


def rows_of(rank: Rank) -> int:
    """How many things a ranking looks at: a few more than are wanted, as some may be one in other words."""
    return rank.count + rank.place + 20


def _compared(form: Form, names: Names) -> str:
    """Every alternative's values, numbered in ``?alternative``."""
    parts = []
    for number, alternative in enumerate(form.alternatives):
        assert form.fact is not None
        fact = replace(form.fact, conditions=(*form.fact.conditions, *alternative.conditions))
        body = _body(replace(form, group=alternative.group, fact=fact), names)
        parts.append(body + "\n" + fill("bind", value=str(number), name="alternative"))
    return _select(union(parts), extra="?alternative")


def _contrasted(form: Form, names: Names) -> str:
    """Every alternative's values of whatever property, which is in ``?relation``."""
    parts = []
    for number, alternative in enumerate(form.alternatives):
        limits = form.fact.conditions if form.fact else ()
        fact = Fact(conditions=(*limits, *alternative.conditions))
        facts = [fact_test(each, "thing", names) for each in alternative.group.facts]
        body = [main_fact(fact, names, measured=True), group_pattern(alternative.group, "thing", names)]
        parts.append("\n".join([*body, *facts, fill("bind", value=str(number), name="alternative")]))
    return _select(union(parts), extra="?alternative")


def _whether(form: Form, names: Names) -> str:
    """What affirms a statement (``?verdict`` true), denies it (false), or is so instead (other)."""
    if form.fact is None:
        return _is_member(form, names)
    stated = (("true", form.fact), *denials(form.fact))
    parts = [
        _body(replace(form, ask="values", fact=fact), names) + "\n" + _verdict(verdict)
        for verdict, one in stated
        for fact in (one, *told_otherwise(one))
    ]
    return _select(union(parts), extra="?verdict")


def _is_member(form: Form, names: Names) -> str:
    """Whether named things are of a class or contain something, with what claims say of their structure."""
    named = group_pattern(Group("", nodes=form.group.nodes), "thing", names)
    checked = replace(form.group, nodes=(), scope="members", facts=())
    ways = [f"{named}\n{group_pattern(checked, 'thing', names, claim='claim')}\n{_verdict('true')}"]
    for verdict, fact in told_of_class(form.group):
        ways.append(f"{named}\n{main_fact(fact, names)}\n{_verdict(verdict)}")
    if form.group.elements or form.group.without:
        known = fill("composition", thing="thing", element=names.new("element"))
        ways.append(f"{named}\n{known}\n{_verdict('absent')}")
    return _select(union(ways), extra="?verdict")


def _verdict(value: str) -> str:
    return fill("bind", value=literal(value), name="verdict")


def told_otherwise(fact: Fact) -> Iterator[Fact]:
    """The facts that state a fact in other terms: from the other side, or by what happens in such contact."""
    data = vocabulary_data()
    if not fact.relations or fact.other is None:
        return
    if set(fact.relations) <= set(data["symmetric"]):
        yield replace(fact, side="object" if fact.side == "subject" else "subject")
    told = tuple(data["told_by"][each] for each in fact.relations if each in data["told_by"])
    if told and not fact.negated and fact.side == "subject":
        yield replace(fact, relations=told, other=None, context=fact.other)


def told_of_class(group: Group) -> Iterator[tuple[str, Fact]]:
    """The facts that tell of the class of things: that they are denied it, and what else they are."""
    objects = tuple(iri for each in group.categories for iri in (*each.structures, *each.roles, *each.itself))
    relations = ("has_structure", "used_as")
    if group.categories:
        yield "false", Fact(relations, other=Group("", nodes=objects), negated=True)
        yield "other", Fact(relations)


def denials(fact: Fact) -> Iterator[tuple[str, Fact]]:
    """The facts that speak against a fact, its denial and its opposite.

    And those that tell what is so instead.
    """
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
