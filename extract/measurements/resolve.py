"""From the name that grammar points at to the material that is meant: examples, parts of a cell, earlier names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.measurements.owners import Owner, coordinated, standing
from extract.measurements.reading import Reading
from extract.measurements.things import Thing
from extract.measurements.vocabulary import data
from ontology.quantities import QuantityMatch

_PART_REACH = 90
_LEAST_STANDING = -22


def resolve(
    thing: Thing, quantity: QuantityMatch, key: str, reading: Reading, earlier: Sequence[Owner]
) -> tuple[Thing, ...]:
    """The materials that a thing stands for: usually itself.

    ``earlier`` are owners of the values before this one, the last one last.
    """
    examples = _examples(thing, quantity, reading)
    if examples:
        return examples
    is_cell_property = key in data("cues.yaml")["cell_properties"]
    if thing.role == "cell" and is_cell_property and thing.is_generic:
        part = _part(thing, reading)
        if part is not None:
            return (part,)
    apposition = _apposition(thing, reading)
    if apposition is not None:
        return (apposition,)
    if key.startswith("synthesis") and _is_ingredient(thing):
        return _earlier(thing, quantity, key, reading, earlier) or (thing,)
    if thing.role == "cell" and thing.is_generic and is_cell_property:
        same = [owner.thing for owner in earlier if owner.key in data("cues.yaml")["cell_properties"]]
        if same:
            return (same[-1],)
    anaphoric = thing.is_generic and thing.is_definite and not _is_described(thing, reading)
    if anaphoric and key not in data("cues.yaml")["of_parts"]:
        named = _antecedents(thing, reading) or _earlier(thing, quantity, key, reading, earlier)
        if named:
            return named
    return (thing,)


def _is_described(thing: Thing, reading: Reading) -> bool:
    """Whether a general noun is told apart by what follows: "the membrane containing 1% LiI"."""
    return re.match(rf" (?:{_part_words()})\b", reading.text[thing.end : thing.end + 20]) is not None


def _is_ingredient(thing: Thing) -> bool:
    words = data("cues.yaml")["ingredients"]
    return any(name.casefold() in words for name in thing.names)


def _examples(thing: Thing, quantity: QuantityMatch, reading: Reading) -> tuple[Thing, ...]:
    """The things that "such as" or "like" introduces between a name and its number."""
    following = [
        other
        for other in reading.things
        if thing.end <= other.start and other.end <= quantity.start and not other.is_generic
    ]
    for place, other in enumerate(following):
        if re.fullmatch(
            rf"[^.;:()]{{0,60}}?,? (?:{_example_words()}) ", reading.text[thing.end : other.start]
        ):
            listed = [other]
            for following_thing in following[place + 1 :]:
                between = reading.text[listed[-1].end : following_thing.start]
                if re.fullmatch(r",? (?:and|or) |, ", between) is None:
                    break
                listed.append(following_thing)
            return tuple(listed)
    return ()


def _apposition(thing: Thing, reading: Reading) -> Thing | None:
    """The name that follows a general noun after a comma: the best sample, CPE-4, is …"""
    if not thing.is_generic:
        return None
    return next(
        (other for other in reading.things if reading.text[thing.end : other.start] in (", ", " (")), None
    )


def _part(cell: Thing, reading: Reading) -> Thing | None:
    """The active material of a cell: "the battery with a TiS2 cathode"; the first other part where no cathode is named."""
    end = reading.sentences[reading.sentence_of(cell.start)][1]
    window = reading.text[cell.end : min(end, cell.end + _PART_REACH)]
    if not re.match(rf"[\w ,()-]{{0,20}}?(?:{_part_words()})\b", window):
        return None
    parts = [
        thing
        for thing in reading.things
        if cell.end <= thing.start < cell.end + len(window)
        and not thing.is_generic
        and thing.role not in ("solvent", "cell")
    ]
    cathodes = [thing for thing in parts if thing.role == "cathode"]
    others = [thing for thing in parts if thing.role not in ("electrolyte", "anode")]
    return next(iter((*cathodes, *others)), None)


def _antecedents(thing: Thing, reading: Reading) -> tuple[Thing, ...]:
    meant = [mention.head for mention in reading.antecedents.get(thing.head, ())]
    found = [other for other in reading.things if other.head in meant and not other.is_generic]
    return tuple(found if _is_plural(thing, reading) else found[:1])


def _earlier(
    thing: Thing, quantity: QuantityMatch, key: str, reading: Reading, earlier: Sequence[Owner]
) -> tuple[Thing, ...]:
    """The last explicit owner in this sentence or the two before it, or else the nearest explicit name."""
    number = reading.sentence_of(quantity.start)
    best: tuple[float, Thing] | None = None
    for other in reading.things:
        distance = number - reading.sentence_of(other.start)
        if other.end > quantity.start or distance > 2 or other.is_generic or other.is_element:
            continue
        if not _can_stand_for(other, thing):
            continue
        recent = any(owner.thing is other for owner in earlier[-2:])
        score = standing(other, key, reading) - 8 * distance + 12 * recent
        if best is None or score >= best[0]:
            best = (score, other)
    if best is None or best[0] < _LEAST_STANDING:
        return ()
    plural = _is_plural(thing, reading) or key.startswith("synthesis")
    return coordinated(best[1], reading) if plural else (best[1],)


def _can_stand_for(named: Thing, general: Thing) -> bool:
    """Whether a named thing can be the electrolyte, the cathode or the sample that a general noun speaks of."""
    if general.role in ("electrolyte", "cathode", "anode"):
        return named.role == general.role or (not named.role and named.is_formula)
    return named.role not in ("solvent", "cell")


def _is_plural(thing: Thing, reading: Reading) -> bool:
    return reading.doc[thing.head].tag_ in ("NNS", "NNPS")


@cache
def _example_words() -> str:
    return "|".join(data("cues.yaml")["examples"])


@cache
def _part_words() -> str:
    return "|".join(data("cues.yaml")["parts"])
