"""What is told of a query that cannot be run: what is wrong and where, not what a parser looked for."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from app.sparql.faults import explain_fault


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "line 1, column 1: the query is empty"),
        ("# nothing", "the query is empty"),
        ("FOO", "begins with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT", "column 7: something is missing before the end"),
        ("SELECT * { ?s x:p ?o }", "the prefix x: is not declared; write PREFIX x:"),
        ("PREFIX y: <y:> SELECT * { ?s y:p ?o . ?s x:p ?o }", "the prefix x: is not declared"),
        ("SELECT ?s { ?s a ?o ", "a { is not closed"),
        ("SELECT ?s { ?s a '}' ", "a { is not closed"),
        ("SELECT ?s { ?s a ?o ) }", "a ) closes nothing"),
        ("SELECT ?s { ?s a ?o } }", "a } closes nothing"),
        ("select ?x where ?x ?y ?z", "column 17: this cannot stand here; expected {"),
        ("SELECT ?n (COUNT(?s) AS ?c) { ?s ?p ?n }", "a variable that is unbound"),
        ("SELECT * {\n ?s ?p ?o \n} LIMIT ten", "line 3, column 9: this cannot stand here"),
    ],
)
def test_a_query_that_cannot_be_run_is_explained(query: str, told: str) -> None:
    with pytest.raises(SyntaxError) as fault:
        ox.Store().query(query, prefixes={"lg": "http://example.org/"})

    found = explain_fault(str(fault.value), query, prefixes={"lg"})

    assert told in found
    assert "[_]" not in found
    assert "DISTINCT" not in found
    assert found.splitlines()[-1].strip() == "^"


def test_prefixes_that_are_known_are_no_fault() -> None:
    with pytest.raises(SyntaxError) as fault:
        ox.Store().query("SELECT * { ?s lg:p _:b . ?s ?p }", prefixes={"lg": "http://example.org/"})

    assert "prefix" not in explain_fault(
        str(fault.value), "SELECT * { ?s lg:p _:b . ?s ?p }", prefixes={"lg"}
    )
