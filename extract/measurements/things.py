"""The named things of a passage that a number can be of: materials, cells, structures, samples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from extract.measurements.vocabulary import WordList, before, data, forms, word_list, word_set, words
from extract.mentions import Mention
from ontology.formula import parse_formula
from ontology.lexicon import TERMS, Lexicon
from ontology.quantities import QuantityMatch

_MOST_NAMES = 5
#: How far before a name the word that makes it a definite one may begin.
_REACH = 60
#: A sample's code (CPE-4, B-NCM, NiS@C), not a figure's label (S14).
_CODE = re.compile(r"(?=\S*[A-Z])(?![A-Z][a-z]{2,}-[A-Z][a-z]{2,}$)\S*[A-Za-z0-9][-@/]\S*[A-Z0-9]\S*")
#: A name that runs over the end of a sentence or starts inside a number.
_BROKEN = re.compile(r"\. |^[%@]")
_LABEL = re.compile(r"(?:Supplementary )?(?:Fig|Table|Scheme|Eq|Ref|Section|Movie)", re.IGNORECASE)
#: What X stands for, between a formula and its noun: Li6PS5X (X = Cl, Br, I) argyrodites.
_SUBSTITUTION = re.compile(r" \([\wγ]{1,2} ?= ?[^()]*\) ")
#: An abbreviation between a name and its noun: Li7La3Zr2O12 (LLZO) oxides.
_BRACKET = re.compile(r" \([^()]{1,20}\) ")
#: An amount between a host and its additive: LATP-3 wt% Al2O3.
_SHARE = re.compile(r" ?(?:wt|mol|vol|at)\.? ?% ")
_CHARGE = re.compile(r"\^?\d?[+]|\^\d?-|-(?=[\s,;.)])")
#: Kinds that a sample's code gets where nothing tells what it is.
_UNTOLD = frozenset({"", "Strategy"})
#: An adjective made with a formula is no sample: Cl-rich, Na-substituted.
_NO_WORD = re.compile(r"-(?:type|rich|like|ion|free|poor|[a-z]+(?:ed|ing))$")


@dataclass(frozen=True, slots=True)
class Thing:
    """A named material, cell or structure that a number can be of: ``text[start:end]``, all its names.

    ``role`` is cathode, anode, electrolyte, cell, solvent or empty. ``head`` is the index of its head token.
    A generic thing is named by its role alone; a definite one stands for one named before ("the cell").
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


def find_things(
    doc: Doc, mentions: Sequence[Mention], quantities: Sequence[QuantityMatch], *, lexicon: Lexicon
) -> tuple[Thing, ...]:
    """The things in text order; a name inside a wider one gives the wider one its names."""
    text = doc.text
    kept = [
        _without_unit(mention, text, quantities)
        for mention in mentions
        if _can_own(mention, doc) and not _is_part(mention, text, quantities)
    ]
    things: list[Thing] = []
    for mention in sorted(kept, key=lambda found: (found.start, -found.end)):
        if any(_contains(other, mention) for other in kept):
            continue
        inner = [other for other in kept if _contains(mention, other) and other.kind == "Material"]
        thing = _thing(text, mention, inner, lexicon)
        if not things:
            things.append(thing)
            continue
        left = things[-1]
        between = text[left.end : thing.start]
        bracket = _BRACKET.fullmatch(between) and thing.is_generic
        joined = between in ("", " ", "/", "@", "|") or _SHARE.fullmatch(between) or bracket
        if joined or (left.is_formula and _SUBSTITUTION.fullmatch(between)):
            things[-1] = _joined(text, left, thing)
        elif not (between == " (" and set(left.names) & set(thing.names)):  # Li10GeP2S12 (LGPS)
            things.append(thing)
    return tuple(things)


def _can_own(mention: Mention, doc: Doc) -> bool:
    """Whether a mention is of a kind that numbers are of: a material, a known structure, a sample's code."""
    if doc[mention.head].pos_ == "ADJ" or _LABEL.match(mention.text) or _BROKEN.search(mention.text):
        return False
    head = doc[mention.head].lower_
    if head in word_set("owners", "ions") or (
        head.endswith("ing") and head not in word_set("owners", "skins")
    ):
        return False  # what moves or happens in a material: "lithium ions", "CoO2 slab gliding"
    if mention.kind in _UNTOLD:
        return any(_CODE.fullmatch(word) or _is_compound(word) for word in mention.text.split())
    return mention.kind == "Material" or (
        mention.kind in word_set("owners", "kinds") and mention.term is not None
    )


def _is_part(mention: Mention, text: str, quantities: Sequence[QuantityMatch]) -> bool:
    """Whether a name is no thing of its own: part of a number, an ion, what a letter stands for."""
    if any(other.start < mention.end <= other.end + 1 for other in quantities):
        return True
    opened = text.rfind("(", 0, mention.start)
    if opened >= 0 and re.match(r"\([\wγ]{1,2} ?=[^()]*$", text[opened : mention.end]):
        return True  # X = Cl, Br, I
    before, after = text[max(0, mention.start - 8) : mention.start], text[mention.end : mention.end + 6]
    if re.search(r"[+\-]$", mention.text) or _CHARGE.match(after):
        return True
    return bool(re.match(r"/[A-Z][a-z]?\^?\d?\+", after) or re.search(r"[A-Z][a-z]?\^?\d?\+/$", before))


