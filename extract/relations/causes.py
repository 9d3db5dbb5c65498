"""What a noun phrase or a clause says happens: "a higher capacity" is an increase, "dendrite growth" a failure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from extract.noun_phrases import complements
from extract.relations.arguments import Argument, PassageReader
from extract.relations.choose import relation_for
from extract.relations.data import read, words
from extract.relations.syntax import surface_subjects, is_passive
from extract.relations.triggers import Trigger, Triggers
from ontology.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Effect:
    """A relation and its object, with the token that states it."""

    relation: str
    object: Argument
    token: Token


@dataclass(frozen=True, slots=True)
class EffectReader:
    """Reads effects in one passage."""

    reader: PassageReader
    triggers: Triggers
    lexicon: Lexicon

    def of_noun(self, token: Token, *, bare: bool = True) -> Iterator[Effect]:
        """What a noun phrase as an outcome says; ``bare`` allows a property without a direction to mean more of it."""
        nominal = self.nominalised(token)
        if nominal:
            yield from nominal
            return
        for thing in self.reader.single(token):
            if thing.kind == "Property":
                if thing.direction or bare:
                    yield Effect("decreases" if thing.direction < 0 else "increases", thing, token)
            elif thing.kind == "FailureMechanism":
                yield Effect("suppresses" if thing.direction < 0 else "promotes", thing, token)
            elif thing.kind in ("Interphase", "Interface", "Structure", "Material"):
                yield Effect("forms", thing, token)

    def nominalised(self, token: Token) -> list[Effect]:
        """What a noun for an event says of its complement: "suppression of Y", "an increase in Y"."""
        stated = self.triggers.nouns.get(token.lemma_.lower(), ())
        keys = {trigger.relation for trigger in stated}
        if not keys:
            return []
        found = []
        for _, member in complements(token, prepositions=frozenset({"of", "in"})):
            for thing in self.reader.arguments(member):
                relation = relation_for(keys, thing, verb=token.lemma_.lower(), lexicon=self.lexicon)
                if relation:
                    found.append(Effect(relation, thing, token))
        return found

    def of_clause(self, verb: Token) -> Iterator[Effect]:
        """What a clause says happens, with whoever does it left aside."""
        lemma = verb.lemma_.lower()
        if lemma in words("having"):
            for child in verb.rights:
                if child.dep_ in ("dobj", "attr"):
                    for member in (child, *child.conjuncts):
                        yield from self.of_noun(member, bare=False)
            return
        stated = [trigger for trigger in self.triggers.verbs.get(lemma, ()) if not trigger.rest and not trigger.inverse]
        keys = {trigger.relation for trigger in stated}
        has_object = any(child.dep_ == "dobj" for child in verb.rights)
        if keys and (is_passive(verb) or not has_object):
            for subject in surface_subjects(verb):
                for thing in self.reader.arguments(subject):
                    relation = relation_for(keys, thing, verb=lemma, lexicon=self.lexicon)
                    if relation:
                        yield Effect(relation, thing, verb)
        elif lemma == "be":
            yield from self._copula(verb)

    def _copula(self, verb: Token) -> Iterator[Effect]:
        from extract.noun_phrases import phrase_words

        for child in verb.rights:
            if child.dep_ != "acomp":
                continue
            up, down = child.lower_ in phrase_words()["up"], child.lower_ in phrase_words()["down"]
            if not (up or down):
                continue
            for subject in surface_subjects(verb):
                for thing in self.reader.arguments(subject):
                    if thing.kind == "Property":
                        yield Effect("increases" if up else "decreases", thing, verb)
