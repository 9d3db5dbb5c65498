"""Claims as a matrix reads them: what acts, and what comes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from kg.belief import claim_weight
from kg.graph import KnowledgeGraph
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
from queries.gaps.positions import Occurrences, Positions, occurrences, positions_by_thing


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim, the IRIs of what acts in it, that of its outcome, and the papers behind it.

    What acts is the subject, what the subject is named by (its dopants and coatings), and the conditions and
    contexts that name things. The outcome is the object, or the property that was measured. ``parts`` are
    those of a composite that acts. ``studies`` are the papers that did the work in one piece: no review.
    """

    claim: Claim
    agents: frozenset[str]
    outcome: str
    parts: frozenset[str]
    papers: frozenset[str]
    studies: frozenset[str]

    @property
    def things(self) -> frozenset[str]:
        """All that the claim names, and the parts of its composite."""
        return self.agents | self.parts | {self.outcome}


@dataclass(frozen=True, slots=True)
class Index:
    """The readings as arrays (see ``queries.gaps.positions``): where things stand, what each reading has.

    ``signs`` are those of the relations, 0 where a claim denies its own; ``years`` are the first and the last
    of each reading, 0 where none is known.
    """

    agents: Mapping[str, Positions]
    outcomes: Mapping[str, Positions]
    parts: Mapping[str, Positions]
    papers: Occurrences
    studies: Occurrences
    signs: npt.NDArray[np.int8]
    affirmed: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float64]
    years: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of all claims, the things they name, who published what, and where all that stands."""

    items: tuple[Reading, ...]
    things: Mapping[str, Node]
    papers: Papers
    index: Index


#: The readings of graphs that are in use: making them takes longer than any matrix.
_made: WeakKeyDictionary[KnowledgeGraph, Readings] = WeakKeyDictionary()


def readings_of(graph: KnowledgeGraph) -> Readings:
    """The readings of all claims of a graph, made when they are first needed."""
    if graph not in _made:
        _made[graph] = read_all(graph.claims(), graph.papers, lexicon=graph.lexicon)
    return _made[graph]


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
    ingredients = _found_in(claims, "ingredients")
    parts = _found_in(claims, "parts")
    reviews = _reviews(claims)

    @cache
    def named_by(iri: str, label: str) -> frozenset[str]:
        return frozenset(part for part in ingredients.get(iri, ()) if is_named_by(label, things[part]))

    none: frozenset[str] = frozenset()
    items = []
    for claim, conditions, outcome in rows:
        subject, behind = claim.subject, papers.counting(claim.evidence)
        acting = {subject.iri, *(each.iri for each in conditions), *named_by(subject.iri, subject.label)}
        agents = frozenset(acting - {outcome.iri})
        within = parts.get(subject.iri, none) - agents - {outcome.iri}
        studies = none if _is_review(claim, reviews) else behind
        items.append(Reading(claim, agents, outcome.iri, within, behind, studies))
    return Readings(tuple(items), things, papers, _index(items, papers, lexicon))


def _index(items: Sequence[Reading], papers: Papers, lexicon: Lexicon) -> Index:
    signs = {key: relation.sign for key, relation in lexicon.relations.items()}
    affirmed = np.array([each.claim.polarity == "affirmed" for each in items], dtype=np.bool_)
    spans = [years((each.claim,), papers) or (0,) for each in items]
    return Index(
        agents=positions_by_thing(each.agents for each in items),
        outcomes=positions_by_thing((each.outcome,) for each in items),
        parts=positions_by_thing(each.parts for each in items),
        papers=occurrences([each.papers for each in items]),
        studies=occurrences([each.studies for each in items]),
        signs=np.array([signs.get(each.claim.relation, 0) for each in items], dtype=np.int8) * affirmed,
        affirmed=affirmed,
        weights=np.array([claim_weight(each.claim) for each in items], dtype=np.float64),
        years=np.array([(span[0], span[-1]) for span in spans], dtype=np.int64).reshape(-1, 2),
    )


def named_together(readings: Readings) -> set[frozenset[str]]:
    """The pairs of an outcome and what acts, alone or in a composite, in any one claim."""
    return {
        frozenset((each.outcome, agent)) for each in readings.items for agent in (*each.agents, *each.parts)
    }


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


def _is_review(claim: Claim, reviews: Set[str]) -> bool:
    """Whether a review says something in its own name: that is no study of one piece."""
    evidence = claim.evidence
    return evidence.document in reviews and not (evidence.refs or evidence.primary)


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


def _found_in(claims: Iterable[Claim], relations: str) -> dict[str, frozenset[str]]:
    """From a thing to what claims find in it, by the relations of one list in ``gaps.yaml``."""
    wanted = frozenset(gap_data("matrix")[relations])
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.relation in wanted and claim.object is not None and claim.polarity == "affirmed":
            found[claim.subject.iri].add(claim.object.iri)
    return {iri: frozenset(each) for iri, each in found.items()}
