"""Read the two plain sorts of question: which things are so, and is it so; and what values a thing has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.form import Category, Condition, Fact, Form, Group, Rank
from queries.parse.clauses import (
    Clause,
    clause_fact,
    described_group,
    find_clause,
    is_subject,
    read_complement,
)
from queries.parse.context import Reading, Unread
from queries.parse.conditions import word_condition
from queries.parse.describing import read_description
from queries.parse.draft import Draft, measured_by
from queries.parse.groups import category, kind_category, named_group, wider_things, with_fact
from queries.parse.measuring import Described, settle
from queries.parse.mentions import Mention
from queries.parse.naming import Named
from queries.parse.targets import Target, is_head, split_target
from queries.parse.vocabulary import Noun, vocabulary_data
from queries.parse.words import stems

_QUESTIONS = ("which", "what", "list", "who", "how", "how_much", "how_long", "how_hot", "how_pressed", "how_thick", "why", "where", "when", "count", "type_of")  # fmt: skip


def read_whether(items: list[Mention], reading: Reading) -> Form | None:
    """ "Is X stable in air?": a question that begins with its verb, or a statement that names all its parts."""
    first = items[0]
    opened = first.is_cue("whether") or (first.is_cue("aux") and first.kind == "light")
    if any(item.is_cue(*_QUESTIONS) for item in items) and not opened:
        return None
    items = items[1:] if opened else items
    clause = find_clause(items)
    if clause is not None and clause.left:
        if not opened and any(item.noun for item in clause.left):
            return None
        if not opened and not _all_named(clause, reading):
            return None
        return _whether_clause(clause, reading)
    if not opened and (_begins_with_sort(items) or not reading.text.rstrip().endswith("?")):
        return None
    draft = read_description(items, reading)
    if not opened and not _claims_something(draft):
        return None
    if not draft.constants and not draft.classes:
        return None
    return _whether_described(draft, reading)


def _begins_with_sort(items: Sequence[Mention]) -> bool:
    """Whether a phrase begins with the sort of things that it asks for: "solvents for X"."""
    first = next((item for item in items if item.kind not in ("light", "preposition", "cue")), None)
    return first is not None and is_head(first)


def _all_named(clause: Clause, reading: Reading) -> bool:
    """Whether a phrase without question word is a statement: its subject is given, not a class to be listed."""
    head = next((item for item in clause.left if item.kind != "light"), None)
    given = head is not None and head.named is not None and not is_head(head)
    return given or (clause.verb.form in ("plain", "adjective") and reading.text.rstrip().endswith("?"))


def _claims_something(draft: Draft) -> bool:
    """Whether a bare phrase states something of a constant rather than asking for a value."""
    return (
        bool(draft.constants)
        and not draft.uses
        and not draft.quantities
        and bool(draft.facts or draft.conditions or draft.elements)
    )


def _whether_clause(clause: Clause, reading: Reading) -> Form:
    left, right = read_complement(clause.left, reading), read_complement(clause.right, reading)
    subject, other = left.other, right.other or right.agent
    context = right.context or left.context
    if right.agent and right.other:
        context = right.other
        other = right.agent
    if subject is None or other is None:
        raise Unread(f"it is not clear what “{clause.mention.text}” relates to what")
    fact = clause_fact(
        clause, reading, side="subject" if is_subject(clause) else "object", other=other, context=context
    )
    return Form("whether", replace(subject, scope="named"), fact)


def _whether_described(draft: Draft, reading: Reading) -> Form:
    described = settle(draft, reading, wants_value=False, checks_class=True)
    group = described.group
    if draft.constants:
        categories = tuple(category(named, reading.index) for named in draft.classes)
        group = replace(group, categories=categories)
    group = replace(group, scope="named")
    facts = group.facts
    if not facts:
        if not group.categories and not group.elements and not group.without:
            raise Unread("it is not clear what is to be confirmed")
        return Form("whether", group)
    return Form("whether", replace(group, facts=facts[1:]), facts[0])


def read_statement(items: list[Mention], reading: Reading) -> Form | None:
    """Which things are so, what does what, or which values a thing has."""
    variable = _variable(items)
    if variable:
        return _recipe(items, variable, reading)
    if items and items[0].is_cue("why") or any(item.is_cue("why") for item in items):
        return _why([item for item in items if not item.is_cue("why", "aux")], reading)
    target = split_target(items)
    how = any(item.is_cue("how") for item in items)
    if how and not target.asked:
        target = Target((), tuple(item for item in items if not item.is_cue("how")), asked=True)
    if not target.asked:
        target = _bare_target(items)
    rest = [item for item in target.rest if not item.is_cue("how")]
    clause = find_clause(rest)
    if clause is not None:
        return _related(target, clause, reading)
    if how:
        return _how_made(rest, reading)
    noun = target.head.noun if target.head else None
    if noun is not None and noun.relations and not _has_property(rest, reading):
        return _relational(target, noun, rest, reading)
    key = word_condition(target.head.text) if target.head else ""
    if key and not _has_property(rest, reading) and _names_users(key, rest):
        return _condition_value(target, key, rest, reading)
    if target.asked and not target.items and (form := _typed_inverse(rest, reading)):
        return form
    return _described(target, rest, reading)


def _variable(items: Sequence[Mention]) -> str:
    """The recipe's property that a question word asks for: how long, how hot, at what pressure."""
    cues = {
        "how_long": "synthesis_time",
        "how_hot": "synthesis_temperature",
        "how_pressed": "synthesis_pressure",
        "how_thick": "thickness",
    }
    return next((key for cue, key in cues.items() if any(item.is_cue(cue) for item in items)), "")


