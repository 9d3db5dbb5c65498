"""What a noun phrase or clause says happens: "a higher capacity" is an increase, "dendrites" a failure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from extract.mentions import MOST_NAMES
from extract.noun_phrases import complements, conjuncts, phrase_words
from extract.relations.arguments import Argument, PassageReader
from extract.relations.choose import is_added, relation_for
from extract.relations.data import read, words
from extract.relations.nouns import is_cell
from extract.relations.syntax import frame, is_passive, prepositional, rest_objects, surface_subjects
from extract.relations.triggers import Triggers
from ontology.lexicon import Lexicon, local_name


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
        """What a noun phrase as an outcome says; ``bare`` lets a directionless property mean more."""
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
        keys = self.noun_relations(token)
        if not keys:
            return []
        found = []
        for _, member in complements(token, prepositions=words("of_events")):
            for thing in self.reader.arguments(member):
                relation = relation_for(keys, thing, verb=token.lemma_.lower(), lexicon=self.lexicon)
                if relation:
                    found.append(Effect(relation, thing, token))
        return found

    def noun_relations(self, token: Token) -> set[str]:
        """The relations that a noun for an event can state."""
        lemma = token.lemma_.lower()
        named = {trigger.relation for trigger in self.triggers.nouns.get(lemma, ())}
        keys = {key for key in named if key in read("choice")["nominal"] or is_added(key)}
        return keys | {
            relation for relation in ("increases", "decreases") if lemma in words(f"noun_{relation}")
        }

    def of_clause(self, verb: Token) -> Iterator[Effect]:
        """What a clause says happens, with whoever does it left aside."""
        lemma = verb.lemma_.lower()
        if lemma in words("having") | words("undergoing"):
            yield from self.had(verb)
            return
        yield from self._intransitive(verb, lemma)
        heads = frame(verb)
        stated: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for trigger in self.triggers.verbs.get(lemma, ()):
            if not trigger.inverse:
                stated[trigger.rest].add(trigger.relation)
        for rest, keys in stated.items():
            for token in rest_objects(verb, rest) if rest else heads.objects or heads.subjects:
                for member in conjuncts(token):
                    yield from self.stated(member, keys, lemma)
        for child in verb.rights:
            # "is believed to suppress Y", "is a way to suppress Y because of X"
            if child.dep_ == "xcomp" or (
                child.dep_ == "attr" and child.lemma_.lower() in words("presenters")
            ):
                inner = (
                    child
                    if child.pos_ in ("VERB", "AUX")
                    else next((grand for grand in child.rights if grand.dep_ in ("relcl", "acl")), None)
                )
                if inner is not None and inner.pos_ in ("VERB", "AUX"):
                    yield from self.of_clause(inner)

    def _intransitive(self, verb: Token, lemma: str) -> Iterator[Effect]:
        """ "The conductivity is high", "cracks grow", "X is accompanied by Y", "the capacity drops"."""
        if lemma == "be":
            yield from self._copula(verb)
        elif lemma in words("occurring") and not is_passive(verb):
            yield from self.happening(verb)
        elif lemma in read("occurrences")["accompanying"] and is_passive(verb):
            yield from self.accompanying(verb)
        if lemma in words("climbing") | words("sinking"):
            yield from self._moving(verb)

    def stated(self, token: Token, keys: set[str], lemma: str) -> Iterator[Effect]:
        """The relations that a verb states about one object."""
        swallowed = _swallowed_verb(token)
        if swallowed is not None:
            lemma = swallowed.lemma_.lower()
            stated = self.triggers.verbs.get(lemma, ())
            keys = {trigger.relation for trigger in stated if not (trigger.inverse or trigger.rest)}
        nominal = self.nominalised(token)
        if nominal and keys & {"promotes", "increases", "forms"}:
            yield from nominal
            return
        if is_cell(token) and keys & {"promotes", "increases", "forms"}:
            for _, noun in complements(token, prepositions=words("combined_with")):
                for member in conjuncts(noun):
                    yield from self.of_noun(member, bare=False)
            return
        for found in self.reader.single(token):
            thing = self._as_event(found if swallowed is None else replace(found, direction=0), keys)
            relation = (
                ""
                if self._is_nothing(thing) or _is_kept_from(token, lemma, thing)
                else relation_for(keys, thing, verb=lemma, lexicon=self.lexicon)
            )
            if relation:
                yield Effect(relation, thing, token)

    def _as_event(self, thing: Argument, keys: set[str]) -> Argument:
        """What comes into being as the failure that this is: "leads to voids" is void formation."""
        for term in thing.terms if not keys.isdisjoint(read("choice")["happening"]) else ():
            event = read("choice")["failing"].get(local_name(term.iri))
            if event is not None:
                (failure,) = self.lexicon.lookup(event)[:1]
                names = tuple(dict.fromkeys((failure.label, *thing.names)))[:MOST_NAMES]
                return replace(thing, names=names, kind=failure.kind, terms=(failure,))
        return thing

    def _is_nothing(self, thing: Argument) -> bool:
        """Whether an object names no thing: an abstract noun or a quantity."""
        lemma = self.reader.doc[thing.head].lemma_.lower()
        return not thing.kind and (
            lemma in words("nothings")
            or (lemma in words("nothing_alone") and all(" " not in name for name in thing.names))
            or thing.names[0][:1] in "0123456789~<>≈"
        )

    def had(self, verb: Token) -> Iterator[Effect]:
        """ "exhibits a high Y", "suffers from Y": what is said of whoever has it."""
        suffered = prepositional(verb, words("suffered")) if verb.lemma_ in words("undergoing") else []
        for child in (*frame(verb).objects, *suffered):
            for member in conjuncts(child):
                for effect in self.of_noun(member, bare=False):
                    if effect.relation not in ("forms", "suppresses") or effect.object.direction < 0:
                        yield effect

    def of_small_clause(self, adjective: Token) -> Iterator[Effect]:
        """ "(makes) the conductivity low"."""
        yield from self._described(adjective, [child for child in adjective.lefts if child.dep_ == "nsubj"])

    def happening(self, verb: Token) -> Iterator[Effect]:
        """ "Cracks propagate", "voids are formed", "lithium penetrates": a failure that happens."""
        lemma = verb.lemma_.lower()
        said = read("occurrences")
        happens = lemma in (said["formed"].split() if is_passive(verb) else words("occurring"))
        event = "" if is_passive(verb) else said["events"].get(lemma, "")
        for subject in surface_subjects(verb) if happens or event else ():
            for thing in self.reader.arguments(subject):
                named = self._event(thing, event, verb) if event and thing.kind == "Material" else None
                if named or (happens and thing.kind == "FailureMechanism"):
                    yield Effect("promotes", named or thing, verb)

    def _event(self, thing: Argument, event: str, verb: Token) -> Argument | None:
        """ "Lithium penetrates" as the failure that the ontology knows, "lithium penetration"."""
        for name in (*thing.names, self.reader.doc[thing.head].text):
            terms = self.lexicon.lookup(f"{name} {event}")
            if terms and terms[0].kind == "FailureMechanism":
                names = tuple(dict.fromkeys((terms[0].label, f"{name} {event}")))
                end = max(thing.end, verb.idx + len(verb))
                if (whole := self._place(verb)) is not None:
                    names = (*names, f"{name} {event} {whole}")
                return Argument(names, terms[0].kind, thing.start, end, verb.i, terms=terms)
        return None

    def _place(self, verb: Token) -> str | None:
        """Where an event happens, as written right behind the verb."""
        following = next(iter(verb.rights), None)
        if following is None or following.dep_ != "prep" or following.i != verb.i + 1:
            return None
        thing = next((child for child in following.rights if child.dep_ == "pobj"), None)
        return self.reader.doc[following.i : thing.i + 1].text if thing is not None else None

    def accompanying(self, verb: Token) -> Iterator[Effect]:
        """ "X is accompanied by Y": what Y says."""
        for thing in prepositional(verb, words("doer")):
            for member in conjuncts(thing):
                yield from (each for each in self.of_noun(member, bare=False) if each.relation != "forms")

    def _copula(self, verb: Token) -> Iterator[Effect]:
        """ "The conductivity is high"."""
        for child in verb.rights:
            if child.dep_ == "acomp":
                yield from self._described(child, surface_subjects(verb))

    def _moving(self, verb: Token) -> Iterator[Effect]:
        """ "The conductivity rises", "the capacity drops": a property that goes one way by itself."""
        heads = frame(verb)
        relation = "increases" if verb.lemma_.lower() in words("climbing") else "decreases"
        for subject in () if heads.passive or heads.objects else heads.subjects:
            for thing in self.reader.arguments(subject):
                if thing.kind == "Property":
                    yield Effect(relation, replace(thing, direction=0), verb)

    def _described(self, adjective: Token, subjects: Sequence[Token]) -> Iterator[Effect]:
        up, down = adjective.lower_ in phrase_words()["up"], adjective.lower_ in phrase_words()["down"]
        down = down or adjective.lower_ in words("hard")
        for subject in subjects if up or down else ():
            for thing in self.reader.arguments(subject):
                if thing.kind == "Property":
                    yield Effect("increases" if up else "decreases", thing, adjective.head)


def _swallowed_verb(noun: Token) -> Token | None:
    """The second verb of "improved A and reduced B", where the parser takes it for an adjective of B."""
    first = noun.left_edge
    if noun.dep_ != "conj" or first.tag_ not in ("VBN", "VBD") or first.dep_ != "amod" or not first.i:
        return None
    verb = next((ancestor for ancestor in noun.ancestors if ancestor.pos_ == "VERB"), None)
    second = first.nbor(-1).dep_ == "cc" and verb is not None and verb.tag_ == "VBD"
    return first if second else None


def _is_kept_from(token: Token, lemma: str, thing: Argument) -> bool:
    """Whether a thing is only kept from doing something: "prevents oxygen from reaching the metal"."""
    if lemma not in words("preventing") or thing.kind in ("FailureMechanism", "Property", "Interphase"):
        return False
    return any(
        preposition.lower_ == "from" and any(child.dep_ == "pcomp" for child in preposition.rights)
        for preposition in (*token.rights, *token.head.rights)
    )
