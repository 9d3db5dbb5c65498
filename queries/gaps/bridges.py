"""Bridges: A leads to B and B leads to C, but nobody has said what A does to C (after Swanson, 1986)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from kg.graph import KnowledgeGraph
from kg.papers import Papers
from kg.statements import Statement
from ontology.lexicon import Lexicon
from queries.chains.graph import ChainGraph, chain_graph
from queries.chains.joins import compare
from queries.chains.model import Chain, Json, Node, Step
from queries.chains.nodes import says_nothing
from queries.chains.search import common_system
from queries.gaps.data import gap_data
from queries.gaps.readings import named_together, readings_of

#: Two things, in no order.
Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A pair that no document relates, with the chains of two steps that join it, the strongest first.

    ``score`` orders bridges; it has no unit. ``plausibility`` is the share of relations between things of
    these two kinds among all relations of the first kind.
    """

    start: Node
    end: Node
    chains: tuple[Chain, ...]
    score: float
    plausibility: float

    @property
    def sign(self) -> int:
        """+1 or -1 where all chains agree, else 0."""
        signs = {chain.sign for chain in self.chains}
        return signs.pop() if len(signs) == 1 else 0

    @property
    def text(self) -> str:
        """The bridge in words, with its strongest chains."""
        through = "; ".join(chain.text for chain in self.chains)
        return f"nobody has said what {self.start.label} does to {self.end.label}, but {through}"

    def to_json(self) -> Json:
        """The bridge in the shape of the command line's contract."""
        return {
            "kind": "bridge",
            "topic": [self.start.label, self.end.label],
            "text": self.text,
            "score": round(self.score, 4),
            "sign": self.sign,
            "plausibility": round(self.plausibility, 4),
            "chains": [chain.to_json() for chain in self.chains],
        }


def bridges(graph: KnowledgeGraph, *, limit: int = 20) -> list[Bridge]:
    """The unstated links of a graph, the best first.

    A chain A → B → C counts the more, the more is believed of both steps, the more papers stand behind its
    weaker one, and the fewer neighbours B has; chains through several B add up, and the sum is weighed by how
    often things of such kinds are related at all. What is one thing or its kind, or is named together in any
    claim already, is no bridge; nor is what only meets in different materials by way of a measured property.
    """
    readings = readings_of(graph)
    together = named_together(readings)
    return find_bridges(graph.statements(), readings.papers, together=together, lexicon=graph.lexicon)[:limit]


def find_bridges(
    statements: Sequence[Statement],
    papers: Papers,
    *,
    together: Set[Pair] = frozenset(),
    lexicon: Lexicon,
) -> list[Bridge]:
    """All bridges among statements, the best first; ``together`` are pairs that count as known too."""
    graph = chain_graph(statements, lexicon=lexicon)
    related = related_pairs(statements)
    known, neighbours = related | together, neighbours_of(related)
    plausibility = kind_plausibility(graph.index.nodes, related)
    most = gap_data("bridges")["most_neighbours"]
    scored: dict[tuple[str, str], list[tuple[float, Chain]]] = defaultdict(list)
    for first, second in _pairs_of_steps(graph):
        middle, ends = first.target, (first.source, second.target)
        if len(neighbours[middle]) <= most and _is_new(graph, first, second, known):
            nodes = tuple(graph.index.nodes[iri] for iri in (first.source, middle, second.target))
            chain = Chain(nodes, (first, second))
            weight = chain.belief * _support(chain, papers) / math.log2(1 + len(neighbours[middle]))
            scored[ends].append((weight, chain))
    found = [_bridge(chains, plausibility) for chains in scored.values()]
    return sorted(found, key=lambda each: (-each.score, each.start.label, each.end.label))


def related_pairs(statements: Iterable[Statement]) -> frozenset[Pair]:
    """The pairs of things that any statement relates, affirmed or denied."""
    pairs = (frozenset((each.subject.iri, each.object.iri)) for each in statements if each.object is not None)
    return frozenset(pair for pair in pairs if len(pair) == 2)


def neighbours_of(related: Iterable[Pair]) -> dict[str, set[str]]:
    """From each thing to those that it is related to."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in map(sorted, related):
        found[one].add(other)
        found[other].add(one)
    return found


def kind_plausibility(nodes: Mapping[str, Node], related: Iterable[Pair]) -> dict[tuple[str, str], float]:
    """How often a thing of one kind is related to one of another, among all relations of the first kind."""
    count: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    for pair in related:
        one, other = (nodes[iri].kind for iri in sorted(pair))
        count.update(((one, other), (other, one)))
        total.update((one, other))
    unseen = gap_data("bridges")["unseen_pair"]
    return {
        (one, other): (count[one, other] + unseen) / (total[one] + unseen * len(total))
        for one in total
        for other in total
    }


def can_be_bridged(one: str, other: str) -> bool:
    """Whether a thing of the one kind can be tried for what is of the other."""
    data = gap_data("bridges")
    return one in data["starts"] and other in data["ends"]


def _pairs_of_steps(graph: ChainGraph) -> Iterator[tuple[Step, Step]]:
    for outgoing in graph.steps.values():
        for first in outgoing:
            for second in graph.steps.get(first.target, ()):
                if not first.because and not second.because and first.ground == second.ground == "claims":
                    yield first, second


def _is_new(graph: ChainGraph, first: Step, second: Step, known: Set[Pair]) -> bool:
    start, middle, end = (graph.index.nodes[iri] for iri in (first.source, first.target, second.target))
    if start.iri == end.iri or not can_be_bridged(start.kind, end.kind):
        return False
    if frozenset((start.iri, end.iri)) in known or any(map(says_nothing, (start, middle, end))):
        return False
    if compare(start, end, lexicon=graph.lexicon) or compare(middle, end, lexicon=graph.lexicon):
        return False
    system = frozenset(name for names in first.systems for name in names)
    return common_system(system, second) is not None or middle.iri not in graph.hubs


def _support(chain: Chain, papers: Papers) -> float:
    """1, more for each paper beyond the first behind the weaker step, less where one study says both."""
    first, second = (
        {paper for claim in step.claims for paper in papers.behind(claim.evidence)} for step in chain.steps
    )
    data = gap_data("bridges")
    support = 1 + float(data["extra_paper"]) * (min(len(first), len(second)) - 1)
    return support * (float(data["one_study"]) if first == second else 1.0)


def _bridge(scored: list[tuple[float, Chain]], plausibility: Mapping[tuple[str, str], float]) -> Bridge:
    ranked = sorted(scored, key=lambda item: (-item[0], item[1].text))
    start, end = ranked[0][1].nodes[0], ranked[0][1].nodes[-1]
    share = plausibility[start.kind, end.kind]
    weight = sum(weight for weight, _ in ranked)
    return Bridge(start, end, tuple(chain for _, chain in ranked), weight * share, share)
