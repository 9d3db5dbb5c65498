"""Where changes are made: one at a time, to the store itself; then the server answers from what it became."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import UTC, datetime
from typing import TypeVar

import pyoxigraph as ox

from app.sparql.pool import QueryPool
from app.web.library import Library
from app.web.snapshots import Snapshots
from kg.correction import corrected
from kg.curate import find_claim, find_undoable, judge, undo
from kg.curation import Curation, Judgement, Verdict
from kg.store import documents

Value = TypeVar("Value")


class Desk:
    """The one writer of a server."""

    def __init__(self, snapshots: Snapshots, library: Library, pool: QueryPool) -> None:
        self._snapshots, self._library, self._pool = snapshots, library, pool
        self._lock = asyncio.Lock()
        self._warming: asyncio.Future[None] | None = None

    async def stop(self) -> None:
        """Wait until nothing is made any more of what was changed last."""
        if self._warming is not None:
            await self._warming

    async def write(self, work: Callable[[ox.Store], tuple[Value, Collection[str] | None]]) -> Value:
        """Do some work on the store and let the server see it. Raises StoreError and what the work raises.

        The work gives, beside its value, the ids of the claims that it changed; None where it does not tell.
        """

        def known_work(store: ox.Store) -> tuple[Value, Collection[str] | None]:
            # What others wrote meanwhile is not among the claims that the work tells of.
            is_known = documents(store) == self._library.documents
            value, claims = work(store)
            return value, claims if is_known else None

        async with self._lock:
            (value, claims), copy = await asyncio.to_thread(self._snapshots.change, known_work)
            await asyncio.to_thread(self._library.renew, copy, claims=claims)
            self._pool.renew(copy)
            self._warming = asyncio.ensure_future(self._warm())
        return value

    async def _warm(self) -> None:
        """Make what visitors would wait for; of a snapshot that a later change replaced nothing is needed."""
        with suppress(FileNotFoundError):
            await asyncio.to_thread(self._library.warm)

    async def judge(
        self, claim: str, judgement: Judgement, *, by: str, note: str, changes: dict[str, str] | None = None
    ) -> str:
        """Give a verdict on a claim; the id of what it became. Raises CurationError and StoreError."""

        def work(store: ox.Store) -> tuple[str, set[str]]:
            found, _ = find_claim(store, claim)
            correction = corrected(found, changes or {}) if judgement == "correct" else None
            today = datetime.now(tz=UTC).date().isoformat()
            claims = judge(store, [Verdict(found, judgement, correction, by=by, on=today, note=note)])
            return found.id if correction is None else correction.id, claims

        return await self.write(work)

    async def undo(self, claim: str) -> str:
        """Take back the verdict on a claim; the id of the claim as it was read. Raises CurationError."""

        def work(store: ox.Store) -> tuple[str, set[str]]:
            found: Curation = find_undoable(store, [claim])
            claims = undo(store, verdicts=found.verdicts)
            return found.verdicts[0].claim.id if found.verdicts else claim, claims

        return await self.write(work)
