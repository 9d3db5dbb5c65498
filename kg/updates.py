"""Changes of a store as one SPARQL update each, which happens wholly or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pyoxigraph as ox


def change(
    store: ox.Store,
    *,
    remove: Iterable[ox.Quad] = (),
    add: Iterable[ox.Quad] = (),
    drop: Iterable[ox.NamedNode] = (),
) -> None:
    """Drop graphs, remove quads and add quads in one transaction; no quad to remove may hold a blank node."""
    steps = [f"DROP SILENT GRAPH {graph}" for graph in drop]
    for verb, quads in (("DELETE", remove), ("INSERT", add)):
        blocks = _blocks(quads)
        if blocks:
            steps.append(f"{verb} DATA {{ {blocks} }}")
    if steps:
        store.update(" ;\n".join(steps))
        _writes[id(store)] += 1


def add_new(store: ox.Store, quads: Sequence[ox.Quad]) -> None:
    """Add quads that the store does not have yet, wholly or not at all, and faster than ``change``."""
    store.bulk_extend(quads)
    _writes[id(store)] += 1


#: How often each store was written to by this process. Nothing else can change what it sees of it.
_writes: Counter[int] = Counter()


def writes(store: ox.Store) -> int:
    """A number that is another one after each change of a store that is held."""
    return _writes[id(store)]


def as_stored(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The quads with their literals in the form in which the store returns them."""
    memory = ox.Store()
    memory.extend(quads)
    return set(memory)


def _blocks(quads: Iterable[ox.Quad]) -> str:
    """Quads as SPARQL writes them, one GRAPH block for each graph."""
    by_graph: dict[str, list[str]] = {}
    for quad in quads:
        by_graph.setdefault(str(quad.graph_name), []).append(f"{quad.triple} .")
    return "\n".join(f"GRAPH {graph} {{ {' '.join(triples)} }}" for graph, triples in by_graph.items())
