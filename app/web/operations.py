"""What those who run the server look at: is it alive, is it ready, how does it do."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from app.sparql.pool import QueryPool
from app.web.library import Library
from app.web.traffic import Traffic

_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def operation_router(library: Library, pool: QueryPool, traffic: Traffic) -> APIRouter:
    """The routes ``/health``, ``/ready`` and ``/metrics``."""
    router = APIRouter(include_in_schema=False)

    @router.get("/health")
    async def health() -> Response:
        return PlainTextResponse("ok\n")

    @router.get("/ready")
    async def ready() -> Response:
        if library.ready.is_set():
            return PlainTextResponse("ready\n")
        return PlainTextResponse("the graph is being read\n", 503, headers={"Retry-After": "1"})

    @router.get("/metrics")
    async def metrics() -> Response:
        gauges = {
            "lithograph_ready": float(library.ready.is_set()),
            **{f"lithograph_query_workers_{name}": float(count) for name, count in pool.state().items()},
        }
        return Response(traffic.metrics(gauges), media_type=_METRICS_TYPE)

    return router
