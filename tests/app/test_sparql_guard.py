"""Which queries run: read-only, bounded, and never beyond this machine."""

from __future__ import annotations

import contextlib
import time

import pytest

from app.sparql.guard import QueryError, check_query


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { ?s ?p ?o }",
        "# SERVICE in a comment\nASK { ?s ?p ?o }",
        'SELECT * WHERE { ?s ?p "INSERT DATA { SERVICE }" }',
        "SELECT ?service WHERE { ?service <http://x/LOAD> ?o }",
        "PREFIX service: <http://x/> SELECT * WHERE { ?s service:load ?o }",
        "SELECT ?service ?x { ?x :service ?service { GRAPH ?service { ?s ?p <http://x/service> } } }",
        "SELECT ?x { ?x <a:service> ?y , 'a service <a:b>' }",
        'CONSTRUCT { ?s ?p "it\'s" } WHERE { ?s ?p """a "quoted" ( { [ text""" }',
    ],
)
def test_reading_queries_pass(query: str) -> None:
    check_query(query)


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("ASK { " + "service " * 300 + "}", 400, "more than 200"),
        ("ASK { SERVICE:{ ?s ?p ?o } }", 400, "outbound"),
        ("ASK { ?s ?p x:.SERVICEy:z{ ?s ?p ?o } }", 400, "outbound"),
        ("ASK { service <http://x/> { ?s ?p ?o } }", 400, "outbound"),
        ("SELECT * { { SELECT * { SERVICE SILENT ?x { ?s ?p ?o } } } }", 400, "outbound"),
        ("INSERT DATA { <a:b> <a:c> <a:d> }", 403, "read-only"),
        ("PREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }", 403, "read-only"),
        ("LOAD <http://x/>", 403, "read-only"),
        ("ASK " + "{" * 20_000 + "}" * 20_000, 400, "nested"),
        ("ASK { ?s ?p ?o }" + " " * 200_000, 413, "at most"),
    ],
    ids=[
        "many",
        "no prefix",
        "no space",
        "service",
        "nested service",
        "insert",
        "delete",
        "load",
        "brackets",
        "length",
    ],
)
def test_other_requests_are_refused_with_the_reason(query: str, status: int, message: str) -> None:
    with pytest.raises(QueryError, match=message) as refusal:
        check_query(query)

    assert refusal.value.status == status


@pytest.mark.parametrize(
    "piece",
    ["é", "1", "service#", "service ", '"', "'''", "<", "a:", "?", "#", "-.", '"\\', "\\", "service", "("],
)
def test_the_check_takes_a_time_in_proportion_to_the_text(piece: str) -> None:
    query = "SELECT * " + piece * (90_000 // len(piece))
    started = time.monotonic()

    with contextlib.suppress(QueryError):
        check_query(query)

    assert time.monotonic() - started < 2
