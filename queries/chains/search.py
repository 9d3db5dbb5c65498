"""Find chains: the best simple paths from one set of nodes to another, cheapest first."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np
import numpy.typing as npt
import rustworkx as rx

from queries.chains.graph import ChainGraph, step_cost
from queries.chains.joins import INCLUDES, KIND, MEANT, is_general, is_near
from queries.chains.model import Chain, Step
from queries.chains.nodes import says_nothing
from queries.chains.resolve import Match, resolve
from queries.chains.rules import load_rules
from queries.chains.steps import compatible
from queries.chains.wording import read_wording

#: Ends of chains where none is asked for.
_OUTCOMES = ("FailureMechanism", "Property")


@dataclass(order=True, slots=True)
class _Path:
    """A path on its way; ``rank`` is its cost and the least of what is left. ``done`` paths are chains.

    ``hops`` counts the claims it rests on, ``granted`` what is assumed beyond them; ``at`` says which of the
    steps out of its last node comes next.
    """

    rank: float
    number: int
    cost: float = field(compare=False)
    match: float = field(compare=False)
    nodes: tuple[str, ...] = field(compare=False)
    steps: tuple[Step, ...] = field(compare=False, default=())
    system: frozenset[str] = field(compare=False, default=frozenset())
    crossings: tuple[int, ...] = field(compare=False, default=())
    hops: int = field(compare=False, default=0)
    granted: int = field(compare=False, default=0)
    at: int = field(compare=False, default=0)
    done: bool = field(compare=False, default=False)


def find_chains(
    graph: ChainGraph,
    start: str | None = None,
    end: str | None = None,
    *,
    max_hops: int = 4,
    min_hops: int = 2,
    limit: int = 20,
) -> list[Chain]:
    """The best chains from ``start`` to ``end``, the most believed and shortest first.

    Either end is a name in any wording, an IRI, a class ("any dopant") or None for any node (as the end, any
    failure mechanism or property). ``max_hops`` counts the claims a chain rests on, ``min_hops`` its steps,
    but for changes of name. Where there are too few such chains, shorter ones between two given ends follow;
    without an end, only where there are none. A chain passes each node once, changes names only between two
    claims, and passes a quantity that every material has only within one system.
    """
    starts = _ends(graph, start, default=_best_starts)
    ends = _ends(graph, end, default=_outcomes)
    if not starts or not ends:
        return []
    mediated: list[Chain] = []
    short: list[Chain] = []
    for chain in _distinct(graph, _search(graph, starts, ends, max_hops)):
        (mediated if _length(chain.steps) >= min_hops else short).append(chain)
        if len(mediated) == limit:
            break
    return [*mediated, *(short if (start and end) or not mediated else ())][:limit]


def _outcomes(graph: ChainGraph) -> list[str]:
    """The things in which a chain ends where none is asked for."""
    return [iri for iri, node in graph.index.nodes.items() if node.kind in _OUTCOMES]


def _best_starts(graph: ChainGraph) -> list[str]:
    """The things from which the most believed steps lead on."""
    best = {iri: costs.min() for iri, (_, costs) in graph.targets.items()}
    return sorted(best, key=lambda iri: (best[iri], iri))[: load_rules().most_starts]


def _ends(
    graph: ChainGraph, name: str | None, *, default: Callable[[ChainGraph], Iterable[str]]
) -> dict[str, float]:
    if name is None:
        return dict.fromkeys(default(graph), 1.0)
    matches: tuple[Match, ...] = resolve(name, graph.index, lexicon=graph.lexicon)
    return {match.iri: match.weight for match in matches}


def _distinct(graph: ChainGraph, paths: Iterable[_Path]) -> Iterator[Chain]:
    """The chains of the paths; one that goes through the same things in other words is left out."""
    seen: set[tuple[object, ...]] = set()
    for path in paths:
        key = _key(graph, path)
        if key in seen:
            continue
        seen.add(key)
        nodes = tuple(graph.index.nodes[iri] for iri in path.nodes)
        yield Chain(nodes, path.steps, match=path.match, crossings=path.crossings)


def _key(graph: ChainGraph, path: _Path) -> tuple[object, ...]:
    """The wordings of the things that the claims join, in order."""
    ends = [iri for step in path.steps if step.ground != "join" for iri in (step.source, step.target)]
    words = [(read_wording(graph.index.nodes[iri].label).words or iri) for iri in ends]
    return tuple(word for at, word in enumerate(words) if at == 0 or word != words[at - 1])


def _search(
    graph: ChainGraph, starts: Mapping[str, float], ends: Mapping[str, float], most: int
) -> Iterator[_Path]:
    """Yield the paths of at most so many claims and at least one, the cheapest first (A* over simple paths).

    Out of a thing with very many steps only the cheapest is taken at first; whenever a step is taken, the
    next one waits in its place.
    """
    left = _costs_to(graph, ends)
    number = count()
    onward: dict[str, tuple[Sequence[int], Sequence[float]]] = {}
    queue = [
        _Path(
            left[graph.numbers[iri]] + math.log(1 / weight),
            next(number),
            math.log(1 / weight),
            weight,
            (iri,),
        )
        for iri, weight in starts.items()
        if math.isfinite(left[graph.numbers[iri]])
    ]
    heapq.heapify(queue)
    for _ in range(load_rules().most_expansions):
        if not queue:
            return
        path = heapq.heappop(queue)
        if path.done:
            yield path
            continue
        node = path.nodes[-1]
        if path.at == 0 and node in ends and path.hops and path.steps[-1].ground != "join":
            cost = path.cost - math.log(ends[node])
            match = path.match * ends[node]
            heapq.heappush(
                queue, replace(path, rank=cost, number=next(number), cost=cost, match=match, done=True)
            )
        if node not in graph.steps:
            continue
        if node not in onward:
            onward[node] = _in_order(graph, node, left)
        order, ranks = onward[node]
        longer, at = None, path.at
        while longer is None and at < len(order):
            longer = _follow(graph, path, graph.steps[node][order[at]], most)
            at += 1
        if longer is not None:
            longer.rank = longer.cost + left[graph.numbers[longer.nodes[-1]]]
            longer.number = next(number)
            heapq.heappush(queue, longer)
        if at < len(order):
            rank = path.cost + ranks[at]
            heapq.heappush(queue, replace(path, rank=rank, number=next(number), at=at))


def _length(steps: Iterable[Step]) -> int:
    """How many steps there are but for changes of name."""
    return sum(step.ground != "join" for step in steps)


def _in_order(
    graph: ChainGraph, node: str, left: npt.NDArray[np.float64]
) -> tuple[Sequence[int], Sequence[float]]:
    """The steps out of a node that lead to an end, the cheapest way there first, with its cost."""
    targets, costs = graph.targets[node]
    whole = costs + left[targets]
    order = np.argsort(whole, kind="stable")[: np.count_nonzero(np.isfinite(whole))]
    return order.tolist(), whole[order].tolist()


def _follow(graph: ChainGraph, path: _Path, step: Step, max_hops: int) -> _Path | None:
    """The path with one more step, None where it may not be taken."""
    if step.target in path.nodes or (path.steps and says_nothing(graph.index.nodes[step.source])):
        return None
    last = path.steps[-1].ground if path.steps else "join"
    if step.ground == last != "claims" or (step.ground == "claims" and path.hops == max_hops):
        return None
    if not _may_follow(graph, path, step):
        return None
    cost, system, crossings = path.cost + step_cost(step), path.system, path.crossings
    if step.ground == "claims":
        fits = common_system(path.system, step)
        at_hub = any(iri in graph.hubs for iri in _joined_at(path, step)) and path.hops > 0
        if fits is None and at_hub:
            return None
        if fits is None or (at_hub and not (path.system and is_bound(step))):
            cost -= math.log(load_rules().crossing_weight)
            crossings = (*crossings, len(path.steps))
        system = system if fits is None else fits
    granted = (
        path.granted + (step.ground == "join" or bool(step.because)) + len(crossings) - len(path.crossings)
    )
    if granted > load_rules().most_assumptions:
        return None
    nodes, steps = (*path.nodes, step.target), (*path.steps, step)
    hops = path.hops + (step.ground == "claims")
    return _Path(0.0, 0, cost, path.match, nodes, steps, system, crossings, hops, granted)


def _may_follow(graph: ChainGraph, path: _Path, step: Step) -> bool:
    """Whether a step means the same after the steps before it.

    A chain does not go from a part by its whole to another part, nor from a whole by a part to another whole;
    what a class is made of, its members need not have; what one thing forms is in no interphase that another
    one leaves behind; and a general word ("the interphase") means what stands near it in that sentence.
    """
    if not path.steps:
        return True
    last = path.steps[-1]
    joined = last.ground == "join"
    before = path.steps[-2:] if joined else path.steps[-1:]
    if joined and last.label == MEANT and not _is_meant(graph, last, (before[0], step)):
        return False
    if not step.passage:
        return True
    if step.first and any(each.ground != "join" for each in path.steps):
        return False
    if any(each.passage and each.passage != step.passage for each in before):
        return False
    if step.passage == "through":
        return not (joined and last.label in (KIND, INCLUDES, MEANT))
    if step.after and before[0].relation in load_rules().products.relations:
        return not joined and before[0].source in step.after
    return True


def _is_meant(graph: ChainGraph, join: Step, sides: tuple[Step, Step]) -> bool:
    """Whether the claim that speaks in general words stands near a mention of what they mean."""
    general_first = is_general(graph.index.nodes[join.source])
    claims = sides[0 if general_first else 1].claims
    places = graph.index.places[join.target if general_first else join.source]
    return any(is_near((claim.evidence.document, claim.evidence.start), places) for claim in claims)


def _joined_at(path: _Path, step: Step) -> tuple[str, ...]:
    """The nodes by which a step hangs on the last claim: one, or two where a name changes."""
    joins = [each.source for each in path.steps[-1:] if each.ground == "join"]
    return (step.source, *joins)


def is_bound(step: Step) -> bool:
    """Whether it is known for which systems a step holds."""
    return bool(step.systems) and frozenset() not in step.systems


def common_system(system: frozenset[str], step: Step) -> frozenset[str] | None:
    """The system of the path with the step's own; None where the step holds in other systems only."""
    if not is_bound(step):
        return system
    if not system:
        return frozenset(name for names in step.systems for name in names)
    fitting = {
        name for names in step.systems for name in names if any(compatible(name, other) for other in system)
    }
    return system | fitting if fitting else None


def _costs_to(graph: ChainGraph, ends: Mapping[str, float]) -> npt.NDArray[np.float64]:
    """The least cost from each node to any of the ends, were all steps allowed; infinite without a way."""
    backward = graph.backward.copy()
    source = backward.add_node("")
    backward.add_edges_from(
        [(source, graph.numbers[iri], math.log(1 / weight)) for iri, weight in ends.items()]
    )
    costs = rx.dijkstra_shortest_path_lengths(backward, source, float)
    found = np.full(source + 1, np.inf)
    found[list(costs.keys())] = list(costs.values())
    return found
