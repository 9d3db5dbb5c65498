"""The graph that chains run through: every statement a step, ready for search."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import rustworkx as rx

from kg.model import Entity
from kg.statements import Statement
from ontology.lexicon import Lexicon, load_lexicon
from queries.chains.joins import find_joins
from queries.chains.model import Step, Told
from queries.chains.nodes import NodeIndex, Place, index_nodes, members_by_use
from queries.chains.rules import load_rules
from queries.chains.steps import find_steps, told

#: Beliefs below this are taken for it, so that no step costs infinitely much.
_LEAST_BELIEF = 1e-6


@dataclass(frozen=True, slots=True)
class ChainGraph:
    """Nodes and the steps out of each; ``hubs`` are nodes that a chain passes only within one system.

    ``numbers`` are the places of nodes in ``backward``, which has an edge with its cost from the end of each
    step to its start; ``targets`` has for each node the places where its steps end, and their costs.
    """

    index: NodeIndex
    steps: Mapping[str, tuple[Step, ...]]
    hubs: frozenset[str]
    lexicon: Lexicon
    numbers: Mapping[str, int]
    backward: rx.PyDiGraph[str, float]
    targets: Mapping[str, tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]]


def chain_graph(statements: Iterable[Statement], *, lexicon: Lexicon | None = None) -> ChainGraph:
    """The graph of chains of some statements; measurements and denied relations give no steps."""
    lexicon = lexicon or load_lexicon()
    related = [statement for statement in statements if statement.object is not None]
    index = index_nodes((mention for each in related for mention in _mentions(each)), lexicon=lexicon)
    return graph_of([told(each) for each in related if each.affirming], index, lexicon=lexicon)


def graph_of(relations: Sequence[Told], index: NodeIndex, *, lexicon: Lexicon) -> ChainGraph:
    """The graph of chains of some relations between the things of an index, whatever their order."""
    relations = sorted(relations, key=lambda said: (said.subject, said.relation, said.object))
    index = replace(index, members=members_by_use(relations, index, lexicon=lexicon))
    found = find_steps(relations, index, lexicon=lexicon)
    joins = find_joins(
        {step.target for step in found}, {step.source for step in found}, index, lexicon=lexicon
    )
    steps: dict[str, list[Step]] = defaultdict(list)
    for step in (*found, *joins):
        steps[step.source].append(step)
    backward: rx.PyDiGraph[str, float] = rx.PyDiGraph()
    numbers = dict(zip(index.nodes, backward.add_nodes_from(list(index.nodes)), strict=True))
    backward.add_edges_from(
        [
            (numbers[step.target], numbers[step.source], step_cost(step))
            for outgoing in steps.values()
            for step in outgoing
        ]
    )
    return ChainGraph(
        index=index,
        steps={source: tuple(outgoing) for source, outgoing in steps.items()},
        hubs=_hubs(found, index, lexicon),
        lexicon=lexicon,
        numbers=numbers,
        backward=backward,
        targets={
            source: (
                np.array([numbers[step.target] for step in outgoing], dtype=np.int64),
                np.array([step_cost(step) for step in outgoing], dtype=np.float64),
            )
            for source, outgoing in steps.items()
        },
    )


def _mentions(statement: Statement) -> Iterator[tuple[Entity, Place]]:
    for claim in statement.claims:
        place = (claim.evidence.document, claim.evidence.start)
        for entity in (claim.subject, claim.object):
            if entity is not None:
                yield entity, place


def step_cost(step: Step) -> float:
    """What a step adds to the cost of a chain: the less it is believed the more, and each claim a little."""
    return math.log(1 / max(step.belief, _LEAST_BELIEF)) + (
        load_rules().step_cost if step.ground == "claims" else 0.0
    )


def _hubs(steps: Iterable[Step], index: NodeIndex, lexicon: Lexicon) -> frozenset[str]:
    """Quantities that every material has: measured ones, and those with very many causes and effects."""
    rules = load_rules()
    measured = {each.term.iri for each in lexicon.properties.values()}
    degree = Counter(iri for step in steps for iri in (step.source, step.target))
    return frozenset(
        iri
        for iri, node in index.nodes.items()
        if node.kind == rules.hub_kind and (node.term in measured or degree[iri] >= rules.hub_degree)
    )
