"""The SPARQL 1.1 Protocol, query operation: GET, form POST and direct POST at one address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from app.sparql.guard import QueryError
from app.sparql.pool import QueryPool
from app.sparql.pool import Request as QueryRequest

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_BODY = 1_000_000

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def sparql_router(pool: QueryPool) -> APIRouter:
    """The routes of the endpoint, answered by the pool's workers."""
    router = APIRouter()

    @router.api_route("/sparql", methods=["GET", "POST", "OPTIONS"])
    @router.api_route("/sparql/", methods=["GET", "POST", "OPTIONS"], include_in_schema=False)
    async def sparql(request: Request) -> Response:
        """SPARQL 1.1 Protocol query endpoint (read-only)."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=CORS)
        if request.method == "GET" and "query" not in request.query_params and _wants_page(request):
            return RedirectResponse("/query", status_code=303)
        try:
            wanted = await _read_request(request)
            result = await run_in_threadpool(pool.run, wanted)
        except QueryError as error:
            return PlainTextResponse(f"{error}\n", status_code=error.status, headers=CORS)
        return Response(result.body, media_type=result.media_type, headers={**CORS, "Vary": "Accept"})

    return router


def accepted_types(header: str) -> tuple[str, ...]:
    """The media types of an Accept header, best first; everything where the header is empty.

    >>> accepted_types("text/csv;q=0.5, application/json, image/png;q=0")
    ('application/json', 'text/csv')
    """
    weighted = []
    for part in filter(None, (piece.strip() for piece in header.split(","))):
        media_type, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        try:
            weighted.append((float(quality), media_type.lower()))
        except ValueError:
            continue
    ranked = sorted((item for item in weighted if item[0] > 0), key=lambda item: -item[0])
    return tuple(media_type for _, media_type in ranked) or ("*/*",)


def _wants_page(request: Request) -> bool:
    return accepted_types(request.headers.get("accept", ""))[0] == "text/html"


async def _read_request(request: Request) -> QueryRequest:
    """The query and its dataset from wherever the protocol allows them to be."""
    url = parse_qs(request.url.query, keep_blank_values=True)
    if request.method == "GET":
        return _query_request(url, request)
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    body = await _read_body(request)
    if content_type == _FORM:
        return _query_request(parse_qs(body, keep_blank_values=True), request)
    if content_type == _DIRECT:
        return _query_request({**url, "query": [body]}, request)
    if content_type == _UPDATE:
        raise QueryError("this endpoint is read-only", status=403)
    raise QueryError(f"the body is {content_type or 'of no type'}; expected {_FORM} or {_DIRECT}", status=415)


async def _read_body(request: Request) -> str:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BODY:
            raise QueryError(f"the request is larger than {_MOST_BODY} bytes", status=413)
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise QueryError("the request is not UTF-8 text") from None


def _query_request(parameters: Mapping[str, Sequence[str]], request: Request) -> QueryRequest:
    if "update" in parameters:
        raise QueryError("this endpoint is read-only", status=403)
    queries = parameters.get("query", ())
    if len(queries) != 1:
        raise QueryError(f"{len(queries)} queries were sent; expected exactly one parameter named query")
    return QueryRequest(
        query=queries[0],
        accept=accepted_types(request.headers.get("accept", "")),
        default_graphs=tuple(parameters.get("default-graph-uri", ())),
        named_graphs=tuple(parameters.get("named-graph-uri", ())),
    )
