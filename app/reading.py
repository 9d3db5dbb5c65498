"""Sources → claims, one after the other or in several processes; no error of one stops the others."""

from __future__ import annotations

import multiprocessing as mp
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from app.sources import BRAT_SUFFIX, Source
from extract.annotated_brat_back import read_brat
from extract.document import Document
from extract.llm import LanguageModel
from extract.llm_claims import merge, read_with_model
from extract.open_questions import find_open_questions
from extract.pipeline import extract_claims
from extract.readers import ReadError, read_document
from kg.assembly import claim_order
from kg.claims_file import ClaimsFileError, read_claims
from kg.curation import CURATED
from kg.model import Claim
from kg.store import StoreError
from kg.triples import DocumentInfo

#: So many documents for each worker are under way at once.
_AHEAD = 2
#: Errors whose message says what is wrong with the file and what to do.
_TOLD = (ReadError, ClaimsFileError, StoreError, OSError)


@dataclass(frozen=True, slots=True)
class ReadSource:
    """The claims of one document, what is known of it, and what a language model left unread in it."""

    document: str
    claims: tuple[Claim, ...]
    info: DocumentInfo
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a source gave nothing: a message for its reader, which names the file."""

    message: str


def read_source_claims(source: Source, *, model: LanguageModel | None = None) -> list[ReadSource]:
    """The claims of a source: a claims file's own, a document's annotation, or what extraction finds.

    Where a language model is given, it reads too what nobody annotated. Raises extract.readers.ReadError,
    ClaimsFileError or OSError.
    """
    if source.is_claims_file:
        claims = sorted(read_claims(source.path), key=claim_order)
        if not claims:
            raise ClaimsFileError(f"{source.path}: holds no claims; expected one JSON object a line")
        by_document = groupby(claims, key=lambda claim: claim.evidence.document)
        return [ReadSource(document, tuple(found), DocumentInfo()) for document, found in by_document]
    document = read_document(source.path)
    missing = ""
    if source.annotation:
        found = _annotated(document, source.annotation)
    else:
        found = extract_claims(document)
        if model is not None:
            read = read_with_model(document, model)
            found, missing = merge(found, read.claims), read.problem
    info = DocumentInfo(
        title=document.title, own=document.own, open_questions=tuple(find_open_questions(document))
    )
    return [ReadSource(document.id, tuple(found), info, missing)]


def _annotated(document: Document, annotation: Path) -> list[Claim]:
    """The claims of a hand-made annotation, each checked against the text it stands beside."""
    if annotation.suffix == BRAT_SUFFIX:
        return read_brat(annotation, document)
    claims = []
    for claim in read_claims(annotation):
        evidence = claim.evidence
        if document.text[evidence.start : evidence.end] != evidence.quote:
            raise ClaimsFileError(
                f"{annotation}: claim {claim.id} quotes {evidence.quote[:60]!r}, but the text of "
                f"{document.source} differs at {evidence.start}–{evidence.end}; correct start, end or quote"
            )
        evidence = replace(evidence, document=document.id, extractor=CURATED)
        claims.append(replace(claim, evidence=evidence))
    return claims


def read_all(
    sources: Sequence[Source], *, workers: int = 1, model: LanguageModel | None = None
) -> Iterator[tuple[Source, list[ReadSource] | Problem]]:
    """Each source with what it gave, as it is done: in order with one worker, in any order with several."""
    if workers <= 1 or len(sources) <= 1:
        for source in sources:
            yield source, try_read(source, model)
        return
    # the largest first, so that no worker begins with one when the others have nothing left to do
    waiting, lost = deque(sorted(sources, key=_size, reverse=True)), []
    with _pool(min(workers, len(sources))) as pool:
        jobs: dict[Future[list[ReadSource] | Problem], Source] = {}
        while waiting or jobs:
            # a few at a time, so that what is read and not yet written stays little
            while waiting and len(jobs) < _AHEAD * workers:
                source = waiting.popleft()
                try:
                    jobs[pool.submit(try_read, source, model)] = source
                except BrokenProcessPool:
                    lost.append(source)
            for job in wait(jobs, return_when=FIRST_COMPLETED).done:
                source = jobs.pop(job)
                if isinstance(job.exception(), BrokenProcessPool):
                    lost.append(source)
                else:
                    yield source, job.result()
                del job
    for source in lost:
        yield source, _read_apart(source, model)


def _size(source: Source) -> int:
    return source.path.stat().st_size if source.path.is_file() else 0


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the parent holds the store's threads and locks.
    return ProcessPoolExecutor(workers, mp_context=mp.get_context("spawn"))


def _read_apart(source: Source, model: LanguageModel | None) -> list[ReadSource] | Problem:
    """Read in a process of its own what was under way or waiting when a worker died."""
    with _pool(1) as pool:
        try:
            return pool.submit(try_read, source, model).result()
        except BrokenProcessPool:
            return Problem(
                f"{source.path}: the process that read it was ended from outside, most often for lack of "
                "memory; split the document, or build it on a machine with more memory"
            )


def try_read(source: Source, model: LanguageModel | None = None) -> list[ReadSource] | Problem:
    """What a source gives; an error comes back as a value, so that it stops nothing but its own source."""
    try:
        return read_source_claims(source, model=model)
    except Exception as error:  # whatever one document brings to light, the others are still to be read
        return problem_of(source.path, error)


def problem_of(path: Path, error: Exception) -> Problem:
    """What the reader of a build is told of an error; one that nobody foresaw is to be reported."""
    if isinstance(error, _TOLD):
        message = str(error) or type(error).__name__
        return Problem(message if str(path) in message else f"{path}: {message}")
    if isinstance(error, MemoryError | RecursionError):
        return Problem(
            f"{path}: is too large or too deeply nested to be read here ({type(error).__name__}); "
            "split it, or convert it to Markdown"
        )
    at = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(at.filename).name}, line {at.lineno}"
    return Problem(
        f"{path}: could not be read because of a mistake in Lithograph, not in the file "
        f"({type(error).__name__}: {error}; {place}). Please report this line together with the file; "
        "the other documents are not concerned"
    )
