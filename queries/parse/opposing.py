"""Read "X with and without Y", "X before and after Y": values under a condition beside those without it."""

from __future__ import annotations

from queries.form import Alternative, Condition, Form
from queries.parse.conditions import matching_condition, values_naming
from queries.parse.context import Reading, UnreadError
from queries.parse.describing import read_description
from queries.parse.measuring import settle
from queries.parse.mentions import Mention
from queries.parse.vocabulary import vocabulary_data


def read_opposing(items: list[Mention], reading: Reading) -> Form | None:
    """The values of one property under a condition, and under whatever does not name it."""
    place = next((at for at, item in enumerate(items) if item.is_cue("with_without")), None)
    if place is None:
        return None
    named = next((item for item in items[place + 1 :] if item.kind not in ("light", "loose")), None)
    if named is None or named.named is None:
        raise UnreadError(f"name a method or another condition behind “{items[place].text}”")
    rest = [item for item in items if item not in (items[place], named) and not item.is_cue("compare")]
    described = settle(read_description(rest, reading), reading, wants_value=True)
    if described.main is None:
        raise UnreadError("name the property to compare, such as “ionic conductivity”")
    own = matching_condition("", named.named, reading.index).values
    values = tuple(dict.fromkeys((*own, *values_naming(named.named, reading.index))))
    if not values:
        raise UnreadError(f"no claim gives “{named.text}” as a condition of a value")
    label = vocabulary_data()["not_stated"].format(condition=named.text)
    under = Condition("", named.text, values)
    without = Condition("", label, values, excluded=True)
    sides = tuple(Alternative(described.group, (condition,)) for condition in (under, without))
    return Form("compare", described.group, described.main, alternatives=sides)
