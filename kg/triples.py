"""Claims as quads: the shape of the graph that docs/graph.md describes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox

from kg import vocabulary as v
from kg.assembly import entities
from kg.curation import Curated
from kg.curation_graph import row_literal, verdict_node
from kg.evidence import citation_node, citation_triples, evidence_triples, sequence_triples
from kg.model import Claim, Entity, OpenQuestion, Quantity, Reference
from kg.naming import Bearers, only_bearer, unfolded
from kg.things import condition_kinds, thing_triples
from kg.vocabulary import Triple, lg
from kg.works import own_work_node, works_behind
from ontology.grounding import ground
from ontology.lexicon import THINGS, Lexicon
from ontology.units import parse_unit


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known of a document besides its claims.

    ``source`` says where the file was (a path or address); ``source_digest`` is the caller's hash of the
    file and of the program that read it, by which a build sees that nothing changed. ``own`` is the
    document's own bibliographic record; ``open_questions`` is what the document itself calls open.
    """

    title: str = ""
    source: str = ""
    source_digest: str = ""
    own: Reference | None = None
    open_questions: tuple[OpenQuestion, ...] = ()


def document_quads(
    document: str, curated: Curated, context: Context, *, info: DocumentInfo, digest: str
) -> set[ox.Quad]:
    """The quads of one document's graph, for assembled claims after curation."""
    graph = v.document_graph(document)
    triples = set(_document(document, info, digest, len(curated.claims)))
    mentioned: list[Entity] = []
    for claim in curated.claims:
        mentioned += mentions(claim, context)
    triples.update(claim_triples(curated, context))
    for question in info.open_questions:
        mentioned += question.topics
        triples.update(_open_question(question))
    triples.update(thing_triples(mentioned, lexicon=context.lexicon))
    return {ox.Quad(*triple, graph) for triple in triples}


@dataclass(frozen=True, slots=True)
class Context:
    """What the claims of a document share: which thing bears a name, the document's own work, the lexicon."""

    borne: Bearers
    own: Reference | None
    lexicon: Lexicon

    def thing(self, name: str, kind: str) -> Entity:
        """The thing that a condition or a context names."""
        names = unfolded(name)
        grounding = ground(names, kind=kind, lexicon=self.lexicon)
        iri = only_bearer(names[0], self.borne) or grounding.iri
        return Entity(names=names, kind=kind or grounding.kind, iri=iri)


def claim_triples(curated: Curated, context: Context) -> Iterator[Triple]:
    """Yield the triples of claims after curation, without those of the things that they mention."""
    for claim in curated.claims:
        yield from _claim(claim, context)
    yield from _set_aside(curated, context.own)


def edge(claim: Claim, lexicon: Lexicon) -> Triple | None:
    """The direct edge from subject to object that an affirmed relation is, besides being a claim."""
    if claim.object is None or claim.polarity != "affirmed":
        return None
    relation = _relation(claim.relation, lexicon)
    return ox.NamedNode(claim.subject.iri), relation, ox.NamedNode(claim.object.iri)


def _relation(key: str, lexicon: Lexicon) -> ox.NamedNode:
    relation = lexicon.relations.get(key)
    return ox.NamedNode(relation.iri) if relation else lg(key)


def mentions(claim: Claim, context: Context) -> list[Entity]:
    """The things that a claim mentions: what it is about, what its conditions and its context name."""
    kinds = condition_kinds()
    named = [(value, kinds[key]) for key, value in claim.conditions.items() if key in kinds]
    named += [(name, "") for name in claim.context]
    things = (context.thing(name, kind) for name, kind in named if isinstance(name, str))
    return [*entities(claim), *things]


def _document(document: str, info: DocumentInfo, digest: str, count: int) -> Iterator[Triple]:
    node = v.document_node(document)
    yield node, v.TYPE, lg("Document")
    yield node, lg("digest"), ox.Literal(digest)
    yield node, lg("claimCount"), ox.Literal(count)
    yield node, lg("ownWork"), own_work_node(document, info.own)
    for predicate, text in (
        (v.TITLE, info.title),
        (v.SOURCE, info.source),
        (lg("sourceDigest"), info.source_digest),
    ):
        if text:
            yield node, predicate, ox.Literal(text)
    if info.own is not None:
        citation = citation_node(info.own, document)
        yield node, lg("ownCitation"), citation
        yield from citation_triples(citation, info.own, work=own_work_node(document, info.own))


