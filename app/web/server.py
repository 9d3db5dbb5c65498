"""The application: one process, one port, over a snapshot of one store."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles
from starlette.routing import Route

from app.mcp.http import McpEndpoint
from app.sparql.pool import Limits, QueryPool
from app.web.access import Access
from app.web.api import api_router
from app.web.desk import Desk
from app.web.faults import Fault, handle_faults
from app.web.library import Library
from app.web.ontology import ontology_router
from app.web.operations import operation_router
from app.web.pages import page_router
from app.web.properties import property_router
from app.web.protocol import sparql_router
from app.web.query import query_router
from app.web.rendering import page_maker, page_words
from app.web.scripts import script_router
from app.web.snapshots import Snapshots
from app.web.things import thing_router
from app.web.threads import bound_threads
from app.web.traffic import Rate, SecureMiddleware, Traffic, TrafficMiddleware
from app.web.uploads import Uploads
from app.web.writing import paper_router, sign_in_router, verdict_router, writing_api
from kg.vocabulary import PREFIXES

_HERE = Path(__file__).parent
#: More connections than this at once are told to come back later.
_MOST_CONNECTIONS = 400
#: Seconds that requests have to end in when the server stops.
_GRACE = 5
#: Bytes of a request before its body: an address can hold the longest query that is run.
_MOST_HEAD = 400_000
#: So many of the example questions are asked once before a visitor asks one.
_WARMING_QUESTIONS = 2


def create_app(
    store: Path,
    *,
    limits: Limits | None = None,
    rate: Rate | None = None,
    token: str = "",
    papers: Path | None = None,
    log: bool = False,
) -> FastAPI:
    """The server over a store as it is now; a later build shows after a restart. Raises StoreError.

    Queries that people send run in processes of their own under ``limits``; a client is answered as often
    as ``rate`` says. Whoever has the ``token`` may write; without one nobody may. Uploaded papers are kept
    in ``papers``, a folder beside the store where none is given. With ``log`` each request is a line of JSON
    on standard error.
    """
    access = Access(token)
    snapshots = Snapshots(store)
    copy = snapshots.take()
    library = Library(copy, first_questions=page_words()["questions"][:_WARMING_QUESTIONS])
    pool = QueryPool(copy, limits=limits, prefixes=PREFIXES)
    traffic = Traffic(rate=rate or Rate(), log=log)
    page, tools = page_maker(library, access), McpEndpoint(library, pool)
    desk = Desk(snapshots, library, pool)
    uploads = Uploads(desk, papers or store.with_name(f"{store.name}.papers"))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        bound_threads()
        with closing(snapshots):
            # The port opens while the graph is still being read: who comes early waits for it.
            warming = asyncio.ensure_future(asyncio.to_thread(_warm, library))
            async with pool, tools.running():
                yield
                await uploads.stop()
                await desk.stop()
                await warming

    app = FastAPI(
        title="Lithograph",
        description="Claims of the literature, each with the sentence it was read from.",
        version="1",
        lifespan=lifespan,
        responses={422: {"model": Fault, "description": "a parameter is missing or not as described"}},
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(TrafficMiddleware, traffic=traffic)
    app.add_middleware(SecureMiddleware)
    handle_faults(app, page)
    app.include_router(sparql_router(pool))
    app.include_router(api_router(library), prefix="/api/v1")
    app.include_router(writing_api(access, desk, uploads), prefix="/api/v1")
    for router in (
        page_router(library, page),
        property_router(library, page),
        thing_router(library, pool, page),
        ontology_router(library, pool, page),
        query_router(pool, page),
        sign_in_router(access, page),
        paper_router(access, uploads, page),
        verdict_router(access, desk, page),
        operation_router(library, pool, traffic),
        script_router(),
    ):
        app.include_router(router)
    app.router.routes.append(Route("/mcp", endpoint=tools, include_in_schema=False))
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    return app


def _warm(library: Library) -> None:
    """Read the graph; what is made now stays, so that looking for garbage in it would be time lost."""
    gc.disable()
    try:
        library.warm()
    finally:
        gc.freeze()
        gc.enable()


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
