"""Chains as one network, laid out from causes to effects: plain SVG whose every link is a link.

It runs from left to right where it then fits the page, else from top to bottom where that is narrower.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.web.library import Library
from queries.evidence import claim_to_json

Json = dict[str, Any]
#: The points of a cubic Bézier curve, x before y: start, two that it bends towards, end.
_Line = tuple[int, int, int, int, int, int, int, int]

_WIDTH, _HEIGHT = 168, 30
#: From one step to the next, and from one thing to the next beside it: to the right, and downwards.
_ACROSS, _DOWN = (208, 44), (72, 184)
_MARGIN = 8
_MOST_LETTERS = 23
#: The width that is there for it on a wide screen.
_PAGE = 1016
#: So many things one behind the other are still told apart on a page.
_MOST_STEPS = 5
#: How far a link that passes by other things swings out, so that it is not hidden behind them.
_SWING_ACROSS, _SWING_DOWN = 38, 118


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
    """Nodes, links, and the place and size of the drawing in pixels."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    left: int
    top: int
    width: int
    height: int
    box: tuple[int, int] = (_WIDTH, _HEIGHT)


def network(chains: Sequence[Json], library: Library) -> Network | None:
    """The network of some chains; None where there are none."""
    step = _steps(chains)
    if not step:
        return None
    row, tallest = _rows(chains, step)
    across = _MARGIN + max(step.values()) * _ACROSS[0] + _WIDTH
    downwards = across > _PAGE and tallest * _DOWN[1] < across
    nodes = _placed(chains, step, row, downwards=downwards)
    edges: dict[tuple[str, str, str], Json] = {}
    for chain in chains:
        for edge, start, end in zip(chain["edges"], chain["path"], chain["path"][1:], strict=False):
            edges.setdefault((start["iri"], end["iri"], edge["label"]), edge)
    beside: dict[tuple[str, str], int] = defaultdict(int)
    links: list[Link] = []
    lines: list[_Line] = []
    for (start, end, label), edge in edges.items():
        first, last, shift = nodes[start], nodes[end], 6 * beside[start, end]
        swing = 0.0
        if step[end] - step[start] > 1:
            aside = first.x - last.x if downwards else first.y - last.y
            swing = math.copysign(_SWING_DOWN if downwards else _SWING_ACROSS, aside or (-1) ** len(lines))
        lines.append((_line_down if downwards else _line_across)(first, last, shift=shift, swing=int(swing)))
        links.append(
            Link(
                start=first,
                end=last,
                label=label,
                sign=edge["sign"],
                belief=edge["belief"],
                path="M{} {} C{} {} {} {} {} {}".format(*lines[-1]),
                claims=[claim for claim in edge["claims"] if claim["polarity"] == "affirmed"],
                against=_against(start, end, edge, library),
                because=str(edge.get("because", "")),
            )
        )
        beside[start, end] += 1
    xs = [x for line in lines for x in _extent(line[::2])]
    ys = [y for line in lines for y in _extent(line[1::2])]
    left = min(0, *(x - _MARGIN for x in xs))
    top = min(0, *(y - _MARGIN for y in ys))
    return Network(
        nodes=tuple(nodes.values()),
        links=tuple(links),
        left=left,
        top=top,
        width=max(*(node.x + _WIDTH for node in nodes.values()), *xs) + _MARGIN - left,
        height=max(*(node.y + _HEIGHT for node in nodes.values()), *ys) + _MARGIN - top,
    )


def drawn(chains: Sequence[Json]) -> list[Json]:
    """The chains that a drawing has room for: in their order, but for those that would make it too wide."""
    kept: list[Json] = []
    for chain in chains:
        if steps_of([*kept, chain]) <= _MOST_STEPS:
            kept.append(chain)
    return kept or list(chains)


def steps_of(chains: Sequence[Json]) -> int:
    """How many things stand one behind the other where chains are laid out from causes to effects."""
    return max(_steps(chains).values(), default=-1) + 1


def _steps(chains: Sequence[Json]) -> dict[str, int]:
    """How far from the start of a chain each thing stands."""
    step: dict[str, int] = {}
    for chain in chains:
        for place, node in enumerate(chain["path"]):
            step[node["iri"]] = max(place, step.get(node["iri"], 0))
    # What a chain only ends in stands last, whatever the length of the way to it.
    last = max(step.values(), default=0)
    ends = {chain["path"][-1]["iri"] for chain in chains}
    passed = {node["iri"] for chain in chains for node in chain["path"][:-1]}
    return step | dict.fromkeys(ends - passed, last)


def _rows(chains: Sequence[Json], step: Mapping[str, int]) -> tuple[dict[str, float], int]:
    """The place of each thing among those of its step, near what it comes from; and the most of a step."""
    sources: dict[str, list[str]] = defaultdict(list)
    for chain in chains:
        for start, end in pairwise(node["iri"] for node in chain["path"]):
            sources[end].append(start)
    tallest = max(Counter(step.values()).values())
    rows: dict[str, float] = {}
    for at in range(max(step.values()) + 1):
        here = [iri for iri in step if step[iri] == at]
        wanted = {
            iri: _mean([rows[source] for source in sources[iri] if source in rows], default=place)
            for place, iri in enumerate(here)
        }
        here.sort(key=lambda iri: wanted[iri])
        for place, iri in enumerate(here):
            rows[iri] = place + (tallest - len(here)) / 2
    return rows, tallest


def _placed(
    chains: Sequence[Json], step: Mapping[str, int], row: Mapping[str, float], *, downwards: bool
) -> dict[str, Node]:
    labels = {node["iri"]: node["label"] for chain in chains for node in chain["path"]}
    along, beside = _DOWN if downwards else _ACROSS
    placed = {}
    for iri, at in step.items():
        first, second = _MARGIN + at * along, _MARGIN + int(row[iri] * beside)
        x, y = (second, first) if downwards else (first, second)
        text = labels[iri]
        short = text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"
        placed[iri] = Node(iri, text, short, x, y)
    return placed


def _mean(values: Sequence[float], *, default: float) -> float:
    return sum(values) / len(values) if values else default


def _line_across(start: Node, end: Node, *, shift: int, swing: int) -> _Line:
    """The line from the right side of a thing to the left side of another."""
    x, y = start.x + _WIDTH, start.y + _HEIGHT // 2 + shift
    to_x, to_y = end.x - 6, end.y + _HEIGHT // 2 + shift
    bend = max(20, abs(to_x - x) // 2)
    return x, y, x + bend, y + swing, to_x - bend, to_y + swing, to_x, to_y


def _line_down(start: Node, end: Node, *, shift: int, swing: int) -> _Line:
    """The line from the lower side of a thing to the upper side of another."""
    x, y = start.x + _WIDTH // 2 + shift, start.y + _HEIGHT
    to_x, to_y = end.x + _WIDTH // 2 + shift, end.y - 6
    bend = max(20, abs(to_y - y) // 2)
    return x, y, x + swing, y + bend, to_x + swing, to_y - bend, to_x, to_y


def _extent(control: Sequence[int]) -> list[int]:
    """Where a cubic Bézier curve with these control values is at its ends and in between."""
    first, second, third, last = control
    parts = (at / 8 for at in range(9))
    return [
        round((1 - t) ** 3 * first + 3 * t * (1 - t) ** 2 * second + 3 * t**2 * (1 - t) * third + t**3 * last)
        for t in parts
    ]


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
