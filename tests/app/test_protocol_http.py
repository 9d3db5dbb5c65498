"""The endpoint over HTTP: methods, forms, negotiation, faults, description."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

UPDATE = "application/sparql-update"
DIRECT = "application/sparql-query"
ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?s { ?s a lg:Measurement } ORDER BY ?s LIMIT 2"
GRAPH = "CONSTRUCT WHERE { ?s a lg:Measurement }"
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"


def media_type(response: Any) -> str:
    return str(response.headers["content-type"]).partition(";")[0]


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("GET", {"params": {"query": ASK}}),
        ("POST", {"data": {"query": ASK}}),
        ("POST", {"content": ASK, "headers": {"Content-Type": DIRECT}}),
        ("POST", {"content": ASK, "headers": {"Content-Type": "application/sparql-query; charset=UTF-8"}}),
    ],
    ids=["get", "form", "direct", "direct with charset"],
)
def test_all_three_ways_of_asking(demo: TestClient, path: str, method: str, options: dict[str, Any]) -> None:
    response = demo.request(method, path, **options)

    assert (response.status_code, response.json()["boolean"]) == (200, True)
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, "", "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, "text/csv;q=0.4, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        (SELECT, "text/tab-separated-values, text/csv", "text/tab-separated-values"),
        (SELECT, "text/turtle, */*;q=0.1", "application/sparql-results+json"),
        (SELECT, "application/*;q=0.5, application/sparql-results+json;q=0", "application/json"),
        (ASK, "application/xml", "application/xml"),
        (GRAPH, "", "text/turtle"),
        (GRAPH, "application/rdf+xml", "application/rdf+xml"),
        (GRAPH, "application/ld+json, text/turtle;q=0.2", "application/ld+json"),
        (GRAPH, "application/n-triples", "application/n-triples"),
        ("DESCRIBE id:LiF", "application/sparql-results+xml, text/turtle;q=0.5", "text/turtle"),
    ],
)
def test_the_client_chooses_the_format(demo: TestClient, query: str, accept: str, expected: str) -> None:
    response = demo.get("/sparql", params={"query": query}, headers={"Accept": accept})

    assert response.status_code == 200
    assert media_type(response) == expected
    assert "accept" in response.headers["vary"].lower()


@pytest.mark.parametrize(
    ("form", "query", "expected"),
    [
        ("csv", SELECT, "text/csv"),
        ("json", SELECT, "application/sparql-results+json"),
        ("json", GRAPH, "application/ld+json"),
        ("turtle", GRAPH, "text/turtle"),
    ],
)
def test_a_link_can_name_the_format(demo: TestClient, form: str, query: str, expected: str) -> None:
    response = demo.get("/sparql", params={"query": query, "format": form}, headers={"Accept": "text/html"})

    assert media_type(response) == expected


@pytest.mark.parametrize(
    ("method", "options", "status", "message"),
    [
        ("GET", {"params": {"query": "SELECT WHERE"}}, 400, "line 1"),
        ("GET", {"params": {"query": [ASK, ASK]}}, 400, "exactly one"),
        ("GET", {"params": {"query": ASK, "format": "png"}}, 400, "expected one of"),
        ("GET", {"params": {"query": ASK, "default-graph-uri": "no iri"}}, 400, "absolute IRI"),
        ("GET", {"params": {"query": "ASK { SERVICE <http://x.invalid/> {} }"}}, 400, "outbound"),
        ("GET", {"params": {"query": "LOAD <http://x.invalid/>"}}, 403, "read-only"),
        ("GET", {"params": {"update": "CLEAR ALL"}}, 403, "read-only"),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403, "read-only"),
        ("POST", {"content": "CLEAR ALL", "headers": {"Content-Type": UPDATE}}, 403, "read-only"),
        ("GET", {"params": {"query": SELECT}, "headers": {"Accept": "image/png"}}, 406, "comes as"),
        ("POST", {"data": {"query": "#" * 1_100_000}}, 413, "larger"),
        ("POST", {"data": {"query": "#" * 200_000}}, 413, "characters"),
        ("GET", {"params": {"x": [str(number) for number in range(1100)]}}, 413, "parameters"),
        ("POST", {"content": ASK, "headers": {"Content-Type": "text/plain"}}, 415, "expected"),
        ("POST", {"content": ASK}, 415, "expected"),
        ("POST", {"content": ASK.encode("utf-16"), "headers": {"Content-Type": DIRECT}}, 400, "UTF-8"),
        ("POST", {"content": ASK, "headers": {"Content-Type": f"{DIRECT}; charset=latin-1"}}, 415, "UTF-8"),
        ("POST", {"data": {"nothing": "here"}}, 400, "exactly one"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(
    demo: TestClient, method: str, options: dict[str, Any], status: int, message: str
) -> None:
    response = demo.request(method, "/sparql", **options)

    assert response.status_code == status
    assert message in response.text
    assert response.headers["access-control-allow-origin"] == "*"


def test_head_has_the_headers_of_get(demo: TestClient) -> None:
    response = demo.head("/sparql", params={"query": SELECT}, headers={"Accept": "text/csv"})

    assert (response.status_code, media_type(response)) == (200, "text/csv")


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_a_browser_on_another_site_may_ask(demo: TestClient, path: str) -> None:
    response = demo.options(
        path, headers={"Origin": "http://other.invalid", "Access-Control-Request-Method": "POST"}
    )

    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]
    assert "content-type" in response.headers["access-control-allow-headers"].lower()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused_and_the_right_ones_named(demo: TestClient, method: str) -> None:
    response = demo.request(method, "/sparql", params={"query": ASK})

    assert response.status_code == 405
    assert "GET" in response.headers["allow"]


def test_a_browser_is_led_to_the_page(demo: TestClient) -> None:
    accept = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}

    assert demo.get("/sparql", headers=accept).headers["location"] == "/query"
    led = demo.get("/sparql", params={"query": ASK}, headers=accept)
    assert led.status_code == 303
    assert led.headers["location"].startswith("/query?query=ASK")


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json", "*/*", ""])
def test_without_a_query_the_endpoint_describes_itself(demo: TestClient, accept: str) -> None:
    response = demo.get("/sparql", headers={"Accept": accept})
    form = ox.RdfFormat.from_media_type(media_type(response))
    store = ox.Store()
    store.load(response.content, format=form, base_iri="http://testserver/sparql")
    prefixes = {"sd": SD, "void": VOID}

    [service] = store.query("SELECT ?s ?e { ?s a sd:Service ; sd:endpoint ?e }", prefixes=prefixes)
    assert service["s"].value == service["e"].value == "http://testserver/sparql"
    assert not list(store.quads_for_pattern(None, None, ox.NamedNode(SD + "BasicFederatedQuery"), None))
    [size] = store.query(
        "SELECT ?n { ?s sd:defaultDataset/sd:defaultGraph/void:triples ?n }", prefixes=prefixes
    )
    [counted] = demo.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).json()[
        "results"
    ]["bindings"]
    assert size["n"].value == counted["n"]["value"]
    graphs = list(store.query("SELECT ?g { [] sd:namedGraph/sd:name ?g }", prefixes=prefixes))
    assert len(graphs) > 40


def test_a_description_comes_in_no_other_format(demo: TestClient) -> None:
    assert demo.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_named_graphs_are_documents(demo: TestClient) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?c a lg:RelationClaim } } ORDER BY ?g LIMIT 1"
    [row] = demo.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    inside = {
        "query": "SELECT (COUNT(*) AS ?n) { ?c a lg:RelationClaim }",
        "default-graph-uri": row["g"]["value"],
    }
    [some] = demo.get("/sparql", params=inside).json()["results"]["bindings"]
    [everything] = demo.get("/sparql", params={"query": inside["query"]}).json()["results"]["bindings"]

    assert 0 < int(some["n"]["value"]) < int(everything["n"]["value"])
