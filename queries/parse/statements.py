"""Read the plain sorts of question: which things are so, what does what, and what values a thing has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.form import Fact, Form, Group
from queries.parse.clauses import Clause, described_group, find_clause
from queries.parse.conditions import word_condition
from queries.parse.context import Reading, TwoQuestionsError, UnreadError
from queries.parse.describing import read_description
from queries.parse.draft import measured_by
from queries.parse.effects import read_doing, read_effect_noun, read_related, read_troubles, stated_side
from queries.parse.groups import with_fact
from queries.parse.measuring import settle
from queries.parse.mentions import Mention
from queries.parse.naming import resolve
from queries.parse.purposes import read_purpose, split_purpose
from queries.parse.reasons import read_why
from queries.parse.sorts import any_content, has_property, read_open_side, read_sort
from queries.parse.targets import Target, is_head, split_target
from queries.parse.vocabulary import Noun, vocabulary_data
from queries.parse.wanted import read_described
from queries.parse.words import grammar

#: Nouns whose other side is read like that of a verb.
_EFFECTS = ("cause", "effect", "benefit", "remedy")
#: Relations whose object is a product; what is unstable with something decomposes on it.
_OF_PRODUCTS = frozenset({"forms", "decomposes_to", "unstable_with"})
#: Nouns for what goes wrong with something.
_TROUBLES = ("problem", "mechanism")


def read_statement(items: list[Mention], reading: Reading) -> Form | list[Form] | None:
    """Which things are so, what does what, or which values a thing has."""
    variables = vocabulary_data()["variables"]
    asked = list(
        dict.fromkeys(key for cue, key in variables.items() if any(item.is_cue(cue) for item in items))
    )
    if len(asked) > 1:
        raise TwoQuestionsError("the question asks for two values at once; ask for one after the other")
    variable = asked[0] if asked else ""
    if variable == variables["how_long"] and any(item.is_cue("cycling") for item in items):
        variable = vocabulary_data()["cycling_variable"]
    if variable:
        return _recipe([item for item in items if not item.is_cue(*variables)], variable, reading)
    if any(item.is_cue("why") for item in items):
        return read_why([item for item in items if not item.is_cue("why", "aux")], reading)
    if items[0].is_cue("list") and _ends_open(items[-1], reading):
        raise UnreadError(f"it is not clear what “{items[-1].text}” refers to")
    target = split_target(items)
    how = any(item.is_cue("how") for item in items)
    rest = [item for item in target.rest if not item.is_cue("how")]
    if how and not target.asked:
        target = Target((), tuple(rest), asked=True)
    elif not target.asked:
        target = _bare_target(items)
        rest = list(target.rest)
    parts = _predicates(rest)
    if len(parts) > 1 and any(find_clause(part) for part in parts):
        return _joined([_read_target(target, part, reading, how=how) for part in parts])
    return _read_target(target, rest, reading, how=how)


def _ends_open(last: Mention, reading: Reading) -> bool:
    """Whether a question ends in what waits for its complement: it asks for that, "what are X made of"."""
    verbal = last.kind == "verb" and last.text.split()[-1] in reading.vocabulary.prepositions
    return verbal or last.kind == "preposition"


def _predicates(items: Sequence[Mention]) -> list[list[Mention]]:
    """The predicates that "and" joins: "are stable in air and contain chlorine"."""
    parts: list[list[Mention]] = [[]]
    for place, item in enumerate(items):
        following = next((each for each in items[place + 1 :] if each.kind != "light"), None)
        verbal = following is not None and (following.kind == "verb" or following.is_cue("not", "lacking"))
        aux = place + 1 < len(items) and items[place + 1].is_cue("aux")
        if item.is_cue("and") and (verbal or aux) and any_content(parts[-1]):
            parts.append([])
        else:
            parts[-1].append(item)
    return parts


def _joined(forms: Sequence[Form | list[Form] | None]) -> Form:
    """The things of which all predicates hold."""
    first, *others = (form[0] if isinstance(form, list) else form for form in forms)
    if first is None or any(form is None or form.ask != "things" or form.rank for form in (first, *others)):
        raise UnreadError("it is not clear what is joined by “and”")
    group, main = first.group, first.fact
    for form in others:
        assert form is not None
        facts = tuple(fact for fact in form.group.facts if fact not in group.facts)
        elements = tuple(each for each in form.group.elements if each not in group.elements)
        group = replace(group, facts=(*group.facts, *facts), elements=(*group.elements, *elements))
        group = replace(group, without=tuple(dict.fromkeys((*group.without, *form.group.without))))
        main = main or form.fact
    return Form("things", group, main)


def _read_target(
    target: Target, rest: list[Mention], reading: Reading, *, how: bool
) -> Form | list[Form] | None:
    """What is asked for and what is said of it, by the noun or the verb that tells."""
    target, rest = _as_put_in(target, rest, reading)
    noun = target.head.noun if target.head else None
    clause = find_clause(rest)
    if clause is not None and noun is not None and _is_told(clause, noun, reading):
        reading.note(f"“{clause.mention.text}” was taken as what the {noun.key}s are of")
        rest = [item for item in rest if item is not clause.mention]
        clause = None
    if clause is not None and how and clause.verb.happening and not clause.right:
        return read_why([*clause.left, clause.mention], reading)
    if clause is not None:
        return _values_of_those(target, clause, reading) or read_related(target, clause, reading)
    if how:
        return _how_made(rest, reading)
    if noun is not None and noun.key in _EFFECTS and not target.items[:-1]:
        return read_effect_noun(noun, rest, target.items[-1].text, reading)
    if noun is not None and noun.key == "factor" and (form := _measures(target, rest, reading)):
        return form
    if noun is not None and noun.key in _TROUBLES and (forms := read_troubles(noun, rest, reading)):
        return forms
    if form := read_sort(target, rest, reading):
        return [form, *_otherwise(target, rest, reading)]
    generic = all(item.noun is not None and item.noun.key in ("material", "kind") for item in target.items)
    if target.asked and generic and (form := read_open_side(rest, reading)):
        return form
    if target.asked and not target.items and (form := read_doing(rest, reading)):
        return form
    return read_described(target, rest, reading)


def _values_of_those(target: Target, clause: Clause, reading: Reading) -> Form | None:
    """ "The conductivity of the garnets that are stable with X": values of what a clause is said of.

    A clause that can be said of the property itself asks for something else.
    """
    left = [*target.items, *(item for item in clause.left if not item.is_cue("aux"))]
    place = next((at for at, item in enumerate(left) if measured_by(item, reading)), None)
    domains = [reading.lexicon.relations[each].domain for each in clause.verb.relations]
    of_property = any(not domain or "Property" in domain for domain in domains)
    if place is None or of_property or clause.verb.happening:
        return None
    owned = left[place + 1 : place + 2]
    if not owned or owned[0].kind != "preposition" or not any_content(left[place + 2 :]):
        return None
    described = settle(read_description(left, reading), reading, wants_value=True)
    if described.main is None:
        return None
    return Form("values", with_fact(described.group, stated_side(clause, reading)), described.main)


def _as_put_in(target: Target, rest: list[Mention], reading: Reading) -> tuple[Target, list[Mention]]:
    """ "Which oxides were added to X": oxides as what the verb puts into X."""
    put = next((item for item in rest if any(verb.passive_object for verb in item.verbs)), None)
    composed = any(item.kind == "composition" for item in target.items)
    if put is None or target.head is not None or not composed:
        return target, rest
    noun = next(noun for noun in reading.vocabulary.nouns.values() if noun.key == "dopant")
    last = target.items[-1]
    added = Mention(last.last, last.last, "noun", noun.key, noun=noun)
    verb = replace(put, verbs=tuple(verb for verb in put.verbs if verb.passive_object))
    return replace(target, items=(*target.items, added)), [verb if item is put else item for item in rest]


def _is_told(clause: Clause, noun: Noun, reading: Reading) -> bool:
    """Whether a noun only says again what is asked for: the products of a reaction of X with Y."""
    if noun.key in ("product", "yield"):
        return clause.verb.form == "noun" or bool(_OF_PRODUCTS & set(clause.verb.relations))
    giving = clause.mention.text in grammar("giving")
    return noun.key == "method" and giving and has_property(clause.right, reading)


def _measures(target: Target, rest: Sequence[Mention], reading: Reading) -> Form | None:
    """ "Measures against X": what lowers or suppresses it."""
    before, purpose = split_purpose(rest)
    if not purpose or any_content(before):
        return None
    fact = replace(read_purpose(purpose, reading), same_sentence=False)
    return Form("things", Group(words=" ".join(item.text for item in target.items), facts=(fact,)))


def _otherwise(target: Target, rest: Sequence[Mention], reading: Reading) -> list[Form]:
    """The other reading of "cathodes tested with X": the cathodes under X, not what is a cathode for X."""
    head = target.head
    if head is None or head.noun is not None or not word_condition(head.text):
        return []
    try:
        form = read_described(target, [item for item in rest if item.kind != "verb"], reading)
    except UnreadError:
        return []
    return [form]


def _recipe(items: Sequence[Mention], key: str, reading: Reading) -> Form:
    """ "How long was X milled": the values of a property that the question word names."""
    measured = reading.lexicon.properties[key]
    rest = [_as_step(item, reading) for item in items if measured_by(item, reading) != measured]
    named = Mention(0, 0, "property", measured.term.label, key=key)
    described = settle(read_description([named, *rest], reading), reading, wants_value=True)
    return Form("values", described.group, described.main)


def _as_step(item: Mention, reading: Reading) -> Mention:
    """A verb of one step of making as that step: "pressed" limits the times to those of pressing."""
    if item.text not in vocabulary_data()["verbs_of_steps"]:
        return item
    step = resolve(item.text, reading.index, by_stems=True)
    return item if step is None else replace(item, kind="thing", named=step, verbs=())


def _bare_target(items: Sequence[Mention]) -> Target:
    """The head of a phrase without question word: its first noun, with what stands before it."""
    for place, item in enumerate(items):
        if item.kind in ("verb", "preposition") and place:
            break
        if item.noun is not None or (is_head(item) and _heads(item, items[place + 1 :]) and not place):
            return Target(tuple(items[: place + 1]), tuple(items[place + 1 :]), asked=False)
    return Target((), tuple(items), asked=False)


def _heads(item: Mention, ahead: Sequence[Mention]) -> bool:
    """Whether a name at the front is what is asked for: a condition, or a role of something."""
    role = item.named is not None and "Role" in item.named.kinds
    return bool(word_condition(item.text)) or (role and bool(ahead) and ahead[0].key in ("of", "for"))


def _how_made(items: Sequence[Mention], reading: Reading) -> Form:
    """ "How is X made": the methods of its synthesis."""
    if not any(verb.relations == ("synthesized_by",) for item in items for verb in item.verbs):
        if has_property(items, reading):
            return read_described(Target((), tuple(items), asked=True), list(items), reading)
        raise UnreadError("it is not clear how what is meant")
    other = described_group([item for item in items if item.kind != "verb"], reading)
    fact = Fact(("synthesized_by",), side="object", other=other)
    return Form("things", with_fact(Group(words="methods"), fact))
