"""How the time of some work grows with its text: a ratio, so that a slow machine changes nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Work that takes less processor time than this, in seconds, is too quick to be judged.
_TOO_QUICK = 0.05


def growth(work: Callable[[str], object], pattern: str, *, size: int = 2000, times: int = 4) -> float:
    """How many times longer the work takes on a text of a repeated pattern that is ``times`` as long.

    Linear work gives about ``times``, quadratic work its square. Processor time, the best of three each.
    """
    short, long = ((pattern * length)[:length] for length in (size, size * times))
    work(short)
    last = min(_seconds(work, long) for _ in range(3))
    return 0.0 if last < _TOO_QUICK else last / min(_seconds(work, short) for _ in range(3))


def _seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start
