"""What is told of every request, and what is asked of every client: headers, a log, measures, patience."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.measures import memory_in_use, metric_lines
from app.web.scripts import POLICY

#: So many clients are remembered.
_MOST_CLIENTS = 10_000
#: Upper bounds in seconds of the classes that durations are counted in.
_BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
#: What is never refused: who watches the server must see it when it is busy.
_UNLIMITED = ("/health", "/ready", "/metrics", "/static/")

_SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """How often one client is answered: so many requests a second, and so many at once before that counts.

    None a second stands for as often as it likes.
    """

    a_second: float = 100.0
    burst: float = 400.0


class Traffic:
    """The requests so far: how many, how long, and which clients have to wait."""

    def __init__(self, *, rate: Rate, log: bool = False) -> None:
        self._rate, self._log = rate, log
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._durations: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()
        self.under_way = 0

    def wait(self, client: str, *, now: float) -> float:
        """Count a request of a client; the seconds it should have waited with it, 0 where none.

        >>> traffic = Traffic(rate=Rate(a_second=2, burst=1))
        >>> traffic.wait("a", now=0.0), traffic.wait("a", now=0.0), traffic.wait("b", now=0.0)
        (0.0, 0.5, 0.0)
        >>> traffic.wait("a", now=0.5)
        0.0
        """
        if not self._rate.a_second:
            return 0.0
        left, at = self._left.pop(client, (self._rate.burst, now))
        left = min(self._rate.burst, left + (now - at) * self._rate.a_second)
        waits = max(0.0, (1 - left) / self._rate.a_second)
        self._left[client] = (left if waits else left - 1, now)
        if len(self._left) > _MOST_CLIENTS:
            self._left.popitem(last=False)
        return waits

    def note(self, *, method: str, path: str, route: str, status: int, seconds: float, client: str) -> None:
        """Remember a request that was answered."""
        self._requests[method, route, status] += 1
        self._seconds[route] += seconds  # type: ignore[assignment]  # a Counter adds up floats as well
        for bound in _BUCKETS:
            self._durations[route, bound] += seconds <= bound
        if self._log:
            line = {
                "time": datetime.now(tz=UTC).isoformat(timespec="milliseconds"),
                "client": client,
                "method": method,
                "path": path,
                "status": status,
                "ms": round(1000 * seconds, 1),
            }
            print(json.dumps(line, ensure_ascii=False), file=sys.stderr, flush=True)  # noqa: T201

    def metrics(self, gauges: Mapping[str, float]) -> str:
        """The measures in the text format of Prometheus, some others among them."""
        return "".join(f"{line}\n" for line in self._metric_lines(gauges))

    def _metric_lines(self, gauges: Mapping[str, float]) -> Iterator[str]:
        yield from metric_lines(
            "lithograph_requests_total",
            "counter",
            {
                f'method="{method}",route="{route}",status="{status}"': float(count)
                for (method, route, status), count in sorted(self._requests.items())
            },
        )
        yield "# TYPE lithograph_request_seconds histogram"
        totals: Counter[str] = Counter()
        for (_, route, _), count in self._requests.items():
            totals[route] += count
        for route, total in sorted(totals.items()):
            for bound in _BUCKETS:
                count = self._durations[route, bound]
                yield f'lithograph_request_seconds_bucket{{route="{route}",le="{bound:g}"}} {count}'
            yield f'lithograph_request_seconds_bucket{{route="{route}",le="+Inf"}} {total}'
            yield f'lithograph_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}'
            yield f'lithograph_request_seconds_count{{route="{route}"}} {total}'
        own = {"lithograph_requests_under_way": float(self.under_way)}
        own["process_resident_memory_bytes"] = float(memory_in_use())
        for name, value in (own | dict(gauges)).items():
            yield from metric_lines(name, "gauge", {"": value})


class SecureMiddleware:
    """Adds the security headers to every response that does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_secured if scope["type"] == "http" else send)


class TrafficMiddleware:
    """Measures every request, and sends away who asks too often."""

    def __init__(self, app: ASGIApp, *, traffic: Traffic) -> None:
        self._app, self._traffic = app, traffic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500
        client = str((scope.get("client") or ("unknown",))[0])

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._traffic.under_way += 1
        try:
            waits = 0.0
            if not scope["path"].startswith(_UNLIMITED):
                waits = self._traffic.wait(client, now=began)
            answer = _too_many(waits) if waits else self._app
            await answer(scope, receive, send_noted)
        finally:
            self._traffic.under_way -= 1
            self._traffic.note(
                method=scope["method"] if scope["method"] in _METHODS else "other",
                path=scope["path"],
                route=_route(scope),
                status=status,
                seconds=time.perf_counter() - began,
                client=client,
            )


_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def _too_many(waits: float) -> ASGIApp:
    reason = f"too many requests from one client; try again in {waits:.1f} s\n"
    return PlainTextResponse(reason, 429, headers={"Retry-After": str(int(waits) + 1)})


def _route(scope: Mapping[str, Any]) -> str:
    """The pattern of the address, not the address: measures are few."""
    return str(getattr(scope.get("route"), "path", "")) or "none"
