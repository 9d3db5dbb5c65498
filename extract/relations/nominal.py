"""Statements of nouns and adjectives: "suppression of Y by X", "X is the key to Y", "X is bad for Y"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from extract.noun_phrases import complements, conjuncts
from extract.relations.arguments import Argument
from extract.relations.causes import EffectReader
from extract.relations.choose import relation_for
from extract.relations.data import words
from extract.relations.nouns import direction_of
from extract.relations.statements import Statement
from extract.relations.syntax import prepositional, presented, surface_subjects

_VERBS = ("VERB", "AUX")
_OBSTRUCTING = frozenset({"decreases", "suppresses"})


def nominal_statements(effects: EffectReader, token: Token) -> Iterator[Statement]:
    """The statements of a noun or adjective that the ontology or the word lists know."""
    if token.pos_ == "NOUN":
        yield from _event(effects, token)
        if token.lemma_.lower() in words("causes"):
            yield from _cause(effects, token)
            yield from _named_cause(effects, token)
        elif token.dep_ == "attr" and token.lemma_.lower() in words("consequences"):
            yield from _consequence(effects, token)
        elif token.lemma_.lower() in words("obstacles"):
            yield from _obstacle(effects, token)
        elif token.dep_ == "attr" and token.lemma_.lower() in words("merits") | words("drawbacks"):
            yield from _merit(effects, token)
        yield from _stability(effects, token)
    elif token.pos_ == "ADJ":
        yield from _adjective(effects, token)


def _event(effects: EffectReader, noun: Token) -> Iterator[Statement]:
    """ "suppression of Y by X"."""
    if not effects.noun_relations(noun):
        return
    of = [thing for _, thing in complements(noun, prepositions=words("of"))]
    doers = [
        *(thing for _, thing in complements(noun, prepositions=words("event_doers"))),
        *(doer for thing in of for _, doer in complements(thing, prepositions=words("doer"))),
    ]
    subjects = [argument for doer in doers for argument in effects.reader.arguments(doer)]
    places = [thing for _, thing in complements(noun, prepositions=words("places"))]
    hosts = [
        argument
        for place in places
        for argument in effects.reader.arguments(place)
        if argument.kind == "Material"
    ]
    for effect in effects.nominalised(noun) if subjects or hosts else ():
        for subject in subjects or (hosts if effect.relation == "suppresses" else ()):
            yield Statement(subject, effect.relation, effect.object, noun, "event")


def _cause(effects: EffectReader, noun: Token) -> Iterator[Statement]:
    """ "X is the main reason for Y"."""
    who = presented(noun)
    if who != noun:
        subjects = effects.reader.arguments(who)
    elif noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("providing"):
        subjects = [
            argument for token in surface_subjects(noun.head) for argument in effects.reader.arguments(token)
        ]
    else:
        # "because of its role as the culprit of Y"
        subjects = effects.reader.owners(noun)
    outcomes = [
        thing for _, thing in complements(noun, prepositions=words("purposes")) if thing.dep_ == "pobj"
    ]
    things = (outcomes or _behind(effects, noun)) if subjects else []
    members = [member for thing in things for member in conjuncts(thing)]
    yield from _brought_about(effects, members, subjects, noun, rule="cause noun")


def _brought_about(
    effects: EffectReader, outcomes: Sequence[Token], causes: Sequence[Argument], noun: Token, *, rule: str
) -> Iterator[Statement]:
    """What each of the causes does, as the outcomes say."""
    for outcome in outcomes if causes else ():
        for effect in effects.of_noun(outcome):
            yield from (Statement(cause, effect.relation, effect.object, noun, rule) for cause in causes)


def _behind(effects: EffectReader, noun: Token) -> list[Token]:
    """What is named behind the preposition after a noun, where the parser takes the name for a clause."""
    if noun.i + 2 >= len(noun.doc) or noun.nbor().lower_ not in words("purposes"):
        return []
    for token in noun.doc[noun.i + 2 : min(noun.i + 6, noun.sent.end)]:
        for mention in effects.reader.mentions.get(token.i, ()):
            if mention.start == noun.nbor(2).idx and mention.kind in ("FailureMechanism", "Property"):
                return [token]
    return []


def _named_cause(effects: EffectReader, noun: Token) -> Iterator[Statement]:
    """ "The main reason for Y is X"."""
    if noun.dep_ != "nsubj" or noun.head.lemma_ != "be":
        return
    subjects = [
        argument
        for token in noun.head.rights
        if token.dep_ == "attr"
        for argument in effects.reader.arguments(token)
    ]
    outcomes = [thing for _, thing in complements(noun, prepositions=words("purposes"))]
    yield from _brought_about(effects, outcomes, subjects, noun, rule="named cause")


def _consequence(effects: EffectReader, noun: Token) -> Iterator[Statement]:
    """ "Y is the consequence of X"."""
    causes = [
        argument
        for _, thing in complements(noun, prepositions=words("of"))
        for argument in effects.reader.arguments(thing)
    ]
    yield from _brought_about(effects, surface_subjects(noun.head), causes, noun, rule="consequence")


def _obstacle(effects: EffectReader, noun: Token) -> Iterator[Statement]:
    """ "X acts as a barrier against Y"."""
    who = presented(noun)
    if who == noun:
        return
    for _, thing in complements(noun, prepositions=words("against_or_for")):
        for argument in effects.reader.arguments(thing):
            relation = relation_for(_OBSTRUCTING, argument, verb="", lexicon=effects.lexicon)
            for subject in effects.reader.arguments(who) if relation else ():
                yield Statement(subject, relation, argument, noun, "obstacle")


def _merit(effects: EffectReader, noun: Token) -> Iterator[Statement]:
    """ "Low conductivity is the main drawback of X": X has less of it."""
    owners = [
        argument
        for _, thing in complements(noun, prepositions=words("owners"))
        for argument in effects.reader.arguments(thing)
    ]
    for token in surface_subjects(noun.head) if owners else ():
        for effect in effects.of_noun(token, bare=False):
            for owner in owners:
                yield Statement(owner, effect.relation, effect.object, noun, "merit")


def _stability(effects: EffectReader, noun: Token) -> Iterator[Statement]:
    """ "X shows good stability against Y", "the poor compatibility of X with Y"."""
    keys = {trigger.relation for trigger in effects.triggers.nouns.get(noun.lemma_.lower(), ())}
    keys &= {"stable_with", "unstable_with"}
    if not keys:
        return
    direction = direction_of(noun)
    if not direction and noun.lemma_.lower() not in words("told"):
        return
    things = [thing for _, thing in complements(noun, prepositions=words("against"))]
    if noun.head.pos_ == "VERB":
        things += prepositional(noun.head, words("against"))
    owners = [thing for _, thing in complements(noun, prepositions=words("of"))]
    had = noun.head if noun.dep_ == "conj" else noun
    if not owners and had.dep_ == "dobj" and had.head.lemma_.lower() in words("having"):
        owners = surface_subjects(had.head)
    elif not owners and had.dep_ == "pobj" and had.head.lower_ == "of" and had.head.head.pos_ in _VERBS:
        # "X is considered of higher stability with Y"
        owners = surface_subjects(had.head.head)
    subjects = [argument for owner in owners for argument in effects.reader.arguments(owner)]
    relation = next(iter(keys))
    if direction < 0:
        relation = "unstable_with" if relation == "stable_with" else "stable_with"
    for token in things if subjects else ():
        for thing in effects.reader.arguments(token):
            fitting = thing.as_kind(("Material", "Environment", "FailureMechanism"))
            if fitting is not None:
                yield from (Statement(subject, relation, fitting, noun, "stability") for subject in subjects)


def _adjective(effects: EffectReader, adjective: Token) -> Iterator[Statement]:
    """ "X is beneficial for Y"."""
    keys = {trigger.relation for trigger in effects.triggers.adjectives.get(adjective.lemma_.lower(), ())}
    keys &= {"increases", "decreases", "suppresses", "promotes"}
    if not keys and adjective.lemma_.lower() in words("needed"):
        keys = {"increases"}
    if not keys:
        return
    verb = adjective.head if adjective.dep_ in ("acomp", "oprd") else adjective.head.head
    subjects = [argument for token in surface_subjects(verb) for argument in effects.reader.arguments(token)]
    for _, thing in complements(adjective, prepositions=words("purposes")) if subjects else ():
        for member in conjuncts(thing):
            for argument in effects.reader.single(member):
                relation = relation_for(keys, argument, verb="", lexicon=effects.lexicon)
                for subject in subjects if relation else ():
                    yield Statement(subject, relation, argument, adjective, "adjective")
