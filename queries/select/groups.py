"""Groups of things as masks over all terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from kg.columns import NONE, Columns, Mask, Numbers
from ontology.lexicon import Lexicon
from queries.form import Category, Group


def of_group(group: Group, columns: Columns, lexicon: Lexicon) -> Mask | None:
    """The things of a group, whatever is claimed of them; None where it does not limit them."""
    found = _who(group, columns, lexicon)
    for symbols in group.elements:
        found = _both(found, _containing(symbols, columns, least=2 if group.compound else 1))
    if group.without:
        known = columns.no_terms()
        known[columns.elements.owners] = True
        found = _both(found, known & ~_containing(group.without, columns))
    return found


def called(claims: Numbers, names: Iterable[str], columns: Columns, *, role: str) -> Numbers:
    """The claims, among some, of which a list of names of the subject or the object has one of these."""
    listed = columns.subject_names if role == "subject" else columns.object_names
    owners = listed.owners[columns.mask(names)[listed.terms]]
    return claims[columns.among(claims, owners)]


def with_class_claims(group: Group, columns: Columns, lexicon: Lexicon) -> tuple[Numbers, Numbers]:
    """The things of a group with the claims that state its classes, ``NONE`` where none does.

    Claims come first. Things that are named, not described, have none.
    """
    claims: list[Numbers] = []
    told: list[Numbers] = []
    for branch in _branches(group):
        things = of_group(branch, columns, lexicon)
        pending = np.flatnonzero(columns.no_terms() if things is None else things).astype(np.int32)
        if not branch.nodes:
            for stated in _class_claims(branch, columns, lexicon):
                claims.append(stated[np.isin(columns.subject[stated], pending)])
                told.append(columns.subject[claims[-1]])
                pending = pending[~np.isin(pending, told[-1])]
        claims.append(np.full(len(pending), NONE, np.int32))
        told.append(pending)
    return np.concatenate(claims), np.concatenate(told)


def _branches(group: Group) -> Iterator[Group]:
    """The group as things that are named and as things that are described, those of the two that count."""
    named, described = replace(group, categories=(), scope="named"), replace(group, nodes=(), scope="members")
    first, second = (described, named) if group.scope == "members" else (named, described)
    some = [each for each in (first, second) if each.nodes or each.categories]
    yield from some if group.scope == "either" else some[:1]


def _class_claims(group: Group, columns: Columns, lexicon: Lexicon) -> Iterator[Numbers]:
    """Yield the claims that state the classes of a group, by structure and by role."""
    for category in group.categories:
        for relation, values in (("has_structure", category.structures), ("used_as", category.roles)):
            if values and not category.kinds:
                yield stating(relation, values, columns, lexicon)


def stating(relation: str, values: Iterable[str], columns: Columns, lexicon: Lexicon) -> Numbers:
    """The claims that affirm a relation to any of some things."""
    found = columns.claims_of([lexicon.relations[relation].iri])
    affirmed = columns.polarity[found] == columns.number("affirmed")
    kept: Numbers = found[affirmed & columns.mask(values)[columns.object[found]]]
    return kept


def _who(group: Group, columns: Columns, lexicon: Lexicon) -> Mask | None:
    if group.scope == "alias":
        return None
    named = columns.mask(group.nodes) if group.nodes else None
    members: Mask | None = None
    for category in group.categories:
        members = _both(members, _of_category(category, columns, lexicon))
    if group.scope == "either" and named is not None and members is not None:
        return named | members
    first, second = (members, named) if group.scope == "members" else (named, members)
    return second if first is None else first


def _both(one: Mask | None, other: Mask) -> Mask:
    return other if one is None else one & other


def _containing(symbols: Iterable[str], columns: Columns, *, least: int = 1) -> Mask:
    """The things that contain any of some elements, and so many elements at least."""
    elements, found = columns.elements, columns.no_terms()
    found[elements.owners[columns.mask(symbols)[elements.terms]]] = True
    if least > 1:
        found &= np.bincount(elements.owners, minlength=len(found)) >= least
    return found


def _of_category(category: Category, columns: Columns, lexicon: Lexicon) -> Mask:
    types = columns.types
    found = columns.no_terms()
    if category.kinds:
        found[types.owners[columns.mask(category.kinds)[types.terms]]] = True
        return found
    if category.classes:
        found[types.owners[_below(category.classes, columns)[types.terms]]] = True
    for relation, values in (("has_structure", category.structures), ("used_as", category.roles)):
        if values:
            found[columns.subject[stating(relation, values, columns, lexicon)]] = True
    found |= columns.mask(category.members)
    if not (category.classes or category.structures or category.roles or category.members):
        found[:] = True
    return found & ~columns.mask((*category.itself, *category.excluded))


def _below(classes: Iterable[str], columns: Columns) -> Mask:
    """The classes with all that are below them."""
    found, parents = columns.mask(classes), columns.parents
    while True:
        wider = found.copy()
        wider[parents.owners[found[parents.terms]]] = True
        if (wider == found).all():
            return found
        found = wider
