"""Commands that write the graph or a claims file: build, extract, annotate, load, remove, export."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import DEFAULT_STORE, StoreOption, finish, today
from app.commands.watching import tell_changes

if TYPE_CHECKING:
    from app.build import Built
    from app.sources import Source
    from extract.llm import LanguageModel
    from kg.model import Claim

WorkersOption = Annotated[int, typer.Option("--workers", min=1, help="Processes that read papers.")]
ModelAddressOption = Annotated[
    str,
    typer.Option(
        "--llm-url",
        envvar="LITHOGRAPH_LLM_URL",
        help="Where a language model reads too (any OpenAI-compatible address, such as "
        "http://127.0.0.1:8080/v1); its key is taken from LITHOGRAPH_LLM_KEY.",
    ),
]
ModelNameOption = Annotated[
    str, typer.Option("--llm-model", envvar="LITHOGRAPH_LLM_MODEL", help="The name of that model.")
]
Paths = Annotated[list[Path], typer.Argument(help="Papers, claims files, or folders of them.")]


#: So many endings of files that are not read are told.
_MOST_ENDINGS = 5


class ExportFormat(StrEnum):
    """The formats that export writes."""

    CLAIMS = "claims"
    TURTLE = "turtle"
    TRIG = "trig"
    NANOPUB = "nanopub"
    JSONLD = "jsonld"
    CSV = "csv"
    PARQUET = "parquet"
    GRAPHML = "graphml"
    CYTOSCAPE = "cytoscape"
    ROCRATE = "rocrate"


def register(cli: typer.Typer) -> None:
    """Add this module's commands to the command line."""
    for command in (build, extract, load, remove, export):
        cli.command()(command)


def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Papers, claims files, or folders of them; the bundled corpus where none is given."
        ),
    ] = None,
    *,
    store: StoreOption = DEFAULT_STORE,
    workers: WorkersOption = 1,
    llm_url: ModelAddressOption = "",
    llm_model: ModelNameOption = "",
) -> None:
    """Read papers and claims files into the graph; what did not change is left alone."""
    from app.sources import find_sources
    from corpus import NOTES
    from extract.readers import SUFFIXES

    model = _language_model(llm_url, llm_model)
    sources = find_sources(paths or [NOTES], suffixes=SUFFIXES)
    tell_unread(paths or ())
    _run(sources, store, workers=workers, model=model)


def tell_unread(paths: Iterable[Path]) -> None:
    """Say on standard error how many files of folders are of no kind that is read."""
    from app.sources import unread_files
    from extract.readers import SUFFIXES

    endings = Counter(
        file.suffix.lower() or "without an ending" for file in unread_files(paths, suffixes=SUFFIXES)
    )
    if endings:
        count = endings.total()
        kinds = ", ".join(f"{number} {ending}" for ending, number in endings.most_common(_MOST_ENDINGS))
        more = ", …" if len(endings) > _MOST_ENDINGS else ""
        typer.echo(
            f"lithograph: {count} file{'s are' if count > 1 else ' is'} not read, being of no known kind "
            f"({kinds}{more}); known are {', '.join(sorted(SUFFIXES))}. "
            "Save papers of other kinds as PDF, HTML or text",
            err=True,
        )


def summary(built: list[Built], store: Path) -> str:
    """What a build did, in one or two lines."""
    from app.build import totals

    counts = totals(built)
    claims = sum(item.claims for item in built)
    parts = [f"{count} {outcome}" for outcome, count in counts.items() if count]
    text = f"{len(built)} documents: {', '.join(parts)}. {claims} claims in {store}."
    if counts["unchanged"] == len(built):
        text += " Nothing had changed."
    return text


