"""The Turtle modules that the ontology is made of: those beside this file, and those that a user adds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

#: The environment variable that names further Turtle files, or folders of them, separated as in PATH.
VARIABLE = "LITHOGRAPH_ONTOLOGY"


class OntologyError(ValueError):
    """A module that the user adds is missing or is no Turtle."""


def ontology_files() -> tuple[Path, ...]:
    """The bundled modules in a fixed order, then those that the user adds. Raises OntologyError."""
    bundled = sorted(Path(__file__).parent.glob("*.ttl"))
    return (*bundled, *_added(os.environ.get(VARIABLE, "")))


def _added(paths: str) -> Iterator[Path]:
    for path in map(Path, filter(None, paths.split(os.pathsep))):
        found = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
        if not found or not found[0].is_file():
            raise OntologyError(
                f"{VARIABLE} names {str(path)!r}, which is no Turtle file and no folder of some; "
                f"correct the path, or unset {VARIABLE} to go on with the bundled ontology"
            )
        for file in found:
            _check_syntax(file)
            yield file


@cache
def _check_syntax(file: Path) -> None:
    """Read a module once, so that a mistake in it is told where it is, whoever reads it later."""
    try:
        for _ in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            pass
    except SyntaxError as error:
        raise OntologyError(
            f"{file} is no Turtle: {error.msg}; correct it, or take it out of {VARIABLE}"
        ) from error
