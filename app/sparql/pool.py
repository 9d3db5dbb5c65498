"""Workers that run queries over a read-only store and are killed when a query outlives its limits.

The store has no time-out of its own and a full sort of a product takes gigabytes in seconds, so each query
runs in a process with bounds on memory, time and result. So that long queries do not keep the short ones
waiting, every query first has a short turn, counted in time on the processor; one that is not done by then
waits for one of the few places for long queries, and there starts again with the lowest priority. In a rush,
those who wait leave most workers to those who come, and are served newest and oldest in turn: a short query
hardly notices the rush, and none waits for ever.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Coroutine, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from app.sparql.guard import Bounds, QueryError
from app.sparql.memory import RefusalMemory
from app.sparql.process import (
    LimitError,
    Limits,
    Nursery,
    QueryRequest,
    QueryResult,
    Worker,
    WorkerError,
)

Value = TypeVar("Value")

#: Seconds on the processor after which a turn ends if others wait for one, and those after which it goes on
#: with low priority; the seconds of the clock that it then has; seconds between two looks.
_SHORT_TURN, _TURN, _LONGER_TURN, _LOOK = 0.02, 0.05, 0.25, 0.005
#: Seconds on the processor after which a query stands back while all places for long ones are taken.
_BRIEF = 0.004
#: The least part of its time that a query waits for a place. They wait for different times: those who came at
#: the same time and wait in vain would else all come back at the same time.
_LEAST_WAIT = 0.5
#: Seconds until another worker is tried to be had where one could not be.
_RETRY = 1.0
#: Workers that are started at the same time: each takes a processor from the queries.
_STARTED_AT_ONCE = 1


class QueryPool:
    """A number of workers for short queries and of places for long ones, over one store.

    ``reserve`` of the workers (fewer than all) are for queries that have not waited. An asynchronous context
    manager: entering it starts the workers and raises WorkerError.
    """

    def __init__(
        self,
        store: Path,
        *,
        workers: int = 4,
        reserve: int = 3,
        long_places: int = 2,
        limits: Limits | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._store, self._prefixes = store, prefixes or {}
        self._count, self._reserve = workers, reserve
        self._long_places = asyncio.Semaphore(long_places)
        self._nursery: Nursery | None = None
        self._starting = asyncio.Semaphore(_STARTED_AT_ONCE)
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._waiting: list[asyncio.Future[Worker]] = []
        self._memory = RefusalMemory()
        self._serving_waiting = 0
        self._closing = False
        self._newest_next = False
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> QueryPool:
        try:
            for worker in await asyncio.gather(*(self._start() for _ in range(self._count))):
                self._offer(worker)
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    def state(self) -> dict[str, int]:
        """How many workers there are, how many of them have nothing to do, and how many queries wait."""
        return {"total": len(self._workers), "idle": len(self._idle), "queries_waiting": len(self._waiting)}

    def renew(self, store: Path) -> None:
        """Run the queries that come from now on over another store."""
        self._store = store
        self._memory = RefusalMemory()
        idle, self._idle = self._idle, []
        for worker in idle:
            self._in_background(self._replace(worker))

    async def run(self, request: QueryRequest) -> QueryResult:
        """The result of one query; cancelling stops it.

        Raises QueryError with status 400 (bad query), 403 (update), 406 (no format that the client takes),
        413 (too large), or 503 (too many queries, or the query ran into a limit).
        """
        if len(request.query) > Bounds().length:
            raise QueryError(
                f"the query has {len(request.query):,} characters; at most {Bounds().length:,} are run",
                status=413,
            )
        if refusal := self._memory.recall(request):
            raise refusal
        deadline = time.monotonic() + self.limits.seconds
        try:
            return await self._run_turn(request, deadline) or await self._run_long(request, deadline)
        except LimitError as error:
            self._memory.keep(request, error)
            raise
        except WorkerError as error:
            raise QueryError(f"{error}; try again in a moment", status=503) from None

    async def _run_turn(self, request: QueryRequest, deadline: float) -> QueryResult | None:
        """The result, or None where one turn is not enough for it."""
        worker, waited = await self._take(deadline)
        running = asyncio.ensure_future(worker.run(request, seconds=self.limits.seconds))
        try:
            had = worker.spent()
            while not running.done() and time.monotonic() < deadline:
                used = worker.spent() - had
                if used > (_SHORT_TURN if self._waiting else _TURN):
                    break
                if used > _BRIEF and self._long_places.locked():
                    worker.stand_back()
                await asyncio.wait((running,), timeout=_LOOK)
            if not running.done():
                worker.give_way()
            end = min(time.monotonic() + _LONGER_TURN, deadline)
            while not (running.done() or self._waiting) and time.monotonic() < end:
                await asyncio.wait((running,), timeout=_LOOK)
            return running.result() if running.done() else None
        finally:
            running.cancel()
            self._give_back(worker, waited=waited)

    async def _run_long(self, request: QueryRequest, deadline: float) -> QueryResult:
        patience = random.uniform(_LEAST_WAIT, 1) * (deadline - time.monotonic())
        try:
            async with asyncio.timeout(patience):
                await self._long_places.acquire()
        except TimeoutError:
            raise QueryError(
                "too many long queries are running; try again in a moment, or ask for less", status=503
            ) from None
        try:
            worker = await self._start()
            try:
                worker.give_way()
                async with asyncio.timeout(self.limits.seconds):
                    return await worker.run(request, seconds=self.limits.seconds)
            finally:
                self._in_background(self._end(worker))
        except TimeoutError:
            raise LimitError(f"the query ran for {self.limits.seconds:g} s and was stopped") from None
        finally:
            self._long_places.release()

    async def _take(self, deadline: float) -> tuple[Worker, bool]:
        """An idle worker, at once where there is one, and whether it had to be waited for."""
        while self._idle:
            worker = self._idle.pop()
            if worker.is_ready:
                return worker, False
            self._in_background(self._replace(worker))
        wanted: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(wanted)
        try:
            async with asyncio.timeout(deadline - time.monotonic()):
                return await wanted, True
        except (TimeoutError, asyncio.CancelledError) as error:
            if wanted.done() and not wanted.cancelled():
                self._give_back(wanted.result(), waited=True)
            if isinstance(error, TimeoutError):
                raise QueryError("every worker is busy; try again in a moment", status=503) from None
            raise
        finally:
            if wanted in self._waiting:
                self._waiting.remove(wanted)

    def _give_back(self, worker: Worker, *, waited: bool) -> None:
        self._serving_waiting -= waited
        if worker.is_ready and worker.store == self._store:
            self._offer(worker)
        else:
            self._in_background(self._replace(worker))

    def _offer(self, worker: Worker) -> None:
        """Give a worker to one who waits, unless enough of these have one: newest and oldest in turn."""
        self._idle.append(worker)
        while self._waiting and self._idle and self._serving_waiting < self._count - self._reserve:
            self._newest_next = not self._newest_next
            wanted = self._waiting.pop(-1 if self._newest_next else 0)
            if not wanted.done():
                self._serving_waiting += 1
                wanted.set_result(self._idle.pop())

    async def _start(self) -> Worker:
        """A new worker; what is cancelled while it is made is made all the same, and ended."""
        making = self._in_background(self._make())
        try:
            return await asyncio.shield(making)
        except asyncio.CancelledError:
            self._in_background(self._end_made(making))
            raise

    async def _make(self) -> Worker:
        async with self._starting:
            if self._nursery is not None and not self._nursery.is_open:
                await self._nursery.close()
                self._nursery = None
            if self._nursery is None:
                self._nursery = await Nursery.open()
            worker = await Worker.start(
                self._nursery, self._store, limits=self.limits, prefixes=self._prefixes
            )
        self._workers.add(worker)
        return worker

    async def _end(self, worker: Worker) -> None:
        await worker.stop()
        self._workers.discard(worker)

    async def _end_made(self, making: asyncio.Task[Worker]) -> None:
        await self._end(await making)

    async def _replace(self, worker: Worker) -> None:
        await self._end(worker)
        while not self._closing:
            try:
                self._offer(await self._start())
            except WorkerError:
                await asyncio.sleep(_RETRY)
            else:
                return

    def _in_background(self, work: Coroutine[Any, Any, Value]) -> asyncio.Task[Value]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _stop(self) -> None:
        self._closing = True
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in self._workers))
        self._workers.clear()
        if self._nursery is not None:
            await self._nursery.close()


__all__ = ["Limits", "QueryPool", "QueryRequest", "QueryResult", "WorkerError"]
