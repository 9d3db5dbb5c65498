"""Measurements from running text: each quantity gets its property, its owner and its conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extract.antecedents import Antecedents
from extract.cited import cited_for
from extract.document import Document
from extract.measurements.conditions import conditions_of
from extract.measurements.cues import Cue
from extract.measurements.lists import coordinated
from extract.measurements.owners import Owner, rank_owners
from extract.measurements.processes import process_of
from extract.measurements.properties import property_of
from extract.measurements.reading import Reading, read_passage
from extract.measurements.resolve import resolve
from extract.measurements.standing import is_denied, is_not_had
from extract.measurements.things import Thing
from extract.measurements.vocabulary import data, pattern, words
from extract.mentions import Mention
from extract.passages import Passage
from kg.model import Claim, Entity, Evidence, Quantity
from ontology.lexicon import Lexicon
from ontology.quantities import QuantityMatch
from ontology.units import convert

EXTRACTOR = "measurements.prose"


@dataclass(frozen=True, slots=True)
class _Measured:
    """Quantities of one list that give one property, and the cue that says so."""

    key: str
    cue: Cue | None
    members: tuple[QuantityMatch, ...]


def measurements_from_passage(
    document: Document,
    passage: Passage,
    doc: Doc,
    mentions: Sequence[Mention],
    antecedents: Antecedents,
    *,
    lexicon: Lexicon,
) -> list[Claim]:
    """One claim for each value in a passage whose property and owner the text tells.

    ``doc`` is the parse of ``passage.text``, ``mentions`` what find_mentions found in it.
    """
    if not any(character.isdigit() for character in passage.text):
        return []
    reading = read_passage(passage.text, doc, mentions, antecedents, lexicon=lexicon)
    measured = list(_measured(reading))
    used = frozenset(member.start for item in measured for member in item.members)
    earlier: list[Owner] = []
    claims: list[Claim] = []
    for item in measured:
        for member, thing in _owners(item, reading, earlier):
            others = [owner.thing for owner in earlier if owner.key == item.key]
            conditions = conditions_of(member, item.key, thing, reading, mentions, used=used, others=others)
            start = reading.sentences[reading.sentence_of(member.start)][0]
            hedged = words("cues", "hedges").search(reading.text, start, member.start)
            claims.append(
                Claim(
                    subject=Entity(thing.names, thing.kind),
                    relation=item.key,
                    quantity=_in_unit(member, lexicon.properties[item.key].unit),
                    conditions=conditions,
                    certainty="hypothesised" if hedged else "asserted",
                    evidence=_evidence(document, passage, member, thing, reading),
                )
            )
            if not earlier or earlier[-1].thing is not thing:
                earlier.append(Owner(thing, item.key))
    return claims


def _measured(reading: Reading) -> Iterator[_Measured]:
    """The lists of quantities that give a property, in text order."""
    groups: dict[int, list[QuantityMatch]] = {}
    for quantity in reading.quantities:
        groups.setdefault(quantity.group, []).append(quantity)
    last: _Measured | None = None
    other: QuantityMatch | None = None
    for members in groups.values():
        first = members[0]
        process = process_of(first, reading)
        key, cue = property_of(first, reading)
        if process is not None and (cue is None or not process.start <= cue.start <= first.start):
            key, cue = process.key, process
        if not key and last is not None and _beside(first, last.members[-1], reading):
            key, cue = last.key, None
        if cue is None and other is not None and _beside(first, other, reading):
            key = ""  # (90 mAh/g for A and 70 mAh/g for B) behind "the loss"
        if not key and cue is not None:
            other = members[-1]
        if key and not is_not_had(key, first, reading):
            last = _Measured(key, cue, tuple(members))
            yield last


def _beside(quantity: QuantityMatch, other: QuantityMatch, reading: Reading) -> bool:
    """Whether two numbers stand in one bracket or list: (2.4 V on charge, 1.8 V on discharge)."""
    if other.unit != quantity.unit or reading.sentence_of(other.start) != reading.sentence_of(quantity.start):
        return False
    bracket = reading.bracket_of(quantity.start)
    if bracket != reading.bracket_of(other.start):
        return False
    listed = pattern("cues", "continued").fullmatch(reading.text, other.end, quantity.start)
    return bracket is not None or listed is not None


def _owners(
    item: _Measured, reading: Reading, earlier: Sequence[Owner]
) -> Iterator[tuple[QuantityMatch, Thing]]:
    """Each member of a list with its owner; a list of values and a list of names are read side by side."""
    weights = data("owners")["weights"]
    first, last = item.members[0], item.members[-1]
    ranked = rank_owners(first, item.cue, item.key, reading, earlier=earlier)
    if not ranked or ranked[0].score < weights["least"] or is_denied(ranked[0].thing, first.start, reading):
        return
    count = len(item.members)
    end = reading.sentences[reading.sentence_of(first.start)][1]
    if count > 1 and pattern("owners", "respectively").search(reading.text, last.end, end):
        for entry in ranked:
            listed = coordinated(entry.thing, reading)
            if len(listed) == count and entry.score > 0:
                yield from zip(item.members, listed, strict=True)
                return
    best = ranked[0].thing
    meant = resolve(best, first, item.key, reading, earlier)
    if meant == (best,):
        meant = coordinated(best, reading)
    if count > 1 and len(meant) == count and not any(member.change for member in item.members):
        yield from zip(item.members, meant, strict=True)
        return
    shared = weights["object"] <= ranked[0].score < weights["same_bracket"]
    if not shared and not item.key.startswith("synthesis"):
        meant = (best,) if best in meant else meant[:1]
    yield from ((member, thing) for member in item.members for thing in meant)


def _in_unit(member: QuantityMatch, unit: str) -> Quantity:
    assert member.unit is not None
    value = convert(member.value, member.unit, to=unit)
    high = None if member.value_max is None else convert(member.value_max, member.unit, to=unit)
    return Quantity(value, unit, high, member.comparator, member.as_written)


def _evidence(
    document: Document, passage: Passage, member: QuantityMatch, thing: Thing, reading: Reading
) -> Evidence:
    """The sentence, and the works cited right behind the value or else in the sentence."""
    start, end = reading.sentences[reading.sentence_of(member.start)]
    quote = reading.text[start:end]
    start, end = start + len(quote) - len(quote.lstrip()), start + len(quote.rstrip())
    following = min((other.start for other in reading.quantities if other.start >= member.end), default=end)
    near = (member.start, min(following, end))
    cited = cited_for(passage, [near, (start, end)], named=[reading.doc[thing.head]])
    first, last = passage.to_source(start, end)
    return Evidence(
        document=document.id,
        start=first,
        end=last,
        quote=document.text[first:last],
        section=passage.section,
        refs=cited.refs,
        primary=cited.works,
        extractor=EXTRACTOR,
    )
