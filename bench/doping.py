"""Hosts and dopants that are linked in sentences, against annotations of other people's abstracts.

    python -m bench.doping TRAIN.json [--show N]

The file is a list of abstracts with ``doping_sentences``, as of the NERRE data set (Dagdelen et al., 2024).
A link is judged by that set's own rule: a host and a dopant, each as written, are the pairs of their words,
and a pair counts where both annotation and extraction have it for a sentence; only sentences that were
annotated as relevant are judged. Each sentence is a paragraph of its abstract. Prints precision and recall;
the last line is ``f1=…``.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.pipeline import extract_claims
from extract.readers import read_document
from kg.model import Claim, Entity

Pairs = set[tuple[str, str]]


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--show", type=int, default=0, help="print so many sentences that were read otherwise"
    )
    options = parser.parse_args()
    precision, recall, f1 = scored(options.file, show=options.show)
    print(f"precision={precision:.3f} recall={recall:.3f}\nf1={f1:.3f}")


def scored(file: Path, *, show: int = 0) -> tuple[float, float, float]:
    """Precision, recall and F1 of the links in the relevant sentences of a file."""
    right = read = wanted = 0
    for sentence, found in _read(file):
        gold = _annotated(sentence)
        right, read, wanted = right + len(gold & found), read + len(found), wanted + len(gold)
        if show and gold != found:
            show -= 1
            print(f"{sentence['sentence_text']}\n    annotated {sorted(gold)}\n    read      {sorted(found)}")
    precision, recall = right / max(read, 1), right / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def linked(sentences: Sequence[str]) -> list[Pairs]:
    """The pairs of a host's and a dopant's words that are read from each sentence of an abstract."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "abstract.md"
        file.write_text("\n\n".join(["# Abstract", "## Results", *sentences]) + "\n", encoding="utf-8")
        claims = extract_claims(read_document(file))
        text = file.read_text(encoding="utf-8")
    found: list[Pairs] = []
    start = 0
    for sentence in sentences:
        start = text.index(sentence, start)
        inside = [claim for claim in claims if start <= claim.evidence.start < start + len(sentence)]
        found.append({pair for claim in inside for pair in _pairs(claim, sentence)})
    return found


def _read(file: Path) -> Iterator[tuple[dict[str, Any], Pairs]]:
    """The relevant sentences of a file with what is read from them."""
    for abstract in json.loads(file.read_text("utf-8")):
        sentences = abstract["doping_sentences"]
        for sentence, found in zip(
            sentences, linked([each["sentence_text"] for each in sentences]), strict=True
        ):
            if sentence["relevant"]:
                yield sentence, found


def _annotated(sentence: dict[str, Any]) -> Pairs:
    return {
        (host, dopant)
        for key, hosts in sentence["dopants2basemats"].items()
        for base in hosts
        for host in _plain(sentence["basemats"][base]).split()
        for dopant in _plain(sentence["dopants"][key]).split()
    }


def _pairs(claim: Claim, sentence: str) -> Iterator[tuple[str, str]]:
    if claim.relation != "doped_with" or claim.polarity == "negated" or claim.object is None:
        return
    for host in _written(claim.subject, sentence):
        for dopant in _written(claim.object, sentence):
            yield host, dopant


def _written(entity: Entity, sentence: str) -> list[str]:
    """The words of the longest name of an entity that stands in the sentence and does not name the doping.

    A name may be torn apart by blanks in the sentence ("TiO 2").
    """
    text = _plain(sentence)
    found = [re.search(rf"(?<!\w){_torn(_plain(name))}(?!\w)", text) for name in entity.names]
    names = [each[0] for each in found if each and "doped" not in each[0].lower()]
    return max(names, key=len).split() if names else []


def _plain(text: str) -> str:
    """The text with one kind of dash: the annotations have others than the abstracts."""
    return re.sub("[‐–−]", "-", text)


def _torn(name: str) -> str:
    return r"\s?".join(map(re.escape, re.sub(r"\s+", "", name)))


if __name__ == "__main__":
    main()
