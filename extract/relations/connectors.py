"""Statements of causal connectors: "Y increases due to X", "the high Y is attributed to X", "because of X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.noun_phrases import conjuncts
from extract.relations.causes import Effect, EffectReader
from extract.relations.data import read, words
from extract.relations.statements import Statement
from extract.relations.syntax import is_passive, surface_subjects


def connector_statements(effects: EffectReader, token: Token) -> Iterator[Statement]:
    """The statements of a connector that begins with the token."""
    causes = _causes(token)
    if not causes:
        return
    subjects = [argument for cause in causes for argument in effects.reader.arguments(cause)]
    if not subjects:
        return
    for effect in _outcomes(effects, token):
        for subject in subjects:
            yield Statement(subject, effect.relation, effect.object, effect.token, "connector")


def _causes(token: Token) -> list[Token]:
    """The tokens that a connector names as causes; empty where the token begins none."""
    lower = token.lower_
    for connector in read("connectors")["prepositions"]:
        first, *rest = connector.split()
        if lower == first and token.dep_ in ("prep", "mark", "advmod", "acomp", "amod", "cc", "prt", "ROOT", "conj", "pcomp"):
            found = _follow(token, rest)
            if found:
                return found
    if token.lemma_.lower() in words("ascribing") and token.pos_ == "VERB" and is_passive(token):
        return _follow(token, ["to"])
    return []


def _follow(token: Token, rest: list[str]) -> list[Token]:
    """The objects at the end of a connector's words."""
    if not rest:
        return [child for child in token.rights if child.dep_ in ("pobj", "pcomp")]
    for child in token.rights:
        if child.lower_ == rest[0]:
            found = [grand for grand in child.rights if grand.dep_ in ("pobj", "pcomp")] if len(rest) == 1 else _follow(child, rest[1:])
            if found:
                return found
    # "due to X" is parsed as due + pcomp to + pobj, or with X on "due" itself.
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if following is not None and following.lower_ == rest[0]:
        return [child for child in (*token.rights, *following.rights) if child.dep_ == "pobj"]
    return []


def _outcomes(effects: EffectReader, token: Token) -> Iterator[Effect]:
    """What the connector explains: the noun it hangs on, else the clause."""
    if token.lemma_.lower() in words("ascribing"):
        if token.dep_ in ("relcl", "acl") and not any(child.dep_ in ("nsubjpass", "nsubj") for child in token.lefts):
            yield from _of_nouns(effects, [token.head])
        else:
            yield from _of_nouns(effects, surface_subjects(token))
        return
    head = token.head
    if head.pos_ in ("NOUN", "PROPN"):
        yield from _of_nouns(effects, [head])
    elif head.lemma_ == "be" and token.dep_ in ("acomp", "prep"):
        found = list(_of_nouns(effects, surface_subjects(head)))
        yield from found or effects.of_clause(head)
    elif head.pos_ in ("VERB", "AUX"):
        yield from effects.of_clause(head)
    elif head.pos_ == "ADJ" and head.head.pos_ in ("VERB", "AUX"):
        yield from effects.of_clause(head.head)


def _of_nouns(effects: EffectReader, nouns: list[Token]) -> Iterator[Effect]:
    for noun in nouns:
        for member in conjuncts(noun):
            if member.i in effects.reader.antecedents:
                continue
            yield from (effect for effect in effects.of_noun(member, bare=False) if effect.relation != "forms")
