"""The pages of measured properties: values by group and year, every point with its sentence."""

from __future__ import annotations

from typing import get_args

from fastapi import APIRouter, Request, Response

from app.web.charts import boxes, by_year
from app.web.library import Library
from app.web.rendering import Page
from app.web.sentences import claim_sentence
from queries.charts import Grouping

_MOST_ROWS = 400


def property_router(library: Library, page: Page) -> APIRouter:
    """The routes of these pages."""
    router = APIRouter(include_in_schema=False)

    @router.get("/properties")
    def overview(request: Request) -> Response:
        return page(request, "properties.html", properties=library.properties)

    @router.get("/properties/{key}.csv")
    def table(request: Request, key: str) -> Response:
        if key not in library.properties:
            return page(request, "missing.html", status=404, what=key)
        headers = {"Content-Disposition": f'attachment; filename="{key}.csv"'}
        return Response(library.table(key), media_type="text/csv", headers=headers)

    @router.get("/properties/{key}")
    def values(request: Request, key: str, by: Grouping = "family") -> Response:
        if key not in library.properties:
            return page(request, "missing.html", status=404, what=key)
        measured, _ = library.properties[key]
        points = library.points(key, by=by)
        figures = (
            [("by-group", f"Values by {by}", boxes(library.graph, measured, points, by=by))] if points else []
        )
        if years := by_year(measured, points):
            figures.append(("by-year", "Values by year of the source", years))
        ranked = sorted(points, key=lambda each: -each[1].value)
        rows = [(claim, point, claim_sentence(claim, library)) for claim, point in ranked[:_MOST_ROWS]]
        return page(
            request,
            "property.html",
            key=key,
            measured=measured,
            by=by,
            groupings=get_args(Grouping),
            rows=rows,
            count=len(points),
            figures=figures,
        )

    return router