def _without_unit(mention: Mention, text: str, quantities: Sequence[QuantityMatch]) -> Mention:
    """A name without the unit of the number before it: "silicon particles" of "80 nm silicon particles"."""
    for quantity in quantities:
        if mention.start < quantity.end < mention.end:
            unit = text[mention.start : quantity.end]
            names = tuple(name.removeprefix(unit).lstrip(" -") for name in mention.names)
            start = mention.start + len(mention.text) - len(mention.text.removeprefix(unit).lstrip(" -"))
            return replace(mention, start=start, text=text[start : mention.end], names=names)
    return mention


def _contains(outer: Mention, inner: Mention) -> bool:
    inside = outer.start <= inner.start and inner.end <= outer.end
    return inside and (outer.start, outer.end) != (inner.start, inner.end)


def _thing(text: str, mention: Mention, inner: Sequence[Mention], lexicon: Lexicon) -> Thing:
    role = _role(text, mention, lexicon)
    own = list(mention.names)
    is_formula = mention.is_formula or any(other.is_formula for other in inner)
    if "-" in mention.text and not mention.is_formula:
        own.insert(0, mention.text)
    shape = words("columns", "shapes").search(mention.text)
    if is_formula and shape and not own[0].endswith(shape[0]):
        own.insert(0, f"{own[0]} {shape[0]}")
    if bare := _without_role(mention.text):
        own.insert(0, bare)
    start, end = _whole_word(text, mention) if is_formula else (mention.start, mention.end)
    if (start, end) != (mention.start, mention.end):
        own.insert(0, text[start:end])
    inner_names = [name for other in inner for name in other.names]
    if role == "cell" and "/" in mention.text:
        parts = _role_words().pattern.sub("", mention.text).strip()
        own = [parts, *own, parts.partition("/")[0]]
    names = [*inner_names, *own] if role == "cell" and len(inner) == 1 else [*own, *inner_names]
    return Thing(
        start=start,
        end=end,
        names=tuple(dict.fromkeys(names))[:_MOST_NAMES],
        kind="Material" if inner or mention.kind in _UNTOLD else mention.kind,
        role=role,
        head=mention.head,
        is_formula=is_formula or _is_compound(names[0]),
        is_element=any(re.fullmatch(r"[A-Z][a-z]?", name) for name in (mention.text, names[0])),
        is_generic=not mention.is_formula and _is_generic(mention.text),
        is_definite=before("owners", "definite").search(text[max(0, mention.start - _REACH) : mention.start])
        is not None,
    )


def _is_compound(name: str) -> bool:
    formula = parse_formula(name)
    return formula is not None and formula.kind != "element"


def _joined(text: str, left: Thing, right: Thing) -> Thing:
    """Two names side by side: a formula and the noun beside it, or the parts of a compound noun."""
    whole = text[left.start : right.end]
    form = forms().pattern.search(text, right.start, right.end) or words("columns", "shapes").search(
        text, right.start, right.end
    )
    if not text.startswith(" ", left.end) or text[right.start - 2] == "%":
        names = (whole, *left.names, *right.names)
    elif left.is_formula:
        names = (*((f"{left.names[0]} {form[0]}",) if form else ()), *left.names)
    elif right.is_formula:
        names = (*right.names, *left.names)
    else:
        names = (whole, *right.names, *left.names)
    return replace(
        right,
        start=left.start,
        names=tuple(dict.fromkeys(names))[:_MOST_NAMES],
        kind="Material" if "Material" in (left.kind, right.kind) else right.kind,
        role=right.role or left.role,
        is_formula=left.is_formula or right.is_formula,
        is_element=False,
        is_generic=left.is_generic and right.is_generic,
        is_definite=left.is_definite,
    )


def _without_role(name: str) -> str:
    """A sample's code without the general words behind it (S-NCM cathode composite), or an empty string."""
    parts = name.split()
    while len(parts) > 1 and parts[-1].casefold() in word_set("owners", "general_words"):
        parts.pop()
    bare = " ".join(parts)
    return bare if bare != name and _CODE.fullmatch(parts[-1]) else ""


def _whole_word(text: str, mention: Mention) -> tuple[int, int]:
    """The whole word that a formula is part of: the sample is 10%CNT-NiS, not NiS."""
    start, end = mention.start, mention.end
    while start > 0 and not re.match(r"[\s(),;:\[\]/|]", text[start - 1]):
        start -= 1
    while end < len(text) and re.match(r"[\w@%-]|/[A-Z]", text[end : end + 2]):
        end += 1
    if text[end - 1] == "-":
        end -= 1
    return (mention.start, mention.end) if _NO_WORD.search(text[start:end]) else (start, end)


def _role(text: str, mention: Mention, lexicon: Lexicon) -> str:
    """The part a thing plays, by the words in and behind its name, then by its class in the ontology."""
    roles = _role_words()
    named = roles.pattern.search(mention.text)
    if named is None and text.startswith(" ", mention.end):
        named = roles.pattern.match(text, mention.end + 1)
    if named:
        return roles.meanings[named[0].casefold()]
    terms = (mention.term,) if mention.term is not None else lexicon.lookup(mention.names[0])
    for role, name in data("owners")["roles"].items():
        if any(lexicon.is_a(term.iri, TERMS + name) for term in terms):
            return str(role)
    return ""


def _is_generic(name: str) -> bool:
    """Whether a name says no more than what part is meant: "the solid electrolyte", "cells"."""
    parts = re.split(r"[\s-]+", name.casefold())
    modifiers = word_set("owners", "general_modifiers") | word_set("owners", "general_words")
    general = parts[-1] in word_set("owners", "general_words")
    return general and all(part in modifiers or part.endswith("ed") for part in parts[:-1])


@cache
def _role_words() -> WordList:
    return word_list(data("owners")["role_words"])
