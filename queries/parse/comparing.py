"""Read comparisons: "which is higher, A or B", "compare A and B", "A vs B"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from queries.form import Alternative, Fact, Form, Group, Rank
from queries.parse.conditions import matching_condition
from queries.parse.context import Reading, UnreadError
from queries.parse.describing import read_description, room_temperature
from queries.parse.draft import Draft, measured_by
from queries.parse.groups import named_group
from queries.parse.measuring import Described, placed_condition, settle
from queries.parse.mentions import Mention
from queries.parse.naming import resolve
from queries.parse.targets import is_head
from queries.parse.vocabulary import vocabulary_data
from queries.parse.words import grammar

#: Words that stand around what is compared and say nothing else of it.
_AROUND = (
    "or",
    "versus",
    "compare",
    "and",
    "both",
    "increasing",
    "decreasing",
    "aux",
    "which",
    "what",
    "how",
    "how_much",
    "than",
    "list",
)


def read_comparison(items: list[Mention], reading: Reading) -> Form | None:
    """ "Which is higher, A or B", "compare A and B", "A vs B"."""
    if any(item.is_cue("chain", "count") for item in items):
        return None
    direction = direction_of(items, reading)
    places = _around_than(items, reading) or alternatives_of(items, reading)
    compared = direction is not None or any(item.is_cue("versus", "compare") for item in items)
    if len(places) < 2 or not (compared or _same_condition(places)):
        return None
    chosen = set(map(id, places))
    places = _spelt_out(places, reading)
    rest = [item for item in items if id(item) not in chosen and not _is_around(item)]
    draft = read_description(_tidy(rest), reading, compared=True)
    described = settle(draft, reading, wants_value=True)
    if described.main is None:
        if direction is None:
            return _contrast(places, described, draft, reading) if compared else None
        raise UnreadError("name the property to compare, such as “ionic conductivity”")
    if any(item.quantity for item in places):
        described = _at_stated_temperatures(described)
    base = _base(places, draft, reading)
    alternatives = tuple(_alternative(item, described.group, draft, base, reading) for item in places)
    checked = items[0].is_cue("aux") and any(item.is_cue("than") for item in items)
    shown = direction is None or items[0].is_cue("how_much")
    rank = None if shown or direction is None else Rank(direction)
    return Form(
        "compare", described.group, described.main, rank=rank, alternatives=alternatives, checked=checked
    )


def _contrast(places: Sequence[Mention], described: Described, draft: Draft, reading: Reading) -> Form | None:
    """ "Compare A and B": every property that all of them have; None where more is said of them."""
    group = described.group
    if group.facts or group.nodes or group.elements or group.without or draft.quantities:
        return None
    base = _base(places, draft, reading)
    alternatives = tuple(_alternative(item, group, draft, base, reading) for item in places)
    fact = Fact(conditions=(room_temperature(default=True),))
    return Form("contrast", group, fact, alternatives=alternatives)


def _at_stated_temperatures(described: Described) -> Described:
    """Without the room temperature that is meant where none is stated: each side states its own."""
    main = described.main
    if main is None:
        return described
    conditions = tuple(condition for condition in main.conditions if not condition.default)
    return replace(described, main=replace(main, conditions=conditions))


def _is_around(item: Mention) -> bool:
    return item.is_cue(*_AROUND) or _is_comparative_verb(item)


def _is_comparative_verb(item: Mention) -> bool:
    """Whether a verb is a comparative by its spelling: "lower"."""
    return item.kind == "verb" and item.text in grammar("comparatives")


def _tidy(items: list[Mention]) -> list[Mention]:
    """Without prepositions that have lost what they governed."""
    return [
        item
        for item, following in zip_longest(items, items[1:])
        if item.kind != "preposition"
        or (following is not None and following.kind not in ("preposition", "light"))
    ]


def direction_of(items: Sequence[Mention], reading: Reading) -> bool | None:
    """Whether the higher or the lower is wanted; None where neither is asked.

    Of a property of which less is better, the better one is the lower; a better conductor conducts more.
    """
    word = next((item for item in items if item.is_cue("increasing", "decreasing", "most", "least")), None)
    if word is None:
        return False if any(_is_comparative_verb(item) for item in items) else None
    higher = word.is_cue("increasing", "most")
    data = vocabulary_data()
    named = [measured_by(item, reading) for item in items if item.kind == "thing"]
    less_is_better = any(measured and measured.key in data["less_is_better"] for measured in named)
    judged = word.text.removeprefix("the ") in data["judging"]
    return not higher if judged and less_is_better else higher


def _around_than(items: Sequence[Mention], reading: Reading) -> list[Mention]:
    """The things on both sides of "than", where a question puts one thing against another one."""
    than = next((at for at, item in enumerate(items) if item.is_cue("than")), None)
    if than is None or not items[0].is_cue("aux", "how_much"):
        return []
    parts = (items[:than], items[than:])
    sides = [[item for item in part if is_comparable(item, reading)] for part in parts]
    if not sides[1]:
        sides = [[item for item in part if item.kind == "quantity"] for part in parts]
    both = all(len(side) == 1 and not is_head(side[0]) for side in sides)
    return [side[0] for side in sides] if both else []


def alternatives_of(items: Sequence[Mention], reading: Reading) -> list[Mention]:
    """The things around "or", "versus" and "and", and around "with" after "compare"; never a property."""
    compared = any(item.is_cue("compare") for item in items)

    def is_joint(item: Mention) -> bool:
        return item.is_cue("or", "versus", "and") or (compared and item.key in grammar("compared_to"))

    content = [
        item
        for item in items
        if item.kind not in ("light", "loose")
        and not item.is_cue("compare")
        and (item.kind != "preposition" or is_joint(item))
    ]
    found: list[Mention] = []
    for before, joint, after in zip(content, content[1:], content[2:], strict=False):
        alike = is_comparable(before, reading) and is_comparable(after, reading)
        alike = alike or before.kind == after.kind == "quantity"
        if is_joint(joint) and alike:
            listed = _listed_before(before, content, reading)
            found += [each for each in (*listed, before, after) if each not in found]
    return found


def _listed_before(item: Mention, content: Sequence[Mention], reading: Reading) -> list[Mention]:
    """The things that stand right before one of several: "A, B and C"."""
    place = found = content.index(item)
    while found and is_comparable(content[found - 1], reading):
        if content[found - 1].last != content[found].first:
            break
        found -= 1
    kinds = item.named.kinds if item.named else frozenset()
    return [each for each in content[found:place] if each.named and each.named.kinds == kinds]


def is_comparable(item: Mention, reading: Reading) -> bool:
    """Whether a mention names something whose values can be compared."""
    return item.named is not None and not item.named.element and measured_by(item, reading) is None


def _spelt_out(places: Sequence[Mention], reading: Reading) -> list[Mention]:
    """The alternatives with the head that is said once: "P2-type and O3-type NaMO2"."""
    *others, last = places
    tail = last.text.split()[1:]
    return [*(_with_head(item, tail, reading) for item in others), last]


def _with_head(item: Mention, tail: Sequence[str], reading: Reading) -> Mention:
    named = resolve(" ".join((item.text, *tail)), reading.index) if tail else None
    alone = item.named is None or "Material" in item.named.kinds
    if named is None or not named.nodes or alone:
        return item
    reading.note(f"“{item.text}” was read as {named.label}")
    return replace(item, named=named)


def _same_condition(places: Sequence[Mention]) -> bool:
    """Whether the alternatives are forms or methods, which one measurement cannot have both of."""
    kinds = {"SynthesisMethod", "Structure"}
    return bool(places) and all(item.named is not None and item.named.kinds <= kinds for item in places)


def _base(places: Sequence[Mention], draft: Draft, reading: Reading) -> Group | None:
    """The material that a bare form belongs to: "80Li2S-20P2S5 glass-ceramic" or "the glass"."""
    if draft.constants:
        return None
    bare = [
        item for item in places if item.named and matching_condition("form", item.named, reading.index).values
    ]
    named = [item for item in places if item not in bare]
    if not bare or not named:
        return None
    first = resolve(named[0].text.split()[0], reading.index)
    return named_group(first, reading.index) if first is not None and first.formula else None


def _alternative(
    item: Mention, group: Group, draft: Draft, base: Group | None, reading: Reading
) -> Alternative:
    """One side of the comparison: a thing of its own, or the thing in one form or under one condition."""
    if item.quantity is not None:
        condition = placed_condition(item.quantity, "", draft, reading)
        return Alternative(replace(group, words=item.text), (condition,))
    assert item.named is not None
    form = matching_condition("form", item.named, reading.index)
    if draft.constants or (base is not None and form.values):
        either = matching_condition("method", item.named, reading.index)
        if not form.values and not either.values:
            either = matching_condition("", item.named, reading.index)
        condition = replace(either, values=form.values or either.values)
        chosen = group if draft.constants else replace(group, nodes=base.nodes if base else ())
        return Alternative(replace(chosen, words=item.text), (condition,))
    own = named_group(item.named, reading.index)
    if not own.nodes and not own.categories:
        raise UnreadError(f"the graph has nothing named {item.text}")
    return Alternative(
        replace(group, words=item.text, nodes=own.nodes, categories=own.categories, scope="named")
    )
