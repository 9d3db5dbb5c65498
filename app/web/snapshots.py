"""Copies of the store that the server reads, so that others can write to the store itself."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg.store import open_store, snapshot

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
        copy = self._folder / f"store-{len(self._taken)}"
        original = open_store(self.store)
        snapshot(original, copy)
        del original
        self._taken.append(copy)
        for old in self._taken[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
        return copy
