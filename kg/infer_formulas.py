"""What formulas say of things: equal compositions, members of general formulas, ions and their ratios."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import permutations

import pyoxigraph as ox

from kg import vocabulary as v
from kg.inference import Inferred
from kg.matching import matching
from kg.vocabulary import lg
from ontology.descriptors import Descriptors, describe_formula
from ontology.formula import Formula, parse_formula

_DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def infer_by_formula(store: ox.Store, *, named_in: Mapping[str, frozenset[str]]) -> Iterator[Inferred]:
    """Equal compositions, members of general formulas; ``named_in`` are the claims that name each thing."""
    labels = {
        _value(quad.subject): _value(quad.object) for quad in matching(store, None, v.PREF_LABEL, None, None)
    }
    formulas = {
        thing: found
        for thing, label in labels.items()
        if thing in named_in and (found := parse_formula(label)) is not None
    }
    yield from _equal(store, named_in)
    yield from _members(formulas, named_in)
    yield from _described(formulas, named_in)


def _equal(store: ox.Store, named_in: Mapping[str, frozenset[str]]) -> Iterator[Inferred]:
    """Things with the key of one compound; that of a series (Li2S-P2S5) or an element tells none."""
    of: dict[str, set[str]] = defaultdict(set)
    for quad in matching(store, None, lg("compositionKey"), None, None):
        of[_value(quad.object)].add(_value(quad.subject))
    relation = lg("same_composition_as").value
    for key, things in sorted(of.items()):
        formula = parse_formula(key)
        if formula is not None and formula.kind == "compound" and not formula.generic:
            for one, other in permutations(sorted(things), 2):
                yield _statement(one, relation, other, "composition", named_in)


def _members(formulas: Mapping[str, Formula], named_in: Mapping[str, frozenset[str]]) -> Iterator[Inferred]:
    by_element: dict[str, set[str]] = defaultdict(set)
    for thing, formula in formulas.items():
        for symbol in formula.elements if not formula.generic else ():
            by_element[symbol].add(thing)
    relation = lg("has_member").value
    for thing, formula in sorted(formulas.items()):
        if formula.generic:
            sets = [by_element[symbol] for symbol in formula.elements if symbol in by_element]
            for other in sorted(set.intersection(*sets)) if sets else ():
                if formulas[other].kind == formula.kind and formula.matches(formulas[other]):
                    yield _statement(thing, relation, other, "formula", named_in)


def _described(formulas: Mapping[str, Formula], named_in: Mapping[str, frozenset[str]]) -> Iterator[Inferred]:
    """Mobile ion, anion framework and ratios of compounds, as classes by composition ask for them."""
    for thing, formula in sorted(formulas.items()):
        found = describe_formula(formula)
        for name, value in _facts(found) if found else ():
            yield _statement(thing, lg(name).value, value, "formula", named_in)


def _facts(found: Descriptors) -> Iterator[tuple[str, ox.Literal]]:
    yield "mobileIon", ox.Literal(found.mobile_ion)
    yield "mainAnion", ox.Literal(found.main_anion)
    ratios = {
        "anionsPerFormula": found.anions_per_formula,
        "anionsPerCentre": found.anions_per_centre,
        "anionsPerLargeCation": found.anions_per_large_cation,
    }
    for name, number in ratios.items():
        if number is not None:
            yield name, ox.Literal(str(number), datatype=_DECIMAL)


def _statement(
    one: str, relation: str, other: str | ox.Literal, rule: str, named_in: Mapping[str, frozenset[str]]
) -> Inferred:
    """A statement that rests on how things are named: one claim for each shows it."""
    names = (one, other) if isinstance(other, str) else (one,)
    shown = {min(claims) for claims in (named_in.get(name) for name in names) if claims}
    return Inferred(one, relation, other, rule, tuple(sorted(shown)), 1, 0)


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
