"""Commands that answer: ask and chains, one at a time or in a batch."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import (
    DEFAULT_STORE,
    JsonOption,
    LimitOption,
    StoreOption,
    finish,
    print_json,
    read_batch,
    write_json,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

BatchOption = Annotated[
    Path | None, typer.Option("--batch", help="A JSON Lines file of rows with an id.", metavar="FILE.jsonl")
]
OutputOption = Annotated[Path | None, typer.Option("-o", "--output", help="Where the answers of a batch go.")]


def register(cli: typer.Typer) -> None:
    """Add this module's commands to the command line."""
    for command in (ask, chains):
        cli.command()(command)


def ask(
    question: Annotated[str | None, typer.Argument(help="A question in plain English.")] = None,
    *,
    batch: BatchOption = None,
    output: OutputOption = None,
    as_json: JsonOption = False,
    show_sparql: Annotated[bool, typer.Option("--sparql", help="Print the query that was run.")] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Answer a question from the graph, with the sentences behind the answer, or say why not.

    Without a question a conversation begins, in which a follow-up goes on from the question before.
    """
    from app.terminal import answer_view, print_view
    from kg.store import open_store
    from queries.answer import ask as answer_question

    if question is not None and batch is not None:
        raise typer.BadParameter('give either a question ("Which …?") or --batch FILE.jsonl')
    if question is None and batch is None and not sys.stdin.isatty():
        raise typer.BadParameter('give a question ("Which …?"), --batch FILE.jsonl, or ask on a terminal')
    graph = open_store(store, read_only=True)
    if question is None and batch is None:
        converse(_typed(), graph, show_sparql=show_sparql)
        return
    if batch is not None:
        rows = read_batch(batch)
        answers = [
            {"id": row["id"], **answer_question(str(row["question"]), graph).to_json()} for row in rows
        ]
        write_json(answers, output)
        return
    answer = answer_question(str(question), graph).to_json()
    if as_json:
        print_json([answer])
    else:
        print_view(answer_view(answer, show_sparql=show_sparql))
    finish(answer["status"] == "answered")


def converse(lines: Iterable[str], graph: ox.Store, *, show_sparql: bool = False) -> None:
    """Answer questions and follow-ups line by line, until one is empty or a farewell."""
    from app.terminal import answer_view, print_view
    from queries.answer import open_for_questions
    from queries.answer.conversation import Turn, greeting, is_farewell, reply

    typer.echo(greeting())
    opened = open_for_questions(graph)
    turn: Turn | None = None
    for line in lines:
        if is_farewell(line):
            return
        turn = reply(line, opened, turn)
        print_view(answer_view(turn.answer.to_json(), show_sparql=show_sparql))


def _typed() -> Iterator[str]:
    """The lines that are typed on a terminal, until its end."""
    while True:
        try:
            yield input("> ")
        except (EOFError, KeyboardInterrupt):
            typer.echo()
            return


def chains(
    *,
    start: Annotated[str | None, typer.Option("--from", help="A thing or a class: LiI, any dopant.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="A thing or a class.")] = None,
    max_hops: Annotated[int, typer.Option(min=1, max=8, help="Claims that a chain may rest on.")] = 4,
    limit: LimitOption = 10,
    batch: BatchOption = None,
    output: OutputOption = None,
    as_json: JsonOption = False,
    show_sparql: Annotated[
        bool,
        typer.Option("--sparql", help="Print for each chain the query that finds its sentences."),
    ] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Trace how one thing leads to another over the claims of several papers."""
    from app.terminal import chain_view, print_view
    from kg.store import open_store
    from ontology.lexicon import load_lexicon
    from queries.chains import chain_sparql, find_chains, read_chain_graph
    from queries.chains.resolve import unknown_names

    lexicon = load_lexicon()
    graph = read_chain_graph(open_store(store, read_only=True), lexicon=lexicon)
    if batch is not None:
        rows = [
            {
                "id": row["id"],
                "chains": [
                    chain.to_json()
                    for chain in find_chains(
                        graph, row.get("from"), row.get("to"), max_hops=max_hops, limit=limit
                    )
                ],
            }
            for row in read_batch(batch)
        ]
        write_json(rows, output)
        return
    found = find_chains(graph, start, end, max_hops=max_hops, limit=limit)
    if show_sparql:
        typer.echo("\n".join(map(chain_sparql, found)), nl=False)
    elif as_json:
        print_json(chain.to_json() for chain in found)
    elif found:
        for chain in found:
            print_view(chain_view(chain.to_json()))
    else:
        unknown = unknown_names([name for name in (start, end) if name], graph.index, lexicon=lexicon)
        none = f"no chain from {start or 'anything'} to {end or 'any effect'}"
        typer.echo(f"lithograph: {unknown or none}", err=True)
    finish(bool(found))
