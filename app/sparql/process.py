"""One worker process, and the process that it is forked from."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.sparql.guard import QueryError

#: The niceness of a worker whose query takes long, so that it never slows the others.
_NICENESS = 19
#: That of one whose query takes longer than most do, while long ones are about.
_LOWER_NICENESS = 10
_LINE = 2**20
#: The kind of clock that counts a process's time on the processor, in the number of the clock (Linux).
_PROCESS_TIME = 2


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


class Nursery:
    """The process that workers are forked from; see ``app.sparql.nursery``."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        orders: socket.socket,
        replies: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._process, self._orders, self._writer = process, orders, writer
        self._ended: dict[int, asyncio.Future[int]] = {}
        self._listening = asyncio.create_task(self._listen(replies))

    @classmethod
    async def open(cls) -> Nursery:
        """A nursery without workers."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "app.sparql.nursery"),
                stdin=theirs.fileno(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        # asyncio cannot send descriptors, so orders are sent by a socket of their own.
        return cls(process, ours, *await asyncio.open_connection(sock=ours.dup()))

    @property
    def is_open(self) -> bool:
        """Whether workers can be had of it."""
        return self._process.returncode is None and not self._listening.done()

    def fork(self, settings: Mapping[str, Any]) -> socket.socket:
        """The socket at which a new worker answers, or which is closed where it cannot be made."""
        ours, theirs = socket.socketpair()
        with theirs, contextlib.suppress(OSError):
            socket.send_fds(self._orders, [json.dumps(settings).encode() + b"\n"], [theirs.fileno()])
        return ours

    async def exit_code(self, pid: int) -> int:
        """The exit code of a worker that has ended, after which its number may be that of another process."""
        if not self.is_open:
            return -signal.SIGKILL
        ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._ended[pid] = ended
        try:
            self._orders.send(json.dumps({"ended": pid}).encode() + b"\n")
        except OSError:
            return -signal.SIGKILL
        return await ended

    async def close(self) -> None:
        """End the process, and with it all its workers."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._listening
        self._writer.close()
        self._orders.close()

    async def _listen(self, replies: asyncio.StreamReader) -> None:
        with contextlib.suppress(ConnectionError):
            async for line in replies:
                reply = json.loads(line)
                self._ended.pop(reply["ended"]).set_result(reply["code"])
        for ended in self._ended.values():
            ended.set_result(-signal.SIGKILL)
        self._ended.clear()


class Worker:
    """A process that runs one query at a time over one ``store``."""

    def __init__(
        self, nursery: Nursery, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, store: Path
    ) -> None:
        self.store = store
        self._pid = 0
        self._nursery, self._reader, self._writer = nursery, reader, writer
        self._busy = self._gives_way = False
        self._code: asyncio.Future[int] | None = None

    @classmethod
    async def start(
        cls, nursery: Nursery, store: Path, *, limits: Limits, prefixes: Mapping[str, str]
    ) -> Worker:
        """A worker that is ready; must not be cancelled. Raises WorkerError."""
        settings = {"store": str(store), "prefixes": dict(prefixes)} | asdict(limits)
        channel = nursery.fork(settings)
        worker = cls(nursery, *await asyncio.open_connection(sock=channel, limit=_LINE), store)
        try:
            worker._pid = (await worker._read())[0]["pid"]
            head, _ = await worker._read()
        except QueryError as error:
            await worker.stop()
            raise WorkerError(f"no query worker could be started over {store}: {error}") from error
        if "refused" in head:
            await worker.stop()
            raise WorkerError(f"no query worker could be started over {store}: {head['refused']}")
        return worker

    async def run(self, request: QueryRequest, *, seconds: float) -> QueryResult:
        """The result. Raises QueryError; one that was cancelled, or has ended, is no longer ready."""
        self._busy = True
        message = json.dumps(asdict(request) | {"seconds": seconds}).encode() + b"\n"
        try:
            self._writer.write(message)
            await self._writer.drain()
        except ConnectionError:
            raise QueryError("the query's worker had ended; try again", status=503) from None
        head, body = await self._read()
        self._busy = False
        if "refused" in head:
            raise QueryError(head["refused"], status=head["status"])
        return QueryResult(body, head["media_type"], head["cut"])

    @property
    def is_ready(self) -> bool:
        """Whether it can be given a query."""
        return not self._busy and not self._gives_way and not self._reader.at_eof()

    def spent(self) -> float:
        """Seconds of the processor that it has had; seconds of the clock where the system does not tell."""
        if sys.platform != "linux":
            return time.monotonic()
        try:
            return time.clock_gettime(~self._pid << 3 | _PROCESS_TIME)
        except OSError:
            return math.inf

    def stand_back(self) -> None:
        """From now on, have little of a processor that others want; there is no way back either."""
        if not self._gives_way:
            self._gives_way = True
            with contextlib.suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, self._pid, _LOWER_NICENESS)

    def give_way(self) -> None:
        """From now on, run only when no other process wants to; there is no way back without privileges."""
        self._gives_way = True
        with contextlib.suppress(ProcessLookupError):
            if hasattr(os, "SCHED_IDLE"):
                os.sched_setscheduler(self._pid, os.SCHED_IDLE, os.sched_param(0))
            else:
                os.setpriority(os.PRIO_PROCESS, self._pid, _NICENESS)

    async def stop(self) -> None:
        """End the process, whatever it does, and wait until it is gone."""
        if self._pid and self._code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        await self._exit_code()
        self._writer.close()

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head: dict[str, Any] = json.loads(await self._reader.readuntil(b"\n"))
            return head, await self._reader.readexactly(head["length"])
        raise LimitError(_ending(await self._exit_code()))

    async def _exit_code(self) -> int:
        if not self._pid:
            return -signal.SIGKILL
        if self._code is None:
            self._code = asyncio.ensure_future(self._nursery.exit_code(self._pid))
        return await asyncio.shield(self._code)


def _ending(code: int) -> str:
    if code in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGKILL, 101):
        return "the query took too much memory, or is nested too deeply, and was stopped"
    if code == -signal.SIGXCPU:
        return "the query took too long and was stopped"
    return f"the query's worker ended with code {code}"
