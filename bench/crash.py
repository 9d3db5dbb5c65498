"""Kill a build at random moments, open what is left, and build on: nothing may be half there.

    python -m bench.crash [--kills 50] [--documents 200]

Every document that is found after a kill must be whole, and the finished build must export the same bytes as
one that was never killed. Prints a line for each kill; the last line is ``broken=…``.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.claims_file import write_claims
from kg.export import export
from kg.model import Claim, Entity, Evidence, Quantity
from kg.read import stored_claims
from kg.store import documents, open_store

_BUILD = "from app.cli import main; main()"


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--documents", type=int, default=200)
    options = parser.parse_args()
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        papers = Path(folder) / "papers"
        papers.mkdir()
        sizes = {f"paper-{number:03d}": 20 + number % 30 for number in range(options.documents)}
        for name, size in sizes.items():
            write_claims(map(_claim, [name] * size, range(size)), papers / f"{name}.jsonl")
        start = time.perf_counter()
        _builder(papers, Path(folder) / "whole.db").wait()
        whole, wanted = time.perf_counter() - start, _exported(Path(folder) / "whole.db")
        random.seed(1)
        for kill in range(options.kills):
            store = Path(folder) / f"killed-{kill}.db"
            process = _builder(papers, store)
            time.sleep(random.uniform(0, whole))
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            found = _whole_documents(store)
            is_whole = all(count == sizes[name] for name, count in found.items())
            _builder(papers, store).wait()
            is_same = _exported(store) == wanted
            broken += not (is_whole and is_same)
            print(f"kill {kill + 1}: {len(found)} documents, whole: {is_whole}, same in the end: {is_same}")
    print(f"broken={broken}")


def _builder(papers: Path, store: Path) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-c", _BUILD, "build", str(papers), "--store", str(store)]
    return subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _whole_documents(store: Path) -> dict[str, int]:
    """How many claims come back of each document; none where the store was not there yet."""
    if not (store / "CURRENT").is_file():
        return {}
    opened = open_store(store)
    counted = {name: len(list(stored_claims(opened, document=name))) for name in documents(opened)}
    assert all(each.claims == counted[each.id] for each in documents(opened).values())
    return counted


def _exported(store: Path) -> bytes:
    output = io.BytesIO()
    export(open_store(store, read_only=True), "claims", output)
    return output.getvalue()


def _claim(document: str, number: int) -> Claim:
    quote = f"Sample {number} of {document} conducts."
    return Claim(
        subject=Entity((f"Li{number + 1}PS4",), "Material"),
        relation="ionic_conductivity",
        evidence=Evidence(document, 50 * number, 50 * number + len(quote), quote, extractor="bench"),
        quantity=Quantity((number + 1) * 1e-4, "S/cm"),
        conditions={"temperature_C": 25.0},
    )


if __name__ == "__main__":
    main()
