"""Read questions whose target names a relation: dopants of X, solvents for X, structure of X."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.form import Category, Fact, Form, Group
from queries.parse.clauses import Clause, described_group, find_clause, is_subject, read_complement
from queries.parse.conditions import word_condition
from queries.parse.context import Reading
from queries.parse.describing import read_description
from queries.parse.draft import measured_by
from queries.parse.groups import category, kind_category, named_group, wider_things, with_fact
from queries.parse.measuring import settle
from queries.parse.mentions import Mention
from queries.parse.naming import Named, is_any_part, is_any_system, resolve
from queries.parse.purposes import read_purpose, split_purpose
from queries.parse.targets import Target, is_head
from queries.parse.vocabulary import Noun, vocabulary_data
from queries.parse.words import grammar, stems

#: The electrode that is measured, and the one that is told beside it.
_MEASURED, _BESIDE = "cathode", "anode"


def any_content(items: Sequence[Mention]) -> bool:
    """Whether any of the mentions says something by itself."""
    return any(item.kind not in ("light", "preposition", "cue", "loose") for item in items)


def has_property(items: Sequence[Mention], reading: Reading) -> bool:
    """Whether a measured property or a quantity is mentioned."""
    return any(measured_by(item, reading) or item.kind == "quantity" for item in items)


def target_group(items: Sequence[Mention], reading: Reading) -> Group:
    """The things that a target phrase asks for."""
    nouns = [item.noun for item in items if item.noun]
    rest = [item for item in items if not item.noun]
    group = settle(read_description(rest, reading), reading, wants_value=False).group
    for noun in nouns:
        if noun.kinds:
            kinds = kind_category(noun.kinds, noun.key, reading.index)
            group = replace(group, categories=(*group.categories, kinds))
        elif noun.relations:
            group = with_fact(group, Fact(noun.relations, side=noun.side))
    return replace(group, words=" ".join(item.text for item in items), scope="members")


def read_sort(target: Target, rest: Sequence[Mention], reading: Reading) -> Form | None:
    """The form of a question whose target names a relation or a condition; None for any other target."""
    head = target.head
    if head is None:
        return None
    if has_property(rest, reading):
        return _of_those_measured(target, rest, reading)
    if head.noun is not None and head.noun.key == "property" and len(target.items) == 1:
        return _properties(rest, reading)
    if head.noun is not None and head.noun.relations:
        return _relational(target, head.noun, rest, reading)
    key = word_condition(head.text)
    if key and _names_users(key, rest):
        return _condition_value(head.text, key, rest, reading)
    if head.named is None:
        return None
    return _role_in(head.named, rest, reading) or _structures_of(head.named, rest, reading)


def _of_those_measured(target: Target, rest: Sequence[Mention], reading: Reading) -> Form | None:
    """ "Methods that gave electrolytes above 1 mS/cm": the relation's other side is told by its values."""
    noun = target.head.noun if target.head else None
    typed = vocabulary_data()["participial"]
    described = any(is_head(item) and measured_by(item, reading) is None for item in rest)
    ranked = any(item.is_cue("most", "least", "than") for item in (*target.items, *rest))
    if noun is None or not noun.relations or noun.relations[0] not in typed or not described or ranked:
        return None
    return _relational(target, noun, rest, reading)


def _relational(target: Target, noun: Noun, rest: Sequence[Mention], reading: Reading) -> Form:
    """ "dopants in LGPS-type electrolytes": the other side of the relation that the noun names."""
    main, purpose = split_purpose(_without_places(rest, reading) if noun.key == "role" else rest)
    dropped = {*noun.relations, "used_as", *(("has_structure",) if noun.key == "structure" else ())}
    others = [
        item
        for item in main
        if not any(verb.relations[0] in dropped for verb in item.verbs)
        and not (item.noun and (item.noun.relations == noun.relations or item.noun.key == "role"))
    ]
    context = None
    if noun.relations[0] not in vocabulary_data()["participial"]:
        complement = read_complement([item for item in others if not item.is_cue("aux")], reading)
        other, context = complement.other, complement.context
    else:
        other = described_group(others, reading) if any_content(others) else None
    if other is not None and noun.relations[0] in vocabulary_data()["of_the_class"] and other.nodes:
        other = replace(other, scope="named")
    facts = [Fact(noun.relations, side=noun.side, other=other, context=context)]
    if purpose:
        facts.append(read_purpose(purpose, reading))
    modifiers = [item for item in target.items if item is not target.head]
    group = target_group(modifiers, reading) if modifiers else Group(words=noun.key)
    words = " ".join(item.text for item in target.items)
    return Form("things", replace(group, facts=(*group.facts, *facts), words=words))


