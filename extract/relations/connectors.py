"""Statements of causal connectors: "Y increases due to X", "Y is attributed to X", "because of X"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from extract.noun_phrases import conjuncts
from extract.relations.causes import Effect, EffectReader
from extract.relations.data import read, words
from extract.relations.statements import Statement
from extract.relations.syntax import is_passive, surface_subjects
from extract.relations.together import changes_together, proportional_changes


def connector_statements(effects: EffectReader, token: Token) -> Iterator[Statement]:
    """The statements of a connector that begins with the token."""
    causes = _causes(token) or _behind_words(effects, token)
    subjects = [argument for cause in causes for argument in effects.reader.arguments(cause)]
    if subjects:
        for effect in _outcomes(effects, token):
            for subject in subjects:
                yield Statement(subject, effect.relation, effect.object, effect.token, "connector")
        return
    if token.lower_ in words("afterwards") and token.dep_ == "prep" and token.head.pos_ == "VERB":
        yield from _treated(effects, token)
    if token.lower_ in words("changing_with") and token.dep_ in ("prep", "mark"):
        yield from changes_together(effects, token)
    if token.lower_ == "the" and token.i and token.nbor(-1).text == ",":
        yield from proportional_changes(effects, token)


def _treated(effects: EffectReader, preposition: Token) -> Iterator[Statement]:
    """ "Y increases after annealing": the treatment does it."""
    subjects = [
        argument
        for thing in preposition.rights
        if thing.dep_ in ("pobj", "pcomp")
        for argument in effects.reader.arguments(thing)
        if argument.kind in ("SynthesisMethod", "Strategy")
    ]
    verb = preposition.head
    if not subjects or verb.lemma_ == "be":
        return
    for effect in effects.of_clause(verb):
        for subject in subjects if effect.object.kind == "Property" else ():
            yield Statement(subject, effect.relation, effect.object, verb, "treatment")


def _causes(token: Token) -> list[Token]:
    """The tokens that a connector names as causes; empty where the token begins none."""
    continued = _by_first_word()["prepositions"].get(token.lower_, ())
    if continued and token.dep_ in read("connectors")["functions"]:
        for rest in continued:
            found = _follow(token, [word for word in rest if word != "a"])
            if found:
                return found
    ascribing = token.lemma_.lower() in words("ascribing") and token.pos_ == "VERB"
    traced = token.lemma_.lower() in words("tracing") and _objects(token)
    return _follow(token, ["to"]) if ascribing and (traced or is_passive(token)) else []


def _behind_words(effects: EffectReader, token: Token) -> list[Token]:
    """The first thing behind the words of a connector that the tree does not hold together."""
    for rest in _by_first_word()["misread"].get(token.lower_, ()):
        end = token.i + 1 + len(rest)
        if [word.lower_ for word in token.doc[token.i + 1 : end]] == rest:
            for head in token.doc[end : min(end + 6, token.sent.end)]:
                if head.i in effects.reader.mentions and (head.head.i < head.i or head.head.i > head.i + 3):
                    return [head]
    return []


def _objects(verb: Token) -> list[Token]:
    return [child for child in verb.rights if child.dep_ == "dobj"]


@cache
def _by_first_word() -> dict[str, dict[str, list[list[str]]]]:
    """For each list of connectors, the words after a first word."""
    index: dict[str, dict[str, list[list[str]]]] = {}
    for name, listed in (
        ("prepositions", "prepositions"),
        ("prepositions", "participles"),
        ("misread", "misread"),
    ):
        table = index.setdefault(name, {})
        for connector in read("connectors")[listed]:
            first, *rest = connector.split()
            table.setdefault(first, []).append(rest)
    return index


def _follow(token: Token, rest: list[str]) -> list[Token]:
    """The objects at the end of a connector's words."""
    if not rest:
        return [child for child in token.rights if child.dep_ in ("pobj", "pcomp")]
    found: list[Token] = []
    # "due to X" is parsed as due + pcomp to + pobj, or with X on "due" itself.
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if following is not None and [following.lower_] == rest:
        found = [child for child in (*token.rights, *following.rights) if child.dep_ == "pobj"]
    for child in token.rights:
        # "due to A and to B"
        if child.lower_ == rest[0] and (not found or child.dep_ == "conj"):
            found += _follow(child, rest[1:])
    return list(dict.fromkeys(found))


def _outcomes(effects: EffectReader, token: Token) -> Iterator[Effect]:
    """What the connector explains: the noun it hangs on, else the clause."""
    if token.lemma_.lower() in words("ascribing"):
        if token.dep_ in ("relcl", "acl") and not any(
            child.dep_ in ("nsubjpass", "nsubj") for child in token.lefts
        ):
            yield from _of_nouns(effects, [token.head])
        elif not is_passive(token):
            # "the authors trace Y to X"
            yield from _of_nouns(effects, _objects(token))
        else:
            yield from _of_nouns(effects, surface_subjects(token))
        return
    head = token.head
    if head.pos_ in ("NOUN", "PROPN"):
        if head.dep_ == "dobj" and _obstructs(effects, head.head):
            # "X avoids the reaction due to Y": Y helps to avoid it
            yield from effects.of_clause(head.head)
            return
        found = list(_of_nouns(effects, [head]))
        if not found and head.dep_ == "pobj" and head.head.lower_ == "of":
            # "the low stability of the sulfides due to X": the stability is explained
            found = list(_of_nouns(effects, [head.head.head]))
        yield from found or _of_clause_around(effects, head)
    elif head.lemma_ == "be" and token.dep_ in ("acomp", "prep"):
        found = list(_of_nouns(effects, surface_subjects(head)))
        yield from found or effects.of_clause(head)
    elif head.pos_ in ("VERB", "AUX"):
        yield from _of_failures(effects, head, token)
        yield from effects.of_clause(head)
    elif head.pos_ == "ADJ" and head.head.pos_ in ("VERB", "AUX"):
        yield from effects.of_clause(head.head)


def _obstructs(effects: EffectReader, verb: Token) -> bool:
    """Whether a verb only says that something is hindered."""
    stated = {trigger.relation for trigger in effects.triggers.verbs.get(verb.lemma_.lower(), ())}
    return "suppresses" in stated and not stated & {"promotes", "increases"}


def _of_clause_around(effects: EffectReader, noun: Token) -> Iterator[Effect]:
    """ "Y increased after 500 cycles due to X": the clause is explained, not the noun before it."""
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep":
        noun = noun.head.head
    if noun.pos_ == "VERB":
        yield from effects.of_clause(noun)


def _of_failures(effects: EffectReader, verb: Token, connector: Token) -> Iterator[Effect]:
    """ "Due to X, the dendrites grow": a cause in front explains a failure that is the subject."""
    for subject in surface_subjects(verb):
        if connector.i < subject.i and not is_passive(verb):
            for thing in effects.reader.arguments(subject):
                if thing.kind == "FailureMechanism":
                    yield Effect("promotes", thing, verb)


def _of_nouns(effects: EffectReader, nouns: list[Token]) -> Iterator[Effect]:
    for noun in nouns:
        for member in conjuncts(noun):
            if member.i in effects.reader.antecedents:
                continue
            yield from (
                effect for effect in effects.of_noun(member, bare=False) if effect.relation != "forms"
            )
