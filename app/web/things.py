"""What the addresses of things lead to: a page for people, RDF for programs."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from app.sparql.guard import QueryError
from app.sparql.pool import QueryPool, QueryRequest
from app.web.library import Library
from app.web.rendering import Page, wants_rdf
from app.web.sentences import claim_sentence
from kg.claims_file import claim_to_row
from kg.matching import matching
from kg.model import Claim
from kg.vocabulary import PREFIXES, claim_id, document_node
from ontology.formula import parse_formula
from ontology.lexicon import THINGS

_MOST_ROWS = 300
#: Fields of the claims file (``kg.correction``) that a form offers.
_CORRECTABLE = frozenset(
    {
        *("material", "subject", "relation", "property", "object"),
        *("value", "value_max", "unit", "comparator", "polarity", "certainty"),
    }
)


def thing_router(library: Library, pool: QueryPool, page: Page) -> APIRouter:
    """The routes under ``/id/``, and the search for a thing by name."""
    router = APIRouter(include_in_schema=False)

    @router.get("/thing")
    def search(request: Request, name: str = "") -> Response:
        found = library.describe(name[:200]) if name.strip() else []
        if len(found) == 1:
            return RedirectResponse("/id/" + found[0]["iri"].removeprefix(THINGS), status_code=303)
        status = 200 if found or not name.strip() else 404
        return page(request, "search.html", status=status, name=name, found=found)

    @router.get("/id/{slug:path}")
    async def thing(request: Request, slug: str) -> Response:
        iri = _iri(request, slug)
        if iri is None:
            return page(request, "missing.html", status=404, what=slug)
        if wants_rdf(request):
            return await describe_as_rdf(pool, iri, request)
        return await _page(request, iri, slug)

    async def _page(request: Request, iri: str, slug: str) -> Response:
        if iri.startswith(document_node("").value):
            return RedirectResponse(f"/document/{iri.removeprefix(document_node('').value)}", status_code=303)
        claim = library.claim(claim_id(iri))
        if claim is not None:
            return page(
                request,
                "claim.html",
                iri=iri,
                claim=claim,
                sentence=claim_sentence(claim, library),
                verdict=library.verdict(claim.id),
                fields=correctable_fields(claim),
            )
        found = library.describe(iri)
        if found:
            formula = parse_formula(found[0]["label"]) if found[0]["elements"] else None
            composition = formula.elements if formula else {}
            mappings = library.mappings(iri)
            values = {"thing": found[0], "composition": composition, "mappings": mappings}
            return page(request, "thing.html", **values)
        facts = _facts(library.graph.store, iri)
        if not facts:
            return page(request, "missing.html", status=404, what=slug)
        return page(request, "node.html", iri=iri, facts=facts[:_MOST_ROWS], more=len(facts) > _MOST_ROWS)

    return router


def correctable_fields(claim: Claim) -> list[tuple[str, str]]:
    """The fields of a claim that a person can correct, each as text."""
    row = claim_to_row(claim)
    fields = [(name, row[name]) for name in row if name in _CORRECTABLE]
    fields += [(f"conditions.{key}", value) for key, value in row["conditions"].items()]
    return [(name, _field_text(value)) for name, value in fields]


def _field_text(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(value)
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)


async def describe_as_rdf(pool: QueryPool, iri: str, request: Request) -> Response:
    """What the graph says of a node, in the RDF format that the client likes best."""
    query = QueryRequest(f"DESCRIBE {ox.NamedNode(iri)}", accept=request.headers.get("accept", ""))
    try:
        result = await pool.run(query)
    except QueryError as error:
        return PlainTextResponse(f"{error}\n", status_code=error.status)
    known = bool(list(ox.parse(result.body, format=ox.RdfFormat.from_media_type(result.media_type))))
    headers = {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}
    return Response(result.body, 200 if known else 404, headers=headers, media_type=result.media_type)


def _iri(request: Request, slug: str) -> str | None:
    """The IRI that an address stands for: as it was written, escapes and all; None for what is none."""
    raw = request.scope.get("raw_path") or b""
    written = raw.decode("ascii", "replace").partition("?")[0].partition("/id/")[2]
    try:
        return ox.NamedNode(THINGS + (written if unquote(written) == slug else slug)).value
    except ValueError:
        return None


def _facts(store: ox.Store, iri: str) -> list[dict[str, Any]]:
    """Every triple with a node as subject or object, as the texts and addresses of a table's row."""
    node = ox.NamedNode(iri)
    outgoing = {(quad.predicate, quad.object, False) for quad in matching(store, node, None, None)}
    incoming = {(quad.predicate, quad.subject, True) for quad in matching(store, None, None, node)}
    rows = [
        {
            "predicate": _short(predicate.value),
            "text": _short(other.value)
            if isinstance(other, ox.NamedNode)
            else str(getattr(other, "value", other)),
            "iri": other.value if isinstance(other, ox.NamedNode) else "",
            "inverse": inverse,
        }
        for predicate, other, inverse in (*outgoing, *incoming)
    ]
    return sorted(rows, key=lambda row: (row["inverse"], row["predicate"], row["text"]))


def _short(iri: str) -> str:
    """An IRI with a known prefix in place of its namespace."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
