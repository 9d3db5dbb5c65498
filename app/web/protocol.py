"""The SPARQL 1.1 Protocol, query operation: GET, form POST and direct POST at one address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse, StreamingResponse

from app.sparql.description import describe_service
from app.sparql.formats import SHORT_NAMES, accepts_only
from app.sparql.guard import QueryError
from app.sparql.pool import QueryPool, QueryRequest, QueryResult
from ontology.data_files import read_yaml

Value = TypeVar("Value")
Parameters = Mapping[str, Sequence[str]]

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_BODY = 1_000_000
_MOST_FIELDS = 1000
_OTHER_METHODS = ["OPTIONS", "PUT", "DELETE", "PATCH"]
_CHUNK = 64 * 1024
#: Seconds between two looks whether the client is still there.
_LOOK = 1.0
_RETRY_AFTER = "5"

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Expose-Headers": "X-SPARQL-MaxRows, Retry-After",
    "Access-Control-Max-Age": "86400",
}


def sparql_router(pool: QueryPool) -> APIRouter:
    """The routes of the endpoint, answered by the pool's workers."""
    router = APIRouter()

    described = read_yaml(Path(__file__).with_name("sparql.openapi.yaml"))

    @router.get("/sparql", operation_id="sparql_get", response_class=Response, openapi_extra=described["get"])
    @router.post(
        "/sparql", operation_id="sparql_post", response_class=Response, openapi_extra=described["post"]
    )
    @router.head("/sparql", include_in_schema=False)
    @router.api_route("/sparql/", methods=["GET", "HEAD", "POST"], include_in_schema=False)
    async def sparql(request: Request) -> Response:
        """SPARQL 1.1 Protocol query endpoint (read-only)."""
        wants_page = accepts_only(request.headers.get("accept", ""), ["text/html"])
        if request.method != "POST" and wants_page and "format" not in request.query_params:
            typed = urlencode([("query", query) for query in request.query_params.getlist("query")])
            return RedirectResponse(f"/query?{typed}" if typed else "/query", status_code=303)
        try:
            parameters = await _read_parameters(request)
            result = await _while_connected(request, _answer(request, parameters, pool))
        except QueryError as error:
            headers = CORS | ({"Retry-After": _RETRY_AFTER} if error.status == 503 else {})
            return PlainTextResponse(f"{error}\n", status_code=error.status, headers=headers)
        headers = CORS | {"Vary": "Accept"}
        if result.cut:
            headers["X-SPARQL-MaxRows"] = str(pool.limits.rows)
        return StreamingResponse(_chunks(result.body), media_type=result.media_type, headers=headers)

    @router.api_route("/sparql", methods=_OTHER_METHODS, include_in_schema=False)
    @router.api_route("/sparql/", methods=_OTHER_METHODS, include_in_schema=False)
    async def preflight_or_refusal(request: Request) -> Response:
        headers = CORS | {"Allow": CORS["Access-Control-Allow-Methods"]}
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
        reason = f"the endpoint is not for {request.method}; expected {headers['Allow']}\n"
        return PlainTextResponse(reason, status_code=405, headers=headers)

    return router


async def _answer(request: Request, parameters: Parameters, pool: QueryPool) -> QueryResult:
    accept = _accept(request, parameters)
    endpoint = str(request.url.replace(query="", fragment=""))
    if request.method != "POST" and not {"query", "update"} & set(parameters):
        return await describe_service(pool, endpoint=endpoint, accept=accept)
    return await pool.run(_query_request(parameters, accept=accept, base=endpoint))


async def _while_connected(request: Request, work: Coroutine[Any, Any, Value]) -> Value:
    """The work's outcome; when the client hangs up, the work is stopped. The request must have been read."""
    task = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait((task,), timeout=_LOOK))[0]:
            if await request.is_disconnected():
                break
    finally:
        task.cancel()
    return await task


async def _chunks(body: bytes) -> AsyncIterator[bytes]:
    """Yield a body piece by piece, so that packing a large one does not hold up other clients."""
    for start in range(0, len(body), _CHUNK):
        yield body[start : start + _CHUNK]


async def _read_parameters(request: Request) -> Parameters:
    """The query and its dataset from wherever the protocol allows them to be."""
    url = _parse(request.url.query)
    if request.method != "POST":
        return url
    content_type, *options = (
        part.strip().lower() for part in request.headers.get("content-type", "").split(";")
    )
    if any(option.startswith("charset=") and option != "charset=utf-8" for option in options):
        raise QueryError(f"the body is in {options[0].partition('=')[2]}; expected UTF-8", status=415)
    if content_type == _FORM:
        return _parse(await _read_body(request)) | {"format": url.get("format", ())}
    if content_type == _DIRECT:
        return {**url, "query": [*url.get("query", ()), await _read_body(request)]}
    if content_type == _UPDATE:
        raise QueryError("this endpoint is read-only", status=403)
    raise QueryError(f"the body is {content_type or 'of no type'}; expected {_FORM} or {_DIRECT}", status=415)


async def _read_body(request: Request) -> str:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BODY:
            raise QueryError(f"the request is larger than {_MOST_BODY:,} bytes", status=413)
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise QueryError("the request is not UTF-8 text") from None


def _parse(text: str) -> dict[str, Sequence[str]]:
    try:
        return dict(parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS))
    except UnicodeDecodeError:
        raise QueryError("the request is not UTF-8 text") from None
    except ValueError:
        raise QueryError(f"the request has more than {_MOST_FIELDS} parameters", status=413) from None


def _accept(request: Request, parameters: Parameters) -> str:
    """The media types that the client takes: those of a short name in the address, or of its header."""
    names = parameters.get("format", ())
    if not names:
        return request.headers.get("accept", "")
    if names[0] not in SHORT_NAMES:
        raise QueryError(f"no format is called {names[0]!r}; expected one of {', '.join(SHORT_NAMES)}")
    return ", ".join(SHORT_NAMES[names[0]])


def _query_request(parameters: Parameters, *, accept: str, base: str) -> QueryRequest:
    if "update" in parameters:
        raise QueryError("this endpoint is read-only", status=403)
    queries = parameters.get("query", ())
    if len(queries) != 1:
        raise QueryError(f"{len(queries)} queries were sent; expected exactly one parameter named query")
    return QueryRequest(
        query=queries[0],
        accept=accept,
        default_graphs=tuple(parameters.get("default-graph-uri", ())),
        named_graphs=tuple(parameters.get("named-graph-uri", ())),
        base=base,
    )
