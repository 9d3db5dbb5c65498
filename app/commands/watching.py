"""Commands that watch a question, a chain or a cell of the gap matrix, and say what changed and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import DEFAULT_STORE, JsonOption, StoreOption, finish, print_json, today

if TYPE_CHECKING:
    import pyoxigraph as ox

    from queries.watching import Report


def register(cli: typer.Typer) -> None:
    """Add this module's commands to the command line."""
    group = typer.Typer(
        help="Be told what changes in a question, a chain or a cell.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for name, command in (("add", add), ("list", list_), ("remove", remove), ("check", check)):
        group.command(name)(command)
    cli.add_typer(group, name="watch")


def add(
    kind: Annotated[str, typer.Argument(help="question, chain or cell.")],
    asks: Annotated[
        list[str],
        typer.Argument(help="The question; or the two ends of a chain; or the row and column of a cell."),
    ],
    *,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Watch something from now on: whatever changes the graph then says what changed in it."""
    from kg.graph import KnowledgeGraph
    from kg.store import open_store
    from kg.watches import KINDS, Watch, keep_watch
    from queries.watching import check_watch, look

    known = {each: each for each in KINDS}
    if kind not in known:
        raise typer.BadParameter(f"{kind!r} cannot be watched; expected one of {', '.join(KINDS)}")
    watch = Watch(known[kind], tuple(asks))
    opened = open_store(store)
    graph = KnowledgeGraph(opened)
    check_watch(graph, watch)
    (report,) = look(graph, [watch], on=today())
    keep_watch(opened, report.watch)
    opened.flush()
    parts = report.watch.seen["parts"]
    typer.echo(f"{watch.id}  watching the {kind} {watch.text}: {len(parts)} to see now")


def list_(*, as_json: JsonOption = False, store: StoreOption = DEFAULT_STORE) -> None:
    """List what is watched, and since when it has been as it is."""
    from app.terminal import print_view, table_view
    from kg.store import open_store
    from kg.watches import stored_watches

    found = stored_watches(open_store(store, read_only=True))
    rows = [{"watch": each.id, "kind": each.kind, "asks": list(each.asks), "seen": each.on} for each in found]
    if as_json:
        print_json(rows)
    else:
        print_view(
            table_view(["watch", "kind", "what", "seen"], [[w.id, w.kind, w.text, w.on] for w in found])
        )
    finish(bool(found))


def remove(
    watch: Annotated[str, typer.Argument(help="The id of a watch, or how it starts.")],
    *,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Watch something no longer."""
    from kg.store import open_store
    from kg.watches import drop_watch, find_watch

    opened = open_store(store)
    found = find_watch(opened, watch)
    drop_watch(opened, found)
    opened.flush()
    typer.echo(f"{found.id}  no longer watching the {found.kind} {found.text}")


def check(
    *,
    keep: Annotated[bool, typer.Option("--keep", help="Do not take what is told as seen.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Say what changed since it was last told, and why."""
    from kg.store import open_store

    opened = open_store(store)
    reports = _look(opened, keep=keep)
    if as_json:
        print_json(row for report in reports for row in report.to_json())
    else:
        _tell(reports)
        if not any(report.changes for report in reports):
            typer.echo(f"lithograph: nothing changed in {len(reports)} watches", err=True)
    finish(any(report.changes for report in reports))


def tell_changes(store: ox.Store) -> None:
    """After a change of the graph: what changed in what is watched; that is then taken as seen."""
    _tell(_look(store))


def _look(store: ox.Store, *, keep: bool = False) -> list[Report]:
    from kg.watches import keep_watch, stored_watches

    watches = stored_watches(store)
    if not watches:
        return []
    from kg.graph import KnowledgeGraph
    from queries.watching import look

    reports = list(look(KnowledgeGraph(store), watches, on=today()))
    if not keep:
        for report in reports:
            if report.changes:
                keep_watch(store, report.watch)
        store.flush()
    return reports


def _tell(reports: list[Report]) -> None:
    from app.terminal import print_view, watch_view

    for report in reports:
        if report.changes:
            print_view(watch_view(report.watch.text, report.to_json()))
