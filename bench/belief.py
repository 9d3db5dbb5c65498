"""Time of reading, gathering and weighing claims, on a store of many made-up claims.

    python -m bench.belief [--claims 100000]

Three quarters are relations among 2000 things, one quarter values of 500 materials, from 5000 papers cited in
1000 documents. Prints the processor time of each step and, last, ``statements=…`` per second.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from typing import TypeVar

from kg.assembly import assemble
from kg.contradictions import contradictions
from kg.model import Claim, Entity, Evidence, Polarity, Quantity, Reference
from kg.read import stored_claims
from kg.refinement import refinements
from kg.statements import gather
from kg.store import load_claims, memory_store
from ontology.lexicon import load_lexicon

Result = TypeVar("Result")

_RELATIONS = ("suppresses", "promotes", "increases", "decreases", "forms")
_PROPERTIES = ("ionic_conductivity", "activation_energy", "electrochemical_window")


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=100_000)
    options = parser.parse_args()
    random.seed(1)
    lexicon = load_lexicon()
    made = [_claim(number) for number in range(options.claims)]
    _timed(
        "assemble",
        lambda: [assemble(made[at : at + 100], lexicon=lexicon) for at in range(0, len(made), 100)],
    )
    store = memory_store()
    _timed("load", lambda: load_claims(store, made))
    claims = _timed("read", lambda: list(stored_claims(store)))
    start = time.process_time()
    statements = _timed("gather and weigh", lambda: gather(claims))
    seconds = time.process_time() - start
    _timed("explain all", lambda: [statement.belief.explain() for statement in statements])
    found = _timed("contradictions", lambda: contradictions(statements, lexicon=lexicon))
    links = _timed("refinements", lambda: refinements(statements, lexicon=lexicon))
    print(f"{len(statements)} statements, {len(found)} contradictions, {len(links.general)} special cases")
    print(f"statements={len(statements) / seconds:.0f}")


def _timed(step: str, work: Callable[[], Result]) -> Result:
    """The result of a step, whose processor time is printed: other work on the machine does not count."""
    start = time.process_time()
    result = work()
    print(f"{step}: {time.process_time() - start:.2f} s", flush=True)
    return result


def _claim(number: int) -> Claim:
    document = f"paper-{number // 100}"
    paper = random.randrange(5000)
    work = Reference(paper % 300, (f"A. Author{paper}",), year=1990 + paper % 35, volume="1", page=str(paper))
    quote = f"Sentence {number}."
    evidence = Evidence(
        document, 40 * number, 40 * number + len(quote), quote, refs=(paper % 300,), primary=(work,),
        extractor="relations.verb",
    )  # fmt: skip
    polarity: Polarity = "negated" if random.random() < 0.05 else "affirmed"
    if number % 4 == 0:
        material = f"Li{random.randint(1, 50)}P{random.randint(1, 10)}S{random.randint(1, 20)}"
        value = Quantity(round(10 ** random.uniform(-6, -2), 6), "S/cm")
        conditions = {"method": random.choice(("ball milling", "annealing", "liquid phase"))}
        return Claim(
            Entity((material,), "Material"), random.choice(_PROPERTIES), evidence, quantity=value,
            conditions=conditions, polarity=polarity,
        )  # fmt: skip
    thing, other = (f"thing {int(random.paretovariate(0.7)) % 2000}" for _ in range(2))
    return Claim(
        Entity((thing,), "Strategy"), random.choice(_RELATIONS), evidence,
        Entity((f"{other} growth",), "FailureMechanism"), polarity=polarity,
    )  # fmt: skip


if __name__ == "__main__":
    main()
