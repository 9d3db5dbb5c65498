"""A passage prepared for reading measurements: its sentences, quantities, brackets and named things."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from spacy.tokens import Doc, Token

from extract.antecedents import find_antecedents
from extract.measurements.vocabulary import data, forms, words_pattern
from extract.mentions import Mention
from ontology.lexicon import TERMS, Lexicon
from ontology.quantities import QuantityMatch, find_quantities

Span = tuple[int, int]

_ENDED = re.compile(r"[.!?][\"'”’)\]]*\s*$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Figs?|figs?|Refs?|Eqs?|et al|vs|ca|approx|i\.e|e\.g|wt|vol|mol|at)|\b[A-Z])\.\s*$"
)
#: What X stands for, between a formula and its noun: Li6PS5X (X = Cl, Br, I) argyrodites.
_SUBSTITUTION = re.compile(r" \([\wγ]{1,2} ?= ?[^()]*\) ")
_CHARGE = re.compile(r"\^?\d?[+]|\^\d?-|-(?=[\s,;.)])")


@dataclass(frozen=True, slots=True)
class Thing:
    """A named material, cell or structure that a number can be of: ``text[start:end]``, all its names.

    ``role`` is cathode, anode, electrolyte, cell, solvent or empty. ``head`` is the index of its head token.
    A generic thing is named by its role alone; a definite one stands for one named before ("the electrolyte").
    """

    start: int
    end: int
    names: tuple[str, ...]
    kind: str
    role: str
    head: int
    is_formula: bool
    is_element: bool
    is_generic: bool = False
    is_definite: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage holds, all places in code points of ``text``."""

    text: str
    doc: Doc
    sentences: tuple[Span, ...]
    quantities: tuple[QuantityMatch, ...]
    things: tuple[Thing, ...]
    brackets: tuple[Span, ...]
    antecedents: Mapping[int, tuple[Mention, ...]] = field(default_factory=dict)

    def sentence_of(self, at: int) -> int:
        """The number of the sentence around an offset."""
        return next(
            (number for number, (_, end) in enumerate(self.sentences) if at < end), len(self.sentences) - 1
        )

    def bracket_of(self, at: int) -> Span | None:
        """The innermost round bracket around an offset."""
        inside = [span for span in self.brackets if span[0] < at < span[1]]
        return max(inside, default=None)

    def token_at(self, start: int, end: int) -> Token | None:
        """The head token of a stretch of text."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None and len(span) else None

    def words_between(self, first: int, second: int) -> int:
        """The number of words between two offsets."""
        low, high = sorted((first, second))
        return len(self.text[low:high].split())


def read_passage(text: str, doc: Doc, mentions: Sequence[Mention], *, lexicon: Lexicon) -> Reading:
    """The reading of a parsed passage; ``doc.text`` is its text and ``mentions`` are those found in it."""
    quantities = tuple(find_quantities(text))
    return Reading(
        text=text,
        doc=doc,
        sentences=_sentences(doc),
        quantities=quantities,
        things=_things(doc, mentions, quantities, lexicon),
        brackets=_brackets(text),
        antecedents=find_antecedents(doc, mentions),
    )


def _sentences(doc: Doc) -> tuple[Span, ...]:
    """The parser's sentences, joined where it cut one at a number, a unit or an abbreviation."""
    spans: list[Span] = []
    for sentence in doc.sents:
        start, end = sentence.start_char, sentence.end_char
        before = doc.text[:start]
        if spans and (not _ENDED.search(before[-12:]) or _ABBREVIATED.search(before[-12:])):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)


def _brackets(text: str) -> tuple[Span, ...]:
    found: list[Span] = []
    opened: list[int] = []
    for at, character in enumerate(text):
        if character == "(":
            opened.append(at)
        elif character == ")" and opened:
            found.append((opened.pop(), at + 1))
    return tuple(sorted(found))


