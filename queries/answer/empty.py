"""Why a question has no answer: which constraint empties the result, and what would remain without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from queries.answer.compute import compute, words
from queries.answer.model import Answer
from queries.answer.verbalise import backing, interpretation, items_text, sentences
from queries.form import Fact, Form
from queries.render import render

if TYPE_CHECKING:
    from queries.answer.questions import OpenedStore


def explain_empty(question: str, form: Form, opened: OpenedStore) -> Answer:
    """The answer that says that there is none, and why; relaxations are reported, never applied."""
    texts = sentences()["text"]
    answer = Answer(question, "no_answer", interpretation=interpretation(form, words(opened)))
    if form.ask == "chains":
        things = words(opened).things(form.group)
        end = words(opened).things(form.end) if form.end else ""
        return replace(answer, reason=texts["no_chain"].format(things=things, end=end))
    if form.ask != "meaning":
        answer = replace(answer, sparql=render(form, lexicon=opened.lexicon))
    if form.ask == "compare":
        return replace(answer, reason=_missing(form, opened))
    if form.ask == "contrast":
        things = "; ".join(words(opened).things(each.group) for each in form.alternatives)
        return replace(answer, reason=texts["none_shared"].format(things=things))
    if form.ask == "conflicts" and form.fact is not None:
        alone = compute(question, replace(form, ask="values" if form.fact.property else "whether"), opened)
        if alone is not None:
            return replace(answer, reason=texts["no_conflict"].format(text=alone.text))
    if form.ask == "meaning":
        return replace(answer, reason=texts["no_meaning"].format(things=words(opened).things(form.group)))
    if form.fact is not None and form.fact.beyond is not None:
        values = replace(form.fact, beyond=None)
        if compute(question, Form("values", form.fact.beyond.group, values), opened) is None:
            missing = words(opened).things(form.fact.beyond.group)
            return replace(answer, reason=texts["one_missing"].format(missing=missing))
    if form.ask == "years":
        return replace(answer, reason=texts["no_year"].format(things=words(opened).things(form.group)))
    for constraint, relaxed in relaxations(form, opened):
        found = compute(question, relaxed, opened)
        if found is not None and found.answers:
            reason = texts["emptied"].format(
                constraint=constraint,
                count=len(found.answers),
                items=items_text(found.answers, values=form.ask == "values"),
            )
            return replace(answer, reason=reason)
    things = words(opened).things(replace(form.group, facts=()))
    return replace(answer, reason=texts["nothing_known"].format(things=things))


def _missing(form: Form, opened: OpenedStore) -> str:
    missing = []
    for alternative in form.alternatives:
        assert form.fact is not None
        fact = replace(form.fact, conditions=(*form.fact.conditions, *alternative.conditions))
        if compute("", Form("values", alternative.group, fact), opened) is None:
            labels = [
                words(opened).things(alternative.group),
                *(each.label for each in alternative.conditions),
            ]
            missing.append(", ".join(labels))
    return str(sentences()["text"]["one_missing"].format(missing="; ".join(missing)))


def relaxations(form: Form, opened: OpenedStore) -> Iterator[tuple[str, Form]]:
    """The form without one of its constraints each, with the constraint in words."""
    if form.works != (None, None):
        yield backing(form).strip().rstrip("."), replace(form, works=(None, None))
    if form.fact is not None:
        for constraint, relaxed in _relaxed_facts(form.fact, opened):
            yield constraint, _with_fact(form, relaxed)
    group = form.group
    for fact in group.facts:
        for constraint, relaxed in _relaxed_facts(fact, opened):
            if relaxed.conditions or relaxed.property or relaxed.relations:
                facts = tuple(relaxed if each is fact else each for each in group.facts)
                yield constraint, replace(form, group=replace(group, facts=facts))
    yield from _relaxed_group(form, opened)


def _relaxed_facts(fact: Fact, opened: OpenedStore) -> Iterator[tuple[str, Fact]]:
    """A fact without one of its bounds, conditions, its system or its years."""
    for bound in fact.bounds:
        operator = sentences()["operators"][bound.operator]
        yield f"{operator} {bound.text}", replace(fact, bounds=_but(fact.bounds, bound))
    for condition in fact.conditions:
        yield condition.label, replace(fact, conditions=_but(fact.conditions, condition))
    if fact.context is not None:
        yield f"in {words(opened).things(fact.context)}", replace(fact, context=None)
    if fact.years != (None, None):
        yield sentences()["text"]["the_years"], replace(fact, years=(None, None))


def _relaxed_group(form: Form, opened: OpenedStore) -> Iterator[tuple[str, Form]]:
    """A form without one of the facts, elements or classes of its things."""
    group = form.group
    if len(group.facts) > 1 or group.categories or group.nodes:
        for fact in group.facts:
            yield words(opened).fact(fact), replace(form, group=replace(group, facts=_but(group.facts, fact)))
    for symbols in group.elements:
        elements = _but(group.elements, symbols)
        yield ", ".join(symbols), replace(form, group=replace(group, elements=elements))
    if group.categories and (group.facts or form.fact is not None):
        labels = " and ".join(each.label for each in group.categories)
        yield labels, replace(form, group=replace(group, categories=(), nodes=()))


_Item = TypeVar("_Item")


def _but(items: tuple[_Item, ...], left_out: _Item) -> tuple[_Item, ...]:
    return tuple(item for item in items if item is not left_out)


def _with_fact(form: Form, fact: Fact) -> Form:
    """The form with another main fact, also where its group holds the same one."""
    facts = tuple(fact if each == form.fact else each for each in form.group.facts)
    return replace(form, fact=fact, group=replace(form.group, facts=facts))
