"""Lists of names: what is coordinated with a name, and the examples of a family."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.measurements.reading import Reading
from extract.measurements.things import Thing
from extract.measurements.vocabulary import pattern

#: Roles that never stand in one list with others: "a TiS2 cathode and a Li3PS4 electrolyte".
_APART = frozenset({"electrolyte", "solvent"})


def coordinated(thing: Thing, reading: Reading) -> tuple[Thing, ...]:
    """A thing and those listed with it ("A, B and C"), in text order."""
    number = reading.sentence_of(thing.start)
    things = [other for other in reading.things if reading.sentence_of(other.start) == number]
    first = last = things.index(thing)
    while first > 0 and _listed(things[first - 1], things[first], reading):
        if first < last and _ends(things[first - 1 : first + 2], reading):
            break
        first -= 1
    while last + 1 < len(things) and _listed(things[last], things[last + 1], reading):
        if first < last and _ends(things[last - 1 : last + 2], reading):
            break
        last += 1
    if last - first == 1:  # two names with a comma alone between them are no list
        closing = reading.text[things[first].end : things[last].start]
        if pattern("owners", "closing").search(closing) is None:
            return (thing,)
    return tuple(things[first : last + 1])


def examples_of(thing: Thing, end: int, reading: Reading) -> tuple[Thing, ...]:
    """The things that "such as" or "like" introduces between a name and an offset."""
    text = reading.text
    following = [
        other
        for other in reading.things
        if thing.end <= other.start and other.end <= end and not other.is_generic
    ]
    for place, first in enumerate(following):
        if pattern("owners", "examples").fullmatch(text, thing.end, first.start):
            listed = [first]
            for other in following[place + 1 :]:
                if not pattern("owners", "next_example").fullmatch(text, listed[-1].end, other.start):
                    break
                listed.append(other)
            return tuple(listed)
    return ()


def _ends(three: Sequence[Thing], reading: Reading) -> bool:
    """Whether a list ends with the second of three names: "between A and B, C is …"."""
    closed = [
        pattern("owners", "closing").search(reading.text[left.end : right.start]) is not None
        for left, right in pairwise(three)
    ]
    return closed == [True, False]


def _listed(left: Thing, right: Thing, reading: Reading) -> bool:
    between = reading.text[left.end : right.start]
    if not pattern("owners", "list").fullmatch(between) or pattern("owners", "list_breaker").search(between):
        return False
    if left.role and right.role and (left.role in _APART) != (right.role in _APART):
        return False
    return left.kind == right.kind and left.is_generic == right.is_generic
