"""From the rows of a query to the rows of an answer: what belongs together is one, with all its claims."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ontology.formula import parse_formula
from ontology.lexicon import Lexicon, local_name
from queries.answer.model import AnswerRow, Json
from queries.chains.wording import Wording, read_wording
from queries.form import Form
from queries.graph_index import GraphIndex
from queries.parse.vocabulary import vocabulary_data
from queries.render import MOST_ROWS
from queries.select import Row, foremost, make_rows, select

if TYPE_CHECKING:
    from queries.answer.questions import OpenedStore

#: Kinds of which a claim's own wording is kept: "low porosity" is not "porosity".
_WORDED = frozenset({"Property", "Strategy", "FailureMechanism", "Interphase", "Interface", "Environment"})
_MOST_NAMES = 6


def rows_for(form: Form, opened: OpenedStore) -> list[Row]:
    """The rows of a form, at most so many as an answer shows."""
    columns, lexicon = opened.columns, opened.lexicon
    found = select(form, columns, lexicon=lexicon)
    return make_rows(foremost(form, found, columns, most=MOST_ROWS), columns, lexicon=lexicon)


def count_things(form: Form, opened: OpenedStore, shown: Sequence[AnswerRow], rows: Sequence[Row]) -> int:
    """How many things there are for a form: those that are shown, or all where these are not all."""
    if len(rows) < MOST_ROWS:
        return len(shown)
    found = select(form, opened.columns, lexicon=opened.lexicon)
    return len(np.unique(np.concatenate([part.things for part in found])))


def count_works(form: Form, opened: OpenedStore) -> int:
    """How many primary works stand behind the claims of a form, or documents that cite none."""
    found = select(form, opened.columns, lexicon=opened.lexicon)
    works = opened.columns.works
    behind = opened.columns.among(works.owners, np.concatenate([part.claims for part in found]))
    return len(np.unique(works.terms[behind]))


def thing_rows(rows: Iterable[Row], index: GraphIndex, *, unit: str = "") -> list[AnswerRow]:
    """One row for each thing, those with the most claims first.

    Where claims name a thing in words that say more than which thing it is, each wording has a row of its own
    ("low porosity" beside "porosity"); wordings that differ in how much they spell out are one.
    ``unit`` is that of the values by which they were found.
    """
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.thing:
            found[row.thing].append(row)
    made = [
        _thing_row(part, index, unit) for members in found.values() for part in _by_wording(members, index)
    ]
    return sorted(made, key=lambda row: (-len(row.claims), row.label))


def _by_wording(rows: Sequence[Row], index: GraphIndex) -> list[list[Row]]:
    kinds = index.kinds(rows[0].thing)
    if kinds & {"Material", "Dopant"}:
        return _by_composition(rows, index)
    if not _is_worded(rows[0], kinds):
        return [list(rows)]
    parts: list[tuple[Wording, list[Row]]] = []
    for row in rows:
        wording = read_wording(row.name or index.labels.get(row.thing, ""))
        same = next((part for known, part in parts if _one_meaning(known, wording)), None)
        if same is None:
            parts.append((wording, [row]))
        else:
            same.append(row)
    return [part for _, part in parts]


def _is_worded(row: Row, kinds: frozenset[str]) -> bool:
    """Whether the words of a claim matter: always for what has an effect, not for methods and structures."""
    return bool(kinds & _WORDED) or row.relation in vocabulary_data()["family_of"]


def _by_composition(rows: Sequence[Row], index: GraphIndex) -> list[list[Row]]:
    """The rows apart by the formula that claims give, where one thing stands for a family: LiP5 and LiP7."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        formula = parse_formula(row.name)
        parts[formula.key if formula else ""].append(row)
    if len([key for key in parts if key]) < 2:
        return [list(rows)]
    called: dict[str, list[Row]] = defaultdict(list)
    for part in parts.values():
        called[label_of(rows[0].thing, part, index)] += part
    return list(called.values())


def _one_meaning(one: Wording, other: Wording) -> bool:
    return one.sign == other.sign and (one.words <= other.words or other.words <= one.words)


