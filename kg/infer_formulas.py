"""What formulas say of things: which are of one composition, and which a general formula covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import permutations

import pyoxigraph as ox

from kg import vocabulary as v
from kg.inference import Inferred
from kg.vocabulary import lg
from ontology.formula import parse_formula


def infer_by_formula(store: ox.Store, *, named_in: Mapping[str, frozenset[str]]) -> Iterator[Inferred]:
    """Equal compositions, members of general formulas; ``named_in`` are the claims that name each thing."""
    yield from _equal(store, named_in)
    yield from _members(store, named_in)


def _equal(store: ox.Store, named_in: Mapping[str, frozenset[str]]) -> Iterator[Inferred]:
    """Things with the key of one compound; that of a series (Li2S-P2S5) or an element tells none."""
    of: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, lg("compositionKey"), None, None):
        of[_value(quad.object)].add(_value(quad.subject))
    relation = lg("same_composition_as").value
    for key, things in sorted(of.items()):
        formula = parse_formula(key)
        if formula is not None and formula.kind == "compound" and not formula.generic:
            for one, other in permutations(sorted(things), 2):
                yield _statement(one, relation, other, "composition", named_in)


def _members(store: ox.Store, named_in: Mapping[str, frozenset[str]]) -> Iterator[Inferred]:
    labels = {
        _value(quad.subject): _value(quad.object)
        for quad in store.quads_for_pattern(None, v.PREF_LABEL, None, None)
    }
    formulas = {
        thing: found
        for thing, label in labels.items()
        if thing in named_in and (found := parse_formula(label)) is not None
    }
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


def _statement(
    one: str, relation: str, other: str, rule: str, named_in: Mapping[str, frozenset[str]]
) -> Inferred:
    """A statement that rests on how two things are named: one claim for each shows it."""
    shown = {min(claims) for claims in (named_in.get(one), named_in.get(other)) if claims}
    return Inferred(one, relation, other, rule, tuple(sorted(shown)), 1, 0)


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
