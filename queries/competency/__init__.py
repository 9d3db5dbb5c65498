"""Competency questions: what the graph must be able to answer, each as a SPARQL query to start from.

Each ``.rq`` file begins with a comment that is the question.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def competency_questions() -> tuple[tuple[str, str], ...]:
    """The questions with their queries, in the order of the files.

    >>> competency_questions()[0][0]
    'Which materials have the highest ionic conductivity, and who reported it?'
    """
    files = sorted(Path(__file__).parent.glob("*.rq"))
    return tuple(_read(file.read_text("utf-8")) for file in files)


def _read(text: str) -> tuple[str, str]:
    question, _, query = text.partition("\n")
    return question.removeprefix("#").strip(), query
