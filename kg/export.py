"""The graph written out: as a claims file, as RDF, as a table. The same content gives the same text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.claims_file import claim_to_line
from kg.nanopub import nanopublications
from kg.read import stored_claims
from kg.tables import measurements_csv


class ExportError(ValueError):
    """A format that the graph cannot be written in."""


def export(store: ox.Store, form: str) -> str:
    """The whole graph in one of FORMATS, without the ontology. Raises ExportError for any other format."""
    write = FORMATS.get(form)
    if write is None:
        raise ExportError(f"cannot export as {form!r}; expected one of {', '.join(FORMATS)}")
    return write(store)


def _claims(store: ox.Store) -> str:
    return "".join(claim_to_line(claim) for claim in stored_claims(store))


def _turtle(store: ox.Store) -> str:
    triples = {quad.triple for quad in _quads(store)}
    ordered = sorted(
        triples, key=lambda triple: (str(triple.subject), str(triple.predicate), str(triple.object))
    )
    return _serialised(ordered, ox.RdfFormat.TURTLE)


def _trig(store: ox.Store) -> str:
    return _serialised(_ordered(_quads(store)), ox.RdfFormat.TRIG)


def _jsonld(store: ox.Store) -> str:
    return _serialised(_ordered(_quads(store)), ox.RdfFormat.JSON_LD)


def _csv(store: ox.Store) -> str:
    return measurements_csv(stored_claims(store))


def _graphml(store: ox.Store) -> str:
    from kg.graph import KnowledgeGraph  # noqa: PLC0415  (networkx takes a third of a second, needed here only)

    return KnowledgeGraph(store).to_graphml()


def _nanopub(store: ox.Store) -> str:
    return _serialised(_ordered(nanopublications(store)), ox.RdfFormat.TRIG)


FORMATS: Final[dict[str, Callable[[ox.Store], str]]] = {
    "claims": _claims,
    "turtle": _turtle,
    "trig": _trig,
    "jsonld": _jsonld,
    "csv": _csv,
    "graphml": _graphml,
    "nanopub": _nanopub,
}


def _quads(store: ox.Store) -> Iterator[ox.Quad]:
    """Everything but the ontology, which has its own files."""
    return (quad for quad in store if quad.graph_name != v.ONTOLOGY_GRAPH)


def _ordered(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return sorted(quads, key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))


def _serialised(items: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat) -> str:
    data = ox.serialize(items, format=form, prefixes=v.PREFIXES)
    assert data is not None
    return data.decode()
