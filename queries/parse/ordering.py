"""Put the mentions of a question into the order in which it is read; refuse what no order makes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from queries.parse.context import Reading, TwoQuestionsError, UnreadError
from queries.parse.mentions import Mention
from queries.parse.targets import is_head
from queries.parse.vocabulary import Verb, vocabulary_data

#: Words that begin a question of its own.
_ASKING = ("which", "what", "who", "where", "when", "why", "how", "how_much", "how_long", "how_hot")


def in_reading_order(items: Sequence[Mention]) -> list[Mention]:
    """What is asked for in front; raises UnreadError for two questions, and for a verb taken as a noun."""
    _check_single(items)
    _check_predicate(items)
    return _asked_first(_relative_first(_put_in(_put_into(items))))


def rejoined(cut: Sequence[Mention], reading: Reading) -> list[Mention]:
    """ "Into what does X turn", "from what is X made": the preposition goes back to the verb."""
    first, last = cut[0], cut[-1]
    if first.kind != "preposition" or len(cut) < 4 or not cut[1].is_cue("what", "which"):
        return list(cut)
    for at in range(len(cut) - 1, 1, -1):
        verbs = reading.vocabulary.verbs.get((*cut[at].text.split(), first.key))
        if verbs and (cut[at].kind == "verb" or cut[at] is last):
            verb = replace(cut[at], kind="verb", text=f"{cut[at].text} {first.key}", verbs=verbs)
            return [*cut[1:at], verb, *cut[at + 1 :]]
    return [*cut[1:], first] if last.kind == "verb" and cut[1].is_cue("what") else list(cut)


def _put_into(items: Sequence[Mention]) -> list[Mention]:
    """ "Was X added to Y" as "is Y doped with X"."""
    asked = bool(items) and items[0].is_cue("aux", "whether")
    for at in range(2, len(items) - 1 if asked else 0):
        before, verb, after = items[at - 1 : at + 2]
        put = tuple(replace(each, passive_object=False) for each in verb.verbs if each.passive_object)
        if put and before.named and after.named:
            return [*items[: at - 1], after, replace(verb, verbs=put), before, *items[at + 2 :]]
    return list(items)


def _put_in(items: Sequence[Mention]) -> list[Mention]:
    """ "In which materials is Ti used as a dopant" as "which materials are doped with Ti"."""
    last = items[-1]
    added = tuple(verb for verb in last.verbs if verb.passive_object)
    if added and len(items) > 3 and items[0].is_cue("which") and items[-2].named and is_head(items[1]):
        # "which material was X added to"
        return [
            *items[:-2],
            replace(last, verbs=tuple(replace(verb, passive_object=False) for verb in added)),
            items[-2],
        ]
    *front, thing, verb, noun = items if len(items) > 4 else (*items, *items, *items)
    sides = noun.noun.relations if noun.noun else ()
    typed = bool(sides) and sides[0] in vocabulary_data()["said_alone"]
    used = any(each.relations == ("used_as",) for each in verb.verbs)
    if (
        not (typed and used and thing.named)
        or items[0].key not in ("in", "for")
        or not items[1].is_cue("which")
    ):
        return list(items)
    doped = replace(verb, verbs=(Verb(sides, "past"),))
    return [*front[1:], doped, thing]


def _relative_first(items: Sequence[Mention]) -> list[Mention]:
    """ "Solvents in which X is stable" as "in which solvents is X stable"."""
    start = 1 if items[0].is_cue("list", "which", "what") and len(items) > 1 else 0
    place = next((at for at, item in enumerate(items) if at > start and item.is_cue("which")), 0)
    if place < start + 2 or items[place].text != "which" or items[place - 1].kind != "preposition":
        return list(items)
    head = items[start : place - 1]
    if not is_head(head[-1]) or not all(item.kind in ("thing", "noun", "loose") for item in head):
        return list(items)
    behind = list(items[place + 1 :])
    verb = next((item for item in behind if item.is_cue("aux")), None)
    moved = [item for item in behind if item is not verb]
    return [items[place - 1], items[place], *head, *([verb] if verb else []), *moved]


def _asked_first(items: Sequence[Mention]) -> list[Mention]:
    """ "Volume shrinkage of the cathode: cause?": the noun that is asked for, from the end to the front."""
    last = items[-1]
    asked = last.noun is not None and bool(last.noun.relations) and len(items) > 1
    plain = all(item.kind in ("thing", "property", "preposition", "light") for item in items[:-1])
    if not asked or not plain or any(item.is_cue("aux") for item in items):
        return list(items)
    return [last, Mention(last.first, last.first, "preposition", "of", key="of"), *items[:-1]]


def _check_predicate(items: Sequence[Mention]) -> None:
    """Raise UnreadError for "X cause Y" with the verb taken as a noun: it stands between two names."""
    for before, item, after in zip(items, items[1:], items[2:], strict=False):
        named = before.named is not None and after.named is not None
        if named and item.noun is not None and item.noun.key == "cause":
            raise UnreadError(f"“{item.text}” does not fit into the rest of the question")


def _check_single(items: Sequence[Mention]) -> None:
    """Raise UnreadError for a second question behind "and", which the answer to the first would pass over."""
    told = [item for item in items if item.kind != "light"]
    for place, (item, following) in enumerate(pairwise(told)):
        if item.is_cue("and") and following.is_cue(*_ASKING) and place and told[0].is_cue(*_ASKING):
            rest = " ".join(each.text for each in told[place + 1 :])
            raise TwoQuestionsError(
                f"these are two questions; “{rest}” was not read: ask one after the other"
            )
