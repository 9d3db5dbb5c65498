"""Which measured property a number gives: by the names and turns of phrase around it and by its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.measurements.reading import Reading
from extract.measurements.vocabulary import data, words_pattern
from ontology.lexicon import Lexicon, Term
from ontology.quantities import QuantityMatch
from ontology.units import Unit, same_dimension

#: Between a number and the property behind it: 8 mS/cm room-temperature conductivity.
_ATTACHED = re.compile(r"[ -]?(?:(?!(?:and|with|of|at|in|for|to|a|an|the|by|from|on|over|after)\b)[\w-]+ )?")
#: Between the bare word voltage or potential and its number.
_BARE_LINK = re.compile(
    r"(?: (?:of|is|was|at|around|about|near|between|from|up to|as|high|low|window|range|ranges|limit|plateau|gap)| ?[=:(]){0,4} ?[~≈<>]?"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of text that names a measured property; with an empty key, something else of a ``unit``."""

    start: int
    end: int
    key: str
    unit: str = ""


def property_key(term: Term, *, lexicon: Lexicon) -> str:
    """The key of the measured property that a term is or specialises; empty for any other term."""
    by_iri = {item.term.iri: key for key, item in lexicon.properties.items()}
    return next((by_iri[iri] for iri in term.ancestors if iri in by_iri), "")


def find_cues(reading: Reading, *, lexicon: Lexicon) -> tuple[Cue, ...]:
    """The names of measured properties in a passage and the phrases that announce one, in text order."""
    cues = [
        Cue(match.start(), match.end(), key)
        for key, pattern in _names(lexicon)
        for match in pattern.finditer(reading.text)
    ]
    for key, pattern in _phrases():
        cues.extend(Cue(match.start(), match.end(), key) for match in pattern.finditer(reading.text))
    for unit, pattern in _blockers():
        cues.extend(Cue(match.start(), match.end(), "", unit) for match in pattern.finditer(reading.text))
    outer = [cue for cue in cues if not any(_covers(other, cue) for other in cues)]
    return tuple(sorted(outer, key=lambda cue: (cue.start, cue.end)))


def _covers(wide: Cue, narrow: Cue) -> bool:
    """Whether a longer name holds a shorter one of another property: a theoretical capacity is no capacity."""
    inside = wide.start <= narrow.start and narrow.end <= wide.end
    return inside and wide.key != narrow.key and (wide.start, wide.end) != (narrow.start, narrow.end)


@cache
def _blockers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((unit, words_pattern(words)) for unit, words in data("cues.yaml")["blockers"].items())


_indexes: dict[int, tuple[Lexicon, list[tuple[str, re.Pattern[str]]]]] = {}


def _names(lexicon: Lexicon) -> list[tuple[str, re.Pattern[str]]]:
    """For each measured property a pattern of its names and those of its kinds, built once for a lexicon."""
    held = _indexes.get(id(lexicon))
    if held is None:
        names: dict[str, list[str]] = {}
        for term in lexicon.terms.values():
            if key := property_key(term, lexicon=lexicon):
                names.setdefault(key, []).extend(map(_any_spelling, (term.label, *term.alt_labels)))
                names[key].extend(f"(?-i:{re.escape(label)})" for label in term.exact_labels)
        patterns = [
            (
                key,
                re.compile(
                    rf"(?<!\w)(?:{'|'.join(sorted(found, key=len, reverse=True))})(?!\w)", re.IGNORECASE
                ),
            )
            for key, found in names.items()
        ]
        held = _indexes[id(lexicon)] = (lexicon, patterns)
    return held[1]


def _any_spelling(name: str) -> str:
    """A pattern for a name, with hyphens or spaces between its words and an optional plural."""
    words = [re.escape(word) for word in re.split(r"[ -]", name)]
    last = words[-1]
    words[-1] = f"{last[:-1]}(?:y|ies)" if last.endswith("y") else f"{last}s?"
    return "[ -]".join(words)


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    quantity = r"[~≈<>]?\d"
    return tuple(
        (row["property"], re.compile(rf"(?<!\w)(?:{row['pattern'].replace('{q}', quantity)})"))
        for row in data("cues.yaml")["phrases"]
    )


def property_of(
    quantity: QuantityMatch, reading: Reading, cues: tuple[Cue, ...], *, lexicon: Lexicon
) -> tuple[str, Cue | None]:
    """The key of the property that a quantity gives and the cue that says so; an empty key where none does."""
    assert quantity.unit is not None
    settings = data("cues.yaml")
    best: tuple[float, Cue] | None = None
    for cue in cues:
        if not fits(quantity.unit, cue.unit or lexicon.properties[cue.key].unit):
            continue
        score = _closeness(cue, quantity, reading, reach=settings["reach"].get(cue.key))
        if score is not None and (best is None or score >= best[0]):
            best = (score, cue)
    if best is not None and (best[1].key or best[0] > 14):
        return best[1].key, best[1]
    for unit, key in settings["defaults"].items():
        if same_dimension(quantity.unit, unit):
            return str(key), None
    return "", None


def fits(unit: Unit, canonical: str) -> bool:
    """Whether a value in a unit can be one of a property; a share in percent is no number of cycles."""
    if canonical in ("%", "1"):
        return unit.symbol == canonical
    return same_dimension(unit, canonical)


def _closeness(cue: Cue, quantity: QuantityMatch, reading: Reading, *, reach: int | None) -> float | None:
    """How well a cue and a quantity belong together; None where they cannot."""
    first, last = _group_ends(quantity, reading)
    if reading.sentence_of(cue.start) != reading.sentence_of(quantity.start):
        return None
    bracket = reading.bracket_of(quantity.start)
    cue_bracket = reading.bracket_of(cue.start)
    score = 0.0
    if bracket is not None and cue_bracket == bracket:
        score += 30
    elif cue_bracket is not None and cue_bracket != bracket:
        score -= 10
    if cue.start >= last:
        between = reading.text[last : cue.start]
        words = len(between.split())
        if _ATTACHED.fullmatch(between):
            return score + 25 - words
        if _is_bare(cue, reading):
            return None
        score += 6
    elif cue.end <= first:
        between = reading.text[cue.end : first]
        words = len(between.split())
        score += 20
        if cue.key.startswith("synthesis") and not names_step(reading.text[cue.start : cue.end]):
            return None
        if _is_bare(cue, reading) and not _BARE_LINK.fullmatch(between):
            return None
    else:
        return score + 25
    if reach is not None and words > reach and score < 30:
        return None
    taken = [
        other
        for other in reading.quantities
        if other.group != quantity.group
        and other.unit is not None
        and quantity.unit is not None
        and min(cue.end, last) <= other.start < max(cue.start, first)
        and same_dimension(other.unit, quantity.unit)
    ]
    return score - 0.5 * words - 5 * min(len(taken), 2) - 4 * (";" in between)


def names_step(text: str) -> bool:
    """Whether a text names a step of making something: milling time, annealing temperature."""
    return _steps().search(text) is not None


@cache
def _steps() -> re.Pattern[str]:
    return words_pattern(data("cues.yaml")["processes"].split())


def _is_bare(cue: Cue, reading: Reading) -> bool:
    return reading.text[cue.start : cue.end].casefold() in data("cues.yaml")["bare_names"]


def _group_ends(quantity: QuantityMatch, reading: Reading) -> tuple[int, int]:
    """Where the list that a quantity is a member of starts and ends."""
    members = [other for other in reading.quantities if other.group == quantity.group]
    return members[0].start, members[-1].end
