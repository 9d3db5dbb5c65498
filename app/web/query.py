"""The page on which SPARQL is written, run and shared."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from app.sparql.guard import Bounds, QueryError
from app.sparql.pool import QueryPool, QueryRequest
from app.web.charts import values_of_table
from app.web.rendering import Page, page_words
from kg.vocabulary import PREFIXES
from queries.competency import competency_questions

_MOST_ROWS, _MOST_CHARTED = 500, 60
_TABLE_FORMATS, _GRAPH_FORMATS = ("csv", "json", "xml", "tsv"), ("turtle", "ntriples", "json", "xml")


def query_router(pool: QueryPool, page: Page) -> APIRouter:
    """The route of the page; what is typed there runs in the pool."""
    router = APIRouter(include_in_schema=False)

    @router.get("/query")
    async def query(
        request: Request, query: Annotated[str, Query(max_length=Bounds().length)] = ""
    ) -> Response:
        values: dict[str, Any] = {
            "query": query or page_words()["query"],
            "examples": competency_questions(),
            "prefixes": PREFIXES,
            "address": "/sparql?query=" + quote(query, safe=""),
        }
        if not query.strip():
            return page(request, "query.html", **values)
        try:
            result = await pool.run(
                QueryRequest(query, accept="text/csv, text/turtle", base=f"{request.base_url}sparql")
            )
        except QueryError as error:
            return page(request, "query.html", status=error.status, reason=str(error), **values)
        if result.cut:
            values["most"] = pool.limits.rows
        shown = _shown(result.body.decode(), result.media_type)
        rows = shown.get("rows", ())
        figure = values_of_table(shown["columns"], rows) if 0 < len(rows) <= _MOST_CHARTED else None
        figures = [("result", "The result as a chart", figure)] if figure else []
        return page(request, "query.html", **values, **shown, figures=figures)

    return router


def _shown(body: str, media_type: str) -> dict[str, Any]:
    """A result as the rows of a table, as a verdict, or as Turtle."""
    if media_type == "text/turtle":
        return {"text": body, "formats": _GRAPH_FORMATS}
    if body in ("true", "false"):
        return {"verdict": {"true": "Yes", "false": "No"}[body], "formats": _TABLE_FORMATS[1:3]}
    columns, *rows = csv.reader(io.StringIO(body)) or [[]]
    return {
        "columns": columns,
        "rows": rows[:_MOST_ROWS],
        "count": len(rows),
        "formats": _TABLE_FORMATS,
    }
