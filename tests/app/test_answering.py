"""ask on a terminal: a conversation line by line, and rows with their values and receipts."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from app.commands.answering import converse
from app.terminal import answer_view, evidence_view, print_view
from kg.claims_file import row_to_claim
from kg.store import load_claims, memory_store


def _claim(material: str, value: float, *, start: int, as_written: str = ""):
    row = {
        "type": "measurement",
        "material": [material],
        "property": "ionic_conductivity",
        "value": value,
        "unit": "S/cm",
        "as_written": as_written,
        "quote": f"{material} {value}",
        "start": start,
        "end": start + 10,
        "primary": [{"authors": ["A. Author"], "year": 2015, "volume": "1", "page": "1"}],
    }
    return row_to_claim(row, document="notes")


@pytest.fixture
def graph():
    store = memory_store()
    load_claims(
        store,
        [
            _claim("Li6PS5Cl", 0.004, start=0, as_written="4 mS/cm"),
            _claim("Li10GeP2S12", 0.012, start=20, as_written="12 mS/cm"),
        ],
    )
    return store


def test_a_conversation_goes_on_until_a_farewell(graph, capsys):
    converse(["electrolytes above 1 mS/cm", "without germanium", "quit", "never read"], graph)
    printed = capsys.readouterr().out
    before, after = printed.split("without germanium")
    assert "Li10GeP2S12" in before
    assert "Li10GeP2S12" not in after
    assert "Li6PS5Cl" in after
    assert "never read" not in printed


def test_rows_found_by_their_values_show_them_with_their_receipts(graph, capsys):
    from queries.answer import ask  # noqa: PLC0415

    print_view(answer_view(ask("Which electrolytes have a conductivity above 10 mS/cm?", graph).to_json()))
    printed = capsys.readouterr().out
    for told in ("0.012 S/cm", "12 mS/cm", "A. Author 2015", "0.70"):
        assert told in printed


def test_the_unit_that_is_asked_for_stands_beside_the_canonical_one(graph):
    from queries.answer import ask  # noqa: PLC0415

    row = ask("conductivity of Li6PS5Cl in mS/cm", graph).to_json()["answers"][0]
    assert (row["value"], row["unit"]) == (0.004, "S/cm")
    assert row["asked"] == {"value": pytest.approx(4.0), "value_max": None, "unit": "mS/cm"}
    assert row["reported"] == ["4 mS/cm"]
    assert row["works"] == ["A. Author 2015"]


def test_without_question_and_without_terminal_it_says_what_to_give(tmp_path: Path):
    from app.cli import cli  # noqa: PLC0415

    done = CliRunner().invoke(cli, ["ask", "--store", str(tmp_path)])
    assert done.exit_code == 2


def test_a_sentence_stands_once_with_all_its_claims() -> None:
    one = {"document": "a", "start": 5, "quote": "LGPS gives Li2S and Li3P.", "refs": [], "primary": []}
    evidence = [{**one, "claim": "11111111aa"}, {**one, "claim": "22222222bb"}]
    evidence += [{**one, "start": at, "quote": f"Sentence {at}.", "claim": f"{at}"} for at in (50, 60)]
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(*evidence_view(evidence, most=2))
    told = console.export_text()
    assert told.count("LGPS gives") == 1
    assert "claims 11111111, 22222222" in told
    assert "and 1 more sentence" in told
    assert "and 1 more sentences" not in told
