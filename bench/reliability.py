"""How often each extractor reads what the text says, judged by the annotation of the same text.

    python -m bench.reliability [--gold DOCUMENT CLAIMS]...

A claim is right where the annotation states the same fact anywhere in the document. Prints, for each
extractor, how many claims were right of how many read, and (right + 1) / (read + 2), the number for
kg/belief.yaml; an extractor judged fewer than ten times is counted under its family. The last line is
``overall=…``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from corpus import annotation, notes
from extract.pipeline import extract_claims
from extract.readers import read_document
from kg.claims_file import read_claims
from tests.corpus.agreement import agrees

#: How often an extractor must have been judged to have a number of its own.
_ENOUGH = 10


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--gold", nargs=2, type=Path, action="append", default=[], metavar=("DOCUMENT", "CLAIMS")
    )
    options = parser.parse_args()
    read, right = judged([*((note, annotation(note)) for note in notes()), *options.gold])
    for name in reliabilities(read):
        print(f"{name}: {(right[name] + 1) / (read[name] + 2):.2f}  # {right[name]} of {read[name]}")
    print(f"overall={right.total() / max(read.total(), 1):.2f}")


def judged(annotated: list[tuple[Path, Path]]) -> tuple[Counter[str], Counter[str]]:
    """How many claims each extractor read in documents, and how many of them their annotation states too."""
    read: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for document, claims in annotated:
        wanted = list(read_claims(claims))
        for claim in extract_claims(read_document(document)):
            extractor = claim.evidence.extractor
            read[extractor] += 1
            right[extractor] += any(agrees(other, claim) for other in wanted)
    few = [name for name, count in read.items() if count < _ENOUGH]
    for counts in (read, right):
        for name in few:
            counts[name.partition(".")[0]] += counts.pop(name, 0)
    return read, right


def reliabilities(read: Counter[str]) -> list[str]:
    """The names that get a line: the most read first, families last."""
    return sorted(read, key=lambda name: ("." not in name, -read[name], name))


if __name__ == "__main__":
    main()
