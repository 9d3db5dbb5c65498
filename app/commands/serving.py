"""The command that serves the graph over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.options import DEFAULT_STORE, StoreOption

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def register(cli: typer.Typer) -> None:
    """Add this module's command to the command line."""
    cli.command()(serve)


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
