"""The tools over HTTP (streamable, stateless), under an address of the server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.sparql.pool import QueryPool
from app.web.library import Library

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

_MOST_BODY = 200_000


class McpEndpoint:
    """An ASGI application that is made when it is first asked, for its library takes a while to load.

    Without the extra ``mcp`` it answers 501 and says what to install.
    """

    def __init__(self, library: Library, pool: QueryPool) -> None:
        self._library, self._pool = library, pool
        self._made: asyncio.Future[ASGIApp] | None = None
        self._running: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Within this, requests are answered."""
        try:
            yield
        finally:
            self._stop.set()
            if self._running is not None:
                await self._running

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if find_spec("mcp") is None:
            reason = "this server lacks the package mcp: pip install 'lithograph[mcp]'"
            await JSONResponse({"detail": reason}, 501)(scope, receive, send)
            return
        if self._made is None:
            self._made = asyncio.get_running_loop().create_future()
            self._running = asyncio.create_task(self._run(self._made))
        application = await asyncio.shield(self._made)
        await application(scope, receive, send)

    async def _run(self, made: asyncio.Future[ASGIApp]) -> None:
        try:
            manager = await asyncio.to_thread(self._session_manager)
        except Exception as error:
            made.set_exception(error)
            self._made = None
            return
        async with manager.run():
            made.set_result(manager.handle_request)
            await self._stop.wait()

    def _session_manager(self) -> StreamableHTTPSessionManager:
        from mcp.server.transport_security import TransportSecuritySettings  # noqa: PLC0415

        from app.mcp.tools import mcp_server  # noqa: PLC0415

        server = mcp_server(self._library, self._pool)
        # No check of the Host header: what the tools give away, every page gives to everybody too.
        server.streamable_http_app(
            stateless_http=True,
            json_response=True,
            max_request_body_size=_MOST_BODY,
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        return server.session_manager
