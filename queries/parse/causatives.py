"""Verbs of making, giving and helping put as what they amount to: "make X higher" is to raise X."""

from __future__ import annotations

from dataclasses import replace

from queries.parse.context import Reading
from queries.parse.mentions import Mention
from queries.parse.naming import resolve
from queries.parse.vocabulary import Verb, vocabulary_data
from queries.parse.words import grammar

_COMPARATIVES = ("increasing", "decreasing")


def as_verb(item: Mention, family: str) -> Mention:
    """A word as the verb that it amounts to: one of a family of relations, such as raising or lowering."""
    verb = Verb(tuple(vocabulary_data()["families"][family]), "plain")
    return replace(item, kind="verb", cues=(), noun=None, key="", verbs=(verb,))


def with_causatives(items: list[Mention]) -> list[Mention]:
    """ "Make X higher" and "make X less Y" as the verbs that they amount to: raise X, lower Y in X."""
    make = next((at for at, item in enumerate(items) if item.text in grammar("making")), None)
    asked = bool(items) and items[0].is_cue("what", "which")
    grades = (*_COMPARATIVES, "high", "low") if asked else _COMPARATIVES
    grade = next((at for at, item in enumerate(items) if item.is_cue(*grades)), None)
    if make is not None and grade == make + 1 and (made := _made_so(items, make)):
        return made
    if make is not None and grade is None and (risen := _made_to_change(items, make)):
        return risen
    if make is None or grade is None or grade < make + 2 or any(item.is_cue("purpose") for item in items):
        return items
    family = "raise" if items[grade].is_cue("increasing", "high") else "lower"
    raised = as_verb(items[make], family)
    middle, behind = items[make + 1 : grade], items[grade + 1 :]
    if any(item.kind == "quantity" or item.is_cue("than") for item in behind):
        return items
    within = [Mention(grade, grade, "preposition", "in", key="in"), *middle] if behind else middle
    return [*items[:make], raised, *behind, *within]


def _made_so(items: list[Mention], make: int) -> list[Mention]:
    """ "How can X be made more Y" as "what raises Y in X"; empty for anything else."""
    grade, behind = items[make + 1], items[make + 2 :]
    named = [item for item in items[:make] if item.named]
    if not items[0].is_cue("how") or len(named) != 1 or len(behind) != 1 or not behind[0].named:
        return []
    family = "raise" if grade.is_cue("increasing") else "lower"
    raised = as_verb(items[make], family)
    within = Mention(make, make, "preposition", "in", key="in")
    return [replace(items[0], cues=("what",)), raised, *behind, within, *named]


def _made_to_change(items: list[Mention], make: int) -> list[Mention]:
    """ "What makes X rise": the verb at the end is what is done to X; empty where there is none."""
    last = items[-1]
    families = vocabulary_data()["families"]
    plain = [verb for verb in last.verbs if verb.form == "plain"]
    if not plain or make + 2 > len(items) - 1 or not any(item.named for item in items[make + 1 : -1]):
        return []
    lowered = any(set(verb.relations) <= set(families["lower"]) for verb in plain)
    return [*items[:make], as_verb(last, "lower" if lowered else "raise"), *items[make + 1 : -1]]


def with_helped(items: list[Mention], reading: Reading) -> list[Mention]:
    """ "Help lithium (to) penetrate" as what it amounts to: bring lithium penetration about."""
    families = vocabulary_data()["families"]
    kept = [item for item in items if item.kind != "light" and item.key != "to"]
    for first, thing, second in zip(kept, kept[1:], kept[2:], strict=False):
        raising = any(set(verb.relations) <= set(families["raise"]) for verb in first.verbs)
        if not (raising or first.text in grammar("making")) or not any(
            verb.happening for verb in second.verbs
        ):
            continue
        named = resolve(f"{thing.text} {second.text}", reading.index, by_stems=True)
        if thing.named is None or named is None or "FailureMechanism" not in named.kinds:
            continue
        event = replace(thing, last=second.last, text=f"{thing.text} {second.text}", named=named)
        place = items.index(first)
        return [*items[:place], as_verb(first, "bring"), event, *items[items.index(second) + 1 :]]
    return items


def with_lenders(items: list[Mention]) -> list[Mention]:
    """ "Give X its high Y" as what it amounts to: raise Y in X."""
    give = next((at for at, item in enumerate(items) if item.text in grammar("lending")), None)
    grade = next((at for at, item in enumerate(items) if item.is_cue("high", "low")), None)
    if not give or grade is None or grade < give + 2 or not items[give - 1].is_cue("what", "which", "factor"):
        return items
    between, behind = items[give + 1 : grade], items[grade + 1 :]
    if not any(item.named for item in between) or len(behind) != 1:
        return items
    family = "raise" if items[grade].is_cue("high") else "lower"
    raised = as_verb(items[give], family)
    return [*items[:give], raised, *behind, Mention(grade, grade, "preposition", "in", key="in"), *between]
