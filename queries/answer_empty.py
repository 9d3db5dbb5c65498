"""Why a question has no answer: which constraint empties the result, and what would remain without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from queries.answer_compute import compute, words
from queries.answer_model import Answer
from queries.form import Form
from queries.render import render
from queries.verbalise import interpretation, items_text, sentences

if TYPE_CHECKING:
    from queries.answer import OpenedStore


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
    if form.ask == "conflicts" and compute(question, replace(form, ask="values"), opened):
        return replace(answer, reason=texts["no_conflict"])
    for constraint, relaxed in relaxations(form, opened):
        found = compute(question, relaxed, opened)
        if found is not None and found.answers:
            reason = texts["emptied"].format(
                constraint=constraint,
                count=len(found.answers),
                items=items_text(found.answers, values=form.ask == "values"),
            )
            return replace(answer, reason=reason, suggestions=(found.interpretation,))
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
    shown = words(opened)
    fact, group = form.fact, form.group
    if fact is not None:
        for bound in fact.bounds:
            others = tuple(each for each in fact.bounds if each is not bound)
            operator = sentences()["operators"][bound.operator]
            yield f"{operator} {bound.text}", _with_fact(form, replace(fact, bounds=others))
        for condition in fact.conditions:
            others_ = tuple(each for each in fact.conditions if each is not condition)
            yield condition.label, _with_fact(form, replace(fact, conditions=others_))
        if fact.context is not None:
            yield f"in {shown.things(fact.context)}", _with_fact(form, replace(fact, context=None))
        if fact.years != (None, None):
            yield "the year", _with_fact(form, replace(fact, years=(None, None)))
    for each in group.facts:
        if each.context is not None:
            facts = tuple(replace(one, context=None) if one is each else one for one in group.facts)
            yield f"in {shown.things(each.context)}", replace(form, group=replace(group, facts=facts))
        for condition in each.conditions:
            kept = tuple(one for one in each.conditions if one is not condition)
            if kept or each.property or each.relations:
                facts = tuple(replace(one, conditions=kept) if one is each else one for one in group.facts)
                yield condition.label, replace(form, group=replace(group, facts=facts))
    for each in group.facts:
        if len(group.facts) > 1 or group.categories or group.nodes:
            facts = tuple(one for one in group.facts if one is not each)
            yield shown.fact(each), replace(form, group=replace(group, facts=facts))
    for symbols in group.elements:
        elements = tuple(each for each in group.elements if each != symbols)
        yield ", ".join(symbols), replace(form, group=replace(group, elements=elements))
    if group.categories and (group.facts or fact is not None):
        labels = " and ".join(each.label for each in group.categories)
        yield labels, replace(form, group=replace(group, categories=(), nodes=()))


def _with_fact(form: Form, fact: object) -> Form:
    """The form with another main fact, also where its group holds the same one."""
    facts = tuple(fact if one == form.fact else one for one in form.group.facts)
    return replace(form, fact=fact, group=replace(form.group, facts=facts))  # type: ignore[arg-type]
