"""What joins the members of a list of names, and what may stand between them: brackets, reference numbers."""

from __future__ import annotations

from spacy.tokens import Token

from extract.relations.causes import EffectReader
from extract.relations.data import read

#: How far behind a name the next member of its list may begin: "Li7La3Zr2O12 (LLZO) oxides 16 , Li3YCl6".
_APART = 8
_LONGEST_BRACKET = 40


def behind_joint(effects: EffectReader, at: int) -> int:
    """The index behind what joins two members of a list, the given one where nothing does."""
    doc = effects.reader.doc
    index = _behind_brackets(effects, at)
    while index < len(doc) and index - at < _APART and _trails(effects, doc[index], doc[at - 1]):
        index = _behind_brackets(effects, index + 1)
    joint = index
    while joint < len(doc) and joint < index + 2 and doc[joint].lower_ in read("compounds")["joints"]:
        joint += 1
    return joint if joint > index else at


def _trails(effects: EffectReader, token: Token, name: Token) -> bool:
    """Whether a word behind a name in a list is the number of a reference or a general noun."""
    phrases = (each for each in effects.reader.mentions.get(token.i, ()) if each.kind == "Material")
    return token.pos_ == "NUM" or token.tag_ == "NNS" or any(each.start <= name.idx for each in phrases)


def before_joint(effects: EffectReader, at: int) -> int:
    """The index before what joins two members of a list, the given one where nothing does."""
    doc = effects.reader.doc
    index = at - 1 if at > 0 and doc[at].pos_ == "DET" else at
    joint = index
    while joint >= 0 and joint > index - 2 and doc[joint].lower_ in read("compounds")["joints"]:
        joint -= 1
    return joint if joint < index else at


def _behind_brackets(effects: EffectReader, at: int) -> int:
    doc = effects.reader.doc
    if at < len(doc) and doc[at].text == "(":
        ends = range(at, min(at + _LONGEST_BRACKET, len(doc)))
        return next((close + 1 for close in ends if doc[close].text == ")"), at)
    return at


def before_brackets(effects: EffectReader, at: int) -> int:
    """The index before what stands in brackets that end at an index, else the index itself."""
    doc = effects.reader.doc
    if at >= 0 and doc[at].text == ")":
        starts = range(at, max(at - _LONGEST_BRACKET, 0), -1)
        return next((start - 1 for start in starts if doc[start].text == "("), at)
    return at
