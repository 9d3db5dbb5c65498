"""Commands that look into the graph: sparql, show, plot."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import DEFAULT_STORE, JsonOption, StoreOption, finish

if TYPE_CHECKING:
    import pyoxigraph as ox


class ResultFormat(StrEnum):
    """How query results are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TURTLE = "turtle"


class Grouping(StrEnum):
    """What the values of a plot are grouped by."""

    FAMILY = "family"
    METHOD = "method"
    MATERIAL = "material"


def register(cli: typer.Typer) -> None:
    """Add this module's commands to the command line."""
    for command in (sparql, show, plot):
        cli.command()(command)


def sparql(
    query: Annotated[str, typer.Argument(help="A SPARQL query, or @FILE that holds one.")],
    *,
    form: Annotated[
        ResultFormat, typer.Option("--format", help="How to print the result.")
    ] = ResultFormat.TABLE,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Run a SPARQL query over all that is in the graph; the usual prefixes are known."""
    import pyoxigraph as ox

    from app.sparql.faults import explain_fault
    from app.sparql.guard import QueryError, check_query
    from kg.store import open_store
    from kg.vocabulary import PREFIXES

    text = Path(query[1:]).read_text(encoding="utf-8") if query.startswith("@") else query
    check_query(text)
    graph = open_store(store, read_only=True)
    try:
        results = graph.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
    except (SyntaxError, ValueError) as error:
        reason = explain_fault(str(error), text, prefixes=PREFIXES)
        raise QueryError(f"not a query this store can run: {reason}") from error
    if isinstance(results, ox.QueryTriples):
        body = (ox.serialize(results, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()
        typer.echo(body, nl=False)
        finish(bool(body.strip()))
    elif isinstance(results, ox.QueryBoolean):
        typer.echo("yes" if bool(results) else "no")
    else:
        _print_solutions(results, form)


def _print_solutions(results: ox.QuerySolutions, form: ResultFormat) -> None:
    import pyoxigraph as ox

    from app.terminal import print_view, table_view

    if form is ResultFormat.TABLE:
        columns = [variable.value for variable in results.variables]
        rows = [["" if term is None else _short(term) for term in solution] for solution in results]
        print_view(table_view(columns, rows))
        finish(bool(rows))
    elif form is ResultFormat.TURTLE:
        raise typer.BadParameter("a SELECT query has no Turtle; use --format table, json or csv")
    else:
        kind = ox.QueryResultsFormat.JSON if form is ResultFormat.JSON else ox.QueryResultsFormat.CSV
        typer.echo((results.serialize(format=kind) or b"").decode())


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """An IRI by its prefix, any other term by its value."""
    import pyoxigraph as ox

    from kg.vocabulary import PREFIXES

    if isinstance(term, ox.NamedNode):
        for prefix, namespace in PREFIXES.items():
            if term.value.startswith(namespace):
                return f"{prefix}:{term.value[len(namespace) :]}"
    return str(getattr(term, "value", term))


def show(
    entity: Annotated[str, typer.Argument(help="A name (Li6PS5Cl, LiF-rich SEI) or an IRI.")],
    *,
    as_json: JsonOption = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Everything the graph knows of a thing, with the sentences and the arithmetic of belief."""
    from app.commands.options import print_json
    from app.terminal import description_view, print_view
    from kg.graph import KnowledgeGraph
    from queries.answer import open_for_questions
    from queries.describe import describe
    from queries.parse.spelling import suggestions

    known = KnowledgeGraph.open(store)
    found = [each.to_json() for each in describe(known, entity)]
    if as_json:
        print_json(found)
    elif found:
        for each in found:
            print_view(description_view(each))
    else:
        near = suggestions(entity, open_for_questions(known.store).names)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        typer.echo(f"lithograph: nothing in {store} is called {entity!r}{hint}", err=True)
    finish(bool(found))


def plot(
    name: Annotated[
        str, typer.Argument(help="A property: ionic_conductivity, or its name.", metavar="PROPERTY")
    ],
    *,
    by: Annotated[Grouping, typer.Option("--by", help="What makes a group.")] = Grouping.FAMILY,
    output: Annotated[Path, typer.Option("-o", "--output", help="A file ending in html, svg or png.")] = Path(
        "plot.html"
    ),
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Draw every reported value of a property, grouped by family, method or material."""
    from kg.graph import KnowledgeGraph
    from queries.charts import plot_property, write_figure

    write_figure(plot_property(KnowledgeGraph.open(store), name, by=by.value), output)
    typer.echo(f"drawn in {output}")
