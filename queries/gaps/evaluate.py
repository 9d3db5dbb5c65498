"""A test against time: whether gaps drawn from papers until a year foretell the links of later ones."""

from __future__ import annotations

import math
import random
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from kg.graph import KnowledgeGraph
from kg.model import Claim, Reference
from kg.papers import Papers, papers_of
from kg.read import own_records
from kg.statements import Statement, gather
from ontology.lexicon import Lexicon
from queries.chains.model import Json
from queries.gaps.analogies import find_analogies
from queries.gaps.bridges import Pair, can_be_bridged, find_bridges, neighbours_of, related_pairs
from queries.gaps.data import gap_data
from queries.gaps.readings import years

#: Scores unlinked pairs of things; the higher, the likelier a link.
Ranker = Callable[[Sequence[Pair]], list[float]]


class EvaluationError(ValueError):
    """A split by year that leaves nothing to test: says what is there."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A number with its bootstrap interval."""

    value: float
    low: float
    high: float

    def to_json(self) -> Json:
        """Value and interval, rounded."""
        return {"value": round(self.value, 4), "low": round(self.low, 4), "high": round(self.high, 4)}


@dataclass(frozen=True, slots=True)
class RankerScore:
    """How well one way of ranking foretells the later links; keys of ``hits_at`` are numbers of guesses."""

    name: str
    hits_at: Mapping[int, Interval]
    mean_reciprocal_rank: Interval
    auc: Interval


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The test: ``links`` later links among ``candidates`` pairs that were unlinked until ``until_year``."""

    until_year: int
    statements: int
    links: int
    candidates: int
    scores: tuple[RankerScore, ...]

    def to_json(self) -> list[Json]:
        """One row for each way of ranking."""
        return [
            {
                "kind": "evaluation",
                "ranker": score.name,
                "until_year": self.until_year,
                "statements": self.statements,
                "links": self.links,
                "candidates": self.candidates,
                "hits_at": {str(guesses): hits.to_json() for guesses, hits in score.hits_at.items()},
                "mrr": score.mean_reciprocal_rank.to_json(),
                "auc": score.auc.to_json(),
            }
            for score in self.scores
        ]


def evaluate(graph: KnowledgeGraph, until_year: int) -> Evaluation:
    """Rank the pairs that were unlinked until a year and see which were linked later.

    Bridges and analogies are compared with chance, the product of degrees, common neighbours and Adamic–Adar
    on the same pairs: those of things that were known by then, of kinds that a bridge can join. Each later
    link is ranked against all pairs that stayed unlinked: hits@k is the share of links among the first k,
    MRR the mean of 1 / rank, AUC the chance to rank above another pair; intervals are percentiles over
    resampled links.
    Raises EvaluationError where a side of the split is empty, as where the claims' papers have no years.
    """
    own = own_records(graph.store)
    return evaluate_claims(graph.claims(), until_year, lexicon=graph.lexicon, own=own)


def evaluate_claims(
    claims: Sequence[Claim], until_year: int, *, lexicon: Lexicon, own: Mapping[str, Reference] | None = None
) -> Evaluation:
    """The test on assembled claims; see ``evaluate``."""
    papers = papers_of(claims, own=own)
    dated = [(claim, found[0]) for claim in claims if (found := years((claim,), papers))]
    before = gather((claim for claim, year in dated if year <= until_year), own=own)
    linked = related_pairs(before)
    later = related_pairs(gather((claim for claim, year in dated if year > until_year), own=own)) - linked
    kinds = _kinds(before)
    known = sorted({iri for pair in linked for iri in pair})
    pairs = [
        frozenset(pair)
        for pair in combinations(known, 2)
        if any(can_be_bridged(kinds[one], kinds[other]) for one, other in (pair, pair[::-1]))
        and frozenset(pair) not in linked
    ]
    links = [pair for pair in pairs if pair in later]
    others = [pair for pair in pairs if pair not in later]
    if not links or not others:
        ages = sorted(year for _, year in dated)
        span = f"{ages[0]} to {ages[-1]}" if ages else "no year at all"
        raise EvaluationError(
            f"no link after {until_year} joins two things that were known by then; "
            f"{len(dated)} of {len(claims)} claims have a year ({span}); choose another year, or build from "
            "documents whose bibliography gives years"
        )
    chance = random.Random(gap_data("evaluate")["seed"])
    most = gap_data("evaluate")["most_candidates"]
    others = chance.sample(others, most) if len(others) > most else others
    rankers = _rankers(before, papers, linked, lexicon, chance)
    scores = tuple(_score(name, rank, links, others) for name, rank in rankers.items())
    return Evaluation(until_year, len(before), len(links), len(links) + len(others), scores)


def _kinds(statements: Iterable[Statement]) -> dict[str, str]:
    entities = (entity for each in statements for entity in (each.subject, each.object) if entity)
    return {entity.iri: entity.kind for entity in entities}


def _rankers(
    statements: Sequence[Statement],
    papers: Papers,
    linked: Set[Pair],
    lexicon: Lexicon,
    chance: random.Random,
) -> dict[str, Ranker]:
    near = neighbours_of(linked)
    bridged: dict[Pair, float] = defaultdict(float)
    for bridge in find_bridges(statements, papers, lexicon=lexicon):
        bridged[frozenset((bridge.start.iri, bridge.end.iri))] += bridge.score
    alike: dict[Pair, float] = defaultdict(float)
    for analogy in find_analogies(statements, lexicon=lexicon):
        alike[frozenset((analogy.thing.iri, analogy.other.iri))] += analogy.score

    def shared(pair: Pair) -> set[str]:
        one, other = sorted(pair)
        return near[one] & near[other]

    def each(score: Callable[[Pair], float]) -> Ranker:
        return lambda pairs: [score(pair) for pair in pairs]

    return {
        "bridges": each(lambda pair: bridged[pair]),
        "analogies": each(lambda pair: alike[pair]),
        "chance": each(lambda _: chance.random()),
        "degree product": each(lambda pair: float(math.prod(len(near[iri]) for iri in pair))),
        "common neighbours": each(lambda pair: float(len(shared(pair)))),
        "Adamic–Adar": each(lambda pair: sum(1 / math.log(1 + len(near[iri])) for iri in shared(pair))),
    }


def _score(name: str, rank: Ranker, links: Sequence[Pair], others: Sequence[Pair]) -> RankerScore:
    """The measures over the links, each ranked against all other pairs; equal scores share a mean rank."""
    data = gap_data("evaluate")
    against = sorted(rank(others))
    ranks = [_rank(score, against) for score in rank(links)]
    return RankerScore(
        name=name,
        hits_at={most: _interval([float(rank <= most) for rank in ranks]) for most in data["hits_at"]},
        mean_reciprocal_rank=_interval([1 / rank for rank in ranks]),
        auc=_interval([1 - (rank - 1) / len(others) for rank in ranks]),
    )


def _rank(score: float, ascending: Sequence[float]) -> float:
    """The place of a score among others, 1 for the highest; half of the equal ones come before it."""
    lower, not_higher = bisect_left(ascending, score), bisect_right(ascending, score)
    return 1 + len(ascending) - not_higher + (not_higher - lower) / 2


def _interval(values: Sequence[float]) -> Interval:
    """The mean of the links' values, with the percentile interval of means of resampled links."""
    data = gap_data("evaluate")
    chance = random.Random(data["seed"])
    means = sorted(fmean(chance.choices(values, k=len(values))) for _ in range(data["resamples"]))
    outside = (1 - data["confidence"]) / 2
    low, high = (means[round(share * (len(means) - 1))] for share in (outside, 1 - outside))
    return Interval(fmean(values), low, high)
