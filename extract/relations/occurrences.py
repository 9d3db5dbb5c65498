"""Statements of what happens: "cracks form during X", "once X rises, Y occurs", "Y starts at defects"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.noun_phrases import is_direction
from extract.relations.arguments import Argument
from extract.relations.causes import EffectReader
from extract.relations.data import read
from extract.relations.statements import Statement
from extract.relations.syntax import is_passive, prepositional, surface_subjects

Cause = tuple[Argument, int]


def occurrence_statements(effects: EffectReader, verb: Token) -> Iterator[Statement]:
    """The statements of a verb that says that something happens."""
    if verb.lemma_.lower() in read("occurrences")["accompanying"] and is_passive(verb):
        yield from _accompanied(effects, verb)
        return
    outcomes = list(effects.happening(verb))
    if not outcomes:
        return
    causes = [
        *_circumstances(effects, verb),
        *_conditions(effects, verb),
        *((argument, 1) for argument in _sites(effects, verb)),
    ]
    for outcome in outcomes:
        for cause, sign in causes:
            relation = "promotes" if sign > 0 else "suppresses"
            yield Statement(cause, relation, outcome.object, verb, "occurrence")


def _accompanied(effects: EffectReader, verb: Token) -> Iterator[Statement]:
    """ "X is accompanied by Y", where X is itself a failure."""
    subjects = [
        argument
        for token in surface_subjects(verb)
        for argument in effects.reader.arguments(token)
        if argument.kind == "FailureMechanism"
    ]
    for effect in effects.accompanying(verb) if subjects else ():
        yield from (Statement(each, effect.relation, effect.object, verb, "accompanied") for each in subjects)


def _circumstances(effects: EffectReader, verb: Token) -> Iterator[Cause]:
    """ "During the expansion, cracks form", "under high pressures, cracks form"."""
    prepositions = _listed("circumstances")
    for child in _beside(verb):
        if child.dep_ != "prep" or child.lower_ not in prepositions:
            continue
        things = [thing for thing in child.rights if thing.dep_ == "pobj"]
        # "during repeated expansion", where the participle is taken for a gerund
        for gerund in child.rights:
            things += [thing for thing in gerund.rights if gerund.dep_ == "pcomp" and thing.dep_ == "dobj"]
        for thing in things:
            for argument in effects.reader.arguments(thing):
                if argument.kind == "FailureMechanism" and child.i < verb.i:
                    yield argument, -1 if argument.direction < 0 else 1
                elif argument.kind == "Property" and argument.direction:
                    yield argument, argument.direction
                elif argument.kind == "Strategy" and any(map(is_direction, thing.lefts)):
                    # "high current density" is a way to run a cell
                    yield argument, 1


def _conditions(effects: EffectReader, verb: Token) -> Iterator[Cause]:
    """ "As the current density rises, dendrites grow"."""
    conjunctions, rising = _listed("conditions"), _listed("rising")
    for clause in _beside(verb):
        if clause.dep_ != "advcl" or not any(child.lower_ in conjunctions for child in clause.lefts):
            continue
        if clause.lemma_.lower() in rising and not is_passive(clause):
            things = [
                thing for token in surface_subjects(clause) for thing in effects.reader.arguments(token)
            ]
            yield from ((thing, 1) for thing in things if thing.kind == "Property")
            continue
        for effect in effects.of_clause(clause):
            if effect.relation in ("increases", "decreases"):
                yield effect.object, 1 if effect.relation == "increases" else -1


def _sites(effects: EffectReader, verb: Token) -> Iterator[Argument]:
    """ "Dendrites start at defects"."""
    sites = _listed("sites")
    fronted = [
        thing
        for child in verb.lefts
        if child.dep_ == "prep" and child.lower_ in _listed("at")
        for thing in child.rights
        if thing.lower_ == "which"
    ]
    for thing in (*fronted, *prepositional(verb, _listed("at"))):
        for argument in effects.reader.arguments(thing):
            # "defects at which dendrites start": the defects are named, not "which"
            if {effects.reader.doc[argument.head].lemma_.lower(), argument.names[0]} & sites:
                yield argument


def _beside(verb: Token) -> Iterator[Token]:
    """What hangs on a verb, and what stands in front of the verbs that it is coordinated with."""
    for child in verb.children:
        yield child
        if child.dep_ in ("csubj", "csubjpass"):
            # the clause before, taken for a subject
            yield from child.lefts
    while verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        verb = verb.head
        yield from verb.lefts


def _listed(name: str) -> frozenset[str]:
    return frozenset(read("occurrences")[name].split())
