"""The commands that serve the graph: over HTTP, and to an agent."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.options import DEFAULT_STORE, StoreOption

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def register(cli: typer.Typer) -> None:
    """Add this module's commands to the command line."""
    cli.command()(serve)
    cli.command()(mcp)


def serve(
    *,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen at.")] = 8000,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Serve pages, a JSON API and a SPARQL endpoint, to this machine only unless told otherwise."""
    import socket

    from app.web.server import create_app, make_server

    if host not in _LOOPBACK:
        typer.echo(
            f"lithograph: {host} can be reached from other machines; anyone there can read the graph",
            err=True,
        )
    listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    app = create_app(store)
    typer.echo(f"Lithograph is at http://{host}:{listener.getsockname()[1]}  (Ctrl+C stops it)", err=True)
    make_server(app).run(sockets=[listener])


def mcp(*, store: StoreOption = DEFAULT_STORE) -> None:
    """Serve an agent by the Model Context Protocol, over standard input and output; reads only."""
    import asyncio
    from importlib.util import find_spec

    if find_spec("mcp") is None:
        raise typer.BadParameter("the package mcp is not installed: pip install 'lithograph[mcp]'")
    from app.mcp.stdio import serve_stdio

    asyncio.run(serve_stdio(store))