def _without_places(items: Sequence[Mention], reading: Reading) -> list[Mention]:
    """ "The role of carbon in the cathode": the part of a cell in which it plays its role sets no limit."""
    if len(items) < 3:
        return list(items)
    *before, preposition, place = items
    somewhere = place.named is not None and (is_any_part(place.named) or is_any_system(place.named))
    if not somewhere or preposition.key not in grammar("inside"):
        return list(items)
    reading.pass_over(place.text)
    return before


def _properties(rest: Sequence[Mention], reading: Reading) -> Form | None:
    """ "Which properties of X are reported": what was measured on it."""
    content = [item for item in rest if item.kind not in ("light", "preposition", "loose")]
    if len(content) != 1 or content[0].named is None:
        return None
    return Form("properties", named_group(content[0].named, reading.index, scope="either"))


def _names_users(key: str, rest: Sequence[Mention]) -> bool:
    """Whether the rest names materials that the thing asked for may have been used with."""
    made = any(verb.relations == ("synthesized_by",) for item in rest for verb in item.verbs)
    related = any(item.noun and item.noun.relations for item in rest)
    if key == "method" or related or (made and key in ("electrolyte", "cathode", "anode")):
        return False
    named = [item for item in rest if item.named and item.named.nodes]
    if key == _MEASURED and any(word_condition(item.text.split()[-1]) == _BESIDE for item in named):
        # "cathodes tested with Li-In anodes": the anodes limit the cathodes' values
        return False
    governed = any(item.kind in ("preposition", "verb") for item in rest)
    users = [item.named for item in rest if item.named and not item.named.element]
    return any("Material" in named.kinds and (governed or not named.is_class) for named in users)


def _condition_value(words: str, key: str, rest: Sequence[Mention], reading: Reading) -> Form:
    """ "Which solvents were used to make X": what a condition of X's claims was."""
    implied = vocabulary_data()["implied"].get(key, ())
    for item in rest:
        if _is_implied(item, implied):
            reading.note(f"“{item.text}” is implied by the {key}")
    others = [
        item for item in rest if item.kind != "verb" and not _is_implied(item, implied) and not item.noun
    ]
    other = described_group(others, reading)
    classes = [item.named for item in others if item.named is not None and item.named.is_class]
    wider = [thing for named in classes for thing in wider_things(named, reading.index)]
    other = replace(other, scope="either", nodes=tuple(dict.fromkeys((*other.nodes, *wider))))
    generic = tuple(
        value
        for value in reading.index.conditions.get(key, ())
        if stems(key) & stems(label := reading.index.labels.get(value, "")) or "/" in label
    )
    fact = Fact(side="condition", role=key, other=other)
    excluded = Category(words, itself=generic)
    return Form("things", Group(words, categories=(excluded,), scope="members", facts=(fact,)))


def _is_implied(item: Mention, implied: Sequence[str]) -> bool:
    """Whether a mention only says what a condition implies: a solvent is for liquid-phase synthesis."""
    return item.named is not None and (
        item.named.label in implied or any(term.label in implied for term in item.named.terms)
    )


def _role_in(named: Named, rest: Sequence[Mention], reading: Reading) -> Form | None:
    """ "anodes in solid-state batteries": what is used so in a system."""
    role = category(named, reading.index)
    said = [item for item in rest if item.kind not in ("light", "preposition", "cue", "loose")]
    named_rest = [item for item in said if not _is_use_or_making(item)]
    if not role.roles or len(named_rest) != 1 or named_rest[0].named is None:
        return None
    making = not word_condition(named.text) and any(
        verb.relations == ("synthesized_by",) for item in rest for verb in item.verbs
    )
    inside = [item for item in rest if item.kind == "preposition" and item.key in ("in", "for", "of")]
    inside = inside or [item for item in rest if making and item.key == "to"]
    if (
        not inside
        or named_rest[0].named.kinds & {"Structure", "SynthesisMethod"}
        or named_rest[0].named.element
    ):
        return None
    context = named_group(named_rest[0].named, reading.index, scope="either")
    fact = Fact(("used_as",), other=Group(named.text, nodes=role.roles), context=context)
    return Form("things", Group(named.text, facts=(fact,)))


def _is_use_or_making(item: Mention) -> bool:
    """Whether a word only says that something is used, or is made: "used in the synthesis of"."""
    using = any(verb.relations in (("used_as",), ("synthesized_by",)) for verb in item.verbs)
    return using or (item.noun is not None and item.noun.key == "method")


