"""How long a question takes in a warm process.

    python -m bench.asking STORE QUESTIONS.jsonl [--runs N] [--slowest N]

Asks every question and paraphrase of a file over a store, after one pass that warms what a process keeps.
Seconds are those of the processor, which other programs do not lengthen. Prints the slowest questions; the
last line has the median and the 95th percentile in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

from kg.store import open_store
from queries.answer import ask


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("questions", type=Path, help="JSON Lines with a field question")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--slowest", type=int, default=5, help="how many slow questions to print")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.questions.read_text("utf-8").splitlines()]
    questions = [text for row in rows for text in (row["question"], *row.get("paraphrases", ()))]
    store = open_store(options.store, read_only=True)
    taken: dict[str, float] = {}
    for number in range(options.runs + 1):
        for question in questions:
            began = time.process_time()
            ask(question, store)
            spent = 1000 * (time.process_time() - began)
            if number:
                taken[question] = min(spent, taken.get(question, spent))
    slow = sorted(taken.items(), key=lambda pair: -pair[1])[: options.slowest]
    for question, spent in slow:
        print(f"{spent:8.0f} ms  {question}")
    times = sorted(taken.values())
    print(f"median={statistics.median(times):.0f} p95={times[int(0.95 * len(times))]:.0f} of={len(times)}")


if __name__ == "__main__":
    main()
