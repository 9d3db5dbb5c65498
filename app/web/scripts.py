"""The one foreign script, which draws charts: served from the installed Plotly package."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, Request, Response

_FOREVER = "public, max-age=31536000, immutable"

#: Nothing is loaded from elsewhere, no page is framed, forms stay here.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
#: Plotly sets its style sheet from its script, and hands out pictures as blobs.
CHARTS_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "img-src 'self' data:", "img-src 'self' data: blob:"
)


@cache
def plotly_address() -> str:
    """The address of Plotly's script, with its version so that it can be kept for ever."""
    return f"/static/plotly-{version('plotly')}.min.js"


def script_router() -> APIRouter:
    """The route of Plotly's script."""
    router = APIRouter(include_in_schema=False)

    @router.get(plotly_address())
    def plotly(request: Request) -> Response:
        headers = {"Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(_packed_script(), media_type="text/javascript", headers=headers)
        return Response(_script().read_bytes(), media_type="text/javascript", headers=headers)

    return router


@cache
def _packed_script() -> bytes:
    return gzip.compress(_script().read_bytes(), compresslevel=6, mtime=0)


def _script() -> Path:
    spec = find_spec("plotly")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"
