"""How many works an answer must rest on, and of which last years: phrases that stand apart in a question."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ontology.data_files import any_of
from queries.form import Fact, Form
from queries.parse.context import UnreadError
from queries.parse.groups import with_fact
from queries.parse.vocabulary import vocabulary_data


@dataclass(frozen=True, slots=True)
class Backing:
    """A question without such phrases: its ``text``, the least and most ``works``, remarks (``notes``)."""

    text: str
    works: tuple[int | None, int | None] = (None, None)
    notes: tuple[str, ...] = ()


def read_backing(text: str, *, newest: int | None) -> Backing:
    """A question with "in the last five years" as a year and "by at least two papers" as a number of works.

    The last years are those up to the ``newest`` of the graph, so that the answer stays the same until the
    graph changes. Raises UnreadError where no year is known.

    >>> read_backing("What was reported in the last five years?", newest=2020).text
    'What was reported since 2016?'
    >>> read_backing("Which electrolytes are reported by more than one paper?", newest=None).works
    (2, None)
    """
    notes: list[str] = []
    if hit := _recent().search(text):
        if newest is None:
            raise UnreadError(f"“{hit[0]}” cannot be applied: the graph knows the year of no work")
        years = _number(hit["number"]) * int(vocabulary_data()["recent"]["spans"][hit["span"].casefold()])
        since = f"since {newest - years + 1}"
        text = text[: hit.start()] + since + text[hit.end() :]
        notes.append(f"“{hit[0]}” was read as {since}, counted back from the newest work, of {newest}")
    if (hit := _works().search(text)) is None:
        return Backing(text, notes=tuple(notes))
    rest = f"{text[: hit.start()].rstrip()}{text[hit.end() :]}"
    return Backing(rest, _range(hit), tuple(notes))


def backed(form: Form, works: tuple[int | None, int | None]) -> Form:
    """The form of which so many works must report each thing; a sort of things is listed by name then."""
    if works == (None, None):
        return form
    if form.ask == "values" and form.fact and form.group.categories and not form.group.nodes:
        form = replace(form, ask="things", group=with_fact(form.group, form.fact))
    elif form.ask in ("things", "count") and form.fact is None and not form.group.facts:
        form = replace(form, group=with_fact(form.group, Fact()))
    return replace(form, works=works)


def _range(hit: re.Match[str]) -> tuple[int | None, int | None]:
    """The least and the most works."""
    if hit["several"]:
        least, most = vocabulary_data()["works"]["several"][hit["several"].casefold()]
        return (least, most)
    number = _number(hit["number"])
    least, most = vocabulary_data()["works"]["limits"][(hit["limit"] or "").casefold()]
    return (None if least is None else number + least, None if most is None else number + most)


def _number(word: str | None) -> int:
    if not word:
        return 1
    return int(word) if word.isdigit() else int(vocabulary_data()["numbers"][word.casefold()])


@cache
def _works() -> re.Pattern[str]:
    """ "By at least two independent papers", "in more than one study", "according to several works"."""
    data = vocabulary_data()["works"]
    nouns: dict[str, Any] = vocabulary_data()["nouns"]
    works = next(noun["words"] for noun in nouns.values() if noun.get("sources"))
    limit = rf"(?:(?P<limit>{any_of(data['limits'])})\s+)?(?P<number>{_numbers()})"
    return re.compile(
        rf"(?<!\w)(?:{any_of(data['prepositions'])})\s+(?:(?P<several>{any_of(data['several'])})|{limit})\s+"
        rf"(?:(?:{any_of(data['adjectives'])})\s+)*(?:{any_of(works)})s?(?!\w)",
        re.IGNORECASE,
    )


@cache
def _recent() -> re.Pattern[str]:
    """ "In the last five years", "over the past decade"."""
    data = vocabulary_data()["recent"]
    return re.compile(
        rf"(?<!\w)(?:{any_of(data['prepositions'])})\s+(?:the\s+)?(?:{any_of(data['words'])})\s+"
        rf"(?:(?P<number>{_numbers()})\s+)?(?P<span>{any_of(data['spans'])})(?!\w)",
        re.IGNORECASE,
    )


def _numbers() -> str:
    return rf"\d{{1,2}}|{any_of(vocabulary_data()['numbers'])}"
