"""The public Python view of a store: claims, statements, neighbours, a networkx graph, SPARQL, rdflib."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pyoxigraph as ox

from kg.contradictions import Contradiction, contradictions
from kg.model import Claim, Entity
from kg.read import own_records, stored_claims
from kg.statements import Statement, gather
from kg.store import open_store
from kg.tables import Row, measurement_rows
from kg.vocabulary import PREFIXES, lg
from ontology.formula import parse_formula
from ontology.grounding import ground
from ontology.lexicon import Lexicon, load_lexicon
from ontology.names import normalise

if TYPE_CHECKING:
    import networkx as nx
    import rdflib


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing that a statement joins to another, which is its object where the direction is "out"."""

    entity: Entity
    direction: Literal["out", "in"]
    statement: Statement


class KnowledgeGraph:
    """A store seen from Python. Claims are read once, when they are first needed.

    >>> from kg.store import load_claims, memory_store
    >>> from kg.claims_file import row_to_claim
    >>> store = memory_store()
    >>> outcome = load_claims(store, [row_to_claim(
    ...     {"type": "relation", "subject": ["LiF-rich SEI"], "subject_type": "Interphase",
    ...      "relation": "suppresses", "object": ["lithium dendrite growth"],
    ...      "object_type": "FailureMechanism", "refs": [7], "quote": "LiF-rich SEI stops dendrites"},
    ...     document="notes")])
    >>> graph = KnowledgeGraph(store)
    >>> [statement.text for statement in graph.statements(relation="suppresses")]
    ['LiF-rich SEI suppresses lithium dendrite growth']
    >>> [(near.direction, near.entity.label) for near in graph.neighbours("lithium dendrite growth")]
    [('in', 'LiF-rich SEI')]
    >>> [claim.evidence.quote for claim in graph.claims(document="notes")]
    ['LiF-rich SEI stops dendrites']
    >>> [(edge["relation"], edge["sign"], round(edge["belief"], 2))
    ...  for _, _, edge in graph.to_networkx().edges(data=True)]
    [('suppresses', -1, 0.7)]
    """

    def __init__(self, store: ox.Store, *, lexicon: Lexicon | None = None) -> None:
        self.store = store
        self.lexicon = lexicon or load_lexicon()

    @classmethod
    def open(cls, path: str | Path) -> KnowledgeGraph:
        """The graph of the store in a folder, for reading. Raises StoreError where there is none."""
        return cls(open_store(path, read_only=True))

    def claims(
        self,
        *,
        document: str | None = None,
        subject: str | None = None,
        relation: str | None = None,
        object: str | None = None,
    ) -> list[Claim]:
        """The claims that fit, by document and place; ``subject`` and ``object`` are names or IRIs.

        ``relation`` is the key of a relation or of a measured property.
        """
        subjects, objects = self._wanted(subject), self._wanted(object)
        return [
            claim
            for claim in self._claims
            if (document is None or claim.evidence.document == document)
            and _fits(claim, relation, subjects, objects)
        ]

    def statements(
        self, *, subject: str | None = None, relation: str | None = None, object: str | None = None
    ) -> list[Statement]:
        """The statements that fit, each with its claims and the belief in it; arguments as for ``claims``."""
        subjects, objects = self._wanted(subject), self._wanted(object)
        return [each for each in self._statements if _fits(each, relation, subjects, objects)]

    def measurements(self, property: str | None = None, *, material: str | None = None) -> list[Row]:
        """The measured values as rows of one tidy table, for ``csv`` or ``pandas.DataFrame``.

        ``property`` is a key such as ``ionic_conductivity``; values are in the property's canonical unit.
        """
        found = self.claims(relation=property, subject=material)
        return measurement_rows(claim for claim in found if claim.is_measurement)

    def contradictions(self) -> list[Contradiction]:
        """The pairs of statements that cannot both hold, each with the evidence of both sides."""
        return contradictions(self._statements, lexicon=self.lexicon)

    def neighbours(self, name: str) -> list[Neighbour]:
        """What statements join to the things of a name or IRI, the best supported first."""
        wanted = self.things(name)
        found = []
        for statement in self._statements:
            if statement.object is None or not statement.affirming:
                continue
            if statement.subject.iri in wanted:
                found.append(Neighbour(statement.object, "out", statement))
            if statement.object.iri in wanted:
                found.append(Neighbour(statement.subject, "in", statement))
        return sorted(found, key=lambda near: -near.statement.belief.value)

    def things(self, name: str) -> frozenset[str]:
        """The IRIs of the things that a name stands for: by label, else by composition, else by any name.

        An IRI stands for itself. Empty where nothing in the graph bears the name.
        """
        if "://" in name:
            return frozenset((name,))
        grounded = ground(name, lexicon=self.lexicon)
        found = set(self._bearing("labelKey", normalise(name)))
        if grounded.reason not in ("head", "minted") and self._speaks_of(grounded.iri):
            found.add(grounded.iri)
        formula = parse_formula(name)
        if formula is not None and not found:
            found.update(self._bearing("compositionKey", formula.key))
        return frozenset(found or self._bearing("nameKey", normalise(name)))

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The affirmed relations as a networkx graph for traversal; nodes are IRIs.

        Nodes have ``label``, ``kind`` and ``names``. Edges are keyed by relation and have ``relation``,
        ``sign`` (+1, -1 or 0), ``belief`` and ``claims`` (ids).
        """
        import networkx as nx  # noqa: PLC0415  (takes a third of a second, needed for this view only)

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for statement in self._statements:
            if statement.object is None or not statement.affirming:
                continue
            for entity in (statement.subject, statement.object):
                graph.add_node(entity.iri, label=entity.label, kind=entity.kind, names=entity.names)
            relation = self.lexicon.relations.get(statement.relation)
            graph.add_edge(
                statement.subject.iri,
                statement.object.iri,
                key=statement.relation,
                relation=statement.relation,
                sign=relation.sign if relation else 0,
                belief=statement.belief.value,
                claims=tuple(claim.id for claim in statement.claims),
            )
        return graph

    def to_graphml(self) -> str:
        """The networkx graph as GraphML, lists joined by a vertical bar."""
        import networkx as nx  # noqa: PLC0415

        graph = self.to_networkx()
        for _, data in graph.nodes(data=True):
            data["names"] = " | ".join(data["names"])
        for *_, edge in graph.edges(data=True):
            edge["claims"] = " | ".join(edge["claims"])
        text = io.BytesIO()
        nx.write_graphml(graph, text, encoding="utf-8", prettyprint=True)
        return text.getvalue().decode()

    def sparql(self, query: str) -> list[dict[str, Any]] | bool | list[ox.Triple]:
        """The answer of a trusted SPARQL 1.1 query over all graphs, with the usual prefixes declared.

        SELECT gives a dictionary a row (variables without a value are left out), ASK a truth value,
        CONSTRUCT and DESCRIBE triples. There is no limit on time or memory.
        """
        answer = self.store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        if isinstance(answer, ox.QueryTriples):
            return list(answer)
        names = [variable.value for variable in answer.variables]
        return [{name: _plain(row[name]) for name in names if row[name] is not None} for row in answer]

    def rdflib(self) -> rdflib.Dataset:
        """The store as an rdflib Dataset whose default graph is the union of all; nothing is copied."""
        import oxrdflib  # noqa: PLC0415
        import rdflib  # noqa: PLC0415

        return rdflib.Dataset(store=oxrdflib.OxigraphStore(store=self.store), default_union=True)

    @cached_property
    def _claims(self) -> Sequence[Claim]:
        return tuple(stored_claims(self.store, lexicon=self.lexicon))

    @cached_property
    def _statements(self) -> Sequence[Statement]:
        return tuple(gather(self._claims, own=own_records(self.store)))

    def _wanted(self, name: str | None) -> frozenset[str] | None:
        return None if name is None else self.things(name)

    def _speaks_of(self, iri: str) -> bool:
        return (
            next(self.store.quads_for_pattern(ox.NamedNode(iri), lg("labelKey"), None, None), None)
            is not None
        )

    def _bearing(self, predicate: str, key: str) -> Iterator[str]:
        for quad in self.store.quads_for_pattern(None, lg(predicate), ox.Literal(key), None):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value


def _fits(
    item: Claim | Statement,
    relation: str | None,
    subjects: frozenset[str] | None,
    objects: frozenset[str] | None,
) -> bool:
    return (
        (relation is None or item.relation == relation)
        and (subjects is None or item.subject.iri in subjects)
        and (objects is None or (item.object is not None and item.object.iri in objects))
    )


def _plain(term: Any) -> Any:
    """A number for a numeric literal, text for any other term."""
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.rpartition("#")[2]
        if kind == "integer":
            return int(term.value)
        if kind in ("double", "decimal", "float"):
            return float(term.value)
        return term.value == "true" if kind == "boolean" else term.value
    return term.value if isinstance(term, ox.NamedNode) else str(term)
