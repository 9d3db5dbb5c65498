"""Years at either end of a question about what does what: those of the works that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.form import Form
from queries.parse.mentions import Mention

Years = tuple[int | None, int | None]


def split_years(items: Sequence[Mention]) -> tuple[list[Mention], Years]:
    """The mentions without the years that a question ends or begins with, and these; all where it has none.

    "First reported after 2015" says more than of which years a work is, and is left whole.
    """
    if any(item.text == "first" or item.is_cue("first", "latest", "when") for item in items):
        return list(items), (None, None)
    end = next((at for at, item in enumerate(items) if item.kind not in ("comparator", "year")), 0)
    if any(item.kind == "year" for item in items[:end]):
        return list(items[end:]), _span(items[:end])
    start = len(items)
    while start and _is_of_years(items, start - 1):
        start -= 1
    if not any(item.kind == "year" for item in items[start:]):
        return list(items), (None, None)
    return list(items[:start]), _span(items[start:])


def _is_of_years(items: Sequence[Mention], place: int) -> bool:
    """Whether a mention is a year, the word before one, or joins two."""
    item, following = items[place], items[place + 1] if place + 1 < len(items) else None
    if item.kind in ("year", "comparator") or following is None or following.kind != "year":
        return item.kind == "year" or (item.kind == "comparator" and following is not None)
    joint = item.is_cue("and") or item.kind == "preposition"
    return joint and place > 0 and items[place - 1].kind == "year"


def dated(form: Form, years: Years, items: Sequence[Mention]) -> Form | None:
    """The form whose main claims come from works of those years; None where no word states their relation.

    "Which electrolytes were reported since 2016" asks for any claim about them, not that they are used so.
    """
    stated = [fact for fact in form.group.facts if not fact.absent and not fact.same_sentence]
    main = form.fact or next(iter(stated), None)
    if main is None or not main.relations or form.ask in ("chains", "compare", "contrast"):
        return None
    said = {relation for item in items for verb in item.verbs for relation in verb.relations}
    said |= {relation for item in items if item.noun for relation in item.noun.relations}
    if said.isdisjoint(main.relations):
        return None
    told = replace(main, years=years)
    facts = tuple(told if fact == main else fact for fact in form.group.facts)
    return replace(form, fact=told if form.fact else None, group=replace(form.group, facts=facts))


def _span(items: Sequence[Mention]) -> Years:
    """The years that one or two years, with the words around them, span."""
    numbers = [item.number for item in items if item.kind == "year" and item.number is not None]
    if len(numbers) > 1:
        return (min(numbers), max(numbers))
    comparator = ""
    years: Years = (None, None)
    for item in items:
        comparator = item.key if item.kind == "comparator" else comparator
        years = with_year(item, comparator, years) if item.kind == "year" else years
    return years


def with_year(item: Mention, comparator: str, years: Years) -> Years:
    """The years that were read so far, with one more and the word before it."""
    year = item.number
    assert year is not None
    if item.quantity is not None and item.quantity.value_max is not None:
        return (year, int(item.quantity.value_max))
    if comparator == "between":
        return (year, None) if years[0] is None else (years[0], year)
    if comparator in ("since", "after"):
        return (year + (comparator == "after"), years[1])
    if comparator in ("until", "before"):
        return (years[0], year - (comparator == "before"))
    return (year, year)
