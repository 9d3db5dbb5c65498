"""Gaps: what nobody has combined, what may follow from what is known, and where papers disagree."""

from queries.gaps.analogies import Analogy, analogies
from queries.gaps.bridges import Bridge, bridges
from queries.gaps.dimensions import DimensionError
from queries.gaps.evaluate import Evaluation, EvaluationError, evaluate
from queries.gaps.matrix import Cell, GapMatrix, find_cell, gap_matrix
from queries.gaps.since import CellChange, DayError, matrix_changes
from queries.gaps.stated import StatedGap, contradictions, open_questions
from queries.gaps.thin import ThinEvidence, thin_evidence

__all__ = [
    "Analogy",
    "Bridge",
    "Cell",
    "CellChange",
    "DayError",
    "DimensionError",
    "Evaluation",
    "EvaluationError",
    "GapMatrix",
    "StatedGap",
    "ThinEvidence",
    "analogies",
    "bridges",
    "contradictions",
    "evaluate",
    "find_cell",
    "gap_matrix",
    "matrix_changes",
    "open_questions",
    "thin_evidence",
]
