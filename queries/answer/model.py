"""What an answer is: a status, the question as understood, the query, rows, and the sentences behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["answered", "ambiguous", "no_answer", "not_understood"]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One thing, value, work or chain of an answer, with the ids of the claims that state it.

    ``value`` and ``value_max`` are in ``unit``, the property's canonical one; ``asked`` is the value in the
    unit of the question, ``reported`` how the claims write it; ``values`` are those of a thing that was asked
    for by its values. ``conditions`` are as written, ``works`` the primary works, ``belief`` is 0 to 1,
    ``against`` are the ids of the claims that deny the row.
    """

    label: str
    names: tuple[str, ...] = ()
    iri: str = ""
    value: float | None = None
    value_max: float | None = None
    unit: str = ""
    comparator: str = ""
    relation: str = ""
    conditions: Mapping[str, str] = field(default_factory=dict)
    path: tuple[Mapping[str, Any], ...] = ()
    claims: tuple[str, ...] = ()
    values: tuple[Mapping[str, Any], ...] = ()
    asked: Mapping[str, Any] | None = None
    reported: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    belief: float | None = None
    against: tuple[str, ...] = ()

    def to_json(self) -> Json:
        """The row in the shape of the command line's contract."""
        return {
            "label": self.label,
            "names": list(self.names or (self.label,)),
            "iri": self.iri,
            "value": self.value,
            "value_max": self.value_max,
            "unit": self.unit,
            "comparator": self.comparator,
            "relation": self.relation,
            "conditions": dict(self.conditions),
            "path": [dict(node) for node in self.path],
            "claims": list(self.claims),
            "values": [dict(value) for value in self.values],
            "asked": dict(self.asked) if self.asked else None,
            "reported": list(self.reported),
            "works": list(self.works),
            "belief": self.belief,
            "against": list(self.against),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question.

    ``reason`` says why there is none, ``suggestions`` what could be asked instead.
    """

    question: str
    status: Status
    interpretation: str = ""
    sparql: str = ""
    text: str = ""
    answers: tuple[AnswerRow, ...] = ()
    boolean: bool | None = None
    count: int | None = None
    suggestions: tuple[str, ...] = ()
    reason: str = ""
    evidence: tuple[Json, ...] = ()

    def to_json(self) -> Json:
        """The answer in the shape of the command line's contract."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        fields["answers"] = [row.to_json() for row in self.answers]
        return fields | {"suggestions": list(self.suggestions), "evidence": list(self.evidence)}
