"""Gaps that stand in the texts: what they call open, and where what they say does not fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.contradictions import Contradiction
from kg.graph import KnowledgeGraph
from kg.model import Claim, Evidence, OpenQuestion
from kg.read import stored_open_questions
from kg.statements import quantity_text, statement_key
from queries.chains.model import Json
from queries.evidence import claim_to_json
from queries.gaps.data import gap_data


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
    """Where claims contradict each other, and where one document gives two values for one cited source.

    All that contradicts one side is one gap. Those come first whose sides differ in no known condition.
    """
    groups: dict[tuple[str, ...], list[Contradiction]] = defaultdict(list)
    for each in graph.contradictions():
        groups[each.kind, *statement_key(each.left[0])].append(each)
    found = [_contradiction(group) for group in groups.values()]
    found.sort(key=lambda gap: "differing" in gap.detail)
    return [*two_values_of_one_source(graph.claims()), *found]


def _contradiction(group: list[Contradiction]) -> StatedGap:
    left, right = (
        tuple({claim.id: claim for side in sides for claim in side}.values())
        for sides in ([each.left for each in group], [each.right for each in group])
    )
    conditions = [each.difference for each in group if each.difference]
    differing = sorted({key for difference in conditions for key in difference})
    note = f"; differing in {', '.join(differing)}" if len(conditions) == len(group) else ""
    return _gap(left, right, note)


def _gap(left: tuple[Claim, ...], right: tuple[Claim, ...], note: str = "") -> StatedGap:
    sides = [" and ".join(dict.fromkeys(_side(claim) for claim in side)) for side in (left, right)]
    return StatedGap(
        "contradiction",
        (left[0].subject.label, _aspect(left[0])),
        min((claim.evidence for claim in left), key=lambda each: (each.document, each.start)),
        f"{sides[0]} against {sides[1]}{note}",
        left,
        right,
    )


def _aspect(claim: Claim) -> str:
    return claim.object.label if claim.object else claim.relation


def _side(claim: Claim) -> str:
    if claim.quantity is not None:
        return quantity_text(claim.quantity)
    denied = "not " if claim.polarity == "negated" else ""
    return f"{denied}{claim.relation} {_aspect(claim)}"


def two_values_of_one_source(claims: Iterable[Claim]) -> Iterator[StatedGap]:
    """Yield the pairs of values of one property of one material that a document gives for one cited source.

    One value stands in the text and one in a table, or both in different tables, under conditions of which
    none is known to differ: one of the two was copied wrongly, or the source has two values.
    """
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        evidence = claim.evidence
        if claim.quantity is not None and claim.polarity == "affirmed" and len(evidence.refs) == 1:
            groups[claim.subject.iri, claim.relation, evidence.document, evidence.refs].append(claim)
    for group in groups.values():
        told: set[frozenset[float]] = set()
        for one, other in combinations(group, 2):
            if _are_two_values(one, other):
                values = frozenset(claim.quantity.value for claim in (one, other) if claim.quantity)
                if values not in told:
                    told.add(values)
                    yield _gap((one,), (other,), "; both are given for one source")


def _are_two_values(one: Claim, other: Claim) -> bool:
    data = gap_data("sources")
    first, second = one.quantity, other.quantity
    places = {one.evidence.section, other.evidence.section}
    if first is None or second is None or first.unit != second.unit or len(places) < 2:
        return False
    if not any(place.startswith(data["apart"]) for place in places):
        return False
    if any(
        one.conditions.get(key, other.conditions.get(key))
        != other.conditions.get(key, one.conditions.get(key))
        for key in data["same_conditions"]
    ):
        return False
    if None not in (first.value_max, second.value_max) or (first.value_max is None) != (
        second.value_max is None
    ):
        return False
    largest = max(abs(first.value), abs(second.value))
    return abs(first.value - second.value) > float(data["tolerance"]) * largest
