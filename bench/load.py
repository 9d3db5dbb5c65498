"""Mixed load on a server for some minutes: pages, questions, chains, queries, exports, tools for agents.

    python -m bench.load [--store DIR] [--clients 20] [--minutes 10]

Each client sends one request after the other. Prints every half minute how many were answered, their median
and 95th percentile, and the memory of the server with its workers; the last line is
``requests=… errors=… memory_growth=…``, growth from the second to the last fifth of the time.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bench.runaway import LIGHT, memory_of
from bench.serving import demo_store, started, wait_until_ready

_PATIENCE = 120
_TOLD, _SAMPLED = 30, 2
#: Memory goes up and down with what is under way, so its median over this part of the time is taken.
_PART = 0.2

_AGENT = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "ask", "arguments": {"question": "What suppresses lithium dendrite growth?"}},
}
_AGENT_HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


@dataclass(slots=True)
class Record:
    """What was answered so far, and how long that took in seconds."""

    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or demo_store(Path(folder))
        with started(store, "--rate", "0") as server:
            wait_until_ready(server.url)
            _run(server.url, server.process.pid, clients=options.clients, seconds=60 * options.minutes)


def addresses() -> list[str]:
    """The addresses that are asked for, some more than once to be asked for more often."""
    questions = ("What suppresses lithium dendrite growth?", "What is the ionic conductivity of Li6PS5Cl?")
    asked = [urllib.parse.urlencode({"q": question}) for question in questions]
    query = urllib.parse.urlencode({"query": LIGHT})
    return [
        *(f"/?{each}" for each in asked),
        *(f"/api/v1/ask?{each}" for each in asked),
        *(f"/sparql?{query}&format={form}" for form in ("json", "csv", "xml", "tsv")),
        "/chains?from=dopant&to=lithium+dendrite+growth",
        "/gaps?rows=dopant&columns=failure+mechanism",
        "/gaps?kind=open-questions",
        "/properties/ionic_conductivity",
        "/id/Li6PS5Cl",
        "/document/failure-compatibility-paradox",
        "/query?query=ASK+%7B%7D",
        "/ontology",
        "/about",
        "/static/style.css",
        "/api/v1/documents",
        "/api/v1/export/turtle",
        "/mcp",
    ]


def _run(url: str, pid: int, *, clients: int, seconds: float) -> None:
    record, stop = Record(), threading.Event()
    threads = [threading.Thread(target=_client, args=(url, seed, record, stop)) for seed in range(clients)]
    began, seen, told = time.perf_counter(), 0, 0.0
    samples: list[tuple[float, int]] = []
    for thread in threads:
        thread.start()
    while (passed := time.perf_counter() - began) < seconds:
        time.sleep(_SAMPLED)
        samples.append((passed / seconds, memory_of(pid)))
        if passed - told >= _TOLD:
            lately, told = record.seconds[seen:], passed
            seen += len(lately)
            print(
                f"{passed:5.0f} s  {seen:6d} answered  median {_quantile(lately, 0.5):5.0f} ms  "
                f"p95 {_quantile(lately, 0.95):6.0f} ms  memory {samples[-1][1] / 1e6:.0f} MB",
                flush=True,
            )
    stop.set()
    for thread in threads:
        thread.join()
    warm, late = (
        statistics.median(memory for at, memory in samples if first <= at < first + _PART)
        for first in (_PART, 1 - _PART)
    )
    for fault, count in record.faults.most_common(10):
        print(f"fault: {fault}, {count} times")
    print(f"memory after the warm-up {warm / 1e6:.0f} MB, at the end {late / 1e6:.0f} MB")
    print(
        f"requests={len(record.seconds)} errors={record.faults.total()} memory_growth={late / warm - 1:.3f}"
    )


def _quantile(seconds: list[float], part: float) -> float:
    """In milliseconds; not a number where nothing was answered."""
    return 1000 * sorted(seconds)[int(part * len(seconds))] if seconds else math.nan


def _client(url: str, seed: int, record: Record, stop: threading.Event) -> None:
    choice, known = random.Random(seed), addresses()
    while not stop.is_set():
        address = choice.choice(known)
        data, headers = (json.dumps(_AGENT).encode(), _AGENT_HEADERS) if address == "/mcp" else (None, {})
        request = urllib.request.Request(url + address, data=data, headers=headers)
        began = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
                answer.read()
        except (OSError, urllib.error.URLError) as error:
            record.faults[f"{address}: {error}"] += 1
        record.seconds.append(time.perf_counter() - began)


if __name__ == "__main__":
    main()
