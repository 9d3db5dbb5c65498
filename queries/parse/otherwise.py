"""The other forms that the words of a question can be meant for, asked where the likeliest has no answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ontology.grounding import thing_iri
from ontology.lexicon import local_name
from queries.form import Fact, Form, Group
from queries.parse.context import Reading
from queries.parse.draft import measured_by
from queries.parse.groups import merged, named_group
from queries.parse.mentions import Mention
from queries.parse.naming import Named, resolve, whole_name
from queries.parse.vocabulary import vocabulary_data


def meant_otherwise(forms: Sequence[Form], items: Sequence[Mention], reading: Reading) -> list[Form]:
    """The forms with another property, compounds of a dopant, whole names, opposites and the like."""
    whole = _of_whole_names(forms, reading)
    return [
        *_meant_too(forms, items, reading),
        *_as_additives(forms, items),
        *_in_like_surroundings(forms, reading),
        *_formed_otherwise(forms),
        *_of_another_sort(forms, reading),
        *_of_what_is_added(forms, reading),
        *_of_what_was_in_cells(forms, reading),
        *whole,
        *_told_by_opposite((*forms, *whole), reading),
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
            found.append(_exchanged(form, form.fact, replace(form.fact, property=key)))
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
                assert fact.other is not None
                note = f"“{fact.other.words}” was read as {named.label}, of which the graph speaks"
                found.append(_exchanged(form, fact, changed, note))
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
        note = f"nothing is denied to be “{denied[0].other.words}”, so what nobody says to be so counts"
        wider = replace(form, group=replace(form.group, categories=categories))
        found.append(_exchanged(wider, denied[0], fact, note))
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


def _of_what_was_in_cells(forms: Sequence[Form], reading: Reading) -> list[Form]:
    """The forms in which "cells with X as the anode" are whatever was measured in such a cell."""
    holders = vocabulary_data()["holders"]
    found = []
    for form in forms:
        classes = [iri for each in form.group.categories for iri in each.classes]
        kinds = {local_name(above) for iri in classes for above in reading.lexicon.terms[iri].ancestors}
        limited = any(fact.conditions and not fact.relations for fact in form.group.facts)
        if form.ask in ("things", "count") and limited and kinds & set(holders):
            note = f"“{form.group.words}” was read as what was measured in them"
            group = replace(form.group, categories=(), nodes=(), scope="named")
            found.append(replace(form, group=group, notes=(*form.notes, note)))
    return found


def _of_what_is_added(forms: Sequence[Form], reading: Reading) -> list[Form]:
    """The forms with what is put in, where nothing is said of putting it in: LiI for "LiI addition"."""
    endings = vocabulary_data()["putting_in"]

    def added(group: Group) -> Group | None:
        called = resolve(group.words, reading.index, by_stems=True)
        labels = (reading.index.labels.get(node, "") for node in group.nodes)
        for name in (group.words, *([called.label] if called else []), *labels):
            bare, _, last = name.rpartition(" ")
            named = resolve(bare, reading.index) if last.casefold() in endings else None
            if named is not None and named.nodes:
                return named_group(named, reading.index)
        return None

    note = "nothing says so of “{asked}” as such, so what is said of {read} counts"
    return _with_others(forms, added, note)


def _of_whole_names(forms: Sequence[Form], reading: Reading) -> list[Form]:
    """The forms in which "sulfides" is short for sulfide electrolytes."""

    def whole(group: Group) -> Group | None:
        named = whole_name(group.words, reading.index)
        return named_group(named, reading.index) if named is not None and named.nodes else None

    return _with_others(forms, whole, "“{asked}” was read as {read}")


def _told_by_opposite(forms: Sequence[Form], reading: Reading) -> list[Form]:
    """The forms in which less of the opposite tells it: what suppresses hydrolysis improves air stability."""
    data = vocabulary_data()
    families = data["families"]
    found = []
    for form in forms:
        for fact in (form.fact, *form.group.facts):
            family = data["family_of"].get(fact.relations[0]) if fact and fact.relations else None
            opposite = _opposite(fact.other, reading) if fact and fact.other and family else None
            if fact is None or opposite is None or set(fact.relations) - set(families[family]):
                continue
            turned = tuple(families["lower" if family == "raise" else "raise"])
            changed = replace(fact, relations=turned, other=opposite)
            asked = fact.other.words if fact.other else ""
            note = f"nothing says so of “{asked}” itself; {opposite.words} tells it as its opposite"
            found.append(_exchanged(form, fact, changed, note))
    return found


def _opposite(group: Group, reading: Reading) -> Group | None:
    """The things whose rise is the fall of what a group names, by the table of opposites."""
    lexicon = reading.lexicon
    asked = {*group.nodes, *(thing_iri(term.label) for term in lexicon.lookup(group.words))}
    for one, other in vocabulary_data()["opposed"]:
        for here, there in ((one, other), (other, one)):
            if asked & {thing_iri(term.label) for name in here for term in lexicon.lookup(name)}:
                named = [each for name in there if (each := resolve(name, reading.index)) and each.nodes]
                if named:
                    return merged([named_group(each, reading.index) for each in named])
    return None


def _with_others(forms: Sequence[Form], change: Callable[[Group], Group | None], note: str) -> list[Form]:
    """The forms in which a side of a relation, its system, or what is asked about is changed."""
    found = []
    for form in forms:
        for fact in (form.fact, *form.group.facts):
            if fact is None or not fact.relations:
                continue
            other = change(fact.other) if fact.other else None
            context = change(fact.context) if fact.context else None
            for before, after in ((fact.other, other), (fact.context, context)):
                if before is not None and after is not None:
                    here = replace(fact, other=after) if after is other else replace(fact, context=after)
                    said = note.format(asked=before.words, read=after.words)
                    found.append(_exchanged(form, fact, here, said))
        if form.ask == "whether" and (subject := change(form.group)) is not None:
            said = note.format(asked=form.group.words, read=subject.words)
            group = replace(subject, facts=form.group.facts, scope=form.group.scope)
            found.append(replace(form, group=group, notes=(*form.notes, said)))
    return found


def _exchanged(form: Form, fact: Fact, changed: Fact, *notes: str) -> Form:
    """The form with one fact in place of another, and remarks on it."""
    facts = tuple(changed if each == fact else each for each in form.group.facts)
    main = changed if form.fact == fact else form.fact
    return replace(form, group=replace(form.group, facts=facts), fact=main, notes=(*form.notes, *notes))
