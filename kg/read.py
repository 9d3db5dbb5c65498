"""From the store back to claims: what was loaded comes back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from kg import vocabulary as v
from kg.assembly import claim_order
from kg.curation_graph import claim_of_row
from kg.matching import matching
from kg.model import Claim, ConditionValue, Entity, Evidence, OpenQuestion, Quantity, Reference
from kg.store import document_ids, stored_document
from kg.triples import DocumentInfo
from kg.vocabulary import lg
from ontology.lexicon import TERMS, Lexicon, load_lexicon

#: What a graph says of one node: predicate → objects, by IRI. Objects are NamedNode or Literal.
Facts = dict[str, list[Any]]

#: What leads from a claim to the nodes that only tell more of it.
PARTS = frozenset(
    (
        v.HAS_SELECTOR,
        *map(lg, ("subjectNames", "objectNames", "contextNames", "evidence", "refs")),
        *map(lg, ("citation", "citations", "authors")),
    )
)

_CLAIM_TYPES = frozenset((lg("Measurement").value, lg("RelationClaim").value))


def stored_claims(
    store: ox.Store, *, document: str | None = None, lexicon: Lexicon | None = None
) -> Iterator[Claim]:
    """Yield the claims of one document or of all, document by document, in the order of the text."""
    keys = _property_keys(lexicon or load_lexicon())
    for each in document_ids(store) if document is None else [document]:
        graph = _read_graph(store, each)
        claims = [_claim(graph, facts, keys) for facts in graph.values() if _is_claim(facts)]
        yield from sorted(claims, key=claim_order)


def retracted_claims(store: ox.Store, *, document: str | None = None) -> Iterator[Claim]:
    """Yield the claims of one document or of all that count nothing because their works are retracted."""
    for each in document_ids(store) if document is None else [document]:
        graph = _read_graph(store, each)
        yield from sorted(_rows(graph, "RetractedClaim"), key=claim_order)


def claims_as_read(store: ox.Store, document: str, *, lexicon: Lexicon | None = None) -> list[Claim]:
    """One document's claims as they were before curation, in the order of the text."""
    keys = _property_keys(lexicon or load_lexicon())
    graph = _read_graph(store, document)
    untouched = {node: facts for node, facts in graph.items() if v.REVISION_OF.value not in facts}
    claims = [_claim(graph, facts, keys) for facts in untouched.values() if _is_claim(facts)]
    claims += [*_rows(graph, "OriginalClaim"), *_rows(untouched, "RetractedClaim")]
    return sorted(claims, key=claim_order)


def claims_by_id(
    store: ox.Store, claims: Iterable[str], *, lexicon: Lexicon | None = None
) -> dict[str, Claim]:
    """Some claims by id, in their order, each read by itself; those that the store lacks are left out."""
    keys = _property_keys(lexicon or load_lexicon())
    found: dict[str, Claim] = {}
    graphs: dict[Any, dict[str, Facts]] = {}
    for claim in dict.fromkeys(claims):
        node = v.claim_node(claim)
        place = next(iter(matching(store, node, lg("evidence"), None, None)), None)
        if place is not None:
            nodes = graphs.setdefault(place.graph_name, {})
            _follow(store, node, place.graph_name, nodes)
            found[claim] = _claim(nodes, nodes[node.value], keys)
    return found


def document_info(store: ox.Store, document: str) -> DocumentInfo:
    """What the store knows of a document besides its claims."""
    stored = stored_document(store, document)
    return DocumentInfo(
        title=stored.title,
        source=stored.source,
        source_digest=stored.source_digest,
        own=_own_record(store, document),
        open_questions=tuple(stored_open_questions(store, document=document)),
    )


def stored_open_questions(store: ox.Store, *, document: str | None = None) -> Iterator[OpenQuestion]:
    """Yield what one document or all call open, document by document, in the order of the text."""
    for each in document_ids(store) if document is None else [document]:
        graph = _read_graph(store, each)
        found = [_open_question(graph, facts) for facts in graph.values() if _is(facts, "OpenQuestion")]
        yield from sorted(found, key=lambda question: (question.evidence.start, question.id))


