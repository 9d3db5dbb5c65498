"""How long a question takes in a warm process.

    python -m bench.asking STORE [QUESTIONS.jsonl] [--claims N] [--runs N] [--slowest N]

Asks every question and paraphrase of a file over a store, after one pass that warms what a process keeps;
without a file the questions of bench/literature.yaml, which have every shape. With ``--claims`` the store is
made first, of a literature of so many claims (``bench.literature``). Seconds are those of the processor,
which other programs do not lengthen, though they make it slower: compare with a small store in the same
hour. Prints how long it took to open the graph, the first time that a question was asked, and the slowest
questions; the last line has the median, the 95th percentile and the longest in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from pathlib import Path

from bench.literature import literature_data, write_literature
from kg.store import open_store
from queries.answer import ask, open_for_questions


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("questions", type=Path, nargs="?", help="JSON Lines with a field question")
    parser.add_argument(
        "--claims", type=int, help="write a literature of so many claims into the store first"
    )
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--slowest", type=int, default=5, help="how many slow questions to print")
    options = parser.parse_args()
    if options.claims:
        write_literature(options.store, options.claims)
    questions = _questions(options.questions)
    store = open_store(options.store, read_only=True)
    began = time.process_time()
    opened = open_for_questions(store)
    found = len(opened.columns.ids)
    print(
        f"{found} claims of {len(opened.index.labels)} things opened in {time.process_time() - began:.1f} s"
    )
    first: dict[str, float] = {}
    taken: dict[str, float] = {}
    for number in range(options.runs + 1):
        for question in questions:
            opened.claims_read.clear()
            began = time.process_time()
            ask(question, store)
            spent = 1000 * (time.process_time() - began)
            if number:
                taken[question] = min(spent, taken.get(question, spent))
            else:
                first[question] = spent
    slow = sorted(taken.items(), key=lambda pair: -pair[1])[: options.slowest]
    for question, spent in slow:
        print(f"{spent:8.0f} ms  {question}")
    times = sorted(taken.values())
    told = sorted(first.values())
    print(f"first time: median {statistics.median(told):.0f} ms, longest {told[-1]:.0f} ms")
    p95 = times[int(0.95 * len(times))]
    print(f"median={statistics.median(times):.0f} p95={p95:.0f} longest={times[-1]:.0f} of={len(times)}")


def _questions(path: Path | None) -> list[str]:
    if path is None:
        return [question for asked in literature_data()["questions"].values() for question in asked]
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [text for row in rows for text in (row["question"], *row.get("paraphrases", ()))]


if __name__ == "__main__":
    main()