def _recipe(items: Sequence[Mention], key: str, reading: Reading) -> Form:
    rest = [item for item in items if not item.is_cue("how_long", "how_hot", "how_pressed", "how_thick")]
    measured = reading.lexicon.properties[key]
    rest = [item for item in rest if measured_by(item, reading) != measured]
    named = Mention(0, 0, "property", measured.term.label, key=key)
    draft = read_description([named, *rest], reading)
    described = settle(draft, reading, wants_value=True)
    return Form("values", described.group, described.main)


def _bare_target(items: Sequence[Mention]) -> Target:
    """The head of a phrase without question word: its first noun, with what stands before it."""
    for place, item in enumerate(items):
        if item.kind in ("verb", "preposition") and place:
            break
        if item.noun is not None or (is_head(item) and word_condition(item.text) and not place):
            return Target(tuple(items[: place + 1]), tuple(items[place + 1 :]), asked=False)
    return Target((), tuple(items), asked=False)


def _has_property(items: Sequence[Mention], reading: Reading) -> bool:
    return any(measured_by(item, reading) for item in items) or any(item.kind == "quantity" for item in items)


def _related(target: Target, clause: Clause, reading: Reading) -> Form:
    """ "What suppresses X in Y", "What does X suppress", "things that inhibit X"."""
    left_items = [item for item in clause.left if not item.is_cue("aux", "which", "what", "and")]
    left, right = read_complement(left_items, reading), read_complement(clause.right, reading)
    items = target.items
    if not target.asked and not items and left.other is not None:
        return _listed(clause, left_items, reading)
    group = target_group(items, reading) if items else Group(words="anything")
    subject_side = is_subject(clause)
    if left.other is None:
        other, context = (right.other or right.agent), right.context
        if right.agent and right.other:
            other, context = right.agent, right.other
        side = "subject" if subject_side else "object"
    else:
        other = left.other
        context = left.context or right.context or right.other
        side = "object" if subject_side else "subject"
    if clause.verb.happening and left.other is not None:
        side = "subject"
    if other is None:
        raise Unread(f"it is not clear what “{clause.mention.text}” refers to")
    if left.other is not None and right.other is not None and right.context is not None:
        raise Unread(f"“{right.context.words}” does not fit into the rest of the question")
    fact = clause_fact(clause, reading, side=side, other=other, context=context)  # type: ignore[arg-type]
    return Form("things", with_fact(group, fact))


