"""lithograph validate and lithograph reason, as a person meets them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import rdflib
from fastapi.testclient import TestClient

from app.commands import ontology as commands
from app.web.server import create_app
from kg.store import open_store
from kg.vocabulary import INFERRED_GRAPH
from ontology.reasoner import Consistency, JavaMissingError
from queries.answer import ask
from tests.app.test_cli import Run, built, run

__all__ = ["built", "run"]


@pytest.fixture
def consistent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reasoner's verdict without its seconds; tests/ontology runs it."""
    monkeypatch.setattr("ontology.reasoner.check_consistency", lambda: Consistency(True))


@pytest.fixture
def graph(demo_store: Path, tmp_path: Path) -> Path:
    """A copy of the bundled claims that a test may write to."""
    return Path(shutil.copytree(demo_store, tmp_path / "graph"))


def test_a_sound_graph_is_valid(run: Run, built: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("validate") == 0
    assert "0 violations, 0 warnings." in capfd.readouterr().out


def test_an_odd_value_is_a_warning_and_no_failure(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    row = {"type": "measurement", "material": ["Li3PS4"], "property": "ionic_conductivity", "value": 10.0}
    row |= {"unit": "S/cm", "quote": "ten siemens per centimetre"}
    (tmp_path / "odd.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert run("load", "odd.jsonl") == 0
    capfd.readouterr()
    assert run("validate") == 0
    printed = " ".join(capfd.readouterr().out.split())
    assert "0 violations, 1 warning." in printed
    assert "10.0 is outside the range" in printed
    assert run("validate", "--format", "json") == 0
    (finding,) = map(json.loads, capfd.readouterr().out.splitlines())
    assert (finding["severity"], finding["quote"]) == ("warning", "ten siemens per centimetre")


def test_a_violation_ends_with_1(run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    row = {"type": "relation", "subject": ["LiF"], "subject_type": "Material", "relation": "admires"}
    row |= {"object": ["lithium dendrite growth"], "object_type": "FailureMechanism", "quote": "LiF admires"}
    (tmp_path / "odd.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert run("load", "odd.jsonl") == 0
    capfd.readouterr()
    assert run("validate", "--format", "turtle") == 1
    report = rdflib.Graph().parse(data=capfd.readouterr().out, format="turtle")
    assert list(report.objects(None, rdflib.SH.conforms)) == [rdflib.Literal(False)]


def test_an_unknown_document_is_wrong_use(run: Run, built: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("validate", "--document", "nowhere") == 2
    assert "there is no document 'nowhere'" in " ".join(capfd.readouterr().err.split())


@pytest.mark.usefixtures("consistent")
def test_reasoning_fills_the_inferred_graph(run: Run, graph: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("reason", "--store", str(graph)) == 0
    printed = capfd.readouterr().out
    assert "The ontology is consistent" in printed
    assert "none of them a claim" in printed
    assert "mitigates" in printed
    assert open_store(graph, read_only=True).contains_named_graph(INFERRED_GRAPH)
    assert run("reason", "--json", "--least-papers", "2", "--store", str(graph)) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert rows
    assert all(row["claims"] for row in rows)


@pytest.mark.usefixtures("consistent")
def test_answers_are_the_same_before_and_after_reasoning(run: Run, graph: Path) -> None:
    questions = (
        "What suppresses lithium dendrite growth?",
        "Which materials are doped with a halogen?",
        "What is Li3PS4 composed of?",
        "Which interphases suppress dendrites?",
        "How many electrolytes have an ionic conductivity above 1 mS/cm?",
    )
    before = [ask(each, open_store(graph, read_only=True)).to_json() for each in questions]
    assert run("reason", "--store", str(graph)) == 0
    after = [ask(each, open_store(graph, read_only=True)).to_json() for each in questions]
    assert after == before
    assert any(answer["status"] == "answered" for answer in after)


#: What a person and a program see of a graph: the things, their pages, claims, chains, gaps and exports.
SEEN = (
    "/api/v1/things?name=Li3PS4",
    "/api/v1/chains?to=lithium%20dendrite%20growth",
    "/api/v1/gaps/contradictions",
    "/api/v1/export/claims",
    "/id/Li3PS4",
    "/id/lithium-dendrite-growth",
    "/ontology/SulfideElectrolyte",
)


@pytest.mark.usefixtures("consistent")
def test_nothing_inferred_is_shown_among_what_is_reported(
    run: Run, demo: TestClient, graph: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """``demo`` serves the same graph as it was before reasoning."""
    assert run("show", "Li3PS4", "--json", "--store", str(graph)) == 0
    shown = capfd.readouterr().out
    assert run("reason", "--store", str(graph)) == 0
    capfd.readouterr()
    assert run("show", "Li3PS4", "--json", "--store", str(graph)) == 0
    assert capfd.readouterr().out == shown
    with TestClient(create_app(graph), follow_redirects=False) as reasoned:
        for path in SEEN:
            before, after = demo.get(path), reasoned.get(path)
            assert before.status_code == after.status_code == 200, path
            assert after.text == before.text, path


def test_an_inconsistent_ontology_fails_and_says_why(
    run: Run, built: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    verdict = Consistency(False, ("lg:X",), "X can have no member: it is a kind of A and B")
    monkeypatch.setattr("ontology.reasoner.check_consistency", lambda: verdict)
    assert run("reason") == 1
    assert "X can have no member" in capfd.readouterr().err


def test_without_java_reasoning_goes_on_and_says_so(
    run: Run, built: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def missing() -> Consistency:
        raise JavaMissingError("the reasoner HermiT needs Java")

    monkeypatch.setattr("ontology.reasoner.check_consistency", missing)
    assert run("reason") == 0
    assert "going on without the check" in capfd.readouterr().err
    assert commands.ReportFormat.TURTLE == "turtle"
