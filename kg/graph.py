"""The public Python view of a store: claims, statements, neighbours, a networkx graph, SPARQL, rdflib."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.assembly import claim_order
from kg.contradictions import Contradiction, contradictions
from kg.curation_graph import stored_retractions
from kg.html import graph_html
from kg.lookup import find_things
from kg.model import Claim
from kg.neighbours import Neighbour, Neighbours
from kg.network import to_networkx
from kg.papers import Papers, papers_of
from kg.read import claims_by_id, own_records, retracted_claims, stored_claims
from kg.refinement import Refinements, refinements
from kg.statements import Statement, Statements, gather
from kg.store import document_ids, open_store
from kg.tables import Row, measurement_rows, table_columns
from kg.vocabulary import PREFIXES, document_graph
from ontology.lexicon import Lexicon, load_lexicon

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib


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
    >>> graph.statements()
    [<LiF-rich SEI suppresses lithium dendrite growth: belief 0.70, 1 paper>]
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

    def renewed(
        self, path: str | Path, *, changed: Collection[str], claims: Collection[str] | None = None
    ) -> KnowledgeGraph:
        """The graph of a later state of the store, in which some documents came, went or are others.

        Only the claims of these are read; of these only those with certain ids, where it is known that no
        others changed. Raises StoreError.
        """
        fresh = KnowledgeGraph(open_store(path, read_only=True), lexicon=self.lexicon)
        known: dict[str, list[Claim]] = defaultdict(list)
        for claim in self._claims:
            known[claim.evidence.document].append(claim)
        for document in changed:
            if claims is None:
                known[document] = list(stored_claims(fresh.store, document=document, lexicon=self.lexicon))
            else:
                known[document] = [each for each in known[document] if each.id not in claims]
        if claims is not None:
            for claim in claims_by_id(fresh.store, claims, lexicon=self.lexicon).values():
                known[claim.evidence.document].append(claim)
        for document in changed:
            known[document].sort(key=claim_order)
        fresh._claims = tuple(claim for each in document_ids(fresh.store) for claim in known[each])
        return fresh

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
        found: Iterable[Claim]
        if document is None or "_claims" in self.__dict__:
            found = self._claims
        elif self.store.contains_named_graph(document_graph(document)):
            # The claims of one document are there long before those of all are read.
            found = stored_claims(self.store, document=document, lexicon=self.lexicon)
        else:
            found = ()
        return [
            claim
            for claim in found
            if (document is None or claim.evidence.document == document)
            and _fits(claim, relation, subjects, objects)
        ]

    def statements(
        self,
        *,
        subject: str | None = None,
        relation: str | None = None,
        object: str | None = None,
        retracted: bool = False,
    ) -> Statements:
        """The statements that fit, each with its claims and the belief in it; arguments as for ``claims``.

        With ``retracted`` also those that rest on retracted works alone, which nobody believes any more.
        """
        subjects, objects = self._wanted(subject), self._wanted(object)
        found = self._all_statements if retracted else self._statements
        return Statements(each for each in found if _fits(each, relation, subjects, objects))

    def more_general(self, statement: Statement) -> tuple[Statement, ...]:
        """The nearest statements that this one is a special case of."""
        return self._refinements.general.get(statement.id, ())

    def more_special(self, statement: Statement) -> tuple[Statement, ...]:
        """The nearest statements that are special cases of this one."""
        return self._refinements.special.get(statement.id, ())

    def measurements(self, property: str | None = None, *, material: str | None = None) -> pd.DataFrame:
        """The measured values as a pandas data frame: a row each, a column for each condition that is stated.

        Values are in the property's canonical unit. ``property`` is a name or a key: "ionic conductivity",
        ``ionic_conductivity``. Raises ValueError where nothing bears it, and ImportError without pandas (the
        extra ``pandas``); ``measurement_rows`` gives the same rows without it.
        """
        try:
            import pandas as pd  # noqa: PLC0415  (an extra)
        except ImportError as error:
            raise ImportError(
                "measurements needs pandas: pip install 'lithograph[pandas]'; "
                "measurement_rows gives the same rows without it"
            ) from error
        rows = self.measurement_rows(property, material=material)
        return pd.DataFrame(rows, columns=list(rows[0]) if rows else table_columns())

    def measurement_rows(self, property: str | None = None, *, material: str | None = None) -> list[Row]:
        """The measured values as rows of one tidy table; arguments as for ``measurements``."""
        key = None if property is None else self._property(property)
        found = self.claims(relation=key, subject=material)
        return measurement_rows(claim for claim in found if claim.is_measurement)

    def contradictions(self) -> list[Contradiction]:
        """The pairs of statements that cannot both hold, each with the evidence of both sides."""
        return contradictions(self._statements, lexicon=self.lexicon)

    def neighbours(self, name: str) -> Neighbours:
        """What statements join to the things of a name or IRI, the best supported first."""
        wanted = self.things(name)
        found = Neighbours()
        for statement in self._statements:
            if statement.object is None or not statement.affirming:
                continue
            if statement.subject.iri in wanted:
                found.append(Neighbour(statement.object, "out", statement))
            if statement.object.iri in wanted:
                found.append(Neighbour(statement.subject, "in", statement))
        found.sort(key=lambda near: -near.statement.belief.value)
        return found

    def things(self, name: str) -> frozenset[str]:
        """The IRIs of the things that a name stands for: by label, else by composition, else by any name.

        An IRI stands for itself. Empty where nothing in the graph bears the name.
        """
        return find_things(name, self.store, lexicon=self.lexicon, retracted=lambda: self._retracted)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The affirmed relations as a networkx graph: see ``kg.network.to_networkx``."""
        return to_networkx(self._statements, lexicon=self.lexicon)

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

    def _repr_html_(self) -> str:
        return graph_html(self._claims, self._statements)

    @cached_property
    def _claims(self) -> Sequence[Claim]:
        return tuple(stored_claims(self.store, lexicon=self.lexicon))

    @cached_property
    def _statements(self) -> Sequence[Statement]:
        return self._gathered(self._claims)

    @cached_property
    def _all_statements(self) -> Sequence[Statement]:
        retracted = self._retracted
        return self._gathered((*self._claims, *retracted)) if retracted else self._statements

    @cached_property
    def papers(self) -> Papers:
        """The independent papers behind the claims, with those that are retracted."""
        own, retractions = own_records(self.store), stored_retractions(self.store)
        return papers_of(self._claims, own=own, retractions=retractions)

    @cached_property
    def _retracted(self) -> Sequence[Claim]:
        return tuple(retracted_claims(self.store))

    @cached_property
    def _refinements(self) -> Refinements:
        return refinements(self._statements, lexicon=self.lexicon)

    def _gathered(self, claims: Iterable[Claim]) -> Sequence[Statement]:
        own, retractions = own_records(self.store), stored_retractions(self.store)
        return tuple(gather(claims, own=own, retractions=retractions, lexicon=self.lexicon))

    def _property(self, name: str) -> str:
        """The key of a property that bears a name or is a key itself."""
        if name in self.lexicon.properties:
            return name
        terms = {term.iri for term in self.lexicon.lookup(name)}
        known = {key: measured.term.iri for key, measured in self.lexicon.properties.items()}
        found = [key for key, iri in known.items() if iri in terms]
        found += [claim.relation for claim in self._claims if claim.is_measurement and claim.relation == name]
        if not found:
            raise ValueError(f"no property is called {name!r}; expected one of {', '.join(sorted(known))}")
        return found[0]

    def _wanted(self, name: str | None) -> frozenset[str] | None:
        return None if name is None else self.things(name)


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
