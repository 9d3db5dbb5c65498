"""What changed in a gap matrix since a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from kg.curation_graph import stored_curation
from kg.graph import KnowledgeGraph
from kg.history import claims_as_of, curation_until
from kg.model import Claim
from kg.papers import papers_of
from kg.read import own_records
from queries.chains.model import Json
from queries.evidence import claim_to_json
from queries.gaps.matrix import Cell, GapMatrix, fill, gap_matrix
from queries.gaps.readings import read_all


class DayError(ValueError):
    """A day that is none."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell as it was and as it is, with the claims that came and those that went."""

    before: Cell
    after: Cell
    came: tuple[Claim, ...]
    went: tuple[Claim, ...]

    def to_json(self) -> Json:
        """The change in the shape of the command line's contract."""
        return {
            "kind": "cell_change",
            "topic": [self.after.row.label, self.after.column.label],
            "before": _state(self.before),
            "after": _state(self.after),
            "came": [claim_to_json(claim) for claim in self.came],
            "went": [claim_to_json(claim) for claim in self.went],
        }


def matrix_changes(
    graph: KnowledgeGraph, rows: str, columns: str, day: str, *, row_level: int = 0, column_level: int = 0
) -> list[CellChange]:
    """The cells of a matrix that are not what they were at the end of a day (ISO 8601), newly reported first.

    Builds, verdicts and retractions of later days are taken back (``kg.history``); of what was built before
    there was a record, nothing is. Raises DimensionError and DayError.
    """
    try:
        datetime.date.fromisoformat(day)
    except ValueError as error:
        raise DayError(f"the day is {day!r}, expected YYYY-MM-DD") from error
    now = gap_matrix(graph, rows, columns, row_level=row_level, column_level=column_level)
    found = [each for each in _compared(_as_of(graph, now, day), now) if _differs(each)]
    return sorted(found, key=lambda each: each.before.status == each.after.status)


def _as_of(graph: KnowledgeGraph, matrix: GapMatrix, day: str) -> GapMatrix:
    """The same rows and columns filled with what was known then."""
    claims = claims_as_of(graph.store, day, lexicon=graph.lexicon)
    retractions = curation_until(stored_curation(graph.store), day).retractions
    papers = papers_of(claims, own=own_records(graph.store), retractions=retractions)
    return fill(matrix.rows, matrix.columns, read_all(claims, papers, lexicon=graph.lexicon))


def _compared(before: GapMatrix, after: GapMatrix) -> Iterator[CellChange]:
    for was, is_now in zip(before.cells, after.cells, strict=True):
        old, new = ({claim.id for claim in cell.claims} for cell in (was, is_now))
        came = tuple(claim for claim in is_now.claims if claim.id not in old)
        went = tuple(claim for claim in was.claims if claim.id not in new)
        yield CellChange(was, is_now, came, went)


def _differs(change: CellChange) -> bool:
    return _state(change.before) != _state(change.after)


def _state(cell: Cell) -> Json:
    return {
        "status": cell.status,
        "papers": cell.papers,
        "sign": cell.sign,
        "conflict": cell.conflict,
        "belief": round(cell.belief, 4),
    }
