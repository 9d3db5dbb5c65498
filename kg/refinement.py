"""Refinement: which statements are special cases of which, as "P2O5 doping" is one of "oxide doping".

A statement refines another where both have the same relation (and the same value), and its things are those
of the other or special cases of them. A thing is a special case of another by the ontology (LiF-rich SEI of
interphase), by composition (Li6PS5Cl of Li6PS5X, β-Li3PS4 of Li3PS4) or by what qualifies its name (a thin
LiF coating of a LiF coating). Statements are linked and kept apart: none lends its belief to another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.model import Entity
from kg.naming import ground_entity
from kg.statements import Statement, statement_key
from kg.things import composition
from ontology.data_files import read_yaml
from ontology.formula import Formula, parse_formula
from ontology.grounding import ground, thing_iri
from ontology.lexicon import Lexicon, Term
from ontology.names import describing_words, normalise, prepositions


@dataclass(frozen=True, slots=True)
class Refinements:
    """Links between statements, by ``Statement.id``: to the next more general and more special ones."""

    general: Mapping[str, tuple[Statement, ...]]
    special: Mapping[str, tuple[Statement, ...]]


def refinements(statements: Sequence[Statement], *, lexicon: Lexicon) -> Refinements:
    """The links between statements; only to the nearest, so that a chain of three has two links."""
    broader = broader_things(
        (thing for each in statements for thing in (each.subject, each.object) if thing is not None),
        lexicon=lexicon,
    )
    by_key: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        by_key[statement_key(statement.claims[0])].append(statement)
    above = {key: tuple(_general_keys(key, found[0], broader, by_key)) for key, found in by_key.items()}
    general: dict[str, tuple[Statement, ...]] = {}
    special: dict[str, list[Statement]] = defaultdict(list)
    for key, keys in above.items():
        nearest = [
            each
            for each in keys
            if not any(each in above[other] and other not in above[each] for other in keys)
        ]
        linked = tuple(statement for each in nearest for statement in by_key[each])
        for statement in by_key[key] if linked else ():
            general[statement.id] = linked
            for other in linked:
                special[other.id].append(statement)
    return Refinements(general, {found: tuple(several) for found, several in special.items()})


def _general_keys(
    key: tuple[str, ...],
    statement: Statement,
    broader: Mapping[str, frozenset[str]],
    known: Mapping[tuple[str, ...], object],
) -> Iterator[tuple[str, ...]]:
    """The keys of the statements that say the same of broader things."""
    subject, relation, *said = key
    subjects = (subject, *sorted(broader.get(subject, ())))
    ends = [tuple(said)]
    if statement.object is not None:
        ends += [(each,) for each in sorted(broader.get(said[0], ()))]
    for wider in subjects:
        for end in ends:
            candidate = (wider, relation, *end)
            if candidate != key and candidate in known:
                yield candidate


def broader_things(things: Iterable[Entity], *, lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """From the IRI of each thing to those of the things among them that it is a special case of."""
    by_iri = {thing.iri: thing for thing in things}
    by_name: dict[str, set[str]] = defaultdict(set)
    families: list[tuple[str, Formula]] = []
    plain: dict[str, set[str]] = defaultdict(set)
    for iri, thing in by_iri.items():
        by_name[normalise(thing.label)].add(iri)
        formula = parse_formula(thing.label)
        if formula is not None and formula.generic:
            families.append((iri, formula))
        elif formula is not None and not formula.phase:
            plain[formula.key].add(iri)
    found = {}
    for iri, thing in by_iri.items():
        wider = {thing_iri(term.label) for term in _terms_above(thing, lexicon)} & by_iri.keys()
        for name in _wider_names(thing.label, lexicon):
            wider |= {each for each in by_name.get(name, ()) if by_iri[each].kind == thing.kind}
        formula = parse_formula(thing.label)
        if formula is None or formula.phase:
            wider |= plain.get(composition(thing.label)[0], set())
        if formula is not None and not formula.generic:
            wider |= {each for each, family in families if family.matches(formula)}
        if wider - {iri}:
            found[iri] = frozenset(wider - {iri})
    return found


def _terms_above(thing: Entity, lexicon: Lexicon) -> Iterator[Term]:
    """The classes of a thing; of a name that only ends in a term's name, if nothing turns it around."""
    grounding = ground_entity(thing, lexicon=lexicon)
    words = normalise(thing.label).split()
    if grounding.term is None or (grounding.reason == "head" and not _turning().isdisjoint(words)):
        return
    for iri in grounding.term.ancestors:
        if iri in lexicon.terms:
            yield lexicon.terms[iri]


def _wider_names(label: str, lexicon: Lexicon) -> Iterator[str]:
    """The keys of wider names: without the first words, or with a wider word in their place."""
    written = label.split()
    if len(written) < 2 or not prepositions().isdisjoint(written):
        return
    for at in range(1, len(written)):
        first, rest = " ".join(written[:at]), normalise(" ".join(written[at:]))
        if not rest or not _turning().isdisjoint(normalise(first).split()):
            return
        yield rest
        term = ground(first, lexicon=lexicon).term
        for iri in term.ancestors[1:] if term else ():
            if iri in lexicon.terms:
                yield from (f"{name} {rest}" for name in _bare_names(lexicon.terms[iri]))


def _bare_names(term: Term) -> set[str]:
    """The keys of a term's label, whole and without the words that only tell its kind ("oxide dopant")."""
    words = normalise(term.label).split()
    bare = " ".join(word for word in words if word not in describing_words(term.kind))
    return {" ".join(words), bare} - {""}


@cache
def _turning() -> frozenset[str]:
    data = read_yaml(Path(__file__).with_name("refinement.yaml"))
    return frozenset(data["turning"].split())
