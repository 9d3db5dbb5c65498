"""Read the sorts of question that a word gives away: who reported, disagree, how many, average, compare, define."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from queries.form import Alternative, Form, Function, Group, Rank
from queries.parse.clauses import find_clause, is_subject, read_complement
from queries.parse.conditions import matching_condition
from queries.parse.context import Reading, Unread
from queries.parse.describing import read_description
from queries.parse.draft import Draft, measured_by
from queries.parse.groups import named_group
from queries.parse.measuring import settle
from queries.parse.mentions import Mention
from queries.parse.naming import resolve
from queries.parse.statements import read_statement
from queries.parse.targets import is_head, split_target
from queries.parse.whether import read_whether
from queries.parse.vocabulary import vocabulary_data


def _without(items: Sequence[Mention], *cues: str) -> list[Mention]:
    return [item for item in items if not item.is_cue(*cues) or item.is_cue("aux")]


def read_sources(items: list[Mention], reading: Reading) -> Form | None:
    """ "Who reported …", "which reference gives …": the works behind claims."""
    noun = next((item for item in items if item.noun and item.noun.sources), None)
    counted = any(item.is_cue("count") for item in items) and noun is not None
    cued = any(item.is_cue("sources", "come_from", "sentences", "who") for item in items)
    if not cued and not (noun and (counted or split_target(items).head is noun)):
        return None
    rest = [
        item
        for item in items
        if not item.is_cue(
            "sources", "come_from", "sentences", "who", "which", "what", "where", "count", "aux", "list"
        )
        and not (item.noun and item.noun.sources)
        and not (
            item.kind == "verb" and item.text in ("give", "gives", "gave", "make", "made", "get", "found")
        )
    ]
    if rest and rest[0].kind == "preposition":
        rest = rest[1:]
    if rest and rest[-1].kind == "preposition":
        rest = rest[:-1]
    form = _claimed(rest, reading)
    ask = (
        "values"
        if any(item.is_cue("sentences") for item in items) and form.fact and form.fact.property
        else "sources"
    )
    if counted:
        return replace(form, ask="count", count_sources=True)
    return replace(form, ask=cast("str", ask))  # type: ignore[arg-type]


def _claimed(items: list[Mention], reading: Reading) -> Form:
    """The claims that a question is about, whether they are measurements or relations."""
    clause = find_clause(items)
    if clause is not None and clause.left:
        return _first(read_whether(items, reading) or read_statement(items, reading))
    draft = read_description(items, reading)
    described = settle(draft, reading, wants_value=True)
    group, fact = described.group, described.main
    if fact is None and group.facts:
        group, fact = replace(group, facts=group.facts[1:]), group.facts[0]
    if fact is not None:
        equal = tuple(
            replace(bound, operator="~") if bound.operator == "=" else bound for bound in fact.bounds
        )
        fact = replace(fact, bounds=equal)
    return Form("sources", group, fact)


def _first(read: Form | list[Form] | None) -> Form:
    """The likeliest reading of a part of a question; raises Unread where it has none."""
    if not read:
        raise Unread("it is not clear which claim is meant")
    return read[0] if isinstance(read, list) else read


def read_conflict(items: list[Mention], reading: Reading) -> Form | None:
    """ "Where do reports disagree on …": values of one property that differ."""
    if not any(item.is_cue("conflict") for item in items):
        return None
    rest = _without(items, "conflict", "list", "where", "which", "what", "how")
    rest = [item for item in rest if not (item.noun and item.noun.sources) and not item.is_cue("aux")]
    described = settle(read_description(rest, reading), reading, wants_value=True)
    if described.main is None:
        raise Unread("name the property on which reports may disagree, such as “ionic conductivity”")
    return Form("conflicts", described.group, described.main)


def read_chain(items: list[Mention], reading: Reading) -> Form | None:
    """ "Through what does X lead to Y": the steps between two given things."""
    cued = any(item.is_cue("chain") for item in items)
    how = any(item.is_cue("how") for item in items)
    if not cued and not how:
        return None
    clause = find_clause(_without(items, "chain", "how"))
    if not cued and (clause is None or not _both_given(items, reading)):
        return None
    ends = [item for item in items if item.kind in ("thing", "property")]
    if len(ends) < 2:
        if cued and not how:
            raise Unread("a chain needs a start and an end")
        return None
    start, end = _ends(items, ends, clause is not None and clause.passive and not is_subject(clause))
    start_group = read_complement([start], reading).other
    end_group = read_complement([end], reading).other
    assert start_group is not None
    return Form("chains", start_group, end=end_group)


def _both_given(items: Sequence[Mention], reading: Reading) -> bool:
    clause = find_clause(_without(items, "chain", "how"))
    if clause is None or clause.verb.happening:
        return False
    open_verb = set(clause.verb.relations) == set(vocabulary_data()["families"]["effects"])
    sides = (clause.left, clause.right)
    return not open_verb and all(any(item.kind in ("thing", "property") for item in side) for side in sides)


def _ends(items: Sequence[Mention], ends: Sequence[Mention], swapped: bool) -> tuple[Mention, Mention]:
    """Start and end: as "from" and "to" say, else in the order of the question."""
    start, end = ends[0], ends[1]
    for place, item in enumerate(items[:-1]):
        following = items[place + 1]
        if item.kind == "preposition" and following in ends and item.key == "from":
            start = following
            end = next(each for each in ends if each is not start)
    return (end, start) if swapped else (start, end)


def read_comparison(items: list[Mention], reading: Reading) -> Form | None:
    """ "Which is higher, A or B", "compare A and B", "A vs B"."""
    if any(item.is_cue("chain", "count") for item in items):
        return None
    joints = ("or", "versus", "compare")
    cued = [item for item in items if item.is_cue(*joints)]
    direction = _direction(items)
    places = _alternatives(items, reading, joined_by_and=bool(cued) or direction is not None)
    if len(places) < 2 or not (cued or direction is not None or _same_condition(places, reading)):
        return None
    if (
        direction is None
        and not any(item.is_cue("versus", "compare") for item in items)
        and not _same_condition(places, reading)
    ):
        return None
    chosen = set(map(id, places))
    rest = [
        item
        for item in items
        if id(item) not in chosen
        and not item.is_cue(*joints, "and", "both", "increasing", "decreasing", "aux")
    ]
    rest = [
        item for item in rest if not item.is_cue("which", "what", "how", "list") and not _is_open_verb(item)
    ]
    rest = _tidy(rest)
    draft = read_description(rest, reading, compared=True)
    described = settle(draft, reading, wants_value=True)
    if described.main is None:
        if direction is None:
            return None
        raise Unread("name the property to compare, such as “ionic conductivity”")
    base = _base(places, draft, reading)
    alternatives = tuple(_alternative(item, described.group, draft, base, reading) for item in places)
    rank = None if direction is None else Rank(direction)
    return Form("compare", described.group, described.main, rank=rank, alternatives=alternatives)


def _is_open_verb(item: Mention) -> bool:
    return item.kind == "verb" and item.text in ("lower", "slow", "narrow")


def _tidy(items: list[Mention]) -> list[Mention]:
    """Without prepositions that have lost what they governed."""
    return [
        item
        for item, following in zip(items, (*items[1:], None), strict=True)
        if item.kind != "preposition"
        or (following is not None and following.kind not in ("preposition", "light"))
    ]


def _direction(items: Sequence[Mention]) -> bool | None:
    """Whether the higher or the lower is wanted; None where neither is asked."""
    data = vocabulary_data()
    for place, item in enumerate(items):
        if item.is_cue("increasing", "decreasing", "most", "least") or _is_open_verb(item):
            higher = item.is_cue("increasing", "most")
            key = next((each.key for each in items if each.kind == "property"), "")
            judged = item.text in ("better", "worse", "best", "worst", "the better", "the worse")
            named = next((each for each in items[place:] if each.kind == "thing"), None)
            if judged and not key and named is not None and named.named and named.named.term:
                less = [k for k in data["less_is_better"]]
                key = next((k for k in less if named.named.term.iri.endswith(k.title().replace("_", ""))), "")
                return not higher if key else higher
            return higher
    return None


def _alternatives(items: Sequence[Mention], reading: Reading, *, joined_by_and: bool) -> list[Mention]:
    """The things around "or", "versus" and "and"; a property is never one of them."""
    compared = any(item.is_cue("compare") for item in items)
    content = [
        item
        for item in items
        if item.kind not in ("light", "loose")
        and (item.kind != "preposition" or (compared and item.key in ("with", "to")))
    ]
    found: list[Mention] = []
    for place, item in enumerate(content):
        joint = item.is_cue("or", "versus", "and") or (
            compared and item.kind == "preposition" and item.key in ("with", "to")
        )
        if not joint or not 0 < place < len(content) - 1:
            continue
        before, after = content[place - 1], content[place + 1]
        if _comparable(before, reading) and _comparable(after, reading):
            found += [each for each in (before, after) if each not in found]
    return found


def _comparable(item: Mention, reading: Reading) -> bool:
    return (
        item.kind == "thing"
        and measured_by(item, reading) is None
        and not (item.named and item.named.element)
    )


def _same_condition(places: Sequence[Mention], reading: Reading) -> bool:
    """Whether the alternatives are forms or methods, which one measurement cannot have both of."""
    return bool(places) and all(
        item.named is not None and item.named.kinds <= {"SynthesisMethod", "Structure"} for item in places
    )


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
    """One side of the comparison: a thing of its own, or the thing in one form or by one method."""
    assert item.named is not None
    form = matching_condition("form", item.named, reading.index)
    if draft.constants or (base is not None and form.values):
        either = matching_condition("method", item.named, reading.index)
        condition = replace(either, values=form.values or either.values)
        chosen = group if draft.constants else replace(group, nodes=base.nodes if base else ())
        return Alternative(replace(chosen, words=item.text), (condition,))
    own = named_group(item.named, reading.index)
    if not own.nodes and not own.categories:
        raise Unread(f"the graph has nothing named {item.text}")
    return Alternative(
        replace(group, words=item.text, nodes=own.nodes, categories=own.categories, scope="named")
    )


def read_count(items: list[Mention], reading: Reading) -> Form | None:
    """ "How many …": the things that a list would give, counted."""
    if not any(item.is_cue("count") for item in items):
        return None
    asked = [replace(item, cues=("which",)) if item.is_cue("count") else item for item in items]
    form = _first(read_statement(asked, reading))
    if form.ask not in ("things", "values"):
        raise Unread("it is not clear what is to be counted")
    return replace(form, ask="count")


def read_aggregate(items: list[Mention], reading: Reading) -> Form | None:
    """ "Average … of X": one number from all values."""
    functions: dict[str, Function] = {"mean": "mean", "median": "median", "range": "range"}
    function = next((functions[cue] for cue in functions if any(item.is_cue(cue) for item in items)), None)
    if function is None:
        return None
    rest = _without(items, *functions, "list", "what", "which")
    described = settle(read_description(rest, reading), reading, wants_value=True)
    if described.main is None:
        raise Unread(f"name the property whose {function} is wanted")
    return Form("aggregate", described.group, described.main, function=function)


def read_meaning(items: list[Mention], reading: Reading) -> Form | None:
    """ "What is a garnet electrolyte": what a name means and what it is made of."""
    content = [
        item
        for item in items
        if item.kind not in ("light", "preposition") and not item.is_cue("what", "define", "how_much")
    ]
    asked = items[0].is_cue("what", "define", "who")
    doing = any(item.is_cue("aux") and item.text == "do" for item in items)
    if len(content) == 1 and not doing and asked and content[0].named is not None and content[0].kind == "thing":
        return Form("meaning", replace(named_group(content[0].named, reading.index), scope="named"))
    if not any(item.is_cue("type_of", "which", "what") for item in items[:2]):
        return None
    typed = items[0].is_cue("type_of") or (items[0].is_cue("which") and items[0].text.startswith("what"))
    if not typed or len(content) > 3:
        return None
    given = [item for item in content if item.named and not is_head(item)]
    if len(given) != 1 or any(item.kind not in ("thing", "noun", "cue") for item in content):
        return None
    for item in content:
        if item not in given and item.named is not None:
            reading.note(f"“{item.text}” was taken as a description of {given[0].text}")
    group = read_complement(given, reading).other
    from queries.form import Fact

    return Form(
        "things",
        Group(words="structure types", facts=(Fact(("has_structure",), side="object", other=group),)),
    )