def own_records(store: ox.Store, documents: Iterable[str] | None = None) -> dict[str, Reference]:
    """The bibliographic record of each document that has one, of some or of all that are stored, by id."""
    wanted = document_ids(store) if documents is None else sorted(documents)
    records = {document: _own_record(store, document) for document in wanted}
    return {document: record for document, record in records.items() if record is not None}


def _own_record(store: ox.Store, document: str) -> Reference | None:
    graph = v.document_graph(document)
    for quad in matching(store, v.document_node(document), lg("ownCitation"), None, graph):
        return stored_citation(store, quad.object, graph)
    return None


def _property_keys(lexicon: Lexicon) -> dict[str, str]:
    return {measured.term.iri: key for key, measured in lexicon.properties.items()}


def _rows(graph: dict[str, Facts], class_name: str) -> list[Claim]:
    """The claims that nodes of a class keep as rows."""
    return [claim_of_row(_one(facts, lg("row"))) for facts in graph.values() if _is(facts, class_name)]


def stored_reference(store: ox.Store, work: ox.NamedNode) -> Reference:
    """The bibliographic record of a work, as the first document that cites it describes it."""
    graphs = {quad.graph_name for quad in matching(store, work, v.TYPE, lg("Work"), None)}
    for graph in sorted(graphs, key=str):
        if isinstance(graph, ox.NamedNode):
            return stored_citation(store, work, graph)
    return Reference()


def stored_citation(store: ox.Store, node: Any, graph: ox.NamedNode) -> Reference:
    """The bibliographic record that a graph has of a work or of a citation of one."""
    nodes = _read_nodes(store, node, graph)
    return _reference(nodes, nodes[node.value])


def stored_topics(store: ox.Store, question: Any, graph: ox.NamedNode) -> tuple[Entity, ...]:
    """What an open question is about."""
    nodes = _read_nodes(store, question, graph)
    return _topics(nodes, nodes[question.value])


def _read_nodes(store: ox.Store, node: Any, graph: ox.NamedNode) -> dict[str, Facts]:
    """What a graph says of a node, which comes first, and of the nodes that it leads to."""
    nodes: dict[str, Facts] = {node.value: {}}
    for quad in matching(store, node, None, None, graph):
        nodes[node.value].setdefault(quad.predicate.value, []).append(quad.object)
        if isinstance(quad.object, ox.NamedNode):
            for other in matching(store, quad.object, None, None, graph):
                facts = nodes.setdefault(quad.object.value, {})
                facts.setdefault(other.predicate.value, []).append(other.object)
    return nodes


def _follow(store: ox.Store, node: Any, graph: Any, nodes: dict[str, Facts]) -> None:
    """Add what a graph says of a node and of all nodes that belong to it, unless it is known."""
    if node.value in nodes:
        return
    facts: Facts = {}
    nodes[node.value] = facts
    for quad in matching(store, node, None, None, graph):
        facts.setdefault(quad.predicate.value, []).append(quad.object)
        if quad.predicate in PARTS:
            _follow(store, quad.object, graph, nodes)


