"""What a chain is: things, the steps between them, and what can be said of the whole."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, overload

from kg.model import Claim
from queries.evidence import claim_to_json

#: ``claims``: documents state it. ``join``: two names of one thing, or a thing and its kind. ``known``:
#: general knowledge, which names its reason.
Ground = Literal["claims", "join", "known"]
#: ``through``: a thing acts through a part of it. ``into``: a part acts through the whole.
Passage = Literal["", "through", "into"]
Json = dict[str, Any]
Item = TypeVar("Item")


class Later(Sequence[Item], Generic[Item]):
    """A sequence that is made when it is first looked at: of very many claims a question looks at few."""

    __slots__ = ("_items", "_make")

    def __init__(self, make: Callable[[], Sequence[Item]]) -> None:
        self._make = make
        self._items: Sequence[Item] | None = None

    @property
    def _made(self) -> Sequence[Item]:
        if self._items is None:
            self._items = self._make()
        return self._items

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        return self._made[at]

    def __len__(self) -> int:
        return len(self._made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class Told:
    """A relation that is affirmed somewhere, between two things by IRI, and what is behind it.

    ``ids`` are those of the claims. ``systems`` has, for each affirming claim, the compositions in which it
    holds; an empty set holds for all.
    """

    subject: str
    relation: str
    object: str
    belief: float
    claims: Sequence[Claim]
    ids: Sequence[str]
    systems: Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing that a chain passes: its IRI, its names (the canonical one first) and its kind.

    ``kinds`` are all those that a good part of its mentions give it, ``term`` is its class of the ontology.
    ``composition`` is the key of the formula that its label is, ``elements`` are those in its label.
    """

    iri: str
    names: tuple[str, ...]
    kind: str
    term: str = ""
    kinds: frozenset[str] = frozenset()
    composition: str = ""
    elements: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """The canonical name."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain, read from ``source`` to ``target``.

    ``sign`` is +1 where more of the source means more of the target and -1 where it means less. ``inverse``
    says that the claims state the relation from target to source ("is a dopant of"). ``because`` is the
    reason of a step that is more than the claims say. ``passage`` says whether it leads from a whole to a
    part or back, ``first`` that it stands only at the beginning of a chain. A step that rests on what some
    things leave behind comes ``after`` these. ``claims``, ``ids`` and ``systems`` are as in ``Told``.
    """

    source: str
    target: str
    relation: str
    label: str
    sign: int
    belief: float
    ground: Ground = "claims"
    claims: Sequence[Claim] = ()
    ids: Sequence[str] = ()
    inverse: bool = False
    because: str = ""
    passage: Passage = ""
    first: bool = False
    after: frozenset[str] = frozenset()
    systems: Sequence[frozenset[str]] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """A path of at least one step; ``nodes[i]`` and ``nodes[i + 1]`` are joined by ``steps[i]``.

    ``match`` (0 to 1) says how well the ends fit the names that were asked for. ``crossings`` holds the
    indices of steps that hold in another system than the steps before them.
    """

    nodes: tuple[Node, ...]
    steps: tuple[Step, ...]
    match: float = 1.0
    crossings: tuple[int, ...] = ()

    @property
    def sign(self) -> int:
        """+1 where more of the first thing means more of the last, -1 where it means less."""
        return math.prod(step.sign for step in self.steps)

    @property
    def belief(self) -> float:
        """The product of the steps' beliefs."""
        return math.prod(step.belief for step in self.steps)

    @property
    def stated(self) -> tuple[Step, ...]:
        """The steps that documents state."""
        return tuple(step for step in self.steps if step.ground == "claims")

    @property
    def weakest(self) -> int:
        """The index of the step with the least belief among those that documents state."""
        stated = [at for at, step in enumerate(self.steps) if step.ground == "claims"]
        return min(stated, key=lambda at: self.steps[at].belief)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must be granted beyond the claims: joined names, general knowledge, changes of system."""
        return tuple(self._assumptions())

    def _assumptions(self) -> Iterator[str]:
        for at, step in enumerate(self.steps):
            source, target = self.nodes[at].label, self.nodes[at + 1].label
            if step.ground == "join":
                yield f"“{source}” {step.label} “{target}”"
            elif step.because:
                yield f"{step.because} (“{source}” → “{target}”)"
            if at in self.crossings:
                systems = ", ".join(sorted({name for names in step.systems for name in names}))
                where = f"was found in another system ({systems})" if systems else "may be of another system"
                yield f"“{source}” → “{target}” {where}"

    @property
    def text(self) -> str:
        """The chain in words.

        The names are those of the graph: ``LiF —suppresses→ dendrite growth —promotes→ short circuit``.
        """
        words = [self.nodes[0].label]
        for step, node in zip(self.steps, self.nodes[1:], strict=True):
            words.append(f"—{step.label}→ {node.label}")
        return " ".join(words)

    def path_to_json(self) -> list[Json]:
        """The things that the chain passes."""
        return [
            {"label": node.label, "names": list(node.names), "iri": node.iri, "type": node.kind}
            for node in self.nodes
        ]

    def to_json(self) -> Json:
        """The chain in the shape of the command line's contract."""
        return {
            "path": self.path_to_json(),
            "edges": [_step_to_json(step) for step in self.steps],
            "sign": self.sign,
            "belief": round(self.belief, 4),
            "weakest": self.weakest,
            "match": round(self.match, 4),
            "assumptions": list(self.assumptions),
            "text": self.text,
        }


def _step_to_json(step: Step) -> Json:
    row: Json = {
        "relation": step.relation,
        "label": step.label,
        "inverse": step.inverse,
        "sign": step.sign,
        "belief": round(step.belief, 4),
        "ground": step.ground,
        "claims": [claim_to_json(claim) for claim in step.claims],
    }
    return row | {"because": step.because} if step.because else row
