"""How soon the server is ready, and how soon it then answers its first question.

    python -m bench.serving [--store DIR] [--runs N]

Starts ``lithograph serve`` anew for each run, over a graph of the bundled corpus where no store is given.
Prints for each run the seconds from the start of the process until the first page comes, until ``/ready``
says so, the milliseconds of the first question, and the processor seconds that all this took. Other programs
on the machine lengthen what a clock shows, so the last line, ``startup=… first_answer=…``, has the best run.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus import NOTES

COMMAND = (sys.executable, "-c", "from app.cli import main; main()")
_QUESTION = "Which electrolytes have an ionic conductivity above 10 mS/cm?"
_PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Started:
    """A running server: its address, its process and when the process was started."""

    url: str
    process: subprocess.Popen[str]
    at: float


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or demo_store(Path(folder))
        times = [_run(store) for _ in range(options.runs)]
    ready, first = (min(each) for each in zip(*times, strict=True))
    print(f"startup={ready:.2f} first_answer={first:.0f}")


def demo_store(folder: Path) -> Path:
    """A store of the bundled corpus."""
    store = folder / "demo.db"
    subprocess.run([*COMMAND, "build", str(NOTES), "--store", str(store)], check=True, capture_output=True)
    return store


@contextmanager
def started(store: Path, *options: str) -> Iterator[Started]:
    """A server in a process of its own at a free port; it is stopped at the end."""
    began = time.perf_counter()
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--store", str(store), *options],
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        told = ""
        while not (found := re.search(r"http://\S+", told)):
            line = process.stderr.readline()
            if not line:
                raise SystemExit(f"the server did not start: {told}")
            told += line
        # What it says later is passed on: a pipe that nobody reads would be full one day, and stop it.
        threading.Thread(target=shutil.copyfileobj, args=(process.stderr, sys.stderr), daemon=True).start()
        try:
            yield Started(found[0], process, began)
        finally:
            process.terminate()


def fetch(url: str, *, patience: float = _PATIENCE) -> int:
    """The status of an address, read to its end."""
    try:
        with urllib.request.urlopen(url, timeout=patience) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def wait_until_ready(url: str) -> None:
    """Return as soon as the server says that it is ready."""
    while fetch(f"{url}/ready") != 200:
        time.sleep(0.01)


def _run(store: Path) -> tuple[float, float]:
    with started(store) as server:
        fetch(f"{server.url}/health")
        port = time.perf_counter() - server.at
        wait_until_ready(server.url)
        ready = time.perf_counter() - server.at
        began = time.perf_counter()
        status = fetch(f"{server.url}/?q={urllib.parse.quote(_QUESTION)}")
        first = 1000 * (time.perf_counter() - began)
        assert status == 200
        spent = _processor_seconds(server.process.pid)
    print(f"open={port:.2f} s  ready={ready:.2f} s  first answer={first:.0f} ms  processor={spent:.2f} s")
    return ready, first


def _processor_seconds(pid: int) -> float:
    """What a process has spent, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
