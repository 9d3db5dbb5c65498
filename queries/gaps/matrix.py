"""The gap matrix: what was combined with what, with which outcome, and what nobody has combined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kg.belief import joined_belief
from kg.graph import KnowledgeGraph
from kg.model import Claim
from ontology.lexicon import Lexicon
from queries.chains.model import Json
from queries.evidence import claim_to_json
from queries.gaps.data import gap_data
from queries.gaps.dimensions import DimensionError, Member, members
from queries.gaps.positions import Marks, Positions, any_of, marks, merged
from queries.gaps.readings import Readings, readings_of

#: ``reported``: a claim says that the one brings about, changes or has the other. ``denied``: claims only
#: deny it. ``composites``: it is said of composites of the one only. ``combined``: one claim or study names
#: both, none says what the one does to the other. ``never``: nobody has named both together.
Status = Literal["reported", "denied", "composites", "combined", "never"]
_WORDS: dict[Status, str] = {
    "reported": "reported",
    "denied": "denied",
    "composites": "reported of composites only",
    "combined": "named together without this outcome",
    "never": "never combined",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A pair of a row and a column with what is known of it.

    ``sign`` is +1 or -1 where all affirming relations agree, else 0. ``conflict`` says that they do not, or
    that some claims deny what others affirm. ``papers`` counts independent papers. ``claims`` are those of
    the outcome (of the thing or of its composites) or, for a cell that is only combined, those that name
    both. ``years`` are the first and last.
    """

    row: Member
    column: Member
    status: Status
    sign: int = 0
    belief: float = 0.0
    papers: int = 0
    conflict: bool = False
    years: tuple[int, int] | None = None
    claims: tuple[Claim, ...] = ()

    @property
    def text(self) -> str:
        """What is known of the pair, in a line."""
        way = {1: ", more", -1: ", less"}.get(self.sign, "")
        disputed = ", disputed" if self.conflict else ""
        span = dict.fromkeys(map(str, self.years or ()))
        told = f", belief {self.belief:.2f}" if self.belief else ""
        papers = f", papers: {self.papers}" if self.papers else ""
        return f"{_WORDS[self.status]}{way}{disputed}{told}{papers}" + (f", {'–'.join(span)}" if span else "")

    def to_json(self) -> Json:
        """The cell in the shape of the command line's contract."""
        return {
            "kind": "cell",
            "topic": [self.row.label, self.column.label],
            "row": self.row.label,
            "column": self.column.label,
            "status": self.status,
            "sign": self.sign,
            "belief": round(self.belief, 4),
            "papers": self.papers,
            "conflict": self.conflict,
            "first_year": self.years[0] if self.years else None,
            "last_year": self.years[1] if self.years else None,
            "claims": [claim_to_json(claim) for claim in self.claims],
        }


@dataclass(frozen=True, slots=True)
class GapMatrix:
    """Rows, columns and a cell for each pair, row by row; both are ordered by how much is known of them."""

    rows: tuple[Member, ...]
    columns: tuple[Member, ...]
    cells: tuple[Cell, ...]

    def cell(self, row: str, column: str) -> Cell:
        """The cell of two labels. Raises KeyError where there is none."""
        for cell in self.cells:
            if (cell.row.label, cell.column.label) == (row, column):
                return cell
        raise KeyError(f"the matrix has no cell {row!r} × {column!r}")

    def to_json(self) -> list[Json]:
        """One row for each cell."""
        return [cell.to_json() for cell in self.cells]


def gap_matrix(
    graph: KnowledgeGraph, rows: str, columns: str, *, row_level: int = 0, column_level: int = 0
) -> GapMatrix:
    """What the graph knows of each pair of a member of the class ``rows`` and one of the class ``columns``.

    Any two classes of the ontology, at any level: see ``queries.gaps.dimensions.members``. A cell is filled
    by claims whose outcome is the one and in which the other acts (as subject, as what the subject is doped
    or coated with, as method, solvent or context). Only the members of which most is known are kept.
    Raises DimensionError.
    """
    readings = readings_of(graph)
    return build_matrix(
        readings, rows, columns, lexicon=graph.lexicon, row_level=row_level, column_level=column_level
    )


def build_matrix(
    readings: Readings,
    rows: str,
    columns: str,
    *,
    lexicon: Lexicon,
    row_level: int = 0,
    column_level: int = 0,
    most_rows: int | None = None,
    most_columns: int | None = None,
) -> GapMatrix:
    """The matrix of claims that are already read; see ``gap_matrix``."""
    limits = gap_data("matrix")
    return fill(
        _most_known(
            members(rows, readings.things, lexicon=lexicon, level=row_level),
            readings,
            most_rows or limits["most_rows"],
        ),
        _most_known(
            members(columns, readings.things, lexicon=lexicon, level=column_level),
            readings,
            most_columns or limits["most_columns"],
        ),
        readings,
    )


