"""The description of the endpoint and its data, for clients that ask the endpoint without a query."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from app.sparql.formats import GRAPH_FORMATS, choose_format
from app.sparql.guard import QueryError
from app.sparql.pool import QueryPool, QueryRequest, QueryResult

_HERE = Path(__file__).parent
_STATISTICS = ("statistics.rq", "graphs.rq")
_N_TRIPLES = "application/n-triples"


async def describe_service(pool: QueryPool, *, endpoint: str, accept: str) -> QueryResult:
    """The service description (SPARQL 1.1) with the statistics of the graph (VoID), as the client likes it.

    ``endpoint`` is the address by which the client knows the endpoint. Raises QueryError.
    """
    media_type = choose_format(accept, GRAPH_FORMATS)
    if media_type is None:
        raise QueryError(
            f"the client takes {accept}; a description comes as {', '.join(GRAPH_FORMATS)}", status=406
        )
    template = _HERE / "service.ttl"
    triples = set(ox.parse(path=template, format=ox.RdfFormat.TURTLE, base_iri=endpoint))
    for name in _STATISTICS:
        found = await pool.run(QueryRequest(_query(name), accept=_N_TRIPLES, base=endpoint))
        triples |= set(ox.parse(found.body, format=ox.RdfFormat.N_TRIPLES))
    body = ox.serialize(
        sorted((quad.triple for quad in triples), key=str),
        format=GRAPH_FORMATS[media_type],
        prefixes={
            "sd": "http://www.w3.org/ns/sparql-service-description#",
            "void": "http://rdfs.org/ns/void#",
        },
    )
    return QueryResult(body or b"", media_type)


@cache
def _query(name: str) -> str:
    return (_HERE / name).read_text("utf-8")
