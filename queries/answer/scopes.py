"""The readings of one form in turn: classes as such, then their members, other names, the other direction."""

from __future__ import annotations

from dataclasses import replace

from queries.form import Fact, Form, Group
from queries.parse.vocabulary import vocabulary_data


def scopes(form: Form) -> list[Form]:
    """The form for classes as such, then for their members; a question that names no class has one."""
    found = [_narrowed(form)]
    wider = _widened(form)
    if wider != found[0]:
        found.append(wider)
    if form.ask == "things" and wider.group.facts and wider.group.categories and wider.group.nodes:
        # the class itself, where no member is known: "which defects" – "defects"
        found.append(replace(wider, group=replace(wider.group, scope="either")))
    if form.group.aliases and form.ask in ("values", "aggregate", "sources", "whether"):
        found.append(replace(form, group=replace(form.group, scope="alias")))
    if (others := _by_alias(form)) is not None:
        found.append(others)
    if (
        form.ask in ("values", "compare", "contrast", "aggregate")
        and form.fact
        and any(each.default for each in form.fact.conditions)
    ):
        found += [_any_temperature(each) for each in found]
    return [*found, *(turned for each in found if (turned := _turned(each)) is not None)]


def _by_alias(form: Form) -> Form | None:
    """The form in which the other side of a relation is what claims call by the name that was asked."""
    facts = tuple(
        replace(fact, other=replace(fact.other, scope="alias")) if fact.other and fact.other.aliases else fact
        for fact in form.group.facts
    )
    return None if facts == form.group.facts else replace(form, group=replace(form.group, facts=facts))


def _turned(form: Form) -> Form | None:
    """The form with the sides of its symmetric relations exchanged: what X bears bears X."""
    facts = tuple(map(_turned_fact, form.group.facts))
    main = _turned_fact(form.fact) if form.fact else None
    if facts == form.group.facts and main == form.fact:
        return None
    return replace(form, group=replace(form.group, facts=facts), fact=main)


def _turned_fact(fact: Fact) -> Fact:
    symmetric = set(vocabulary_data()["symmetric"])
    if not fact.relations or not set(fact.relations) <= symmetric or fact.side == "condition":
        return fact
    return replace(fact, side="object" if fact.side == "subject" else "subject")


def _narrowed(form: Form) -> Form:
    """The form for what is said of a class itself, where values, sources or a truth are asked for."""
    group = form.group
    if form.ask in ("values", "sources", "whether") and group.nodes and group.scope == "members":
        return replace(form, group=replace(group, scope="named"))
    return form


def _any_temperature(form: Form) -> Form:
    assert form.fact is not None
    conditions = tuple(each for each in form.fact.conditions if not each.default)
    return replace(form, fact=replace(form.fact, conditions=conditions))


def _widened(form: Form) -> Form:
    return replace(
        form,
        group=_wide_group(form.group, own=form.ask != "things"),
        fact=_wide_fact(form.fact),
        alternatives=tuple(replace(each, group=_wide_group(each.group)) for each in form.alternatives),
    )


def _wide_group(group: Group, *, own: bool = True) -> Group:
    facts = tuple(wide for fact in group.facts if (wide := _wide_fact(fact)))
    scope = "either" if own and group.categories and group.nodes else group.scope
    return replace(group, facts=facts, scope=scope)


def _wide_fact(fact: Fact | None) -> Fact | None:
    if fact is None:
        return None
    other = _wide_group(fact.other) if fact.other else None
    context = _wide_group(fact.context) if fact.context else None
    return replace(fact, other=other, context=context)
