"""Conditions of a claim: which of those in the graph a name or a quantity in a question means."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from ontology.names import normalise
from ontology.quantities import QuantityMatch, find_quantities
from queries.form import Condition
from queries.graph_index import GraphIndex
from queries.parse.naming import Named, resolve
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
    named = _spelt_out(named, index)
    wanted = set(named.nodes)
    if key != "form":
        wanted.update(node for term in named.terms for node in index.members(term.iri))
    keys = {normalise(name) for name in (named.text, named.label)}
    keys.update(normalise(name) for term in named.terms for name in term.names)
    bare = _without_nouns(keys) if named.kinds == {"SynthesisMethod"} else set()
    said = {
        normalise(name) for node in named.nodes for name in (index.labels[node], *index.names[node])
    } - keys
    stemmed = stems(named.text)
    detailed = any(word.isdigit() for word in stemmed)
    found = [
        value
        for condition in _SEARCHED.get(key, (key,))
        for value in index.conditions.get(condition, ())
        if value in wanted
        or _is_only(index.labels.get(value, value), keys)
        or (condition == "method" and normalise(index.labels.get(value, value)) in bare)
        or stems(index.labels.get(value, value)) == stemmed
        or (detailed and stemmed < stems(index.labels.get(value, value)))
        or (_is_only(index.labels.get(value, value), keys | said) and not _is_wider(value, named, index))
    ]
    values = tuple(dict.fromkeys(found))
    aliases = _aliases(named, keys, values, index) if key in ("", "method") else ()
    return Condition("" if key == "method" else key, named.text, values, aliases=aliases)


def _aliases(named: Named, keys: set[str], values: tuple[str, ...], index: GraphIndex) -> tuple[str, ...]:
    """The name as written for methods that claims call by a wider name first: "quenching, melt-quenching".

    A narrower method that is also called so is another one: hot pressing is not all pressing.
    """
    found: dict[str, None] = {}
    for node in index.conditions.get("method", ()):
        names = [name for name in index.names.get(node, ()) if normalise(name) in keys]
        if not names or node in values:
            continue
        if _is_wider(node, named, index):
            found |= dict.fromkeys(names)
    return tuple(found)


def _is_wider(value: str, named: Named, index: GraphIndex) -> bool:
    """Whether a value stands for a class that has what is named among its members, and is another one."""
    whole = resolve(index.labels.get(value, value), index)
    terms = set(whole.terms) - set(named.terms) if whole and named.nodes else set()
    return any(set(named.nodes) <= set(index.members(term.iri)) for term in terms)


def _without_nouns(names: set[str]) -> set[str]:
    """The names of a method without the noun that says that it is one: "liquid phase"."""
    nouns = [f" {noun}" for noun in vocabulary_data()["nouns"]["method"]["words"]]
    return {name.removesuffix(noun) for name in names for noun in nouns if name.endswith(noun)}


def _spelt_out(named: Named, index: GraphIndex) -> Named:
    """A method whose name lacks its noun with what the whole name means: "liquid phase" synthesis."""
    if named.kinds != {"SynthesisMethod"} or named.terms:
        return named
    nouns = vocabulary_data()["nouns"]["method"]["words"]
    whole = (resolve(f"{named.text} {noun}", index) for noun in nouns)
    found = next((each for each in whole if each and each.terms and each.kinds == named.kinds), None)
    if found is None:
        return named
    nodes = tuple(dict.fromkeys((*named.nodes, *found.nodes)))
    return replace(named, nodes=nodes, terms=found.terms)


def values_naming(named: Named, index: GraphIndex) -> tuple[str, ...]:
    """The values of conditions in whose words a name stands, among others: "annealing and pressing"."""
    wanted = stems(named.text)
    values = (value for key in _SEARCHED[""] for value in index.conditions.get(key, ()))
    return tuple(value for value in values if wanted <= stems(index.labels.get(value, value)))


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
