"""What stands next to a thing: the other end of every statement about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.html import listing_html
from kg.model import Entity
from kg.statements import Statement


@dataclass(frozen=True, slots=True, repr=False)
class Neighbour:
    """A thing that a statement joins to another, which is its object where the direction is "out"."""

    entity: Entity
    direction: Literal["out", "in"]
    statement: Statement

    def __repr__(self) -> str:
        return f"<{self.entity.label} ({self.direction}): {self.statement!r}>"


class Neighbours(list[Neighbour]):
    """Neighbours as a list that a notebook shows as a table."""

    def _repr_html_(self) -> str:
        return listing_html([near.statement for near in self], [near.entity.label for near in self])
