"""What stands behind a row of an answer: belief, works, value as reported and as asked, what denies it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.belief import belief_in
from kg.claims_file import row_to_reference
from kg.model import Claim, Entity, Evidence
from kg.papers import papers_of
from ontology.units import UnitError, convert
from queries.answer.evidence import MOST_EVIDENCE, by_turns, claim_values, fetch_evidence
from queries.answer.model import Answer, AnswerRow, Json
from queries.answer.works import work_rows
from queries.form import Form

if TYPE_CHECKING:
    from queries.answer.questions import OpenedStore

_THING = Entity(("",), "Material")


def with_receipts(answer: Answer, form: Form, opened: OpenedStore) -> Answer:
    """The answer with what each of its rows rests on; rows beyond the claims that are shown keep only ids."""
    claims = by_turns(answer.answers)[:MOST_EVIDENCE]
    if not claims:
        return answer
    denials = _denials(opened, claims)
    against = fetch_evidence(opened.store, [each for found in denials.values() for each in found])
    ids = dict.fromkeys((*claims, *(item["claim"] for item in against)))
    evidence = {item["claim"]: item for item in (*answer.evidence, *against)}
    known = _Known(claim_values(opened.store, "receipts", ids), denials, evidence)
    shown = {item["claim"] for item in answer.evidence}
    more = tuple(item for item in against if item["claim"] not in shown)
    answers = tuple(_row(row, form, known, opened) for row in answer.answers)
    return replace(answer, answers=answers, evidence=(*answer.evidence, *more))


@dataclass(frozen=True, slots=True)
class _Known:
    """What was fetched of the claims behind an answer, by claim id."""

    facts: Mapping[str, Mapping[str, Sequence[str]]]
    denials: Mapping[str, Sequence[str]]
    evidence: Mapping[str, Json]


def _row(row: AnswerRow, form: Form, known: _Known, opened: OpenedStore) -> AnswerRow:
    denied = tuple(dict.fromkeys(each for claim in row.claims for each in known.denials.get(claim, ())))
    items = [known.evidence[claim] for claim in (*row.claims, *denied) if claim in known.evidence]
    claims = [_claim(item, known.facts.get(item["claim"], {})) for item in items]
    papers = papers_of(claims, own=opened.own_records, retractions=opened.retractions)
    reported = (text for claim in row.claims for text in known.facts.get(claim, {}).get("written", ()))
    affirming = [item for item in items if item["claim"] not in denied]
    return replace(
        row,
        asked=_asked(row, form.unit),
        reported=tuple(dict.fromkeys(reported)),
        works=tuple(work.label for work in work_rows(affirming)),
        belief=round(belief_in(claims, papers).value, 3) if claims else None,
        against=denied,
    )


def _claim(item: Json, facts: Mapping[str, Sequence[str]]) -> Claim:
    """As much of a claim as belief in it needs."""
    evidence = Evidence(
        document=item["document"],
        start=item["start"],
        end=item["end"],
        quote=item["quote"],
        refs=tuple(item["refs"]),
        primary=tuple(row_to_reference(work) for work in item["primary"]),
        extractor=next(iter(facts.get("extractor", ())), ""),
    )
    confidence = float(next(iter(facts.get("confidence", ())), 1.0))
    return Claim(
        _THING,
        "",
        evidence,
        _THING,
        polarity=item["polarity"],
        certainty=item["certainty"],
        confidence=confidence,
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
    found = claim_values(opened.store, "denials", claims)
    return {
        claim: [each.rpartition("/")[2] for each in values["denial"]]
        for claim, values in found.items()
        if "denial" in values
    }
