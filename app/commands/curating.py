"""Commands by which people correct the graph: curate accept, reject, correct, retract, undo and others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.options import DEFAULT_STORE, JsonOption, StoreOption, finish, print_json, today
from app.commands.watching import tell_changes

if TYPE_CHECKING:
    from kg.curation import Judgement

ClaimsArgument = Annotated[
    list[str], typer.Argument(help="The ids of claims, or how they start.", metavar="CLAIM...")
]
ByOption = Annotated[str, typer.Option("--by", help="Who says so.", envvar="LITHOGRAPH_CURATOR")]
OnOption = Annotated[
    str, typer.Option("--on", help="On which day (YYYY-MM-DD); today where none is given.", metavar="DATE")
]
NoteOption = Annotated[str, typer.Option("--note", help="Why.")]


def register(cli: typer.Typer) -> None:
    """Add this module's commands to the command line."""
    group = typer.Typer(
        help="Say what is right, wrong or retracted.", no_args_is_help=True, rich_markup_mode=None
    )
    for name, command in (
        ("accept", accept),
        ("reject", reject),
        ("correct", correct),
        ("retract", retract),
        ("undo", undo),
        ("list", list_),
        ("export", export),
        ("import", import_),
    ):
        group.command(name)(command)
    cli.add_typer(group, name="curate")


def accept(
    claims: ClaimsArgument,
    *,
    by: ByOption = "",
    on: OnOption = "",
    note: NoteOption = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Confirm that claims say what their sentences say: they count as read by a person."""
    _judge(claims, "accept", store, by=by, on=on or today(), note=note)


def reject(
    claims: ClaimsArgument,
    *,
    by: ByOption = "",
    on: OnOption = "",
    note: NoteOption = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Take claims that their sentences do not make out of the graph."""
    _judge(claims, "reject", store, by=by, on=on or today(), note=note)


def correct(
    claim: Annotated[str, typer.Argument(help="The id of a claim, or how it starts.")],
    changes: Annotated[
        list[str],
        typer.Option(
            "--set",
            help="What it should say: value=3.2e-3, polarity=negated, object='a|b', conditions.solvent=THF.",
            metavar="FIELD=VALUE",
        ),
    ],
    *,
    by: ByOption = "",
    on: OnOption = "",
    note: NoteOption = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Replace a claim by what its sentence says; fields are those of the claims file."""
    wrong = [change for change in changes if "=" not in change]
    if wrong:
        raise typer.BadParameter(f"--set {wrong[0]!r}; expected FIELD=VALUE")
    fields = {field.strip(): value for field, _, value in (change.partition("=") for change in changes)}
    _judge([claim], "correct", store, by=by, on=on or today(), note=note, changes=fields)


def retract(
    work: Annotated[str, typer.Argument(help="The DOI of a publication, or its IRI in the graph.")],
    *,
    by: ByOption = "",
    on: OnOption = "",
    note: NoteOption = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Let a retracted publication count no longer; what rests on it alone is shown as retracted."""
    from dataclasses import replace

    from kg.curate import find_work
    from kg.curate import retract as retract_works
    from kg.read import retracted_claims
    from kg.store import open_store

    graph = open_store(store)
    before = sum(1 for _ in retracted_claims(graph))
    found = replace(find_work(graph, work), by=by, on=on or today(), note=note)
    retract_works(graph, [found])
    graph.flush()
    count = sum(1 for _ in retracted_claims(graph)) - before
    typer.echo(f"{found.citation or found.work} is retracted. Claims that rest on it alone: {count}.")
    tell_changes(graph)


def undo(
    items: Annotated[list[str], typer.Argument(help="Ids of claims, DOIs or IRIs.", metavar="CLAIM|WORK...")],
    *,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Take back what was said of claims and works: they are again as they were read."""
    from kg.curate import find_undoable
    from kg.curate import undo as take_back
    from kg.store import open_store

    graph = open_store(store)
    curation = find_undoable(graph, items)
    take_back(graph, verdicts=curation.verdicts, retractions=curation.retractions)
    graph.flush()
    typer.echo(f"{len(curation.verdicts) + len(curation.retractions)} taken back.")
    tell_changes(graph)


def list_(*, as_json: JsonOption = False, store: StoreOption = DEFAULT_STORE) -> None:
    """List the verdicts and retractions; "waiting" marks those whose claim is not in the graph."""
    from app.terminal import print_view, table_view
    from kg.curated_rows import curated_rows
    from kg.store import open_store

    rows = curated_rows(open_store(store, read_only=True))
    if as_json:
        print_json(rows)
    else:
        columns = ["judgement", "id", "what", "by", "on", "note"]
        print_view(table_view(columns, [[_cell(row, column) for column in columns] for row in rows]))
    finish(bool(rows))


def export(
    *,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write.")] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write all verdicts and retractions as JSON Lines, to take them elsewhere."""
    from kg.curated_file import curation_lines
    from kg.curation_graph import stored_curation
    from kg.store import open_store

    text = "".join(curation_lines(stored_curation(open_store(store, read_only=True))))
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        typer.echo(f"written to {output}", err=True)
    finish(bool(text))


def import_(
    files: Annotated[list[Path], typer.Argument(help="Files that `curate export` wrote.")],
    *,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Take over verdicts and retractions; those on claims that are not in the graph wait for them."""
    from kg.curate import merge
    from kg.curated_file import read_curation
    from kg.store import open_store

    read = [read_curation(file) for file in files]
    graph = open_store(store)
    taken = [merge(graph, curation) for curation in read]
    graph.flush()
    total = sum(len(each.verdicts) + len(each.retractions) for each in read)
    new = sum(len(each.verdicts) + len(each.retractions) for each in taken)
    typer.echo(f"{total} read, {new} new.")
    tell_changes(graph)


def _judge(
    claims: list[str],
    judgement: Judgement,
    store: Path,
    *,
    by: str,
    on: str,
    note: str,
    changes: dict[str, str] | None = None,
) -> None:
    from kg.correction import corrected
    from kg.curate import find_claim, judge
    from kg.curation import Verdict
    from kg.statements import claim_text
    from kg.store import open_store

    graph = open_store(store)
    verdicts = []
    for each in claims:
        claim, _ = find_claim(graph, each)
        correction = corrected(claim, changes) if changes else None
        verdicts.append(Verdict(claim, judgement, correction, by=by, on=on, note=note))
    judge(graph, verdicts)
    graph.flush()
    for verdict in verdicts:
        becomes = f" → {claim_text(verdict.correction)}" if verdict.correction else ""
        typer.echo(f"{judgement}: {verdict.claim.id}  {claim_text(verdict.claim)}{becomes}")
    tell_changes(graph)


def _cell(row: dict[str, Any], column: str) -> str:
    text = str(row[column])
    if column == "what" and row["becomes"]:
        return f"{text} → {row['becomes']}"
    return f"{text} (waiting)" if column == "judgement" and row["waiting"] else text
