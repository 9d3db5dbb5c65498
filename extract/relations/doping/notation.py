"""Hosts and dopants joined by a colon: "ZnO:Al", "Dy:YAG", "NaYF4: 20% Er3+"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.relations.doping.vocabulary import Group, Name, Sentence, is_chemical, is_short, listed

_MEMBER = re.compile(r"[^:,]+")
_AMOUNT = re.compile(r"^[\d.,]+ ?(?:%|mol%|at%|wt%)? ?")
_LAYER = re.compile(r"[^/|∥]+")


def joined_pairs(sentence: Sentence, at: int) -> Iterator[tuple[Group, Group]]:
    """The pairs of host and dopant of a name with colons, or of one before a colon."""
    token = sentence.doc[at]
    if ":" in token.text[1:-1]:
        for layer in _LAYER.finditer(token.text):
            members = [_member(token.idx + layer.start(), found, at) for found in _MEMBER.finditer(layer[0])]
            if len(members) > 1 and not _is_ratio(sentence, at):
                pairs = list(_pairs(sentence, members))
                yield from pairs
                if pairs:
                    yield from _further(sentence, at, pairs[-1][0])
    elif token.text == ":" and sentence.first < at < sentence.end - 1:
        yield from _apart(sentence, at)


def _member(offset: int, found: re.Match[str], head: int) -> Name:
    text = _AMOUNT.sub("", found[0])
    end = offset + found.end()
    return Name(text, end - len(text), end, head)


def _is_ratio(sentence: Sentence, at: int) -> bool:
    around = sentence.doc[max(sentence.first, at - 2) : min(sentence.end, at + 3)]
    return any(token.lower_ in listed("ratios") for token in around)


def _pairs(sentence: Sentence, members: Sequence[Name]) -> Iterator[tuple[Group, Group]]:
    sorts = [sentence.sort_of(member.text) for member in members]
    host = next(
        (
            member
            for member, sort in zip(members, sorts, strict=True)
            if sort == "compound" and all(_is_simpler(other.text, member.text) for other in members)
        ),
        None,
    )
    if host is None:
        short = [
            member for member, sort in zip(members, sorts, strict=True) if not sort and is_short(member.text)
        ]
        host = short[0] if len(short) == 1 else None
    if host is None and members[0].text in listed("elemental") and set(sorts) == {"element"}:
        host = members[0]
    dopants = [member for member in members if member is not host]
    if host is None or not all(_dopes(sentence, member) for member in dopants):
        return
    for dopant in dopants:
        yield (host,), (dopant,)


def _apart(sentence: Sentence, at: int) -> Iterator[tuple[Group, Group]]:
    """A host before a colon and its dopants behind: "BTO: Mn", "NaYF4: 20% Er3+"."""
    doc = sentence.doc
    host, name = doc[at - 1], doc[at + 1]
    if is_chemical(name) and not doc[at].whitespace_ and sentence.sort(host) == "element":
        yield (sentence.name(at + 1, at + 2),), (sentence.name(at - 1, at),)
        return
    if sentence.sort(host) != "compound" and not is_short(host.text):
        return
    following = at + 1
    while following < sentence.end and (
        doc[following].pos_ == "NUM" or doc[following].text in ("%", "mol%", "at%", "wt%", "at.%", "mol.%")
    ):
        following += 1
    while following < sentence.end and sentence.sort(doc[following]) in ("element", "family"):
        if doc[following].text in listed("words") or (doc[following].is_alpha and len(doc[following]) > 2):
            return
        yield (sentence.name(at - 1, at),), (sentence.name(following, following + 1),)
        if following + 2 >= sentence.end or doc[following + 1].text not in (",", "/"):
            return
        following += 2


def _further(sentence: Sentence, at: int, host: Group) -> Iterator[tuple[Group, Group]]:
    """More dopants of the host of a joined name: "BiOI:Eu3+ or Tb3+"."""
    doc = sentence.doc
    while at + 2 < sentence.end and doc[at + 1].lower_ in listed("joints"):
        at += 2
        glued = doc[at - 1].text == "," and not doc[at - 1].whitespace_
        if sentence.sort(doc[at]) != "element" or not (glued or doc[at].text.endswith("+")):
            return
        yield host, (sentence.name(at, at + 1),)


def _dopes(sentence: Sentence, member: Name) -> bool:
    sort = sentence.sort_of(member.text)
    return sort in ("element", "family", "compound") or bool(re.fullmatch(r"[A-Z][a-z]?x", member.text))


def _is_simpler(text: str, host: str) -> bool:
    """Whether a name can be that of a dopant of a host: no longer, or the host itself."""
    return text == host or len(re.findall("[A-Z]", text)) < len(re.findall("[A-Z]", host))
