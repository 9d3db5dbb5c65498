"""Documents and claims files → graph: only what changed is read, one bad file stops nothing."""

from __future__ import annotations

import multiprocessing as mp
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from app.sources import Source
from extract.document import Document, document_id
from extract.open_questions import find_open_questions
from extract.pipeline import extract_claims
from extract.readers import read_document
from kg.assembly import claim_order
from kg.claims_file import ClaimsFileError, read_claims
from kg.model import Claim
from kg.store import StoreError, documents, replace_document
from kg.triples import DocumentInfo

Outcome = Literal["added", "replaced", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one document: how many claims it gave, or why it could not be read."""

    source: Path
    outcome: Outcome
    document: str = ""
    claims: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class ReadSource:
    """The claims of one document, with what is known of it."""

    document: str
    claims: tuple[Claim, ...]
    info: DocumentInfo


def build(
    sources: Sequence[Source],
    store: ox.Store,
    *,
    workers: int = 1,
    report: Callable[[Built], None] | None = None,
) -> list[Built]:
    """Bring the store up to date with the sources and return what became of each document, in source order.

    ``report`` is called as each is done. A source that cannot be read leaves what the store holds of its
    document as it was. With several workers, extraction runs in that many processes.
    """
    known = {document.source: document for document in documents(store).values()}
    results: dict[Path, list[Built]] = {}

    def note(source: Source, built: Iterable[Built]) -> None:
        results[source.path] = list(built)
        if report is not None:
            for item in results[source.path]:
                report(item)

    changed = []
    for source, digest in _digests(sources, note):
        earlier = known.get(str(source.path))
        if earlier is not None and earlier.source_digest == digest:
            note(source, [Built(source.path, "unchanged", earlier.id, earlier.claims)])
        else:
            changed.append((source, digest))
    for source, digest, read in _read_all(changed, workers):
        if isinstance(read, Exception):
            note(source, [_failed(source, read)])
        else:
            note(source, [_write(store, source, digest, item) for item in read])
    return [built for source in sources for built in results[source.path]]


def read_source_claims(source: Source) -> list[ReadSource]:
    """The claims of a source: a claims file's own, a document's annotation, or what extraction finds.

    Raises extract.readers.ReadError, ClaimsFileError or OSError.
    """
    if source.is_claims_file:
        claims = sorted(read_claims(source.path), key=claim_order)
        if not claims:
            raise ClaimsFileError(f"{source.path}: holds no claims; expected one JSON object a line")
        by_document = groupby(claims, key=lambda claim: claim.evidence.document)
        return [ReadSource(document, tuple(found), DocumentInfo()) for document, found in by_document]
    document = read_document(source.path)
    found = _annotated(document, source.annotation) if source.annotation else extract_claims(document)
    info = DocumentInfo(
        title=document.title, own=document.own, open_questions=tuple(find_open_questions(document))
    )
    return [ReadSource(document.id, tuple(found), info)]


def _annotated(document: Document, annotation: Path) -> list[Claim]:
    """The claims of a hand-made annotation, each checked against the text it stands beside."""
    claims = []
    for claim in read_claims(annotation):
        evidence = claim.evidence
        if document.text[evidence.start : evidence.end] != evidence.quote:
            raise ClaimsFileError(
                f"{annotation}: claim {claim.id} quotes {evidence.quote[:60]!r}, but the text of "
                f"{document.source} differs at {evidence.start}–{evidence.end}; correct start, end or quote"
            )
        claims.append(replace(claim, evidence=replace(evidence, document=document.id)))
    return claims


def _digests(
    sources: Iterable[Source], note: Callable[[Source, Iterable[Built]], None]
) -> Iterator[tuple[Source, str]]:
    """Each readable source with its digest; two documents of one id in one build would replace each other."""
    owner: dict[str, Path] = {}
    for source in sources:
        name = document_id(source.path)
        if not source.is_claims_file and owner.setdefault(name, source.path) != source.path:
            problem = (
                f"{source.path}: would replace {owner[name]}, which has the same name; rename one of them"
            )
            note(source, [_failed(source, ValueError(problem))])
            continue
        try:
            yield source, source.digest()
        except OSError as error:
            note(source, [_failed(source, error)])


def _read_all(
    changed: Sequence[tuple[Source, str]], workers: int
) -> Iterator[tuple[Source, str, list[ReadSource] | Exception]]:
    if workers <= 1 or len(changed) <= 1:
        for source, digest in changed:
            yield source, digest, _try_read(source)
        return
    # Spawned, not forked: the parent holds the store's threads and locks.
    with ProcessPoolExecutor(min(workers, len(changed)), mp_context=mp.get_context("spawn")) as pool:
        jobs = {pool.submit(_try_read, source): (source, digest) for source, digest in changed}
        for job in as_completed(jobs):
            source, digest = jobs[job]
            yield source, digest, job.result()


def _try_read(source: Source) -> list[ReadSource] | Exception:
    """Errors travel as values, so that one bad file stops neither its worker nor the build."""
    try:
        return read_source_claims(source)
    except (ValueError, OSError, RecursionError, MemoryError) as error:
        return error


def _write(store: ox.Store, source: Source, digest: str, read: ReadSource) -> Built:
    info = replace(read.info, source=str(source.path), source_digest=digest)
    try:
        outcome = replace_document(store, read.document, read.claims, info=info)
    except StoreError as error:
        return _failed(source, error)
    return Built(source.path, outcome, read.document, len(read.claims))


def _failed(source: Source, error: Exception) -> Built:
    message = str(error) or type(error).__name__
    return Built(
        source.path, "failed", message=message if str(source.path) in message else f"{source.path}: {message}"
    )


def totals(built: Iterable[Built]) -> Mapping[Outcome, int]:
    """How many documents had each outcome."""
    counts: dict[Outcome, int] = {"added": 0, "replaced": 0, "unchanged": 0, "failed": 0}
    for item in built:
        counts[item.outcome] += 1
    return counts
