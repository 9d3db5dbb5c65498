"""Each claim as a nanopublication: what it asserts, where it was read, and by what.

The four named graphs follow the nanopublication guidelines (https://nanopub.net/guidelines/working_draft/).
No creation time is given, since nothing in the graph depends on a clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.matching import matching
from kg.vocabulary import lg

_NANOPUB: Final = "http://www.nanopub.org/nschema#"
#: What a claim says of its own origin; everything else that it says is the assertion.
_ORIGIN: Final = (
    *(lg("evidence"), v.PRIMARY_SOURCE, v.DERIVED_FROM, v.REVISION_OF),
    *(lg("extractor"), lg("confidence")),
)
#: Of a thing that the assertion names, only what it is and what it is called goes along.
_DESCRIPTION: Final = (v.TYPE, v.PREF_LABEL)


def nanopublications(store: ox.Store) -> Iterator[ox.Quad]:
    """The quads of one nanopublication for every claim in the store, one after another, each in order."""
    # read at once: a cursor must not outlive the thread that opened it, and what is yielded may
    claims = matching(store, None, lg("evidence"), None, None)
    for quad in sorted(claims, key=lambda each: str(each.subject)):
        claim, graph = quad.subject, quad.graph_name
        assert isinstance(claim, ox.NamedNode)
        assert isinstance(graph, ox.NamedNode)
        found = set(_nanopublication(store, claim, graph))
        yield from sorted(
            found, key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object))
        )


def _nanopublication(store: ox.Store, claim: ox.NamedNode, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    publication = ox.NamedNode(claim.value.replace("/id/claim/", "/id/nanopub/"))
    head, assertion, provenance, info = (
        ox.NamedNode(f"{publication.value}/{part}") for part in ("head", "assertion", "provenance", "pubinfo")
    )
    yield ox.Quad(publication, v.TYPE, ox.NamedNode(_NANOPUB + "Nanopublication"), head)
    for predicate, part in (
        ("hasAssertion", assertion),
        ("hasProvenance", provenance),
        ("hasPublicationInfo", info),
    ):
        yield ox.Quad(publication, ox.NamedNode(_NANOPUB + predicate), part, head)
    for quad in matching(store, claim, None, None, graph):
        if quad.predicate not in _ORIGIN:
            yield ox.Quad(quad.subject, quad.predicate, quad.object, assertion)
            yield from _described(store, quad.object, graph, assertion)
        elif quad.predicate == lg("confidence"):
            yield ox.Quad(assertion, quad.predicate, quad.object, provenance)
        elif quad.predicate == lg("extractor"):
            yield ox.Quad(publication, quad.predicate, quad.object, info)
        else:
            yield ox.Quad(assertion, quad.predicate, quad.object, provenance)
            yield from _reachable(store, quad.object, graph, provenance)
    yield ox.Quad(publication, v.SOURCE, claim, info)


def _described(store: ox.Store, node: Any, graph: ox.NamedNode, into: ox.NamedNode) -> Iterator[ox.Quad]:
    """Kind and label of a thing; the members of a sequence."""
    if isinstance(node, ox.NamedNode):
        for quad in matching(store, node, None, None, graph):
            if quad.predicate in _DESCRIPTION or quad.predicate.value.startswith(v.MEMBER):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, into)


def _reachable(store: ox.Store, node: Any, graph: ox.NamedNode, into: ox.NamedNode) -> Iterator[ox.Quad]:
    """Evidence, selectors, citations, works: all that can be reached from a node in the document's graph."""
    waiting, seen = [node], {node}
    while waiting:
        current = waiting.pop()
        for quad in matching(store, current, None, None, graph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, into)
            if isinstance(quad.object, ox.NamedNode) and quad.object not in seen:
                seen.add(quad.object)
                waiting.append(quad.object)
