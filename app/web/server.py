"""The application: one process, one port, over a snapshot of one store."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from app.sparql.pool import Limits, QueryPool
from app.web.api import api_router
from app.web.library import Library
from app.web.pages import page_router
from app.web.protocol import sparql_router
from kg.store import open_store, snapshot

_HERE = Path(__file__).parent

#: Nothing is loaded from elsewhere, no script runs, no page is framed.
_SECURITY = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self' data:",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app(store: Path, *, workers: int = 2, limits: Limits | None = None) -> FastAPI:
    """The server over a store as it is now; a later build shows after a restart. Raises StoreError.

    Queries that people send to ``/sparql`` run in ``workers`` processes under ``limits``.
    """
    folder = tempfile.TemporaryDirectory(prefix="lithograph-")
    copy = Path(folder.name) / "store"
    original = open_store(store)
    snapshot(original, copy)
    del original
    library = Library(copy)
    pool = QueryPool(copy, workers=workers, limits=limits)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with folder, pool:
            yield

    app = FastAPI(title="Lithograph", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.add_middleware(GZipMiddleware, minimum_size=1000)

    @app.middleware("http")
    async def secure(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers.update(_SECURITY)
        return response

    app.include_router(sparql_router(pool))
    app.include_router(api_router(library), prefix="/api/v1")
    app.include_router(page_router(library, pool))
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    return app
