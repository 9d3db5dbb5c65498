"""Quantities in running text and in questions: numbers with powers, ranges, shared units, comparators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Literal

from ontology.data_files import any_of, read_yaml
from ontology.numbers import Number, find_numbers, plain_signs
from ontology.units import Unit, unit_at, unit_table

Comparator = Literal["=", "~", "<", ">", "<=", ">="]

#: How far before a number the word that qualifies it, or opens its range, can stand.
_CUE_REACH = 28


@dataclass(frozen=True, slots=True)
class QuantityMatch:
    """A quantity in a text: ``text[start:end]`` is the number with its unit where that follows directly.

    ``unit`` is None for a bare number. Members of one list or change share ``group``; ``change`` is true for
    the two ends of "from a to b", where each is a value of its own.
    """

    start: int
    end: int
    value: float
    value_max: float | None
    unit: Unit | None
    comparator: Comparator
    as_written: str
    group: int
    change: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    number: Number
    unit: Unit | None
    end: int
    link: str = ""


def find_quantities(text: str, *, bare: bool = False) -> list[QuantityMatch]:
    """The quantities of a plain text in order; ``bare`` also gives numbers without a unit, for questions.

    >>> [(q.value, q.value_max, q.unit.symbol) for q in find_quantities("between 2 and 7 × 10^-4 S cm^-1")]
    [(0.0002, 0.0007, 'S/cm')]
    >>> [(q.value, q.comparator) for q in find_quantities("over 7.2×10^-4 and 2.8×10^-4 S/cm, respectively")]
    [(0.00072, '>'), (0.00028, '=')]
    """
    plain = plain_signs(text)
    found: list[QuantityMatch] = []
    for group, chain in enumerate(_chains(plain, _items(plain))):
        found.extend(_quantities(text, plain, chain, group, bare=bare))
    return found


def _items(plain: str) -> list[_Item]:
    items: list[_Item] = []
    for number in find_numbers(plain):
        if items and number.start < items[-1].end:
            continue  # a digit of the unit before: g^-1
        glued = re.search(r"[A-Za-z]-$", plain[max(0, number.start - 2) : number.start])
        if _is_label(plain, number.start) or (glued and not (items and items[-1].end == number.start - 1)):
            continue
        if number.rate:
            items.append(_Item(number, unit_table().blocks[number.rate], number.end))
            continue
        unit, end = _unit(plain, number)
        items.append(_Item(number, unit, end))
    return items


#: A decade (1960s) and an orbital (S 2p, O 1s) look like seconds.
_NO_SECONDS = re.compile(r"(?:\d|\d{4})s(?![\w])")


def _unit(plain: str, number: Number) -> tuple[Unit | None, int]:
    """The unit behind a number, after at most one space, and where the quantity ends."""
    gap = 1 if plain.startswith(" ", number.end) else 0
    hit = unit_at(plain, number.end + gap)
    if hit and not _NO_SECONDS.match(plain, number.start):
        return hit
    # a bare degree sign waits for the unit at the end of its list: -10°, -20° and -30 °C
    return None, number.end + plain.startswith("°", number.end)


def _chains(plain: str, items: list[_Item]) -> Iterator[list[_Item]]:
    """Runs of items joined by range or list words that share a unit or measure the same."""
    chain: list[_Item] = []
    for item in items:
        if chain:
            link = _link(plain[chain[-1].end : item.number.start])
            same = chain[-1].unit is None or item.unit is None or chain[-1].unit == item.unit
            if link and same and not (chain[-1].unit is None and chain[-1].number.year):
                chain.append(replace(item, link=link))
                continue
            yield from _close(chain)
        chain = [item]
    if chain:
        yield from _close(chain)


def _close(chain: list[_Item]) -> Iterator[list[_Item]]:
    """Give the items before a unit that unit; what stands after the last unit is cut off."""
    last = max((place for place, item in enumerate(chain) if item.unit), default=None)
    if last is None:
        yield chain
        return
    unit = chain[last].unit
    shared: list[_Item] = []
    for place in range(last, -1, -1):
        unit = chain[place].unit or unit
        shared.append(replace(chain[place], unit=unit))
    yield shared[::-1]
    yield from ([item] for item in chain[last + 1 :])


_RANGE = re.compile(r" ?- ?| ?~ ?| to | ?\.\.\.? ?")
_LIST = re.compile(r"(?:,? and |, ?(?:or )?| or | ?/ ?| ?& ?|; ?)[~≈<>]?")


def _link(between: str) -> str:
    """``to``, ``-`` or ``,`` where the text between two numbers joins them; empty where it does not."""
    if between == " to ":
        return "to"
    if _RANGE.fullmatch(between):
        return "-"
    if between == " and ":
        return "and"
    return "," if _LIST.fullmatch(between) else ""


def _quantities(
    text: str, plain: str, chain: list[_Item], group: int, *, bare: bool
) -> Iterator[QuantityMatch]:
    place = 0
    while place < len(chain):
        item = chain[place]
        following = chain[place + 1] if place + 1 < len(chain) else None
        start = item.number.start
        before = plain[max(0, start - _CUE_REACH) : start]
        joined = following is not None and (
            following.link == "-"
            or (following.link == "to" and not _is_change(before))
            or (following.link == "and" and _cues().openers.search(before) is not None)
        )
        change = not joined and (
            (following is not None and following.link == "to") or (place > 0 and item.link == "to")
        )
        last = following if joined and following is not None else item
        ends = sorted((_value(item, chain[-1]), _value(last, chain[-1])))
        # a number beyond what a float holds is none that anybody measured
        if (item.unit is not None or bare) and isfinite(ends[1]) and isfinite(ends[0]):
            yield QuantityMatch(
                start=start,
                end=last.end,
                value=ends[0],
                value_max=ends[1] if joined else None,
                unit=last.unit or item.unit,
                comparator=_comparator(before, plain[last.end : last.end + _CUE_REACH]),
                as_written=text[start : last.end],
                group=group,
                change=change,
            )
        place += 2 if joined else 1


def _value(item: _Item, last: _Item) -> float:
    """The number; one without a power takes that of the last number of its list (2 to 7 × 10^-4)."""
    number, shared = item.number, last.number
    inherits = number.power is None and shared.power is not None and number.mantissa >= 0.1
    power = shared.power if inherits else number.power
    return float(Decimal(repr(number.mantissa)).scaleb(power or 0))


def _is_change(before: str) -> bool:
    """Whether "from" opens a change, not a range."""
    match = re.search(r"\bfrom (?:\S+ ){0,2}$", before, re.IGNORECASE)
    return match is not None and not _cues().range_words.search(before[: match.start()])


def _comparator(before: str, after: str) -> Comparator:
    cues = _cues()
    if match := cues.before.search(before):
        return cues.comparators[match["cue"].casefold()]
    if match := cues.after.match(after):
        return cues.comparators[match["cue"].casefold()]
    return "="


def _is_label(plain: str, start: int) -> bool:
    return _cues().labels.search(plain[max(0, start - _CUE_REACH) : start]) is not None


@dataclass(frozen=True, slots=True)
class _Cues:
    before: re.Pattern[str]
    after: re.Pattern[str]
    range_words: re.Pattern[str]
    openers: re.Pattern[str]
    labels: re.Pattern[str]
    comparators: Mapping[str, Comparator]


@cache
def _cues() -> _Cues:
    data = read_yaml(Path(__file__).with_name("quantities.yaml"))
    before = {cue: sign for sign, cues in data["comparators"].items() for cue in cues}
    after = {cue: sign for sign, cues in data["after"].items() for cue in cues}
    return _Cues(
        before=re.compile(rf"(?<![A-Za-z])(?P<cue>{any_of(before)}) ?(?:a |an |the )?\(?$", re.IGNORECASE),
        after=re.compile(rf" (?P<cue>{any_of(after)})\b", re.IGNORECASE),
        range_words=re.compile(rf"\b(?:{any_of(data['range_words'])})\b", re.IGNORECASE),
        openers=re.compile(rf"\b(?:{any_of(data['openers'])}) ?[~≈]?$", re.IGNORECASE),
        labels=re.compile(rf"(?<![A-Za-z])(?:{any_of(data['labels'])}) ?(?:S)?\(?$", re.IGNORECASE),
        comparators={**before, **after},
    )
