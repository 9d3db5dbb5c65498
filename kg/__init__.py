"""The graph: claims with their evidence, kept in a store and assembled into what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["KnowledgeGraph"]


def __getattr__(name: str) -> object:
    """``KnowledgeGraph``, imported when it is first asked for: the parts of kg stay quick to import."""
    if name == "KnowledgeGraph":
        from kg.graph import KnowledgeGraph  # noqa: PLC0415

        return KnowledgeGraph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
