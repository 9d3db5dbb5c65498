"""From what people call a thing to the things of a store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pyoxigraph as ox

from kg.assembly import entities
from kg.matching import matching
from kg.model import Claim
from kg.vocabulary import lg
from ontology.formula import parse_formula
from ontology.grounding import ground
from ontology.lexicon import Lexicon
from ontology.names import normalise


def find_things(
    name: str, store: ox.Store, *, lexicon: Lexicon, retracted: Callable[[], Sequence[Claim]]
) -> frozenset[str]:
    """The IRIs of the things that a name stands for: by label, else by composition, else by any name.

    An IRI stands for itself. ``retracted`` gives the claims that rest on retracted works alone, which are
    asked where no other bears the name. Empty where nothing does.
    """
    if "://" in name:
        return frozenset((name,))
    grounded = ground(name, lexicon=lexicon)
    found = set(_bearing(store, "labelKey", normalise(name)))
    if grounded.reason not in ("head", "minted") and _speaks_of(store, grounded.iri):
        found.add(grounded.iri)
    formula = parse_formula(name)
    if formula is not None and not found:
        found.update(_bearing(store, "compositionKey", formula.key))
    found = found or set(_bearing(store, "nameKey", normalise(name)))
    return frozenset(found or _spoken_of(retracted(), normalise(name)))


def _speaks_of(store: ox.Store, iri: str) -> bool:
    return bool(matching(store, ox.NamedNode(iri), lg("labelKey")))


def _bearing(store: ox.Store, predicate: str, key: str) -> Iterator[str]:
    for quad in matching(store, None, lg(predicate), ox.Literal(key), None):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


def _spoken_of(claims: Sequence[Claim], key: str) -> Iterator[str]:
    """The things of a name that some claims speak of."""
    for claim in claims:
        for entity in entities(claim):
            if key in map(normalise, entity.names):
                yield entity.iri
