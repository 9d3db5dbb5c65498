"""Statements of reaction equations: "Li10GeP2S12 + 20Li → 12Li2S + 8Li3P + 4Ge"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from extract.relations.arguments import Argument
from extract.relations.data import words
from extract.relations.statements import Statement
from ontology.formula import Formula, parse_formula

_ARROW = re.compile(r"\s*(?:→|⟶|⇌|↔|⇄|->|=>|-->)\s*")
_COEFFICIENT = re.compile(r"\d+(?:\.\d+)?(?:/\d+)?\s*(?=[A-Zβγα(])|[xyzn]\s*(?=[A-Z])")
_TERM = re.compile(r"[^\s+]+")
_PLUS = re.compile(r"\s\+\s")
_LONGEST_SIDE = 120


def reaction_statements(doc: Doc) -> Iterator[Statement]:
    """The statements of the reaction equations in a passage: what the first compound on the left becomes."""
    for arrow in _ARROW.finditer(doc.text):
        left = _side(
            doc.text[max(0, arrow.start() - _LONGEST_SIDE) : arrow.start()], arrow.start(), last=True
        )
        right = _side(doc.text[arrow.end() : arrow.end() + _LONGEST_SIDE], arrow.end(), last=False)
        trigger = next(
            (token for token in doc if token.idx <= arrow.start() + 1 < token.idx + len(token)), doc[0]
        )
        compounds = [found for found in (*left, *right) if len(found[2].elements) > 1]
        reactants = [found for found in left if not _is_reagent(found[2])] or left
        if not reactants or not right or not compounds:
            continue
        relation = "decomposes_to" if len(reactants[0][2].elements) > 2 else "forms"
        for product in right:
            yield Statement(
                _argument(reactants[0], doc), relation, _argument(product, doc), trigger, "reaction"
            )


def _side(text: str, offset: int, *, last: bool) -> list[tuple[int, int, Formula]]:
    """The formulas of one side with their offsets; the side ends where a term is no formula."""
    offset = offset - len(text) if last else offset
    terms = []
    at = 0
    for gap in (*_PLUS.finditer(text), None):
        end = gap.start() if gap else len(text)
        terms.append((at, end))
        at = gap.end() if gap else end
    found = []
    for start, end in reversed(terms) if last else terms:
        words = list(_TERM.finditer(text, start, end))
        if not words:
            break
        # "5 Li2S": the coefficient stands apart
        first = int(len(words) > 1 and words[0][0].isdigit())
        word = words[-1] if last else words[first]
        written = word[0].strip(".,;()") if not last else word[0].lstrip("(")
        begin = word.start() + word[0].find(written)
        coefficient = _COEFFICIENT.match(written)
        skipped = coefficient.end() if coefficient else 0
        formula = parse_formula(written[skipped:])
        if formula is None:
            break
        found.append((offset + begin + skipped, offset + begin + len(written), formula))
        if len(words) > 1 and not re.fullmatch(r"\d+", words[0][0]):
            break
    return found[::-1] if last else found


def _is_reagent(formula: Formula) -> bool:
    """Whether a reactant acts on another: a metal, an electron, water, oxygen."""
    return len(formula.elements) == 1 or formula.kind == "ion" or formula.text in words("reagents")


def _argument(found: tuple[int, int, Formula], doc: Doc) -> Argument:
    start, end, formula = found
    head = next((token.i for token in doc if token.idx <= start < token.idx + len(token)), 0)
    return Argument((formula.canonical,), "Material", start, end, head)
