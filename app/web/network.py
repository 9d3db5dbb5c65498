"""Chains as one network, laid out in columns from causes to effects: plain SVG whose every link is a link."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.web.library import Library
from queries.evidence import claim_to_json

Json = dict[str, Any]

_COLUMN, _ROW, _WIDTH, _HEIGHT = 225, 44, 175, 30
_MARGIN = 8
_MOST_LETTERS = 23


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in its place; ``x`` and ``y`` are those of its upper left corner."""

    iri: str
    label: str
    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Link:
    """A step of one or more chains: ``path`` is its line, ``against`` are the claims that contradict it."""

    start: Node
    end: Node
    label: str
    sign: int
    belief: float
    path: str
    claims: Sequence[Json]
    against: Sequence[Json]
    because: str


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes, links, and the size of the drawing in pixels."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    width: int
    height: int
    box: tuple[int, int] = (_WIDTH, _HEIGHT)


def network(chains: Sequence[Json], library: Library) -> Network | None:
    """The network of some chains; None where there are none."""
    nodes = _placed(chains)
    if not nodes:
        return None
    steps: dict[tuple[str, str, str], Json] = {}
    for chain in chains:
        for edge, start, end in zip(chain["edges"], chain["path"], chain["path"][1:], strict=False):
            steps.setdefault((start["iri"], end["iri"], edge["label"]), edge)
    beside: dict[tuple[str, str], int] = defaultdict(int)
    links = []
    for (start, end, label), edge in steps.items():
        links.append(
            Link(
                start=nodes[start],
                end=nodes[end],
                label=label,
                sign=edge["sign"],
                belief=edge["belief"],
                path=_line(nodes[start], nodes[end], shift=6 * beside[start, end]),
                claims=[claim for claim in edge["claims"] if claim["polarity"] == "affirmed"],
                against=_against(start, end, edge, library),
                because=str(edge.get("because", "")),
            )
        )
        beside[start, end] += 1
    width = max(node.x for node in nodes.values()) + _WIDTH + _MARGIN
    height = max(node.y for node in nodes.values()) + _HEIGHT + _MARGIN
    return Network(tuple(nodes.values()), tuple(links), width, height)


def _placed(chains: Sequence[Json]) -> dict[str, Node]:
    """The things of chains in columns by how far from the start they stand, near what they come from."""
    labels: dict[str, str] = {}
    column: dict[str, int] = {}
    sources: dict[str, list[str]] = defaultdict(list)
    for chain in chains:
        path = [node["iri"] for node in chain["path"]]
        labels |= {node["iri"]: node["label"] for node in chain["path"]}
        for place, iri in enumerate(path):
            column[iri] = max(place, column.get(iri, 0))
        for start, end in pairwise(path):
            sources[end].append(start)
    # What a chain only ends in stands last, whatever the length of the way to it.
    last = max(column.values(), default=0)
    ends = {chain["path"][-1]["iri"] for chain in chains}
    passed = {node["iri"] for chain in chains for node in chain["path"][:-1]}
    column |= dict.fromkeys(ends - passed, last)
    tallest = max(Counter(column.values()).values(), default=0)
    rows: dict[str, float] = {}
    placed: dict[str, Node] = {}
    for at in range(last + 1):
        here = [iri for iri in labels if column[iri] == at]
        wanted = {
            iri: _mean([rows[source] for source in sources[iri] if source in rows], default=place)
            for place, iri in enumerate(here)
        }
        here.sort(key=lambda iri: wanted[iri])
        for place, iri in enumerate(here):
            rows[iri] = place + (tallest - len(here)) / 2
            text = labels[iri]
            short = text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"
            placed[iri] = Node(iri, text, short, _MARGIN + at * _COLUMN, _MARGIN + int(rows[iri] * _ROW))
    return placed


def _mean(values: Sequence[float], *, default: float) -> float:
    return sum(values) / len(values) if values else default


def _line(start: Node, end: Node, *, shift: int) -> str:
    """The line from the right side of a node to the left side of another."""
    x, y = start.x + _WIDTH, start.y + _HEIGHT // 2 + shift
    to_x, to_y = end.x - 6, end.y + _HEIGHT // 2 + shift
    bend = max(30, abs(to_x - x) // 2)
    return f"M{x} {y} C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"


def _against(start: str, end: str, edge: Json, library: Library) -> list[Json]:
    """The claims that contradict a step: they deny it, or say the contrary of the same two things."""
    found = []
    for subject, target in ((start, end), (end, start)):
        inverse = subject == end
        for statement in library.graph.statements(subject=subject, object=target):
            relation = library.lexicon.relations.get(statement.relation)
            if relation is None or inverse != bool(edge["inverse"]):
                continue
            same = statement.relation == edge["relation"] or (edge["sign"] and relation.sign == edge["sign"])
            contrary = bool(edge["sign"]) and relation.sign == -edge["sign"]
            claims = statement.denying if same else statement.affirming if contrary else ()
            found += [claim_to_json(claim) for claim in claims]
    return found
