"""The abbreviations a document defines: which short form stands for which words or formula."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ontology.data_files import read_yaml
from ontology.formula import find_formulas, parse_formula

_PARENTHESIS = re.compile(r"\(([^()]{2,80})\)")
_WORD = re.compile(r"[^\s()\[\],;:]+")
#: A short form: at least two capitals, or a capital after a hyphen, no spaces.
_SHORT = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z0-9][\w+&/@.-]{1,11}")
_CLAUSE_END = re.compile(r"[.;:!?](?=\s)|[()\[\]]")
_MOST_FORMS = 3


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Short form → the long forms a document gives it, a formula first, then in order of appearance."""

    long_forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def expand(self, short: str) -> tuple[str, ...]:
        """The long forms of a short form, also of its plural; empty where the document defines none."""
        return self.long_forms.get(short) or self.long_forms.get(short.removesuffix("s"), ())


def find_abbreviations(texts: Iterable[str]) -> Abbreviations:
    """The abbreviations that plain texts define, after Schwartz and Hearst (2003), and those of formulas.

    >>> find_abbreviations(["solid electrolytes (SEs) such as Li10GeP2S12 (LGPS)"]).long_forms
    {'SE': ('solid electrolytes',), 'LGPS': ('Li10GeP2S12',)}
    """
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        for short, long in _definitions(text):
            key = short.removesuffix("s") if short[:-1].isupper() else short
            known = found[key]
            # A second formula is a variant or a misreading: the first one names the thing.
            if (
                long in known
                or len(known) >= _MOST_FORMS
                or (_names_formula(long) and any(map(_names_formula, known)))
            ):
                continue
            known.append(long)
    return Abbreviations(
        {
            short: tuple(sorted(longs, key=lambda long: not _names_formula(long)))
            for short, longs in found.items()
        }
    )


def _names_formula(long: str) -> bool:
    return parse_formula(long.rsplit(maxsplit=1)[-1]) is not None


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of short and long form, in text order."""
    for match in _PARENTHESIS.finditer(text):
        if not text[: match.start()].endswith(" "):
            continue  # part of a formula: LiGa(SeO3)2
        before = _clause(text[: match.start()])
        for inside in re.split(r"[;,]", match[1])[:2]:
            yield from _in_parentheses(_without_introduction(inside.strip()), before)
        yield from _parenthesis_first(match[1].strip(), text[match.end() :])
    yield from _named(text)


def _in_parentheses(inside: str, before: str) -> Iterator[tuple[str, str]]:
    """``long (short)``, ``formula (short)``, ``short (formula)``, ``short (long)``."""
    words = _WORD.findall(before)
    if not inside or not words:
        return
    last = words[-1]
    if _is_short(inside):
        long = _long_form(inside, before)
        if long:
            yield inside, long
        formula = _formula_at_end(before)
        if formula:
            yield inside, formula
    elif _is_short(last):
        if (_has_digit(inside) and parse_formula(inside) and not last.endswith("s")) or _matches(
            last, inside
        ):
            yield last, inside
    elif (
        len(words) > 1
        and parse_formula(inside)
        and words[-1] in _words()["substances"]
        and _is_short(words[-2])
    ):
        yield words[-2], inside


def _parenthesis_first(inside: str, after: str) -> Iterator[tuple[str, str]]:
    """``(LGPS) Li10GeP2S12``."""
    following = _WORD.match(after.lstrip())
    if _is_short(inside) and following and parse_formula(following[0]) and _has_digit(following[0]):
        yield inside, following[0]


def _named(text: str) -> Iterator[tuple[str, str]]:
    """``Li3PS4, hereafter LPS``, ``the cell denoted as LPS-I``."""
    for match in _introduction().finditer(text):
        short = _WORD.match(text[match.end() :].lstrip())
        before = _clause(text[: match.start()].rstrip(" ,("))
        if short and _is_short(short[0].rstrip(".")):
            name = short[0].rstrip(".")
            long = _formula_at_end(before) or _long_form(name, before)
            if long:
                yield name, long


def _is_short(word: str) -> bool:
    """Whether a word can be a short form: an acronym and not a formula, a unit or a figure's label."""
    if not _SHORT.fullmatch(word) or word in _words()["not_short"]:
        return False
    return parse_formula(word) is None


def _formula_at_end(before: str) -> str:
    """The formula that the words before a parenthesis end with, maybe followed by a word such as "glass"."""
    tail = before[-80:]
    matches = [match for match in find_formulas(tail) if match.formula.kind not in ("element", "ion")]
    if not matches:
        return ""
    if tail[matches[-1].end :].strip():
        return ""
    if tail[: matches[-1].start].endswith("-"):
        return str(_WORD.findall(tail)[-1])  # "S-C-Li3PS4 (SCL)" is more than Li3PS4
    # "modified Li3PS4 (m-LPS)" is another thing than Li3PS4.
    qualifier = re.search(r"(\w+) $", tail[: matches[-1].start])
    qualified = qualifier and (qualifier[1].endswith("ed") or qualifier[1] in _words()["qualifiers"])
    return f"{qualifier[1]} {matches[-1].text}" if qualifier and qualified else matches[-1].text


def _long_form(short: str, before: str) -> str:
    """The last words of ``before`` that spell the letters of ``short`` (Schwartz and Hearst's algorithm)."""
    letters = short.removesuffix("s") if len(short) > 2 and short[:-1].isupper() else short
    words = _WORD.findall(before)
    window = words[-min(len(letters) + 5, 2 * len(letters)) :]
    start = len(before) - len(before[before.rfind(window[0]) :]) if window else 0
    for first in range(len(window) - 1, -1, -1):
        start = before.rfind(window[first], 0, len(before) if first == len(window) - 1 else start)
        candidate = before[start:].strip()
        if candidate[:1].casefold() == letters[:1].casefold() and _matches(letters, candidate):
            return "" if len(candidate) <= len(short) or short in _WORD.findall(candidate) else candidate
    return ""


def _matches(short: str, long: str) -> bool:
    """Whether the letters of ``short`` occur in order in ``long``, the first at the start of a word."""
    at = len(long) - 1
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    low = long.casefold()
    for index in range(len(letters) - 1, -1, -1):
        while at >= 0 and (low[at] != letters[index] or (index == 0 and at > 0 and low[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return False
        at -= 1
    return True


def _clause(before: str) -> str:
    """What stands before an offset, back to the end of a sentence or a bracket."""
    tail = before[-160:]
    cut = 0
    for match in _CLAUSE_END.finditer(tail):
        cut = match.end()
    return tail[cut:].strip(" ,")


def _without_introduction(inside: str) -> str:
    match = _introduction().match(inside)
    return inside[match.end() :].strip() if match else inside


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)


@cache
def _introduction() -> re.Pattern[str]:
    phrases = "|".join(
        re.escape(phrase) for phrase in sorted(_words()["introductions"], key=len, reverse=True)
    )
    return re.compile(rf"\b(?:{phrases})\b(?: as)?:?\s+", re.IGNORECASE)


@cache
def _words() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("abbreviations.yaml"))
    return data