def _listed(clause: Clause, left: Sequence[Mention], reading: Reading) -> Form:
    """ "electrolytes stable against Li metal": what stands before the verb is what is wanted."""
    right = read_complement(clause.right, reading)
    described = settle(read_description(left, reading), reading, wants_value=False)
    other = right.other or right.agent
    if other is None:
        raise Unread(f"it is not clear what “{clause.mention.text}” refers to")
    fact = clause_fact(
        clause,
        reading,
        side="subject" if is_subject(clause) else "object",
        other=other,
        context=right.context,
    )
    return Form("things", with_fact(described.group, fact))


def _why(items: list[Mention], reading: Reading) -> Form:
    """What brings something about: the thing that happens, or much or little of a property."""
    data = vocabulary_data()
    clause = find_clause(items)
    if clause is not None:
        left = read_complement(clause.left, reading)
        right = read_complement(clause.right, reading)
        if clause.verb.happening and left.other is not None:
            fact = Fact(
                tuple(data["families"]["cause_of_form"]),
                other=left.other,
                context=right.other or left.context,
            )
            return Form("things", with_fact(Group(words="anything"), fact))
        raise Unread("a reason is found for things that happen and for high or low properties only")
    sign = "raise" if any(item.is_cue("high", "increasing") for item in items) else ""
    sign = "lower" if any(item.is_cue("low", "decreasing") for item in items) else sign
    places = [
        item
        for item in items
        if measured_by(item, reading) or (item.named and "Property" in item.named.kinds)
    ]
    if not sign or not places:
        complement = read_complement(items, reading)
        if complement.other is None:
            raise Unread("a reason is found for things that happen and for high or low properties only")
        fact = Fact(tuple(data["families"]["bring"]), other=complement.other, context=complement.context)
        return Form("things", with_fact(Group(words="anything"), fact))
    rest = [item for item in items if item is not places[0]]
    other = read_complement([places[0]], reading).other
    context = read_complement(rest, reading).other
    fact = Fact(tuple(data["families"][sign]), other=other, context=context)
    return Form("things", with_fact(Group(words="anything"), fact))


def _how_made(items: Sequence[Mention], reading: Reading) -> Form:
    """ "How is X made": the methods of its synthesis."""
    made = any(verb.relations == ("synthesized_by",) for item in items for verb in item.verbs)
    if not made:
        if _has_property(items, reading):
            return _described(Target((), tuple(items), asked=True), list(items), reading)
        raise Unread("it is not clear how what is meant")
    other = described_group([item for item in items if item.kind != "verb"], reading)
    fact = Fact(("synthesized_by",), side="object", other=other)
    return Form("things", with_fact(Group(words="methods"), fact))


def target_group(items: Sequence[Mention], reading: Reading) -> Group:
    """The things that a target phrase asks for."""
    nouns = [item.noun for item in items if item.noun]
    rest = [item for item in items if not item.noun]
    group = settle(read_description(rest, reading), reading, wants_value=False).group
    words = " ".join(item.text for item in items)
    for noun in nouns:
        if noun.kinds:
            group = replace(
                group, categories=(*group.categories, kind_category(noun.kinds, noun.key, reading.index))
            )
        elif noun.relations:
            group = with_fact(group, Fact(noun.relations, side=noun.side))
    return replace(group, words=words, scope="members")


def _relational(target: Target, noun: Noun, rest: Sequence[Mention], reading: Reading) -> Form:
    """ "dopants in LGPS-type electrolytes": the other side of the relation that the noun names."""
    head = target.head
    modifiers = [item for item in target.items if item is not head]
    main, purpose = _split_purpose(rest)
    data = vocabulary_data()
    dropped = {*noun.relations, "used_as", "has_structure" if noun.key == "structure" else ""}
    others = [
        item
        for item in main
        if not (item.kind == "verb" and any(verb.relations[0] in dropped for verb in item.verbs))
        and not (item.noun and (item.noun.relations == noun.relations or item.noun.key == "role"))
    ]
    facts = []
    if noun.relations[0] in data["family_of"] or noun.key in ("cause", "effect", "benefit", "remedy"):
        complement = read_complement([item for item in others if not item.is_cue("aux")], reading)
        facts.append(Fact(noun.relations, side=noun.side, other=complement.other, context=complement.context))
    else:
        other = described_group(others, reading) if _any_content(others) else None
        if other is not None and noun.relations[0] in data["of_the_class"] and other.nodes:
            other = replace(other, scope="named")
        facts.append(Fact(noun.relations, side=noun.side, other=other))
    if purpose:
        facts.append(_purpose(purpose, reading))
    group = target_group(modifiers, reading) if modifiers else Group(words=noun.key)
    return Form(
        "things", replace(group, facts=(*group.facts, *facts), words=" ".join(i.text for i in target.items))
    )