def extract(
    paths: Paths,
    *,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The claims file; standard output where none is given."),
    ] = None,
    workers: WorkersOption = 1,
    llm_url: ModelAddressOption = "",
    llm_model: ModelNameOption = "",
) -> None:
    """Read papers and write the claims found in them as a claims file."""
    from app.commands.options import print_json
    from app.commands.progress import progress_of
    from app.reading import Problem, read_all
    from app.sources import Source, find_sources
    from extract.readers import SUFFIXES
    from kg.claims_file import claim_to_row, write_claims

    found = find_sources(paths, suffixes=SUFFIXES)
    tell_unread(paths)
    sources = [Source(source.path) for source in found if not source.is_claims_file]
    claims: dict[Path, list[Claim]] = {}
    problems: list[str] = []
    model = _language_model(llm_url, llm_model)
    with progress_of(len(sources)) as report:
        for source, read in read_all(sources, workers=workers, model=model):
            if isinstance(read, Problem):
                problems.append(read.message)
            else:
                problems.extend(f"{source.path}: {item.missing}" for item in read if item.missing)
                claims[source.path] = [claim for item in read for claim in item.claims]
            report(source.path)
    ordered = [claim for source in sources for claim in claims.get(source.path, ())]
    if output is None:
        print_json(map(claim_to_row, ordered))
    else:
        typer.echo(f"{write_claims(ordered, output)} claims written to {output}", err=True)
    for problem in problems:
        typer.echo(f"lithograph: {problem}", err=True)
    finish(bool(ordered) and not problems)


def load(
    claims: Annotated[list[Path], typer.Argument(help="Claims files.", metavar="CLAIMS.jsonl")],
    *,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Put claims files into the graph, without their documents."""
    from kg.claims_file import read_claims
    from kg.store import load_claims, open_store

    found = [claim for path in claims for claim in read_claims(path)]
    graph = open_store(store)
    outcomes = load_claims(graph, found, on=today())
    graph.flush()
    counts = ", ".join(f"{name} {outcome}" for name, outcome in outcomes.items())
    typer.echo(f"{len(found)} claims in {store}: {counts or 'no document'}.")
    tell_changes(graph)
    finish(bool(found))


def remove(
    document: Annotated[str, typer.Argument(help="The id of a document, as `lithograph show` prints it.")],
    *,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Take a document and everything read from it out of the graph."""
    from kg.store import document_ids, open_store, remove_document

    graph = open_store(store)
    if not remove_document(graph, document):
        known = ", ".join(document_ids(graph)) or "none"
        typer.echo(f"lithograph: no document {document!r} in {store}; it holds {known}", err=True)
        raise typer.Exit(1)
    graph.flush()
    typer.echo(f"{document} removed from {store}")
    tell_changes(graph)


def export(
    *,
    form: Annotated[ExportFormat, typer.Option("--format", help="What to write.")] = ExportFormat.CLAIMS,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file to write; a folder for rocrate.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the graph out: as a claims file, RDF, a table, a network, or a whole data set to publish."""
    from kg.export import export as write
    from kg.rocrate import write_crate
    from kg.store import documents, open_store

    graph = open_store(store, read_only=True)
    if form is ExportFormat.ROCRATE:
        if output is None:
            raise typer.BadParameter("--format rocrate writes a folder; name it with -o")
        write_crate(graph, output, published=datetime.now(tz=UTC).date())
    elif output is None:
        write(graph, form.value, sys.stdout.buffer)
        sys.stdout.flush()
    else:
        if not output.parent.is_dir():
            raise typer.BadParameter(
                f"{output}: there is no folder {output.parent}; make it, or name another"
            )
        partial = output.with_name(output.name + ".part")
        with partial.open("wb") as file:
            write(graph, form.value, file)
        partial.replace(output)
    if output is not None:
        typer.echo(f"written to {output}", err=True)
    finish(bool(documents(graph)))


def _language_model(url: str, name: str) -> LanguageModel | None:
    """The language model at an address, with the key from the environment; none without an address."""
    from extract.llm import LanguageModel

    return LanguageModel(url, name, key=os.environ.get("LITHOGRAPH_LLM_KEY", "")) if url else None


def _run(sources: list[Source], store: Path, *, workers: int, model: LanguageModel | None) -> None:
    """Build with a progress bar, then say what was done and what could not be read."""
    from app.build import build as run
    from app.commands.progress import progress_of
    from kg.store import open_store

    graph = open_store(store)
    with progress_of(len(sources)) as report:
        built = run(
            sources,
            graph,
            workers=workers,
            model=model,
            report=lambda item: report(item.source),
            on=today(),
        )
    graph.flush()
    typer.echo(summary(built, store))
    told = [item for item in built if item.message]
    for item in told:
        typer.echo(f"lithograph: {item.message}", err=True)
    tell_changes(graph)
    finish(not told)
