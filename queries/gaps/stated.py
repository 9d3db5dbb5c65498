"""Gaps that stand in the texts: what they call open, and where what they say does not fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.contradictions import Contradiction
from kg.graph import KnowledgeGraph
from kg.model import Claim, Evidence, OpenQuestion
from kg.read import stored_open_questions
from kg.statements import quantity_text, statement_key
from queries.chains.model import Json
from queries.evidence import claim_to_json

#: How the detail of two accounts of one source ends.
_ONE_SOURCE = "; both are given for one source"


@dataclass(frozen=True, slots=True)
class StatedGap:
    """A place in a text with what is open there.

    ``kind`` is that of an open question, or ``contradiction``. ``left`` and ``right`` are the claims of the
    two sides of a contradiction; ``evidence`` is then the place of the left one. ``detail`` says in words
    what does not fit.
    """

    kind: str
    topics: tuple[str, ...]
    evidence: Evidence
    detail: str = ""
    left: tuple[Claim, ...] = ()
    right: tuple[Claim, ...] = ()

    def to_json(self) -> Json:
        """The gap in the shape of the command line's contract."""
        evidence = self.evidence
        row: Json = {
            "kind": self.kind,
            "topic": list(self.topics),
            "quote": evidence.quote,
            "document": evidence.document,
            "start": evidence.start,
            "end": evidence.end,
            "section": evidence.section,
            "refs": list(evidence.refs),
        }
        if self.left:
            row["detail"] = self.detail
            row["left"] = [claim_to_json(claim) for claim in self.left]
            row["right"] = [claim_to_json(claim) for claim in self.right]
        return row


def open_questions(graph: KnowledgeGraph, *, kind: str = "", topic: str = "") -> list[StatedGap]:
    """What the documents themselves call open, of one kind or about one thing where these are given."""
    wanted = graph.things(topic) if topic else frozenset()
    return [
        _open_question(question)
        for question in stored_open_questions(graph.store)
        if (not kind or question.kind == kind)
        and (not topic or wanted & {each.iri for each in question.topics})
    ]


def _open_question(question: OpenQuestion) -> StatedGap:
    return StatedGap(question.kind, tuple(topic.label for topic in question.topics), question.evidence)


def contradictions(graph: KnowledgeGraph) -> list[StatedGap]:
    """Where claims contradict each other, where one source is told in two ways, and what a text calls one.

    All that contradicts one side is one gap. Two accounts of one source come first, then what the texts
    themselves call a contradiction, then claims whose sides differ in no known condition.
    """
    groups: dict[tuple[str, ...], list[Contradiction]] = defaultdict(list)
    for each in graph.contradictions():
        groups[each.kind, *statement_key(each.left[0])].append(each)
    found = [_contradiction(group) for group in groups.values()]
    found.sort(key=lambda gap: "differing" in gap.detail)
    accounts = [gap for gap in found if gap.detail.endswith(_ONE_SOURCE)]
    claimed = [gap for gap in found if gap not in accounts]
    return [*accounts, *open_questions(graph, kind="contradiction"), *claimed]


def _contradiction(group: list[Contradiction]) -> StatedGap:
    left, right = (
        tuple({claim.id: claim for side in sides for claim in side}.values())
        for sides in ([each.left for each in group], [each.right for each in group])
    )
    conditions = [each.difference for each in group if each.difference]
    differing = sorted({key for difference in conditions for key in difference})
    differing = differing if len(conditions) == len(group) else []
    return _gap(left, right, differing, _ONE_SOURCE if group[0].kind == "source" else "")


def _gap(
    left: tuple[Claim, ...], right: tuple[Claim, ...], differing: Sequence[str] = (), note: str = ""
) -> StatedGap:
    sides = [_told(side) for side in (left, right)]
    if sides[0] == sides[1]:
        # one value, said to have been found in two ways
        sides = [
            f"{said} with {_told(side, differing)}" for said, side in zip(sides, (left, right), strict=True)
        ]
    elif differing:
        note = f"; differing in {', '.join(differing)}{note}"
    return StatedGap(
        "contradiction",
        (left[0].subject.label, _aspect(left[0])),
        min((claim.evidence for claim in left), key=lambda each: (each.document, each.start)),
        f"{sides[0]} against {sides[1]}{note}",
        left,
        right,
    )


def _told(side: Sequence[Claim], conditions: Sequence[str] = ()) -> str:
    """What the claims of a side say, or how some of their conditions stand."""
    if not conditions:
        return " and ".join(dict.fromkeys(map(_side, side)))
    stated = [(key, str(claim.conditions.get(key, "untold"))) for claim in side for key in conditions]
    return ", ".join(dict.fromkeys(f"{key} {value}" for key, value in stated))


def _aspect(claim: Claim) -> str:
    return claim.object.label if claim.object else claim.relation


def _side(claim: Claim) -> str:
    if claim.quantity is not None:
        return quantity_text(claim.quantity)
    denied = "not " if claim.polarity == "negated" else ""
    return f"{denied}{claim.relation} {_aspect(claim)}"
