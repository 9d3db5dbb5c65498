"""Hosts that stand apart from a word for doping: behind a preposition, or before one that leads up to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from extract.noun_phrases import phrase_words
from extract.relations.doping.hosts import formula_in, hosts_behind
from extract.relations.doping.vocabulary import (
    Group,
    Sentence,
    elements_of,
    is_chemical,
    is_form,
    is_substance,
    listed,
)

#: How far behind a preposition a host may be named: "on the optical and electrical properties of Y".
_REACH = 14


def hosts_within(sentence: Sentence, at: int) -> list[Group]:
    """The hosts behind a preposition: "in Y", "in the lattice of Y", "on the properties of Y"."""
    if sentence.word(at) not in listed("into"):
        return []
    hosts, end = hosts_behind(sentence, at + 1)
    if sentence.word(end) in listed("of_things"):
        inner, _ = hosts_behind(sentence, end + 1)
        if inner:
            return inner
    if sentence.word(at) in listed("straight") or _are_substances(sentence, hosts):
        return hosts
    for index in range(at + 1, min(sentence.end - 1, at + _REACH)):
        if sentence.word(index) in listed("of"):
            hosts, _ = hosts_behind(sentence, index + 1)
            if _are_substances(sentence, hosts):
                return hosts
    return []


def _are_substances(sentence: Sentence, hosts: Sequence[Group]) -> bool:
    return bool(hosts) and is_substance(sentence, hosts[0][0])


def hosts_leading_up(sentence: Sentence, token: Token, dopants: Sequence[Group]) -> list[Group]:
    """The substances that a preposition joins to a word for doping: "Y with different X doping levels".

    The nearest before the word, and the list it ends.
    """
    doc = sentence.doc
    found: list[Group] = []
    after = token.i
    for group in _substances_before(sentence, token, dopants):
        between = doc[group[0].head + 1 : after]
        if not (all(map(_joins, between)) if found else _leads_up(between)):
            break
        found.append(group)
        after = group[0].head
    return found


def host_of_effect(sentence: Sentence, at: int, dopants: Sequence[Group]) -> list[Group]:
    """The compound that what doping does concerns: "X doping raises the conductivity of Y"."""
    for index in range(at, min(sentence.end - 1, at + _REACH)):
        token = sentence.doc[index]
        if token.pos_ == "SCONJ" or token.text in (";", ":", ",") or token.tag_ == "WDT":
            break
        if token.lower_ in listed("of"):
            hosts, _ = hosts_behind(sentence, index + 1)
            doping = {element for group in dopants for element in elements_of(group[0].text)}
            if hosts and sentence.sort_of(hosts[0][0].text) == "compound":
                return [] if doping & elements_of(hosts[0][0].text) else hosts
    return []


def _joins(token: Token) -> bool:
    return token.lower_ in listed("joints")


def _leads_up(between: Span) -> bool:
    """Whether words lead from a host to a word for doping within one clause."""
    return any(token.lower_ in listed("through") for token in between) and not any(map(_bounds, between))


def _bounds(token: Token) -> bool:
    """Whether a word begins or ends a clause."""
    if token.pos_ == "CCONJ" and token.i and token.nbor(-1).text == ",":
        return True
    is_noun = is_form(token) or phrase_words()["heads"].get(token.lemma_.lower()) == "Material"
    return (token.pos_ in ("VERB", "AUX", "SCONJ") and not is_noun) or token.text in (";", ":", ".")


def _substances_before(sentence: Sentence, token: Token, dopants: Sequence[Group]) -> Iterator[Group]:
    """The substances before a word that are no dopants, nearest first."""
    doc = sentence.doc
    doping = {name.text for group in dopants for name in group}
    for at in range(token.i - 1, sentence.first - 1, -1):
        if doc[at].text in doping:
            continue
        if (formula := formula_in(sentence, at, at + 1)) is not None:
            yield (formula,)
        elif is_chemical(doc[at]) and doc[at].pos_ in ("NOUN", "PROPN"):
            first = at
            while first > sentence.first and doc[first - 1].pos_ in ("NOUN", "PROPN"):
                first -= 1
            yield (sentence.name(first, at + 1),)
