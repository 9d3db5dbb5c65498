"""The command that shows what is found in papers, in place, to be read or corrected."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import finish

if TYPE_CHECKING:
    from extract.annotated import Annotated as AnnotatedDocument


class AnnotationFormat(StrEnum):
    """The formats that annotate writes."""

    HTML = "html"
    BRAT = "brat"
    JSONL = "jsonl"


def register(cli: typer.Typer) -> None:
    """Add this module's command to the command line."""
    cli.command()(annotate)


def annotate(
    paths: Annotated[list[Path], typer.Argument(help="Papers, or folders of them.", metavar="PATH...")],
    *,
    form: Annotated[
        AnnotationFormat,
        typer.Option(
            "--format", help="A page to read; files for brat to correct; the claims file to correct."
        ),
    ] = AnnotationFormat.HTML,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="The folder to write to; without one, one paper goes to standard output."
        ),
    ] = None,
) -> None:
    """Show names, values and relations where they were found; `build` reads corrected brat and JSONL back."""
    from app.commands.progress import progress_of
    from app.reading import problem_of
    from app.sources import find_sources
    from extract.annotated import annotate as find
    from extract.readers import SUFFIXES, read_document

    sources = [source for source in find_sources(paths, suffixes=SUFFIXES) if not source.is_claims_file]
    if output is None and (len(sources) > 1 or form is AnnotationFormat.BRAT):
        raise typer.BadParameter(f"--format {form} of {len(sources)} papers needs a folder; name it with -o")
    problems = []
    with progress_of(len(sources)) as report:
        for source in sources:
            try:
                found = find(read_document(source.path))
                _write(found, form, output)
            except Exception as error:  # the other papers are still to be annotated
                problems.append(problem_of(source.path, error))
            report(source.path)
    for problem in problems:
        typer.echo(f"lithograph: {problem.message}", err=True)
    finish(bool(sources) and not problems)


def _write(found: AnnotatedDocument, form: AnnotationFormat, folder: Path | None) -> None:
    """Write the files of one paper, named like it, or one text to standard output."""
    for name, content in _files(found, form).items():
        if folder is None:
            typer.echo(content, nl=False)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8", newline="")


def _files(found: AnnotatedDocument, form: AnnotationFormat) -> dict[str, str]:
    from extract.annotated_brat import brat_configuration, write_brat
    from extract.annotated_html import to_html
    from kg.claims_file import claim_to_line
    from ontology.lexicon import load_lexicon

    stem = Path(found.document.source).stem
    if form is AnnotationFormat.HTML:
        return {f"{stem}.html": to_html(found)}
    if form is AnnotationFormat.JSONL:
        return {f"{stem}.claims.jsonl": "".join(map(claim_to_line, found.claims))}
    return {
        f"{stem}.txt": found.document.text,
        f"{stem}.ann": write_brat(found),
        "annotation.conf": brat_configuration(load_lexicon()),
    }
