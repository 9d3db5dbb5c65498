"""Changes of a store as one SPARQL update each, which happens wholly or not at all."""

from __future__ import annotations

from collections.abc import Iterable

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
