"""Copies of the store that the server reads, so that others can write to the store itself.

A store that this process may not write to is read where it is: copying one takes a lock, which is a file.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.store import open_store, snapshot

Value = TypeVar("Value")

#: What still reads the copy before the newest one may go on doing so.
_KEPT = 2


class Snapshots:
    """Numbered copies of one store in a temporary folder, of which the newest are kept until it is closed."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._taken: list[Path] = []

    def take(self) -> Path:
        """The folder of a copy of the store as it is now, or of the store itself. Raises StoreError."""
        if self.store.exists() and not os.access(self.store, os.W_OK):
            open_store(self.store, read_only=True)
            return self.store
        return self.change(lambda _: None)[1]

    def close(self) -> None:
        """Remove all copies."""
        if self._folder is not None:
            self._folder.cleanup()

    def change(self, work: Callable[[ox.Store], Value]) -> tuple[Value, Path]:
        """Open the store for writing, do some work on it, and copy it; what the work gave, and the copy.

        Raises StoreError where somebody else is writing, and what the work raises.
        """
        original = open_store(self.store)
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="lithograph-")
        copy = Path(self._folder.name) / f"store-{len(self._taken)}"
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
