"""Analogies: what is known of a thing's siblings in the ontology, but has not been said of itself."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from kg.graph import KnowledgeGraph
from kg.statements import Statement
from ontology.lexicon import Lexicon
from queries.chains.joins import compare
from queries.chains.model import Json, Node
from queries.chains.nodes import gather_nodes, says_nothing
from queries.evidence import claim_to_json
from queries.gaps.bridges import Pair, can_be_bridged, related_pairs
from queries.gaps.data import gap_data
from queries.gaps.readings import named_together, readings_of


@dataclass(frozen=True, slots=True)
class Sibling:
    """A thing of the same class as another, with what is known of it; a rare class makes them more alike."""

    thing: Node
    shared_class: str
    likeness: float
    statement: Statement


@dataclass(frozen=True, slots=True)
class Analogy:
    """A pair that no claim names together, though siblings of the one are related to the other."""

    thing: Node
    other: Node
    siblings: tuple[Sibling, ...]

    @property
    def score(self) -> float:
        """The sum over the siblings of likeness × belief."""
        return sum(each.likeness * each.statement.belief.value for each in self.siblings)

    @property
    def text(self) -> str:
        """The analogy in words, with the nearest sibling."""
        nearest = self.siblings[0]
        return (
            f"nobody has related {self.thing.label} to {self.other.label}, "
            f"but {nearest.statement.text} (both belong to: {nearest.shared_class})"
        )

    def to_json(self) -> Json:
        """The analogy in the shape of the command line's contract."""
        return {
            "kind": "analogy",
            "topic": [self.thing.label, self.other.label],
            "text": self.text,
            "score": round(self.score, 4),
            "siblings": [
                {
                    "label": each.thing.label,
                    "class": each.shared_class,
                    "likeness": round(each.likeness, 4),
                    "text": each.statement.text,
                    "belief": round(each.statement.belief.value, 4),
                    "claims": [claim_to_json(claim) for claim in each.statement.claims],
                }
                for each in self.siblings
            ],
        }


def analogies(graph: KnowledgeGraph, *, limit: int = 20) -> list[Analogy]:
    """What may hold for a thing because it holds for its siblings, the best first.

    Siblings share a class of the ontology; the rarer it is among the things of the graph, the more alike they
    are. Pairs that a claim names together are left out, and those without any near sibling.
    """
    readings = readings_of(graph)
    together = named_together(readings)
    found = find_analogies(graph.statements(), together=together, lexicon=graph.lexicon)
    least = gap_data("analogies")["least_told"]
    return [each for each in found if each.siblings[0].likeness >= least][:limit]


def find_analogies(
    statements: Sequence[Statement], *, together: Set[Pair] = frozenset(), lexicon: Lexicon
) -> list[Analogy]:
    """All analogies among statements, near and far, the best first; ``together`` counts as known too."""
    affirmed = [each for each in statements if each.object is not None and each.affirming]
    entities = [entity for each in affirmed for entity in (each.subject, each.object) if entity]
    nodes = gather_nodes(entities, lexicon=lexicon)
    known = related_pairs(statements) | together
    alike = _siblings(nodes, lexicon)
    wider = _wider(nodes, lexicon)
    found: dict[tuple[str, str], dict[str, Sibling]] = defaultdict(dict)
    for statement in affirmed:
        ends = (statement.subject.iri, statement.object.iri if statement.object else "")
        for sibling, other in (ends, ends[::-1]):
            for iri, (shared, likeness) in alike.get(sibling, {}).items():
                pair = _oriented(nodes[iri], nodes[other], lexicon)
                if pair and not _is_known(pair, known, wider):
                    best = found[pair].get(sibling)
                    if best is None or statement.belief.value > best.statement.belief.value:
                        found[pair][sibling] = Sibling(nodes[sibling], shared, likeness, statement)
    made = [
        Analogy(nodes[thing], nodes[other], tuple(sorted(siblings.values(), key=_nearest)))
        for (thing, other), siblings in found.items()
    ]
    return sorted(made, key=lambda each: (-each.score, each.thing.label, each.other.label))


def _wider(nodes: Mapping[str, Node], lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """From each thing to itself and the classes of it that are things of the graph: LiCl, lithium halide."""
    of_term = {node.term: iri for iri, node in nodes.items() if node.term and not says_nothing(node)}
    return {
        iri: (iri, *(of_term[term] for term in _classes(node, lexicon) if of_term.get(term, iri) != iri))
        for iri, node in nodes.items()
    }


def _is_known(pair: tuple[str, str], known: Set[Pair], wider: Mapping[str, Sequence[str]]) -> bool:
    """Whether the pair is related already, or the classes that the two belong to."""
    thing, other = pair
    return any(frozenset((one, two)) in known for one in wider[thing] for two in wider[other])


def _nearest(sibling: Sibling) -> tuple[float, float, str]:
    return -sibling.likeness, -sibling.statement.belief.value, sibling.thing.label


def _oriented(one: Node, other: Node, lexicon: Lexicon) -> tuple[str, str] | None:
    """The pair with what can be tried first; None where an analogy of the two would say nothing."""
    if (
        one.iri == other.iri
        or says_nothing(one)
        or says_nothing(other)
        or compare(one, other, lexicon=lexicon)
    ):
        return None
    if can_be_bridged(one.kind, other.kind):
        return one.iri, other.iri
    return (other.iri, one.iri) if can_be_bridged(other.kind, one.kind) else None


def _siblings(nodes: Mapping[str, Node], lexicon: Lexicon) -> dict[str, dict[str, tuple[str, float]]]:
    """From each thing to its siblings, with the rarest class they share and how alike that makes them."""
    classes = {iri: _classes(node, lexicon) for iri, node in nodes.items()}
    count = Counter(each for found in classes.values() for each in found)
    most, least = gap_data("analogies")["most_members"], gap_data("analogies")["least_likeness"]
    total = math.log(max(len(nodes), 2))
    members: dict[str, list[str]] = defaultdict(list)
    for iri, found in classes.items():
        for each in found:
            members[each].append(iri)
    alike: dict[str, dict[str, tuple[str, float]]] = defaultdict(dict)
    for each in sorted(members, key=lambda class_iri: count[class_iri]):
        likeness = math.log(len(nodes) / count[each]) / total
        if count[each] <= most and likeness >= least:
            for iri in members[each]:
                for other in members[each]:
                    if other != iri:
                        alike[iri].setdefault(other, (lexicon.terms[each].label, likeness))
    return alike


def _classes(node: Node, lexicon: Lexicon) -> Iterable[str]:
    term = lexicon.terms.get(node.term)
    return [iri for iri in term.ancestors if iri in lexicon.terms] if term else []
