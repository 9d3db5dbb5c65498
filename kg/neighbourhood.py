"""What a document's graph tells around a few claims, read without the rest of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from kg import vocabulary as v
from kg.assembly import claim_order, entities
from kg.curation_graph import claim_of_row
from kg.matching import matching
from kg.model import Claim, Entity
from kg.naming import Bearers, own_keys
from kg.read import claims_by_id, stored_topics
from kg.vocabulary import lg
from ontology.lexicon import Lexicon


def some_claims_as_read(
    store: ox.Store, document: str, claims: Iterable[str], *, lexicon: Lexicon
) -> list[Claim]:
    """Some of a document's claims by id, as they were before curation; those that it lacks are left out."""
    graph, wanted = v.document_graph(document), set(claims)
    found = [claim_of_row(row) for each in wanted for row in _rows(store, v.original_node(each), graph)]
    wanted -= {claim.id for claim in found}
    wanted = {each for each in wanted if not _is_made(store, v.claim_node(each), graph)}
    found += claims_by_id(store, wanted, lexicon=lexicon).values()
    aside = [v.retracted_node(each) for each in wanted]
    found += [
        claim_of_row(row)
        for node in aside
        if not _is_made(store, node, graph)
        for row in _rows(store, node, graph)
    ]
    return sorted(found, key=claim_order)


def claims_mentioning(
    store: ox.Store, document: str, things: Iterable[str], *, lexicon: Lexicon
) -> list[Claim]:
    """The claims of a document that count and mention any of some things, given by IRI."""
    found = {
        claim
        for thing in things
        for quad in matching(store, None, None, ox.NamedNode(thing), v.document_graph(document))
        if (claim := v.claim_of_node(quad.subject))
    }
    return list(claims_by_id(store, found, lexicon=lexicon).values())


def topics_with(store: ox.Store, document: str, things: Iterable[str]) -> Iterator[Entity]:
    """Yield what those open questions of a document are about that are about any of some things."""
    graph = v.document_graph(document)
    questions = {
        quad.subject
        for thing in things
        for quad in matching(store, None, lg("topic"), ox.NamedNode(thing), graph)
    }
    for question in questions:
        yield from stored_topics(store, question, graph)


def stored_bearers(store: ox.Store, document: str, *, lexicon: Lexicon) -> Bearers:
    """Who bears which name in a document as it was read; a name is looked up when it is asked for."""
    graph = v.document_graph(document)

    @cache
    def aside() -> list[Entity]:
        nodes = [
            quad.subject
            for class_name in ("OriginalClaim", "RetractedClaim")
            for quad in matching(store, None, v.TYPE, lg(class_name), graph)
            if not _is_made(store, quad.subject, graph)
        ]
        rows = (row for node in nodes for row in _rows(store, node, graph))
        return [entity for row in rows for entity in entities(claim_of_row(row))]

    @cache
    def find(key: str) -> Collection[Entity]:
        things = matching(store, None, lg("labelKey"), ox.Literal(key), graph)
        claims = {
            claim
            for thing in things
            for role in ("subject", "object")
            for quad in matching(store, None, lg(role), thing.subject, graph)
            if (claim := v.claim_of_node(quad.subject))
        }
        read = some_claims_as_read(store, document, claims, lexicon=lexicon)
        found = [*aside(), *(entity for claim in read for entity in entities(claim))]
        return frozenset(entity for entity in found if key in own_keys(entity))

    return find


def _is_made(store: ox.Store, node: object, graph: ox.NamedNode) -> bool:
    """Whether a verdict made a claim."""
    return any(matching(store, node, v.REVISION_OF, None, graph))


def _rows(store: ox.Store, node: object, graph: ox.NamedNode) -> list[str]:
    quads = matching(store, node, lg("row"), None, graph)
    return [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)]
