"""The endpoint as the usual clients use it, over a real connection."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from app.sparql.pool import Limits

LG = rdflib.Namespace("https://w3id.org/lithograph/ontology#")


@pytest.fixture(scope="module")
def small_limits(demo_store: Path, serve: Callable[..., Any]) -> Iterator[str]:
    with serve(demo_store, limits=Limits(seconds=1, rows=10)) as url:
        yield url


def open_url(url: str, **options: Any) -> Any:
    return urllib.request.urlopen(urllib.request.Request(url, **options), timeout=30)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_reads_solutions(demo_url: str, method: Any, form: str) -> None:
    store = SPARQLStore(f"{demo_url}/sparql", method=method, returnFormat=form)

    found = list(rdflib.Graph(store).query("SELECT ?c { ?c a lg:Measurement } LIMIT 5", initNs={"lg": LG}))

    assert len(found) == 5
    assert all(str(row["c"]).startswith("https://w3id.org/lithograph/id/claim/") for row in found)


def test_rdflib_reads_verdicts_graphs_and_patterns(demo_url: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{demo_url}/sparql"))

    assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
    assert (
        len(graph.query("CONSTRUCT WHERE { ?s a <https://w3id.org/lithograph/ontology#Measurement> }").graph)
        > 5
    )
    assert next(graph.subjects(rdflib.RDF.type, LG.RelationClaim), None) is not None


@pytest.mark.parametrize(
    ("parameters", "headers"),
    [
        (
            {"format": "json", "output": "json", "results": "json"},
            {"Accept": "application/sparql-results+json"},
        ),
        (
            {},
            {"Accept": "application/sparql-results+json,application/json,text/javascript"},
        ),
        ({}, {"Accept": "*/*", "User-Agent": "curl/8"}),
    ],
    ids=["sparqlwrapper", "old client", "curl"],
)
def test_other_clients_read_json(demo_url: str, parameters: dict[str, str], headers: dict[str, str]) -> None:
    query = urlencode({"query": "SELECT * { ?s ?p ?o } LIMIT 1", **parameters})

    for request in (
        {"url": f"{demo_url}/sparql?{query}", "headers": headers},
        {"url": f"{demo_url}/sparql", "headers": headers, "data": query.encode()},
    ):
        with open_url(**request) as response:
            assert len(json.load(response)["results"]["bindings"]) == 1


def test_a_cut_result_is_announced(small_limits: str) -> None:
    with open_url(
        f"{small_limits}/sparql?{urlencode({'query': 'SELECT * { ?s ?p ?o }', 'format': 'csv'})}"
    ) as response:
        assert response.headers["X-SPARQL-MaxRows"] == "10"
        assert len(response.read().splitlines()) == 11
    with open_url(f"{small_limits}/query?{urlencode({'query': 'SELECT * { ?s ?p ?o }'})}") as response:
        assert "cut after 10" in response.read().decode()


def test_an_address_can_hold_the_longest_query(demo_url: str) -> None:
    longest = "ASK {} #" + "é" * 50_000

    with open_url(f"{demo_url}/sparql?{urlencode({'query': longest, 'format': 'json'})}") as response:
        assert json.load(response)["boolean"] is True


def test_a_query_that_takes_too_long_is_told_to_come_back(small_limits: str) -> None:
    query = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"})

    with pytest.raises(urllib.error.HTTPError) as refusal:
        open_url(f"{small_limits}/sparql?{query}")

    with refusal.value as response:
        assert (response.code, response.headers["Retry-After"]) == (503, "5")
        assert "was stopped" in response.read().decode()
