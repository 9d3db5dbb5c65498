"""One worker process and the pipes to it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.sparql.guard import QueryError

#: The niceness of a worker whose query takes long, so that it never slows the others.
_NICENESS = 19
_LINE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one query and its result.

    ``seconds`` of wall clock; bytes of ``memory`` beyond an idle worker's; ``rows`` (or triples), after which
    a result is cut; ``bytes``, beyond which it is refused.
    """

    seconds: float = 20.0
    memory: int = 1024**3
    rows: int = 100_000
    bytes: int = 64 * 1024**2


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query, the Accept header of its client, the graphs it names and the base of its relative IRIs."""

    query: str
    accept: str = "*/*"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """A serialised result and its media type; ``cut`` says that there were more rows than are given."""

    body: bytes
    media_type: str
    cut: bool = False


class LimitError(QueryError):
    """A query that ran into a limit and was stopped."""

    def __init__(self, message: str) -> None:
        super().__init__(message, status=503)


class WorkerError(RuntimeError):
    """A worker that cannot be started: says why."""


class Worker:
    """A process that runs one query at a time over one ``store``."""

    def __init__(self, process: asyncio.subprocess.Process, store: Path) -> None:
        self.store = store
        self._process = process
        self._busy = False
        self._gives_way = False

    @classmethod
    async def start(cls, store: Path, *, limits: Limits, prefixes: Mapping[str, str]) -> Worker:
        """A worker that is ready. Raises WorkerError."""
        settings = {"store": str(store), "prefixes": dict(prefixes)} | asdict(limits)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.sparql.worker", json.dumps(settings)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LINE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        worker = cls(process, store)
        try:
            await worker._read()
        except QueryError as error:
            await worker.stop()
            raise WorkerError(f"no query worker could be started over {store}: {error}") from error
        except asyncio.CancelledError:
            await worker.stop()
            raise
        return worker

    async def run(self, request: QueryRequest, *, seconds: float) -> QueryResult:
        """The result. Raises QueryError; one that was cancelled, or has ended, is no longer ready."""
        self._busy = True
        message = json.dumps(asdict(request) | {"seconds": seconds}).encode() + b"\n"
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(message)
            await self._process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            raise QueryError("the query's worker had ended; try again", status=503) from None
        head, body = await self._read()
        self._busy = False
        if "refused" in head:
            raise QueryError(head["refused"], status=head["status"])
        return QueryResult(body, head["media_type"], head["cut"])

    @property
    def is_ready(self) -> bool:
        """Whether it can be given a query."""
        return not self._busy and not self._gives_way and self._process.returncode is None

    def give_way(self) -> None:
        """From now on, run only when no other process wants to; there is no way back without privileges."""
        self._gives_way = True
        with contextlib.suppress(ProcessLookupError):
            if hasattr(os, "SCHED_IDLE"):
                os.sched_setscheduler(self._process.pid, os.SCHED_IDLE, os.sched_param(0))
            else:
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICENESS)

    async def stop(self) -> None:
        """End the process, whatever it does, and wait until it is gone."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise LimitError(_ending(await self._process.wait()))
        head: dict[str, Any] = json.loads(line)
        try:
            return head, await self._process.stdout.readexactly(head["length"])
        except asyncio.IncompleteReadError:
            raise LimitError(_ending(await self._process.wait())) from None


def _ending(code: int) -> str:
    if code in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGKILL, 101):
        return "the query took too much memory, or is nested too deeply, and was stopped"
    if code == -signal.SIGXCPU:
        return "the query took too long and was stopped"
    return f"the query's worker ended with code {code}"
