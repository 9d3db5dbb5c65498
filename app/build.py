"""Documents and claims files → graph: only what changed is read, one bad file stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from app.reading import Problem, ReadSource, problem_of, read_all
from app.sources import Source
from extract.document import document_id
from extract.llm import LanguageModel
from kg.store import documents, replace_document

Outcome = Literal["added", "replaced", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one document: how many claims it gave; why it, or a part of it, could not be read."""

    source: Path
    outcome: Outcome
    document: str = ""
    claims: int = 0
    message: str = ""


def build(
    sources: Sequence[Source],
    store: ox.Store,
    *,
    workers: int = 1,
    model: LanguageModel | None = None,
    report: Callable[[Built], None] | None = None,
    on: str = "",
) -> list[Built]:
    """Bring the store up to date with the sources and return what became of each document, in source order.

    ``report`` is called as each is done. A source that cannot be read leaves what the store holds of its
    document as it was. A language model, where one is given, reads beside the rules; what it gave no answer
    for is told, and its document is read again next time. With several workers, extraction runs in that many
    processes. Where a day is given (``on``), what came and went on it is recorded.
    """
    known = {document.source: document for document in documents(store).values()}
    results: dict[Path, list[Built]] = {}

    def note(source: Source, built: Iterable[Built]) -> None:
        results[source.path] = list(built)
        if report is not None:
            for item in results[source.path]:
                report(item)

    changed: dict[Source, str] = {}
    for source, digest in _digests(sources, model, note):
        earlier = known.get(str(source.path))
        if earlier is not None and earlier.source_digest == digest:
            note(source, [Built(source.path, "unchanged", earlier.id, earlier.claims)])
        else:
            changed[source] = digest
    for source, read in read_all(list(changed), workers=workers, model=model):
        if isinstance(read, Problem):
            note(source, [_failed(source, read)])
        else:
            note(source, [_write(store, source, changed[source], item, on) for item in read])
    return [built for source in sources for built in results[source.path]]


def _digests(
    sources: Iterable[Source], model: LanguageModel | None, note: Callable[[Source, Iterable[Built]], None]
) -> Iterator[tuple[Source, str]]:
    """Each readable source with its digest; two documents of one id in one build would replace each other."""
    owner: dict[str, Path] = {}
    for source in sources:
        name = document_id(source.path)
        if not source.is_claims_file and owner.setdefault(name, source.path) != source.path:
            problem = Problem(
                f"{source.path}: would replace {owner[name]}, which has the same name; rename one of them"
            )
            note(source, [_failed(source, problem)])
            continue
        try:
            yield source, source.digest(reader=model.name if model else "")
        except OSError as error:
            note(source, [_failed(source, problem_of(source.path, error))])


def _write(store: ox.Store, source: Source, digest: str, read: ReadSource, on: str) -> Built:
    # without a digest a document counts as changed
    digest = "" if read.missing else digest
    info = replace(read.info, source=str(source.path), source_digest=digest)
    try:
        outcome = replace_document(store, read.document, read.claims, info=info, on=on)
    except Exception as error:  # the store is as it was before, and the others are still to be written
        return _failed(source, problem_of(source.path, error))
    missing = f"{source.path}: {read.missing}" if read.missing else ""
    return Built(source.path, outcome, read.document, len(read.claims), missing)


def _failed(source: Source, problem: Problem) -> Built:
    return Built(source.path, "failed", message=problem.message)


def totals(built: Iterable[Built]) -> Mapping[Outcome, int]:
    """How many documents had each outcome."""
    counts: dict[Outcome, int] = {"added": 0, "replaced": 0, "unchanged": 0, "failed": 0}
    for item in built:
        counts[item.outcome] += 1
    return counts
