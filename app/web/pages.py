"""The pages that answer: Ask, Chains, Gaps; and what is in the graph. Every state has an address."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.terminal import gap_evidence
from app.web.charts import sankey, values_of_answers
from app.web.conversation import (
    MOST_TURNS,
    Asked,
    conversation_address,
    conversation_fields,
    read_conversation,
)
from app.web.evaluation import evaluation, versions
from app.web.full_text import full_text
from app.web.library import GAPS, MOST_QUESTION, Library, UnknownNameError
from app.web.network import drawn, network
from app.web.reading import understood
from app.web.rendering import Page, page_words
from app.web.sentences import Sentence, claim_sentence
from kg.export import FORMATS
from kg.model import Claim
from queries.gaps import DimensionError, GapMatrix

_MOST_GAPS = 60
_MATRIX = "matrix"
Text = Annotated[str, Query(max_length=MOST_QUESTION)]
Level = Annotated[int, Query(ge=0, le=3)]


def page_router(library: Library, page: Page) -> APIRouter:
    """The routes of these pages."""
    router = APIRouter(include_in_schema=False)
    words = page_words()

    @router.get("/")
    def ask(request: Request, q: Text = "") -> Response:
        asked = read_conversation(request.query_params.multi_items())
        turns = understood(asked, library)
        kept = [turn.asked for turn in turns]
        if kept != asked:
            return RedirectResponse(conversation_address(kept), status_code=303)
        found = turns[-1] if turns else None
        unchanged = [*kept[:-1], *(replace(each, changes={}) for each in kept[-1:])]
        figure = values_of_answers(found.answer["answers"]) if found else None
        return page(
            request,
            "ask.html",
            question=q,
            answer=found.answer if found else None,
            understood=found,
            turns=[(each.text, conversation_address(kept[:at])) for at, each in enumerate(kept, start=1)],
            fields=conversation_fields(kept),
            unchanged_fields=conversation_fields(unchanged),
            unchanged=conversation_address(unchanged),
            followed={text: conversation_address([*kept, Asked(text, {})]) for text in words["follow_ups"]},
            goes_on=len(kept) < MOST_TURNS,
            examples=words["questions"],
            claims=sum(each.claims for each in library.documents.values()),
            documents=len(library.documents),
            figures=[("answers", "Values", figure)] if figure else [],
        )

    @router.get("/chains")
    def chains(
        request: Request,
        start: Annotated[str, Query(alias="from", max_length=200)] = "",
        end: Annotated[str, Query(alias="to", max_length=200)] = "",
        max_hops: Annotated[int, Query(ge=1, le=8)] = 4,
    ) -> Response:
        found, unknown = [], ""
        try:
            found = library.chains(start, end, max_hops=max_hops) if start or end else []
        except UnknownNameError as error:
            unknown = str(error)
        shown = drawn(found)
        figure = sankey(shown)
        return page(
            request,
            "chains.html",
            status=404 if unknown else 200,
            start=start,
            end=end,
            max_hops=max_hops,
            chains=found,
            drawn=len(shown),
            network=network(shown, library),
            reason=unknown or ("" if found or not (start or end) else words["no_chain"]),
            examples=words["chains"],
            figures=[("chains", "Chains as flows", figure)] if figure else [],
        )

    @router.get("/gaps")
    def gaps(
        request: Request,
        *,
        kind: str = _MATRIX,
        rows: Text = words["matrices"][0][0],
        columns: Text = words["matrices"][0][1],
        row_level: Level = 0,
        column_level: Level = 0,
        row: Text = "",
        column: Text = "",
    ) -> Response:
        values: dict[str, Any] = {"kinds": words["gaps"], "kind": kind, "levels": words["levels"]}
        if kind in GAPS:
            listed = [gap | {"sides": _sides(gap)} for gap in library.gaps(kind)[:_MOST_GAPS]]
            return page(request, "gaps.html", gaps=listed, count=len(library.gaps(kind)), **values)
        if kind != _MATRIX:
            return page(request, "missing.html", status=404, what=f"gaps of kind {kind}")
        values |= {"rows": rows, "columns": columns, "row_level": row_level, "column_level": column_level}
        values |= {"examples": words["matrices"], "classes": _classes(library)}
        try:
            found = library.matrix(rows, columns, row_level=row_level, column_level=column_level)
        except DimensionError as error:
            return page(request, "matrix.html", status=404, reason=str(error), **values)
        chosen = _cell(found, row, column) if row and column else None
        return page(request, "matrix.html", matrix=_grid(found, library), chosen=chosen, **values)

    @router.get("/document/{document:path}")
    def document(request: Request, document: str) -> Response:
        stored = library.documents.get(document)
        if stored is None:
            return page(request, "missing.html", status=404, what=document)
        claims = library.claims(document)
        passages = full_text(stored, claims)
        placed = {claim.id for passage in passages for claim in passage.claims}
        sections: dict[str, list[tuple[Claim, Sentence]]] = {}
        for claim in claims:
            if claim.id not in placed:
                found = sections.setdefault(claim.evidence.section, [])
                found.append((claim, claim_sentence(claim, library)))
        verdicts = library.verdicts(document)
        return page(
            request,
            "document.html",
            document=stored,
            passages=passages,
            sections=list(sections.items()),
            verdicts=verdicts,
            judged={(each.correction or each.claim).id: each for each in verdicts},
        )

    @router.get("/about")
    def about(request: Request) -> Response:
        measured = [(key, found.term.label, count) for key, (found, count) in library.properties.items()]
        return page(
            request,
            "about.html",
            documents=list(library.documents.values()),
            relations=library.relations(),
            properties=measured,
            things=len(library.things),
            formats=FORMATS,
            evaluation=evaluation(),
            versions=versions(),
        )

    return router


def _sides(gap: dict[str, Any]) -> list[Any]:
    """The evidence of a gap: two sides of a contradiction, else one."""
    if gap.get("left"):
        return [gap["left"], gap["right"]]
    siblings = [claim for each in gap.get("siblings") or () for claim in each["claims"]]
    return [siblings or gap_evidence(gap)]


def _classes(library: Library) -> list[str]:
    """The names of the classes with more than one thing in the graph."""
    terms = library.lexicon.terms
    return sorted(
        terms[iri].label for iri, found in library.members.items() if iri in terms and len(found) > 1
    )


def _grid(matrix: GapMatrix, library: Library) -> dict[str, Any]:
    """Columns, and for each row its label and a cell for each column; None where both are one thing.

    ``classes`` are the labels that are names of classes, whose things are a matrix of their own.
    """
    cells = {(cell.row.label, cell.column.label): cell for cell in matrix.cells}
    columns = [column.label for column in matrix.columns]
    rows = [(row.label, [cells.get((row.label, column)) for column in columns]) for row in matrix.rows]
    named = [label for label in (*columns, *(label for label, _ in rows)) if library.lexicon.lookup(label)]
    return {"columns": columns, "rows": rows, "classes": named}


def _cell(matrix: GapMatrix, row: str, column: str) -> dict[str, Any] | None:
    try:
        return matrix.cell(row, column).to_json()
    except KeyError:
        return None
