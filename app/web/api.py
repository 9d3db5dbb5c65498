"""The JSON API: the same shapes as the command line's ``--json``."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Response

from app.mcp.shapes import Answer, Chain
from app.web.conversation import MOST_TURNS
from app.web.library import GAPS, MOST_QUESTION, Library, UnknownNameError
from kg.claims_file import claim_to_row
from kg.export import FORMATS, ExportError
from queries.gaps import DimensionError

Json = dict[str, Any]
Name = Annotated[str, Query(max_length=200)]
Question = Annotated[str, Query(max_length=MOST_QUESTION)]
Level = Annotated[int, Query(ge=0, le=3)]

GapKind = Annotated[str, Path(json_schema_extra={"enum": list(GAPS)})]
_UNKNOWN: dict[int | str, dict[str, Any]] = {404: {"description": "nothing in the graph has this name"}}
_EXPORTED: dict[int | str, dict[str, Any]] = {
    200: {"content": {form.media_type: {} for form in FORMATS.values()}},
    404: {"description": "no such format"},
}
ExportFormat = Annotated[str, Path(json_schema_extra={"enum": list(FORMATS)})]


def api_router(library: Library) -> APIRouter:
    """The routes of the API over one library."""
    router = APIRouter()

    @router.get("/ask", response_model=None, responses={200: {"model": Answer}})
    def ask(
        q: Annotated[str, Query(min_length=1, max_length=MOST_QUESTION)],
        then: Annotated[list[Question] | None, Query(max_length=MOST_TURNS - 1)] = None,
    ) -> Json:
        """Answer a question in English, or the last of those that follow it ("only argyrodites")."""
        turn = library.reply(q, None)
        for each in then or ():
            turn = library.reply(each, turn)
        return turn.answer.to_json()

    @router.get("/chains", response_model=None, responses=_UNKNOWN | {200: {"model": list[Chain]}})
    def chains(
        start: Annotated[str, Query(alias="from", max_length=200)] = "",
        end: Annotated[str, Query(alias="to", max_length=200)] = "",
        max_hops: Annotated[int, Query(ge=1, le=8)] = 4,
        limit: Annotated[int, Query(ge=1, le=200)] = 20,
    ) -> list[Json]:
        """Trace chains between two things or classes."""
        try:
            return library.chains(start, end, max_hops=max_hops, limit=limit)
        except UnknownNameError as error:
            raise HTTPException(404, str(error)) from None

    @router.get("/gaps/matrix", responses={404: {"description": "no class has this name"}})
    def matrix(rows: Name, columns: Name, row_level: Level = 0, column_level: Level = 0) -> list[Json]:
        """Say for each pair of two classes' members what is claimed and what was never combined."""
        try:
            return library.matrix(rows, columns, row_level=row_level, column_level=column_level).to_json()
        except DimensionError as error:
            raise HTTPException(404, str(error)) from None

    @router.get("/gaps/{kind}", responses={404: {"description": "no gaps of this kind"}})
    def gaps(kind: GapKind) -> list[Json]:
        """List the gaps of a kind."""
        if kind not in GAPS:
            raise HTTPException(404, f"no gaps of kind {kind}; expected one of {', '.join(GAPS)}")
        return library.gaps(kind)

    @router.get("/things", responses=_UNKNOWN)
    def things(name: Name) -> list[Json]:
        """Say what is known of the things of a name or IRI."""
        found = library.describe(name)
        if not found:
            raise HTTPException(404, str(library.unknown_name(name)))
        return found

    @router.get("/properties")
    def properties() -> list[Json]:
        """List the properties that have values."""
        return [
            {"key": key, "label": measured.term.label, "unit": measured.unit, "values": count}
            for key, (measured, count) in library.properties.items()
        ]

    @router.get("/properties/{key}", responses={404: {"description": "no values of this property"}})
    def measurements(key: str) -> list[Json]:
        """List the values of a property with their conditions and sentences."""
        if key not in library.properties:
            raise HTTPException(404, f"no values of {key}; expected one of {', '.join(library.properties)}")
        return library.graph.measurement_rows(key)

    @router.get("/documents")
    def documents() -> list[Json]:
        """List the documents."""
        return [
            {"id": each.id, "title": each.title, "claims": each.claims} for each in library.documents.values()
        ]

    @router.get("/documents/{document:path}/claims", responses={404: {"description": "no such document"}})
    def claims(document: str) -> list[Json]:
        """List a document's claims as rows of the claims file."""
        if document not in library.documents:
            raise HTTPException(404, f"no document {document}")
        return [claim_to_row(claim) for claim in library.claims(document)]

    @router.get("/claims/{claim}", responses={404: {"description": "no such claim"}})
    def claim(claim: str) -> Json:
        """Show one claim as a row of the claims file."""
        if (found := library.claim(claim)) is None:
            raise HTTPException(404, f"no claim {claim}")
        return claim_to_row(found)

    @router.get("/export/{form}", response_class=Response, responses=_EXPORTED)
    def export(form: ExportFormat) -> Response:
        """Write the whole graph out, without the ontology."""
        if form not in FORMATS:
            raise HTTPException(404, f"no format {form}; expected one of {', '.join(FORMATS)}")
        try:
            body = library.export(form)
        except ExportError as error:
            raise HTTPException(404, str(error)) from None
        headers = {"Content-Disposition": f'attachment; filename="lithograph.{FORMATS[form].suffix}"'}
        return Response(body, media_type=FORMATS[form].media_type, headers=headers)

    return router
