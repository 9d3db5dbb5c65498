"""Memory of a build over very many documents, in the process that builds and in its workers.

    python -m bench.memory [--documents 200] [--workers 1] [--step 50]

Builds made-up papers (of about 500 words) into a store on disk and prints the memory in use (RSS) of this
process and of its workers after every so many documents; the last line is ``growth=…``: the last figure of
the one that grew most against its first.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import defaultdict
from pathlib import Path

from app.build import Built, build
from app.sources import Source
from bench.papers import write_papers
from kg.store import open_store


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--step", type=int, default=50)
    options = parser.parse_args()
    seen: dict[int, list[float]] = defaultdict(list)
    done = 0

    def report(_: Built) -> None:
        nonlocal done
        done += 1
        if done % options.step == 0:
            for process in (os.getpid(), *_children(os.getpid())):
                seen[process].append(_megabytes(process))
            print(
                f"{done} documents: {', '.join(f'{sizes[-1]:.0f} MB' for sizes in seen.values())}", flush=True
            )

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        papers = Path(folder) / "papers"
        papers.mkdir()
        sources = [Source(path) for path in write_papers(papers, options.documents, sections=3)]
        store = open_store(Path(folder) / "store")
        build(sources, store, workers=options.workers, report=report)
    print(f"growth={max(each[-1] / each[0] for each in seen.values()):.2f}")


def _children(process: int) -> list[int]:
    """The processes that a process started and that hold more than a helper's memory."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [int(child) for child in listed if _megabytes(int(child)) > 50]


def _megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(resident.split()[1]) / 1024


if __name__ == "__main__":
    main()
