"""Verdicts and retractions as triples of the ``curation`` graph, and back.

A verdict keeps the judged claim (and its correction) as a row of the claims file in one JSON literal, so that
no query for claims finds what was rejected. Its IRI follows from the claim's id alone: one verdict a claim.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kg import vocabulary as v
from kg.claims_file import claim_to_row, row_to_claim
from kg.curation import Curation, Retraction, Verdict
from kg.matching import matching
from kg.model import Claim
from kg.vocabulary import Triple, lg
from ontology.lexicon import THINGS


def verdict_node(claim: str) -> ox.NamedNode:
    """The node of the verdict on the claim with an id."""
    return ox.NamedNode(f"{THINGS}verdict/{claim}")


def retraction_node(work: str) -> ox.NamedNode:
    """The node of the retraction of a work."""
    return v.hashed_node("retraction", work)


def verdict_quads(verdict: Verdict) -> Iterator[ox.Quad]:
    """A verdict in the curation graph."""
    node = verdict_node(verdict.claim.id)
    triples: list[Triple] = [
        (node, v.TYPE, lg("Verdict")),
        (node, lg("judgement"), ox.Literal(verdict.judgement)),
        (node, lg("judged"), v.claim_node(verdict.claim.id)),
        (node, lg("judgedIn"), v.document_node(verdict.claim.evidence.document)),
        (node, lg("row"), row_literal(verdict.claim)),
    ]
    if verdict.correction is not None:
        triples.append((node, lg("correctedRow"), row_literal(verdict.correction)))
    triples += _record(node, verdict)
    return (ox.Quad(*triple, v.CURATION_GRAPH) for triple in triples)


def retraction_quads(retraction: Retraction) -> Iterator[ox.Quad]:
    """A retraction in the curation graph; each IRI of the work is marked there too."""
    node = retraction_node(retraction.work)
    triples: list[Triple] = [
        (node, v.TYPE, lg("Retraction")),
        (node, lg("retracts"), ox.NamedNode(retraction.work)),
    ]
    triples += [(node, lg("workKey"), ox.Literal(key)) for key in retraction.keys]
    marked = {key for key in retraction.keys if key.startswith(THINGS)}
    triples += [(ox.NamedNode(iri), v.TYPE, lg("RetractedWork")) for iri in marked]
    if retraction.citation:
        triples.append((node, lg("asWritten"), ox.Literal(retraction.citation)))
    triples += _record(node, retraction)
    return (ox.Quad(*triple, v.CURATION_GRAPH) for triple in triples)


def curation_of(store: ox.Store, document: str) -> Curation:
    """The verdicts on claims of a document, and all retractions."""
    judged_in = matching(store, None, lg("judgedIn"), v.document_node(document), v.CURATION_GRAPH)
    verdicts = [_verdict(store, quad.subject) for quad in judged_in]
    return Curation(_sorted(verdicts), stored_retractions(store))


def verdict_on(store: ox.Store, claim: str) -> Verdict | None:
    """The verdict that changed a claim of the graph, given by the id that it had as it was read."""
    held = matching(store, v.original_node(claim), lg("verdict"), None, None)
    return next((_verdict(store, quad.object) for quad in held), None)


def stored_curation(store: ox.Store) -> Curation:
    """All that people said, verdicts by document and place, whether their claims are in the graph or not."""
    nodes = _instances(store, "Verdict")
    return Curation(_sorted([_verdict(store, node) for node in nodes]), stored_retractions(store))


def stored_retractions(store: ox.Store) -> tuple[Retraction, ...]:
    """The retracted works, by IRI."""
    found = [_retraction(store, node) for node in _instances(store, "Retraction")]
    return tuple(sorted(found, key=lambda each: each.work))


def row_literal(claim: Claim) -> ox.Literal:
    """A claim as its row of the claims file, in one JSON literal."""
    return ox.Literal(json.dumps(claim_to_row(claim), ensure_ascii=False), datatype=v.JSON)


def claim_of_row(row: str) -> Claim:
    """The claim that ``row_literal`` wrote."""
    return row_to_claim(json.loads(row))


def _record(node: ox.NamedNode, said: Verdict | Retraction) -> Iterator[Triple]:
    """Who said so, when and why."""
    if said.by:
        yield node, v.CREATOR, ox.Literal(said.by)
    if said.on:
        yield node, v.DATE, ox.Literal(said.on, datatype=v.DAY)
    if said.note:
        yield node, v.DESCRIPTION, ox.Literal(said.note)


def _instances(store: ox.Store, class_name: str) -> list[ox.NamedNode]:
    quads = matching(store, None, v.TYPE, lg(class_name), v.CURATION_GRAPH)
    return [quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)]


def _facts(store: ox.Store, node: object) -> dict[str, list[str]]:
    facts: dict[str, list[str]] = defaultdict(list)
    for quad in matching(store, node, None, None, v.CURATION_GRAPH):
        facts[quad.predicate.value].append(getattr(quad.object, "value", ""))
    return facts


def _one(facts: dict[str, list[str]], predicate: ox.NamedNode) -> str:
    return next(iter(facts.get(predicate.value, ())), "")


def _verdict(store: ox.Store, node: object) -> Verdict:
    facts = _facts(store, node)
    corrected = _one(facts, lg("correctedRow"))
    return Verdict(
        claim=claim_of_row(_one(facts, lg("row"))),
        judgement=_one(facts, lg("judgement")),  # type: ignore[arg-type]  # one of them was written
        correction=claim_of_row(corrected) if corrected else None,
        by=_one(facts, v.CREATOR),
        on=_one(facts, v.DATE),
        note=_one(facts, v.DESCRIPTION),
    )


def _retraction(store: ox.Store, node: object) -> Retraction:
    facts = _facts(store, node)
    return Retraction(
        work=_one(facts, lg("retracts")),
        keys=frozenset(facts[lg("workKey").value]),
        citation=_one(facts, lg("asWritten")),
        by=_one(facts, v.CREATOR),
        on=_one(facts, v.DATE),
        note=_one(facts, v.DESCRIPTION),
    )


def _sorted(verdicts: list[Verdict]) -> tuple[Verdict, ...]:
    def place(verdict: Verdict) -> tuple[str, int, str]:
        return verdict.claim.evidence.document, verdict.claim.evidence.start, verdict.claim.id

    return tuple(sorted(verdicts, key=place))
