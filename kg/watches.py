"""What somebody wants to be told the changes of: questions, chains and cells, kept in the store.

The graph ``watches`` belongs to one store and not to what it holds: no export has it. What the answer was
when it was last looked at is kept as JSON, whose shape is up to who asks (``queries.watching``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import pyoxigraph as ox

from kg import vocabulary as v
from kg.matching import matching
from kg.updates import change
from kg.vocabulary import lg
from ontology.lexicon import THINGS

Kind = Literal["question", "chain", "cell"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class WatchError(ValueError):
    """A watch that cannot be kept or is not there: says what was expected."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched: a question, the ends of a chain (empty for any), or the row and column of a cell.

    ``seen`` is the answer as of the day ``on``.
    """

    kind: Kind
    asks: tuple[str, ...]
    on: str = ""
    seen: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wanted = 1 if self.kind == "question" else 2
        if len(self.asks) != wanted:
            expected = "one question" if wanted == 1 else "two names"
            raise WatchError(f"a {self.kind} is watched by {expected}, not by {len(self.asks)}")

    @property
    def id(self) -> str:
        """Content hash of what is watched."""
        text = json.dumps([self.kind, *self.asks], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    @property
    def text(self) -> str:
        """What is watched in a line."""
        joined = {"question": "", "chain": " → ", "cell": " × "}[self.kind]
        return joined.join(each or "anything" for each in self.asks)


def stored_watches(store: ox.Store) -> list[Watch]:
    """The watches of a store, by kind and text."""
    found = []
    for quad in matching(store, None, v.TYPE, lg("Watch"), v.WATCH_GRAPH):
        facts = {
            each.predicate.value: str(getattr(each.object, "value", ""))
            for each in matching(store, quad.subject, None, None, v.WATCH_GRAPH)
        }
        kind, *asks = json.loads(facts[lg("record").value])
        seen = json.loads(facts[lg("seen").value])
        found.append(Watch(kind, tuple(asks), facts.get(v.DATE.value, ""), seen))
    return sorted(found, key=lambda watch: (watch.kind, watch.text))


def find_watch(store: ox.Store, id_: str) -> Watch:
    """The watch with an id, or with an id that starts so. Raises WatchError."""
    found = [watch for watch in stored_watches(store) if id_ and watch.id.startswith(id_)]
    if len(found) != 1:
        raise WatchError(
            f"{len(found)} watches have ids that start with {id_!r}; see `lithograph watch list`"
        )
    return found[0]


def keep_watch(store: ox.Store, watch: Watch) -> None:
    """Keep a watch with what was seen; an earlier record of the same watch goes."""
    node = _node(watch)
    record = json.dumps([watch.kind, *watch.asks], ensure_ascii=False)
    seen = json.dumps(watch.seen, ensure_ascii=False)
    facts: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (v.TYPE, lg("Watch")),
        (lg("record"), ox.Literal(record, datatype=v.JSON)),
        (lg("seen"), ox.Literal(seen, datatype=v.JSON)),
    ]
    if watch.on:
        facts.append((v.DATE, ox.Literal(watch.on, datatype=v.DAY)))
    before = set(matching(store, node, None, None, v.WATCH_GRAPH))
    after = {ox.Quad(node, predicate, object_, v.WATCH_GRAPH) for predicate, object_ in facts}
    change(store, remove=before - after, add=after - before)


def drop_watch(store: ox.Store, watch: Watch) -> None:
    """Watch something no longer."""
    change(store, remove=set(matching(store, _node(watch), None, None, v.WATCH_GRAPH)))


def _node(watch: Watch) -> ox.NamedNode:
    return ox.NamedNode(f"{THINGS}watch/{watch.id}")
