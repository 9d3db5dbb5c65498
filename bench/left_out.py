"""Relations of each document without what is known from it alone: how much of a rule is one paper's wording.

    python -m bench.left_out SHARED

Each document is scored (F1, text only) with everything; then with only those rules that made a right claim
in some other document, be it a paper or a note of the bundled corpus; then with only those triggers, which
are a rule with the word that sets it off ("verb: suppress"). The last is the worst that can be feared of
rules that were made with the document at hand: a rare but general verb counts as known from it alone, too.
SHARED is as for bench.accuracy. The last line is ``lost=…``, the mean that leaving out the rules costs the
papers.
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.accuracy import PAPERS
from corpus import annotation, notes
from extract.relations.claims import claim_of
from extract.relations.statements import Statement
from kg.model import Claim
from tests.extract.paper_scores import Row, annotated, extracted, right_rows, scorer

#: Where a claim stands and what it says → the rule and the word that made it.
Triggers = dict[tuple[str, int, int, str], str]


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    with _recorded() as triggers:
        papers = {
            gold: annotated(shared, gold, document, kind="relation", text_only=True)
            for gold, document in PAPERS.items()
        }
        corpus = [(scorer(shared).read(annotation(note)), extracted(note)) for note in notes()]
    by_rule, by_trigger = (_known_from(shared, papers, corpus, made) for made in ({}, triggers))
    print(f"{'document':14s} everything  rules known from others  triggers known from others")
    lost = []
    for name, (gold, found) in papers.items():
        whole = _f1(shared, gold, found)
        told = [f"{name:14s} {whole:10.3f}"]
        for known, made in ((by_rule, {}), (by_trigger, triggers)):
            here = {each for each, homes in known.items() if PAPERS[name] in homes}
            others = {each for each, homes in known.items() if homes - {PAPERS[name]}}
            kept = _f1(shared, gold, [row for row in found if _trigger(row, made) in others])
            told.append(f"{kept:15.3f} ({len(here - others)} of {len(here)} left out)")
            if made is not triggers:
                lost.append(whole - kept)
        print(" ".join(told))
    print(f"lost={statistics.mean(lost):.3f}")


@contextmanager
def _recorded() -> Iterator[Triggers]:
    """Which trigger made each claim that is extracted meanwhile."""
    made: Triggers = {}

    def recording(statement: Statement, **known: Any) -> Claim:
        claim = claim_of(statement, **known)
        place = claim.evidence
        made[place.document, place.start, place.end, claim.relation] = (
            f"{statement.rule}: {statement.trigger.lemma_.lower()}"
        )
        return claim

    with patch("extract.relations.passage.claim_of", recording):
        yield made


def _known_from(
    shared: Path,
    papers: Mapping[str, tuple[list[Row], list[Row]]],
    corpus: list[tuple[list[Row], list[Row]]],
    triggers: Triggers,
) -> dict[str, set[str]]:
    """Each trigger with the documents in which it made a right claim; the corpus is one of them."""
    known: dict[str, set[str]] = defaultdict(set)
    homes = [(PAPERS[name], rows) for name, rows in papers.items()]
    for home, (gold, found) in [*homes, *(("corpus", rows) for rows in corpus)]:
        for row in right_rows(scorer(shared), gold, found, kind="relation")[0]:
            known[_trigger(row, triggers)].add(home)
    return known


def _trigger(row: Row, triggers: Triggers) -> str:
    """What made a row; a rule without a word of its own, such as that of tables, is its own trigger."""
    place = (row["document"], row["start"], row["end"], row["relation"])
    return triggers.get(place, str(row["extractor"]))


def _f1(shared: Path, gold: list[Row], found: list[Row]) -> float:
    matched, wanted, kept = right_rows(scorer(shared), gold, found, kind="relation")
    return float(scorer(shared).prf(len(matched), len(wanted), len(kept))[2])


if __name__ == "__main__":
    main()
