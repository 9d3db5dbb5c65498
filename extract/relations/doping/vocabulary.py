"""What a word can be in a sentence about doping: an element, a compound, an amount, a general noun."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Doc, Span, Token

from extract.relations.causes import EffectReader
from extract.relations.data import read
from ontology.formula import parse_formula

#: "element" includes ions and element names, "family" what stands for several elements.
Sort = Literal["element", "family", "compound", ""]

HYPHENS = ("-", "–", "‐")
_SCALE = re.compile("^(?:nano|micro|mono|multi|poly|photo|electro)")
_NAMING = ("NOUN", "PROPN", "ADJ", "NUM", "X")


@dataclass(frozen=True, slots=True)
class Name:
    """A host's or dopant's name: its text, its place in the passage, and the index of its last word."""

    text: str
    start: int
    end: int
    head: int


#: The names of one thing: "lanthanum (La)".
Group = tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words ``doc[first:end]`` of a passage."""

    effects: EffectReader
    doc: Doc
    first: int
    end: int

    @property
    def text(self) -> str:
        """The text of the sentence."""
        return str(self.doc[self.first : self.end].text)

    def word(self, at: int) -> str:
        """The word at an index in lower case, empty outside the sentence."""
        return str(self.doc[at].lower_) if self.first <= at < self.end else ""

    def sort(self, token: Token) -> Sort:
        """What a word names, empty for general words."""
        sort = self.sort_of(token.text)
        if sort == "compound" and token.i not in self.effects.reader.formulas and token.text.isupper():
            return ""
        return sort

    def sort_of(self, text: str) -> Sort:
        """What a name names, empty for general words."""
        name = text.rstrip("".join(HYPHENS))
        formula = parse_formula(name)
        if formula is not None:
            return "compound" if len(formula.elements) > 1 and formula.kind != "ion" else "element"
        if {name, text} & listed("symbols") or name.lower() in listed("families"):
            return "family"
        if name.lower() in listed("elements"):
            return "element"
        if len(name) > 2 and any(term.kind == "Dopant" for term in self.effects.lexicon.lookup(name)):
            return "element"
        return ""

    def name(self, first: int, end: int) -> Name:
        """The name that some words are."""
        span = self.doc[first:end]
        text = " ".join(span.text.split())
        text = text if text in listed("symbols") else text.rstrip("".join(HYPHENS))
        return Name(text, span.start_char, span.start_char + len(span.text), end - 1)

    def bracket_before(self, at: int) -> tuple[int, int] | None:
        """The indices of the brackets of which the second stands at an index."""
        opened = self._matching(at, ")", "(", range(at, self.first - 1, -1))
        return None if opened is None else (opened, at)

    def bracket_at(self, at: int) -> tuple[int, int] | None:
        """The indices of the brackets of which the first stands at an index."""
        closed = self._matching(at, "(", ")", range(at, self.end))
        return None if closed is None else (at, closed)

    def is_glued(self, at: int) -> bool:
        """Whether the bracket at an index belongs to the word before it: "poly(vinyl alcohol)"."""
        if self.word(at) != "(":
            return "(" in self.word(at)
        return at > self.first and not self.doc[at - 1].whitespace_

    def _matching(self, at: int, own: str, other: str, indices: Iterable[int]) -> int | None:
        if self.word(at) != own:
            return None
        depth = 0
        for index in indices:
            depth += self.word(index).count(own) - self.word(index).count(other)
            if depth == 0:
                return index
        return None


def names(token: Token) -> bool:
    """Whether a word can be part of a name."""
    return token.pos_ in _NAMING or token.text in HYPHENS


def is_of(token: Token, name: str) -> bool:
    """Whether a word or its lemma is in a list."""
    return token.lower_ in listed(name) or token.lemma_.lower() in listed(name)


def is_amount(sentence: Sentence, token: Token) -> bool:
    """Whether a word before or behind a dopant tells how much there is of it; "As" is arsenic."""
    return is_of(token, "amounts") and (token.is_lower or sentence.sort(token) != "element")


def is_chemical(token: Token) -> bool:
    """Whether a word ends the names of substances, whatever the tagger calls it: "borate"."""
    return token.lower_.removesuffix("s").endswith(_endings())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(listed("substances"))


def is_form(token: Token) -> bool:
    """Whether a word says what shape a host has or what part it is: "nanoparticles"."""
    if token.i and token.nbor(-1).lower_ in listed("bound"):
        return False
    if is_of(token, "forms"):
        return True
    bare = _SCALE.sub("", token.lower_)
    return bool({bare, bare.removesuffix("s"), bare.removesuffix("es")} & listed("forms"))


def is_substance(sentence: Sentence, name: Name) -> bool:
    """Whether a name is known to be one of a substance by itself."""
    if sentence.sort_of(name.text) == "compound" or name.text in listed("elemental"):
        return True
    words = [word.removesuffix("s") for word in name.text.split()]
    if any(is_short(word) or word.lower().endswith(_endings()) for word in words):
        return True
    return any(term.kind == "Material" for term in sentence.effects.lexicon.lookup(name.text))


def is_short(text: str) -> bool:
    """Whether a text is a short form in capitals: "YAG", "MWNTs"."""
    return text.isalnum() and sum(char.isupper() for char in text) > 1 and parse_formula(text) is None


@cache
def listed(name: str) -> frozenset[str]:
    """A list of ``doping.yaml``."""
    return frozenset(read("doping")[name].split())


def is_symbolic(token: Token | Span) -> bool:
    """Whether a word is a formula or short form."""
    return len(token.text) > 1 and not token.text[1:].islower() and token.text[0].isalnum()


def describes(text: str) -> bool:
    """Whether a word only describes, by its ending: "carbonaceous", "2D"."""
    return bool(re.search(read("doping")["describing"], text))


def elements_of(text: str) -> frozenset[str]:
    """The symbols in a formula, none where it is none."""
    formula = parse_formula(text)
    return frozenset(formula.elements) if formula else frozenset()
