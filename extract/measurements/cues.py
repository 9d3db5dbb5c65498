"""Where a text names a measured property: by a name of the ontology or by a turn of phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract.measurements.vocabulary import data, pattern, words_pattern
from ontology.lexicon import Lexicon, Term
from ontology.quantities import QuantityMatch, find_quantities
from ontology.units import parse_unit

_NUMBER = r"[~≈<>]?\d"


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of text that names a measured property; with an empty key, something else of a ``unit``."""

    start: int
    end: int
    key: str
    unit: str


def property_key(term: Term, *, lexicon: Lexicon) -> str:
    """The key of the measured property that a term is or specialises; empty for any other term."""
    by_iri = {item.term.iri: key for key, item in lexicon.properties.items()}
    return next((by_iri[iri] for iri in term.ancestors if iri in by_iri), "")


def find_cues(text: str, *, lexicon: Lexicon) -> tuple[Cue, ...]:
    """The names of measured properties in a text and the phrases that announce one, in text order."""
    cues: list[Cue] = []
    for key, names in (*_names(lexicon), *_phrases()):
        unit = lexicon.properties[key].unit
        cues.extend(Cue(match.start(), match.end(), key, unit) for match in names.finditer(text))
    for unit, names in _blockers():
        cues.extend(Cue(match.start(), match.end(), "", unit) for match in names.finditer(text))
    outer = [cue for cue in cues if not any(_covers(other, cue) for other in cues)]
    return tuple(sorted(outer, key=lambda cue: (cue.start, cue.end)))


def quantities_with(text: str, cues: Sequence[Cue]) -> tuple[QuantityMatch, ...]:
    """The quantities of a text, and the bare numbers behind the names of properties that have no unit."""
    unitless = [cue for cue in cues if cue.unit == "1"]
    if not unitless:
        return tuple(find_quantities(text))
    found = []
    for match in find_quantities(text, bare=True):
        if match.unit is not None:
            found.append(match)
        elif any(pattern("cues", "unitless").fullmatch(text, cue.end, match.start) for cue in unitless):
            found.append(replace(match, unit=parse_unit("1")))
    return tuple(found)


def _covers(wide: Cue, narrow: Cue) -> bool:
    """Whether a longer name holds a shorter one of another property, as "theoretical capacity" does."""
    inside = wide.start <= narrow.start and narrow.end <= wide.end
    return inside and wide.key != narrow.key and (wide.start, wide.end) != (narrow.start, narrow.end)


_indexes: dict[int, tuple[Lexicon, tuple[tuple[str, re.Pattern[str]], ...]]] = {}


def _names(lexicon: Lexicon) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each measured property a pattern of its names and those of its kinds, built once for a lexicon."""
    held = _indexes.get(id(lexicon))
    if held is None:
        names: dict[str, list[str]] = {}
        for term in lexicon.terms.values():
            if key := property_key(term, lexicon=lexicon):
                names.setdefault(key, []).extend(map(_any_spelling, (term.label, *term.alt_labels)))
                names[key].extend(f"(?-i:{re.escape(label)})" for label in term.exact_labels)
        patterns = tuple((key, _any_of(found)) for key, found in names.items())
        held = _indexes[id(lexicon)] = (lexicon, patterns)
    return held[1]


def _any_of(spellings: list[str]) -> re.Pattern[str]:
    ordered = "|".join(sorted(spellings, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{ordered})(?!\w)", re.IGNORECASE)


def _any_spelling(name: str) -> str:
    """A pattern for a name with hyphens or spaces, in the plural, an index without underscore (σ_RT)."""
    parts = [re.escape(word).replace("_", "_?") for word in re.split(r"[ -]", name)]
    last = parts[-1]
    parts[-1] = f"{last[:-1]}(?:y|ies)" if last.endswith("y") else f"{last}s?"
    return "[ -]".join(parts)


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["property"], re.compile(rf"(?<!\w)(?:{row['pattern'].replace('{q}', _NUMBER)})", re.IGNORECASE))
        for row in data("cues")["phrases"]
    )


@cache
def _blockers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((unit, words_pattern(names)) for unit, names in data("cues")["blockers"].items())
