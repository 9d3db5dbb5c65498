"""Hosts and dopants side by side, whatever they are called: "boron- and nitrogen-doped graphene"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.relations.arguments import Argument
from extract.relations.causes import EffectReader
from extract.relations.data import read
from extract.relations.statements import Statement

_HYPHENS = ("-", "–", "‐")
_NAMING = ("NOUN", "PROPN", "ADJ", "NUM", "X")
#: The most words of a host's name, and of a list of dopants.
_LONGEST, _REACH = 6, 12


def doping_statements(effects: EffectReader, token: Token) -> Iterator[Statement]:
    """The statements of "doped" between a dopant and its host, or between a host and "with" a dopant."""
    if _is_of(token, "doping") and token.i + 2 < len(token.doc):
        yield from _into(effects, token)
    if token.lower_ not in _listed("doped"):
        return
    following = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    if following in _listed("with"):
        hosts, dopants = _left_host(effects, token), _right_dopants(effects, token)
    else:
        hosts, dopants = _right_host(effects, token), _left_dopants(effects, token)
    for host in hosts:
        for dopant in dopants:
            yield Statement(host, "doped_with", dopant, token, "side by side")


def _into(effects: EffectReader, noun: Token) -> Iterator[Statement]:
    """ "Mn dopants in Y", "Mn doping of Y"."""
    if noun.nbor().lower_ not in _listed("into"):
        return
    for host in _right_host(effects, noun.nbor()):
        for dopant in _left_dopants(effects, noun):
            yield Statement(host, "doped_with", dopant, noun, "side by side")


def _right_host(effects: EffectReader, token: Token) -> list[Argument]:
    """The name behind "doped", up to the end of its phrase."""
    end = first = token.i + 1
    while end < len(token.doc) and end - first < _LONGEST and _names(token.doc[end]):
        end += 1
    return _host(effects, token, first, end)


def _left_host(effects: EffectReader, token: Token) -> list[Argument]:
    """The name before "(was lightly) doped"."""
    end = token.i
    while end and (token.doc[end - 1].pos_ == "ADV" or _is_of(token.doc[end - 1], "between")):
        end -= 1
    if end and token.doc[end - 1].text == ")":
        opened = [at for at in range(max(0, end - _REACH), end) if token.doc[at].text == "("]
        end = opened[-1] if opened else end
    first = end
    while first and end - first < _LONGEST and _names(token.doc[first - 1]):
        first -= 1
    return _host(effects, token, first, end)


def _host(effects: EffectReader, token: Token, first: int, end: int) -> list[Argument]:
    doc = token.doc
    while first < end and doc[first].pos_ in ("NUM", "DET"):
        first += 1
    while end - first > 1 and _is_of(doc[end - 1], "shapes") and _is_symbol(effects, doc[end - 2]):
        end -= 1
    while first < end and not doc[end - 1].text[-1:].isalnum():
        end -= 1
    if first >= end or doc[end - 1].pos_ not in ("NOUN", "PROPN", "X"):
        return []
    if end - 1 in effects.reader.formulas:
        first = end - 1
    return [_argument(effects, first, end, "Material")]


def _left_dopants(effects: EffectReader, token: Token) -> list[Argument]:
    """The names before "doped", each perhaps with a hyphen: "Nb and N co-doped", "B- and N-doped"."""
    doc, at = token.doc, token.i - 1
    found: list[Argument] = []
    while at >= 0 and token.i - at < _REACH:
        while at >= 0 and (doc[at].text in _HYPHENS or _is_of(doc[at], "between")):
            at -= 1
        if at < 0 or doc[at].pos_ not in ("NOUN", "PROPN", "X", "ADJ") or doc[at].is_sent_start is None:
            break
        name = doc[at].text.rstrip("-–‐")
        if name:
            found.append(_argument(effects, at, at + 1, "Dopant"))
        if at == 0 or doc[at].is_sent_start or doc[at - 1].lower_ not in read("doping")["joints"]:
            break
        at -= 1
        while at > 0 and doc[at].lower_ in read("doping")["joints"]:
            at -= 1
    return found[::-1]


def _right_dopants(effects: EffectReader, token: Token) -> list[Argument]:
    """The names behind "doped with", without amounts."""
    doc, at = token.doc, token.i + 2
    found: list[Argument] = []
    last = min(len(doc), at + _REACH)
    while at < last:
        while at < last and (doc[at].pos_ == "NUM" or _is_of(doc[at], "amounts")):
            at += 1
        if at >= last or not _names(doc[at]):
            break
        first = at
        while at < last and _names(doc[at]) and not _is_of(doc[at], "amounts"):
            at += 1
        found.append(_argument(effects, first, at, "Dopant"))
        while at < last and _is_of(doc[at], "amounts"):
            at += 1
        if at >= last or doc[at].lower_ not in read("doping")["joints"]:
            break
        while at < last and doc[at].lower_ in read("doping")["joints"]:
            at += 1
    return found


def _argument(effects: EffectReader, first: int, end: int, kind: str) -> Argument:
    span = effects.reader.doc[first:end]
    written = " ".join(span.text.split()).rstrip("-–‐")
    terms = tuple(term for term in effects.lexicon.lookup(written) if term.kind == kind)
    known = [
        argument for argument in effects.reader.single(effects.reader.doc[end - 1]) if argument.kind == kind
    ]
    names = [*(term.label for term in terms[:1]), written]
    if known and known[0].start == span.start_char:
        names = [*known[0].names[:1], *names]
    return Argument(tuple(dict.fromkeys(names)), kind, span.start_char, span.end_char, end - 1, terms=terms)


def _names(token: Token) -> bool:
    """Whether a word can be part of a name."""
    return token.pos_ in _NAMING or (token.text in _HYPHENS and token.i > 0)


def _is_symbol(effects: EffectReader, token: Token) -> bool:
    return token.i in effects.reader.formulas or not token.text[1:].islower()


def _is_of(token: Token, name: str) -> bool:
    return token.lower_ in _listed(name) or token.lemma_.lower() in _listed(name)


def _listed(name: str) -> frozenset[str]:
    return frozenset(read("doping")[name].split())
