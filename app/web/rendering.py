"""How pages are made from templates."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates
from markupsafe import Markup, escape

from app.sparql.formats import GRAPH_FORMATS, accepts_only
from app.web.access import Access
from app.web.library import Library
from app.web.scripts import CHARTS_POLICY, plotly_address
from app.web.sentences import sentences, with_powers
from ontology.data_files import read_yaml
from ontology.lexicon import TERMS, THINGS, local_name
from queries.numbers import condition_text, number_text

_HERE = Path(__file__).parent
_COMPARATORS = {"<=": "≤", ">=": "≥", "~": "≈"}
_UNIT_POWER = re.compile(r"(?<=[A-Za-zΩ])([-−]?\d+)")

#: ``page(request, template, **values)``, with ``status`` for other than 200.
Page = Callable[..., Response]


@cache
def page_words() -> dict[str, Any]:
    """The names, examples and explanations of pages.yaml."""
    data: dict[str, Any] = read_yaml(_HERE / "pages.yaml")
    return data


def page_maker(library: Library, access: Access) -> Page:
    """The function that fills a template; a page with a figure gets the script that draws it.

    Templates know as ``access`` whether anybody may write, and as ``session`` who is signed in.
    """
    words = page_words()
    templates = Jinja2Templates(directory=_HERE / "templates")
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    templates.env.filters.update(
        number=number_text,
        powers=with_powers,
        comparator=lambda sign: _COMPARATORS.get(sign, sign),
        unit=unit_html,
        class_label=lambda key: library.lexicon.terms[TERMS + key].label,
        condition=condition_html,
        sentences=lambda items: sentences(items, library),
        address=thing_address,
        document_address=lambda document: f"/document/{_escaped(document)}",
        escaped=_escaped,
        wording=lambda key: relation_wording(key, library),
    )
    templates.env.globals.update(pages=[tuple(page) for page in words["pages"]], plotly=plotly_address())

    def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
        session = access.session(request)
        context = {"here": request.url.path, "figures": [], "access": access, "session": session, **values}
        response = templates.TemplateResponse(request, template, context, status_code=status)
        if context["figures"]:
            response.headers["Content-Security-Policy"] = CHARTS_POLICY
        response.headers["Vary"] = "Accept, Cookie"
        if session:
            response.headers["Cache-Control"] = "no-store"
        return response

    return page


def unit_html(unit: str) -> Markup:
    """A unit as HTML, its signs and powers as people write them; empty for a number without one.

    >>> print(unit_html("mA/cm2"))
    mA/cm<sup>2</sup>
    >>> print(unit_html("degC"), unit_html("ohm cm2"))
    °C Ω cm<sup>2</sup>
    """
    signs = page_words()["unit_signs"]
    said = re.sub(r"[A-Za-z]+", lambda word: signs.get(word[0], word[0]), "" if unit == "1" else unit or "")
    return Markup(_UNIT_POWER.sub(r"<sup>\1</sup>", str(escape(said))))


def condition_html(value: Any, key: str) -> Markup:
    """A condition of a claim as HTML.

    >>> print(condition_html(226.85, "temperature_C"), condition_html("ethanol", "solvent"))
    226.85 °C solvent ethanol
    """
    text = number_text(value) if isinstance(value, int | float) else str(value)
    return with_powers(condition_text(key, text))


def thing_address(iri: str) -> str:
    """The address of the page of a thing or term; empty for what has none here.

    >>> thing_address("https://w3id.org/lithograph/id/Li6PS5Cl")
    '/id/Li6PS5Cl'
    >>> thing_address("https://w3id.org/lithograph/ontology#Dopant"), thing_address("javascript:x")
    ('/ontology/Dopant', '')
    """
    if iri.startswith(THINGS):
        return "/id/" + iri.removeprefix(THINGS)
    return f"/ontology/{local_name(iri)}" if iri.startswith(TERMS) else ""


def _escaped(text: str) -> str:
    """A text as one step of an address, slashes and all."""
    return quote(text, safe="")


def relation_wording(key: str, library: Library) -> str:
    """A relation or property in words."""
    if key in library.lexicon.relations:
        return library.lexicon.relations[key].label
    if key in library.lexicon.properties:
        return library.lexicon.properties[key].term.label
    return key.replace("_", " ")


def wants_rdf(request: Request) -> bool:
    """Whether the client prefers RDF to a page."""
    return accepts_only(request.headers.get("accept", ""), GRAPH_FORMATS)
