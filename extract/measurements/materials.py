"""How a material is named in a claim: its canonical name first, then others under which readers know it."""

from __future__ import annotations

import re

from extract.measurements.vocabulary import forms, word_set
from kg.model import Entity
from ontology.formula import find_formulas, parse_formula
from ontology.lexicon import Lexicon

#: An amount in brackets behind a name in a table: S (18.4/4.6), Li-In (60.1), Li (–).
_AMOUNT = re.compile(r"\s*\(\s*(?:[\d.,/:\s]+|[-–—−])(?:\s*(?:mg|g|wt\s?%|%|µm|um|µL))?\s*\)\s*$")


def strip_amounts(text: str) -> str:
    """The name without the masses that a table writes behind it.

    >>> strip_amounts("S (18.4/4.6)")
    'S'
    """
    return _AMOUNT.sub("", text).strip()


def material_entity(name: str, *, lexicon: Lexicon) -> Entity:
    """The entity of a name; a formula with a form (amorphous Li3PS4) bears the bare formula as well."""
    names = [name]
    formulas = find_formulas(name)
    if whole := parse_formula(name):
        names = [whole.canonical]
    elif len(formulas) == 1:
        formula = formulas[0]
        rest = (name[: formula.start] + name[formula.end :]).strip(" ,-")
        if forms().find(rest) or rest.casefold() in word_set("columns", "states"):
            names.append(formula.formula.canonical)
    names.extend(term.label for term in lexicon.lookup(name) if term.kind == "Material")
    return Entity(tuple(dict.fromkeys(names)), "Material")
