"""The application: one process, one port, over a snapshot of one store."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.sparql.pool import Limits, QueryPool
from app.web.api import api_router
from app.web.faults import handle_faults
from app.web.library import Library
from app.web.ontology import ontology_router
from app.web.pages import page_router
from app.web.properties import property_router
from app.web.protocol import sparql_router
from app.web.query import query_router
from app.web.rendering import page_maker
from app.web.scripts import POLICY, script_router
from app.web.things import thing_router
from kg.store import open_store, snapshot
from kg.vocabulary import PREFIXES

_HERE = Path(__file__).parent
#: More connections than this at once are told to come back later.
_MOST_CONNECTIONS = 400
#: Seconds that requests have to end in when the server stops.
_GRACE = 5
#: Bytes of a request before its body: an address can hold the longest query that is run.
_MOST_HEAD = 400_000
_SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(store: Path, *, limits: Limits | None = None) -> FastAPI:
    """The server over a store as it is now; a later build shows after a restart. Raises StoreError.

    Queries that people send run in processes of their own under ``limits``.
    """
    folder = tempfile.TemporaryDirectory(prefix="lithograph-")
    copy = Path(folder.name) / "store"
    original = open_store(store)
    snapshot(original, copy)
    del original
    library = Library(copy)
    pool = QueryPool(copy, limits=limits, prefixes=PREFIXES)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with folder:
            async with pool:
                await run_in_threadpool(library.warm)
                yield

    app = FastAPI(
        title="Lithograph",
        description="Claims of the literature, each with the sentence it was read from.",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(_SecureMiddleware)
    page = page_maker(library)
    handle_faults(app, page)
    app.include_router(sparql_router(pool))
    app.include_router(api_router(library), prefix="/api/v1")
    for router in (
        page_router(library, page),
        property_router(library, page),
        thing_router(library, pool, page),
        ontology_router(library, pool, page),
        query_router(pool, page),
        script_router(),
    ):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    return app


def make_server(app: FastAPI) -> uvicorn.Server:
    """The HTTP server of an application; ``run(sockets=[…])`` serves until it is told to stop."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE,
        h11_max_incomplete_event_size=_MOST_HEAD,
    )
    return uvicorn.Server(config)


class _SecureMiddleware:
    """Adds the security headers to every response that does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_secured if scope["type"] == "http" else send)
