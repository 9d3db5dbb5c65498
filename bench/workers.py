"""Documents a second with one worker and with several, in turn.

    python -m bench.workers [--workers 2] [--documents 100] [--rounds 3]

Each round builds the same made-up papers (of about 1600 words) into new stores in memory, with one worker and
then with several, the start of the processes included. Prints the seconds of each, and the ratio that the
processor time of both allows where so many cores are free; the last line is ``ratio=…``, the median by the
clock. Other work on the machine falsifies the clock: the load before each round is printed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from app.build import build
from app.sources import Source
from bench.papers import write_papers
from kg.store import memory_store


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sources = [Source(path) for path in write_papers(Path(folder), options.documents, sections=10)]
        _seconds(sources[:1], 1)
        ratios = []
        for number in range(1, options.rounds + 1):
            load = os.getloadavg()[0]
            (one, alone), (several, shared) = _seconds(sources, 1), _seconds(sources, options.workers)
            ratios.append(one / several)
            speeds = [
                f"{count} workers {seconds:.1f} s, {len(sources) / seconds:.2f} documents/s"
                for count, seconds in ((1, one), (options.workers, several))
            ]
            allowed = alone / (shared / options.workers)
            found = f"{'; '.join(speeds)}; ratio {ratios[-1]:.2f} (by processor time {allowed:.2f})"
            print(f"round {number} (load {load:.1f}): {found}", flush=True)
    print(f"ratio={statistics.median(ratios):.2f}")


def _seconds(sources: list[Source], workers: int) -> tuple[float, float]:
    """Seconds by the clock and of processor time, that of the workers included."""
    start, used = time.perf_counter(), _used()
    built = build(sources, memory_store(), workers=workers)
    assert all(item.outcome == "added" for item in built)
    return time.perf_counter() - start, _used() - used


def _used() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    main()
