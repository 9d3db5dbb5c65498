"""The things that claims speak of: their names, kinds, classes and composition as triples."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import vocabulary as v
from kg.model import Entity
from kg.naming import ground_entity, own_names
from kg.vocabulary import Triple, lg
from ontology.data_files import read_yaml
from ontology.formula import find_formulas, parse_formula
from ontology.formula_grammar import formula_data
from ontology.grounding import thing_iri
from ontology.lexicon import Lexicon
from ontology.names import describing_words, form_words, normalise

#: What a document's graph says of a thing, besides the relations in which it stands.
THING_PREDICATES = frozenset(
    (
        *(v.TYPE, v.PREF_LABEL, v.ALT_LABEL),
        *map(lg, ("labelKey", "nameKey", "compositionKey", "containsElement")),
    )
)


def thing_triples(mentioned: Iterable[Entity], *, lexicon: Lexicon) -> Iterator[Triple]:
    """Types, names, look-up keys and composition of each thing, from its mentions in one document."""
    mentions: dict[str, list[Entity]] = defaultdict(list)
    for entity in mentioned:
        mentions[entity.iri].append(entity)
    for iri, found in mentions.items():
        yield from _thing(iri, found, lexicon)


def _thing(iri: str, mentions: list[Entity], lexicon: Lexicon) -> Iterator[Triple]:
    node = ox.NamedNode(iri)
    names = Counter(name for entity in mentions for name in entity.names)
    kinds = {entity.kind for entity in mentions if entity.kind}
    groundings = [ground_entity(entity, lexicon=lexicon) for entity in set(mentions)]
    terms = {grounding.term.iri: grounding.term for grounding in groundings if grounding.term}
    own = next((term.label for term in terms.values() if thing_iri(term.label) == iri), "")
    label = own or _label(iri, mentions)
    kinds |= {term.kind for term in terms.values()}
    for kind in kinds:
        yield node, v.TYPE, lg(kind)
    for term_iri in terms:
        yield node, v.TYPE, ox.NamedNode(term_iri)
    yield node, v.PREF_LABEL, ox.Literal(label)
    for name in names:
        if name != label:
            yield node, v.ALT_LABEL, ox.Literal(name)
    firm = {label} | {name for entity in mentions for name in own_names(entity)}
    for predicate, found in ((lg("labelKey"), firm), (lg("nameKey"), {label, *names})):
        for key in {normalise(name) for name in found} - {""}:
            yield node, predicate, ox.Literal(key)
    if kinds & shape()["chemical_kinds"]:
        for name in firm:
            key, elements = composition(name)
            if key:
                yield node, lg("compositionKey"), ox.Literal(key)
            for element in elements:
                yield node, lg("containsElement"), ox.Literal(element)


def _label(iri: str, mentions: list[Entity]) -> str:
    """The most used first name; one from which the IRI was made is preferred."""
    counts = Counter(entity.label for entity in mentions)
    return min(counts, key=lambda name: (thing_iri(name) != iri, -counts[name], name))


@lru_cache(maxsize=65536)
def composition(name: str) -> tuple[str, tuple[str, ...]]:
    """The composition key of a name that is a formula, alone or with words of form, and its elements.

    >>> composition("Li7P3S11 glass-ceramic")
    ('Li7P3S11', ('Li', 'P', 'S'))
    >>> composition("LiI-doped Li3PS4")
    ('', ('I', 'Li', 'P', 'S'))
    >>> composition("polymer electrolyte")
    ('', ())
    """
    whole = parse_formula(name)
    formulas = [whole] if whole else [match.formula for match in find_formulas(name)]
    if not formulas:
        return "", ()
    symbols = {symbol for formula in formulas for symbol, _ in formula.amounts}
    elements = symbols & set(formula_data()["elements"])
    key = whole.key if whole else ""
    if not whole and len(formulas) == 1:
        rest = normalise(name.replace(formulas[0].text, " ", 1)).split()
        key = formulas[0].key if _form_words().issuperset(rest) else ""
    return key, tuple(sorted(elements))


@cache
def _form_words() -> frozenset[str]:
    """Words that say in which form a composition is there, or only that it is a material."""
    return form_words() | describing_words("Material")


@cache
def condition_kinds() -> dict[str, str]:
    """The conditions that name a thing, with the kind of the thing."""
    return dict(shape()["things"])


@cache
def shape() -> dict[str, Any]:
    """The data of shape.yaml."""
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("shape.yaml"))
    return data | {"chemical_kinds": frozenset(data["chemical_kinds"])}
