"""Answers that are chains: how one thing leads to another, claim by claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.answer.evidence import fetch_evidence
from queries.answer.model import Answer, AnswerRow
from queries.answer.verbalise import Words, interpretation, sentences
from queries.chains import Chain, essential_chains, find_chains
from queries.form import Form, Group

if TYPE_CHECKING:
    from queries.answer.questions import OpenedStore

_MOST_CHAINS = 10


def answer_chains(question: str, form: Form, opened: OpenedStore) -> Answer | None:
    """The chains from the form's things to its end, the most believed first; None where there is none."""
    assert form.end is not None
    graph = opened.chains
    found: dict[tuple[str, ...], Chain] = {}
    for start in _ends(form.group):
        for end in _ends(form.end):
            for chain in find_chains(graph, start, end, limit=_MOST_CHAINS):
                found.setdefault(tuple(node.iri for node in chain.nodes), chain)
    if not found:
        for chain in find_chains(graph, form.group.words, form.end.words, limit=_MOST_CHAINS):
            found.setdefault(tuple(node.iri for node in chain.nodes), chain)
    if not found:
        return None
    ordered = sorted(found.values(), key=lambda chain: -chain.belief * chain.match)
    chains = essential_chains(ordered)[:_MOST_CHAINS]
    answers = tuple(
        AnswerRow(
            label=chain.text,
            path=tuple(chain.path_to_json()),
            claims=tuple(dict.fromkeys(claim for step in chain.steps for claim in step.ids)),
        )
        for chain in chains
    )
    claims = [claim for row in answers for claim in row.claims]
    return Answer(
        question,
        "answered",
        interpretation=interpretation(form, Words(opened.index, opened.lexicon)),
        text=sentences()["text"]["chains"].format(items="; ".join(row.label for row in answers)),
        answers=answers,
        evidence=tuple(fetch_evidence(opened, claims)),
    )


def _ends(group: Group) -> list[str]:
    """The things of a group and its classes, which stand for their members; without any its words."""
    return list(dict.fromkeys((*group.nodes, *(each.label for each in group.categories)))) or [group.words]
