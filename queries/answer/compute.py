"""Run a form and put its rows into an answer; None where the graph has no rows for it."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from queries.answer.chains import answer_chains
from queries.answer.contrast import answer_contrast
from queries.answer.evidence import MOST_EVIDENCE, by_turns, fetch_conditions, fetch_evidence
from queries.answer.meaning import answer_meaning
from queries.answer.model import Answer, AnswerRow, Json
from queries.answer.receipts import with_receipts
from queries.answer.rows import (
    best_rows,
    count_things,
    count_works,
    rows_for,
    thing_rows,
    unit_of,
    value_rows,
)
from queries.answer.verbalise import Words, interpretation, items_text, sentences, value_text
from queries.answer.verdicts import conflict_answer, whether_answer
from queries.answer.works import dated_rows, works_between
from queries.form import Form, Function
from queries.render import render
from queries.select import Row

if TYPE_CHECKING:
    from queries.answer.questions import OpenedStore


def compute(question: str, form: Form, opened: OpenedStore) -> Answer | None:
    """The answer to a form, None where there is none."""
    if form.ask == "chains":
        return answer_chains(question, form, opened)
    if form.ask == "meaning":
        return answer_meaning(question, form, opened)
    query = render(form, lexicon=opened.lexicon)
    rows = rows_for(form, opened)
    maker = _MAKERS[form.ask]
    made = maker(form, rows, opened)
    if made is None:
        return None
    answer = replace(
        made, question=question, interpretation=interpretation(form, words(opened)), sparql=query
    )
    return with_receipts(_with_evidence(answer, form, rows, opened), form, opened)


def words(opened: OpenedStore) -> Words:
    """The names that sentences are made of."""
    return Words(opened.index, opened.lexicon)


def _with_evidence(answer: Answer, form: Form, rows: Sequence[Row], opened: OpenedStore) -> Answer:
    claims = by_turns(answer.answers) or [row.claim for row in rows if row.claim]
    told: list[list[str]] = []
    if form.ask == "whether":
        # both sides, the decisive one first, by turns
        wanted = ("true", "false") if answer.boolean else ("false", "true", "other")
        told = [[row.claim for row in rows if row.verdict == verdict and row.claim] for verdict in wanted]
        claims = [claim for turn in zip_longest(*told) for claim in turn if claim] or claims
    evidence = answer.evidence or tuple(fetch_evidence(opened, claims))
    evidence = _surest_first(evidence, told)
    if not any(row.value is not None for row in answer.answers):
        return replace(answer, evidence=evidence)
    conditions = fetch_conditions(opened, claims)
    answers = tuple(
        replace(row, conditions={k: v for claim in row.claims for k, v in conditions.get(claim, {}).items()})
        for row in answer.answers
    )
    return replace(answer, answers=answers, evidence=evidence)


def _surest_first(evidence: Sequence[Json], told: Sequence[Sequence[str]]) -> tuple[Json, ...]:
    """The evidence of the sides by turns, of each side what its sentence asserts before what it supposes."""
    sides = [
        sorted(
            (item for item in evidence if item["claim"] in side),
            key=lambda item: item["certainty"] != "asserted",
        )
        for side in map(frozenset, told)
    ]
    ordered = [item for turn in zip_longest(*sides) for item in turn if item]
    return (*ordered, *(item for item in evidence if item not in ordered))


def _answered(text: str, answers: Sequence[AnswerRow], **fields: Any) -> Answer:
    return Answer("", "answered", text=text, answers=tuple(answers), **fields)


def _things(form: Form, rows: Sequence[Row], opened: OpenedStore) -> Answer | None:
    if not rows:
        return None
    texts = sentences()["text"]
    unit = unit_of(form, opened.lexicon)
    if form.rank is not None:
        answers = best_rows(rows, form, unit, opened.index)
        text = texts["values"].format(items=items_text(answers, unit=form.unit, values=True))
        return _answered(text, answers)
    answers = thing_rows(rows, opened.index, unit=unit)
    count = count_things(form, opened, answers, rows)
    text = texts["things"].format(count=count, items=_items_by_sign(answers, form, opened))
    return _answered(text, answers)


def _items_by_sign(answers: Sequence[AnswerRow], form: Form, opened: OpenedStore) -> str:
    """The rows in one line; where it was asked what raises or lowers something, by what they do."""
    relations = opened.lexicon.relations
    asked = [fact for fact in (form.fact, *form.group.facts) if fact is not None]
    if not {-1, 1} <= {relations[key].sign for fact in asked for key in fact.relations}:
        return items_text(answers)
    parts: dict[str, list[AnswerRow]] = defaultdict(list)
    for row in answers:
        parts[" or ".join(words(opened).verb(key) for key in row.relation.split(", "))].append(row)
    one = sentences()["text"]["by_relation"]
    return "; ".join(one.format(relation=label, items=items_text(rows)) for label, rows in parts.items())


def _values(form: Form, rows: Sequence[Row], opened: OpenedStore) -> Answer | None:
    if not rows:
        return None
    called = form.group.aliases if form.group.scope == "alias" else ()
    answers = value_rows(rows, unit_of(form, opened.lexicon), opened.index, called=called)
    text = sentences()["text"]["values"].format(items=items_text(answers, unit=form.unit, values=True))
    return _answered(text, answers)


def _count(form: Form, rows: Sequence[Row], opened: OpenedStore) -> Answer | None:
    texts = sentences()["text"]
    if form.count_sources:
        evidence = fetch_evidence(opened, [row.claim for row in rows])
        answers = works_between(evidence, form.fact.years if form.fact else (None, None))
        count = len(answers) if len(rows) <= MOST_EVIDENCE else count_works(form, opened)
    else:
        answers = thing_rows(rows, opened.index)
        count = count_things(form, opened, answers, rows)
    if not answers:
        return None
    text = texts["count"].format(count=count, items=items_text(answers))
    return _answered(text, answers, count=count)


def _aggregate(form: Form, rows: Sequence[Row], opened: OpenedStore) -> Answer | None:
    values = value_rows(rows, unit_of(form, opened.lexicon), opened.index)
    if not values or form.function is None:
        return None
    if form.function == "count":
        text = sentences()["text"]["count"].format(
            count=len(values), items=items_text(values, unit=form.unit, values=True)
        )
        return _answered(text, values, count=len(values))
    if form.function in ("max", "min", "range"):
        answers = _extremes(values, form.function)
    else:
        numbers = [_middle(row) for row in values]
        number = statistics.fmean(numbers) if form.function == "mean" else statistics.median(numbers)
        label = ", ".join(dict.fromkeys(row.label for row in values))
        answers = [
            AnswerRow(
                label=label,
                names=values[0].names,
                iri=values[0].iri if len({row.iri for row in values}) == 1 else "",
                value=number,
                unit=values[0].unit,
                claims=tuple(claim for row in values for claim in row.claims),
            )
        ]
    texts = sentences()
    computed = form.function in ("mean", "median") and len(values) > 1
    text = texts["text"]["computed" if computed else "aggregate"].format(
        function=texts["functions"][form.function],
        number=len(values),
        value="; ".join(value_text(row, unit=form.unit) for row in answers),
    )
    return _answered(text, answers)


def _middle(row: AnswerRow) -> float:
    """A value, or the middle of its range."""
    assert row.value is not None
    return row.value if row.value_max is None else (row.value + row.value_max) / 2


def _extremes(values: Sequence[AnswerRow], function: Function) -> list[AnswerRow]:
    highest = max(values, key=lambda row: row.value_max if row.value_max is not None else row.value or 0.0)
    lowest = min(values, key=lambda row: row.value or 0.0)
    if function == "range":
        top = highest.value_max if highest.value_max is not None else highest.value
        return [replace(lowest, value_max=top, claims=(*lowest.claims, *highest.claims))]
    return [highest] if function == "max" else [lowest]


def _compare(form: Form, rows: Sequence[Row], opened: OpenedStore) -> Answer | None:
    present = {row.alternative for row in rows}
    if len(present) < len(form.alternatives):
        return None
    unit = unit_of(form, opened.lexicon)
    texts = sentences()
    if form.rank is None:
        answers = value_rows(rows, unit, opened.index)
        parts = [
            _side_text([row for row in rows if row.alternative == number], form, opened)
            for number in sorted(present)
        ]
        return _answered(texts["text"]["compare"].format(items="; ".join(parts)), answers)
    best = [
        best_rows([row for row in rows if row.alternative == number], form, unit, opened.index)[0]
        for number in sorted(present)
    ]
    pick: Callable[..., AnswerRow] = max if form.rank.highest else min
    winner = pick(best, key=lambda row: row.value_max if row.value_max is not None else row.value or 0.0)
    winners = [row for row in best if (row.value, row.value_max) == (winner.value, winner.value_max)]
    shown = fetch_evidence(opened, by_turns([*winners, *(row for row in best if row not in winners)]))
    if form.checked:
        return replace(_checked(best, winners), evidence=tuple(shown))
    direction = texts["direction"]["highest" if form.rank.highest else "lowest"]
    text = texts["text"]["compare_winner"].format(
        label=" / ".join(row.label for row in winners),
        direction=direction,
        value=value_text(winner, unit=form.unit),
    )
    text += " " + items_text(best, unit=form.unit, values=True) + "."
    return _answered(text, winners, evidence=tuple(shown))


def _side_text(rows: Sequence[Row], form: Form, opened: OpenedStore) -> str:
    """The values of one side of a comparison, with the condition that sets it apart."""
    answers = value_rows(rows, unit_of(form, opened.lexicon), opened.index)
    items = items_text(answers, unit=form.unit, values=True)
    conditions = ", ".join(each.label for each in form.alternatives[rows[0].alternative].conditions)
    return f"{conditions} – {items}" if conditions else items


def _checked(best: Sequence[AnswerRow], winners: Sequence[AnswerRow]) -> Answer:
    """Whether the first of the alternatives alone has the wanted value."""
    texts = sentences()["text"]
    wins = list(winners) == [best[0]]
    text = texts["compare_checked"].format(
        verdict=texts["yes" if wins else "no"], items=items_text(best, values=True)
    )
    return Answer("", "answered", text=text, boolean=wins)


def _sources(form: Form, rows: Sequence[Row], opened: OpenedStore) -> Answer | None:
    claims = [row.claim for row in rows if row.claim and row.verdict == "true"]
    if not claims:
        return None
    evidence = fetch_evidence(opened, claims)
    answers = works_between(evidence, form.fact.years if form.fact else (None, None))
    text = sentences()["text"]["sources"].format(items=items_text(answers))
    return _answered(text, answers, evidence=tuple(evidence))


def _years(form: Form, rows: Sequence[Row], opened: OpenedStore) -> Answer | None:
    evidence = fetch_evidence(opened, [row.claim for row in rows if row.claim])
    answers = dated_rows(evidence, form.rank)
    if not answers:
        return None
    texts = sentences()["text"]
    items = "; ".join(texts["value"].format(label=row.label, value=f"{row.value:.0f}") for row in answers)
    return _answered(texts["sources"].format(items=items), answers, evidence=tuple(evidence))


_MAKERS: dict[str, Callable[[Form, Sequence[Row], Any], Answer | None]] = {
    "things": _things,
    "properties": _things,
    "values": _values,
    "count": _count,
    "aggregate": _aggregate,
    "compare": _compare,
    "contrast": answer_contrast,
    "whether": whether_answer,
    "sources": _sources,
    "years": _years,
    "conflicts": conflict_answer,
}
