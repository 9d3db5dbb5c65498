"""Copies of the store that the server reads, so that others can write to the store itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.store import open_store, snapshot

Value = TypeVar("Value")

#: What still reads the copy before the newest one may go on doing so.
_KEPT = 2


class Snapshots:
    """Numbered copies of one store in one folder, of which the newest are kept."""

    def __init__(self, store: Path, folder: Path) -> None:
        self.store = store
        self._folder = folder
        self._taken: list[Path] = []

    def take(self) -> Path:
        """Copy the store as it is now; the folder of the copy. Raises StoreError."""
        return self.change(lambda _: None)[1]

    def change(self, work: Callable[[ox.Store], Value]) -> tuple[Value, Path]:
        """Open the store for writing, do some work on it, and copy it; what the work gave, and the copy.

        Raises StoreError where somebody else is writing, and what the work raises.
        """
        copy = self._folder / f"store-{len(self._taken)}"
        original = open_store(self.store)
        try:
            value = work(original)
            original.flush()
            snapshot(original, copy)
        except Exception as error:
            # The frames of the traceback would hold the store, and its lock, for as long as the error lives.
            raise error.with_traceback(None) from None
        finally:
            del original
        self._taken.append(copy)
        for old in self._taken[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
        return value, copy
