"""What stands behind a row of an answer: belief, works, value as reported and as asked, what denies it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.belief import belief_in
from kg.model import Claim
from kg.papers import Papers, papers_of
from kg.read import own_records
from ontology.units import UnitError, convert
from queries.answer.evidence import MOST_EVIDENCE, by_turns, fetch_claims, fetch_evidence
from queries.answer.model import Answer, AnswerRow, Json
from queries.answer.works import work_rows
from queries.form import Form

if TYPE_CHECKING:
    from queries.answer.questions import OpenedStore


def with_receipts(answer: Answer, form: Form, opened: OpenedStore) -> Answer:
    """The answer with what each of its rows rests on; rows beyond the claims that are shown keep only ids."""
    claims = by_turns(answer.answers)[:MOST_EVIDENCE]
    if not claims:
        return answer
    denials = _denials(opened, claims)
    against = fetch_evidence(opened, [each for found in denials.values() for each in found])
    shown = {item["claim"] for item in answer.evidence}
    more = tuple(item for item in against if item["claim"] not in shown)
    evidence = {item["claim"]: item for item in (*answer.evidence, *against)}
    found = fetch_claims(opened, (*claims, *evidence))
    own = own_records(opened.store, {claim.evidence.document for claim in found.values()})
    papers = papers_of(found.values(), own=own, retractions=opened.retractions)
    known = _Known(found, denials, evidence, papers)
    answers = tuple(_row(row, form, known) for row in answer.answers)
    return replace(answer, answers=answers, evidence=(*answer.evidence, *more))


@dataclass(frozen=True, slots=True)
class _Known:
    """What was fetched of the claims behind an answer, by claim id, and the papers behind them all."""

    claims: Mapping[str, Claim]
    denials: Mapping[str, Sequence[str]]
    evidence: Mapping[str, Json]
    papers: Papers


def _row(row: AnswerRow, form: Form, known: _Known) -> AnswerRow:
    denied = tuple(dict.fromkeys(each for claim in row.claims for each in known.denials.get(claim, ())))
    items = [known.evidence[claim] for claim in (*row.claims, *denied) if claim in known.evidence]
    claims = [known.claims[item["claim"]] for item in items]
    stated = [known.claims[claim] for claim in row.claims if claim in known.claims]
    reported = [claim.quantity.as_written for claim in stated if claim.quantity]
    affirming = [item for item in items if item["claim"] not in denied]
    return replace(
        row,
        asked=_asked(row, form.unit),
        reported=tuple(dict.fromkeys(filter(None, reported))),
        works=tuple(work.label for work in work_rows(affirming)),
        belief=round(belief_in(claims, known.papers).value, 3) if claims else None,
        against=denied,
    )


def _asked(row: AnswerRow, unit: str) -> Json | None:
    """The value in the unit of the question, where it named another one than the canonical."""
    if not unit or unit == row.unit or row.value is None:
        return None
    try:
        value, highest = (
            None if each is None else convert(each, row.unit, to=unit) for each in (row.value, row.value_max)
        )
    except UnitError:
        return None
    return {"value": value, "value_max": highest, "unit": unit}


def _denials(opened: OpenedStore, claims: Sequence[str]) -> dict[str, list[str]]:
    """The ids of the claims that deny the statement of each claim."""
    columns = opened.columns
    if not columns.denials:
        return {}
    affirmed = columns.number("affirmed")
    found = {}
    for place in columns.places(claims).tolist():
        key = (int(columns.subject[place]), int(columns.predicate[place]), int(columns.object[place]))
        if columns.polarity[place] == affirmed and (denying := columns.denials.get(key)):
            found[columns.id_of(place)] = [columns.id_of(each) for each in denying]
    return found
