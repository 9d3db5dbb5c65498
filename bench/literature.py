"""A made-up literature of any size, in a store: to see what grows with the number of claims.

    python -m bench.literature STORE [--claims 50000]

Writes documents of about a hundred claims each, one after the other, so that memory does not grow with
them, and prints after each tenth how many claims a second were written. A quarter of the documents are
reviews, which cite works; the others report their own results. A few things are spoken of very often and
most seldom (Zipf's law), and the number of things grows more slowly than that of claims (Heaps' law). What
it speaks of stands in literature.yaml. The last line is ``claims=… per_second=… megabytes=…``.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import time
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import yaml

from kg.model import Certainty, Claim, ConditionValue, Entity, Evidence, Quantity, Reference
from kg.store import open_store, replace_documents
from kg.triples import DocumentInfo
from ontology.lexicon import load_lexicon

_CLAIMS_OF_A_DOCUMENT = 100
_SENTENCES_OF_A_DOCUMENT = 60
_AT_ONCE, _TOLD = 50, 10
#: Parts of the claims: measurements, of these at a stated temperature; of the others in a system, denied.
_MEASURED, _AT_A_TEMPERATURE, _IN_A_SYSTEM, _DENIED = 0.4, 0.6, 0.15, 0.04


def main() -> None:
    """Write a literature from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("--claims", type=int, default=50_000)
    options = parser.parse_args()
    write_literature(options.store, options.claims)


def write_literature(path: Path, claims: int) -> None:
    """Write so many claims into a new store and print how fast that went."""
    lexicon, store = load_lexicon(), open_store(path)
    began = lately = time.perf_counter()
    told = written = 0
    documents = literature(claims)
    while part := list(islice(documents, _AT_ONCE)):
        replace_documents(store, part, lexicon=lexicon)
        written += sum(len(found) for _, found, _ in part)
        if written - told >= claims / _TOLD or written == claims:
            now = time.perf_counter()
            print(f"{written} claims, lately {(written - told) / (now - lately):.0f} a second", flush=True)
            told, lately = written, now
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    seconds = time.perf_counter() - began
    print(f"claims={written} per_second={written / seconds:.0f} megabytes={size / 1e6:.0f}")


def literature(claims: int) -> Iterator[tuple[str, list[Claim], DocumentInfo]]:
    """Yield documents with their claims and what is known of them, the same ones for the same number."""
    chance = random.Random(1)
    things = _Things(_named_things(claims, chance))
    works = [_work(number) for number in range(max(20, claims // 15))]
    for number, start in enumerate(range(0, claims, _CLAIMS_OF_A_DOCUMENT)):
        reviews = number % 4 == 0
        info = DocumentInfo(title=f"Paper {number}", own=None if reviews else works[-1 - number])
        count = min(_CLAIMS_OF_A_DOCUMENT, claims - start)
        cited = sorted(chance.sample(range(len(works)), 20)) if reviews else []
        name = f"paper-{number:06d}"
        sentences = _sentences(name, [works[each] for each in cited], chance)
        found = [_claim(things, sentences[each * len(sentences) // count], chance) for each in range(count)]
        yield name, found, info


@cache
def literature_data() -> dict[str, Any]:
    """The data of literature.yaml."""
    data: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return data


class _Things:
    """Things by kind, drawn by Zipf's law."""

    def __init__(self, things: Mapping[str, Sequence[Entity]]) -> None:
        self.things = things
        self._weights = {
            kind: list(accumulate(1 / (place + 3) for place in range(len(found))))
            for kind, found in things.items()
        }

    def some(self, kind: str, chance: random.Random) -> Entity:
        weights = self._weights[kind]
        return self.things[kind][bisect(weights, chance.random() * weights[-1])]


def _named_things(claims: int, chance: random.Random) -> dict[str, list[Entity]]:
    data = literature_data()
    found = {
        kind: [Entity((name,), "Material" if kind == "Solvent" else kind) for name in names]
        for kind, names in data["things"].items()
    }
    names = dict.fromkeys(data["things"]["Material"])
    while len(names) < 3 * claims**0.65:
        names[_composition(chance)] = None
    found["Material"] = [Entity((name,), "Material") for name in names]
    return found


def _composition(chance: random.Random) -> str:
    data = literature_data()
    amounts = {letter: chance.randint(1, 99) / 100 for letter in "abc"}
    element = chance.choice(data["elements"])

    def amount(match: re.Match[str]) -> str:
        base, sign, letter = match.groups()
        number = float(base or 0) + (-1 if sign == "-" else 1) * amounts[letter]
        return f"{number:.2f}".rstrip("0").rstrip(".")

    pattern = chance.choice(data["compositions"]).replace("{M}", element)
    return re.sub(r"\{(?:(\d+)([+-]))?([abc])\}", amount, pattern)


def _work(number: int) -> Reference:
    return Reference(
        authors=(f"A. Author{number % 4000}", f"B. Writer{number % 700}"),
        title=f"Study {number}",
        journal=f"Journal {number % 40}",
        year=1990 + number % 35,
        volume=str(number % 90),
        page=str(number),
        doi=f"10.1000/study.{number}",
    )


def _sentences(document: str, works: Sequence[Reference], chance: random.Random) -> list[Evidence]:
    """The sentences of a document, which cite a few of its works more often than the others."""
    found = []
    for place in range(_SENTENCES_OF_A_DOCUMENT):
        quote = f"This is sentence {place} of {document}."
        count = chance.randint(1, 3) if works else 0
        refs = sorted({1 + int(len(works) * chance.random() ** 2) for _ in range(count)})
        found.append(
            Evidence(
                document,
                start=50 * place,
                end=50 * place + len(quote),
                quote=quote,
                section=str(1 + place // 20),
                refs=tuple(refs),
                primary=tuple(replace(works[number - 1], number=number) for number in refs),
                extractor="measurements.prose",
            )
        )
    return found


def _claim(things: _Things, evidence: Evidence, chance: random.Random) -> Claim:
    certainty: Certainty = "hypothesised" if chance.random() < 0.1 else "asserted"
    if chance.random() < _MEASURED:
        return _measurement(things, evidence, chance, certainty)
    says = literature_data()["says"]
    (relation, _, subject, object_), *_ = chance.choices(says, weights=[often for _, often, _, _ in says])
    context = (things.some("Material", chance).label,) if chance.random() < _IN_A_SYSTEM else ()
    return Claim(
        things.some(subject, chance),
        relation,
        evidence,
        things.some(object_, chance),
        context=context,
        polarity="negated" if chance.random() < _DENIED else "affirmed",
        certainty=certainty,
    )


def _measurement(things: _Things, evidence: Evidence, chance: random.Random, certainty: Certainty) -> Claim:
    data = literature_data()
    values = data["values"]
    (property_,) = chance.choices(list(values), weights=[often for often, *_ in values.values()])
    _, lowest, highest, scale = values[property_]
    if scale == "log":
        value = math.exp(chance.uniform(math.log(lowest), math.log(highest)))
    else:
        value = chance.uniform(lowest, highest)
    conditions: dict[str, ConditionValue] = {
        key: things.some(kind, chance).label
        for key, (often, kind) in data["conditions"].items()
        if chance.random() < often
    }
    if chance.random() < _AT_A_TEMPERATURE:
        conditions["temperature_C"] = float(chance.choice(data["temperatures"]))
    quantity = Quantity(float(f"{value:.2g}"), load_lexicon().properties[property_].unit)
    subject = things.some("Material", chance)
    return Claim(subject, property_, evidence, quantity=quantity, conditions=conditions, certainty=certainty)


if __name__ == "__main__":
    main()
