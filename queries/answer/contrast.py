"""All that is known of several things side by side: one row for each property of which all have values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from ontology.lexicon import MeasuredProperty, local_name
from queries.answer.evidence import by_turns
from queries.answer.model import Answer, AnswerRow
from queries.answer.rows import value_rows
from queries.answer.verbalise import items_text, sentences
from queries.form import Form
from queries.select import Row

if TYPE_CHECKING:
    from queries.answer.questions import OpenedStore


def answer_contrast(form: Form, rows: Sequence[Row], opened: OpenedStore) -> Answer | None:
    """The values of every property that all alternatives have, with what only some of them have."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.relation].append(row)
    properties = {local_name(each.term.iri): each for each in opened.lexicon.properties.values()}
    known = [(properties[name], found[name]) for name in found if name in properties]
    shared = [
        (measured, part)
        for measured, part in known
        if len({row.alternative for row in part}) == len(form.alternatives)
    ]
    if not shared:
        return None
    shared.sort(key=lambda item: (-len(item[1]), item[0].term.label))
    texts = sentences()["text"]
    answers, parts = [], []
    for measured, part in shared:
        sides = _sides(part, measured.unit, opened)
        answers.append(_side_by_side(measured, sides))
        items = texts["sides"].join(items_text(side, values=True) for side in sides)
        parts.append(texts["contrast"].format(property=measured.term.label, items=items))
    alone = sorted(measured.term.label for measured, part in known if (measured, part) not in shared)
    text = texts["compare"].format(items=". ".join(parts))
    if alone:
        text += texts["not_shared"].format(properties=", ".join(alone))
    return Answer("", "answered", text=text, answers=tuple(answers))


def _sides(rows: Sequence[Row], unit: str, opened: OpenedStore) -> list[list[AnswerRow]]:
    """The values of each alternative, the highest first."""
    numbers = sorted({row.alternative for row in rows})
    return [
        value_rows([row for row in rows if row.alternative == number], unit, opened.index)
        for number in numbers
    ]


def _side_by_side(measured: MeasuredProperty, sides: Sequence[Sequence[AnswerRow]]) -> AnswerRow:
    """One property with the values of the alternatives by turns."""
    values = [row for turn in zip_longest(*sides) for row in turn if row is not None]
    return AnswerRow(
        label=measured.term.label,
        iri=measured.term.iri,
        unit=measured.unit,
        claims=tuple(by_turns(values)),
        values=tuple(
            {
                "label": row.label,
                "value": row.value,
                "value_max": row.value_max,
                "unit": row.unit,
                "comparator": row.comparator,
                "claims": list(row.claims),
            }
            for row in values
        ),
    )
