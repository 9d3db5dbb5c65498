"""Small graphs of our own wording."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from kg.claims_file import row_to_claim
from kg.graph import KnowledgeGraph
from kg.model import Claim
from kg.store import load_claims, memory_store

Say = Callable[..., Claim]

#: Kinds that are meant where a test does not say.
_KINDS = {
    "increases": ("Strategy", "Property"),
    "decreases": ("Strategy", "Property"),
    "suppresses": ("Strategy", "FailureMechanism"),
    "promotes": ("FailureMechanism", "FailureMechanism"),
    "forms": ("Material", "Interphase"),
    "decomposes_to": ("Material", "Material"),
    "doped_with": ("Material", "Dopant"),
    "coated_with": ("Material", "Material"),
    "composed_of": ("Interphase", "Material"),
    "used_as": ("Material", "Role"),
    "stable_with": ("Material", "Material"),
    "unstable_with": ("Material", "Material"),
    "has_structure": ("Material", "Structure"),
    "synthesized_by": ("Material", "SynthesisMethod"),
}


@pytest.fixture
def say() -> Say:
    """A relation claim from its subject, relation and object; each stands at its own place in "notes"."""
    numbers = count(1)

    def make(subject, relation, target, *, kinds=None, document="notes", year=None, by="A. Author", **fields):
        subject_kind, object_kind = kinds or _KINDS[relation]
        start = 100 * next(numbers)
        names = [subject] if isinstance(subject, str) else subject
        quote = f"{names[0]} {relation} {target} ({start})"
        work = {"authors": [by], "year": year, "volume": "1", "page": str(year)}
        row = {
            "type": "relation",
            "subject": names,
            "subject_type": subject_kind,
            "relation": relation,
            "object": [target] if isinstance(target, str) else target,
            "object_type": object_kind,
            "quote": quote,
            "start": start,
            "end": start + len(quote),
            "primary": [work] if year else [],
            **fields,
        }
        return row_to_claim(row, document=document)

    return make


@pytest.fixture
def measure() -> Say:
    """A measurement claim; by default an ionic conductivity in S/cm."""
    numbers: Iterator[int] = count(1)

    def make(material, value, *, property="ionic_conductivity", unit="S/cm", document="notes", **fields):
        start = 100_000 + 100 * next(numbers)
        quote = f"{material}: {value} {unit} ({start})"
        row = {
            "type": "measurement",
            "material": [material],
            "property": property,
            "value": value,
            "unit": unit,
            "quote": quote,
            "start": start,
            "end": start + len(quote),
            **fields,
        }
        return row_to_claim(row, document=document)

    return make


@pytest.fixture
def known() -> Callable[..., KnowledgeGraph]:
    """The knowledge graph of some claims."""

    def make(*claims: Claim) -> KnowledgeGraph:
        store = memory_store()
        load_claims(store, claims)
        return KnowledgeGraph(store)

    return make
