"""Read who brings about what: questions with a verb of effect, "why", and "what is the effect of X on Y"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.form import Fact, Form, Group, Side
from queries.parse.clauses import (
    Clause,
    Complement,
    clause_fact,
    contact_of,
    is_subject,
    read_complement,
)
from queries.parse.context import Reading, UnreadError
from queries.parse.describing import read_description
from queries.parse.groups import kind_category, with_fact
from queries.parse.measuring import settle
from queries.parse.mentions import Mention
from queries.parse.naming import is_any_system
from queries.parse.reasons import event_name, sign_of
from queries.parse.sorts import target_group
from queries.parse.targets import Target
from queries.parse.vocabulary import Noun, phrase, vocabulary_data
from queries.parse.words import grammar


def read_related(target: Target, clause: Clause, reading: Reading) -> list[Form]:
    """ "What suppresses X in Y", "What does X suppress", "things that inhibit X".

    Where verb and object have a name together ("release H2S": H2S release), what brings it about comes next.
    """
    if forms := _formed_when(target, clause, reading):
        return forms
    clause = replace(clause, right=tuple(item for item in clause.right if not item.is_cue("if")))
    form = _related(target, clause, reading)
    named = event_name(clause.mention, clause.right, reading)
    if named is None or clause.passive or clause.negated or form.group.facts[-1].side != "subject":
        return [form]
    bring = Fact(tuple(vocabulary_data()["families"]["bring"]), other=named)
    note = f"“{clause.mention.text}” and “{clause.right[0].text}” were read as {named.words}"
    facts = (*form.group.facts[:-1], bring)
    return [form, replace(form, group=replace(form.group, facts=facts), notes=(*form.notes, note))]


def _related(target: Target, clause: Clause, reading: Reading) -> Form:
    left_items = [item for item in clause.left if not item.is_cue("aux", "which", "what")]
    while left_items and left_items[0].is_cue("and"):
        left_items.pop(0)
    left = read_complement(left_items, reading)
    if not target.asked and not target.items and left.other is not None:
        return _listed(clause, left_items, reading)
    if left.other is not None and clause.verb.happening and clause.transitive is not None:
        clause = replace(clause, verb=clause.transitive)
    right = read_complement(clause.right, reading)
    group = _doers(target_group(target.items, reading), reading) if target.items else Group(words="anything")
    if clause.verb.happening:
        return _happening(group, clause, right)
    fact = (
        _open_side(clause, left, right, reading) if left.other else stated_side(clause, reading, right=right)
    )
    if _is_open(fact) and fact.context is not None and _can_be_affected(fact.context, reading):
        # "How does X affect Y": the effect on Y is asked for
        return Form("things", with_fact(replace(fact.context, scope="named"), replace(fact, context=None)))
    every = right.each if len(right.each) > 1 and not left.other and fact.other == right.other else ()
    for part in every or (fact.other,):
        group = with_fact(group, replace(fact, other=part))
    return Form("things", group)


def _formed_when(target: Target, clause: Clause, reading: Reading) -> list[Form]:
    """ "What forms when X touches Y", "… between X and Y": what X forms with Y, or Y with X.

    Nothing where no two things meet.
    """
    if not any(verb.happening for verb in clause.mention.verbs):
        return []
    first = clause.right[0] if clause.right else None
    if clause.left or first is None or not (first.is_cue("if") or first.key == "between"):
        return []
    met = [item for item in clause.right[1:] if item.named or item.kind == "composition"]
    groups = [group for item in met if (group := read_complement([item], reading).other) is not None]
    if len(groups) != 2:
        return []
    products = tuple(vocabulary_data()["families"]["products"])
    # "products" only says again what is asked for
    nouns = reading.vocabulary.nouns
    again = [
        item
        for item in target.items
        if (noun := item.noun or nouns.get(phrase(item.text))) and set(noun.relations) & set(products)
    ]
    sorts = [item for item in target.items if item not in again]
    sort = target_group(sorts, reading) if sorts else Group(words="anything")
    for item in clause.right[1:]:
        if item.kind == "verb":
            reading.note(f"“{item.text}” was taken as what happens first")
    pairs = (groups, groups[::-1])
    facts = [Fact(products, side="object", other=one, context=other) for one, other in pairs]
    return [Form("things", with_fact(sort, fact)) for fact in facts]


def _doers(group: Group, reading: Reading) -> Group:
    """The group with what is put into materials: it acts, too, and texts call either a substance."""
    both = kind_category(("Material", "Dopant"), "", reading.index)
    wide = tuple(
        replace(each, kinds=both.kinds) if each.kinds and set(each.kinds) <= set(both.kinds) else each
        for each in group.categories
    )
    return replace(group, categories=wide)


def stated_side(clause: Clause, reading: Reading, *, right: Complement | None = None) -> Fact:
    """The fact of a clause whose subject is what is asked for; ``right`` is its other side, read already."""
    right = right or read_complement(clause.right, reading)
    if (partner := contact_of(clause, right, reading)) is not None:
        return clause_fact(clause, reading, side="subject", other=None, context=partner)
    other, context = (right.other or right.agent), right.context
    if right.agent and right.other:
        other, context = right.agent, right.other
    if other is None:
        raise UnreadError(f"it is not clear what “{clause.mention.text}” refers to")
    side: Side = "subject" if is_subject(clause) else "object"
    return clause_fact(clause, reading, side=side, other=other, context=context)


def _open_side(clause: Clause, left: Complement, right: Complement, reading: Reading) -> Fact:
    """The fact of a clause that names its subject and asks for its other side."""
    if right.other is not None and right.context is not None:
        raise UnreadError(f"“{right.context.words}” does not fit into the rest of the question")
    context = left.context or right.context or right.other
    side: Side = "object" if is_subject(clause) else "subject"
    return clause_fact(clause, reading, side=side, other=left.other, context=context)


def _happening(group: Group, clause: Clause, right: Complement) -> Form:
    """ "Which interphases form on X", "… in Y": what something forms, or what forms under a condition."""
    preposition = next((item.key for item in clause.right if item.kind == "preposition"), "")
    if preposition in grammar("sources"):
        fact = Fact(("forms",), side="object", other=right.other, context=right.context)
    else:
        fact = Fact(("forms",), side="object", context=right.other)
    return Form("things", with_fact(group, fact))


def _is_open(fact: Fact) -> bool:
    return set(fact.relations) == set(vocabulary_data()["families"]["effects"])


def _can_be_affected(group: Group, reading: Reading) -> bool:
    kinds = {kind for node in group.nodes for kind in reading.index.kinds(node)}
    return bool(kinds & {"Property", "FailureMechanism", "Interphase"})


def _listed(clause: Clause, left: Sequence[Mention], reading: Reading) -> Form:
    """ "electrolytes stable against Li metal": what stands before the verb is what is wanted."""
    described = settle(read_description(left, reading), reading, wants_value=False)
    fact = stated_side(clause, reading)
    return Form("things", with_fact(described.group, fact))


def read_effect_noun(noun: Noun, items: Sequence[Mention], words: str, reading: Reading) -> Form:
    """ "causes of X in Y", "effect of X on Y"."""
    items = [item for item in items if not item.is_cue("aux")]
    on = next(
        (at for at, item in enumerate(items) if item.kind == "preposition" and item.key in ("on", "upon")),
        None,
    )
    if noun.side == "object" and on is not None and any(item.named or item.key for item in items[on + 1 :]):
        affected = read_complement(items[on + 1 :], reading)
        cause = read_complement(items[:on], reading)
        if affected.other is None or cause.other is None:
            raise UnreadError("it is not clear what has an effect on what")
        if not _can_be_affected(affected.other, reading):
            fact = Fact(noun.relations, side="object", other=cause.other, context=affected.other)
            return Form("things", with_fact(Group(words=words), fact))
        fact = Fact(noun.relations, side="object", other=cause.other, context=affected.context)
        return Form("things", with_fact(replace(affected.other, scope="named"), fact))
    complement = read_complement(items, reading)
    sign = sign_of(items, reading) if noun.key == "cause" else ""
    relations = tuple(vocabulary_data()["families"][sign]) if sign else noun.relations
    fact = Fact(relations, side=noun.side, other=complement.other, context=complement.context)
    return Form("things", Group(words=words, facts=(fact,)))


def read_troubles(noun: Noun, items: Sequence[Mention], reading: Reading) -> list[Form]:
    """ "Problems of X", "failure mechanisms in X": what goes wrong in X, or what X does not bear.

    What happens in it comes first behind "in"; the other reading is asked where that has no answer.
    """
    named = [item for item in items if item.named]
    place = next((item.key for item in items if item.kind == "preposition"), "")
    if len(named) != 1 or not place or any(item.verbs and not _is_event(item) for item in items):
        return []
    owner = read_complement(named, reading).other
    if owner is None:
        return []
    data = vocabulary_data()["families"]
    happening = kind_category(("FailureMechanism",), noun.key, reading.index)
    inside = Fact((*data["effects"], "forms"), side="object", context=owner)
    told = Form("things", Group(noun.key, categories=(happening,), scope="members", facts=(inside,)))
    own = Fact(tuple(data["drawbacks"]), side="object", other=owner)
    caused = Form("things", Group(words="anything", facts=(own,)))
    return [told, caused] if place in grammar("inside") else [caused, told]


def _is_event(item: Mention) -> bool:
    return any(verb.happening for verb in item.verbs)


def _without_any_system(items: Sequence[Mention], reading: Reading) -> list[Mention]:
    """The mentions but for the cell in which everything happens: "what does X do in the cell"."""
    named = [item for item in items if item.named]
    if len(named) != 1 or named[0].named is None or not is_any_system(named[0].named):
        return list(items)
    reading.pass_over(named[0].text)
    return []


def read_doing(items: Sequence[Mention], reading: Reading) -> Form | None:
    """ "What does X do (to Y)": every effect that X has."""
    doing = [at for at, item in enumerate(items) if item.is_cue("aux") and item.text in grammar("do")]
    if not doing or not any(item.named for item in items[: doing[-1]]):
        return None
    cause = read_complement([item for item in items[: doing[-1]] if not item.is_cue("aux")], reading)
    behind = _without_any_system(items[doing[-1] + 1 :], reading)
    system = read_complement(behind, reading)
    effects = tuple(vocabulary_data()["families"]["effects"])
    if system.other is not None and _can_be_affected(system.other, reading):
        fact = Fact(effects, side="object", other=cause.other, context=system.context or cause.context)
        return Form("things", with_fact(replace(system.other, scope="named"), fact))
    return effects_of(cause.other, system.other or cause.context)


def effects_of(cause: Group | None, system: Group | None) -> Form:
    """What something brings about, or raises or lowers, in a system."""
    effects = tuple(vocabulary_data()["families"]["effects"])
    fact = Fact(effects, side="object", other=cause, context=system)
    return Form("things", with_fact(Group(words="anything"), fact))
