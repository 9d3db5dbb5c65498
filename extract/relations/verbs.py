"""Statements of verbs: "X suppresses Y", "Y is caused by X", "leading to Y", "to prevent Y, X was added"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.noun_phrases import complements, conjuncts
from extract.relations.arguments import Argument
from extract.relations.causes import Effect, EffectReader
from extract.relations.choose import is_added, relation_between
from extract.relations.data import read, words
from extract.relations.nouns import is_cell
from extract.relations.statements import Statement
from extract.relations.structure import method_of
from extract.relations.syntax import (
    Frame,
    agents,
    frame,
    prepositional,
    purpose_of,
    rest_objects,
    surface_subjects,
)
from extract.relations.triggers import Trigger


def verb_statements(effects: EffectReader, verb: Token) -> Iterator[Statement]:
    """The statements of one verb that the ontology knows as stating a relation."""
    lemma = verb.lemma_.lower()
    if lemma in words("having") | words("undergoing"):
        yield from _having(effects, verb)
        return
    if lemma in words("causative"):
        yield from _causative(effects, verb)
    if lemma in words("endowing"):
        yield from _endowing(effects, verb)
    stated = [
        trigger
        for trigger in effects.triggers.verbs.get(lemma, ())
        if (trigger.relation in read("choice")["verbal"] or is_added(trigger.relation))
        and _is_complete(verb, trigger)
    ]
    if not stated:
        return
    heads = frame(verb)
    for rest in sorted({trigger.rest for trigger in stated if not trigger.inverse}):
        keys = {trigger.relation for trigger in stated if trigger.rest == rest and not trigger.inverse}
        yield from _forward(effects, heads, rest, keys)
    for rest in sorted({trigger.rest for trigger in stated if trigger.inverse}):
        keys = {trigger.relation for trigger in stated if trigger.rest == rest and trigger.inverse}
        yield from _inverse(effects, heads, rest, keys)


def _having(effects: EffectReader, verb: Token) -> Iterator[Statement]:
    """ "X exhibits a high Y": X has more of Y."""
    heads = frame(verb)
    subjects = [argument for token in heads.subjects for argument in effects.reader.arguments(token)]
    for effect in effects.had(verb) if subjects else ():
        for subject in subjects:
            if subject.names[0].casefold() in words("bare_cells"):
                continue
            # That a material conducts well is a measurement in words; that its cell lasts is an effect.
            if effect.object.kind == "Property" and not is_cell(effects.reader.doc[subject.head]):
                continue
            if effect.object.kind == "FailureMechanism" and subject.kind not in (
                "Material",
                "Interphase",
                "Interface",
            ):
                continue
            yield Statement(subject, effect.relation, effect.object, verb, "having")


def _causative(effects: EffectReader, verb: Token) -> Iterator[Statement]:
    """ "X makes Y grow", "X lets Z fall": X does what the small clause says."""
    clauses = [
        child
        for child in verb.rights
        if child.dep_ in ("ccomp", "xcomp") and any(grand.dep_ == "nsubj" for grand in child.lefts)
    ]
    subjects = [
        argument
        for token in (surface_subjects(verb) if clauses else ())
        for argument in effects.reader.arguments(token)
    ]
    for clause in clauses if subjects else ():
        said = effects.of_small_clause(clause) if clause.pos_ == "ADJ" else effects.of_clause(clause)
        for effect in said:
            for subject in subjects:
                yield Statement(subject, effect.relation, effect.object, verb, "causative")


def _endowing(effects: EffectReader, verb: Token) -> Iterator[Statement]:
    """ "X endows Y with a high Z"."""
    heads = frame(verb)
    given = [
        effect
        for token in (prepositional(verb, words("combined_with")) if heads.objects else ())
        for member in conjuncts(token)
        for effect in effects.of_noun(member)
        if effect.object.kind == "Property"
    ]
    for token in heads.subjects if given else ():
        for subject in effects.reader.arguments(token):
            yield from (Statement(subject, each.relation, each.object, verb, "endowing") for each in given)


def _is_complete(verb: Token, trigger: Trigger) -> bool:
    """Whether the other words of the trigger follow the verb."""
    return not trigger.rest or bool(rest_objects(verb, trigger.rest))


def _forward(
    effects: EffectReader, heads: Frame, rest: tuple[str, ...], keys: set[str]
) -> Iterator[Statement]:
    objects = rest_objects(heads.verb, rest) if rest else list(heads.objects)
    subjects = _brought_about(effects, heads.verb) or _subjects(effects, heads, rest)
    if not subjects or not objects:
        return
    lemma = heads.verb.lemma_.lower()
    found = [
        effect
        for token in objects
        for member in conjuncts(token)
        for effect in effects.stated(member, keys, lemma)
    ]
    attained = (
        lemma in read("choice")["attaining"]
        and heads.verb.tag_ in ("VBD", "VBP", "VBZ")
        and not heads.passive
    )
    for subject in subjects:
        for effect in found:
            if effect.relation == "composed_of" and heads.passive and not rest:
                continue  # "is contained in", "is composed by": the other way round
            if effect.relation == "unstable_with" and heads.passive:
                continue  # "was dissolved in ethanol": on purpose
            if attained and _has_measured(effects, subject, effect):
                continue
            relation = relation_between(effect.relation, subject, verb=lemma)
            if relation == "forms" and effect.object.kind == "Material":
                for owner in _decomposing(effects, subject):
                    yield Statement(owner, "decomposes_to", effect.object, heads.verb, "decomposition")
            yield Statement(subject, relation, effect.object, heads.verb, "verb")


def _decomposing(effects: EffectReader, subject: Argument) -> list[Argument]:
    """What decomposes in "the hydrolysis of X generates Y"."""
    noun = effects.reader.doc[subject.head]
    if noun.lemma_.lower() not in words("decompositions"):
        return []
    return [
        argument
        for _, thing in complements(noun, prepositions=words("of"))
        for argument in effects.reader.arguments(thing)
        if argument.kind == "Material"
    ]


def _has_measured(effects: EffectReader, subject: Argument, effect: Effect) -> bool:
    """ "Li3PS4 achieved a high conductivity": a measurement in words, not an effect of the material."""
    return (
        subject.kind == "Material"
        and effect.object.kind == "Property"
        and not is_cell(effects.reader.doc[subject.head])
    )


def _brought_about(effects: EffectReader, participle: Token) -> list[Argument]:
    """ "X causes Y, leading to Z": the failure Y leads to Z."""
    if (
        participle.dep_ != "advcl"
        or participle.tag_ != "VBG"
        or participle.lemma_.lower() not in words("causing")
    ):
        return []
    clauses = [member for member in conjuncts(participle.head) if member.i < participle.i]
    return [
        effect.object
        for effect in (effects.of_clause(clauses[-1]) if clauses else ())
        if effect.relation == "promotes" and effect.object.kind == "FailureMechanism"
    ]


def _subjects(effects: EffectReader, heads: Frame, rest: tuple[str, ...]) -> list[Argument]:
    done = purpose_of(heads.verb)
    if done is not None and done.lemma_.lower() in words("treated"):
        # "X was milled to raise Y": milling does it
        return method_of(effects, done)
    if done is not None and done.lemma_.lower() in words("handled"):
        return []
    tokens = surface_subjects(heads.verb) if rest else list(heads.subjects)
    found = [argument for token in tokens for argument in effects.reader.arguments(token)]
    # "was improved with a capacity of …" names no cause
    found = [
        each
        for each in found
        if each.kind != "Property" or effects.reader.doc[each.head].head.lower_ != "with"
    ]
    if not found and not heads.passive:
        # "The authors prevent Y by X": X does it
        doers = agents(heads.verb, active=True) or _proposed(heads.verb)
        found = [argument for token in doers for argument in effects.reader.arguments(token)]
    return found


def _proposed(verb: Token) -> list[Token]:
    """What authors propose for a purpose: X of "we propose X to prevent Y"."""
    governor = verb.head
    purpose = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.lefts)
    if not purpose or governor.lemma_.lower() not in words("proposing"):
        return []
    return [child for child in governor.rights if child.dep_ == "dobj"]


def _inverse(
    effects: EffectReader, heads: Frame, rest: tuple[str, ...], keys: set[str]
) -> Iterator[Statement]:
    """ "Y results from X": X brings Y about; "Y decreases with X": X lessens Y."""
    causes = rest_objects(heads.verb, rest) if rest else list(heads.objects)
    subjects = [argument for cause in causes for argument in effects.reader.arguments(cause)]
    for outcome in surface_subjects(heads.verb) if subjects else ():
        for member in conjuncts(outcome):
            for effect in effects.of_noun(member):
                if effect.relation == "forms" and effect.relation not in keys:
                    continue  # "benefiting from X, Y": nothing is formed
                lessened = effect.relation == "increases" and keys == {"decreases"}
                for subject in subjects:
                    relation = "decreases" if lessened else effect.relation
                    yield Statement(subject, relation, effect.object, heads.verb, "inverse verb")
