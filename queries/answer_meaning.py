"""What a name means: the ontology's definition, and what claims say a thing is and is made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from queries.answer_evidence import fetch_evidence
from queries.answer_model import Answer
from queries.answer_rows import run, thing_rows
from queries.form import Fact, Form, Group
from queries.render import render
from queries.verbalise import Words, interpretation, items_text, sentences

if TYPE_CHECKING:
    from queries.answer import OpenedStore

#: What is told of a thing: its parts first, else its structure and its role.
_TOLD = (("composed_of",), ("has_structure",), ("used_as",))


def answer_meaning(question: str, form: Form, opened: OpenedStore) -> Answer | None:
    """The definition of a term and what a thing is made of; None where nothing is known of it."""
    definition = _definition(form.group, opened)
    found = []
    sparql = ""
    for relations in _TOLD:
        other = replace(form.group, scope="named")
        told = Form("things", Group("", facts=(Fact(relations, side="object", other=other),)))
        if not form.group.nodes:
            break
        query = render(told, lexicon=opened.lexicon)
        rows = run(opened.store, query)
        if rows:
            found = thing_rows(rows, opened.index)
            sparql = query
            break
        sparql = sparql or query
    if not found and not definition:
        return None
    items = items_text(found)
    return Answer(
        question,
        "answered",
        interpretation=interpretation(form, Words(opened.index, opened.lexicon)),
        sparql=sparql,
        text=sentences()["text"]["meaning"]
        .format(definition=f"{definition} " if definition else "", items=items)
        .strip(),
        answers=tuple(found),
        evidence=tuple(fetch_evidence(opened.store, [claim for row in found for claim in row.claims])),
    )


def _definition(group: Group, opened: OpenedStore) -> str:
    terms = opened.lexicon.lookup(group.words)
    return next((term.definition for term in terms if term.definition), "")
