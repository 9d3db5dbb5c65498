"""What a client is told when there is nothing at an address or a parameter is wrong: a page or JSON."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from app.web.rendering import Page


class Fault(BaseModel):
    """What programs are told of a fault, in one sentence or one for each parameter."""

    detail: str | list[str]


_FOR_PROGRAMS = ("/api/", "/sparql", "/openapi.json")


def handle_faults(app: FastAPI, page: Page) -> None:
    """Answer faults under the API in JSON, and all others with a page that says what is wrong."""

    async def fault(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if request.url.path.startswith(_FOR_PROGRAMS):
            return JSONResponse({"detail": error.detail}, error.status_code, headers=error.headers)
        if error.status_code == 404:
            return page(request, "missing.html", status=404, what=request.url.path)
        return page(request, "fault.html", status=error.status_code, reasons=[str(error.detail)])

    async def wrong(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        reasons = [f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors()]
        if request.url.path.startswith(_FOR_PROGRAMS):
            return JSONResponse({"detail": reasons}, 422)
        return page(request, "fault.html", status=422, reasons=reasons)

    async def failed(request: Request, _: Exception) -> Response:
        reason = "The server failed at this; the fault is in its log. Other pages work."
        if request.url.path.startswith(_FOR_PROGRAMS):
            return JSONResponse({"detail": reason}, 500)
        return page(request, "fault.html", status=500, reasons=[reason])

    app.add_exception_handler(Exception, failed)
    app.add_exception_handler(HTTPException, fault)
    app.add_exception_handler(RequestValidationError, wrong)
