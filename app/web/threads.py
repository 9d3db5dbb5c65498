"""How many requests are worked on at once, and what memory their threads may hold on to."""

from __future__ import annotations

import ctypes
import sys

import anyio.to_thread

#: Threads share one interpreter: more of them make no request faster, but each holds what it works on.
_THREADS = 8
_ARENA_MAX, _ARENAS = -8, 2  # mallopt(3)


def bound_threads() -> None:
    """Let few threads work at once, and share what memory they free; to be called in the event loop.

    The C library would else keep heaps for many threads, none of which it ever gives back.
    """
    anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        library.mallopt(_ARENA_MAX, _ARENAS)
