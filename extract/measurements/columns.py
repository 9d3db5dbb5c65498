"""What each column of a table holds: a material, a property with its unit, a condition, references."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from extract.document import Table
from extract.measurements.cues import property_key
from extract.measurements.vocabulary import WordList, data, word_list
from ontology.lexicon import Lexicon
from ontology.quantities import find_quantities
from ontology.units import Unit, parse_unit, same_dimension

_BRACKETS = re.compile(r"\[([^\[\]]*)\]|\(([^()]*(?:\([^()]*\))?[^()]*)\)")
_LONGEST_NAME = 6
_FOOTNOTE = re.compile(r"\^\{?[a-z]\)?\}?\)?|(?<=[a-z])\^?[*†‡§]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header in full, its role (one of columns.yaml, ``property`` or empty).

    ``property`` is the key of a measured property; ``unit`` and ``scale`` are those of the header
    (``10^-3 S/cm`` has scale 0.001); ``level`` is the part of the cell that an energy density counts.
    """

    index: int
    header: str
    role: str
    property: str = ""
    unit: Unit | None = None
    scale: float = 1.0
    level: str = ""


def table_columns(table: Table, *, lexicon: Lexicon) -> tuple[Column, ...]:
    """The columns of a table, read from its header rows."""
    return tuple(_column(index, header, lexicon) for index, header in enumerate(full_headers(table)))


def full_headers(table: Table) -> tuple[str, ...]:
    """The header of each column from top to bottom, a spanning one copied to its sub-columns."""
    rows = table.rows[: table.header_rows]
    width = max((len(row.cells) for row in table.rows), default=0)
    texts = [[row.cells[i].text if i < len(row.cells) else "" for i in range(width)] for row in rows]
    for upper, lower in pairwise(texts):
        for i in range(1, width):
            if not upper[i] and lower[i]:
                upper[i] = upper[i - 1]
    stacks = ([row[i] for row in texts if row[i]] for i in range(width))
    return tuple(" ".join(_FOOTNOTE.sub("", " ".join(dict.fromkeys(stack))).split()) for stack in stacks)


def _column(index: int, header: str, lexicon: Lexicon) -> Column:
    unit, scale = _unit(header)
    words = re.sub(r"\s+", " ", _BRACKETS.sub(" ", header)).strip()
    if _roles().find(words) == "ignored" or _roles().find(header) == "ignored":
        return Column(index, header, "ignored")
    key = next(filter(None, (_property(text, unit, lexicon) for text in (words, header, _mended(words)))), "")
    if key:
        return Column(index, header, "property", key, unit, scale, _levels().find(words))
    return Column(index, header, _roles().find(words), unit=unit, scale=scale)


def _mended(words: str) -> str:
    """The header with torn symbols joined, as PDF conversion leaves them: E a for Ea."""
    return re.sub(r"(?<!\w)(\w) (?=\w+(?!\w))", r"\1", words)


def _unit(header: str) -> tuple[Unit | None, float]:
    """The unit named in a header, with the power of ten written before it."""
    inside = [square or round_ for square, round_ in _BRACKETS.findall(header)]
    after = re.split(r"\s/\s|,\s", header)[1:]
    for part in (*inside, *after):
        text = part.strip().lstrip("×x* ")
        unit = parse_unit(text)
        if unit is not None:
            return unit, 1.0
        quantities = find_quantities(text)
        if len(quantities) == 1 and (quantities[0].start, quantities[0].end) == (0, len(text)):
            return quantities[0].unit, quantities[0].value
    return None, 1.0


def _property(words: str, unit: Unit | None, lexicon: Lexicon) -> str:
    """The property that the header names and whose unit fits, the longest name first; empty if none does."""
    tokens = re.findall(r"[^\s,;]+", words)
    for size in range(min(len(tokens), _LONGEST_NAME), 0, -1):
        for first in range(len(tokens) - size + 1):
            for term in lexicon.lookup(" ".join(tokens[first : first + size])):
                key = property_key(term, lexicon=lexicon)
                if key and (unit is None or same_dimension(unit, lexicon.properties[key].unit)):
                    return key
    return ""


@cache
def _roles() -> WordList:
    return word_list(data("columns")["roles"])


@cache
def _levels() -> WordList:
    return word_list(data("columns")["levels"])
