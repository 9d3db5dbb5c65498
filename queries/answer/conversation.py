"""Conversations: a follow-up changes the form of the question before, and is answered like any other."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ontology.data_files import read_yaml
from queries.answer.model import Answer, AnswerRow
from queries.answer.questions import OpenedStore, answer_forms, clean, read_forms
from queries.form import Form, FormError, check_form
from queries.parse.context import Reading, UnreadError
from queries.parse.following import changed_form
from queries.parse.spoken import spelt_out


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was read, and its answer; ``forms`` are empty where it was not understood."""

    forms: tuple[Form, ...]
    answer: Answer


def reply(question: str, opened: OpenedStore, before: Turn | None = None) -> Turn:
    """The next turn of a conversation: a question of its own, or one that goes on from the turn before.

    What has no answer leaves the turn before as what a later follow-up goes on from.
    """
    text = clean(question)
    turn = _sorted_turn(question, text, before) or _followed(question, text, opened, before)
    if turn is None:
        read = read_forms(_with_names(text, opened, before), opened)
        forms = () if isinstance(read, Answer) else tuple(read)
        answer = read if isinstance(read, Answer) else answer_forms(question, read, opened)
        turn = Turn(forms, replace(answer, question=question))
    answered = turn.forms and turn.answer.status == "answered"
    return turn if answered or before is None else replace(turn, forms=before.forms)


def _followed(question: str, text: str, opened: OpenedStore, before: Turn | None) -> Turn | None:
    """The turn of a follow-up, None for a question that stands by itself."""
    narrowing = before is not None and _behind(text, "narrowing") is not None
    rest = text if narrowing else _behind(text, "openers")
    if rest is None:
        return None
    if _is_question(rest) and _behind(text, "of_those") is None:
        alone = read_forms(rest, opened)
        if not isinstance(alone, Answer):
            return Turn(tuple(alone), answer_forms(question, alone, opened))
    if before is None or not before.forms:
        return Turn((), _refusal(question, _data()["nothing_before"]))
    changed = spelt_out(_without_fillers(rest))
    reading = Reading(changed, opened.index, opened.lexicon, opened.vocabulary)
    forms: list[Form] = []
    problem = ""
    for form in before.forms:
        try:
            new = changed_form(form, replace(reading, notes=[]))
            check_form(new, lexicon=opened.lexicon)
        except (UnreadError, FormError) as refusal:
            problem = problem or str(refusal)
        else:
            forms.append(new)
    if not forms:
        return Turn((), _refusal(question, problem))
    return Turn(tuple(forms), answer_forms(question, forms, opened))


def _is_question(text: str) -> bool:
    """Whether a text begins as a question of its own does."""
    return _behind(text, "questions") is not None


def _sorted_turn(question: str, text: str, before: Turn | None) -> Turn | None:
    """The rows of the answer before in another order."""
    wanted = _behind(text, "sort")
    if wanted is None:
        return None
    if before is None or not before.answer.answers:
        return Turn((), _refusal(question, _data()["nothing_before"]))
    word = wanted.split()[0].casefold().strip(" ,.;") if wanted.split() else ""
    key = _data()["keys"].get(word)
    rank = _KEYS.get(key or "")
    values = [rank(row, before.answer) if rank else None for row in before.answer.answers]
    if rank is None or all(value is None for value in values):
        return Turn((), _refusal(question, _data()["no_order"].format(key=word or "?")))
    down = any(phrase in wanted.casefold() for phrase in _data()["descending"])
    down = down or (key in ("value", "belief") and not _says(wanted, "ascending"))
    rows = list(zip(values, before.answer.answers, strict=True))
    told: list[tuple[Any, AnswerRow]] = [pair for pair in rows if pair[0] is not None]
    told.sort(key=lambda pair: pair[0], reverse=down)
    untold = [pair for pair in rows if pair[0] is None]
    ordered = tuple(row for _, row in (*told, *untold))
    answer = replace(before.answer, question=question, answers=ordered)
    return Turn(before.forms, answer)


def _says(text: str, name: str) -> bool:
    return any(phrase in text.casefold() for phrase in _data()[name])


def _year(row: AnswerRow, answer: Answer) -> int | None:
    """The year of the first work behind a row."""
    years = [
        work["year"]
        for item in answer.evidence
        if item["claim"] in row.claims
        for work in item["primary"]
        if "year" in work
    ]
    return min(years) if years else None


def _value(row: AnswerRow, _: Answer) -> float | None:
    """The highest value of a row."""
    if row.value is not None:
        return row.value if row.value_max is None else row.value_max
    values = [each["value"] if each["value_max"] is None else each["value_max"] for each in row.values]
    return max(values) if values else None


_KEYS: dict[str, Callable[[AnswerRow, Answer], Any]] = {
    "year": _year,
    "value": _value,
    "name": lambda row, _: row.label.casefold(),
    "belief": lambda row, _: row.belief,
}


def _with_names(text: str, opened: OpenedStore, before: Turn | None) -> str:
    """The text with the name of the one thing of the question before in the place of pronouns."""
    nodes: Sequence[str] = before.forms[0].group.nodes if before and before.forms else ()
    if not nodes:
        return text
    label = opened.index.labels.get(nodes[0], "")
    words = "|".join(map(re.escape, _data()["pronouns"]))
    return re.sub(rf"(?i)(?<!\w)(?:{words})(?!\w)", lambda _: label, text)


def _behind(text: str, name: str) -> str | None:
    """What follows one of some phrases at the beginning of a text; None where it begins otherwise."""
    for phrase in sorted(_data()[name], key=len, reverse=True):
        hit = re.match(rf"(?i){re.escape(phrase)}(?!\w)[\s,:]*", text)
        if hit is not None:
            return text[hit.end() :].strip(" ?!.")
    return None


def _without_fillers(text: str) -> str:
    while (shorter := _behind(text, "fillers")) is not None and shorter:
        text = shorter
    return text


def is_farewell(text: str) -> bool:
    """Whether what was typed ends a conversation."""
    return text.strip().casefold() in ("", *_data()["farewells"])


def greeting() -> str:
    """What a conversation begins with."""
    return str(_data()["greeting"])


def _refusal(question: str, reason: str) -> Answer:
    return Answer(question, "not_understood", reason=reason)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_suffix(".yaml"))
    return data
