"""The types that flow from a document to the graph: quantities, evidence, claims.

Everything here is frozen and knows nothing of files, stores or language.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.html import claim_html

Polarity = Literal["affirmed", "negated"]
Certainty = Literal["asserted", "hypothesised"]
Comparator = Literal["=", "~", "<", ">", "<=", ">="]
GapKind = Literal["open_question", "unmet_target", "contradiction", "missing_data"]

#: A condition's value: text as written (method, solvent, form …) or a number (temperature_C, cycles).
ConditionValue = str | float


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value or range in one unit, with the text it was read from.

    ``value_max`` is set for a range only. ``unit`` is the symbol of a unit in the ontology (``S/cm``).
    """

    value: float
    unit: str
    value_max: float | None = None
    comparator: Comparator = "="
    as_written: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that claims speak of: its names (the canonical one first), its kind and its IRI.

    ``kind`` is the name of a top class of the ontology: Material, Dopant, SynthesisMethod, Property,
    Interface, Interphase, FailureMechanism, Strategy, Role, Structure or Environment.
    """

    names: tuple[str, ...]
    kind: str
    iri: str = ""

    @property
    def label(self) -> str:
        """The canonical name."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited work as its bibliography entry gives it; a field that the entry lacks is empty or None."""

    number: int | None = None
    authors: tuple[str, ...] = ()
    title: str = ""
    journal: str = ""
    year: int | None = None
    volume: str = ""
    page: str = ""
    doi: str = ""
    as_written: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim was read: the document's own text between two offsets, and whom it cites.

    Offsets count Unicode code points in the document's unaltered text, so ``text[start:end] == quote``.
    ``primary`` holds the cited works, resolved from the bibliography; it is empty where the document
    reports its own result.
    """

    document: str
    start: int
    end: int
    quote: str
    section: str = ""
    refs: tuple[int, ...] = ()
    primary: tuple[Reference, ...] = ()
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document says once: a measurement (with a quantity) or a relation (with an object).

    ``relation`` is the key of a property (``ionic_conductivity``) for a measurement and the key of a
    relation (``suppresses``) otherwise. ``context`` names the system in which a relation holds.
    """

    subject: Entity
    relation: str
    evidence: Evidence
    object: Entity | None = None
    quantity: Quantity | None = None
    conditions: Mapping[str, ConditionValue] = field(default_factory=dict)
    context: tuple[str, ...] = ()
    polarity: Polarity = "affirmed"
    certainty: Certainty = "asserted"
    confidence: float = 1.0

    def __post_init__(self) -> None:
        if (self.object is None) == (self.quantity is None):
            raise ValueError(
                f"a claim has either an object (a relation) or a quantity (a measurement); "
                f"{self.subject.label!r} {self.relation} has {'neither' if self.object is None else 'both'}"
            )

    @property
    def is_measurement(self) -> bool:
        """Whether the claim gives a value of a property."""
        return self.quantity is not None

    @property
    def id(self) -> str:
        """Content hash: the same statement read at the same place in the same document has the same id."""
        quantity = self.quantity
        parts = [
            self.evidence.document,
            self.evidence.start,
            self.evidence.end,
            self.evidence.quote,
            self.evidence.section,
            list(self.evidence.refs),
            self.subject.label,
            self.relation,
            self.object.label if self.object else None,
            [_number(quantity.value), _number(quantity.value_max), quantity.unit, quantity.comparator]
            if quantity
            else None,
            sorted((key, _number(value)) for key, value in self.conditions.items()),
            list(self.context),
            self.polarity,
            self.certainty,
        ]
        text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:20]

    def _repr_html_(self) -> str:
        return claim_html(self)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Where a document says that something is unknown, wanted, missing or in dispute, and about what."""

    kind: GapKind
    topics: tuple[Entity, ...]
    evidence: Evidence

    @property
    def id(self) -> str:
        """Content hash: the same words at the same place in the same document have the same id."""
        evidence = self.evidence
        parts = [evidence.document, evidence.start, evidence.end, evidence.quote, self.kind]
        text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:20]


def _number(value: ConditionValue | None) -> str | None:
    """Text that is equal for 25 and 25.0, so that a claim's id does not depend on how JSON spelt a number."""
    return f"{value:.12g}" if isinstance(value, int | float) else value
