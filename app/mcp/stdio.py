"""The tools over standard input and output, for an agent that starts this program itself."""

from __future__ import annotations

import tempfile
from pathlib import Path

from app.mcp.tools import mcp_server
from app.sparql.pool import QueryPool
from app.web.library import Library
from app.web.snapshots import Snapshots
from kg.vocabulary import PREFIXES


async def serve_stdio(store: Path) -> None:
    """Answer one agent over the store as it is now, until it hangs up. Raises StoreError."""
    with tempfile.TemporaryDirectory(prefix="lithograph-") as folder:
        copy = Snapshots(store, Path(folder)).take()
        async with QueryPool(copy, workers=2, reserve=1, prefixes=PREFIXES) as pool:
            await mcp_server(Library(copy), pool).run_stdio_async()
