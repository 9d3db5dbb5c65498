"""F1 of the extraction, document by document, beside that of the bundled corpus.

    python -m bench.accuracy SHARED

SHARED holds ``eval/gold-*.jsonl``, the scorer and the documents. Each line gives measurements and relations
with and without tables; the corpus is scored against its own annotations, which no rule was written for. The
last line is ``relations=…``, the mean over the papers, text only.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from corpus import annotation, notes
from tests.extract.paper_scores import extracted, f1, f1_of_rows, scorer

#: Gold file and document, as they lie in SHARED.
PAPERS = {
    "wu2020-sec2": "wu2020-sulfide-assb-review.md",
    "wu2020-sec4.1": "wu2020-sulfide-assb-review.md",
    "sun2022": "sun2022_lrmo_assb_interface.md",
    "angew2023": "angew2023_sulfur_assb_operando.md",
    "na2023": "na_superionic_design_principles2023.md",
}
_KINDS = ("measurement", "relation")


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    print(f"{'document':14s} measurements (text)  relations (text)")
    text_only = []
    for gold, document in PAPERS.items():
        whole = [f1(shared, gold, document, kind=kind, text_only=False) for kind in _KINDS]
        text = [f1(shared, gold, document, kind=kind, text_only=True) for kind in _KINDS]
        text_only.append(text[1])
        print(f"{gold:14s} {whole[0]:12.3f} ({text[0]:.3f}) {whole[1]:10.3f} ({text[1]:.3f})")
    scores = [corpus_f1(shared, kind=kind) for kind in _KINDS]
    print(f"{'corpus':14s} {scores[0]:12.3f}         {scores[1]:10.3f}")
    print(f"relations={statistics.mean(text_only):.3f}")


def corpus_f1(shared: Path, *, kind: str) -> float:
    """F1 of the claims of a kind in all notes of the bundled corpus."""
    score = scorer(shared)
    matched = wanted = found = 0
    for note in notes():
        counts = f1_of_rows(score, score.read(annotation(note)), extracted(note), kind=kind)
        matched, wanted, found = matched + counts[0], wanted + counts[1], found + counts[2]
    return float(score.prf(matched, wanted, found)[2])


if __name__ == "__main__":
    main()
