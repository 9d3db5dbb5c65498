"""Read what is beyond the values of one given thing: "which electrolytes conduct better than LGPS"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.form import Beyond, Fact, Form
from queries.parse.comparing import direction_of, is_comparable
from queries.parse.context import Reading, UnreadError
from queries.parse.groups import named_group
from queries.parse.mentions import Mention
from queries.parse.statements import read_statement


def read_exceeding(items: list[Mention], reading: Reading) -> Form | None:
    """The things whose value is above, or below, all values of the thing after "than"."""
    than = next((at for at, item in enumerate(items) if item.is_cue("than")), None)
    highest = direction_of(items, reading)
    if than is None or highest is None:
        return None
    given = [item for item in items[than:] if is_comparable(item, reading)]
    if len(given) != 1 or given[0].named is None:
        raise UnreadError("name one thing after “than” to compare with")
    counted = any(item.is_cue("count") for item in items)
    asked = [replace(item, cues=("which",)) if item.is_cue("count") else item for item in items]
    form = read_statement(_without_comparison(asked, given[0]), reading)
    if not isinstance(form, Form) or form.ask != "things" or form.fact is None or not form.fact.property:
        raise UnreadError("it is not clear which values are to be compared")
    group = named_group(given[0].named, reading.index)
    if not group.nodes and not group.categories:
        raise UnreadError(f"the graph has nothing named {given[0].text}")
    beyond = _beyond(form, form.fact, Beyond(group, highest))
    return replace(beyond, ask="count") if counted else beyond


def _without_comparison(items: Sequence[Mention], given: Mention) -> list[Mention]:
    """What is described, without the words of comparing and the prepositions that lose what they govern."""
    kept: list[Mention] = []
    for item in reversed(items):
        orphan = item.kind == "preposition" and (not kept or kept[-1].kind == "preposition")
        if item is not given and not item.is_cue("increasing", "decreasing", "than") and not orphan:
            kept.append(item)
    return kept[::-1]


def _beyond(form: Form, fact: Fact, beyond: Beyond) -> Form:
    limited = replace(fact, beyond=beyond)
    facts = tuple(limited if each == fact else each for each in form.group.facts)
    return replace(form, group=replace(form.group, facts=facts), fact=limited)
