"""W3C's protocol tests: every query case passes over HTTP, every update is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from fastapi.testclient import TestClient
from httpx2 import Response
from rdflib.collection import Collection

from app.sparql.formats import GRAPH_FORMATS, RESULT_FORMATS
from app.web.server import create_app
from kg.store import open_store

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
PLACE = Path("third-party/rdf-tests/sparql11/protocol/manifest.ttl")


def read_manifest(shared: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(shared / PLACE, format="turtle")


@pytest.fixture(scope="module")
def manifest(shared: Path) -> rdflib.Graph:
    if not (shared / PLACE).is_file():
        pytest.skip(f"no {shared / PLACE}: W3C's tests are kept outside the repository")
    return read_manifest(shared)


@pytest.fixture(scope="module")
def client(manifest: rdflib.Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server whose named graphs are those that the tests ask for."""
    path = tmp_path_factory.mktemp("protocol") / "store"
    store = open_store(path)
    for data in set(manifest.objects(None, UT.graphData)):
        file = Path(str(manifest.value(data, UT.graph)).removeprefix("file://"))
        name = ox.NamedNode(str(manifest.value(data, rdflib.RDFS.label)))
        store.load(path=file, format=ox.RdfFormat.N_TRIPLES, to_graph=name)
    del store
    with TestClient(create_app(path), follow_redirects=False) as client:
        yield client


def cases(manifest: rdflib.Graph) -> dict[str, list[rdflib.term.Node]]:
    """The requests of each test by the test's local name."""
    found = {}
    for test in manifest.subjects(rdflib.RDF.type, MF.ProtocolTest):
        connection = manifest.value(test, MF.action)
        requests = manifest.value(connection, HT.requests)
        assert connection is not None
        assert requests is not None
        found[str(test).rpartition("#")[2]] = list(Collection(manifest, requests))
    return found


def send(client: TestClient, manifest: rdflib.Graph, request: rdflib.term.Node) -> Response:
    headers = {}
    listed = manifest.value(request, HT.headers)
    for header in Collection(manifest, listed) if listed else ():
        headers[str(manifest.value(header, HT.fieldName))] = str(manifest.value(header, HT.fieldValue))
    body = manifest.value(request, HT.body)
    encoding = str(manifest.value(body, CNT.characterEncoding) or "utf-8")
    content = str(manifest.value(body, CNT.chars) or "").encode(encoding)
    path, method = str(manifest.value(request, HT.absolutePath)), str(manifest.value(request, HT.methodName))
    return client.request(method, path, headers=headers, content=content)


def is_as_expected(manifest: rdflib.Graph, request: rdflib.term.Node, response: Response) -> bool:
    expected = manifest.value(request, HT.resp)
    statuses = [str(status)[-3] for status in manifest.objects(expected, MF.expectedStatus)]
    boolean, form = manifest.value(expected, MF.expectedBoolean), manifest.value(expected, MF.expectedFormat)
    media_type = response.headers["content-type"].partition(";")[0]
    allowed = {"boolean": RESULT_FORMATS, "tabular": RESULT_FORMATS, "RDF": GRAPH_FORMATS}
    return (
        str(response.status_code)[0] in statuses
        and (boolean is None or response.json()["boolean"] == boolean.toPython())
        and (form is None or media_type in allowed[str(form)])
    )


def test_all_query_cases_pass(client: TestClient, manifest: rdflib.Graph) -> None:
    wanted = {name: found for name, found in cases(manifest).items() if "update" not in name}

    failed = [
        name
        for name, requests in wanted.items()
        if not all(is_as_expected(manifest, each, send(client, manifest, each)) for each in requests)
    ]

    assert len(wanted) >= 18
    assert failed == []


def test_all_updates_are_refused_with_a_reason(client: TestClient, manifest: rdflib.Graph) -> None:
    updates = {name: requests[0] for name, requests in cases(manifest).items() if "update" in name}

    answers = {name: send(client, manifest, request) for name, request in updates.items()}

    assert len(answers) >= 14
    assert {
        name: answer.text for name, answer in answers.items() if answer.status_code not in (400, 403, 415)
    } == {}
    assert all(answer.text.strip() for answer in answers.values())
