"""What a name means: the ontology's definition, and what claims say a thing is and is made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from queries.answer.evidence import fetch_evidence
from queries.answer.model import Answer, AnswerRow
from queries.answer.rows import rows_for, thing_rows
from queries.answer.verbalise import Words, interpretation, items_text, sentences
from queries.form import Fact, Form, Group
from queries.render import render

if TYPE_CHECKING:
    from queries.answer.questions import OpenedStore

#: What is told of a thing: its parts first, else its structure and its role.
_TOLD = (("composed_of",), ("has_structure",), ("used_as",))


def answer_meaning(question: str, form: Form, opened: OpenedStore) -> Answer | None:
    """The definition of a term and what a thing is made of; None where nothing is known of it."""
    texts = sentences()["text"]
    definition = _definition(form.group, opened)
    found: list[AnswerRow] = []
    sparql = told_text = ""
    for relations in _TOLD:
        other = replace(form.group, scope="named")
        told = Form("things", Group("", facts=(Fact(relations, side="object", other=other),)))
        if not form.group.nodes:
            break
        query = render(told, lexicon=opened.lexicon)
        rows = rows_for(told, opened)
        if rows:
            found = thing_rows(rows, opened.index)
            sparql = query
            verb = Words(opened.index, opened.lexicon).verb(relations[0])
            told_text = texts["meaning_told"].format(relation=verb, items=items_text(found))
            break
        sparql = sparql or query
    if not found and not definition:
        return None
    return Answer(
        question,
        "answered",
        interpretation=interpretation(form, Words(opened.index, opened.lexicon)),
        sparql=sparql,
        text=texts["meaning"].format(definition=definition, told=told_text).strip(),
        answers=tuple(found),
        evidence=tuple(fetch_evidence(opened, [claim for row in found for claim in row.claims])),
    )


def _definition(group: Group, opened: OpenedStore) -> str:
    terms = opened.lexicon.lookup(group.words)
    return next((term.definition for term in terms if term.definition), "")
