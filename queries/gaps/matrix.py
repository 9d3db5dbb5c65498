"""The gap matrix: what was combined with what, with which outcome, and what nobody has combined."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from kg.belief import belief_in
from kg.graph import KnowledgeGraph
from kg.model import Claim
from kg.papers import Papers
from ontology.lexicon import Lexicon
from queries.chains.model import Json
from queries.evidence import claim_to_json
from queries.gaps.data import gap_data
from queries.gaps.dimensions import DimensionError, Member, members
from queries.gaps.readings import Reading, Readings, read_all, years

#: ``reported``: a claim says that the one brings about, changes or has the other. ``denied``: claims only
#: deny it. ``combined``: one claim or study names both, none says what the one does to the other. ``never``:
#: nobody has named both together.
Status = Literal["reported", "denied", "combined", "never"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A pair of a row and a column with what is known of it.

    ``sign`` is +1 or -1 where all affirming relations agree, else 0. ``conflict`` says that they do not, or
    that some claims deny what others affirm. ``papers`` counts independent papers. ``claims`` are those of
    the outcome or, for a cell that is only combined, those that name both. ``years`` are the first and last.
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
    readings = read_all(graph.claims(), graph.papers, lexicon=graph.lexicon)
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
    count = Counter(iri for reading in readings.items for iri in reading.things)
    limits = gap_data("matrix")
    row_members = _most_known(
        members(rows, readings.things, lexicon=lexicon, level=row_level),
        count,
        most_rows or limits["most_rows"],
    )
    column_members = _most_known(
        members(columns, readings.things, lexicon=lexicon, level=column_level),
        count,
        most_columns or limits["most_columns"],
    )
    return fill(row_members, column_members, readings, lexicon)


def fill(
    rows: tuple[Member, ...], columns: tuple[Member, ...], readings: Readings, lexicon: Lexicon
) -> GapMatrix:
    """The matrix of given rows and columns."""
    by_thing = _by_thing(readings.items)
    cells = tuple(
        _cell(row, column, by_thing, readings.papers, lexicon)
        for row in rows
        for column in columns
        if row.things != column.things
    )
    return GapMatrix(rows, columns, cells)


def find_cell(graph: KnowledgeGraph, row: str, column: str) -> Cell:
    """What is known of one pair; each of the two is a thing by name or IRI, or a class of the ontology.

    A name that nothing in the graph bears yet makes a cell in which the two were never combined.
    """
    readings = read_all(graph.claims(), graph.papers, lexicon=graph.lexicon)
    one, other = (_named(name, readings, graph) for name in (row, column))
    return _cell(one, other, _by_thing(readings.items), readings.papers, graph.lexicon)


def _named(name: str, readings: Readings, graph: KnowledgeGraph) -> Member:
    """The things that bear a name, and those of the class that does."""
    things = set(graph.things(name))
    with suppress(DimensionError):
        things.update(*(each.things for each in members(name, readings.things, lexicon=graph.lexicon)))
    return Member(name, name, frozenset(things))


def _most_known(found: Iterable[Member], count: Mapping[str, int], most: int) -> tuple[Member, ...]:
    known = {member: sum(count[iri] for iri in member.things) for member in found}
    return tuple(sorted(known, key=lambda member: (-known[member], member.label))[:most])


def _by_thing(readings: Iterable[Reading]) -> dict[str, list[Reading]]:
    found: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        for iri in reading.things:
            found[iri].append(reading)
    return found


def _cell(
    row: Member, column: Member, by_thing: Mapping[str, list[Reading]], papers: Papers, lexicon: Lexicon
) -> Cell:
    of_row = {id(each): each for iri in row.things for each in by_thing.get(iri, ())}
    of_column = {id(each): each for iri in column.things for each in by_thing.get(iri, ())}
    both = [each for key, each in of_row.items() if key in of_column]
    outcome = [each for each in both if _is_outcome(each, row, column)]
    if not outcome:
        shared = both or _same_studies(of_row.values(), of_column.values())
        claims = tuple(each.claim for each in shared[: gap_data("matrix")["most_claims"]])
        status: Status = "combined" if shared else "never"
        behind = {paper for each in shared for paper in each.papers}
        return Cell(row, column, status, papers=len(behind), years=_span(claims, papers), claims=claims)
    claims = tuple(each.claim for each in outcome)
    belief = belief_in(claims, papers)
    signs = {_sign(claim, lexicon) for claim in claims if claim.polarity == "affirmed"} - {0}
    denied = any(claim.polarity == "negated" for claim in claims)
    affirmed = any(claim.polarity == "affirmed" for claim in claims)
    return Cell(
        row,
        column,
        "reported" if affirmed else "denied",
        sign=next(iter(signs)) if len(signs) == 1 else 0,
        belief=belief.value,
        papers=len({paper for each in outcome for paper in each.papers}),
        conflict=len(signs) > 1 or (denied and affirmed),
        years=_span(claims, papers),
        claims=claims,
    )


def _is_outcome(reading: Reading, row: Member, column: Member) -> bool:
    return (reading.outcome in column.things and not reading.agents.isdisjoint(row.things)) or (
        reading.outcome in row.things and not reading.agents.isdisjoint(column.things)
    )


def _same_studies(one: Iterable[Reading], other: Iterable[Reading]) -> list[Reading]:
    """Readings of the one whose study is also behind a reading of the other, and the other way round."""
    first, second = list(one), list(other)
    shared = {study for each in first for study in each.studies} & {
        study for each in second for study in each.studies
    }
    return [each for each in (*first, *second) if each.studies & shared]


def _sign(claim: Claim, lexicon: Lexicon) -> int:
    relation = lexicon.relations.get(claim.relation)
    return relation.sign if relation else 0


def _span(claims: Iterable[Claim], papers: Papers) -> tuple[int, int] | None:
    found = years(claims, papers)
    return (found[0], found[-1]) if found else None
