"""What a worker does: it runs the queries that it is sent over one store, one at a time.

A message is a line of JSON with the length of the body that follows. The worker may be killed at any moment.
"""

from __future__ import annotations

import io
import json
import os
import resource
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, TypeVar

import pyoxigraph as ox

from app.sparql.faults import explain_fault
from app.sparql.formats import GRAPH_FORMATS, RESULT_FORMATS, choose_format
from app.sparql.guard import QueryError, check_query
from app.sparql.sandbox import limit_memory

Json = dict[str, Any]
Item = TypeVar("Item")


def answer_requests(requests: BinaryIO, replies: BinaryIO, settings: Json) -> None:
    """Answer requests until there are no more.

    The first message has the number of the process, the second says that it is ready, or why it is not.
    """
    _send(replies, {"pid": os.getpid()})
    try:
        store = ox.Store.read_only(settings["store"])
    except (OSError, RuntimeError, ValueError) as error:
        _send(replies, {"refused": str(error), "status": 503})
        return
    limit_memory(settings["memory"])
    _send(replies, {"ready": True})
    for line in requests:
        request = json.loads(line)
        _limit_time(request["seconds"])
        try:
            head, body = _evaluate(store, request, settings)
        except QueryError as error:
            head, body = {"refused": str(error), "status": error.status}, b""
        _send(replies, head, body)


def _send(stream: BinaryIO, head: Json, body: bytes = b"") -> None:
    """Write one message."""
    stream.write(json.dumps({**head, "length": len(body)}).encode() + b"\n")
    stream.write(body)
    stream.flush()


def _limit_time(seconds: float) -> None:
    """Seconds of processor time from now, for a worker whose maker is no longer there to stop it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + seconds) + 2, resource.RLIM_INFINITY))


def _evaluate(store: ox.Store, request: Json, settings: Json) -> tuple[Json, bytes]:
    """The head and body of the reply. Raises QueryError."""
    query, accept, most = request["query"], request["accept"], settings["rows"]
    dataset = _dataset(request, names_own=check_query(query))
    try:
        results = store.query(
            query, base_iri=request["base"] or None, prefixes=settings["prefixes"], **dataset
        )
        graph = isinstance(results, ox.QueryTriples)
        media_type = choose_format(accept, GRAPH_FORMATS if graph else RESULT_FORMATS)
        if media_type is None:
            offered = ", ".join(GRAPH_FORMATS if graph else RESULT_FORMATS)
            raise QueryError(f"the client takes {accept}; this result comes as {offered}", status=406)
        output = _BoundedOutput(settings["bytes"])
        if isinstance(results, ox.QueryTriples):
            triples = _Counted(results, most=most)
            form = GRAPH_FORMATS[media_type]
            ox.serialize(triples, output, format=form, prefixes=settings["prefixes"])
            cut = triples.cut
        elif isinstance(results, ox.QuerySolutions) and results.variables:
            table, cut = _first_rows(results, most=most, most_bytes=settings["bytes"])
            _write_table(table, output, RESULT_FORMATS[media_type])
        else:
            results.serialize(output, format=RESULT_FORMATS[media_type])
            cut = False
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        if isinstance(error, QueryError):
            raise
        reason = explain_fault(str(error), query, prefixes=settings["prefixes"])
        raise QueryError(f"not a query this store can run: {reason}") from None
    return {"media_type": media_type, "cut": cut}, output.getvalue()


def _dataset(request: Json, *, names_own: bool) -> Json:
    """What the store takes as default and named graphs; the protocol's choice outranks the query's.

    Without either, the default graph is the union of all.
    """
    default, named = request["default_graphs"], request["named_graphs"]
    if not default and not named:
        return {"use_default_graph_as_union": not names_own}
    try:
        return {
            "default_graph": [ox.NamedNode(graph) for graph in default],
            "named_graphs": [ox.NamedNode(graph) for graph in named],
        }
    except ValueError as error:
        raise QueryError(f"the name of a graph is no absolute IRI: {error}") from None


def _first_rows(results: ox.QuerySolutions, *, most: int, most_bytes: int) -> tuple[bytes, bool]:
    """The first rows as tab-separated values, which has one line a row, and whether there were more."""
    lines = _BoundedOutput(most_bytes, most_lines=most + 1)
    try:
        results.serialize(lines, format=ox.QueryResultsFormat.TSV)
    except _EnoughError:
        return lines.getvalue(), True
    return lines.getvalue(), False


def _write_table(table: bytes, output: _BoundedOutput, form: ox.QueryResultsFormat) -> None:
    if form == ox.QueryResultsFormat.TSV:
        output.write(table)
    else:
        ox.parse_query_results(table, format=ox.QueryResultsFormat.TSV).serialize(output, format=form)


class _EnoughError(Exception):
    """All the lines that may be written are."""


class _BoundedOutput(io.BytesIO):
    """A buffer that takes so many bytes and lines.

    A byte more raises QueryError, a line more _EnoughError.
    """

    def __init__(self, most: int, *, most_lines: int | None = None) -> None:
        super().__init__()
        self._most, self._lines = most, most_lines

    def write(self, chunk: Any) -> int:
        text = bytes(chunk)
        if self._lines is not None:
            if text.count(b"\n") > self._lines:
                kept = text.split(b"\n")[: self._lines]
                super().write(b"".join(line + b"\n" for line in kept))
                self._lines = 0  # the serialiser writes what it holds once more when it is closed
                raise _EnoughError
            self._lines -= text.count(b"\n")
        if super().tell() + len(text) > self._most:
            raise QueryError(
                f"the result is over {self._most:,} bytes; ask for less, or page by LIMIT", status=413
            )
        super().write(text)
        return len(text)


class _Counted(Iterable[Item]):
    """The first items of an iterable; ``cut`` says afterwards whether there were more."""

    def __init__(self, items: Iterable[Item], *, most: int) -> None:
        self._items, self._most, self.cut = items, most, False

    def __iter__(self) -> Iterator[Item]:
        for number, item in enumerate(self._items):
            if number == self._most:
                self.cut = True
                return
            yield item
