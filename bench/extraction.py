"""Time of the whole extraction of a document against the bare spaCy parse of the same text.

    python -m bench.extraction [DOCUMENT] [--runs N]

The two alternate in one process after a warm-up of each, so that a machine that slows down slows both.
Prints each round's seconds and the median ratio; the last line is ``ratio=…``.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from corpus import notes
from extract.nlp import model_name
from extract.pipeline import extract_claims
from extract.readers import read_document


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", nargs="?", type=Path, help="a paper; the bundled corpus where none is given")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    documents = [read_document(path) for path in ([options.document] if options.document else notes())]
    bare = spacy.load(model_name())

    def parse() -> None:
        for document in documents:
            paragraphs = [part for part in document.text.split("\n\n") if part.strip()]
            for _ in bare.pipe(paragraphs):
                pass

    def extract() -> None:
        for document in documents:
            extract_claims(document)

    parse(), extract()
    ratios = []
    for number in range(1, options.runs + 1):
        rival, ours = _seconds(parse), _seconds(extract)
        ratios.append(ours / rival)
        print(f"run {number}: bare spaCy {rival:.2f} s, extraction {ours:.2f} s, ratio {ratios[-1]:.2f}")
    print(f"ratio={statistics.median(ratios):.2f}")


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
