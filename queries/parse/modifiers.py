"""Prepare the mentions of a cut for reading: words that modify a name or a limit become part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from queries.form import Fact
from queries.parse.aims import with_aims
from queries.parse.causatives import with_causatives, with_helped, with_lenders
from queries.parse.clauses import clause_fact, find_clause, read_complement
from queries.parse.conditions import matching_condition
from queries.parse.context import Reading
from queries.parse.draft import implied_property, is_making, measured_by
from queries.parse.mentions import Mention
from queries.parse.naming import Named, resolve
from queries.parse.vocabulary import Verb, vocabulary_data
from queries.parse.words import grammar


def prepared(cut: Sequence[Mention], reading: Reading) -> list[Mention]:
    """The mentions of a cut that say something, with what modifies a name or a limit joined to it."""
    attributed = _with_compositions(_with_attributes(cut, reading), reading)
    attributed = with_helped(with_lenders(attributed), reading)
    said = [item for item in attributed if item.kind != "light" or item.is_cue("aux")]
    kept = [
        item
        for place, item in enumerate(said)
        if not place or not item.is_cue("if") or any(verb.happening for verb in said[place - 1].verbs)
    ]
    kept = with_aims(_without_told(_with_active_use(kept, reading), reading), reading)
    return _with_thresholds(_with_modifiers(with_causatives(kept), reading))


def _with_active_use(items: list[Mention], reading: Reading) -> list[Mention]:
    """ "Cells that use an In anode" as cells with an In anode; "used" behind an auxiliary is no such use."""
    found: list[Mention] = []
    for place, item in enumerate(items):
        verbs = item.verbs or (reading.vocabulary.verbs.get((item.text,), ()) if item.noun else ())
        using = any(verb.relations == ("used_as",) and verb.form in ("plain", "past") for verb in verbs)
        behind = items[place + 1] if place + 1 < len(items) else None
        named = bool(found) and (found[-1].named is not None or found[-1].noun is not None)
        active = using and len(item.text.split()) == 1 and behind is not None and behind.named is not None
        with_it = replace(item, kind="preposition", key="with", verbs=(), noun=None)
        found.append(with_it if active and named and not _is_asked(items[:place]) else item)
    return found


def _is_asked(items: Sequence[Mention]) -> bool:
    """Whether an auxiliary stands before the last name: "did X use Y", "what does X use"."""
    return any(item.is_cue("aux") for item in items)


def _without_told(items: list[Mention], reading: Reading) -> list[Mention]:
    """The mentions without a verb that a property tells already: the window in which something is stable."""
    told = vocabulary_data()["told_by_property"]
    measured = next((found for item in items if (found := measured_by(item, reading))), None)
    relations = set(told.get(measured.key, ())) if measured else set()
    last = items[-1] if items else None
    if last is None or not any(set(verb.relations) <= relations for verb in last.verbs):
        return items
    return items[:-1]


def _with_compositions(items: Sequence[Mention], reading: Reading) -> list[Mention]:
    """The mentions with "sulfide" and "SSEs" as one name where a class is called by both."""
    found: list[Mention] = []
    for item in items:
        before = found[-1] if found else None
        if before is not None and before.kind == "composition" and item.named and item.named.term:
            named = resolve(f"{before.text} {item.named.label}", reading.index)
            if named is not None and named.terms:
                whole = f"{before.text} {item.text}"
                named = replace(named, text=whole, is_class=item.named.is_class)
                found[-1] = Mention(before.first, item.last, "thing", whole, named=named)
                continue
        found.append(item)
    return found


def _with_attributes(cut: Sequence[Mention], reading: Reading) -> list[Mention]:
    """Participles in front of a name as part of it: an "enlarged bottleneck" is no one's enlarging it."""
    found = list(cut)
    for place, (item, following) in enumerate(pairwise(cut)):
        before = cut[place - 1] if place else None
        attributive = (
            before is None
            or (before.is_cue("aux") and any(verb.form == "progressive" for verb in item.verbs))
            or before.kind in ("preposition", "verb")
            or before.text in grammar("articles")
        )
        if attributive and following.named and (sign := _changed(item)):
            found[place] = replace(item, kind="cue", cues=(sign,), verbs=())
            found[place + 1] = replace(following, named=_changed_name(item.text, following.named, reading))
    return found


def _changed(item: Mention) -> str:
    """The cue that a participle of raising or lowering amounts to."""
    families = vocabulary_data()["families"]
    for verb in item.verbs:
        if verb.form == "progressive" and set(verb.relations) <= set(families["raise"]):
            return "increasing"
        if verb.form == "past" and not verb.happening:
            for cue, name in (("increasing", "raise"), ("decreasing", "lower")):
                if set(verb.relations) & set(families[name]):
                    return cue
    return ""


