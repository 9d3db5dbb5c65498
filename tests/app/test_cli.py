"""The command line as a person meets it: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main

NOTE = """# A note

The ionic conductivity of Li6PS5Cl is 1.3×10^-3 S cm^-1 at room temperature [1].
A LiF-rich SEI suppresses lithium dendrite growth [1]. LiF forms a LiF-rich SEI [2].
It is still unknown how thick the interphase must be.

## References

[1] A. Author, B. Author, *J. Test* **2015**, 1, 2.
[2] C. Author, *J. Test* **2017**, 3, 4.
"""

Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in a folder of its own and return its exit code."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["lithograph", *arguments])
        try:
            main()
        except SystemExit as end:
            return int(end.code or 0)
        return 0

    return call


@pytest.fixture
def built(run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Path:
    """A folder with a note and the graph built from it."""
    (tmp_path / "note.md").write_text(NOTE, encoding="utf-8")
    assert run("build", "note.md") == 0
    capfd.readouterr()
    return tmp_path


def test_building_twice_says_that_nothing_changed(
    run: Run, built: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("build", "note.md") == 0

    assert "1 unchanged" in (printed := capfd.readouterr().out)
    assert "Nothing had changed" in printed


def test_an_answer_stands_with_its_sentence_and_its_work(
    run: Run, built: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("ask", "What suppresses lithium dendrite growth?") == 0

    printed = " ".join(capfd.readouterr().out.split())
    assert "LiF-rich SEI suppresses lithium dendrite growth" in printed
    assert "A. Author et al., J. Test 2015" in printed


def test_json_is_all_that_is_printed_when_it_is_asked_for(
    run: Run, built: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("ask", "What is the ionic conductivity of Li6PS5Cl?", "--json") == 0

    answer = json.loads(capfd.readouterr().out)
    assert answer["status"] == "answered"
    assert [row["value"] for row in answer["answers"]] == [pytest.approx(1.3e-3)]
    assert answer["evidence"][0]["document"] == "note"


def test_a_question_that_cannot_be_answered_ends_with_one_and_the_reason(
    run: Run, built: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("ask", "What is the price of Li6PS5Cl in Paris?", "--json") == 1

    answer = json.loads(capfd.readouterr().out)
    assert answer["status"] in ("not_understood", "no_answer")
    assert answer["answers"] == []
    assert answer["reason"]


def test_a_batch_answers_every_row_by_its_id(run: Run, built: Path) -> None:
    rows = [{"id": "a", "question": "What suppresses lithium dendrite growth?"}, {"id": "b", "question": "?"}]
    Path("questions.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    assert run("ask", "--batch", "questions.jsonl", "-o", "answers.jsonl") == 0

    answers = [json.loads(line) for line in Path("answers.jsonl").read_text("utf-8").splitlines()]
    assert [(answer["id"], answer["status"] == "answered") for answer in answers] == [
        ("a", True),
        ("b", False),
    ]


def test_a_chain_leads_over_two_works(run: Run, built: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("chains", "--from", "LiF", "--to", "lithium dendrite growth", "--json") == 0

    chain = json.loads(capfd.readouterr().out.splitlines()[0])
    assert [node["label"] for node in chain["path"]] == [
        "LiF",
        "LiF-rich SEI",
        "lithium dendrite growth",
    ]
    assert chain["sign"] == -1
    years = [work["year"] for edge in chain["edges"] for claim in edge["claims"] for work in claim["primary"]]
    assert years == [2017, 2015]


def test_the_query_of_a_chain_can_be_run_as_it_is_printed(
    run: Run, built: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ends = ("--from", "LiF", "--to", "lithium dendrite growth", "--limit", "1")
    assert run("chains", *ends, "--sparql") == 0
    Path("chain.rq").write_text(capfd.readouterr().out, encoding="utf-8")
    assert run("sparql", "@chain.rq", "--format", "json") == 0
    (row,) = json.loads(capfd.readouterr().out)["results"]["bindings"]
    assert "LiF" in row["quote1"]["value"]
    assert "suppresses" in row["quote2"]["value"]
    run("chains", *ends)
    assert "the weakest step" in capfd.readouterr().out


def test_what_a_paper_calls_open_is_listed(run: Run, built: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("gaps", "open-questions") == 0

    assert "still unknown how thick" in " ".join(capfd.readouterr().out.split())


def test_export_and_load_make_the_same_graph(run: Run, built: Path) -> None:
    assert run("export", "--format", "claims", "-o", "one.jsonl") == 0
    assert run("load", "one.jsonl", "--store", "other.db") == 0
    assert run("export", "--format", "claims", "-o", "two.jsonl", "--store", "other.db") == 0

    assert Path("one.jsonl").read_text("utf-8") == Path("two.jsonl").read_text("utf-8")


def test_extract_writes_the_claims_of_a_paper(run: Run, built: Path) -> None:
    assert run("extract", "note.md", "-o", "claims.jsonl") == 0

    rows = [json.loads(line) for line in Path("claims.jsonl").read_text("utf-8").splitlines()]
    assert {row["type"] for row in rows} == {"measurement", "relation"}
    assert all(NOTE[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_a_removed_document_leaves_nothing(run: Run, built: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("remove", "note") == 0
    assert run("export") == 1

    assert run("remove", "note") == 1
    assert "no document 'note'" in capfd.readouterr().err


def test_sparql_knows_the_prefixes(run: Run, built: Path, capfd: pytest.CaptureFixture[str]) -> None:
    query = "SELECT ?name WHERE { ?claim lg:relation lg:suppresses ; lg:subjectName ?name }"

    assert run("sparql", query, "--format", "csv") == 0

    assert capfd.readouterr().out.split() == ["name", "LiF-rich", "SEI"]


def test_show_prints_the_arithmetic_of_belief(
    run: Run, built: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("show", "LiF-rich SEI") == 0

    printed = capfd.readouterr().out
    assert "suppresses lithium dendrite growth" in printed
    assert "belief = " in printed


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("build", "missing.md"), 2, "missing.md: no such file or folder"),
        (("ask", "Why?", "--store", "nowhere.db"), 2, "there is no store at nowhere.db"),
        (("ask",), 2, "--batch"),
        (("load", "broken.jsonl"), 2, "broken.jsonl, line 1: not JSON"),
        (("sparql", "SELECT nonsense", "--store", "lithograph.db"), 2, "not a query"),
        (("sparql", "ASK { SERVICE <http://x.test/> { ?s ?p ?o } }"), 2, "no outbound requests"),
        (("gaps", "matrix", "gluon", "failure mechanism"), 2, "'gluon' is no class of the ontology"),
        (("build", "paper.docx"), 1, "paper.docx"),
        (("build", "."), 0, "1 file is not read, being of no known kind (1 .docx); known are .htm"),
        (("sparql", "FOO"), 2, "a query begins with SELECT"),
        (("export", "--format", "csv", "-o", "none/table.csv"), 2, "there is no folder none; make it"),
        (("load", "."), 2, ".: is a folder; expected a file"),
        (("ask", "--batch", "none.jsonl"), 2, "none.jsonl: no such file or folder"),
        (("serve", "--host", "203.0.113.1"), 2, "cannot listen at 203.0.113.1, port 8000"),
    ],
)
def test_a_mistake_is_answered_with_what_is_wrong(  # noqa: PLR0917  (three fixtures, three columns)
    run: Run,
    built: Path,
    capfd: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    if arguments != ("build", "."):
        (built / "broken.jsonl").write_text("{", encoding="utf-8")
    (built / "paper.docx").write_bytes(b"PK\x03\x04\x00")

    assert run(*arguments) == code

    error = capfd.readouterr().err
    assert message in " ".join(error.split())
    assert "Traceback" not in error
    assert "Errno" not in error
