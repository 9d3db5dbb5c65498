"""The ontology to browse: classes from the general to the special, relations, properties."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from app.sparql.guard import QueryError
from app.sparql.pool import QueryPool, QueryRequest
from app.web.library import Library
from app.web.rendering import Page, wants_rdf
from app.web.things import describe_as_rdf
from kg.vocabulary import ONTOLOGY_GRAPH
from ontology.lexicon import TERMS, local_name

_WHOLE = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {ONTOLOGY_GRAPH} {{ ?s ?p ?o }} }}"
_MOST_MEMBERS = 100


def ontology_router(library: Library, pool: QueryPool, page: Page) -> APIRouter:
    """The routes under ``/ontology``, which also serve the terms' own addresses."""
    router = APIRouter(include_in_schema=False)

    @router.get("/ontology")
    async def overview(request: Request) -> Response:
        if wants_rdf(request):
            try:
                result = await pool.run(QueryRequest(_WHOLE, accept=request.headers.get("accept", "")))
            except QueryError as error:
                return PlainTextResponse(f"{error}\n", status_code=error.status)
            return Response(result.body, media_type=result.media_type, headers={"Vary": "Accept"})
        terms = library.lexicon.terms
        kinds = sorted({term.kind for term in terms.values() if TERMS + term.kind in terms})
        return page(
            request,
            "ontology.html",
            kinds=[_branch(TERMS + kind, library, depth=2) for kind in kinds],
            relations=library.lexicon.relations.values(),
            properties=library.lexicon.properties.values(),
            count=len(library.lexicon.terms),
        )

    @router.get("/ontology/{name}")
    async def term(request: Request, name: str) -> Response:
        found = library.lexicon.terms.get(TERMS + name)
        if wants_rdf(request) and found is not None:
            return await describe_as_rdf(pool, found.iri, request)
        relation = next(
            (each for each in library.lexicon.relations.values() if local_name(each.iri) == name), None
        )
        if relation is not None:
            return page(request, "relation.html", relation=relation)
        if found is None:
            return page(request, "missing.html", status=404, what=name)
        measured = next(
            (each for each in library.lexicon.properties.values() if each.term.iri == found.iri), None
        )
        members = library.members.get(found.iri, ())
        return page(
            request,
            "term.html",
            term=found,
            measured=measured,
            mappings=library.mappings(found.iri),
            above=[library.lexicon.terms[iri] for iri in found.ancestors[1:] if iri in library.lexicon.terms],
            branch=_branch(found.iri, library, depth=3),
            members=members[:_MOST_MEMBERS],
            count=len(members),
        )

    return router


def _branch(iri: str, library: Library, *, depth: int) -> dict[str, Any]:
    """A class with the classes below it as a tree, down to a depth, and how many things each has."""
    below = library.classes_below.get(iri, [])
    return {
        "term": library.lexicon.terms[iri],
        "things": len(library.members.get(iri, ())),
        "below": len(below),
        "branches": [_branch(each.iri, library, depth=depth - 1) for each in below] if depth else [],
    }
