"""The other forms that the words of a question can be meant for, asked where the likeliest has no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from queries.form import Fact, Form, Group
from queries.parse.context import Reading
from queries.parse.draft import measured_by
from queries.parse.groups import named_group
from queries.parse.mentions import Mention
from queries.parse.naming import Named, resolve
from queries.parse.vocabulary import vocabulary_data


def meant_otherwise(forms: Sequence[Form], items: Sequence[Mention], reading: Reading) -> list[Form]:
    """The forms with another property, compounds of a dopant, like surroundings, what decomposes."""
    return [
        *_meant_too(forms, items, reading),
        *_as_additives(forms, items),
        *_in_like_surroundings(forms, reading),
        *_formed_otherwise(forms),
        *_of_another_sort(forms, reading),
    ]


def _meant_too(forms: Sequence[Form], items: Sequence[Mention], reading: Reading) -> list[Form]:
    """The forms with another property that a word of the question may be meant for: "capacity"."""
    table = vocabulary_data()["meant_too"]
    found = []
    for form in forms:
        asked = form.fact.property if form.fact else ""
        others = [key for item in items for key in table.get(item.text.casefold(), {}).get(asked, ())]
        if form.fact and form.fact.bounds and not any(measured_by(item, reading) for item in items):
            others += vocabulary_data()["unit_meant_too"].get(asked, ())
        for key in dict.fromkeys(others):
            assert form.fact is not None
            fact = replace(form.fact, property=key)
            facts = tuple(fact if each == form.fact else each for each in form.group.facts)
            found.append(replace(form, fact=fact, group=replace(form.group, facts=facts)))
    return found


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


def _of_another_sort(forms: Sequence[Form], reading: Reading) -> list[Form]:
    """The forms in which "no argyrodite" is what nobody says to be one, where nothing is denied to be one."""
    found = []
    for form in forms:
        denied = [fact for fact in form.group.facts if fact.negated and fact.relations == ("has_structure",)]
        if form.ask not in ("things", "count") or not denied or denied[0].other is None:
            continue
        fact = replace(denied[0], relations=("has_structure", "used_as"), negated=False, absent=True)
        sorts = denied[0].other.categories
        inferred = [node for each in sorts for term in each.classes for node in reading.index.members(term)]
        own = [node for each in sorts for node in each.members]
        categories = tuple(
            replace(each, excluded=(*each.excluded, *own, *inferred)) for each in form.group.categories
        )
        facts = tuple(fact if each == denied[0] else each for each in form.group.facts)
        note = f"nothing is denied to be “{denied[0].other.words}”, so what nobody says to be so counts"
        group = replace(form.group, facts=facts, categories=categories)
        main = fact if form.fact == denied[0] else form.fact
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


def _formed_otherwise(forms: Sequence[Form]) -> list[Form]:
    """The forms in which what is said to form is what something decomposes to."""
    table: dict[str, list[str]] = vocabulary_data()["formed_otherwise"]
    found = []
    for form in forms:
        facts = tuple(
            replace(fact, relations=tuple(dict.fromkeys((*fact.relations, *table[fact.relations[0]]))))
            if fact.relations and fact.relations[0] in table
            else fact
            for fact in form.group.facts
        )
        if facts != form.group.facts and form.fact is None:
            found.append(replace(form, group=replace(form.group, facts=facts)))
    return found
