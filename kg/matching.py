"""The quads of a store that match a pattern, and the rows of a query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.vocabulary import PREFIXES


def matching(
    store: ox.Store, subject: Any = None, predicate: Any = None, object: Any = None, graph: Any = None
) -> list[ox.Quad]:
    """The quads with some subject, predicate, object and graph; None stands for any.

    They are read at once: a cursor of the store belongs to the thread that opened it, and one that a
    half-read loop leaves behind may be let go by another.
    """
    return list(store.quads_for_pattern(subject, predicate, object, graph))


def solutions(store: ox.Store, query: str) -> ox.QuerySolutions:
    """The solutions of a SELECT over all graphs of a store; the prefixes of the vocabulary are known."""
    found = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return found


def selected(store: ox.Store, query: str) -> Iterator[tuple[str, ...]]:
    """The rows of a SELECT as plain text."""
    for solution in solutions(store, query):
        yield tuple(map(text_of, solution))


def text_of(term: object) -> str:
    """A name or a literal as plain text, any other term as it is written."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
