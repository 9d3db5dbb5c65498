"""What light queries have to wait for while runaway queries are sent without pause.

    python -m bench.runaway [--store DIR] [--clients 50] [--seconds 60]

Each client sends one runaway query after the other: a product with ORDER BY, an endless count, an endless
path, 20,000 brackets; no two are alike, so that none is refused for what is remembered of another. Beside
them one light query is sent every tenth of a second. Prints its 95th percentile idle and under that load,
what became of the runaway queries, and the memory of server and workers before and after; the last line is
``p95_ratio=… memory_growth=…``.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import random
import statistics
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

from bench.serving import demo_store, started, wait_until_ready

LIGHT = "SELECT ?s WHERE { ?s a lg:Measurement } LIMIT 5"
RUNAWAY = (
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f ?i",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT (COUNT(*) AS ?n) { ?a (<x:a>|!<x:b>)* ?b . ?b (<x:a>|!<x:b>)* ?c . ?c (<x:a>|!<x:b>)* ?d }",
    "SELECT * " + "{" * 20_000 + "}" * 20_000,
)
_PAUSE = 0.1
_PATIENCE = 120


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or demo_store(Path(folder))
        with started(store) as server:
            wait_until_ready(server.url)
            _run(server.url, server.process.pid, clients=options.clients, seconds=options.seconds)


def _run(url: str, pid: int, *, clients: int, seconds: float) -> None:
    refused = Counter[int]()
    idle = _light(url, refused, seconds=min(seconds, 10))
    before = memory_of(pid)
    context = multiprocessing.get_context("spawn")
    stop, told = context.Event(), context.Queue()
    # A process of their own: in ours, light queries would wait for the clients instead of for the server.
    rush = context.Process(target=_rush, args=(url, clients, stop, told))
    rush.start()
    time.sleep(2)
    busy = _light(url, refused, seconds=seconds)
    stop.set()
    outcomes: Counter[str] = told.get()
    rush.join()
    time.sleep(2)
    after = memory_of(pid)
    print(
        f"light query: idle p95={1000 * _p95(idle):.1f} ms, under load p95={1000 * _p95(busy):.1f} ms, ",
        end="",
    )
    print(f"median={1000 * statistics.median(busy):.1f} ms, longest={1000 * max(busy):.0f} ms of {len(busy)}")
    print("runaway queries: " + ", ".join(f"{key}: {count}" for key, count in sorted(outcomes.items())))
    print(f"memory: {before / 1e6:.0f} MB before, {after / 1e6:.0f} MB after")
    print(f"light queries refused: {refused.total()}")
    print(f"p95_ratio={_p95(busy) / _p95(idle):.1f} memory_growth={after / before - 1:.2f}")


def _light(url: str, refused: Counter[int], *, seconds: float) -> list[float]:
    """The seconds that each of the light queries took; those that were not answered are counted."""
    waits, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.perf_counter()
        status = _ask(url, LIGHT)
        waits.append(time.perf_counter() - began)
        refused[status] += status != 200
        time.sleep(_PAUSE)
    return waits


def _rush(url: str, clients: int, stop: Event, told: Queue[Counter[str]]) -> None:
    outcomes, numbers = Counter[str](), itertools.count()
    threads = [
        threading.Thread(target=_run_away, args=(url, numbers, stop, outcomes)) for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.put(outcomes)


def _run_away(url: str, numbers: Iterator[int], stop: Event, outcomes: Counter[str]) -> None:
    while not stop.is_set():
        number = next(numbers)
        began = time.perf_counter()
        status = _ask(url, f"{RUNAWAY[number % len(RUNAWAY)]} # {number}")
        outcomes[str(status)] += 1
        outcomes["slower than 45 s"] += time.perf_counter() - began > 45
        time.sleep(random.uniform(0, 0.2))


def _ask(url: str, query: str) -> int:
    data = urllib.parse.urlencode({"query": query}).encode()
    request = urllib.request.Request(f"{url}/sparql", data=data)
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.read()
        return error.code


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * len(values))]


def memory_of(pid: int) -> int:
    """Bytes of memory that a process and all below it hold, what they share counted once each."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
    return sum(_memory(each) for each in parents if pid in _line_of(each, parents))


def _line_of(pid: int, parents: dict[int, int]) -> Iterator[int]:
    """Yield a process and all above it."""
    while pid in parents:
        yield pid
        pid = parents[pid]


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