def _claim(claim: Claim, context: Context) -> Iterator[Triple]:
    node = v.claim_node(claim.id)
    yield from _entity(node, "subject", claim.subject)
    if claim.quantity is not None:
        yield node, v.TYPE, lg("Measurement")
        measured = context.lexicon.properties.get(claim.relation)
        yield node, lg("property"), ox.NamedNode(measured.term.iri) if measured else lg(claim.relation)
        yield from _quantity(node, claim.quantity)
    elif claim.object is not None:
        yield node, v.TYPE, lg("RelationClaim")
        yield node, lg("relation"), _relation(claim.relation, context.lexicon)
        yield from _entity(node, "object", claim.object)
        if direct := edge(claim, context.lexicon):
            yield direct
    yield from _conditions(node, claim, context)
    yield node, lg("polarity"), ox.Literal(claim.polarity)
    yield node, lg("certainty"), ox.Literal(claim.certainty)
    yield node, lg("confidence"), ox.Literal(float(claim.confidence))
    yield node, v.DERIVED_FROM, v.document_node(claim.evidence.document)
    if claim.evidence.extractor:
        yield node, lg("extractor"), ox.Literal(claim.evidence.extractor)
    for work, _ in works_behind(claim.evidence, own=context.own):
        yield node, v.PRIMARY_SOURCE, work
        yield work, v.TYPE, lg("Work")
    yield from evidence_triples(node, lg("evidence"), claim.evidence)


def _set_aside(curated: Curated, own: Reference | None) -> Iterator[Triple]:
    """What curation took out of the claims that count, each as one row, and what became of what."""
    for claim, verdict in curated.originals:
        node = v.original_node(claim.id)
        yield node, v.TYPE, lg("OriginalClaim")
        yield node, lg("row"), row_literal(claim)
        yield node, lg("judgement"), ox.Literal(verdict.judgement)
        yield node, lg("verdict"), verdict_node(verdict.claim.id)
    for claim in curated.retracted:
        node = v.retracted_node(claim.id)
        yield node, v.TYPE, lg("RetractedClaim")
        yield node, lg("row"), row_literal(claim)
        for work, _ in works_behind(claim.evidence, own=own):
            yield node, v.PRIMARY_SOURCE, work
    retracted = {claim.id for claim in curated.retracted}
    for made, original in curated.revised.items():
        node = v.retracted_node(made) if made in retracted else v.claim_node(made)
        yield node, v.REVISION_OF, v.original_node(original)


def _open_question(question: OpenQuestion) -> Iterator[Triple]:
    node = v.open_question_node(question.id)
    yield node, v.TYPE, lg("OpenQuestion")
    yield node, lg("gapKind"), ox.Literal(question.kind)
    yield node, v.DERIVED_FROM, v.document_node(question.evidence.document)
    yield node, lg("extractor"), ox.Literal(question.evidence.extractor)
    things, labels, kinds = [], [], []
    for topic in question.topics:
        things.append(ox.NamedNode(topic.iri))
        labels.append(ox.Literal(topic.label))
        kinds.append(lg(topic.kind))
        yield node, lg("topic"), things[-1]
        yield node, lg("topicName"), labels[-1]
        yield node, lg("topicType"), kinds[-1]
    for predicate, members in (("topics", things), ("topicNames", labels), ("topicTypes", kinds)):
        yield from sequence_triples(node, lg(predicate), members)
    yield from evidence_triples(node, lg("foundIn"), question.evidence)


def _entity(node: ox.NamedNode, role: str, entity: Entity) -> Iterator[Triple]:
    yield node, lg(role), ox.NamedNode(entity.iri)
    yield node, lg(f"{role}Name"), ox.Literal(entity.label)
    if entity.kind:
        yield node, lg(f"{role}Type"), lg(entity.kind)
    yield from sequence_triples(node, lg(f"{role}Names"), [ox.Literal(name) for name in entity.names])


def _quantity(node: ox.NamedNode, quantity: Quantity) -> Iterator[Triple]:
    unit = parse_unit(quantity.unit)
    iri = unit.iri if unit and unit.iri else f"{THINGS}unit/{quote(quantity.unit, safe='')}"
    yield node, lg("value"), ox.Literal(float(quantity.value))
    if quantity.value_max is not None:
        yield node, lg("valueMax"), ox.Literal(float(quantity.value_max))
    yield node, lg("unit"), ox.NamedNode(iri)
    yield node, lg("unitSymbol"), ox.Literal(quantity.unit)
    yield node, lg("comparator"), ox.Literal(quantity.comparator)
    if quantity.as_written:
        yield node, lg("asWritten"), ox.Literal(quantity.as_written)


def _conditions(node: ox.NamedNode, claim: Claim, context: Context) -> Iterator[Triple]:
    for key, value in claim.conditions.items():
        predicate = lg(key)
        if isinstance(value, str):
            yield node, lg("conditionText"), ox.Literal(f"{quote(key, safe='')}: {value}")
            if key in condition_kinds():
                yield node, predicate, ox.NamedNode(context.thing(value, condition_kinds()[key]).iri)
            else:
                yield node, predicate, ox.Literal(value)
        else:
            yield node, lg("conditionText"), ox.Literal(f"{quote(key, safe='')}: {value:.12g}")
            yield node, predicate, ox.Literal(float(value))
    for name in claim.context:
        yield node, lg("context"), ox.NamedNode(context.thing(name, "").iri)
        yield node, lg("contextName"), ox.Literal(name)
    yield from sequence_triples(node, lg("contextNames"), [ox.Literal(name) for name in claim.context])
