"""Workers that run queries over a read-only store and are killed when a query outlives its limits.

The store has no time-out of its own and a full sort of a product takes gigabytes in seconds, so each
query runs in a process with a bound on memory, on time, on rows and on bytes.
"""

from __future__ import annotations

import multiprocessing as mp
import queue
import resource
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from app.sparql.guard import QueryError, check_query

_SPAWN = mp.get_context("spawn")

#: Media type → the serialisation of the store, for SELECT and ASK, and for CONSTRUCT and DESCRIBE.
RESULT_FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Per query: seconds of wall clock, bytes of address space, bytes of result."""

    seconds: float = 20.0
    memory: int = 4 * 1024**3
    result: int = 64 * 1024**2


@dataclass(frozen=True, slots=True)
class Request:
    """A query with the media types the client takes, best first, and the graphs it names."""

    query: str
    accept: tuple[str, ...] = ("application/sparql-results+json", "text/turtle")
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A serialised result and its media type."""

    body: bytes
    media_type: str


class QueryPool:
    """A fixed number of workers over one store; use it as a context manager."""

    def __init__(self, store: Path, *, workers: int = 2, limits: Limits | None = None) -> None:
        self._store = store
        self._limits = limits or Limits()
        self._idle: queue.Queue[_Worker] = queue.Queue()
        for _ in range(workers):
            self._idle.put(_Worker(store, self._limits))

    def __enter__(self) -> QueryPool:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        while not self._idle.empty():
            self._idle.get_nowait().stop()

    def run(self, request: Request) -> Result:
        """The result of one query.

        Raises QueryError with status 400 (bad query), 403 (update), 406 (no format that the client
        takes), 413 (too large), or 503 (every worker busy, or the query ran into a limit).
        """
        check_query(request.query)
        try:
            worker = self._idle.get(timeout=self._limits.seconds)
        except queue.Empty:
            raise QueryError("every worker is busy; try again in a moment", status=503) from None
        try:
            return worker.run(request)
        finally:
            if not worker.alive:
                worker.stop()
                worker = _Worker(self._store, self._limits)
            self._idle.put(worker)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self._limits = limits
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs, str(store), limits), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def run(self, request: Request) -> Result:
        try:
            self._pipe.send(request)
            if not self._pipe.poll(self._limits.seconds):
                self.stop()
                raise QueryError(f"the query ran for {self._limits.seconds:g} s and was stopped", status=503)
            kind, *values = self._pipe.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.stop()
            raise QueryError("the query took too much memory and was stopped", status=503) from None
        if kind == "refused":
            raise QueryError(values[0], status=values[1])
        return Result(body=values[0], media_type=values[1])

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _serve(pipe: Connection, path: str, limits: Limits) -> None:
    """A worker's life: open the store, then answer requests until the pipe closes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    store = ox.Store.read_only(path)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    resource.setrlimit(resource.RLIMIT_AS, (used + limits.memory, used + limits.memory))
    while True:
        try:
            request = pipe.recv()
        except EOFError:
            return
        pipe.send(_evaluate(store, request, limits))


def _evaluate(store: ox.Store, request: Request, limits: Limits) -> tuple[Any, ...]:
    options: dict[str, Any] = {"use_default_graph_as_union": True}
    if request.default_graphs or request.named_graphs:
        options = {
            "default_graph": [ox.NamedNode(graph) for graph in request.default_graphs],
            "named_graphs": [ox.NamedNode(graph) for graph in request.named_graphs],
        }
    try:
        results = store.query(request.query, **options)
        formats: dict[str, Any] = GRAPH_FORMATS if isinstance(results, ox.QueryTriples) else RESULT_FORMATS
        media_type = choose_format(request.accept, formats)
        if media_type is None:
            return "refused", f"the result comes as {', '.join(formats)}", 406
        body = results.serialize(format=formats[media_type]) or b""
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        return "refused", f"not a query this store can run: {error}", 400
    if len(body) > limits.result:
        return "refused", f"the result is over {limits.result} bytes; add a LIMIT", 413
    return "result", body, media_type


def choose_format(accept: tuple[str, ...], formats: dict[str, Any]) -> str | None:
    """The first accepted media type that is on offer; wildcards take the first offer that fits."""
    for wanted in accept:
        prefix = wanted.removesuffix("*") if wanted != "*/*" else ""
        for offered in formats:
            if offered == wanted or (wanted.endswith("*") and offered.startswith(prefix)):
                return offered
    return None
