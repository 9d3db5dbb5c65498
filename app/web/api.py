"""The JSON API: the same shapes as the command line's ``--json``."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query

from app.web.library import GAPS, MOST_QUESTION, Library
from kg.claims_file import claim_to_row

Json = dict[str, Any]
Name = Annotated[str, Query(max_length=200)]


def api_router(library: Library) -> APIRouter:
    """The routes of the API over one library."""
    router = APIRouter()

    @router.get("/ask")
    def ask(q: Annotated[str, Query(min_length=1, max_length=MOST_QUESTION)]) -> Json:
        """Answer a question in English."""
        return library.ask(q)

    @router.get("/chains")
    def chains(
        start: Annotated[str, Query(alias="from", max_length=200)] = "",
        end: Annotated[str, Query(alias="to", max_length=200)] = "",
        max_hops: Annotated[int, Query(ge=1, le=8)] = 4,
        limit: Annotated[int, Query(ge=1, le=200)] = 20,
    ) -> list[Json]:
        """Trace chains between two things or classes."""
        return library.chains(start, end, max_hops=max_hops, limit=limit)

    @router.get("/gaps/{kind}")
    def gaps(kind: str) -> list[Json]:
        """List the gaps of a kind."""
        if kind not in GAPS:
            raise HTTPException(404, f"no gaps of kind {kind}; expected one of {', '.join(GAPS)}")
        return library.gaps(kind)

    @router.get("/things")
    def things(name: Name) -> list[Json]:
        """Say what is known of a thing."""
        return library.things(name)

    @router.get("/documents")
    def documents() -> list[Json]:
        """List the documents."""
        return [
            {"id": each.id, "title": each.title, "claims": each.claims} for each in library.documents.values()
        ]

    @router.get("/documents/{document}/claims")
    def claims(document: str) -> list[Json]:
        """List a document's claims as rows of the claims file."""
        if document not in library.documents:
            raise HTTPException(404, f"no document {document}")
        return [claim_to_row(claim) for claim in library.claims(document)]

    return router
