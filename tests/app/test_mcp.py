"""The tools for agents, called by the protocol's own client: in process, by HTTP, by standard input."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from app.mcp.tools import mcp_server
from app.sparql.pool import QueryPool
from app.web.library import GAPS, Library
from app.web.snapshots import Snapshots
from kg.store import open_store
from kg.vocabulary import PREFIXES

TOOLS = {"ask", "chains", "gaps", "describe", "sparql", "show_evidence"}


@pytest.fixture(scope="module")
def copy(demo_store: Path) -> Iterator[Path]:
    snapshots = Snapshots(demo_store)
    yield snapshots.take()
    snapshots.close()


def with_client(copy: Path, work: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with (
            QueryPool(copy, workers=1, reserve=0, prefixes=PREFIXES) as pool,
            Client(mcp_server(Library(copy), pool)) as client,
        ):
            return await work(client)

    return asyncio.run(run())


def call(copy: Path, tool: str, **arguments: Any) -> Any:
    return with_client(copy, lambda client: client.call_tool(tool, arguments))


def test_every_tool_is_described_typed_and_reads_only(copy: Path) -> None:
    listed = with_client(copy, lambda client: client.list_tools()).tools

    assert {tool.name for tool in listed} == TOOLS
    for tool in listed:
        assert tool.description.endswith(".")
        assert tool.annotations.read_only_hint
        assert tool.output_schema["type"] == "object"
        assert all(
            "type" in field or "anyOf" in field or "enum" in field
            for field in tool.input_schema["properties"].values()
        )


def test_a_question_is_answered_with_sentences(copy: Path) -> None:
    found = call(copy, "ask", question="What suppresses lithium dendrite growth?").structured_content

    assert found["status"] == "answered"
    assert "LiF-rich interphase" in [row["label"] for row in found["answers"]]
    assert 0 < len(found["evidence"]) <= 20
    assert {"claim", "quote", "primary"} <= set(found["evidence"][0])


def test_a_question_that_the_graph_cannot_answer_is_refused_with_a_reason(copy: Path) -> None:
    found = call(copy, "ask", question="What is the price of gold?").structured_content

    assert found["status"] != "answered"
    assert found["answers"] == []
    assert found["reason"]


def test_chains_have_signs_beliefs_and_sentences(copy: Path) -> None:
    found = call(copy, "chains", start="dopant", end="lithium dendrite growth", limit=2)
    (first, *_) = found.structured_content["chains"]

    assert len(found.structured_content["chains"]) <= 2
    assert first["path"][-1]["label"] == "lithium dendrite growth"
    assert {edge["sign"] for edge in first["edges"]} <= {-1, 0, 1}
    assert all(edge["claims"][0]["quote"] for edge in first["edges"] if edge["claims"])


@pytest.mark.parametrize("kind", GAPS)
def test_gaps_of_each_kind_are_listed(copy: Path, kind: str) -> None:
    found = call(copy, "gaps", kind=kind, limit=1).structured_content

    assert found["count"] >= len(found["gaps"]) == 1
    assert found["gaps"][0]["topic"]


def test_queries_run_and_claims_lead_to_their_evidence(copy: Path) -> None:
    query = "SELECT ?claim { ?claim lg:relation lg:suppresses } ORDER BY ?claim LIMIT 1"

    async def work(client: Client) -> Any:
        rows = (await client.call_tool("sparql", {"query": query})).structured_content
        claim = rows["text"].split()[1].rpartition("/")[2]
        return rows, claim, (await client.call_tool("show_evidence", {"claim": claim})).structured_content

    rows, claim, shown = with_client(copy, work)
    assert (rows["media_type"], rows["complete"]) == ("text/csv", True)
    assert "suppresses" in shown["text"]
    assert shown["evidence"]["claim"] == claim
    assert shown["evidence"]["quote"] == shown["row"]["quote"]


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("chains", {}, "give a start"),
        ("describe", {"name": "unobtainium"}, "unobtainium"),
        ("sparql", {"query": "DROP ALL"}, "read-only"),
        ("sparql", {"query": "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "no outbound requests"),
        ("show_evidence", {"claim": "nothing"}, "no claim"),
        ("gaps", {"kind": "holes"}, "kind"),
        ("ask", {"question": "x" * 600}, "question"),
    ],
)
def test_what_is_wrong_is_said_to_the_agent(
    copy: Path, tool: str, arguments: dict[str, Any], told: str
) -> None:
    found = call(copy, tool, **arguments)

    assert found.is_error
    assert told in found.content[0].text


def test_the_same_tools_are_there_over_http(demo_url: str) -> None:
    async def run() -> tuple[set[str], Any]:
        async with Client(f"{demo_url}/mcp") as client:
            listed = await client.list_tools()
            answer = await client.call_tool("ask", {"question": "How is Li6PS5Cl synthesised?"})
            return {tool.name for tool in listed.tools}, answer.structured_content

    names, answer = asyncio.run(run())
    assert names == TOOLS
    assert answer["status"] == "answered"


def test_http_without_the_package_says_what_to_install(
    demo: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mcp.http.find_spec", lambda _: None)

    answer = demo.post("/mcp", json={})

    assert answer.status_code == 501
    assert "lithograph[mcp]" in answer.json()["detail"]


def command(store: Path) -> StdioServerParameters:
    return StdioServerParameters(
        command=sys.executable,
        args=["-c", "from app.cli import main; main()", "mcp", "--store", str(store)],
        env={"PYTHONPATH": os.pathsep.join(filter(None, [*sys.path, str(Path.cwd())]))},
    )


def test_agents_start_the_command_themselves_even_while_the_store_is_written_to(copy: Path) -> None:
    question = {"question": "What suppresses lithium dendrite growth?"}

    async def run() -> list[Any]:
        async with Client(command(copy)) as one, Client(command(copy)) as other:
            return [await each.call_tool("ask", question) for each in (one, other)]

    writer = open_store(copy)
    found = asyncio.run(run())
    del writer

    assert [each.structured_content["status"] for each in found] == ["answered", "answered"]


def test_a_store_that_is_not_there_is_named(tmp_path: Path) -> None:
    started = command(tmp_path / "nowhere")
    done = subprocess.run(
        [started.command, *started.args],
        env=os.environ | (started.env or {}),
        input="",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "there is no store at" in done.stderr
