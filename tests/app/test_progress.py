"""The progress of a long command, as a person at a terminal sees it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from app.commands.progress import progress_of


def shown(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> str:
    """What is written while two of three documents are done."""
    output = io.StringIO()
    console = Console(file=output, force_terminal=terminal, width=120)
    monkeypatch.setattr("app.commands.progress.Console", lambda **_: console)
    with progress_of(3) as report:
        report(Path("papers/one.md"))
        report(Path("papers/two.md"))
    return output.getvalue()


def test_a_terminal_shows_what_is_done_how_quickly_and_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, terminal=True)

    assert "two.md" in text
    assert "2/3" in text
    assert "/s" in text
    assert "left" in text


def test_a_pipe_is_written_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, terminal=False) == ""
