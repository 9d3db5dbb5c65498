"""Commands that show what the literature leaves open: gaps matrix, bridges, contradictions and the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.options import DEFAULT_STORE, JsonOption, LimitOption, StoreOption, finish, print_json

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


LevelOption = Annotated[
    int,
    typer.Option(
        min=0, max=9, help="0: a line for each thing; n: for each class n steps below the named one."
    ),
]


def register(cli: typer.Typer) -> None:
    """Add this module's commands to the command line."""
    group = typer.Typer(help="What the literature leaves open.", no_args_is_help=True, rich_markup_mode=None)
    for name, command in (
        ("matrix", matrix),
        ("cell", cell),
        ("bridges", bridges),
        ("contradictions", contradictions),
        ("open-questions", open_questions),
        ("analogies", analogies),
        ("thin", thin),
        ("evaluate", evaluate),
    ):
        group.command(name)(command)
    cli.add_typer(group, name="gaps")


def matrix(
    rows: Annotated[str, typer.Argument(help="A class of the ontology.")] = "dopant",
    columns: Annotated[str, typer.Argument(help="Another one.")] = "failure mechanism",
    *,
    row_level: LevelOption = 0,
    column_level: LevelOption = 0,
    since: Annotated[
        str,
        typer.Option("--since", help="Only what is not as it was on this day (YYYY-MM-DD).", metavar="DATE"),
    ] = "",
    as_json: JsonOption = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Say for each pair of two classes what is claimed, how firmly, and what was never combined."""
    from app.terminal import changes_view, matrix_view, print_view
    from queries.gaps import gap_matrix, matrix_changes

    if since:
        changed = matrix_changes(
            _open(store), rows, columns, since, row_level=row_level, column_level=column_level
        )
        if as_json:
            print_json(each.to_json() for each in changed)
        else:
            print_view(changes_view([each.to_json() for each in changed]))
        finish(bool(changed))
        return
    found = gap_matrix(
        _open(store), rows=rows, columns=columns, row_level=row_level, column_level=column_level
    )
    if as_json:
        print_json(found.to_json())
    else:
        print_view(matrix_view(found.to_json()))
    finish(bool(found.cells))


def cell(
    row: Annotated[str, typer.Argument(help="A thing or a class: LiI, dopant.")],
    column: Annotated[str, typer.Argument(help="Another one.")],
    *,
    as_json: JsonOption = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Show one cell of a matrix with the sentences behind it."""
    from app.terminal import gap_view, print_view
    from queries.gaps import find_cell

    found = find_cell(_open(store), row, column)
    if as_json:
        print_json([found.to_json()])
    else:
        print_view(gap_view({**found.to_json(), "text": found.text}))
    finish(found.status != "never")


def bridges(
    *, limit: LimitOption = 20, as_json: JsonOption = False, store: StoreOption = DEFAULT_STORE
) -> None:
    """List pairs that nobody has joined though each is joined to a third thing, the best supported first."""
    from queries.gaps import bridges as find

    _show([each.to_json() for each in find(_open(store), limit=limit)], limit, as_json=as_json)


def contradictions(
    *, limit: LimitOption = 20, as_json: JsonOption = False, store: StoreOption = DEFAULT_STORE
) -> None:
    """List statements that cannot both hold, with the sentences of both sides."""
    from queries.gaps import contradictions as find

    _show([each.to_json() for each in find(_open(store))], limit, as_json=as_json)


def open_questions(
    *,
    about: Annotated[str, typer.Option("--about", help="Only those about this thing.")] = "",
    limit: LimitOption = 20,
    as_json: JsonOption = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """List the sentences in which authors say that something is unknown, unmet or in dispute."""
    from queries.gaps import open_questions as find

    _show([each.to_json() for each in find(_open(store), topic=about)], limit, as_json=as_json)


def analogies(
    *, limit: LimitOption = 20, as_json: JsonOption = False, store: StoreOption = DEFAULT_STORE
) -> None:
    """List what holds for a thing's nearest relatives and was never said of it."""
    from queries.gaps import analogies as find

    _show([each.to_json() for each in find(_open(store), limit=limit)], limit, as_json=as_json)


def thin(*, limit: LimitOption = 20, as_json: JsonOption = False, store: StoreOption = DEFAULT_STORE) -> None:
    """List statements that rest on one paper, one hedge or old work alone."""
    from queries.gaps import thin_evidence

    _show([each.to_json() for each in thin_evidence(_open(store), limit=limit)], limit, as_json=as_json)


def evaluate(
    *,
    until: Annotated[int, typer.Option("--until", help="Predict from works up to this year.")],
    as_json: JsonOption = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Predict from the works up to a year and score the predictions on what later works reported."""
    from app.terminal import evaluation_view, print_view
    from queries.gaps import evaluate as run

    rows = run(_open(store), until).to_json()
    if as_json:
        print_json(rows)
    else:
        print_view(evaluation_view(rows))


def _open(store: Path) -> KnowledgeGraph:
    from kg.graph import KnowledgeGraph

    return KnowledgeGraph.open(store)


def _show(gaps: Sequence[dict[str, Any]], limit: int, *, as_json: bool) -> None:
    from app.terminal import gap_view, print_view

    if as_json:
        print_json(gaps)
    else:
        for gap in gaps[:limit]:
            print_view(gap_view(gap))
        if len(gaps) > limit:
            typer.echo(f"… and {len(gaps) - limit} more (--limit)")
        if not gaps:
            typer.echo("lithograph: none found", err=True)
    finish(bool(gaps))
