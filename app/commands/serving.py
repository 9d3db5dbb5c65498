"""The commands that serve the graph: over HTTP, and to an agent."""

from __future__ import annotations

from pathlib import Path
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
    token_file: Annotated[
        Path | None,
        typer.Option(
            help="The file with the token of those who may add papers and correct claims; "
            "the environment's LITHOGRAPH_TOKEN serves as well. Without one the server only reads.",
            metavar="FILE",
        ),
    ] = None,
    papers: Annotated[
        Path | None,
        typer.Option(help="The folder of uploaded papers; STORE.papers where none is given.", metavar="DIR"),
    ] = None,
    rate: Annotated[
        float, typer.Option(min=0, help="Requests a second that one client may send; 0 for any number.")
    ] = 100,
    log: Annotated[
        bool, typer.Option("--log", help="Write each request as a line of JSON to standard error.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Serve pages, a JSON API, SPARQL and tools for agents, to this machine only unless told otherwise."""
    import os
    import socket

    from app.web.access import TokenError
    from app.web.server import create_app, make_server
    from app.web.traffic import Rate

    token = token_file.read_text("utf-8").strip() if token_file else os.environ.get("LITHOGRAPH_TOKEN", "")
    if host not in _LOOPBACK:
        who = "read the graph, and write to it with the token" if token else "read the graph"
        typer.echo(f"lithograph: {host} can be reached from other machines; anyone there can {who}", err=True)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        known = error.errno is not None and error.errno > 0
        reason = os.strerror(error.errno or 0) if known else "no such host"
        raise typer.BadParameter(
            f"cannot listen at {host}, port {port}: {reason}; choose another --port (0 for any), or --host"
        ) from None
    try:
        app = create_app(store, token=token, papers=papers, rate=Rate(a_second=rate, burst=4 * rate), log=log)
    except TokenError as error:
        raise typer.BadParameter(str(error)) from None
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