def _structures_of(named: Named, rest: Sequence[Mention], reading: Reading) -> Form | None:
    """ "What kind of sites does X have": the structures of one sort that a thing has."""
    content = [item for item in rest if item.kind not in ("light", "preposition", "cue", "loose")]
    if named.kinds != {"Structure"} or len(content) != 1 or content[0].named is None:
        return None
    if not content[0].named.kinds & {"Material", "Interphase"} or content[0].named.is_class:
        return None
    of_sort = category(named, reading.index)
    other = named_group(content[0].named, reading.index)
    sort = Category(of_sort.label, classes=of_sort.classes)
    fact = Fact(("has_structure",), side="object", other=other)
    return Form("things", Group(named.text, categories=(sort,), scope="members", facts=(fact,)))


def read_open_side(rest: Sequence[Mention], reading: Reading) -> Form | None:
    """ "What is X doped with": the open side of a verb of making, doping, or structure."""
    clause = find_clause(rest, typed=True)
    if clause is None and (held := _held_in(rest, reading)):
        return held
    if clause is None or has_property(rest, reading):
        return None
    if form := _made_from(clause, reading):
        return form
    left = [item for item in clause.left if not item.is_cue("aux")]
    if not any_content(left):
        return _open_object(clause, reading)
    context = None
    if any_content(clause.right):
        places = [at for at, item in enumerate(clause.right[:-1]) if item.kind == "preposition"]
        if not places or clause.right[places[-1]].key not in grammar("during"):
            return None
        context = read_complement(clause.right, reading).other
    other = described_group(left, reading)
    if clause.verb.relations[0] in vocabulary_data()["of_the_class"] and other.nodes:
        other = replace(other, scope="named")
    fact = Fact(
        clause.verb.relations,
        side="object" if is_subject(clause) else "subject",
        other=other,
        context=context,
    )
    return Form("things", with_fact(Group(words="anything"), fact))


def _held_in(rest: Sequence[Mention], reading: Reading) -> Form | None:
    """ "What is in the composite": what it is composed of."""
    said = [item for item in rest if item.kind != "light" or item.is_cue("aux")]
    if (
        len(said) != 3
        or not said[0].is_cue("aux")
        or said[1].key not in grammar("inside")
        or said[2].named is None
    ):
        return None
    other = read_complement(said[2:], reading).other
    fact = Fact(("composed_of",), side="object", other=other)
    return Form("things", with_fact(Group(words="anything"), fact))


def _made_from(clause: Clause, reading: Reading) -> Form | None:
    """ "What is X made from": what claims give the role that the preposition tells in making X."""
    behind = clause.right[-1] if clause.right else clause.mention
    word = behind.key if behind.kind == "preposition" else behind.text.rpartition(" ")[2]
    role = resolve(vocabulary_data()["made_from"].get(word, ""), reading.index)
    left = [item for item in clause.left if not item.is_cue("aux")]
    if clause.verb.relations != ("synthesized_by",) or role is None or not any_content(left):
        return None
    if len(clause.right) > 1:
        return None
    if key := word_condition(role.text):
        return _condition_value(role.text, key, left, reading)
    used = Group(role.text, nodes=category(role, reading.index).roles)
    fact = Fact(("used_as",), other=used, context=described_group(left, reading))
    return Form("things", Group(f"{role.text}s", facts=(fact,)))


def _open_object(clause: Clause, reading: Reading) -> Form | None:
    """ "What makes up X", "what do you coat X with": the open side where X stands behind the verb."""
    behind = clause.right[:-1] if clause.right and clause.right[-1].kind == "preposition" else clause.right
    ends_open = len(behind) < len(clause.right)
    joined = clause.mention.text.endswith(" with") or (bool(clause.right) and clause.right[0].key == "with")
    element = any(item.named and item.named.element for item in behind)
    put = joined and not element and clause.verb.relations[0] in vocabulary_data()["said_alone"]
    if put and clause.verb.form == "past" and any_content(behind) and not ends_open:
        # "what is doped with X"
        fact = Fact(clause.verb.relations, other=described_group(behind, reading))
        return Form("things", with_fact(Group(words="anything"), fact))
    if not any_content(behind) or not (clause.verb.inverse or ends_open):
        return None
    fact = Fact(clause.verb.relations, side="object", other=described_group(behind, reading))
    return Form("things", with_fact(Group(words="anything"), fact))
