"""Which queries have just run into a limit: they would do so again, so they are not run again at once."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from app.sparql.guard import QueryError
from app.sparql.process import QueryRequest

#: Seconds for which a refusal is remembered, and how many are.
_SECONDS, _MOST = 30, 1000


class RefusalMemory:
    """Refusals of the last half minute by query.

    >>> now = 0.0
    >>> memory = RefusalMemory(clock=lambda: now)
    >>> memory.keep(QueryRequest("ASK {}"), QueryError("too long", status=503))
    >>> now = 12.0
    >>> print(memory.recall(QueryRequest("ASK {}")))
    too long; that was 12 s ago, and it is not tried again for 18 s
    >>> now = 31.0
    >>> memory.recall(QueryRequest("ASK {}"))
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._refusals: OrderedDict[QueryRequest, tuple[float, QueryError]] = OrderedDict()

    def keep(self, request: QueryRequest, refusal: QueryError) -> None:
        """Remember why a query was stopped."""
        self._refusals[request] = (self._clock(), refusal)
        self._refusals.move_to_end(request)
        if len(self._refusals) > _MOST:
            self._refusals.popitem(last=False)

    def recall(self, request: QueryRequest) -> QueryError | None:
        """The refusal of a query that was stopped so lately that it is not to be run again yet."""
        if request not in self._refusals:
            return None
        at, refusal = self._refusals[request]
        ago = self._clock() - at
        if ago > _SECONDS:
            del self._refusals[request]
            return None
        again = f"; that was {ago:.0f} s ago, and it is not tried again for {_SECONDS - ago:.0f} s"
        return QueryError(f"{refusal}{again}", status=refusal.status)
