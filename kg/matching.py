"""The quads of a store that match a pattern."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox


def matching(
    store: ox.Store, subject: Any = None, predicate: Any = None, object: Any = None, graph: Any = None
) -> list[ox.Quad]:
    """The quads with some subject, predicate, object and graph; None stands for any.

    They are read at once: a cursor of the store belongs to the thread that opened it, and one that a
    half-read loop leaves behind may be let go by another.
    """
    return list(store.quads_for_pattern(subject, predicate, object, graph))
