"""The graph written out as claims, RDF, tables or a network; the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.claims_file import claim_to_line
from kg.jsonld import write_jsonld
from kg.matching import matching
from kg.nanopub import nanopublications
from kg.read import stored_claims
from kg.tables import measurement_rows, write_csv, write_parquet


class ExportError(ValueError):
    """A format that the graph cannot be written in."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how it is written, the usual ending of its files, its media type, what it holds."""

    write: Callable[[ox.Store, BinaryIO], None]
    suffix: str
    media_type: str
    content: str


def export(store: ox.Store, form: str, output: BinaryIO) -> None:
    """Write the whole graph in one of FORMATS, without the ontology, which has its own files.

    Raises ExportError for any other format, and for one that needs a package that is not installed.
    """
    found = FORMATS.get(form)
    if found is None:
        raise ExportError(f"cannot export as {form!r}; expected one of {', '.join(FORMATS)}")
    try:
        found.write(store, output)
    except ImportError as error:
        raise ExportError(str(error)) from error


def _claims(store: ox.Store, output: BinaryIO) -> None:
    for claim in stored_claims(store):
        output.write(claim_to_line(claim).encode())


def _turtle(store: ox.Store, output: BinaryIO) -> None:
    left_out = {v.ONTOLOGY_GRAPH, v.INFERRED_GRAPH, *v.LOCAL_GRAPHS}
    triples = {quad.triple for quad in store if quad.graph_name not in left_out}
    ordered = sorted(triples, key=lambda each: (str(each.subject), str(each.predicate), str(each.object)))
    ox.serialize(ordered, output, format=ox.RdfFormat.TURTLE, prefixes=v.PREFIXES)


def _trig(store: ox.Store, output: BinaryIO) -> None:
    ox.serialize(_quads(store), output, format=ox.RdfFormat.TRIG, prefixes=v.PREFIXES)


def _jsonld(store: ox.Store, output: BinaryIO) -> None:
    write_jsonld(lambda: _quads(store), output)


def _nanopub(store: ox.Store, output: BinaryIO) -> None:
    ox.serialize(nanopublications(store), output, format=ox.RdfFormat.TRIG, prefixes=v.PREFIXES)


def _csv(store: ox.Store, output: BinaryIO) -> None:
    write_csv(measurement_rows(stored_claims(store)), output)


def _parquet(store: ox.Store, output: BinaryIO) -> None:
    write_parquet(measurement_rows(stored_claims(store)), output)


def _graphml(store: ox.Store, output: BinaryIO) -> None:
    from kg.graph import KnowledgeGraph  # noqa: PLC0415  (what else it imports is needed here only)
    from kg.network import to_graphml  # noqa: PLC0415

    output.write(to_graphml(KnowledgeGraph(store).to_networkx()))


def _cytoscape(store: ox.Store, output: BinaryIO) -> None:
    from kg.graph import KnowledgeGraph  # noqa: PLC0415
    from kg.network import to_cytoscape  # noqa: PLC0415

    output.write(to_cytoscape(KnowledgeGraph(store).to_networkx()))


FORMATS: Final[dict[str, Format]] = {
    "claims": Format(_claims, "claims.jsonl", "application/jsonl", "every claim, one a line"),
    "turtle": Format(_turtle, "ttl", "text/turtle", "all triples"),
    "trig": Format(_trig, "trig", "application/trig", "all triples, in a named graph for each document"),
    "jsonld": Format(_jsonld, "jsonld", "application/ld+json", "all triples, in named graphs, as JSON"),
    "csv": Format(_csv, "csv", "text/csv", "a row for each measurement"),
    "parquet": Format(
        _parquet, "parquet", "application/vnd.apache.parquet", "a row for each measurement, typed"
    ),
    "graphml": Format(_graphml, "graphml", "application/graphml+xml", "the affirmed relations with belief"),
    "cytoscape": Format(_cytoscape, "cyjs", "application/json", "the affirmed relations with belief"),
    "nanopub": Format(_nanopub, "nanopub.trig", "application/trig", "a nanopublication for each claim"),
}


def _quads(store: ox.Store) -> Iterator[ox.Quad]:
    """Everything but the ontology and what belongs to this store alone, graph by graph, each in order."""
    for graph in sorted(store.named_graphs(), key=str):
        if graph != v.ONTOLOGY_GRAPH and graph not in v.LOCAL_GRAPHS:
            yield from ordered(matching(store, None, None, None, graph))


def ordered(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads of one graph by subject, predicate and object."""
    return sorted(quads, key=lambda quad: (str(quad.subject), str(quad.predicate), str(quad.object)))
