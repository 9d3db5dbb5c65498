"""Statements of joined names: "the Li2S-Cu composite", "a TiS2/Li6PS5Cl/Li-In cell".

The nouns that say what joins the parts are data (``joined.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from extract.relations.arguments import Argument
from extract.relations.causes import EffectReader
from extract.relations.data import read, words
from extract.relations.statements import Statement
from ontology.formula import parse_formula
from ontology.lexicon import local_name

#: A name joined by bars or slashes at the end of a text; the parts of a cell may stand apart.
_CELL = re.compile(r"(?:[^\s|/∥]+ ?(?:\|+|/|∥) ?)+[^\s|/∥]+ $")
_BARS = re.compile(r" ?(?:\|+|/|∥) ?")
#: The most words of a cell's name.
_LONGEST_CELL = 12
#: Cathode, electrolyte, anode: two names in a row can be two sides of anything.
_LEAST_PARTS = 3
_JOINERS = ("/", "@", "-", "–")


def joined_statements(effects: EffectReader, token: Token) -> Iterator[Statement]:
    """The statements of a joined name, or of one before the noun that says what joins its parts."""
    if token.i in effects.reader.formulas:
        yield from _with_salt(effects, token)
    if "@" in token.text:
        yield from _shell(effects, token)
    noun = token.lemma_.lower()
    if token.i and noun in _listed("composites"):
        yield from _composite(effects, token)
    elif token.i and noun in words("cells"):
        yield from _cell(effects, token)


def _with_salt(effects: EffectReader, joined: Token) -> Iterator[Statement]:
    """ "Li3PS4-LiI": a glass with a salt."""
    formula = parse_formula(joined.text)
    host, _, salt = formula.canonical.rpartition("-") if formula else ("", "", "")
    if not host or salt.lstrip(".0123456789") not in _listed("salts"):
        return
    parts = _parts(effects, (host, salt), joined)
    if parts:
        whole = tuple(dict.fromkeys((*parts[0].names[:2], joined.text)))
        yield Statement(replace(parts[0], names=whole), "doped_with", parts[1], joined, "joined salt")


def _shell(effects: EffectReader, joined: Token) -> Iterator[Statement]:
    """ "Core@shell"."""
    parts = _parts(effects, joined.text.split("@"), joined)
    if len(parts) == 2:
        yield Statement(parts[0], "coated_with", parts[1], joined, "core and shell")


def _composite(effects: EffectReader, noun: Token) -> Iterator[Statement]:
    """ "The A-B composite"; one formula in itself ("Li-In", "V1-xWxO2") is none."""
    joined = noun.nbor(-1)
    joiner = next((each for each in _JOINERS if each in joined.text), "")
    formula = parse_formula(joined.text)
    if not joiner or (formula is not None and formula.kind in ("compound", "alloy")):
        return
    names = (f"{joined.text} {noun.lemma_.lower()}", joined.text)
    whole = Argument(names, "Material", joined.idx, noun.idx + len(noun), noun.i)
    for part in _parts(effects, joined.text.split(joiner), joined):
        yield Statement(whole, "composed_of", part, noun, "joined composite")


def _cell(effects: EffectReader, noun: Token) -> Iterator[Statement]:
    """The roles of the parts of a cell by their order: electrodes outside, electrolytes between."""
    last = noun.nbor(-1)
    if last.lower_ in _listed("kinds_of_cells") and last.i:
        last = last.nbor(-1)
    found = _CELL.search(last.doc[max(0, last.i - _LONGEST_CELL) : last.i + 1].text + " ")
    names = _BARS.split(found[0].strip()) if found else []
    if not all(_is_specific(name) for name in names):
        return
    parts = _parts(effects, names, last)
    for part, role in zip(parts, _roles(parts), strict=False):
        yield Statement(part, "used_as", _role(effects, role, noun), noun, "joined cell")


def _is_specific(name: str) -> bool:
    """Whether a name is one of a substance, not of a class ("polymer")."""
    return not name[1:].islower() or parse_formula(name) is not None or name.lower() in _listed("plain")


def _roles(parts: Sequence[Argument]) -> list[str]:
    """The role of each part; none without an electrolyte between, or where the ends do not differ."""
    if len(parts) < _LEAST_PARTS:
        return []
    first, last = _side(parts[0]), _side(parts[-1])
    if first == last:
        return []
    first = first or _other(last)
    return [first, *["electrolyte"] * (len(parts) - 2), _other(first)]


def _side(part: Argument) -> str:
    classes = {local_name(ancestor) for term in part.terms for ancestor in term.ancestors}
    if "AnodeMaterial" in classes:
        return "anode"
    return "cathode" if "CathodeMaterial" in classes else ""


def _other(side: str) -> str:
    return "anode" if side == "cathode" else "cathode"


def _role(effects: EffectReader, name: str, noun: Token) -> Argument:
    term = next(term for term in effects.lexicon.lookup(name) if term.kind == "Role")
    names = tuple(dict.fromkeys((term.label, name)))
    return Argument(names, "Role", noun.idx, noun.idx + len(noun), noun.i, terms=(term,))


def _parts(effects: EffectReader, names: Sequence[str], joined: Token) -> list[Argument]:
    """The materials that a joined name lists; empty where one of its parts is none."""
    found = []
    for name in names:
        terms = tuple(term for term in effects.lexicon.lookup(name) if term.kind == "Material")
        formula = parse_formula(name)
        if not terms and formula is None:
            return []
        canonical = [formula.canonical] if formula else []
        written = tuple(dict.fromkeys([*canonical, *(term.label for term in terms[:1]), name]))
        found.append(
            Argument(written, "Material", joined.idx, joined.idx + len(joined), joined.i, terms=terms)
        )
    return found


def _listed(name: str) -> frozenset[str]:
    return frozenset(read("joined")[name].split())
