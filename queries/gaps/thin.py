"""Thin evidence: statements on which much rests and behind which few papers stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.graph import KnowledgeGraph
from kg.statements import Statement
from queries.chains.model import Json
from queries.evidence import claim_to_json
from queries.gaps.data import gap_data


@dataclass(frozen=True, slots=True)
class ThinEvidence:
    """A statement with few papers; ``uses`` counts the other statements that go on from what it concludes."""

    statement: Statement
    papers: int
    uses: int

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
            "text": statement.text,
            "belief": round(statement.belief.value, 4),
            "papers": self.papers,
            "uses": self.uses,
            "score": round(self.score, 4),
            "claims": [claim_to_json(claim) for claim in statement.claims],
        }


def thin_evidence(graph: KnowledgeGraph, *, limit: int = 50) -> list[ThinEvidence]:
    """The relations of one paper at most that others go on from, the worst first."""
    return find_thin(graph.statements())[:limit]


def find_thin(statements: Iterable[Statement]) -> list[ThinEvidence]:
    """All thin statements among some, the worst first; see ``thin_evidence``."""
    related = [each for each in statements if each.object is not None and each.affirming]
    uses = Counter(each.subject.iri for each in related)
    data = gap_data("thin")
    found = [
        ThinEvidence(each, each.belief.independent, uses[each.object.iri])
        for each in related
        if each.object is not None
    ]
    thin = [each for each in found if each.papers <= data["most_papers"] and each.uses >= data["least_uses"]]
    return sorted(thin, key=lambda each: (-each.score, each.statement.text))
