"""Annotate and build: what is written can be corrected, and what was corrected overrides the machine."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from typer.testing import CliRunner, Result

from app.build import build
from app.cli import cli
from app.sources import find_sources
from extract.readers import SUFFIXES
from kg.claims_file import read_claims
from kg.model import Claim
from kg.read import stored_claims
from kg.store import memory_store

PAPER = """# A note

The ionic conductivity of Li6PS5Cl is 1.3×10^-3 S cm^-1 at room temperature [1].
A LiF-rich interphase suppresses lithium dendrite growth [1].

## References

[1] A. Author, *J. Test* **2015**, 1, 2.
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "papers" / "paper.md"
    path.parent.mkdir()
    path.write_text(PAPER, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def built(folder: Path) -> list[Claim]:
    """The claims of a new graph of a folder."""
    store = memory_store()
    results = build(find_sources([folder], suffixes=SUFFIXES), store)
    assert [item.outcome for item in results] == ["added"]
    return list(stored_claims(store))


def test_without_a_folder_one_page_is_printed(paper: Path) -> None:
    result = run("annotate", paper)

    assert result.exit_code == 0
    assert result.stdout.startswith("<!doctype html>")
    assert "2 claims" in result.stdout


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("html", {"paper.html"}),
        ("brat", {"paper.txt", "paper.ann", "annotation.conf"}),
        ("jsonl", {"paper.claims.jsonl"}),
    ],
)
def test_each_format_has_its_files(paper: Path, tmp_path: Path, form: str, names: set[str]) -> None:
    assert run("annotate", paper, "--format", form, "-o", tmp_path / "out").exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == names


def test_brat_without_a_folder_is_wrong_use(paper: Path) -> None:
    result = run("annotate", paper, "--format", "brat")

    assert result.exit_code == 2
    assert "name it with -o" in result.stderr


def test_a_bad_paper_is_named_and_the_others_are_annotated(paper: Path, tmp_path: Path) -> None:
    paper.with_name("bad.md").write_bytes(b"\x00")

    result = run("annotate", paper.parent, "-o", tmp_path / "out")

    assert result.exit_code == 1
    assert "bad.md" in result.stderr
    assert (tmp_path / "out" / "paper.html").is_file()


@pytest.mark.parametrize("form", ["brat", "jsonl"])
def test_what_was_not_corrected_builds_the_same_claims(paper: Path, tmp_path: Path, form: str) -> None:
    machine = built(paper.parent)
    folder = tmp_path / "corrected" if form == "brat" else paper.parent
    run("annotate", paper, "--format", form, "-o", folder)

    person = built(folder)

    assert {claim.id for claim in person} == {claim.id for claim in machine}
    assert {claim.evidence.extractor for claim in person} == {"curated"}
    assert "curated" not in {claim.evidence.extractor for claim in machine}


def test_corrected_brat_overrides_the_machine(paper: Path, tmp_path: Path) -> None:
    folder = tmp_path / "corrected"
    run("annotate", paper, "--format", "brat", "-o", folder)
    ann = folder / "paper.ann"
    lines = ann.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [
        line.replace("suppresses Arg1", "promotes Arg1")
        for line in lines
        if "ionic_conductivity Arg1" not in line
    ]
    ann.write_text("".join(kept), encoding="utf-8")

    assert [claim.relation for claim in built(folder)] == ["promotes"]


def test_corrected_rows_override_the_machine(paper: Path) -> None:
    run("annotate", paper, "--format", "jsonl", "-o", paper.parent)
    file = paper.with_name("paper.claims.jsonl")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows = [row | {"value": 0.0031} for row in rows if row["type"] == "measurement"]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    (claim,) = built(paper.parent)

    assert claim.quantity is not None
    assert claim.quantity.value == 0.0031
    assert next(iter(read_claims(file))).quantity == claim.quantity


def test_a_corrected_annotation_is_read_again(paper: Path, tmp_path: Path) -> None:
    store = memory_store()
    folder = tmp_path / "corrected"
    run("annotate", paper, "--format", "brat", "-o", folder)
    sources = find_sources([folder], suffixes=SUFFIXES)
    outcomes = [build(sources, store)[0].outcome, build(sources, store)[0].outcome]
    ann = folder / "paper.ann"
    ann.write_text(
        ann.read_text(encoding="utf-8").replace("suppresses Arg1", "promotes Arg1"), encoding="utf-8"
    )

    assert [*outcomes, build(sources, store)[0].outcome] == ["added", "unchanged", "replaced"]


def test_an_annotation_of_another_text_is_refused(paper: Path, tmp_path: Path) -> None:
    folder = tmp_path / "corrected"
    run("annotate", paper, "--format", "brat", "-o", folder)
    text = folder / "paper.txt"
    text.write_text("New first line.\n" + text.read_text(encoding="utf-8"), encoding="utf-8")

    (result,) = build(find_sources([folder], suffixes=SUFFIXES), memory_store())

    assert result.outcome == "failed"
    assert "has other text there" in result.message


def test_two_annotations_of_one_document_are_wrong_use(paper: Path) -> None:
    run("annotate", paper, "--format", "jsonl", "-o", paper.parent)
    paper.with_suffix(".ann").write_text("", encoding="utf-8")

    result = run("build", paper.parent, "--store", paper.parent / "store")

    assert "two annotations" in (result.stderr or str(result.exception))
    assert result.exit_code != 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_barrier_and_asks_nobody(paper: Path, tmp_path: Path, scheme: str) -> None:
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser_path is None:
        pytest.skip("no chromium on this machine; install Debian's package of that name")
    rows = "| Electrolyte | Ionic conductivity (S/cm) |\n|---|---|\n| Li3PS4 | 0.0002 |"
    table = f"\n\nTable 1. Values.\n\n{rows}\n"
    paper.write_text(PAPER.replace("\n\n## References", f"{table}\n## References"), encoding="utf-8")
    run("annotate", paper, "-o", tmp_path / "out")
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 390, "height": 900}, color_scheme=scheme, bypass_csp=True)
        page.on("request", lambda request: asked.append(request.url))
        page.goto((tmp_path / "out" / "paper.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found = Axe().run(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        browser.close()

    assert found.violations_count == 0, found.generate_report()
    assert len(asked) == 1
    assert width <= 390