def _changed_name(change: str, named: Named, reading: Reading) -> Named:
    """The thing that a change of something is called by: "enlarged bottleneck size"; else what is changed."""
    names = (named.text, named.label, *(name for term in named.terms for name in term.names))
    found = (resolve(f"{change} {name}", reading.index, by_stems=True) for name in names)
    return next((each for each in found if each is not None and each.nodes), named)


def _with_modifiers(items: list[Mention], reading: Reading) -> list[Mention]:
    """Join "air-stable" and the like to one mention of what is so."""
    found: list[Mention] = []
    adjectives = vocabulary_data()["opposites"]
    for item in items:
        before = found[-1] if found else None
        verb = next((verb for verb in item.verbs if verb.form == "adjective"), None)
        if (
            verb
            and before
            and before.named
            and verb.relations[0] in adjectives
            and _joined(before, item, reading)
        ):
            clause = find_clause([before, item])
            other = read_complement([before], reading).other
            assert clause is not None
            fact: Fact = clause_fact(clause, reading, side="subject", other=other, context=None)
            found[-1] = Mention(before.first, item.last, "fact", f"{before.text}-{item.text}", fact=fact)
        elif verb and before and before.named and (made := _made_in(before, item, verb, reading)):
            found[-1] = made
        elif verb and before and (put := _put_in(before, item, verb, reading)):
            found[-1] = put
        else:
            found.append(item)
    return found


def _made_in(before: Mention, item: Mention, verb: Verb, reading: Reading) -> Mention | None:
    """ "Ethanol-made": made in a solvent."""
    if verb.relations != ("synthesized_by",) or before.named is None or not _joined(before, item, reading):
        return None
    condition = matching_condition("solvent", before.named, reading.index)
    text = f"{before.text}-{item.text}"
    fact = Fact(conditions=(condition,))
    return Mention(before.first, item.last, "fact", text, fact=fact) if condition.values else None


def _put_in(before: Mention, item: Mention, verb: Verb, reading: Reading) -> Mention | None:
    """ "LiI-doped": what holds the compound that stands before the verb."""
    named = before.named
    if named is None or not named.formula or named.element or not _joined(before, item, reading):
        return None
    if verb.relations[0] not in vocabulary_data()["said_alone"]:
        return None
    fact = Fact(verb.relations, other=read_complement([before], reading).other)
    return Mention(before.first, item.last, "fact", f"{before.text}-{item.text}", fact=fact)


def _joined(before: Mention, item: Mention, reading: Reading) -> bool:
    text = reading.text.casefold()
    written = f"{before.text}-{item.text}".casefold() in text
    return written or (before.named is not None and before.named.kinds == {"Environment"})


def counted_units(items: list[Mention], reading: Reading) -> list[Mention]:
    """ "At how many MPa was X pressed", "Wh/kg of X": the value of what the unit measures."""
    if items and items[0].unit is not None and not any(measured_by(item, reading) for item in items):
        key = implied_property(items[0].unit, making=any(map(is_making, items)))
        first = replace(items[0], kind="property", unit=None, key=key)
        return [first, *items] if key else items
    pairs = enumerate(pairwise(items))
    place = next((at for at, (item, after) in pairs if item.is_cue("count") and after.unit), None)
    if place is None:
        return items
    unit = items[place + 1].unit
    assert unit is not None
    asked = replace(items[place], cues=("how_much",))
    key = implied_property(unit, making=any(map(is_making, items)))
    named = any(measured_by(item, reading) for item in items)
    told = [] if named or not key else [replace(asked, kind="property", cues=(), key=key)]
    before = items[: place - 1] if place and items[place - 1].kind == "preposition" else items[:place]
    return [*before, asked, *told, *items[place + 1 :]]


def in_theory(items: list[Mention], reading: Reading) -> list[Mention]:
    """ "How much can X store in theory": the theoretical value of the property that is asked for."""
    if not any(item.is_cue("theory") for item in items):
        return items
    kept = [item for item in items if not item.is_cue("theory")]
    for place, item in enumerate(kept):
        measured = measured_by(item, reading)
        named = resolve(f"theoretical {measured.term.label}", reading.index) if measured else None
        if named is not None and named.kinds == {"Property"}:
            kept[place] = replace(item, kind="thing", named=named, key="")
    return kept


def _with_thresholds(items: list[Mention]) -> list[Mention]:
    """ "A higher conductivity than 1 mS/cm": the comparative as the side of the limit that follows "than"."""
    for place, item in enumerate(items):
        following = [each for each in items[place + 1 :] if each.kind != "comparator"][:1]
        word = next((each for each in items[:place] if each.is_cue("increasing", "decreasing")), None)
        if item.is_cue("than") and word is not None and following and following[0].kind == "quantity":
            sign = ">" if word.is_cue("increasing") else "<"
            limit = replace(item, kind="comparator", cues=(), key=sign)
            return [limit if each is item else each for each in items if each is not word]
    return items
