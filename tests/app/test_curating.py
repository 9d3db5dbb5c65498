"""Curation at the command line: what was said shows at once in answers, chains, gaps and exports."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.build import build
from app.cli import main
from app.commands.building import ExportFormat
from app.sources import find_sources
from extract.readers import SUFFIXES
from kg.claims_file import row_to_claim, write_claims
from kg.export import FORMATS
from kg.store import open_store

Run = Callable[..., tuple[int, str, str]]

NOTES = """# A note

The ionic conductivity of Li6PS5Cl is 1.3×10^-3 S cm^-1 at room temperature [1].
A LiF-rich SEI suppresses lithium dendrite growth [1]. LiF forms a LiF-rich SEI [2].

## References

[1] A. Author, B. Author, *J. Test* **2015**, 1, 2.
[2] C. Author, *J. Test* **2017**, 3, 4. https://doi.org/10.1000/made-up
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a note and its graph, to be copied."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "note.md").write_text(NOTES, encoding="utf-8")
    store = open_store(folder / "lithograph.db")
    build(find_sources([folder / "note.md"], suffixes=SUFFIXES), store)
    store.flush()
    return folder


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str], built: Path
) -> Run:
    """Run a command beside a built note; returns its exit code, its output, and its errors on one line."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lithograph", *arguments])
        capfd.readouterr()
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        printed = capfd.readouterr()
        return code, printed.out, " ".join(printed.err.split())

    return call


def claim(run: Run, relation: str) -> str:
    """The id of the note's claim with a relation."""
    rows = map(json.loads, run("export")[1].splitlines())
    return next(row["id"] for row in rows if relation in (row.get("relation"), row.get("property")))


def test_a_rejected_claim_leaves_answers_chains_and_exports_at_once_and_comes_back(run: Run) -> None:
    question = ("ask", "What suppresses lithium dendrite growth?", "--json")
    chain = ("chains", "--from", "LiF", "--to", "lithium dendrite growth", "--json")
    wrong = claim(run, "suppresses")
    assert run(*question)[0] == 0
    assert run(*chain)[0] == 0
    assert (
        run("curate", "reject", wrong[:10], "--by", "A. Reader", "--on", "2024-05-17", "--note", "no")[0] == 0
    )
    assert run(*question)[0] == 1
    assert run(*chain)[0] == 1
    assert wrong not in run("export")[1]
    run("build", "note.md")
    assert wrong not in run("export")[1]
    code, listed, _ = run("curate", "list")
    assert code == 0
    assert all(each in listed for each in ("reject", wrong, "A. Reader", "2024-05-17", "no"))
    assert run("curate", "undo", wrong)[0] == 0
    assert run(*question)[0] == 0
    assert run("curate", "list")[0] == 1


def test_a_correction_is_what_is_answered(run: Run) -> None:
    wrong = claim(run, "ionic_conductivity")
    corrected = run(
        *("curate", "correct", wrong, "--set", "value=2.5", "--set", "unit=mS/cm"),
        *("--set", "conditions.method=ball milling"),
    )
    assert corrected[0] == 0
    assert "0.0013 S/cm → Li6PS5Cl ionic conductivity 2.5 mS/cm" in corrected[1]
    answer = json.loads(run("ask", "What is the ionic conductivity of Li6PS5Cl?", "--json")[1])
    assert [row["value"] for row in answer["answers"]] == [pytest.approx(2.5e-3)]


def test_who_and_when_are_given_or_today(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITHOGRAPH_CURATOR", "Z. Reader")
    assert run("curate", "accept", claim(run, "forms"))[0] == 0
    (row,) = map(json.loads, run("curate", "list", "--json")[1].splitlines())
    assert (row["judgement"], row["by"]) == ("accept", "Z. Reader")
    assert row["on"] == datetime.now(tz=UTC).date().isoformat()


def test_a_retracted_work_counts_nothing_and_is_shown(run: Run) -> None:
    code, printed, _ = run("curate", "retract", "10.1000/made-up", "--on", "2024-05-17")
    assert (code, "rest on it alone: 1." in printed) == (0, True)
    assert '"relation": "forms"' not in run("chains", "--to", "lithium dendrite growth", "--json")[1]
    shown = run("show", "LiF")[1]
    assert "retracted: 0.00" in shown
    assert "belief = 0.000" in shown
    assert run("curate", "undo", "10.1000/MADE-UP")[0] == 0
    assert "retracted" not in run("show", "LiF")[1]


def test_what_was_curated_moves_to_another_store(run: Run, tmp_path: Path) -> None:
    wrong = claim(run, "suppresses")
    run("curate", "reject", wrong, "--on", "2024-05-17")
    run("curate", "retract", "10.1000/made-up", "--on", "2024-05-17")
    assert run("curate", "export", "-o", "curated.jsonl")[0] == 0
    assert run("curate", "import", "curated.jsonl", "--store", "other.db")[1].strip() == "2 read, 2 new."
    assert "(waiting)" in run("curate", "list", "--store", "other.db")[1]
    run("build", "note.md", "--store", "other.db")
    assert "(waiting)" not in run("curate", "list", "--store", "other.db")[1]
    one, other = (run("export", *store)[1] for store in ((), ("--store", "other.db")))
    assert one == other


def test_a_special_case_is_shown_as_one(run: Run, tmp_path: Path) -> None:
    said = {"type": "relation", "relation": "increases", "object": ["air stability"]}
    kinds = {"subject_type": "Strategy", "object_type": "Property"}
    rows = [said | kinds | {"subject": [name], "quote": name} for name in ("P2O5 doping", "oxide doping")]
    write_claims([row_to_claim(row, document="doping") for row in rows], tmp_path / "doping.jsonl")
    assert run("load", "doping.jsonl")[0] == 0
    shown = run("show", "P2O5 doping")[1]
    assert "a special case of: oxide doping increases air stability" in shown
    assert "claim " in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("reject", "0000"), "claim '0000': no claim has that id"),
        (("correct", "SUPPRESSES", "--set", "verdict"), "expected FIELD=VALUE"),
        (("correct", "SUPPRESSES", "--set", "quote=x"), "'quote' cannot be corrected"),
        (("accept", "SUPPRESSES", "--on", "May"), "the day is 'May', expected YYYY-MM-DD"),
        (("retract", "Author 2015"), "'Author 2015' is no work that the graph rests on"),
        (("undo", "SUPPRESSES"), "there is no verdict on claim"),
        (("import", "bad.jsonl"), "bad.jsonl, line 1"),
    ],
)
def test_a_mistake_is_answered_with_what_is_wrong(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    (tmp_path / "bad.jsonl").write_text("{", encoding="utf-8")
    known = claim(run, "suppresses")
    code, _, error = run("curate", *(known if each == "SUPPRESSES" else each for each in arguments))
    assert (code, message in error, "Traceback" in error) == (2, True, False)


def test_the_command_line_writes_every_format_and_a_crate(run: Run, tmp_path: Path) -> None:
    assert {form.value for form in ExportFormat} == FORMATS.keys() | {"rocrate"}
    assert run("export", "--format", "rocrate")[0] == 2
    assert run("export", "--format", "rocrate", "-o", "crate")[0] == 0
    assert (tmp_path / "crate" / "ro-crate-metadata.json").is_file()
    assert run("export", "--format", "cytoscape", "-o", "graph.cyjs")[0] == 0
    assert json.loads((tmp_path / "graph.cyjs").read_text("utf-8"))["elements"]["edges"]
