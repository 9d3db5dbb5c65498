"""The pages: plain HTML that works without a script, every state at an address of its own."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated, Any

import pyoxigraph as ox
import yaml
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse
from fastapi.templating import Jinja2Templates

from app.sparql.guard import QueryError
from app.sparql.pool import QueryPool
from app.sparql.pool import Request as QueryRequest
from app.terminal import gap_evidence, number_text, reference_text
from app.web.library import GAPS, MOST_QUESTION, Library
from app.web.protocol import accepted_types
from kg.vocabulary import PREFIXES
from ontology.lexicon import THINGS
from queries.competency import competency_questions

_HERE = Path(__file__).parent
_MOST_ROWS = 500
_MOST_GAPS = 60
Text = Annotated[str, Query(max_length=MOST_QUESTION)]


def page_router(library: Library, pool: QueryPool) -> APIRouter:
    """The routes of the pages over one library; queries typed on the page run in the pool."""
    router = APIRouter(include_in_schema=False)
    words = yaml.safe_load((_HERE / "pages.yaml").read_text("utf-8"))
    templates = Jinja2Templates(directory=_HERE / "templates")
    templates.env.filters.update(number=number_text, reference=reference_text, gap_evidence=gap_evidence)
    templates.env.globals.update(base=THINGS, pages=[tuple(page) for page in words["pages"]])

    def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
        context = {"here": request.url.path, **values}
        return templates.TemplateResponse(request, template, context, status_code=status)

    @router.get("/")
    def ask(request: Request, q: Text = "") -> Response:
        answer = library.ask(q) if q.strip() else None
        return page(request, "ask.html", question=q, answer=answer, examples=words["questions"])

    @router.get("/chains")
    def chains(
        request: Request,
        start: Annotated[str, Query(alias="from")] = "",
        end: Annotated[str, Query(alias="to")] = "",
    ) -> Response:
        found = library.chains(start, end) if start or end else []
        reason = "" if found or not (start or end) else words["no_chain"]
        return page(
            request,
            "chains.html",
            start=start,
            end=end,
            chains=found,
            reason=reason,
            examples=words["chains"],
        )

    @router.get("/gaps")
    def gaps(request: Request, kind: str = "") -> Response:
        kind = kind if kind in GAPS else next(iter(GAPS))
        found = library.gaps(kind)
        return page(request, "gaps.html", kinds=words["gaps"], kind=kind, gaps=found, most=_MOST_GAPS)

    @router.get("/query")
    def query(request: Request, query: str = "") -> Response:
        values: dict[str, Any] = {"query": query or words["query"], "examples": competency_questions()}
        if query:
            try:
                values |= _table(pool, query)
            except QueryError as error:
                return page(request, "query.html", status=error.status, reason=str(error), **values)
        return page(request, "query.html", prefixes=PREFIXES, **values)

    @router.get("/id/{slug:path}")
    def thing(request: Request, slug: str) -> Response:
        iri = THINGS + slug
        wanted = accepted_types(request.headers.get("accept", ""))[0]
        if wanted in ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"):
            request_ = QueryRequest(f"DESCRIBE {ox.NamedNode(iri)}", accept=(wanted,))
            result = pool.run(request_)
            return Response(result.body, media_type=result.media_type)
        found = library.things(iri)
        if not found:
            return page(request, "missing.html", status=404, what=slug)
        return page(request, "thing.html", thing=found[0])

    @router.get("/document/{document}")
    def document(request: Request, document: str) -> Response:
        stored = library.documents.get(document)
        if stored is None:
            return page(request, "missing.html", status=404, what=document)
        return page(request, "document.html", document=stored, claims=library.claims(document))

    @router.get("/about")
    def about(request: Request) -> Response:
        return page(request, "about.html", documents=library.documents.values(), relations=library.counts())

    @router.get("/health")
    def health() -> Response:
        return PlainTextResponse("ok\n")

    return router


def _table(pool: QueryPool, query: str) -> dict[str, Any]:
    """The result of a query as a table of text, or as Turtle for a graph."""
    result = pool.run(QueryRequest(query, accept=("text/csv", "text/turtle")))
    if result.media_type == "text/turtle":
        return {"text": result.body.decode()}
    rows = list(csv.reader(io.StringIO(result.body.decode())))
    return {"columns": rows[0], "rows": rows[1 : _MOST_ROWS + 1], "more": len(rows) > _MOST_ROWS + 1}
