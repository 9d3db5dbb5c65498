"""Read a question: the best cut of its words that makes a form in which every word has its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from ontology.units import Unit, UnitError, convert, same_dimension
from queries.form import Fact, Form, Group
from queries.parse.accounting import check_accounted
from queries.parse.asking import (
    read_aggregate,
    read_chain,
    read_conflict,
    read_count,
    read_meaning,
    read_sources,
    read_years,
)
from queries.parse.comparing import read_comparison
from queries.parse.context import Reading, UnreadError
from queries.parse.exceeding import read_exceeding
from queries.parse.finders import find_mentions
from queries.parse.groups import named_group
from queries.parse.mentions import Mention
from queries.parse.modifiers import counted_units, prepared
from queries.parse.naming import Named, resolve
from queries.parse.reasons import read_outcome
from queries.parse.resembling import read_resembling
from queries.parse.statements import read_statement
from queries.parse.targets import is_head
from queries.parse.vocabulary import vocabulary_data
from queries.parse.whether import read_whether
from queries.parse.words import grammar

Reader = Callable[[list[Mention], Reading], Form | list[Form] | None]

#: The kinds of question, the most telling words first; each reader says None where the question is none
#: of its kind.
_READERS: tuple[Reader, ...] = (
    read_outcome,
    read_resembling,
    read_years,
    read_sources,
    read_conflict,
    read_chain,
    read_comparison,
    read_exceeding,
    read_count,
    read_aggregate,
    read_whether,
    read_meaning,
    read_statement,
)


#: Words that begin a question of its own.
_ASKING = ("which", "what", "who", "where", "when", "why", "how", "how_much", "how_long", "how_hot")


def read_cuts(cuts: Sequence[tuple[Mention, ...]], reading: Reading, *, most: int = 3) -> list[Form]:
    """The forms of the best cuts that can be read, likeliest first.

    Raises the first UnreadError where none can. A word that was read is not passed over by a later cut.
    """
    problem: UnreadError | None = None
    forms: dict[Form, None] = {}
    held: list[Mention] = []
    for cut in cuts:
        if any(_loses(cut, mention) for mention in held):
            continue
        attempt = replace(reading, notes=list(reading.notes))
        try:
            found = _read(cut, attempt)
        except UnreadError as refusal:
            problem = problem or refusal
        else:
            forms |= dict.fromkeys(replace(form, notes=(*attempt.notes, *form.notes)) for form in found)
            held += cut
    if not forms:
        raise problem or UnreadError("the question has no words that say what is asked")
    return list(forms)[:most]


def _loses(cut: Sequence[Mention], mention: Mention) -> bool:
    """Whether a cut passes over a question word, or has several names, and no relation, in place of one."""
    inside = [item for item in cut if mention.first <= item.first < mention.last]
    if mention.kind == "cue":
        return all(item.kind == "light" for item in inside)
    if mention.kind == "verb" and mention.last - mention.first > 1:
        # "made of" is not "made"
        told = {relation for verb in mention.verbs for relation in verb.relations}
        return any(told.isdisjoint(verb.relations) for item in inside for verb in item.verbs)
    if any(item.is_cue("high", "low") for item in inside):
        return False
    name = mention.named is not None and not mention.named.formula and not mention.extra_cost
    return name and len(inside) > 1 and not any(item.verbs for item in inside)


def read_question(text: str, reading: Reading) -> list[Form]:
    """The forms of a question whose words are all known; raises UnreadError otherwise."""
    return read_cuts(find_mentions(text, reading.index, reading.vocabulary), reading)


def _read(cut: Sequence[Mention], reading: Reading) -> list[Form]:
    """The forms that one cut can mean, likeliest first."""
    unknown = [mention.text for mention in cut if mention.kind == "unknown"]
    if unknown:
        raise UnreadError(f"unknown: {', '.join(unknown)}")
    items = counted_units(prepared(_rejoined(cut, reading), reading), reading)
    units = [item.unit for item in items if item.unit is not None]
    items = [
        item
        for item, following in zip_longest(items, items[1:])
        if item.unit is None and not (following and following.unit and item.kind == "preposition")
    ]
    if not any(item.kind not in ("light", "preposition", "cue", "loose") for item in items):
        raise UnreadError("the question names nothing that the graph could speak of")
    pronoun = next(
        (item.text for item in cut if item.kind == "light" and item.text in grammar("pronouns")), ""
    )
    if pronoun and not any(item.named and item.named.nodes and _is_thing(item.named) for item in cut):
        raise UnreadError(f"“{pronoun}” stands for nothing that the question names")
    _check_single(items)
    items = _asked_first(_relative_first(items))
    for reader in _READERS:
        read = reader(list(items), reading)
        if read is not None:
            forms = read if isinstance(read, list) else [read]
            for form in forms:
                check_accounted(items, form, reading)
            others = (
                *_meant_too(forms, items),
                *_as_additives(forms, items),
                *_in_like_surroundings(forms, reading),
            )
            return [_with_unit(form, units, reading) for form in (*forms, *others)]
    raise UnreadError("the words are known, but not what is asked about them")


def _check_single(items: Sequence[Mention]) -> None:
    """Raise UnreadError for a second question behind "and", which the answer to the first would pass over."""
    told = [item for item in items if item.kind != "light"]
    for place, (item, following) in enumerate(pairwise(told)):
        if item.is_cue("and") and following.is_cue(*_ASKING) and place and told[0].is_cue(*_ASKING):
            rest = " ".join(each.text for each in told[place + 1 :])
            raise UnreadError(f"these are two questions; “{rest}” was not read: ask one after the other")


def _rejoined(cut: Sequence[Mention], reading: Reading) -> list[Mention]:
    """ "Into what does X turn", "from what is X made": the preposition goes back to the verb at the end."""
    first, last = cut[0], cut[-1]
    if first.kind != "preposition" or len(cut) < 4 or not cut[1].is_cue("what", "which"):
        return list(cut)
    verbs = reading.vocabulary.verbs.get((*last.text.split(), first.key))
    if verbs:
        return [*cut[1:-1], replace(last, kind="verb", text=f"{last.text} {first.key}", verbs=verbs)]
    return [*cut[1:], first] if last.kind == "verb" and cut[1].is_cue("what") else list(cut)


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


def _meant_too(forms: Sequence[Form], items: Sequence[Mention]) -> list[Form]:
    """The forms with another property that a word of the question may be meant for: "capacity"."""
    table = vocabulary_data()["meant_too"]
    found = []
    for form in forms:
        asked = form.fact.property if form.fact else ""
        others = [key for item in items for key in table.get(item.text.casefold(), {}).get(asked, ())]
        for key in dict.fromkeys(others):
            assert form.fact is not None
            fact = replace(form.fact, property=key)
            facts = tuple(fact if each == form.fact else each for each in form.group.facts)
            found.append(replace(form, fact=fact, group=replace(form.group, facts=facts)))
    return found


def _in_like_surroundings(forms: Sequence[Form], reading: Reading) -> list[Form]:
    """The forms with what surroundings are also called: moisture for humid air."""
    found = []
    for form in forms:
        facts = [fact for fact in (form.fact, *form.group.facts) if fact is not None and fact.other]
        for fact in facts:
            for named in _alike(fact, reading):
                changed = replace(fact, other=named_group(named, reading.index))
                group = replace(
                    form.group, facts=tuple(changed if each == fact else each for each in form.group.facts)
                )
                assert fact.other is not None
                note = f"“{fact.other.words}” was read as {named.label}, of which the graph speaks"
                main = changed if form.fact == fact else form.fact
                found.append(replace(form, group=group, fact=main, notes=(*form.notes, note)))
    return found


def _alike(fact: Fact, reading: Reading) -> list[Named]:
    """The surroundings that those of a statement on stability are also called."""
    if not fact.relations or not set(fact.relations) <= set(vocabulary_data()["contraries"]):
        return []
    named = resolve(fact.other.words, reading.index) if fact.other else None
    others = vocabulary_data()["like_surroundings"].get(named.label if named else "", ())
    resolved = (resolve(name, reading.index) for name in others)
    return [each for each in resolved if each is not None and each.nodes]


def _as_additives(forms: Sequence[Form], items: Sequence[Mention]) -> list[Form]:
    """The forms in which a compound of an element asked for as a dopant will do: Sb2O5 for antimony."""
    elements = {item.named.text: item.named.element for item in items if item.named and item.named.element}
    found = []
    for form in forms:
        doping = [fact for fact in form.group.facts if _is_doping(fact, elements)]
        if form.ask not in ("things", "count") or not doping:
            continue
        wide = {fact: _with_compound(fact, elements) for fact in doping}
        facts = tuple(wide.get(fact, fact) for fact in form.group.facts)
        named = ", ".join(dict.fromkeys(fact.other.words for fact in doping if fact.other))
        note = f"nothing is reported to be doped with “{named}” itself, so its compounds as additives count"
        group = replace(form.group, facts=facts)
        main = wide.get(form.fact, form.fact) if form.fact else None
        found.append(replace(form, group=group, fact=main, notes=(*form.notes, note)))
    return found


def _is_doping(fact: Fact, elements: Mapping[str, str]) -> bool:
    named = fact.other is not None and fact.other.words in elements
    return named and fact.relations == ("doped_with",) and fact.side == "subject" and not fact.absent


def _with_compound(fact: Fact, elements: Mapping[str, str]) -> Fact:
    assert fact.other is not None
    words = fact.other.words
    return replace(fact, other=Group(words, elements=((elements[words],),), compound=True))


def _is_thing(named: Named) -> bool:
    return not named.kinds <= {"SynthesisMethod", "Property"}


def _with_unit(form: Form, units: Sequence[Unit], reading: Reading) -> Form:
    """The form with the unit in which its values are to be shown; raises UnreadError for an unlike one."""
    if not units:
        return form
    if form.fact is None or not form.fact.property:
        raise UnreadError(f"the unit {units[0].symbol} belongs to no property in the question")
    measured = reading.lexicon.properties[form.fact.property]
    if not same_dimension(units[0], measured.unit):
        try:
            convert(1.0, units[0], to=measured.unit)
        except UnitError as problem:
            raise UnreadError(
                f"{units[0].symbol} is no unit of {measured.term.label}: {problem}"
            ) from problem
    return replace(form, unit=units[0].symbol)
