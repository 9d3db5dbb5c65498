"""From the name that grammar points at to the material meant: examples, parts of a cell, earlier names."""

from __future__ import annotations

from collections.abc import Sequence

from extract.measurements.lists import coordinated, examples_of
from extract.measurements.owners import Owner
from extract.measurements.reading import Reading
from extract.measurements.standing import is_topic, standing
from extract.measurements.things import Thing
from extract.measurements.vocabulary import data, pattern, word_set
from ontology.quantities import QuantityMatch

#: How far behind a cell its parts are named.
_PART_REACH = 90
#: An earlier name with less standing than this is not what a general noun means.
_LEAST_STANDING = -22


def resolve(
    thing: Thing, quantity: QuantityMatch, key: str, reading: Reading, earlier: Sequence[Owner]
) -> tuple[Thing, ...]:
    """The materials that a thing stands for: usually itself.

    ``earlier`` are owners of the values before this one, the last one last.
    """
    if examples := examples_of(thing, quantity.start, reading):
        return examples
    if key.startswith("synthesis") and word_set("owners", "ingredients") & set(
        map(str.casefold, thing.names)
    ):
        return _earlier(thing, quantity, key, reading, earlier) or (thing,)
    if not thing.is_generic:
        return (thing,)
    if thing.role == "cell" and key in word_set("owners", "cell_properties"):
        if part := _part(thing, reading):
            return (part,)
        same = [owner.thing for owner in earlier if owner.key in word_set("owners", "cell_properties")]
        bare = bool(same) and same[-1].role == "cell" and not same[-1].is_formula
        if same and (not bare or same[-1].names[0] == thing.names[0]):
            return (same[-1],)
    if equated := _equated(thing, reading):
        return (equated,)
    if apposition := _apposition(thing, reading):
        return (apposition,)
    described = pattern("owners", "described").match(reading.text, thing.end)
    anaphoric = thing.is_definite or reading.doc[thing.head].lower_ in word_set("owners", "samples")
    if anaphoric and not described and key not in word_set("owners", "of_parts"):
        return _antecedents(thing, reading) or _earlier(thing, quantity, key, reading, earlier) or (thing,)
    return (thing,)


def _equated(thing: Thing, reading: Reading) -> Thing | None:
    """What is said to be a general thing: A of "A is a poor conductor with …"."""
    head = reading.doc[thing.head]
    if head.dep_ != "attr" or head.head.lemma_ != "be":
        return None
    subjects = [child.i for child in head.head.lefts if child.dep_ == "nsubj"]
    meant = [
        *subjects,
        *(mention.head for at in subjects for mention in reading.antecedents.get(at, ())),
    ]
    return next((other for other in reading.things if other.head in meant and not other.is_generic), None)


def _apposition(thing: Thing, reading: Reading) -> Thing | None:
    """The name that follows a general noun after a comma: the best sample, CPE-4, is …."""
    between = pattern("owners", "apposition")
    return next(
        (
            other
            for other in reading.things
            if other.start > thing.end and between.fullmatch(reading.text, thing.end, other.start)
        ),
        None,
    )


def _part(cell: Thing, reading: Reading) -> Thing | None:
    """The cathode that is named behind a cell ("the battery with a TiS2 cathode"), or else another part."""
    end = min(reading.sentences[reading.sentence_of(cell.start)][1], cell.end + _PART_REACH)
    if not pattern("owners", "has_part").match(reading.text, cell.end, end):
        return None
    parts = [thing for thing in reading.things if cell.end <= thing.start < end and not thing.is_generic]
    cathodes = [thing for thing in parts if thing.role == "cathode"]
    others = [thing for thing in parts if thing.role not in ("electrolyte", "anode", "solvent", "cell")]
    return next(iter((*cathodes, *others)), None)


def _antecedents(thing: Thing, reading: Reading) -> tuple[Thing, ...]:
    """The named things that the resolver of pronouns and general nouns finds."""
    meant = [mention.head for mention in reading.antecedents.get(thing.head, ())]
    found = [other for other in reading.things if other.head in meant and not other.is_generic]
    return tuple(found if _is_plural(thing, reading) else found[:1])


def _earlier(
    thing: Thing, quantity: QuantityMatch, key: str, reading: Reading, earlier: Sequence[Owner]
) -> tuple[Thing, ...]:
    """The named thing before the number that its surroundings, its nearness and earlier values speak for."""
    weights = data("owners")["weights"]
    number = reading.sentence_of(quantity.start)
    recent = [owner.thing for owner in earlier[-2:]]
    best: tuple[float, Thing] | None = None
    for other in reading.things:
        distance = number - reading.sentence_of(other.start)
        if other.end > quantity.start or distance > 2 or not _can_stand_for(other, thing):
            continue
        score = standing(other, key, reading) - 8 * distance
        score += weights["topic"] * is_topic(other, reading) + weights["earlier"] * (other in recent)
        if best is None or score >= best[0]:
            best = (score, other)
    if best is None or best[0] < _LEAST_STANDING:
        return ()
    several = _is_plural(thing, reading) or key.startswith("synthesis")
    return coordinated(best[1], reading) if several else (best[1],)


def _can_stand_for(named: Thing, general: Thing) -> bool:
    """Whether a named thing can be the electrolyte, cathode or sample that a general noun speaks of."""
    if named.is_generic or named.is_element:
        return False
    if general.role in ("electrolyte", "cathode", "anode"):
        return named.role == general.role or (not named.role and named.is_formula)
    return named.role not in ("solvent", "cell")


def _is_plural(thing: Thing, reading: Reading) -> bool:
    return reading.doc[thing.head].tag_ in ("NNS", "NNPS")
