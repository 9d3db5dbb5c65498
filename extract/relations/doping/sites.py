"""The words of a sentence that say that something is doped, with the hosts and dopants that go with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from extract.relations.doping.dopants import dopants_before, dopants_behind
from extract.relations.doping.hosts import hosts_before, hosts_behind, hosts_meant
from extract.relations.doping.notation import joined_pairs
from extract.relations.doping.substances import host_of_effect, hosts_leading_up, hosts_within
from extract.relations.doping.vocabulary import (
    HYPHENS,
    Group,
    Sentence,
    elements_of,
    is_amount,
    is_of,
    is_substance,
    listed,
)

#: How many words behind "doping" its host or dopant may be followed by "with".
_WITH = 8


@dataclass(frozen=True, slots=True)
class Site:
    """A word that says that something is doped, the hosts and the dopants."""

    token: Token
    hosts: Sequence[Group]
    dopants: Sequence[Group]


@cache
def _cues() -> frozenset[str]:
    return frozenset[str]().union(*map(listed, ("doped", "loosely", "doping", "contained")))


def is_cue(token: Token) -> bool:
    """Whether a word may say that something is doped."""
    return ":" in token.text or token.lower_ in _cues() or token.lemma_.lower() in _cues()


def sites_in(sentence: Sentence) -> list[Site]:
    """The sites of a sentence in text order."""
    sites: list[Site] = []
    for token in sentence.doc[sentence.first : sentence.end]:
        if not is_cue(token):
            continue
        sites.extend(Site(token, [host], [dopant]) for host, dopant in joined_pairs(sentence, token.i))
        sites.extend(_at(sentence, token, sites))
    return sites


def _at(sentence: Sentence, token: Token, before: Sequence[Site]) -> Iterator[Site]:
    loosely = token.lower_ in listed("loosely")
    if loosely or (is_of(token, "doped") and token.lower_.endswith("ed")):
        found = _participle(sentence, token, before, loosely=loosely)
    elif is_of(token, "doping"):
        found = _noun(sentence, token)
        if found is not None and not found.hosts:
            hosts = hosts_leading_up(sentence, token, found.dopants)
            hosts = hosts or host_of_effect(sentence, token.i + 1, found.dopants)
            found = replace(found, hosts=hosts)
    elif is_of(token, "contained"):
        found = _contained(sentence, token)
    else:
        found = None
    if found is not None:
        yield found


def _participle(sentence: Sentence, token: Token, before: Sequence[Site], *, loosely: bool) -> Site | None:
    """ "X-doped Y", "Y was doped with X", "X was doped into Y", "we doped X into Y"."""
    at = token.i
    if sentence.word(at + 1) in listed("with"):
        return _doped_with(sentence, token, before, loosely=loosely)
    if sentence.word(at + 1) in listed("inside"):
        dopants, _ = dopants_before(sentence, _before_being(sentence, at - 1), plain=True)
        return Site(token, hosts_within(sentence, at + 1), dopants) if dopants and not loosely else None
    hyphened = sentence.word(at - 1) in HYPHENS
    if loosely and not hyphened and token.lower_ not in listed("unhyphened"):
        return None
    dopants, _ = dopants_before(sentence, at - 1, plain=loosely)
    if loosely:
        dopants = [group for group in dopants if group[0].text not in listed("natural")]
    if dopants:
        hosts, end = hosts_behind(sentence, at + 1)
        if not hosts and sentence.word(end) in listed("of_things"):
            hosts, _ = hosts_behind(sentence, end + 1)
        elif not hosts and sentence.word(at + 1) == ",":
            # "Mg-substituted, p-type CuCrO2"
            hosts, _ = hosts_behind(sentence, at + 2)
            hosts = [group for group in hosts if sentence.sort_of(group[0].text) == "compound"]
        return Site(token, hosts, dopants)
    dopants, end = dopants_behind(sentence, at + 1, plain=True)
    if dopants and not loosely and sentence.word(end) in listed("straight"):
        return Site(token, hosts_within(sentence, end), dopants)
    if dopants and at + 1 < sentence.end and is_of(sentence.doc[at + 1], "particles"):
        # "alloys with doped elements such as Bi"
        return Site(token, hosts_leading_up(sentence, token, dopants), dopants)
    return None


def _doped_with(sentence: Sentence, token: Token, before: Sequence[Site], *, loosely: bool) -> Site | None:
    dopants, end = dopants_behind(sentence, token.i + 2, plain=loosely)
    if not dopants:
        return None
    hosts = hosts_before(sentence, token.i - 1)
    if not hosts and sentence.word(end) in listed("straight"):
        # "Ti4+ codoped with Yb3+ in NaYF4"
        others, _ = dopants_before(sentence, token.i - 1, plain=True)
        return Site(token, hosts_within(sentence, end), [*others, *dopants])
    if hosts or not before:
        return Site(token, hosts, dopants)
    # "Y doped with X, and co-doped with Z"
    goes_on = sentence.word(token.i - 1) in {*listed("joints"), *HYPHENS, *listed("degrees")}
    return Site(token, before[-1].hosts if goes_on else [], dopants)


def _before_being(sentence: Sentence, at: int) -> int:
    """The index before forms of "be" and adverbs: "X was successfully doped into Y"."""
    doc = sentence.doc
    while at > sentence.first and (
        doc[at].pos_ in ("ADV", "AUX") or doc[at].tag_ == "VBN" or is_of(doc[at], "between")
    ):
        at -= 1
    return at


def _noun(sentence: Sentence, noun: Token) -> Site | None:
    """ "Mn doping of Y", "Mn dopants in Y", "doping of X into Y", "doping Y with X", "X as a dopant in Y"."""
    at = noun.i + 1
    while at < sentence.end and is_of(sentence.doc[at], "acts"):
        at += 1
    dopants = _dopants_of(sentence, noun)
    if dopants:
        while at < sentence.end and _tells_amount(sentence, at):
            at += 1
        hosts = hosts_within(sentence, at)
        if not hosts and sentence.word(noun.i - 1) in HYPHENS:
            # "nitrogen-doping carbon"
            hosts = [each for each in hosts_behind(sentence, at)[0] if is_substance(sentence, each[0])]
        return Site(noun, hosts, dopants)
    if sentence.word(at) in listed("with"):
        dopants, end = dopants_behind(sentence, at + 1, plain=True)
        if not dopants:
            return None
        # "doping with Mn the GaAs layers"
        has_host = end < sentence.end and sentence.doc[end].pos_ == "DET"
        return Site(noun, hosts_behind(sentence, end)[0] if has_host else [], dopants)
    return _with_objects(sentence, noun, at)


def _tells_amount(sentence: Sentence, at: int) -> bool:
    """Whether a word goes between "X doping" and the host: "level", "ions"."""
    token = sentence.doc[at]
    if token.lower_ in listed("into"):
        return False
    return is_amount(sentence, token) or is_of(token, "particles")


def _dopants_of(sentence: Sentence, noun: Token) -> list[Group]:
    """The dopants before a noun for doping: "X dopants", "X as a dopant", "X is an effective dopant"."""
    doc, at = sentence.doc, noun.i - 1
    while at > sentence.first and doc[at].pos_ in ("DET", "ADJ") and not sentence.sort(doc[at]):
        at -= 1
    if at > sentence.first and (doc[at].lower_ in listed("being") or doc[at].pos_ == "AUX"):
        return dopants_before(sentence, _before_being(sentence, at - 1), plain=True)[0]
    return dopants_before(sentence, noun.i - 1, plain=True)[0]


def _with_objects(sentence: Sentence, noun: Token, at: int) -> Site | None:
    """ "Doping (of) Y with X", "doping (of) X into Y", "dopants such as X in Y"."""
    thing = noun.lower_ in listed("things")
    of = sentence.word(at) in listed("of_things")
    start = at + of
    with_at = next(
        (i for i in range(start, min(sentence.end, start + _WITH)) if sentence.word(i) in listed("with")),
        None,
    )
    if with_at is not None and (of or not thing):
        dopants, _ = dopants_behind(sentence, with_at + 1, plain=True)
        hosts = hosts_meant(sentence, start) or hosts_behind(sentence, start)[0]
        if dopants and hosts:
            return Site(noun, hosts, dopants)
    if thing and not of and sentence.word(at) not in listed("such"):
        return None
    dopants, end = dopants_behind(sentence, start, plain=True)
    return Site(noun, hosts_within(sentence, end), dopants) if dopants else None


def _contained(sentence: Sentence, noun: Token) -> Site | None:
    """ "Concentration of X in Y", "X concentration in Y": X is an element that Y does not hold by itself."""
    at = noun.i + 1
    if sentence.word(at) in listed("of_things"):
        dopants, at = dopants_behind(sentence, at + 1, plain=True)
        if sentence.word(at) in listed("with"):
            # "substitution of Sr by La in SrTiO3"
            dopants, at = dopants_behind(sentence, at + 1, plain=True)
    else:
        dopants, _ = dopants_before(sentence, noun.i - 1, plain=True)
    dopants = [
        group for group in dopants if sentence.sort(sentence.doc[group[0].head]) in ("element", "family")
    ]
    if not dopants:
        return None
    if sentence.word(at) in listed("inside"):
        hosts, _ = hosts_behind(sentence, at + 1)
    else:
        hosts = hosts_leading_up(sentence, noun, dopants)
    held = {element for group in hosts for element in elements_of(group[0].text)}
    dopants = [group for group in dopants if not held & elements_of(group[0].text)]
    hosts = [group for group in hosts if sentence.sort_of(group[0].text) == "compound"]
    return Site(noun, hosts, dopants) if hosts and dopants else None