def _thing_row(rows: Sequence[Row], index: GraphIndex, unit: str) -> AnswerRow:
    thing = rows[0].thing
    relations = dict.fromkeys(row.relation for row in rows if row.relation)
    values = _values_of(rows, unit)
    # the claims of the highest value first: their sentences are shown first
    valued = [claim for value in values for claim in value["claims"]]
    return AnswerRow(
        label=label_of(thing, rows, index),
        names=names_of(thing, rows, index),
        iri=thing,
        relation=", ".join(relations),
        claims=tuple(dict.fromkeys((*valued, *_claims(rows)))),
        values=values,
    )


def _values_of(rows: Sequence[Row], unit: str) -> tuple[Json, ...]:
    """The distinct values by which a thing was found, the highest first."""
    found: dict[tuple[float, float | None, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.value is not None:
            found[row.value, row.highest, row.comparator].append(row)
    ordered = sorted(found, key=lambda key: -(key[1] if key[1] is not None else key[0]))
    return tuple(
        {
            "value": value,
            "value_max": highest,
            "unit": unit,
            "comparator": comparator,
            "claims": list(_claims(found[value, highest, comparator])),
        }
        for value, highest, comparator in ordered
    )


def label_of(thing: str, rows: Sequence[Row], index: GraphIndex) -> str:
    """The canonical label.

    The wording of the claims for things whose names say more than which thing it is.
    """
    label = index.labels.get(thing) or next((row.name for row in rows if row.name), local_name(thing))
    said = Counter(row.name for row in rows if row.name)
    if not said:
        return label
    usual = said.most_common(1)[0][0]
    if index.kinds(thing) & {"Material", "Dopant"}:
        return usual if parse_formula(usual) and index.is_family(thing) else label
    return usual if _is_worded(rows[0], index.kinds(thing)) else label


def names_of(thing: str, rows: Sequence[Row], index: GraphIndex) -> tuple[str, ...]:
    """The label, then how the claims name the thing, then its other names."""
    said = dict.fromkeys(row.name for row in rows if row.name)
    names = (label_of(thing, rows, index), *said, index.labels.get(thing, ""), *index.names.get(thing, ()))
    return tuple(name for name in dict.fromkeys(names) if name)[:_MOST_NAMES]


def _claims(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.claim for row in rows if row.claim))


def value_rows(
    rows: Iterable[Row], unit: str, index: GraphIndex, *, called: Sequence[str] = ()
) -> list[AnswerRow]:
    """One row for each thing and distinct value, the highest first.

    ``called`` is what else the claims call it.
    """
    found: dict[tuple[str, float | None, float | None, int], list[Row]] = defaultdict(list)
    for row in rows:
        found[row.thing, row.value, row.highest, row.alternative].append(row)
    result = [
        AnswerRow(
            label=label_of(thing, members, index),
            names=tuple(
                dict.fromkeys((label_of(thing, members, index), *called, *names_of(thing, members, index)))
            ),
            iri=thing,
            value=value,
            value_max=highest,
            unit=unit,
            comparator=members[0].comparator,
            claims=_claims(members),
        )
        for (thing, value, highest, _), members in found.items()
    ]
    return sorted(result, key=lambda row: (-(row.value_max or row.value or 0.0), row.label))


def best_rows(rows: Sequence[Row], form: Form, unit: str, index: GraphIndex) -> list[AnswerRow]:
    """The things with the highest or lowest values, as many as wanted; ties with the last are kept."""
    assert form.rank is not None
    sign = -1 if form.rank.highest else 1

    def level(row: AnswerRow) -> float:
        return row.value_max if row.value_max is not None else row.value or 0.0

    ordered = sorted(value_rows(rows, unit, index), key=lambda row: (sign * level(row), row.label))
    kept: dict[str, AnswerRow] = {}
    for row in ordered:
        if row.iri not in kept:
            kept[row.iri] = row
    things = list(kept.values())
    if form.rank.place > 1:
        # what shares a value shares its place
        levels = list(dict.fromkeys(map(level, things)))
        return [row for row in things if level(row) in levels[form.rank.place - 1 : form.rank.place]]
    if len(things) <= form.rank.count:
        return things
    last = level(things[form.rank.count - 1])
    return [row for place, row in enumerate(things) if place < form.rank.count or level(row) == last]


def unit_of(form: Form, lexicon: Lexicon) -> str:
    """The canonical unit of the property that a form asks for."""
    return lexicon.properties[form.fact.property].unit if form.fact and form.fact.property else ""
