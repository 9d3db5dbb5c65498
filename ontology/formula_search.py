"""Formulas in running text: which runs of characters are a formula and not a word, an acronym or a label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ontology.formula_grammar import formula_data, unify_characters
from ontology.formula_parse import LONGEST, Formula, parse_formula, readable

#: A redox couple names a potential, not a material: Li/Li+, Na+/Na.
_COUPLE = re.compile(r"([A-Z][a-z]?)(?:\^?\d?\+/\1|/\1\^?\d?\+)(?![A-Za-z0-9])")
#: Only in longer candidates it pays to ask first how far they can be read.
_LONG = 24
_WORD_OR_SIGN = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)
_SUSPENDED = re.compile(r" (?:and|or|to)\b")
_ALNUM = re.compile(r"[A-Za-z0-9]")
_ET_AL = re.compile(r" et al")


@dataclass(frozen=True, slots=True)
class FormulaMatch:
    """A formula in a text: ``text[start:end]`` and what it parses to."""

    start: int
    end: int
    text: str
    formula: Formula


def find_formulas(text: str) -> list[FormulaMatch]:
    """The formulas of a plain text (no LaTeX, no markup) in order, the longest where several start together.

    >>> [match.text for match in find_formulas("In Fig. 2, Li6PS5(Cl,Br) and the Li-In/70Li2S-30P2S5 cell")]
    ['Li6PS5(Cl,Br)', 'Li-In', '70Li2S-30P2S5']
    """
    plain = unify_characters(text)
    found: list[FormulaMatch] = []
    position = 0
    while match := _candidate().search(plain, position):
        if couple := _COUPLE.match(plain, match.start()):
            position = couple.end()
            continue
        hit = _longest(text, plain, match.start(), match.end())
        if hit:
            found.append(hit)
            position = hit.end
        else:
            skipped = _WORD_OR_SIGN.match(plain, match.start())
            position = skipped.end() if skipped else match.end()
    return found


@cache
def _candidate() -> re.Pattern[str]:
    phases = "".join(formula_data()["phases"])
    variables = "".join(formula_data()["variables"])
    set_gap = r"(?<=,) (?=[A-Z][a-z]?\d*[,)])"
    operator_gap = r"(?<=\d) (?=[-+] [a-z]\))|(?<=\d [-+]) (?=[a-z]\))"
    return re.compile(
        rf"(?<![A-Za-z0-9.^])"
        rf"(?:[{phases}]-)?[\dxyz(\[A-Z]"
        rf"(?:[A-Za-z0-9{variables}()\[\]·@/+\-,^]|\.(?=\d)|{set_gap}|{operator_gap}){{0,{LONGEST}}}"
    )


def _longest(text: str, plain: str, start: int, end: int) -> FormulaMatch | None:
    """The longest prefix of the candidate that parses and ends at a boundary."""
    if end - start > _LONG:
        end = start + readable(plain[start:end])
    for stop in range(end, start, -1):
        if stop < len(plain) and plain[stop].isalnum() and plain[stop - 1].isalnum():
            continue
        written = plain[start:stop]
        if not (written[-1].isalnum() or written[-1] in ")]+-"):
            continue
        if written.count("(") != written.count(")") or _in_brackets(written):
            continue
        formula = parse_formula(written)
        if formula and _acceptable(formula, plain, start, stop):
            return FormulaMatch(start, stop, text[start:stop], formula)
    return None


def _in_brackets(written: str) -> bool:
    """Whether one pair of brackets holds the whole: lithium sulfate (Li2SO4), not (Li,Na)3PS4."""
    return bool(re.fullmatch(r"\([^()]*\)", written))


def _acceptable(formula: Formula, plain: str, start: int, stop: int) -> bool:
    data = formula_data()
    written = plain[start:stop]
    if formula.kind == "ion":
        suspended = formula.charge < 0 and "^" not in written and _SUSPENDED.match(plain, stop)
        return not suspended and not _ALNUM.match(plain, stop)
    if formula.kind == "element":
        symbol = formula.amounts[0][0]
        if symbol in data["generic"] or written[0].isdigit():
            return False
        if written != symbol:
            return written in data["molecules"]
        return len(symbol) > 1 and symbol not in data["words"] and not _ET_AL.match(plain, stop)
    if formula.kind == "compound" and any(symbol in data["generic"] for symbol, _ in formula.amounts):
        return any(char.isdigit() for char in written)
    return True