def _read_graph(store: ox.Store, document: str) -> dict[str, Facts]:
    graph: dict[str, Facts] = {}
    for quad in matching(store, None, None, None, v.document_graph(document)):
        subject: Any = quad.subject
        graph.setdefault(subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    return graph


def _is_claim(facts: Facts) -> bool:
    return any(type_.value in _CLAIM_TYPES for type_ in facts.get(v.TYPE.value, ()))


def _is(facts: Facts, class_name: str) -> bool:
    return lg(class_name) in facts.get(v.TYPE.value, ())


def _open_question(graph: dict[str, Facts], facts: Facts) -> OpenQuestion:
    return OpenQuestion(
        kind=_one(facts, lg("gapKind")),  # type: ignore[arg-type]
        topics=_topics(graph, facts),
        evidence=_evidence(graph, facts, lg("foundIn")),
    )


def _topics(graph: dict[str, Facts], facts: Facts) -> tuple[Entity, ...]:
    things = _ordered(graph, facts, "topic", "topics")
    labels = _ordered(graph, facts, "topicName", "topicNames")
    kinds = _ordered(graph, facts, "topicType", "topicTypes")
    return tuple(
        Entity((label,), _local(kind), iri) for iri, label, kind in zip(things, labels, kinds, strict=True)
    )


def _claim(graph: dict[str, Facts], facts: Facts, keys: dict[str, str]) -> Claim:
    measured = _one(facts, lg("property"))
    return Claim(
        subject=_entity(graph, facts, "subject"),
        relation=keys.get(measured) or _local(measured or _one(facts, lg("relation"))),
        object=None if measured else _entity(graph, facts, "object"),
        quantity=_quantity(facts) if measured else None,
        conditions=_conditions(facts),
        context=tuple(_ordered(graph, facts, "contextName", "contextNames")),
        polarity=_one(facts, lg("polarity")),  # type: ignore[arg-type]  # the literals of a Claim were written
        certainty=_one(facts, lg("certainty")),  # type: ignore[arg-type]
        confidence=float(_one(facts, lg("confidence"))),
        evidence=_evidence(graph, facts, lg("evidence")),
    )


def _entity(graph: dict[str, Facts], facts: Facts, role: str) -> Entity:
    return Entity(
        names=tuple(_ordered(graph, facts, f"{role}Name", f"{role}Names")),
        kind=_local(_one(facts, lg(f"{role}Type"))),
        iri=_one(facts, lg(role)),
    )


def _quantity(facts: Facts) -> Quantity:
    highest = _one(facts, lg("valueMax"))
    return Quantity(
        value=float(_one(facts, lg("value"))),
        value_max=float(highest) if highest else None,
        unit=_one(facts, lg("unitSymbol")),
        comparator=_one(facts, lg("comparator")),  # type: ignore[arg-type]
        as_written=_one(facts, lg("asWritten")),
    )


def _conditions(facts: Facts) -> dict[str, ConditionValue]:
    conditions: dict[str, ConditionValue] = {}
    for text in sorted(literal.value for literal in facts.get(lg("conditionText").value, ())):
        escaped, _, written = text.partition(": ")
        stored = facts[TERMS + escaped][0]
        is_number = isinstance(stored, ox.Literal) and stored.datatype == v.DOUBLE
        conditions[unquote(escaped)] = float(stored.value) if is_number else written
    return conditions


def _evidence(graph: dict[str, Facts], found: Facts, predicate: ox.NamedNode) -> Evidence:
    facts = graph[_one(found, predicate)]
    selectors = [graph[selector.value] for selector in facts[v.HAS_SELECTOR.value]]
    position = next((each for each in selectors if v.START.value in each), {})
    quotation = next(each for each in selectors if v.EXACT.value in each)
    return Evidence(
        document=str(v.document_of_node(_one(facts, v.HAS_SOURCE))),
        start=int(_one(position, v.START) or -1),
        end=int(_one(position, v.END) or -1),
        quote=_one(quotation, v.EXACT),
        section=_one(facts, lg("section")),
        refs=tuple(int(number) for number in _ordered(graph, facts, "ref", "refs")),
        primary=tuple(
            _reference(graph, graph[node]) for node in _ordered(graph, facts, "citation", "citations")
        ),
        extractor=_one(found, lg("extractor")),
    )


def _reference(graph: dict[str, Facts], facts: Facts) -> Reference:
    number, year = _one(facts, lg("number")), _one(facts, lg("year"))
    return Reference(
        number=int(number) if number else None,
        authors=tuple(_ordered(graph, facts, "author", "authors")),
        title=_one(facts, v.TITLE),
        journal=_one(facts, lg("journal")),
        year=int(year) if year else None,
        volume=_one(facts, lg("volume")),
        page=_one(facts, lg("page")),
        doi=_one(facts, lg("doi")),
        as_written=_one(facts, lg("asWritten")),
    )


def _ordered(graph: dict[str, Facts], facts: Facts, single: str, sequence: str) -> list[str]:
    """The members of a sequence in their order, or the one value where there is no sequence."""
    node = _one(facts, lg(sequence))
    if not node:
        return [each.value for each in facts.get(lg(single).value, ())]
    members = graph[node]
    count = sum(predicate.startswith(v.MEMBER) for predicate in members)
    return [_one(members, v.member(position)) for position in range(1, count + 1)]


def _one(facts: Facts, predicate: ox.NamedNode) -> str:
    found = facts.get(predicate.value)
    return str(found[0].value) if found else ""


def _local(iri: str) -> str:
    return unquote(iri.removeprefix(TERMS))
