"""Competency questions: what the graph must be able to answer, each as a SPARQL query to start from.

Each ``.rq`` file begins with a comment that is the question. What the bundled corpus answers stands in
``tests/queries/competency_answers.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CompetencyQuestion:
    """A question in plain words with its query, named as its file; the prefixes are those of the graph."""

    name: str
    question: str
    sparql: str


@cache
def competency_questions() -> tuple[CompetencyQuestion, ...]:
    """The questions in the order of the files.

    >>> competency_questions()[0].question
    'Which materials have the highest ionic conductivity, and who reported it?'
    """
    files = sorted(Path(__file__).parent.glob("*.rq"))
    return tuple(_read(file) for file in files)


def _read(file: Path) -> CompetencyQuestion:
    question, _, sparql = file.read_text("utf-8").partition("\n")
    return CompetencyQuestion(file.stem, question.removeprefix("#").strip(), sparql)
