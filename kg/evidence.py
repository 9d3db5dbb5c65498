"""Evidence as triples: the text that was read, its place in the document, and the works that it cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from kg import vocabulary as v
from kg.model import Evidence, Reference
from kg.vocabulary import Triple, lg
from kg.works import doi_of, work_key, work_node


def evidence_triples(found: ox.NamedNode, predicate: ox.NamedNode, evidence: Evidence) -> Iterator[Triple]:
    """The text that a claim or an open question was read from, with its selectors and the works it cites.

    ``predicate`` leads from what was found to the evidence.
    """
    node = v.hashed_node(
        "evidence",
        *(evidence.document, evidence.start, evidence.end, evidence.quote, evidence.section, evidence.refs),
        *map(_record, evidence.primary),
    )
    yield found, predicate, node
    yield node, v.TYPE, lg("Evidence")
    yield node, v.TYPE, v.SPECIFIC_RESOURCE
    yield node, v.HAS_SOURCE, v.document_node(evidence.document)
    if evidence.section:
        yield node, lg("section"), ox.Literal(evidence.section)
    for number in evidence.refs:
        yield node, lg("ref"), ox.Literal(number)
    yield from sequence_triples(node, lg("refs"), [ox.Literal(number) for number in evidence.refs])
    quotation = ox.NamedNode(f"{node.value}/quote")
    yield node, v.HAS_SELECTOR, quotation
    yield quotation, v.TYPE, v.QUOTE_SELECTOR
    yield quotation, v.EXACT, ox.Literal(evidence.quote)
    if evidence.start >= 0:
        position = ox.NamedNode(f"{node.value}/position")
        yield node, v.HAS_SELECTOR, position
        yield position, v.TYPE, v.POSITION_SELECTOR
        yield position, v.START, ox.Literal(evidence.start)
        yield position, v.END, ox.Literal(evidence.end)
    citations = [citation_node(reference, evidence.document) for reference in evidence.primary]
    for citation, reference in zip(citations, evidence.primary, strict=True):
        yield node, lg("citation"), citation
        yield from citation_triples(
            citation, reference, work=work_node(reference, document=evidence.document)
        )
    yield from sequence_triples(node, lg("citations"), citations)


@lru_cache(maxsize=65536)
def citation_node(reference: Reference, document: str) -> ox.NamedNode:
    """The node of an entry in one document's bibliography."""
    return v.hashed_node("citation", document, _record(reference))


def citation_triples(node: ox.NamedNode, reference: Reference, *, work: ox.NamedNode) -> Iterator[Triple]:
    """The work as one document's bibliography describes it, which may differ between documents."""
    yield node, v.TYPE, lg("Citation")
    yield node, lg("work"), work
    if reference.number is not None:
        yield node, lg("number"), ox.Literal(reference.number)
    if reference.as_written:
        yield node, lg("asWritten"), ox.Literal(reference.as_written)
    yield from _bibliography(node, reference)
    yield from _work(work, reference)


@lru_cache(maxsize=65536)
def _record(reference: Reference) -> dict[str, Any]:
    return asdict(reference)


def _work(node: ox.NamedNode, reference: Reference) -> Iterator[Triple]:
    yield node, v.TYPE, lg("Work")
    key = work_key(reference)
    if key:
        yield node, lg("workKey"), ox.Literal(key)
    if doi_of(reference):
        yield node, lg("workKey"), ox.Literal(doi_of(reference))
    yield from _bibliography(node, reference)


def _bibliography(node: ox.NamedNode, reference: Reference) -> Iterator[Triple]:
    for author in reference.authors:
        yield node, lg("author"), ox.Literal(author)
    yield from sequence_triples(node, lg("authors"), [ox.Literal(author) for author in reference.authors])
    if reference.title:
        yield node, v.TITLE, ox.Literal(reference.title)
    if reference.year is not None:
        yield node, lg("year"), ox.Literal(reference.year)
    for field in ("journal", "volume", "page", "doi"):
        text = getattr(reference, field)
        if text:
            yield node, lg(field), ox.Literal(text)


def sequence_triples(
    node: ox.NamedNode, predicate: ox.NamedNode, members: Sequence[ox.NamedNode | ox.Literal]
) -> Iterator[Triple]:
    """More than one member in their order, as an rdf:Seq whose IRI follows from its content."""
    if len(members) < 2:
        return
    sequence = v.hashed_node("sequence", *(str(each) for each in members))
    yield node, predicate, sequence
    yield sequence, v.TYPE, v.SEQUENCE
    for position, each in enumerate(members, start=1):
        yield sequence, v.member(position), each
