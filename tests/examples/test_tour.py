"""The tour runs as it stands and shows what its text promises."""

import ast
import runpy
from pathlib import Path

import pytest

TOUR = Path(__file__).parents[2] / "examples" / "tour.py"


def cells() -> list[str]:
    """The code cells of the tour."""
    parts = TOUR.read_text("utf-8").split("# %%")[1:]
    return [part.partition("\n")[2] for part in parts if not part.startswith(" [markdown]")]


def test_the_tour_finds_what_it_speaks_of(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pandas", reason="the extra pandas is not installed")
    shown = runpy.run_path(str(TOUR))
    printed = capsys.readouterr().out
    assert "support = 1 − " in printed
    assert shown["best"]["value"].iloc[0] > 0.01
    assert shown["by_method"]["count"].max() > 3
    assert len(shown["chains"]) == 3
    assert {cell.status for cell in shown["matrix"].cells} >= {"reported", "never"}
    assert len(shown["scattered"]) >= 4
    assert shown["strongest"].belief.value > 0.9
    assert shown["disputed"].belief.value < shown["after"].belief.value
    assert shown["graph"].more_special(shown["general"])


def test_every_cell_shows_something() -> None:
    for cell in cells():
        last = ast.parse(cell).body[-1]
        assert isinstance(last, ast.Expr | ast.For), cell
