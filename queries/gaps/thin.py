"""Thin evidence: statements on which much rests and behind which little stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.graph import KnowledgeGraph
from kg.model import Reference
from kg.statements import Statement
from queries.chains.model import Json
from queries.evidence import claim_to_json
from queries.gaps.data import gap_data

#: Why evidence is thin: there is a single paper, all papers have an author in common, all only suppose it, or
#: none is of late.
Reason = Literal["one paper", "one group", "hedged only", "old"]


@dataclass(frozen=True, slots=True)
class ThinEvidence:
    """A statement with little behind it; ``uses`` counts the statements that go on from what it concludes."""

    statement: Statement
    papers: int
    uses: int
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        """How much rests on it for how little: uses × (1 − belief)."""
        return self.uses * (1 - self.statement.belief.value)

    def to_json(self) -> Json:
        """The statement in the shape of the command line's contract."""
        statement = self.statement
        return {
            "kind": "thin",
            "topic": [statement.subject.label, statement.object.label if statement.object else ""],
            "text": f"{statement.text}: {', '.join(self.reasons)}; {self.uses} statements go on from it",
            "reasons": list(self.reasons),
            "belief": round(statement.belief.value, 4),
            "papers": self.papers,
            "uses": self.uses,
            "score": round(self.score, 4),
            "claims": [claim_to_json(claim) for claim in statement.claims],
        }


def thin_evidence(graph: KnowledgeGraph, *, limit: int = 50) -> list[ThinEvidence]:
    """The findings that others go on from and that rest on one paper, one group, hedges or old work.

    What a sample consists of and how it was made is no finding.
    """
    return find_thin(graph.statements(), own=graph.papers.own)[:limit]


def find_thin(
    statements: Iterable[Statement], *, own: Mapping[str, Reference] | None = None
) -> list[ThinEvidence]:
    """All thin statements among some, the worst first; see ``thin_evidence``.

    ``own`` are the bibliographic records of documents. Old is measured from the newest work of all.
    """
    made = gap_data("thin")["no_findings"]
    related = [
        each
        for each in statements
        if each.object is not None and each.affirming and each.relation not in made
    ]
    uses = Counter(each.subject.iri for each in related)
    works = {each.id: _works(each, own or {}) for each in related}
    newest = max((work.year for found in works.values() for work in found if work.year), default=0)
    data = gap_data("thin")
    found = []
    for each in related:
        goes_on = uses[each.object.iri] if each.object else 0
        reasons = _reasons(each, works[each.id], newest) if goes_on >= data["least_uses"] else ()
        if reasons:
            found.append(ThinEvidence(each, each.belief.independent, goes_on, reasons))
    return sorted(found, key=lambda each: (-each.score, each.statement.text))


def _reasons(statement: Statement, works: list[Reference], newest: int) -> tuple[Reason, ...]:
    data, papers = gap_data("thin"), statement.belief.independent
    authors = [{author.casefold() for author in work.authors} for work in works]
    years = [work.year for work in works if work.year]
    found: dict[Reason, bool] = {
        "one paper": papers <= data["most_papers"],
        "one group": papers > 1 and bool(authors) and bool(set.intersection(*authors)),
        "hedged only": all(claim.certainty == "hypothesised" for claim in statement.affirming),
        "old": bool(years) and max(years) <= newest - data["old_years"],
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _works(statement: Statement, own: Mapping[str, Reference]) -> list[Reference]:
    """The records of the works behind the affirming claims."""
    found: list[Reference] = []
    for claim in statement.affirming:
        evidence = claim.evidence
        itself = own.get(evidence.document)
        found += evidence.primary or (() if evidence.refs or itself is None else (itself,))
    return found
