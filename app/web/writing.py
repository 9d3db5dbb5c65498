"""Pages and API by which those who have the token add papers and correct claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.security import HTTPBearer
from pydantic import BaseModel, Field
from starlette.datastructures import FormData, UploadFile
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from app.web.access import Access
from app.web.desk import Desk
from app.web.rendering import Page
from app.web.uploads import MOST_BYTES, UploadError, Uploads
from extract.readers import SUFFIXES
from kg.curation import CurationError
from kg.store import StoreError

Json = dict[str, Any]

_MOST_FORM = 100_000
#: What the boundaries and the other fields of an upload take at most.
_MARGIN = 10_000
_CHANGE = "set:"
_WAS = "was:"

_TOKEN: dict[int | str, Json] = {401: {"description": "the token is missing or wrong"}}


class VerdictRequest(BaseModel):
    """A verdict on a claim; ``changes`` are fields of the claims file with what they should be."""

    judgement: Literal["accept", "reject", "correct", "undo"]
    by: Annotated[str, Field(max_length=200)] = ""
    note: Annotated[str, Field(max_length=2000)] = ""
    changes: dict[str, str] = {}


def sign_in_router(access: Access, page: Page) -> APIRouter:
    """The routes by which a browser shows the token."""
    router = APIRouter(include_in_schema=False)

    @router.get("/sign-in")
    async def form(request: Request) -> Response:
        return page(request, "sign_in.html", wrong=False)

    @router.post("/sign-in")
    async def sign_in(request: Request) -> Response:
        given = await _form(request)
        response = RedirectResponse("/papers", status_code=303)
        token = str(given.get("token", "")).strip()
        if access.sign_in(token, response, secure=request.url.scheme == "https"):
            return response
        return page(request, "sign_in.html", status=401, wrong=True)

    @router.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        session = access.check_sender(request)
        access.check_key(session, str((await _form(request)).get("form_key", "")))
        response = RedirectResponse("/", status_code=303)
        access.sign_out(request, response)
        return response

    return router


def paper_router(access: Access, uploads: Uploads, page: Page) -> APIRouter:
    """The pages on which papers are uploaded and watched."""
    router = APIRouter(include_in_schema=False)
    values: Json = {"types": sorted(SUFFIXES), "most": MOST_BYTES // 1_000_000}

    @router.get("/papers")
    async def overview(request: Request) -> Response:
        found = uploads.list() if access.session(request) else []
        return page(request, "papers.html", uploads=found, **values)

    @router.post("/papers")
    async def add(request: Request) -> Response:
        session = access.check_sender(request)
        given = await _form(request, most=MOST_BYTES + _MARGIN)
        try:
            access.check_key(session, str(given.get("form_key", "")))
            upload = uploads.take(*await _paper(given))
        except UploadError as error:
            told = values | {"uploads": uploads.list(), "problem": str(error)}
            return page(request, "papers.html", status=error.status, **told)
        finally:
            await given.close()
        return RedirectResponse(f"/papers/{upload.id}", status_code=303)

    @router.get("/papers/{upload}")
    async def watch(request: Request, upload: str) -> Response:
        found = uploads.get(upload)
        if found is None or not access.session(request):
            return page(request, "missing.html", status=404, what=upload)
        return page(request, "paper.html", upload=found)

    return router


def verdict_router(access: Access, desk: Desk, page: Page) -> APIRouter:
    """The route that the forms on pages of claims and documents are sent to."""
    router = APIRouter(include_in_schema=False)

    @router.post("/claims/{claim}/verdict")
    async def judge(request: Request, claim: str) -> Response:
        session = access.check_sender(request)
        given = {key: str(value) for key, value in (await _form(request)).items()}
        access.check_key(session, given.get("form_key", ""))
        changes = {
            key.removeprefix(_CHANGE): value
            for key, value in given.items()
            if key.startswith(_CHANGE) and value.strip() != given.get(_WAS + key.removeprefix(_CHANGE))
        }
        try:
            verdict = VerdictRequest(
                judgement=given.get("judgement"),  # type: ignore[arg-type]  # checked by the model
                by=given.get("by", ""),
                note=given.get("note", ""),
                changes=changes,
            )
            became = await _judge(desk, claim, verdict)
        except (CurationError, StoreError, ValueError) as error:
            return page(request, "fault.html", status=_status(error), reasons=[str(error)])
        document = given.get("document", "")
        address = f"/document/{document}#claim-{became}" if document else f"/id/claim/{became}"
        return RedirectResponse(address, status_code=303)

    return router


def writing_api(access: Access, desk: Desk, uploads: Uploads) -> APIRouter:
    """The same for programs, which send the token as ``Authorization: Bearer …``."""
    described = HTTPBearer(scheme_name="token", auto_error=False)  # only for OpenAPI: the next one checks
    router = APIRouter(dependencies=[Depends(described), Depends(access.check_program)])
    paper: Json = {
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        },
    }

    @router.post(
        "/papers",
        status_code=202,
        openapi_extra=paper,
        responses=_TOKEN
        | {
            413: {"description": "the paper is too large"},
            415: {"description": "not a type that can be read"},
            422: {"description": "not a paper"},
            503: {"description": "too many papers are waiting"},
        },
    )
    async def add(request: Request, name: str) -> Json:
        """Add a paper: the body is the file, ``name`` its name with its ending."""
        try:
            return uploads.take(name, await _body(request, most=MOST_BYTES)).to_json()
        except UploadError as error:
            raise HTTPException(error.status, str(error)) from None

    @router.get("/papers/{upload}", responses=_TOKEN | {404: {"description": "no such upload"}})
    async def watch(upload: str) -> Json:
        """Tell what has become of an uploaded paper so far."""
        found = uploads.get(upload)
        if found is None:
            raise HTTPException(404, f"no upload {upload}")
        return found.to_json()

    @router.post(
        "/claims/{claim}/verdict",
        responses=_TOKEN
        | {
            400: {"description": "the body is no JSON"},
            404: {"description": "no such claim, or a field that cannot be corrected"},
            409: {"description": "another process is writing to the store"},
        },
    )
    async def verdict(claim: str, body: VerdictRequest) -> Json:
        """Accept, reject or correct a claim, or take that back; the id of what it became."""
        try:
            return {"claim": await _judge(desk, claim, body)}
        except (CurationError, StoreError) as error:
            raise HTTPException(_status(error), str(error)) from None

    return router


async def _judge(desk: Desk, claim: str, verdict: VerdictRequest) -> str:
    if verdict.judgement == "undo":
        return await desk.undo(claim)
    if verdict.judgement == "correct" and not verdict.changes:
        raise CurationError(f"claim {claim}: nothing was changed; expected fields with other values")
    return await desk.judge(
        claim, verdict.judgement, by=verdict.by, note=verdict.note, changes=verdict.changes
    )


def _status(error: Exception) -> int:
    return 409 if isinstance(error, StoreError) else 404 if isinstance(error, CurationError) else 422


async def _form(request: Request, *, most: int = _MOST_FORM) -> FormData:
    """The fields of a form of at most so many bytes."""
    bounded = Request(request.scope, _bounded(request.receive, most=most))
    return await bounded.form(max_files=1, max_fields=100)


async def _paper(given: FormData) -> tuple[str, bytes]:
    """The name and content of the file of a form. Raises UploadError where none was chosen."""
    paper = given.get("paper")
    if not isinstance(paper, UploadFile) or not paper.filename:
        raise UploadError("choose a file")
    return paper.filename, await paper.read()


async def _body(request: Request, *, most: int) -> bytes:
    return await Request(request.scope, _bounded(request.receive, most=most)).body()


def _bounded(receive: Receive, *, most: int) -> Callable[[], Any]:
    """The messages of a body that may have so many bytes; what is more is refused, not stored."""
    taken = 0

    async def receive_bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(413, f"the request is larger than {most:,} bytes")
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        return message

    return receive_bounded
