"""Media types of results, and which of them a client wants (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox

#: Media type → serialisation, for SELECT and ASK, the first for clients that take anything.
RESULT_FORMATS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
#: Media type → serialisation, for CONSTRUCT and DESCRIBE.
GRAPH_FORMATS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/json": ox.RdfFormat.JSON_LD,
}
#: Short names for links, which cannot send a header; a name stands for a table's and for a graph's form.
SHORT_NAMES: Final = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "turtle": ("text/turtle",),
    "ntriples": ("application/n-triples",),
}


def choose_format(accept: str, offered: Iterable[str]) -> str | None:
    """The offered media type that an Accept header likes best, None where it takes none.

    The most specific range decides about a type; among equals the header's order counts, then the offer's.

    >>> choose_format("text/csv;q=0.5, application/json", RESULT_FORMATS)
    'application/json'
    >>> choose_format("text/*, */*;q=0.1", RESULT_FORMATS)
    'text/xml'
    >>> choose_format("*/*, application/sparql-results+json;q=0", RESULT_FORMATS)
    'application/json'
    >>> choose_format("image/png", RESULT_FORMATS)
    """
    ranges = _ranges(accept)
    best, best_rank = None, (0.0, 0)
    for media_type in offered:
        quality, position = _quality(media_type, ranges)
        rank = (quality, -position)
        if quality > 0 and (best is None or rank > best_rank):
            best, best_rank = media_type, rank
    return best


def accepts_only(accept: str, media_types: Iterable[str]) -> bool:
    """Whether a header prefers one of some types to all that it leaves open.

    >>> accepts_only("text/html,application/xml;q=0.9,*/*;q=0.8", ["text/html"])
    True
    >>> accepts_only("*/*", ["text/html"])
    False
    """
    ranges = _ranges(accept)
    first = max(ranges, key=lambda item: (ranges[item][0], -ranges[item][1]))
    return first in set(media_types)


def _ranges(accept: str) -> Mapping[str, tuple[float, int]]:
    """Media range → its quality and place in the header; anything goes where the header names nothing."""
    found: dict[str, tuple[float, int]] = {}
    for position, part in enumerate(accept.split(",")):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if not media_range:
            continue
        written = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        try:
            found.setdefault(media_range, (min(max(float(written), 0.0), 1.0), position))
        except ValueError:
            continue
    return found or {"*/*": (1.0, 0)}


def _quality(media_type: str, ranges: Mapping[str, tuple[float, int]]) -> tuple[float, int]:
    for media_range in (media_type, media_type.partition("/")[0] + "/*", "*/*"):
        if media_range in ranges:
            return ranges[media_range]
    return (0.0, 0)
