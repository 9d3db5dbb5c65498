"""The JSON API: the command line's shapes, described in OpenAPI, with faults in JSON."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient

from kg.export import FORMATS


def get(demo: TestClient, address: str) -> Any:
    response = demo.get(f"/api/v1{address}")
    assert response.status_code == 200, response.text
    return response.json()


def test_a_question_is_answered_in_the_shape_of_the_command_line(demo: TestClient) -> None:
    answer = get(demo, "/ask?q=What suppresses lithium dendrite growth?")

    assert answer["status"] == "answered"
    assert {"interpretation", "sparql", "answers", "evidence", "suggestions", "reason"} <= set(answer)
    assert {"document", "quote", "start", "end", "refs"} <= set(answer["evidence"][0])


def test_chains_carry_their_claims(demo: TestClient) -> None:
    chains = get(demo, "/chains?from=dopant&to=lithium dendrite growth&limit=3")

    assert 0 < len(chains) <= 3
    assert {"path", "edges", "sign", "belief"} <= set(chains[0])


@pytest.mark.parametrize("kind", ["bridges", "analogies", "contradictions", "open-questions", "thin"])
def test_gaps_have_kind_and_topic(demo: TestClient, kind: str) -> None:
    gaps = get(demo, f"/gaps/{kind}")

    assert all({"kind", "topic"} <= set(gap) for gap in gaps)
    assert gaps


def test_the_matrix_has_a_cell_for_each_pair(demo: TestClient) -> None:
    cells = get(demo, "/gaps/matrix?rows=dopant&columns=failure mechanism")

    assert {cell["status"] for cell in cells} >= {"reported", "never"}


def test_values_claims_and_documents_lead_to_each_other(demo: TestClient) -> None:
    [first, *_] = get(demo, "/properties")
    row = get(demo, f"/properties/{first['key']}")[0]
    claim = get(demo, f"/claims/{row['claim']}")
    documents = {each["id"]: each["claims"] for each in get(demo, "/documents")}

    assert claim["quote"] == row["quote"]
    assert len(get(demo, f"/documents/{claim['document']}/claims")) == documents[claim["document"]]


def test_a_thing_is_found_by_any_name(demo: TestClient) -> None:
    assert get(demo, "/things?name=LGPS")[0]["label"] == get(demo, "/things?name=Li10GeP2S12")[0]["label"]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "parquet"])
def test_the_graph_is_given_out_whole(demo: TestClient, form: str) -> None:
    response = demo.get(f"/api/v1/export/{form}")

    assert response.status_code == 200
    assert len(response.content) > 10_000
    if form == "claims":
        assert all(json.loads(line)["quote"] for line in response.text.splitlines())


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ask", 422), ("/ask?q=", 422), (f"/ask?q={'a' * 600}", 422), ("/gaps/none", 404),
        ("/chains?from=none", 404), ("/chains?to=unobtainium", 404), ("/things?name=none", 404),
        ("/gaps/matrix?rows=none&columns=dopant", 404), ("/gaps/matrix", 422), ("/chains?limit=0", 422),
        ("/documents/none/claims", 404), ("/claims/none", 404), ("/properties/none", 404),
        ("/export/doc", 404), ("/nothing", 404),
    ],
)  # fmt: skip
def test_faults_are_told_in_json(demo: TestClient, address: str, status: int) -> None:
    response = demo.get(f"/api/v1{address}")

    assert response.status_code == status
    assert response.json()["detail"]


def test_every_operation_is_described(demo: TestClient) -> None:
    paths = demo.get("/openapi.json").json()["paths"]

    assert {
        "/sparql",
        "/api/v1/ask",
        "/api/v1/chains",
        "/api/v1/gaps/{kind}",
        "/api/v1/export/{form}",
    } <= set(paths)
    assert all(operation["summary"] for path in paths.values() for operation in path.values())


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/api/v1/ask", "?q=Which electrolytes have an ionic conductivity above 10 mS/cm?"),
        ("/api/v1/ask", "?q=What suppresses lithium dendrite growth?&then=only iodides"),
        ("/api/v1/ask", "?q=What is the price of gold?"),
        ("/api/v1/ask", f"?q={'a' * 600}"),
        ("/api/v1/ask", ""),
        ("/api/v1/chains", "?from=dopant&to=lithium dendrite growth"),
        ("/api/v1/chains", "?max_hops=99"),
        ("/api/v1/gaps/matrix", "?rows=dopant&columns=failure mechanism"),
        ("/api/v1/things", "?name=LiF"),
        ("/api/v1/properties", ""),
        ("/api/v1/documents", ""),
        ("/sparql", "?query=ASK {}"),
        ("/sparql", "?query=ASK {}&format=xml"),
        ("/sparql", "?query=CONSTRUCT WHERE { ?s a lg:Dopant }&format=ntriples"),
        ("/sparql", ""),
    ],
)
def test_an_answer_has_a_status_a_type_and_a_shape_that_the_description_has(
    demo: TestClient, path: str, address: str
) -> None:
    described = demo.get("/openapi.json").json()
    response = demo.get(path + address)

    told = described["paths"][path]["get"]["responses"][str(response.status_code)]
    kind = response.headers["content-type"].partition(";")[0]
    assert kind in told["content"]
    if schema := told["content"][kind].get("schema"):
        jsonschema.validate(response.json(), schema | {"components": described["components"]})


def test_every_export_is_described_by_its_type(demo: TestClient) -> None:
    told = demo.get("/openapi.json").json()["paths"]["/api/v1/export/{form}"]["get"]["responses"]["200"]

    assert set(told["content"]) == {form.media_type for form in FORMATS.values()}
