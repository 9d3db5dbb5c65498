"""Conditions of a claim: which of those in the graph a name or a quantity in a question means."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from ontology.names import normalise
from ontology.quantities import QuantityMatch, find_quantities
from queries.form import Condition
from queries.graph_index import GraphIndex
from queries.parse.naming import Named
from queries.parse.vocabulary import vocabulary_data
from queries.parse.words import stems

#: Where a condition may stand: papers give hot pressing as a method and hot-pressed as a form.
_SEARCHED = {
    "": ("method", "form", "solvent", "electrolyte", "cathode", "anode"),
    "method": ("method", "form"),
    "form": ("form",),
}
_PARTS = re.compile(r"[/&(),;+]| and ")


def word_condition(word: str) -> str:
    """The condition that a noun beside a name tells: "Li4Ti5O12 anode", "ethanol solution".

    >>> word_condition("anode"), word_condition("solution"), word_condition("glass")
    ('anode', 'solvent', '')
    """
    lower = word.casefold()
    conditions = vocabulary_data()["conditions"]
    found = (key for key, words in conditions.items() if lower in words or lower.removesuffix("s") in words)
    return next(found, "")


def matching_condition(key: str, named: Named, index: GraphIndex) -> Condition:
    """The condition that a name means: the values that are it, are of its class, or name it twice over."""
    wanted = set(named.nodes)
    if key != "form":
        wanted.update(node for term in named.terms for node in index.members(term.iri))
    keys = {normalise(name) for name in (named.text, named.label)}
    keys.update(normalise(name) for term in named.terms for name in term.names)
    for node in named.nodes:
        keys.update(normalise(name) for name in (index.labels[node], *index.names[node]))
    stemmed = stems(named.text)
    detailed = any(word.isdigit() for word in stemmed)
    found = [
        value
        for condition in _SEARCHED.get(key, (key,))
        for value in index.conditions.get(condition, ())
        if value in wanted
        or _is_only(index.labels.get(value, value), keys)
        or stems(index.labels.get(value, value)) == stemmed
        or (detailed and stemmed < stems(index.labels.get(value, value)))
    ]
    return Condition("" if key == "method" else key, named.text, tuple(dict.fromkeys(found)))


def property_conditions(text: str, classes: Collection[str], index: GraphIndex) -> tuple[Condition, ...]:
    """What the name of a property says of its measurement: "initial discharge capacity", "overpotential"."""
    data = vocabulary_data()
    found = [
        Condition("method", word, _methods_with(word, index))
        for name, word in data["told_by_method"].items()
        if name in classes
    ]
    words = text.casefold().replace("-", " ").split()
    for word in words:
        told = data["told_by_word"].get(word, {})
        if "cycles" in told:
            found.append(Condition("cycles", f"{word} cycle", low=told["cycles"], high=told["cycles"]))
        if other := told.get("not_method"):
            values = tuple(
                each for each in _methods_with(other, index) if each not in _methods_with(word, index)
            )
            found.append(Condition("method", f"not in {other}", values, excluded=True))
    return tuple(found)


def _methods_with(word: str, index: GraphIndex) -> tuple[str, ...]:
    """The methods of claims that are called by a word."""
    values = index.conditions.get("method", ())
    return tuple(value for value in values if word in normalise(index.labels.get(value, "")).split())


@lru_cache(maxsize=16384)
def _parts(label: str) -> frozenset[str]:
    return frozenset(normalise(part) for part in _PARTS.split(label))


def _is_only(label: str, keys: set[str]) -> bool:
    """Whether a written value names one thing: "tetrahydrofuran (THF)", not a mixture."""
    if normalise(label.partition(" (")[0]) in keys:
        return True
    parts = _parts(label) - {""}
    return bool(parts) and parts <= keys


def quantity_condition(
    key: str, quantity: QuantityMatch, comparator: str, span: tuple[float, float], index: GraphIndex
) -> Condition:
    """A numeric condition: above or below the span that is asked for, else within the tolerance for its key.

    A rate or current is compared with what is written.
    """
    data = vocabulary_data()
    sign = comparator or quantity.comparator
    word = data["limits"].get(sign, "")
    tolerance = 0.0 if word else data["tolerance"].get(key, 0.001)
    low = None if sign in ("<", "<=") else span[0] - tolerance
    high = None if sign in (">", ">=") else span[1] + tolerance
    label = f"{word} {quantity.as_written}".strip()
    if key not in ("c_rate", "current_density"):
        return Condition(key, label, low=low, high=high)
    values = [
        text
        for text in index.conditions.get(key, ())
        if any((low is None or low <= each) and (high is None or each <= high) for each in _numbers(text))
    ]
    return Condition(key, label, tuple(values))


def written_condition(quantity: QuantityMatch, index: GraphIndex) -> Condition:
    """The conditions in whose words a quantity stands: "stripping at 7 MPa"."""
    symbol = quantity.unit.symbol if quantity.unit else ""
    values = [
        value
        for key in _SEARCHED[""]
        for value in index.conditions.get(key, ())
        if (symbol, quantity.value) in _measures(index.labels.get(value, value))
    ]
    return Condition("", quantity.as_written, tuple(values))


@lru_cache(maxsize=16384)
def _measures(text: str) -> frozenset[tuple[str, float]]:
    """The quantities with a unit that a text gives, by the symbol of the unit."""
    return frozenset((each.unit.symbol, each.value) for each in find_quantities(text) if each.unit)


@lru_cache(maxsize=4096)
def _numbers(text: str) -> tuple[float, ...]:
    return tuple(quantity.value for quantity in find_quantities(text, bare=True))
