"""Claims as a matrix reads them: what acts, and what comes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Claim, Entity
from kg.naming import unfolded
from kg.papers import Papers
from kg.things import condition_kinds
from ontology.grounding import ground, thing_iri
from ontology.lexicon import Lexicon
from queries.chains.model import Node
from queries.chains.nodes import gather_nodes
from queries.chains.steps import is_named_by
from queries.gaps.data import gap_data


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim, the IRIs of what acts in it, that of its outcome, and the papers behind it.

    What acts is the subject, what the subject is named by (its dopants, coatings and parts), and the
    conditions and contexts that name things. The outcome is the object, or the property that was measured.
    ``studies`` are those of the papers that did the work in one piece: a review is none.
    """

    claim: Claim
    agents: frozenset[str]
    outcome: str
    papers: frozenset[str]
    studies: frozenset[str]

    @property
    def things(self) -> frozenset[str]:
        """All that the claim names."""
        return self.agents | {self.outcome}


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of all claims, the things they name, and who published what when."""

    items: tuple[Reading, ...]
    things: Mapping[str, Node]
    papers: Papers


def read_all(claims: Sequence[Claim], papers: Papers, *, lexicon: Lexicon) -> Readings:
    """The readings of assembled claims, and the papers behind them."""
    entities: list[Entity] = []
    rows = []
    for claim in claims:
        conditions = _conditions(claim, lexicon)
        outcome = claim.object or _property(claim, lexicon)
        entities += [claim.subject, outcome, *conditions]
        rows.append((claim, conditions, outcome))
    things = gather_nodes(entities, lexicon=lexicon)
    parts = _parts(claims)
    reviews = _reviews(claims)
    items = tuple(
        Reading(
            claim=claim,
            agents=frozenset(
                (
                    claim.subject.iri,
                    *(each.iri for each in conditions),
                    *(
                        part
                        for part in parts.get(claim.subject.iri, ())
                        if is_named_by(claim.subject.label, things[part])
                    ),
                )
            )
            - {outcome.iri},
            outcome=outcome.iri,
            papers=papers.counting(claim.evidence),
            studies=_studies(claim, papers, reviews),
        )
        for claim, conditions, outcome in rows
    )
    return Readings(items, things, papers)


def years(claims: Iterable[Claim], papers: Papers) -> tuple[int, ...]:
    """The years in which the papers behind the claims appeared, sorted; unknown years are left out."""
    found: set[int] = set()
    for claim in claims:
        own = papers.own.get(claim.evidence.document)
        works = claim.evidence.primary or (() if claim.evidence.refs or own is None else (own,))
        found.update(work.year for work in works if work.year)
    return tuple(sorted(found))


def _reviews(claims: Iterable[Claim]) -> frozenset[str]:
    """The documents that cite others for most of what they say."""
    citing: dict[str, list[bool]] = defaultdict(list)
    for claim in claims:
        citing[claim.evidence.document].append(bool(claim.evidence.refs or claim.evidence.primary))
    most = gap_data("matrix")["review_share"]
    return frozenset(document for document, cited in citing.items() if sum(cited) > most * len(cited))


def _studies(claim: Claim, papers: Papers, reviews: frozenset[str]) -> frozenset[str]:
    evidence = claim.evidence
    if evidence.document in reviews and not (evidence.refs or evidence.primary):
        return frozenset()
    return papers.counting(evidence)


def _conditions(claim: Claim, lexicon: Lexicon) -> list[Entity]:
    kinds = condition_kinds()
    named = [(value, kinds[key]) for key, value in claim.conditions.items() if key in kinds]
    found = []
    for value, kind in (*named, *((name, "") for name in claim.context)):
        names = unfolded(str(value))
        grounding = ground(names, kind=kind, lexicon=lexicon)
        found.append(Entity(names, kind or grounding.kind, grounding.iri))
    return found


def _property(claim: Claim, lexicon: Lexicon) -> Entity:
    measured = lexicon.properties.get(claim.relation)
    label = measured.term.label if measured else claim.relation.replace("_", " ")
    return Entity((label,), "Property", thing_iri(label))


def _parts(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """From a thing to the dopants, coatings and parts that claims find in it."""
    relations = frozenset(gap_data("matrix")["ingredients"])
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.relation in relations and claim.object is not None and claim.polarity == "affirmed":
            found[claim.subject.iri].add(claim.object.iri)
    return found