def _any_content(items: Sequence[Mention]) -> bool:
    return any(item.kind not in ("light", "preposition", "cue", "loose") for item in items)


def _split_purpose(items: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Split off what a thing is for: "to lower …", "to make … less …", "against …"."""
    for place, item in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        to_verb = (
            item.kind == "preposition"
            and item.key == "to"
            and following is not None
            and (
                following.is_cue("decreasing", "increasing")
                or find_clause([following]) is not None
                or (
                    following.kind == "verb"
                    and place + 2 < len(items)
                    and items[place + 2].is_cue("decreasing", "increasing")
                )
            )
        )
        if to_verb or item.is_cue("purpose") or (item.kind == "preposition" and item.key == "against"):
            return list(items[:place]), list(items[place:])
    return list(items), []


def _purpose(items: Sequence[Mention], reading: Reading) -> Fact:
    """What the same sentence must say: that something is lowered, raised, suppressed …"""
    data = vocabulary_data()
    clause = find_clause(items)
    lowered = any(item.is_cue("decreasing", "low") or item.text == "against" for item in items)
    rest = clause.right if clause is not None else items
    content = [item for item in rest if item.kind in ("thing", "property", "verb", "noun", "preposition")]
    named = [item for item in content if item.kind in ("thing", "property")]
    if not named:
        raise Unread("it is not clear what for")
    other = read_complement(named[:1], reading).other
    if clause is not None and clause.verb.form != "adjective":
        relations = clause.verb.relations
    else:
        relations = tuple(data["families"]["lower" if lowered else "raise"])
    if other is not None and "Environment" in (named[0].named.kinds if named[0].named else ()):
        nodes = _against(named[0], reading)
        other = replace(other, nodes=nodes)
    return Fact(relations, other=other, same_sentence=True)


def _against(item: Mention, reading: Reading) -> tuple[str, ...]:
    """What can be lowered against an environment: the properties and failures that are named by it."""
    index = reading.index
    assert item.named is not None
    words = [index.labels[node] for node in item.named.nodes] or [item.text]
    wanted = [stems(word) for word in words]
    return tuple(
        dict.fromkeys(
            node
            for key, nodes in index.keys.items()
            if any(each and each < stems(key) for each in wanted)
            for node in nodes
            if index.kinds(node) & {"Property", "FailureMechanism"}
        )
    )


def _names_users(key: str, rest: Sequence[Mention]) -> bool:
    """Whether the rest names materials that the thing asked for may have been used with."""
    made = any(verb.relations == ("synthesized_by",) for item in rest for verb in item.verbs)
    if key in ("electrolyte", "cathode", "anode") and made:
        return False
    return key != "method" and any(
        item.named and "Material" in item.named.kinds and not item.named.element for item in rest
    )


def _condition_value(target: Target, key: str, rest: Sequence[Mention], reading: Reading) -> Form:
    """ "Which solvents were used to make X": what a condition of X's claims was."""
    data = vocabulary_data()
    implied = data["implied"].get(key, ())
    others = [
        item
        for item in rest
        if not (item.kind == "verb") and not _is_implied(item, implied) and not item.noun
    ]
    for item in rest:
        if _is_implied(item, implied):
            reading.note(f"“{item.text}” is implied by the {key}")
    other = described_group(others, reading)
    wider = [thing for named in _classes(others) for thing in wider_things(named, reading.index)]
    other = replace(other, scope="either", nodes=tuple(dict.fromkeys((*other.nodes, *wider))))
    fact = Fact(side="condition", role=key, other=other)
    generic = tuple(
        value
        for value in reading.index.conditions.get(key, ())
        if stems(key) & stems(reading.index.labels.get(value, ""))
    )
    words = target.head.text if target.head else key
    return Form(
        "things", Group(words, categories=(Category(words, itself=generic),), scope="members", facts=(fact,))
    )


def _is_implied(item: Mention, implied: Sequence[str]) -> bool:
    """Whether a mention only says what a condition implies: a solvent is for liquid-phase synthesis."""
    return item.named is not None and (
        item.named.label in implied or any(term.label in implied for term in item.named.terms)
    )


def _classes(items: Sequence[Mention]) -> list[Named]:
    return [item.named for item in items if item.named is not None and item.named.is_class]


def _typed_inverse(rest: Sequence[Mention], reading: Reading) -> Form | None:
    """ "What is X doped with": the open side of a verb of making, doping, structure …"""
    clause = find_clause(rest, typed=True)
    if clause is None or _has_property(rest, reading):
        return None
    left = [item for item in clause.left if not item.is_cue("aux")]
    if not _any_content(left):
        return None
    context = None
    if _any_content(clause.right):
        places = [place for place, item in enumerate(clause.right) if item.kind == "preposition"]
        governed = [clause.right[place].key for place in places if place + 1 < len(clause.right)]
        if not governed or governed[-1] not in ("in", "during", "on", "at", "under"):
            return None
        context = read_complement(clause.right, reading).other
    other = described_group(left, reading)
    if clause.verb.relations[0] in vocabulary_data()["of_the_class"] and other.nodes:
        other = replace(other, scope="named")
    side = "object" if is_subject(clause) else "subject"
    fact = Fact(clause.verb.relations, side=side, other=other, context=context)  # type: ignore[arg-type]
    return Form("things", with_fact(Group(words="anything"), fact))


def _described(target: Target, rest: Sequence[Mention], reading: Reading) -> Form:
    """Things with their constraints and perhaps a rank, or the values of a property."""
    items = [*target.items, *rest]
    draft = read_description(items, reading)
    wants_value = _wants_value(target, items, draft, reading)
    described = settle(draft, reading, wants_value=wants_value)
    rank = None if draft.highest is None else Rank(draft.highest, draft.count)
    if rank is None and draft.count > 1:
        raise Unread(f"the number {draft.count} does not count anything in the question")
    if rank is not None:
        return ranked(described, rank, draft, reading)
    if wants_value:
        return Form("values", described.group, described.main)
    group = described.group
    if not group.facts and not group.categories and not group.elements and not group.without and group.nodes:
        raise Unread("it is not clear what is asked about " + group.words)
    return Form("things", group, described.main)


def ranked(described: Described, rank: Rank, draft: Draft, reading: Reading) -> Form:
    """The highest or lowest values: of things to be found, or of one thing that is given."""
    if described.main is None:
        raise Unread("name the property by which to rank, such as “ionic conductivity”")
    group = replace(
        described.group, facts=tuple(fact for fact in described.group.facts if fact != described.main)
    )
    if draft.constants:
        return Form("aggregate", group, described.main, function="max" if rank.highest else "min")
    return Form("things", group, described.main, rank=rank)


def _wants_value(target: Target, items: Sequence[Mention], draft: Draft, reading: Reading) -> bool:
    """Whether a value is asked for rather than things that have one."""
    if not draft.uses or any(use.absent for use in draft.uses):
        return False
    if draft.constants or any(measured_by(item, reading) for item in target.items):
        return True
    if draft.quantities or draft.highest is not None or (target.asked and target.head is not None):
        return False
    places = [place for place, item in enumerate(items) if is_head(item) and not measured_by(item, reading)]
    property_place = next((place for place, item in enumerate(items) if measured_by(item, reading)), 0)
    if not places or (target.asked and not target.items and _ends_with_question(items)):
        return False
    return property_place < places[0] or property_place == places[0] + 1


def _ends_with_question(items: Sequence[Mention]) -> bool:
    """Whether "which ones?" closes the question."""
    return bool(items) and items[-1].is_cue("which")
