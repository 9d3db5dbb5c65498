"""Options that several commands share, and how they print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

StoreOption = Annotated[Path, typer.Option("--store", help="The folder of the graph.", metavar="DIR")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON Lines and nothing else.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="Show at most this many.")]

DEFAULT_STORE = Path("lithograph.db")


def print_json(rows: Iterable[Any]) -> None:
    """One JSON object a line on standard output."""
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False))


def read_batch(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file. Raises typer.BadParameter where a line is no object with an id."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise typer.BadParameter(f"{path}, line {number}: not JSON ({error.msg})") from error
        if not isinstance(row, dict) or "id" not in row:
            raise typer.BadParameter(f"{path}, line {number}: expected an object with an id")
        rows.append(row)
    return rows


def write_json(rows: Iterable[Any], path: Path | None) -> None:
    """JSON Lines to a file, or to standard output where none is named."""
    if path is None:
        print_json(rows)
        return
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def today() -> str:
    """The day on which a command is given, as ISO 8601."""
    return datetime.now(tz=UTC).date().isoformat()


def finish(found: bool) -> None:
    """End with 0 where something was found and 1 where nothing was."""
    if not found:
        sys.stdout.flush()
        raise typer.Exit(1)
