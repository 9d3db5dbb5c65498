"""Where things stand among readings, as arrays: a cell of a matrix is then a few intersections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]

_NONE: Positions = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """For each reading the keys of something it has (papers, studies), as runs of one array."""

    starts: Positions
    keys: Positions

    def of(self, positions: Positions) -> Positions:
        """The different keys of some readings, sorted."""
        first, count = self.starts[positions], self.starts[positions + 1] - self.starts[positions]
        return np.unique(self.keys[_runs(first, count)])

    def having(self, keys: Positions, positions: Positions) -> Positions:
        """Those of some readings that have any of the keys."""
        first, count = self.starts[positions], self.starts[positions + 1] - self.starts[positions]
        owner = np.repeat(positions, count)
        return np.unique(owner[np.isin(self.keys[_runs(first, count)], keys)])

    def greatest(self, values: npt.NDArray[np.float64], positions: Positions) -> npt.NDArray[np.float64]:
        """For each key of some readings the greatest of their values, one a reading."""
        first, count = self.starts[positions], self.starts[positions + 1] - self.starts[positions]
        keys, place = np.unique(self.keys[_runs(first, count)], return_inverse=True)
        found = np.zeros(len(keys))
        np.maximum.at(found, place, np.repeat(values[positions], count))
        return found


def occurrences(sets: Sequence[Iterable[str]]) -> Occurrences:
    """Number the keys of all readings."""
    numbers: dict[str, int] = {}
    keys = [numbers.setdefault(key, len(numbers)) for each in sets for key in sorted(each)]
    starts = np.zeros(len(sets) + 1, dtype=np.int64)
    starts[1:] = np.cumsum([len(tuple(each)) for each in sets])
    return Occurrences(starts, np.array(keys, dtype=np.int64))


def positions_by_thing(sets: Iterable[Iterable[str]]) -> dict[str, Positions]:
    """From each thing to the positions of the readings that have it, ascending."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, things in enumerate(sets):
        for iri in things:
            found[iri].append(at)
    return {iri: np.array(at, dtype=np.int64) for iri, at in found.items()}


def any_of(things: Iterable[str], table: Mapping[str, Positions]) -> Positions:
    """The positions of the readings that have any of the things, ascending."""
    return merged(*(table[iri] for iri in things if iri in table))


def merged(*parts: Positions) -> Positions:
    """All positions of several arrays, ascending, each once."""
    parts = tuple(part for part in parts if len(part))
    return parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts)) if parts else _NONE


def marks(positions: Positions, count: int) -> Marks:
    """Whether each of so many readings is among some positions."""
    found = np.zeros(count, dtype=np.bool_)
    found[positions] = True
    return found


def _runs(first: Positions, count: Positions) -> Positions:
    """The indices of runs, one after another."""
    if not len(count):
        return _NONE
    ends = np.cumsum(count)
    runs: Positions = np.arange(ends[-1]) + np.repeat(first - (ends - count), count)
    return runs
