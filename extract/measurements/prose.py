"""Measurements from running text: each quantity gets its property, its owner and its conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from extract.document import Document
from extract.measurements.conditions import conditions_of
from extract.measurements.owners import Owner, coordinated, is_denied, rank_owners
from extract.measurements.processes import process_of
from extract.measurements.properties import Cue, find_cues, property_of
from extract.measurements.reading import Reading, read_passage
from extract.measurements.resolve import resolve
from extract.measurements.things import Thing
from extract.measurements.vocabulary import data, words_pattern
from extract.mentions import Mention
from extract.passages import Passage, refs_for, works_for
from kg.model import Certainty, Claim, Entity, Evidence, Quantity
from ontology.grounding import ground
from ontology.lexicon import Lexicon
from ontology.quantities import QuantityMatch
from ontology.units import convert

EXTRACTOR = "measurements.prose"


@dataclass(frozen=True, slots=True)
class _Measured:
    """Quantities of one list that give one property."""

    key: str
    cue: Cue | None
    members: tuple[QuantityMatch, ...]


def measurements_from_passage(
    document: Document, passage: Passage, doc: Doc, mentions: Sequence[Mention], *, lexicon: Lexicon
) -> list[Claim]:
    """One claim for each value in a passage whose property and owner the text tells.

    ``doc`` is the parse of ``passage.text``, ``mentions`` what find_mentions found in it.
    """
    if not any(character.isdigit() for character in passage.text):
        return []
    reading = read_passage(passage.text, doc, mentions, lexicon=lexicon)
    measured = list(_measured(reading, lexicon))
    used = frozenset(member.start for item in measured for member in item.members)
    earlier: list[Owner] = []
    claims: list[Claim] = []
    for item in measured:
        for member, owner in _owners(item, reading, earlier):
            claims.append(_claim(document, passage, item, member, owner, reading, mentions, used, lexicon))
            if not earlier or earlier[-1].thing is not owner:
                earlier.append(Owner(owner, item.key))
    return claims


def _measured(reading: Reading, lexicon: Lexicon) -> Iterator[_Measured]:
    cues = find_cues(reading, lexicon=lexicon)
    groups: dict[int, list[QuantityMatch]] = {}
    for quantity in reading.quantities:
        groups.setdefault(quantity.group, []).append(quantity)
    last: _Measured | None = None
    for members in groups.values():
        process = process_of(members[0], reading)
        key, cue = property_of(members[0], reading, cues, lexicon=lexicon)
        if process is not None and (cue is None or cue.start < process.start or cue.start > members[0].start):
            key, cue = process.key, process
        bracket = reading.bracket_of(members[0].start)
        if not key and last is not None and bracket is not None and _beside(members[0], last, reading):
            key, cue = last.key, last.cue
        if key:
            last = _Measured(key, cue, tuple(members))
            yield last


def _beside(quantity: QuantityMatch, last: _Measured, reading: Reading) -> bool:
    """Whether a number stands in one bracket with the last one and has its unit: (2.4 V on charge and 1.8 V …)."""
    other = last.members[-1]
    return (
        reading.bracket_of(other.start) == reading.bracket_of(quantity.start) and other.unit == quantity.unit
    )


def _owners(
    item: _Measured, reading: Reading, earlier: Sequence[Owner]
) -> Iterator[tuple[QuantityMatch, Thing]]:
    """Each member of a list with its owner; a list of values and a list of names are read side by side."""
    weights = data("cues.yaml")["weights"]
    first = item.members[0]
    ranked = rank_owners(first, item.cue, item.key, reading, earlier=earlier)
    ranked = [entry for entry in ranked if not is_denied(entry.thing, reading)]
    if not ranked or ranked[0].score < weights["least"]:
        return
    best = ranked[0]
    end = reading.sentences[reading.sentence_of(first.start)][1]
    count = len(item.members)
    if count > 1 and "respectively" in reading.text[item.members[-1].end : end]:
        for entry in ranked:
            listed = coordinated(entry.thing, reading)
            if len(listed) == count and entry.score > 0:
                yield from zip(item.members, listed, strict=True)
                return
    listed = resolve(best.thing, first, item.key, reading, earlier)
    if listed == (best.thing,):
        listed = coordinated(best.thing, reading)
    if count > 1 and len(listed) == count and not any(member.change for member in item.members):
        yield from zip(item.members, listed, strict=True)
    elif weights["object"] <= best.score < weights["same_bracket"] or item.key.startswith("synthesis"):
        yield from ((member, thing) for member in item.members for thing in listed)
    else:
        thing = listed[0] if best.thing not in listed else best.thing
        yield from ((member, thing) for member in item.members)


def _claim(
    document: Document,
    passage: Passage,
    item: _Measured,
    member: QuantityMatch,
    owner: Thing,
    reading: Reading,
    mentions: Sequence[Mention],
    used: frozenset[int],
    lexicon: Lexicon,
) -> Claim:
    assert member.unit is not None
    unit = lexicon.properties[item.key].unit
    high = None if member.value_max is None else convert(member.value_max, member.unit, to=unit)
    grounding = ground(owner.names, kind="Material", lexicon=lexicon)
    return Claim(
        subject=Entity(owner.names, owner.kind or "Material", grounding.iri),
        relation=item.key,
        quantity=Quantity(
            convert(member.value, member.unit, to=unit), unit, high, member.comparator, member.as_written
        ),
        conditions=conditions_of(member, item.key, owner, reading, mentions, used=used),
        certainty=_certainty(member, reading),
        evidence=_evidence(document, passage, member, reading),
    )


def _evidence(document: Document, passage: Passage, member: QuantityMatch, reading: Reading) -> Evidence:
    """The sentence, and the works cited right behind the value or else in the sentence."""
    start, end = reading.sentences[reading.sentence_of(member.start)]
    while start < end and reading.text[start].isspace():
        start += 1
    while end > start and reading.text[end - 1].isspace():
        end -= 1
    following = min((other.start for other in reading.quantities if other.start >= member.end), default=end)
    near = (
        (member.start, min(following, end))
        if refs_for(passage, member.start, min(following, end))
        else (start, end)
    )
    first, last = passage.to_source(start, end)
    return Evidence(
        document=document.id,
        start=first,
        end=last,
        quote=document.text[first:last],
        section=passage.section,
        refs=refs_for(passage, *near),
        primary=works_for(passage, *near),
        extractor=EXTRACTOR,
    )


def _certainty(member: QuantityMatch, reading: Reading) -> Certainty:
    start = reading.sentences[reading.sentence_of(member.start)][0]
    return "hypothesised" if _hedges().search(reading.text[start : member.start]) else "asserted"


@cache
def _hedges() -> re.Pattern[str]:
    return words_pattern(data("cues.yaml")["hedges"])
