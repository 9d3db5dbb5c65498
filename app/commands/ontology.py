"""Commands that check the graph against the ontology and draw conclusions: validate, reason."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.options import DEFAULT_STORE, JsonOption, StoreOption, finish, print_json

if TYPE_CHECKING:
    from kg.infer import Reasoned

DocumentOption = Annotated[str | None, typer.Option("--document", help="Only this document.", metavar="ID")]


class ReportFormat(StrEnum):
    """How the findings of a validation are printed."""

    TABLE = "table"
    JSON = "json"
    TURTLE = "turtle"


def register(cli: typer.Typer) -> None:
    """Add this module's commands to the command line."""
    for command in (validate, reason):
        cli.command()(command)


def validate(
    *,
    document: DocumentOption = None,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="A table, JSON Lines, or the SHACL report in Turtle.")
    ] = ReportFormat.TABLE,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Check the graph against the SHACL shapes: violations end with 1, warnings alone with 0."""
    from app.terminal import print_view, table_view
    from kg import validate as checks
    from kg.store import document_ids, open_store

    graph = open_store(store, read_only=True)
    if document is not None and document not in document_ids(graph):
        raise typer.BadParameter(
            f"there is no document {document!r} in {store}; `lithograph export` lists them"
        )
    if form is ReportFormat.TURTLE:
        typer.echo(checks.validation_report(graph, document=document), nl=False)
    found = list(checks.validate(graph, document=document))
    if form is ReportFormat.JSON:
        print_json({name: getattr(each, name) for name in each.__slots__} for each in found)
    elif form is ReportFormat.TABLE:
        rows = [(each.severity, each.document, each.message, each.about) for each in found]
        if rows:
            print_view(table_view(["", "document", "finding", "about"], rows))
        counts = Counter(each.severity for each in found)
        said = (
            f"{counts[each]} {each}{'' if counts[each] == 1 else 's'}" for each in ("violation", "warning")
        )
        typer.echo(f"{', '.join(said)}.")
    finish(not any(each.severity == "violation" for each in found))


def reason(
    *,
    least_support: Annotated[
        int, typer.Option(min=1, help="Keep conclusions of chains that hold in so many ways at least.")
    ] = 1,
    least_papers: Annotated[
        int, typer.Option(min=1, help="… and have so many independent papers behind each step.")
    ] = 1,
    as_json: JsonOption = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Check that the ontology is consistent, and write what follows from the claims into the inferred graph.

    A conclusion is no claim: it is kept apart from what documents report and names the claims behind it.
    """
    from kg.infer import infer, write_inferred
    from kg.store import open_store

    consistent = _check_ontology(quiet=as_json)
    graph = open_store(store)
    reasoned = infer(graph, least_support=least_support, least_papers=least_papers)
    write_inferred(graph, reasoned)
    if as_json:
        print_json(each.to_json() for each in reasoned.inferred)
    else:
        _print_reasoned(reasoned)
    finish(consistent)


def _check_ontology(*, quiet: bool) -> bool:
    """Whether HermiT finds the ontology consistent; without Java that stays open, and a message says so."""
    from ontology.reasoner import JavaMissingError, check_consistency

    try:
        found = check_consistency()
    except JavaMissingError as error:
        typer.echo(f"lithograph: {error}; going on without the check", err=True)
        return True
    if not found.consistent:
        typer.echo(f"lithograph: the ontology is not consistent.\n{found.explanation}", err=True)
    elif not quiet:
        typer.echo("The ontology is consistent, and every class can have members (HermiT).")
    return found.consistent


def _print_reasoned(reasoned: Reasoned) -> None:
    """How many conclusions of each kind there are, and the best supported of each."""
    from app.terminal import print_view, table_view

    rows: list[tuple[str, ...]] = []
    counts = Counter((each.predicate, each.rule) for each in reasoned.inferred)
    best: dict[tuple[str, str], Any] = {}
    for each in reasoned.inferred:
        key = each.predicate, each.rule
        if key not in best or (each.papers, each.support) > (best[key].papers, best[key].support):
            best[key] = each
    for (predicate, rule), count in counts.most_common(20):
        each = best[predicate, rule]
        example = f"{_name(each.subject)} {_name(predicate)} {_name(str(each.to_json()['object']))}"
        rows.append((str(count), _name(predicate), rule, example, str(each.papers or "")))
    print_view(table_view(["", "conclusion", "by", "for example", "papers"], rows))
    typer.echo(f"{len(reasoned.inferred)} inferred statements written, none of them a claim.")
    for thing, one, other in reasoned.contradictory:
        typer.echo(f"Contradictory: {_name(thing)} is a {_name(one)} and a {_name(other)}.")


def _name(iri: str) -> str:
    return "is a" if iri.endswith("#type") else iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
