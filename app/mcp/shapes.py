"""What the tools return; clients get these shapes as JSON Schema, with the descriptions of their fields."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

Conditions = dict[str, Any]


class Sentence(BaseModel):
    """A sentence that a claim was read from."""

    claim: str = Field("", description="Id of the claim; show_evidence tells all about it.")
    document: str = Field(description="The document that it stands in.")
    section: str = ""
    quote: Annotated[str, Field(description="The words of the document.")]
    start: Annotated[int, Field(description="Offset in the document, in code points.")] = -1
    end: int = -1
    refs: list[int] = []
    primary: Annotated[list[dict[str, Any]], Field(description="The works that the sentence cites.")] = []
    polarity: Literal["affirmed", "negated"] = "affirmed"
    certainty: Literal["asserted", "hypothesised"] = "asserted"


class Row(BaseModel):
    """One thing, value, work or path of an answer."""

    label: str
    iri: str = ""
    value: Annotated[float | None, Field(description="In ``unit``; the lower end of a range.")] = None
    value_max: float | None = None
    unit: str = ""
    comparator: str = ""
    conditions: Conditions = {}
    claims: Annotated[list[str], Field(description="Ids of the claims that state it.")] = []


class Answer(BaseModel):
    """An answer, or why there is none."""

    status: Annotated[
        Literal["answered", "ambiguous", "no_answer", "not_understood"],
        Field(description="Only with ``answered`` the rest is an answer; never fill in what it lacks."),
    ]
    interpretation: Annotated[str, Field(description="The question as it was understood.")]
    text: str
    boolean: bool | None
    count: int | None
    answers: list[Row]
    reason: Annotated[str, Field(description="Why there is no answer.")]
    suggestions: Annotated[list[str], Field(description="What could be asked instead.")]
    evidence: list[Sentence]
    sparql: Annotated[str, Field(description="The query that was run.")]


class Node(BaseModel):
    """A thing on a chain."""

    label: str
    type: str
    iri: str


class Edge(BaseModel):
    """One step of a chain: a statement, with the sentences behind it."""

    relation: str
    label: str
    sign: Annotated[int, Field(description="1: more of the one, more of the other; -1: less; 0: neither.")]
    belief: Annotated[float, Field(description="Between 0 and 1, over independent papers.")]
    claims: list[Sentence]


class Chain(BaseModel):
    """How one thing leads to another over several claims."""

    text: str
    path: list[Node]
    edges: list[Edge]
    sign: int
    belief: float
    assumptions: list[str] = []


class Chains(BaseModel):
    """The chains found, the best supported first."""

    chains: list[Chain]


class Gaps(BaseModel):
    """Gaps of one kind, the weightiest first, and how many there are in all."""

    kind: str
    count: int
    gaps: Annotated[list[dict[str, Any]], Field(description="Each with its topic, text and sentences.")]


class QueryAnswer(BaseModel):
    """The result of a query."""

    media_type: str
    text: Annotated[str, Field(description="Comma-separated values, or Turtle for a graph.")]
    complete: Annotated[bool, Field(description="False where only the first rows are given.")]


class Things(BaseModel):
    """What is known of the things of one name."""

    things: list[dict[str, Any]]


class Shown(BaseModel):
    """A claim in words and as a row of the claims file, with its sentence and whom that cites."""

    text: str
    evidence: Sentence
    row: dict[str, Any]
