"""Measures in the text format of Prometheus, and the memory of this process."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_STATM = Path("/proc/self/statm")


def metric_lines(name: str, kind: str, values: Mapping[str, float]) -> Iterator[str]:
    """Yield the lines of one measure, its values by their labels.

    >>> list(metric_lines("hits", "counter", {'route="/"': 3.0}))
    ['# TYPE hits counter', 'hits{route="/"} 3']
    """
    yield f"# TYPE {name} {kind}"
    for labels, value in values.items():
        yield f"{name}{{{labels}}} {value:.15g}" if labels else f"{name} {value:.15g}"


def memory_in_use() -> int:
    """Bytes of memory that this process holds; where the system does not tell, the most that it has held."""
    if _STATM.exists():
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
