"""Answers from verdicts: whether a statement is so, and where reports of it or of its values differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from queries.answer.evidence import fetch_evidence
from queries.answer.model import Answer
from queries.answer.rows import thing_rows, unit_of, value_rows
from queries.answer.verbalise import claims_text, items_text, sentences
from queries.form import Form
from queries.select import Row

if TYPE_CHECKING:
    from queries.answer.questions import OpenedStore


def whether_answer(form: Form, rows: Sequence[Row], opened: OpenedStore) -> Answer | None:
    """True where a claim says so, also if others deny it, unless only the others are sure of it.

    False where one denies it, or nothing else can be meant.
    """
    yes, no = _verdicts(rows)
    hedged = _hedged(yes | no, opened)
    others = [row for row in rows if row.verdict == "other"]
    texts = sentences()["text"]
    by_formula = form.fact is None and not form.group.categories
    if by_formula and (yes or any(row.verdict == "absent" for row in rows)):
        text = texts["whether_formula_yes" if yes else "whether_formula_no"]
    elif yes and no:
        text = texts["whether_both"].format(yes=claims_text(yes, hedged), no=claims_text(no, hedged))
    elif yes:
        text = texts["whether_yes"].format(claims=claims_text(yes, hedged))
    elif no:
        text = texts["whether_no"].format(claims=claims_text(no, hedged))
    elif others:
        named = [replace(row, name=row.other_name or row.name) for row in others]
        values = value_rows(named, unit_of(form, opened.lexicon), opened.index)
        items = dict.fromkeys(row.name for row in named if row.name)
        valued = bool(form.fact and form.fact.property)
        text = texts["whether_other"].format(
            items=items_text(values, values=True) if valued else ", ".join(items)
        )
    else:
        return None
    return Answer("", "answered", text=text, boolean=bool(yes) and not (yes <= hedged and no - hedged))


def _hedged(claims: set[str], opened: OpenedStore) -> set[str]:
    """The claims that their sentences do not assert."""
    found = fetch_evidence(opened, sorted(filter(None, claims)))
    return {item["claim"] for item in found if item["certainty"] != "asserted"}


def _verdicts(rows: Sequence[Row]) -> tuple[set[str], set[str]]:
    """The claims that affirm a statement and those that speak against it."""
    yes = {row.claim for row in rows if row.verdict == "true"}
    return yes, {row.claim for row in rows if row.verdict == "false"} - yes


def conflict_answer(form: Form, rows: Sequence[Row], opened: OpenedStore) -> Answer | None:
    """The claims for and against a statement, or the different values of a property; None where all agree."""
    if form.fact is not None and form.fact.relations:
        yes, no = _verdicts(rows)
        if not yes or not no:
            return None
        hedged = _hedged(yes | no, opened)
        text = sentences()["text"]["whether_both"].format(
            yes=claims_text(yes, hedged), no=claims_text(no, hedged)
        )
        sides = thing_rows([row for row in rows if row.verdict != "other"], opened.index)
        return Answer("", "answered", text=text, answers=tuple(sides))
    answers = value_rows(rows, unit_of(form, opened.lexicon), opened.index)
    if len(answers) < 2:
        return None
    text = sentences()["text"]["conflicts"].format(
        number=len(answers), items=items_text(answers, unit=form.unit, values=True)
    )
    return Answer("", "answered", text=text, answers=tuple(answers))
