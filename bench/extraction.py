"""Time of the whole extraction of a document against the bare spaCy parse of the same text.

    python -m bench.extraction [DOCUMENT] [--runs N] [--profile]

The rival parses the plain text of the document's own passages, without bibliography and front matter and
without named entities, so that nothing is counted for us that we leave out. Ours is everything from the file
to the claims. The two alternate in one process after a warm-up of each, so that a machine that slows down
slows both. Seconds are those of the processor, which other programs do not lengthen. Prints each round's
seconds and characters a second; the last line is ``ratio=…``, the median.
``--profile`` prints instead where the time of one extraction goes.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from corpus import notes
from extract.nlp import model_name
from extract.passages import passages
from extract.pipeline import extract_claims
from extract.readers import read_document


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("document", nargs="?", type=Path, help="a paper; by default the bundled corpus")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    paths = [options.document] if options.document else list(notes())
    texts = [passage.text for path in paths for passage in passages(read_document(path))]
    bare = spacy.load(model_name(), exclude=["ner"])

    def parse() -> None:
        for _ in bare.pipe(texts):
            pass

    def extract() -> None:
        for path in paths:
            extract_claims(read_document(path))

    extract()
    if options.profile:
        _profile(extract)
        return
    parse()
    size = sum(map(len, texts))
    ratios = []
    for number in range(1, options.runs + 1):
        rival, ours = _seconds(parse), _seconds(extract)
        ratios.append(ours / rival)
        print(
            f"run {number}: bare spaCy {rival:.2f} s ({size / rival:,.0f} characters/s), "
            f"extraction {ours:.2f} s ({size / ours:,.0f} characters/s), ratio {ratios[-1]:.2f}"
        )
    print(f"ratio={statistics.median(ratios):.2f}")


def _seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _profile(work: Callable[[], None]) -> None:
    profile = cProfile.Profile()
    profile.runcall(work)
    pstats.Stats(profile).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main()
