"""An inferred statement and its triples: never a claim, and never without the claims behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg import vocabulary as v
from kg.vocabulary import Triple, lg

_ABOUT = (ox.NamedNode(v.RDF + "subject"), ox.NamedNode(v.RDF + "predicate"), ox.NamedNode(v.RDF + "object"))


@dataclass(frozen=True, slots=True)
class Inferred:
    """A statement that no document makes: IRIs, or a literal as the object.

    ``rule`` names the axiom that it follows by; ``claims`` are those it follows from; ``support`` says in how
    many ways; ``papers`` how many independent papers stand behind the weakest step.
    """

    subject: str
    predicate: str
    object: str | ox.Literal
    rule: str
    claims: tuple[str, ...]
    support: int
    papers: int

    def to_json(self) -> dict[str, Any]:
        """The JSON shape of the command line."""
        return {
            "subject": self.subject,
            "predicate": self.predicate,
            "object": self.object.value if isinstance(self.object, ox.Literal) else self.object,
            "rule": self.rule,
            "support": self.support,
            "papers": self.papers,
            "claims": [v.claim_id(claim) for claim in self.claims],
        }


def inference_quads(inferred: Iterable[Inferred]) -> Iterator[ox.Quad]:
    """The statements with the nodes that say from what they follow."""
    for each in inferred:
        for triple in _triples(each):
            yield ox.Quad(*triple, v.INFERRED_GRAPH)


def _triples(each: Inferred) -> Iterator[Triple]:
    target = each.object if isinstance(each.object, ox.Literal) else ox.NamedNode(each.object)
    said = ox.NamedNode(each.subject), ox.NamedNode(each.predicate), target
    yield said
    node = v.hashed_node("inference", each.subject, each.predicate, target.value, each.rule)
    yield node, v.TYPE, lg("Inference")
    for predicate, part in zip(_ABOUT, said, strict=True):
        yield node, predicate, part
    yield node, lg("rule"), ox.Literal(each.rule)
    yield node, lg("support"), ox.Literal(each.support)
    yield node, lg("papers"), ox.Literal(each.papers)
    for claim in each.claims:
        yield node, lg("followsFrom"), ox.NamedNode(claim)
