"""Words for what something is good for, put as the verb that they amount to: "good against X"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.parse.causatives import as_verb
from queries.parse.context import Reading
from queries.parse.draft import measured_by
from queries.parse.mentions import Mention
from queries.parse.naming import resolve
from queries.parse.vocabulary import vocabulary_data
from queries.parse.words import grammar


def with_aims(items: list[Mention], reading: Reading) -> list[Mention]:
    """The mentions with what is good for something put as what does it."""
    items = _with_kept_from(items, reading)
    items = _with_gains(_with_degrees(_with_compounds(items)), reading)
    return _with_against(_without_judging(items, reading), reading)


def _with_kept_from(items: list[Mention], reading: Reading) -> list[Mention]:
    """ "Keep X from forming", "protect X from being reduced": suppress X, or what happens to it."""
    place = next((at for at, item in enumerate(items) if item.text in grammar("keeping")), None)
    source = next((at for at, item in enumerate(items) if item.key == "from"), None)
    if place is None or source is None or source < place + 2 or source + 1 >= len(items):
        return items
    kept, happening = items[place + 1 : source], items[-1]
    if len(kept) != 1 or kept[0].named is None or not happening.verbs:
        return items
    text = f"{kept[0].text} {happening.text}"
    named = resolve(text, reading.index, by_stems=True)
    what = kept[0] if named is None else replace(kept[0], named=named, text=text)
    return [*items[:place], as_verb(items[place], "lower"), what]


def _with_degrees(items: list[Mention]) -> list[Mention]:
    """ "How stable is X against Y" as whether it is."""
    if len(items) < 4 or not items[0].is_cue("how") or not items[2].is_cue("aux"):
        return items
    states = vocabulary_data()["contraries"]
    if not any(verb.form == "adjective" and verb.relations[0] in states for verb in items[1].verbs):
        return items
    return [items[2], items[3], items[1], *items[4:]]


def _with_gains(items: list[Mention], reading: Reading) -> list[Mention]:
    """ "Which additive gives the best cycle life": what raises it, as nothing ranks what is put in."""
    place = next((at for at, item in enumerate(items) if item.text in _giving()), 0)
    behind = items[place + 1 :]
    sides = set(vocabulary_data()["said_alone"])
    put_in = any(item.noun and set(item.noun.relations) & sides for item in items[:place])
    if not place or not put_in or len(behind) < 2 or not behind[0].is_cue("most", "least"):
        return items
    best = behind[0].is_cue("most") or behind[0].text in vocabulary_data()["judging"]
    reading.pass_over(behind[0].text)
    return [*items[:place], as_verb(items[place], "raise" if best else "lower"), *behind[1:]]


def _giving() -> frozenset[str]:
    return frozenset(grammar("giving")) | frozenset(grammar("lending"))


def _without_judging(items: list[Mention], reading: Reading) -> list[Mention]:
    """ "Which halide resists moisture best": where no values decide, all that do it are named."""
    judging = vocabulary_data()["judging"]
    best = next((item for item in items if item.is_cue("most", "least") and item.text in judging), None)
    told = any(item.noun and item.noun.relations for item in items)
    aimed = told or any(item.verbs or item.is_cue("purpose") or item.key == "against" for item in items)
    if best is None or not aimed or any(measured_by(item, reading) or item.quantity for item in items):
        return items
    if not any(item.named for item in items):
        return items
    reading.pass_over(best.text)
    return [item for item in items if item is not best]


def _with_against(items: list[Mention], reading: Reading) -> list[Mention]:
    """ "Which halides are good against dendrites": what suppresses them."""
    place = next((at for at, item in enumerate(items[:-1]) if item.text == "against"), 0)
    if not place or any(item.verbs for item in items) or any(measured_by(item, reading) for item in items):
        return items
    bad = items[place + 1].named
    factor = any(item.noun and item.noun.key == "factor" for item in items)
    if factor or bad is None or "FailureMechanism" not in bad.kinds:
        return items
    return [*items[:place], as_verb(items[place], "lower"), *items[place + 1 :]]


def _with_compounds(items: list[Mention]) -> list[Mention]:
    """ "Dendrite suppression strategies" as strategies that suppress dendrites."""
    if len(items) < 3:
        return items
    *before, thing, verb, head = items
    factor = head.noun is not None and head.noun.key == "factor"
    noun = next((each for each in verb.verbs if each.form == "noun"), None)
    if not factor or noun is None or thing.named is None or _governed(before):
        return items
    return [*before, head, replace(verb, verbs=(replace(noun, form="plain"),)), thing]


def _governed(items: Sequence[Mention]) -> bool:
    return any(item.verbs or item.kind == "preposition" for item in items)
