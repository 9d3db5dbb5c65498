"""The rows and columns of a gap matrix: the members of a class of the ontology at any level."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ontology.grounding import thing_iri
from ontology.lexicon import TERMS, Lexicon, Term, local_name
from queries.chains.model import Node


class DimensionError(ValueError):
    """A name that is no class of the ontology: says which, and what is near it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A row or column: one thing, or a class with the things of the graph that belong to it."""

    iri: str
    label: str
    things: frozenset[str]


def find_class(name: str, *, lexicon: Lexicon) -> Term:
    """The class of the ontology with a name ("failure mechanism", "FailureMechanism") or an IRI.

    Raises DimensionError.
    """
    term = lexicon.terms.get(name) or lexicon.terms.get(TERMS + name)
    if term is None:
        found = lexicon.lookup(name)
        term = found[0] if found else None
    if term is None:
        labels = [each.label for each in lexicon.terms.values()]
        near = difflib.get_close_matches(name.lower(), labels, n=3, cutoff=0.5)
        hint = (
            f"did you mean {', '.join(near)}?" if near else "name a class such as dopant or failure mechanism"
        )
        raise DimensionError(f"{name!r} is no class of the ontology; {hint}")
    return term


def members(name: str, things: Mapping[str, Node], *, lexicon: Lexicon, level: int = 0) -> tuple[Member, ...]:
    """The members of a class among things, in alphabetical order.

    ``level`` 0 gives each thing its own row; ``level`` n gives each class n steps below the named one a
    row, with the things of that class, and one row to those of the named class that are in none of these.
    """
    term = find_class(name, lexicon=lexicon)
    own = thing_iri(term.label)
    inside = {iri: node for iri, node in things.items() if _belongs(node, term, own, lexicon)}
    if level == 0:
        found = [Member(iri, node.label, frozenset((iri,))) for iri, node in inside.items()]
        return tuple(sorted(found, key=lambda member: member.label))
    depths = _depths_below(term, lexicon)
    grouped: dict[str, set[str]] = defaultdict(set)
    for iri, node in inside.items():
        classes = [each for each in _ancestors(node, lexicon) if depths.get(each) == level]
        for each in classes or [term.iri]:
            grouped[each].add(iri)
    found = []
    for each, gathered in grouped.items():
        label = lexicon.terms[each].label
        rest = f"other {label}" if each == term.iri else label
        found.append(Member(each, rest, frozenset(gathered)))
    return tuple(sorted(found, key=lambda member: member.label))


def _belongs(node: Node, term: Term, own: str, lexicon: Lexicon) -> bool:
    """Whether a thing is in a class; ``own`` is the thing that is the class itself."""
    if local_name(term.iri) == term.kind and node.kind == term.kind:
        return True
    return node.iri != own and lexicon.is_a(node.term, term.iri)


def _ancestors(node: Node, lexicon: Lexicon) -> tuple[str, ...]:
    term = lexicon.terms.get(node.term)
    return term.ancestors if term else ()


def _depths_below(term: Term, lexicon: Lexicon) -> dict[str, int]:
    """How many steps each subclass lies below a class, by the shortest way."""
    children: dict[str, list[str]] = defaultdict(list)
    for each in lexicon.terms.values():
        for parent in _parents(each, lexicon):
            children[parent].append(each.iri)
    depths, queue = {term.iri: 0}, [term.iri]
    for current in queue:
        for child in children[current]:
            if child not in depths:
                depths[child] = depths[current] + 1
                queue.append(child)
    return depths


def _parents(term: Term, lexicon: Lexicon) -> list[str]:
    """The superclasses that no other superclass lies below."""
    above = [lexicon.terms[iri] for iri in term.ancestors[1:] if iri in lexicon.terms]
    further = {iri for each in above for iri in each.ancestors[1:]}
    return [each.iri for each in above if each.iri not in further]
