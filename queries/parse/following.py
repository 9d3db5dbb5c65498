"""Change the form of a question by a follow-up: another thing, a narrower class, a condition, a limit."""

from __future__ import annotations

from dataclasses import replace

from queries.form import Condition, Fact, Form, Group
from queries.parse.accounting import check_accounted
from queries.parse.context import Reading, UnreadError
from queries.parse.describing import read_description
from queries.parse.draft import Draft, PropertyUse
from queries.parse.finders import find_mentions
from queries.parse.measuring import Described, settle
from queries.parse.mentions import Mention
from queries.parse.modifiers import prepared


def changed_form(form: Form, reading: Reading) -> Form:
    """The form with what the text of a reading adds to it or puts in its place.

    Raises UnreadError where a word is unknown or has no place in the question before.
    """
    problem: UnreadError | None = None
    for cut in find_mentions(reading.text, reading.index, reading.vocabulary):
        unknown = [mention.text for mention in cut if mention.kind == "unknown"]
        if unknown:
            raise UnreadError(f"unknown: {', '.join(unknown)}")
        try:
            return _changed(form, prepared(cut, reading), reading)
        except UnreadError as refusal:
            problem = problem or refusal
    raise problem or UnreadError("the follow-up has no words that say what is different")


def _changed(form: Form, items: list[Mention], reading: Reading) -> Form:
    draft = read_description(items, reading)
    asked = form.fact.property if form.fact else ""
    named_property = bool(draft.uses)
    if asked and not draft.uses:
        draft.uses.append(PropertyUse(reading.lexicon.properties[asked], 0))
    described = settle(draft, reading, wants_value=bool(draft.uses))
    new = _with_group(form, described, draft)
    if described.main is not None:
        new = _with_main(new, described.main, named_property=named_property)
    new = replace(new, notes=tuple(reading.notes))
    if new == replace(form, notes=new.notes):
        raise UnreadError("the follow-up changes nothing in the question before")
    check_accounted(items, new, reading)
    return new


def _with_group(form: Form, described: Described, draft: Draft) -> Form:
    """The form about other things, or about fewer."""
    new, group = described.group, form.group
    facts = tuple(fact for fact in new.facts if fact != described.main)
    if draft.constants:
        return _about(form, replace(new, facts=()), facts)
    if new.categories and group.nodes and group.scope == "named":
        raise UnreadError(f"{group.words} is one thing, of which nothing can be left out")
    group = replace(
        group,
        categories=(*group.categories, *new.categories),
        scope="members" if new.categories else group.scope,
        elements=(*group.elements, *new.elements),
        without=(*group.without, *new.without),
        facts=(*group.facts, *facts),
    )
    return replace(form, group=group)


def _about(form: Form, group: Group, facts: tuple[Fact, ...]) -> Form:
    """The form about another given thing: the one it is about, or the other side of its relation."""
    main = next((fact for fact in form.group.facts if fact.other is not None), None)
    if form.group.nodes or main is None:
        return replace(form, group=replace(group, facts=(*form.group.facts, *facts)))
    changed = tuple(replace(fact, other=group) if fact is main else fact for fact in form.group.facts)
    return replace(form, group=replace(form.group, facts=(*changed, *facts)))


def _with_main(form: Form, main: Fact, *, named_property: bool) -> Form:
    """The form with another property, other conditions or further limits of its measurement."""
    old = form.fact
    if old is None or not old.property:
        if form.group.nodes and form.group.scope == "named":
            return replace(form, fact=main, ask="values")
        facts = tuple(fact for fact in form.group.facts if fact != main)
        return replace(form, fact=main, group=replace(form.group, facts=(main, *facts)))
    if named_property and main.property != old.property:
        new = replace(main, conditions=_joined(old.conditions, main.conditions))
    else:
        new = replace(
            old,
            bounds=(*old.bounds, *main.bounds),
            conditions=_joined(old.conditions, main.conditions),
            years=main.years if main.years != (None, None) else old.years,
        )
    facts = tuple(new if fact == old else fact for fact in form.group.facts)
    return replace(form, fact=new, group=replace(form.group, facts=facts))


def _joined(old: tuple[Condition, ...], new: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conditions of both: the new one of a kind in the place of the old, what is presumed once."""
    stated = [condition for condition in new if not condition.default]
    keys = {condition.key for condition in stated}
    kept = [condition for condition in old if condition.key not in keys]
    presumed = [] if any(each.key == "temperature_C" for each in (*kept, *stated)) else new
    return tuple(dict.fromkeys((*kept, *stated, *(each for each in presumed if each.default))))
