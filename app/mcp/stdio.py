"""The tools over standard input and output, for an agent that starts this program itself."""

from __future__ import annotations

from pathlib import Path

from app.mcp.tools import mcp_server
from app.sparql.pool import QueryPool
from app.web.library import Library
from kg.store import open_store
from kg.vocabulary import PREFIXES


async def serve_stdio(store: Path) -> None:
    """Answer one agent over the store as it is now, until it hangs up. Raises StoreError.

    The store is only read, so that several agents, and a build, may use it at the same time.
    """
    open_store(store, read_only=True)
    async with QueryPool(store, workers=2, reserve=1, prefixes=PREFIXES) as pool:
        await mcp_server(Library(store), pool).run_stdio_async()