def _things(
    doc: Doc, mentions: Sequence[Mention], quantities: Sequence[QuantityMatch], lexicon: Lexicon
) -> tuple[Thing, ...]:
    """The mentions that can own a number; a name inside a wider one gives the wider one its names."""
    allowed = frozenset(data("cues.yaml")["owners"])
    text = doc.text
    taken = [(quantity.start, quantity.end) for quantity in quantities]
    kept = sorted(
        (
            mention
            for mention in mentions
            if mention.kind in allowed
            and (mention.kind == "Material" or mention.term is not None)
            and doc[mention.head].pos_ != "ADJ"
            and not _in_substitution(text, mention)
            and not _is_ion(text, mention)
            and not any(start < mention.end <= end + 1 for start, end in taken)
        ),
        key=lambda mention: (mention.start, -mention.end),
    )
    outer = [
        mention
        for mention in kept
        if not any(
            other is not mention and _contains(other, mention) and other.kind == "Material" for other in kept
        )
    ]
    things: list[Thing] = []
    for mention in outer:
        inner = [
            other
            for other in kept
            if other is not mention and _contains(mention, other) and other.kind == "Material"
        ]
        thing = _thing(text, mention, inner, lexicon)
        between = text[things[-1].end : thing.start] if things else ""
        if between == " " or (things and things[-1].is_formula and _SUBSTITUTION.fullmatch(between)):
            things.append(_joined(text, things.pop(), thing))
        elif not (between == " (" and set(things[-1].names) & set(thing.names)):  # Li10GeP2S12 (LGPS)
            things.append(thing)
    return tuple(things)


def _joined(text: str, left: Thing, right: Thing) -> Thing:
    """Two names side by side: a formula and the noun beside it, or the parts of a compound noun."""
    form = forms().pattern.search(text, right.start, right.end)
    if left.is_formula:
        names = (*((f"{left.names[0]} {form[0]}",) if form else ()), *left.names)
    elif right.is_formula:
        names = (*right.names, *left.names)
    else:
        names = (text[left.start : right.end], *right.names, *left.names)
    return replace(
        right,
        start=left.start,
        names=tuple(dict.fromkeys(names))[:5],
        kind="Material" if "Material" in (left.kind, right.kind) else right.kind,
        role=right.role or left.role,
        is_formula=left.is_formula or right.is_formula,
        is_element=False,
        is_generic=left.is_generic and right.is_generic,
    )


def _contains(outer: Mention, inner: Mention) -> bool:
    return (
        outer.start <= inner.start
        and inner.end <= outer.end
        and (outer.start, outer.end) != (inner.start, inner.end)
    )


def _thing(text: str, mention: Mention, inner: Sequence[Mention], lexicon: Lexicon) -> Thing:
    role = _role(text, mention, lexicon)
    inner_names = [name for other in inner for name in other.names]
    own = (
        [mention.text, *mention.names]
        if "-" in mention.text and not mention.is_formula
        else list(mention.names)
    )
    names = [*inner_names, *own] if role == "cell" and inner_names else [*own, *inner_names]
    return Thing(
        start=mention.start,
        end=mention.end,
        names=tuple(dict.fromkeys(names))[:5],
        kind="Material" if inner else mention.kind,
        role=role,
        head=mention.head,
        is_formula=mention.is_formula or any(other.is_formula for other in inner),
        is_element=re.fullmatch(r"[A-Z][a-z]?", mention.text) is not None,
        is_generic=not mention.is_formula and _is_generic(mention.text),
        is_definite=_definite().search(text[: mention.start]) is not None,
    )


def _role(text: str, mention: Mention, lexicon: Lexicon) -> str:
    """The part a thing plays, by the words in and behind its name, then by its class in the ontology."""
    cues = data("cues.yaml")
    following = text[mention.end : mention.end + 24]
    for role, words in cues["role_words"].items():
        pattern = words_pattern(words)
        if pattern.search(mention.text) or re.match(rf" (?:{pattern.pattern})", following, re.IGNORECASE):
            return str(role)
    if mention.term is not None:
        for role, name in cues["roles"].items():
            if lexicon.is_a(mention.term.iri, TERMS + name):
                return str(role)
    return ""


def _is_generic(name: str) -> bool:
    """Whether a name says no more than what part is meant: "the solid electrolyte", "cells"."""
    general = frozenset(data("cues.yaml")["general_words"].split())
    return all(word.casefold() in general for word in re.split(r"[\s-]+", name))


@cache
def _definite() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(data('cues.yaml')['definite'])})(?: [\w-]+)? $", re.IGNORECASE)


def _in_substitution(text: str, mention: Mention) -> bool:
    """Whether a name only says what a letter stands for: X = Cl, Br, I."""
    opened = text.rfind("(", 0, mention.start)
    return opened >= 0 and re.match(r"\([\wγ]{1,2} ?=[^()]*$", text[opened : mention.end]) is not None


def _is_ion(text: str, mention: Mention) -> bool:
    """Whether a name is an ion or half of a redox couple: Li+, PS4^3-, Li/Li+."""
    before, after = text[max(0, mention.start - 8) : mention.start], text[mention.end : mention.end + 6]
    if re.search(r"[+\-]$", mention.text) or _CHARGE.match(after):
        return True
    return bool(re.match(r"/[A-Z][a-z]?\^?\d?\+", after) or re.search(r"[A-Z][a-z]?\^?\d?\+/$", before))
