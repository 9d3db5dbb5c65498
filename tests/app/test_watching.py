"""Watches at the command line: the next build says what changed, and why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from kg.claims_file import row_to_claim, write_claims

Run = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parents[2]


def claim(dopant: str, document: str) -> dict[str, object]:
    """A row that says that a dopant stops dendrites."""
    return {
        "type": "relation",
        "subject": [dopant],
        "subject_type": "Dopant",
        "relation": "suppresses",
        "object": ["lithium dendrite growth"],
        "object_type": "FailureMechanism",
        "quote": f"{dopant} keeps dendrites away",
        "document": document,
    }


def write(path: Path, *rows: dict[str, object]) -> None:
    """A claims file of one document."""
    write_claims([row_to_claim(row, document=str(row["document"])) for row in rows], path)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command in a folder with one claims file; returns its exit code, its output and its errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    write(tmp_path / "one.jsonl", claim("ZnO", "one"))

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lithograph", *arguments])
        capfd.readouterr()
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        printed = capfd.readouterr()
        return code, printed.out, printed.err

    assert call("build", "one.jsonl")[0] == 0
    return call


def test_a_build_says_once_what_changed_in_what_is_watched(run: Run) -> None:
    assert run("watch", "add", "cell", "dopant", "lithium dendrite growth")[0] == 0
    assert "watched" not in run("build", "one.jsonl")[1]
    write(Path("two.jsonl"), claim("CaO", "two"))
    printed = run("build", "two.jsonl")[1]
    assert "papers 1 → 2" in printed
    assert "“CaO keeps dendrites away”  read from two" in printed
    assert "watched" not in run("build", "two.jsonl")[1]
    assert "two was taken out" in run("remove", "two")[1]


def test_a_watched_question_tells_of_new_answers(tmp_path: Path) -> None:
    def lithograph(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from app.cli import main; main()", *arguments]
        options = {"cwd": tmp_path, "env": os.environ | {"PYTHONPATH": str(ROOT)}}
        return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]

    write(tmp_path / "one.jsonl", claim("ZnO", "one"))
    write(tmp_path / "two.jsonl", claim("CaO", "two"))
    lithograph("build", "one.jsonl")
    refused = lithograph("watch", "add", "question", "How blorb is the frobnicator?")
    assert (refused.returncode, "is not understood" in refused.stderr) == (2, True)
    lithograph("watch", "add", "question", "What suppresses lithium dendrite growth?")
    assert "new  CaO" in lithograph("build", "two.jsonl").stdout


def test_curation_tells_of_changes_too(run: Run) -> None:
    run("watch", "add", "cell", "ZnO", "lithium dendrite growth")
    (row,) = map(json.loads, run("export")[1].splitlines())
    said = run("curate", "reject", row["id"], "--by", "A. Reader", "--on", "2024-05-17", "--note", "misread")[
        1
    ]
    assert "rejected by A. Reader on 2024-05-17: misread" in said
    assert "status reported → never" in said


def test_check_gives_json_and_can_leave_changes_unseen(run: Run) -> None:
    run("watch", "add", "cell", "ZnO", "lithium dendrite growth")
    assert run("watch", "check") == (1, "", "lithograph: nothing changed in 1 watches\n")
    from kg.store import load_claims, open_store  # noqa: PLC0415

    store = open_store("lithograph.db")
    load_claims(store, [row_to_claim(claim("ZnO", "two"), document="two")])
    del store
    for arguments in (("--keep",), ()):
        code, printed, _ = run("watch", "check", "--json", *arguments)
        (change,) = map(json.loads, printed.splitlines())
        assert code == 0
        assert (change["kind"], change["asks"]) == ("cell", ["ZnO", "lithium dendrite growth"])
        assert (change["before"]["papers"], change["after"]["papers"]) == (1, 2)
        assert change["because"][0]["document"] == "two"
    assert run("watch", "check")[0] == 1


def test_watches_are_listed_and_removed(run: Run) -> None:
    assert run("watch", "list")[0] == 1
    run("watch", "add", "chain", "any dopant", "lithium dendrite growth")
    (row,) = map(json.loads, run("watch", "list", "--json")[1].splitlines())
    assert (row["kind"], row["asks"]) == ("chain", ["any dopant", "lithium dendrite growth"])
    assert "any dopant → lithium dendrite growth" in run("watch", "list")[1]
    assert run("watch", "remove", row["watch"])[0] == 0
    assert run("watch", "list")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("add", "chain", "ZnO"), "a chain is watched by two names, not by 1"),
        (("add", "weather", "rain"), "cannot be watched"),
        (("remove", "zzzz"), "0 watches have ids that start with"),
    ],
)
def test_wrong_use_is_explained(run: Run, arguments: tuple[str, ...], message: str) -> None:
    code, _, errors = run("watch", *arguments)
    assert code == 2
    assert message in errors


def test_the_matrix_says_what_changed_since_a_day(run: Run) -> None:
    code, printed, _ = run("gaps", "matrix", "--since", "2000-01-01", "--json")
    (change,) = map(json.loads, printed.splitlines())
    assert code == 0
    assert (change["before"]["status"], change["after"]["status"]) == ("never", "reported")
    assert "never (0)  reported (1)" in run("gaps", "matrix", "--since", "2000-01-01")[1]
    assert run("gaps", "matrix", "--since", "2999-01-01")[0] == 1
    assert "expected YYYY-MM-DD" in run("gaps", "matrix", "--since", "soon")[2]


def test_a_cell_shows_its_sentences(run: Run) -> None:
    code, printed, _ = run("gaps", "cell", "ZnO", "lithium dendrite growth")
    assert code == 0
    assert "reported, less" in printed
    assert "“ZnO keeps dendrites away”" in printed
    (row,) = map(json.loads, run("gaps", "cell", "ZnO", "short circuit", "--json")[1].splitlines())
    assert row["status"] == "never"