def fill(rows: tuple[Member, ...], columns: tuple[Member, ...], readings: Readings) -> GapMatrix:
    """The matrix of given rows and columns."""
    down = [_standing(member, readings) for member in rows]
    by_column = [[_cell(row, across, readings) for row in down] for across in _marked(columns, readings)]
    cells = (found[at] for at in range(len(rows)) for found in by_column)
    return GapMatrix(rows, columns, tuple(cell for cell in cells if cell.row.things != cell.column.things))


def find_cell(graph: KnowledgeGraph, row: str, column: str) -> Cell:
    """What is known of one pair; each of the two is a thing by name or IRI, or a class of the ontology.

    A name that nothing in the graph bears yet makes a cell in which the two were never combined.
    """
    readings = readings_of(graph)
    one, other = (_named(name, readings, graph) for name in (row, column))
    (across,) = _marked((other,), readings)
    return _cell(_standing(one, readings), across, readings)


def _named(name: str, readings: Readings, graph: KnowledgeGraph) -> Member:
    """The things that bear a name, and those of the class that does."""
    things = set(graph.things(name))
    with suppress(DimensionError):
        things.update(*(each.things for each in members(name, readings.things, lexicon=graph.lexicon)))
    return Member(name, name, frozenset(things))


def _most_known(found: Iterable[Member], readings: Readings, most: int) -> tuple[Member, ...]:
    tables = (readings.index.agents, readings.index.outcomes, readings.index.parts)
    known = {
        member: sum(len(table[iri]) for iri in member.things for table in tables if iri in table)
        for member in found
    }
    return tuple(sorted(known, key=lambda member: (-known[member], member.label))[:most])


@dataclass(frozen=True, slots=True)
class _Standing:
    """A row or column with the positions of the readings in which it acts, comes of it, is a part, or any."""

    member: Member
    acts: Positions
    comes: Positions
    within: Positions
    all: Positions
    studies: Positions


def _standing(member: Member, readings: Readings) -> _Standing:
    index = readings.index
    acts, comes, within = (
        any_of(member.things, table) for table in (index.agents, index.outcomes, index.parts)
    )
    positions = merged(acts, comes, within)
    return _Standing(member, acts, comes, within, positions, index.studies.of(positions))


@dataclass(frozen=True, slots=True)
class _Marked:
    """A column with a mark for each reading in which it acts, comes of it, is a part, or any."""

    standing: _Standing
    acts: Marks
    comes: Marks
    within: Marks
    all: Marks


def _marked(columns: Iterable[Member], readings: Readings) -> Iterator[_Marked]:
    """Columns one after another: the marks of all at once would take too much memory."""
    count = len(readings.items)
    for member in columns:
        found = _standing(member, readings)
        places = (found.acts, found.comes, found.within, found.all)
        yield _Marked(found, *(marks(each, count) for each in places))


def _cell(row: _Standing, column: _Marked, readings: Readings) -> Cell:
    index, member = readings.index, column.standing.member
    outcome = merged(row.acts[column.comes[row.acts]], row.comes[column.acts[row.comes]])
    composites = merged(row.within[column.comes[row.within]], row.comes[column.within[row.comes]])
    if len(outcome) or len(composites):
        status: Status = "composites"
        positions = outcome if len(outcome) else composites
        if len(outcome):
            status = "reported" if index.affirmed[outcome].any() else "denied"
        return _told(row.member, member, status, positions, readings)
    both = row.all[column.all[row.all]]
    if not len(both):
        studies = np.intersect1d(row.studies, column.standing.studies, assume_unique=True)
        both = merged(*(index.studies.having(studies, each.all) for each in (row, column.standing)))
    first = both[: gap_data("matrix")["most_claims"]]
    return Cell(
        row.member,
        member,
        "combined" if len(both) else "never",
        papers=len(index.papers.of(both)),
        years=_span(first, readings),
        claims=_claims(first, readings),
    )


def _told(row: Member, column: Member, status: Status, positions: Positions, readings: Readings) -> Cell:
    """A cell of which claims tell the outcome."""
    index = readings.index
    affirmed = index.affirmed[positions]
    signs = set(index.signs[positions].tolist()) - {0}
    belief = joined_belief(
        *(index.papers.greatest(index.weights, side) for side in (positions[affirmed], positions[~affirmed]))
    )
    return Cell(
        row,
        column,
        status,
        sign=signs.pop() if len(signs) == 1 else 0,
        belief=float(belief),
        papers=len(index.papers.of(positions)),
        conflict=len(signs) > 1 or bool(affirmed.any() and not affirmed.all()),
        years=_span(positions, readings),
        claims=_claims(positions, readings),
    )


def _claims(positions: Positions, readings: Readings) -> tuple[Claim, ...]:
    return tuple(readings.items[at].claim for at in positions.tolist())


def _span(positions: Positions, readings: Readings) -> tuple[int, int] | None:
    found = readings.index.years[positions]
    found = found[found[:, 0] > 0]
    return (int(found[:, 0].min()), int(found[:, 1].max())) if len(found) else None
