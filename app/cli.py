"""The command line, ``lithograph COMMAND``.

Exit codes: 0 done, 1 nothing found or a check failed, 2 wrong use.
"""

from __future__ import annotations

import os
import sys

import typer

from app.commands import (
    annotating,
    answering,
    building,
    curating,
    exploring,
    gaps,
    ontology,
    serving,
    watching,
)
from app.errors import USER_ERRORS, explain

cli = typer.Typer(
    name="lithograph",
    help="A knowledge graph of battery literature in which every claim keeps the sentence it came from.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for register in (
    building.register,
    annotating.register,
    answering.register,
    exploring.register,
    curating.register,
    gaps.register,
    watching.register,
    ontology.register,
    serving.register,
):
    register(cli)


def main() -> None:
    """Run the command line; a user's error is one message on standard error, never a traceback."""
    try:
        cli()
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has gone: nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except USER_ERRORS as error:
        typer.echo(f"lithograph: {explain(error)}", err=True)
        sys.exit(2)
