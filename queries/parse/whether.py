"""Read questions that are answered with yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from queries.form import Fact, Form, Side
from queries.parse.clauses import (
    Clause,
    as_clause,
    clause_fact,
    contact_of,
    described_group,
    find_clause,
    is_subject,
    read_complement,
)
from queries.parse.context import Reading, UnreadError
from queries.parse.describing import read_description
from queries.parse.draft import Draft
from queries.parse.groups import category
from queries.parse.measuring import settle
from queries.parse.mentions import Mention
from queries.parse.targets import as_sort, is_head
from queries.parse.vocabulary import vocabulary_data

_QUESTIONS = (
    "which",
    "what",
    "list",
    "who",
    "how",
    "how_much",
    "how_long",
    "how_hot",
    "how_pressed",
    "how_thick",
    "why",
    "where",
    "when",
    "count",
    "type_of",
)


def read_whether(items: list[Mention], reading: Reading) -> Form | None:
    """ "Is X stable in air?": a question that begins with its verb, or a statement that names all parts."""
    first = items[0]
    opened = first.is_cue("whether") or (first.is_cue("aux") and first.kind == "light")
    if any(item.is_cue(*_QUESTIONS) for item in items) and not opened:
        return None
    items = items[1:] if opened else items
    if opened and (form := noun_statement(items, reading)):
        return form
    items = as_clause(items) if opened else items
    clause = find_clause(items)
    if clause is not None and clause.left:
        if not opened and (any(item.noun for item in clause.left) or not _all_named(clause, reading)):
            return None
        return clause_statement(clause, reading)
    if not opened and (_beginswith_sort(items) or not reading.text.rstrip().endswith("?")):
        return None
    draft = read_description(_with_sort(items), reading)
    if not (draft.constants or draft.classes) or not (opened or _claims_something(draft)):
        return None
    return _described_statement(draft, reading)


def _with_sort(items: Sequence[Mention]) -> list[Mention]:
    """The mentions with what stands right behind the thing named as a sort: "is X a sodium conductor"."""
    found = [item for item in items if item.kind != "light"]
    for place, (item, following) in enumerate(pairwise(found)):
        if item.named is not None and (not place or not is_head(item)) and is_head(following):
            found[place + 1] = as_sort(following)
    return found


def _beginswith_sort(items: Sequence[Mention]) -> bool:
    """Whether a phrase begins with the sort of things that it asks for: "solvents for X"."""
    first = next((item for item in items if item.kind not in ("light", "preposition", "cue")), None)
    return first is not None and is_head(first)


def _all_named(clause: Clause, reading: Reading) -> bool:
    """Whether a phrase without question word is a statement: its subject is given, not to be listed."""
    head = next((item for item in clause.left if item.kind != "light"), None)
    given = head is not None and head.named is not None and not is_head(head)
    return given or (clause.verb.form in ("plain", "adjective") and reading.text.rstrip().endswith("?"))


def _claims_something(draft: Draft) -> bool:
    """Whether a bare phrase states something of a constant rather than asking for a value."""
    stated = draft.facts or draft.conditions or draft.elements
    return bool(draft.constants) and not draft.uses and not draft.quantities and bool(stated)


def noun_statement(items: Sequence[Mention], reading: Reading) -> Form | None:
    """ "Is X a dopant of Y": the relation that a noun names, between what stands before it and after it."""
    place = next((at for at, item in enumerate(items) if item.noun and item.noun.relations), None)
    if place is None or not any(item.named for item in items[place + 1 :]):
        return None
    noun = items[place].noun
    left = [item for item in items[:place] if item.kind != "light" and item.key != "as"]
    if noun is None or len(left) != 1 or left[0].named is None:
        return None
    subject = read_complement(left, reading).other
    other = described_group(list(items[place + 1 :]), reading)
    assert subject is not None
    return Form("whether", replace(subject, scope="named"), Fact(noun.relations, side=noun.side, other=other))


def clause_statement(clause: Clause, reading: Reading) -> Form:
    """Whether a clause with both its sides is so."""
    left, right = read_complement(clause.left, reading), read_complement(clause.right, reading)
    subject, other = left.other, right.other or right.agent
    context = right.context or left.context
    if right.agent and right.other:
        context, other = right.other, right.agent
    if subject is None:
        raise UnreadError(f"it is not clear what “{clause.mention.text}” is said of")
    if (partner := contact_of(clause, right, reading)) is not None:
        unstable = vocabulary_data()["without_product"][clause.verb.relations[0]]
        reading.note(f"“{clause.mention.text}” was read as what it does in contact with {partner.words}")
        fact = Fact((unstable,), other=partner, negated=clause.negated)
        return Form("whether", replace(subject, scope="named"), fact)
    if other is None and len(left.each) == 2 and not clause.verb.happening:
        # "Are X and Y compatible"
        subject, other = left.each
    if clause.verb.happening or other is None:
        # "Does X form in Y": something forms it
        fact = Fact(("forms",), side="object", context=other or context)
        return Form("whether", replace(subject, scope="named"), fact)
    side: Side = "subject" if is_subject(clause) else "object"
    fact = clause_fact(clause, reading, side=side, other=other, context=context)
    return Form("whether", replace(subject, scope="named"), fact)


def _described_statement(draft: Draft, reading: Reading) -> Form:
    if not draft.constants and len(draft.classes) > 1:
        # "Do garnets have a cubic structure": the first class is what something is said of
        draft.constants.append(draft.classes.pop(0))
    group = settle(draft, reading, wants_value=False, checks_class=True).group
    if draft.constants:
        group = replace(group, categories=tuple(category(named, reading.index) for named in draft.classes))
    group = replace(group, scope="named")
    if group.facts:
        return Form("whether", replace(group, facts=group.facts[1:]), group.facts[0])
    if not group.categories and not group.elements and not group.without:
        raise UnreadError("it is not clear what is to be confirmed")
    return Form("whether", group)
