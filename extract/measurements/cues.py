"""Where a text names a measured property: by a name of the ontology or by a turn of phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract.measurements.vocabulary import data, pattern, words_pattern
from ontology.lexicon import Lexicon, Term
from ontology.quantities import QuantityMatch, find_quantities
from ontology.units import parse_unit

_NUMBER = r"[~≈<>]?\d"
#: The beginning of a word. Two letters are the same in every spelling: capacity, capacities.
_WORD = re.compile(r"(?<!\w)[^\W_]{1,2}")


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
    cues = [Cue(*span, key, lexicon.properties[key].unit) for key, span in _named(text, lexicon)]
    for key, phrases in _phrases():
        unit = lexicon.properties[key].unit
        cues.extend(Cue(match.start(), match.end(), key, unit) for match in phrases.finditer(text))
    for unit, names in _blockers():
        cues.extend(Cue(match.start(), match.end(), "", unit) for match in names.finditer(text))
    outer = [
        cue for cue in cues if not any(_covers(other, cue) or _is_of(cue, other, text) for other in cues)
    ]
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


def _is_of(cue: Cue, other: Cue, text: str) -> bool:
    """Whether a name only tells what something else is of: layers in "the distance between the layers is"."""
    return (
        bool(cue.key)
        and not other.key
        and other.unit == cue.unit
        and pattern("cues", "of_another").fullmatch(text, other.end, cue.start) is not None
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """Patterns of the names of measured properties, by the ``beginning`` of a word or found ``anywhere``."""

    beginning: Mapping[str, Mapping[str, re.Pattern[str]]]
    anywhere: Mapping[str, re.Pattern[str]]


_indexes: dict[int, tuple[Lexicon, _Names]] = {}


def _names(lexicon: Lexicon) -> _Names:
    """The patterns of a lexicon's measured properties and their kinds, built once."""
    held = _indexes.get(id(lexicon))
    if held is None:
        held = _indexes[id(lexicon)] = (lexicon, _index(lexicon))
    return held[1]


def _index(lexicon: Lexicon) -> _Names:
    labels: dict[str, list[str]] = {}
    spellings: dict[str, list[str]] = {}
    for term in lexicon.terms.values():
        if key := property_key(term, lexicon=lexicon):
            loose = (term.label, *term.alt_labels)
            labels.setdefault(key, []).extend((*loose, *term.exact_labels))
            spellings.setdefault(key, []).extend(map(_any_spelling, loose))
            spellings[key].extend(f"(?-i:{re.escape(label)})" for label in term.exact_labels)
    beginning: dict[str, dict[str, re.Pattern[str]]] = {}
    anywhere: dict[str, re.Pattern[str]] = {}
    for key, written in spellings.items():
        found = _any_of(written)
        first = {_beginning(label) for label in labels[key]}
        if "" in first:
            anywhere[key] = found
        else:
            for letters in first:
                beginning.setdefault(letters, {})[key] = found
    return _Names(beginning, anywhere)


def _beginning(name: str) -> str:
    """The letters that a name begins with in every spelling, two at most; empty where it begins with none.

    >>> _beginning("Ionic conductivity"), _beginning("σ_RT"), _beginning("(001) peak")
    ('io', 'σ', '')
    """
    found = _WORD.match(name.casefold())
    return found[0] if found else ""


def _named(text: str, lexicon: Lexicon) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each name of a measured property in a text; only the patterns that can match there look at a word."""
    names = _names(lexicon)
    for key, spelling in names.anywhere.items():
        yield from ((key, match.span()) for match in spelling.finditer(text))
    ends: dict[str, int] = {}
    for word in _WORD.finditer(text):
        letters = word[0].casefold()
        candidates = {**names.beginning.get(letters[:1], {}), **names.beginning.get(letters, {})}
        for key, spelling in candidates.items():
            if word.start() >= ends.get(key, 0) and (match := spelling.match(text, word.start())):
                ends[key] = match.end()
                yield key, match.span()


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
