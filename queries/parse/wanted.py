"""From a description to a form: the things that fit it, their values, or the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.form import ALL, Fact, Form, Group, Rank
from queries.parse.context import Reading, UnreadError
from queries.parse.describing import read_description
from queries.parse.draft import Draft, measured_by
from queries.parse.measuring import Described, fits, settle
from queries.parse.mentions import Mention
from queries.parse.targets import Target, is_head
from queries.parse.vocabulary import vocabulary_data


def read_described(target: Target, rest: Sequence[Mention], reading: Reading) -> Form:
    """Things with their constraints and perhaps a rank, or the values of a property."""
    items = _without_methods([*target.items, *rest], reading)
    draft = read_description(items, reading)
    if not target.asked and (draft.quantities or draft.highest is not None):
        _take_as_sorts(draft, reading)
    wants_value = _wants_value(target, items, draft, reading) or (draft.ordered and bool(draft.uses))
    described = settle(draft, reading, wants_value=wants_value)
    if draft.highest is not None or draft.ordered:
        count = ALL if draft.ordered and draft.count == 1 else draft.count
        return _ranked(described, Rank(draft.highest is not False, count, draft.rank_place), draft)
    if draft.rank_place > 1 and described.main is not None:
        best = described.main.property not in vocabulary_data()["less_is_better"]
        reading.note(f"the {'highest' if best else 'lowest'} was taken as the first place")
        return _ranked(described, Rank(best, 1, draft.rank_place), draft)
    if draft.rank_place > 1:
        raise UnreadError("it is not clear in which order the place is meant; name what is highest or lowest")
    if draft.count > 1:
        raise UnreadError(f"the number {draft.count} does not count anything in the question")
    if wants_value:
        return Form("values", described.group, described.main)
    group = described.group
    if not group.facts and not group.categories and not group.elements and not group.without and group.nodes:
        raise UnreadError(f"it is not clear what is asked about {group.words}")
    return Form("things", _in_its_role(group), described.main)


def _without_methods(items: list[Mention], reading: Reading) -> list[Mention]:
    """ "Which methods give the highest P of X": the highest P, whose conditions tell the method."""
    ranked = any(item.is_cue("most", "least") for item in items)
    if not ranked or not any(measured_by(item, reading) for item in items):
        return items
    methods = [item for item in items if item.noun is not None and item.noun.key == "method"]
    for item in methods:
        reading.note(f"“{item.text}” are told by the conditions of the value")
    return [item for item in items if item not in methods]


def _in_its_role(group: Group) -> Group:
    """ "Which anodes are used": a sort alone asks for what claims say to be so, where any do."""
    if len(group.categories) != 1 or group.facts or group.elements or group.without:
        return group
    sort = group.categories[0]
    if sort.structures:
        return replace(group, categories=(replace(sort, classes=()),))
    if not sort.roles:
        return group
    return Group(group.words, facts=(Fact(("used_as",), other=Group(sort.label, nodes=sort.roles)),))


def _limits(mention: Mention, draft: Draft) -> bool:
    """Whether a quantity is a limit on a property of the description, not a condition."""
    quantity = mention.quantity
    return quantity is not None and any(fits(quantity, use.measured) for use in draft.uses)


def _take_as_sorts(draft: Draft, reading: Reading) -> None:
    """ "Sodium conductor with more than 1 mS/cm": the name of a class that has members stands for these."""
    sorts = [
        named
        for named in draft.constants
        if not named.formula
        and any(set(reading.index.members(term.iri)) - {*named.nodes} for term in named.terms)
    ]
    draft.constants[:] = [named for named in draft.constants if named not in sorts]
    draft.classes += [replace(named, is_class=True) for named in sorts]


def _ranked(described: Described, rank: Rank, draft: Draft) -> Form:
    """The highest or lowest values: of things to be found, or of one thing that is given."""
    if described.main is None:
        raise UnreadError("name the property by which to rank, such as “ionic conductivity”")
    facts = tuple(fact for fact in described.group.facts if fact != described.main)
    group = replace(described.group, facts=facts)
    if draft.constants and rank.place > 1:
        raise UnreadError("a place in an order is found for things that are to be found, not for one thing")
    if draft.constants:
        return Form("aggregate", group, described.main, function="max" if rank.highest else "min")
    return Form("things", group, described.main, rank=rank)


def _wants_value(target: Target, items: Sequence[Mention], draft: Draft, reading: Reading) -> bool:
    """Whether a value is asked for rather than things that have one."""
    if not draft.uses or any(use.absent for use in draft.uses):
        return False
    if draft.constants or any(measured_by(item, reading) for item in target.items):
        return True
    if (
        len(items) > 1
        and len(draft.uses) == 1
        and measured_by(items[-1], reading)
        and items[-2].is_cue("and")
    ):
        # "… and their activation energy"
        return True
    limits = [each for each, _ in draft.quantities if _limits(each, draft)]
    if not limits and draft.highest is None and any(item.is_cue("how_much") for item in items):
        return True
    if limits or draft.highest is not None or (target.asked and target.head is not None):
        return False
    places = [place for place, item in enumerate(items) if is_head(item) and not measured_by(item, reading)]
    property_place = next((place for place, item in enumerate(items) if measured_by(item, reading)), 0)
    asks_at_the_end = target.asked and not target.items and items[-1].is_cue("which")
    if not places:
        limited = draft.quantities or draft.conditions or draft.years != (None, None)
        return bool(limited) or any(item.is_cue("how_much") for item in items)
    if asks_at_the_end:
        return False
    return property_place < places[0] or property_place == places[0] + 1
