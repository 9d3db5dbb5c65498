"""What a name's surroundings say for and against its being the owner of a value."""

from __future__ import annotations

from extract.measurements.reading import Reading
from extract.measurements.things import Thing
from extract.measurements.vocabulary import after, before, data, pattern, word_set, words
from ontology.quantities import QuantityMatch

#: How far before a name the words that speak against it may begin.
_REACH = 120


def standing(thing: Thing, key: str, reading: Reading, *, compared: bool = True) -> float:
    """The score that the surroundings of a name give it as the owner of a value of a property.

    Comparison, precursors, solvents, families and apparatus speak against it, its part in a cell for or
    against it. ``compared`` is False where a bracket ties the value to the name all the same.
    """
    weights = data("owners")["weights"]
    preceding = reading.text[max(0, thing.start - _REACH) : thing.start]
    following = reading.text[thing.end : thing.end + _REACH]
    score = 0.0
    if compared and (
        before("owners", "comparison").search(preceding) or pattern("owners", "compared").search(preceding)
    ):
        score += weights["comparison"]
    if (
        pattern("owners", "precursor_list").search(preceding)
        or before("owners", "precursors").search(preceding)
        or (following.startswith(" ") and after("owners", "precursors_after").match(following, 1))
    ):
        score += weights["precursor"]
    if after("owners", "family_after").match(following):
        score += weights["family"]
    if words("owners", "apparatus").search(reading.text, thing.start, thing.end):
        score += weights["apparatus"]
    return score + _own_score(thing, key)


def is_denied(thing: Thing, at: int, reading: Reading) -> bool:
    """Whether the text says that no such thing has the value at an offset: no oxide … is known."""
    preceding = reading.text[max(0, thing.start - _REACH) : thing.start]
    if pattern("owners", "denied").search(preceding) is None:
        return False
    return pattern("owners", "new_clause").search(reading.text, thing.end, at) is None


def is_not_had(key: str, quantity: QuantityMatch, reading: Reading) -> bool:
    """Whether a number is only asked for ("a target of 500 Wh/kg") or tells what is gone ("loses 10%")."""
    start = reading.sentences[reading.sentence_of(quantity.start)][0]
    preceding = reading.text[max(start, quantity.start - _REACH) : quantity.start]
    if pattern("cues", "wanted").search(preceding):
        return True
    return key in word_set("cues", "left_over") and pattern("cues", "lost").search(preceding) is not None


def is_topic(thing: Thing, reading: Reading) -> bool:
    """Whether a thing is the subject of its clause."""
    return reading.doc[thing.head].dep_ in ("nsubj", "nsubjpass")


def _own_score(thing: Thing, key: str) -> float:
    """The score of what a thing is, wherever it stands."""
    weights = data("owners")["weights"]
    of_cell = key in word_set("owners", "cell_properties")
    score = 0.0
    if thing.role == "solvent":
        score += weights["solvent"]
    if thing.is_element:
        score += weights["element"]
    if thing.kind != "Material":
        score += weights["weak_kind"]
    if thing.is_generic:
        score += weights["general"] / 2 if thing.role == "cell" and of_cell else weights["general"]
    if of_cell and key != "voltage":
        if thing.role == "electrolyte":
            score += weights["electrolyte"]
        elif thing.role == "anode" and key != "coulombic_efficiency":
            score += weights["wrong_role"]
        elif thing.role == "cathode" and not thing.is_generic:
            score += weights["right_role"]
    elif key.endswith("conductivity") and thing.role in ("cell", "anode"):
        score += weights["wrong_role"]
    return score
