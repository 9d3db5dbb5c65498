"""Time of a gap matrix and of the best chains over very many claims.

    python -m bench.scale [--claims 1000000] [--profile]

The claims are made up, in memory: a third are values, the others say what increases, decreases, forms,
suppresses or promotes what. They speak of 4000 materials, 400 dopants, 600 interphases, 200 failure
mechanisms and 300 properties, a few very often and most seldom (Zipf's law), and cite 60 000 works in 10 000
documents. What is made once for a graph (statements with their beliefs, the index that chains run through,
the readings of a matrix) is timed apart from what each question then takes. Seconds are those of the
processor, which other programs do not lengthen; all runs in one thread. The last line is
``matrix=… chains=…``, the median of several questions.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import random
import statistics
import time
from bisect import bisect
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import TypeVar

from kg.assembly import assemble
from kg.model import Claim, Entity, Evidence, Quantity, Reference
from kg.papers import papers_of
from kg.statements import gather
from ontology.lexicon import load_lexicon
from queries.chains import chain_graph, find_chains
from queries.gaps.matrix import build_matrix
from queries.gaps.readings import read_all

Result = TypeVar("Result")

#: What claims say: relation, kind of the subject, kind of the object, how often.
_SAYS = (
    ("forms", "Dopant", "Interphase", 3),
    ("forms", "Material", "Interphase", 3),
    ("increases", "Dopant", "Property", 3),
    ("decreases", "Material", "Property", 2),
    ("suppresses", "Interphase", "FailureMechanism", 3),
    ("promotes", "Interphase", "FailureMechanism", 2),
    ("promotes", "FailureMechanism", "FailureMechanism", 2),
    ("decreases", "FailureMechanism", "Property", 1),
    ("doped_with", "Material", "Dopant", 2),
)
#: How many things of each kind there are, and how they are called.
_THINGS = {
    "Material": (4000, "Li{0}P{1}S{2}"),
    "Dopant": (400, "additive {0} oxide"),
    "Interphase": (600, "layer rich in product {0}"),
    "FailureMechanism": (200, "degradation route {0}"),
    "Property": (300, "quality {0}"),
}
_QUESTIONS = (
    ("any dopant", "FailureMechanism"),
    ("any dopant", "Property"),
    ("Interphase", "FailureMechanism"),
    ("Material", "FailureMechanism"),
    ("additive 7 oxide", "degradation route 3"),
)
_MATRICES = (
    ("dopant", "failure mechanism"),
    ("interphase", "failure mechanism"),
    ("dopant", "property"),
    ("material", "interphase"),
)


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--profile", action="store_true", help="print where the time of the questions goes")
    options = parser.parse_args()
    lexicon = load_lexicon()
    claims = assemble(_claims(options.claims), lexicon=lexicon)
    gc.freeze()
    print(f"{len(claims)} claims", flush=True)
    papers = papers_of(claims)
    statements, _ = _timed("once: gather statements", lambda: gather(claims, lexicon=lexicon))
    graph, _ = _timed(
        f"once: index {len(statements)} statements for chains",
        lambda: chain_graph(statements, lexicon=lexicon),
    )
    readings, _ = _timed("once: read claims for a matrix", lambda: read_all(claims, papers, lexicon=lexicon))
    gc.freeze()
    profile = cProfile.Profile()
    if options.profile:
        profile.enable()
    matrix_seconds, chain_seconds = [], []
    for rows, columns in _MATRICES:
        matrix, seconds = _timed(
            f"matrix: {rows} × {columns}",
            lambda rows=rows, columns=columns: build_matrix(  # type: ignore[misc]
                readings, rows, columns, lexicon=lexicon, most_rows=20, most_columns=20
            ),
        )
        assert len(matrix.rows) == len(matrix.columns) == 20
        matrix_seconds.append(seconds)
    for start, end in _QUESTIONS:
        found, seconds = _timed(
            f"chains: {start} → {end}",
            lambda start=start, end=end: find_chains(graph, start, end, limit=100),  # type: ignore[misc]
        )
        assert len(found) == 100, len(found)
        chain_seconds.append(seconds)
    if options.profile:
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
    print(
        f"matrix={statistics.median(matrix_seconds):.2f} chains={statistics.median(chain_seconds):.2f} "
        f"worst matrix={max(matrix_seconds):.2f} worst chains={max(chain_seconds):.2f}"
    )


def _timed(step: str, work: Callable[[], Result]) -> tuple[Result, float]:
    start = time.process_time()
    result = work()
    seconds = time.process_time() - start
    print(f"{step}: {seconds:.2f} s", flush=True)
    return result, seconds


def _claims(count: int) -> list[Claim]:
    chance = random.Random(1)
    works = [
        Reference(
            number, (f"A. Author{number % 900}",), year=1990 + number % 35, volume="1", page=str(number)
        )
        for number in range(60_000)
    ]
    things = {kind: _things(kind, *named, chance) for kind, named in _THINGS.items()}
    weights = {
        kind: list(accumulate(1 / (at + 2) for at in range(len(found)))) for kind, found in things.items()
    }
    often = list(accumulate(each[3] for each in _SAYS))

    def some(kind: str) -> Entity:
        return things[kind][bisect(weights[kind], chance.random() * weights[kind][-1])]

    made = []
    for number in range(count):
        quote = f"Sentence {number}."
        evidence = Evidence(
            f"paper-{number // 100}", 40 * number, 40 * number + len(quote), quote,
            primary=(works[int(60_000 * chance.random() ** 2)],), extractor="relations.verb",
        )  # fmt: skip
        if number % 3 == 0:
            value = Quantity(round(10 ** chance.uniform(-6, -2), 6), "S/cm")
            made.append(Claim(some("Material"), "ionic_conductivity", evidence, quantity=value))
            continue
        relation, subject, object_, _ = _SAYS[bisect(often, chance.random() * often[-1])]
        negated = chance.random() < 0.05
        made.append(
            Claim(
                some(subject),
                relation,
                evidence,
                some(object_),
                context=("Li6PS5Cl",) if chance.random() < 0.1 else (),
                polarity="negated" if negated else "affirmed",
            )
        )
    return made


def _things(kind: str, count: int, name: str, chance: random.Random) -> Sequence[Entity]:
    found: dict[str, Entity] = {}
    while len(found) < count:
        number = len(found)
        label = name.format(*(chance.randint(1, 60) for _ in range(3)) if kind == "Material" else (number,))
        found.setdefault(label, Entity((label,), kind, f"https://w3id.org/lithograph/id/{kind}-{len(found)}"))
    return list(found.values())


if __name__ == "__main__":
    main()
