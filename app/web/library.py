"""What pages and API read: the graph of one snapshot, with the views on it that are made once."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Event
from typing import Any

import pyoxigraph as ox

from kg.curate import find_claim
from kg.curation import CurationError, Verdict
from kg.curation_graph import curation_of
from kg.export import export
from kg.graph import KnowledgeGraph
from kg.matching import matching
from kg.model import Claim, Entity
from kg.read import claims_by_id
from kg.store import StoredDocument, documents, open_store
from kg.tables import write_csv
from kg.vocabulary import SKOS, TYPE
from ontology.lexicon import Lexicon, MeasuredProperty, Term
from queries.answer import Answer, OpenedStore, answer_forms, ask, open_for_questions, read_forms
from queries.answer.conversation import Turn, reply
from queries.chains import ChainGraph, find_chains
from queries.chains.resolve import resolve
from queries.charts import Grouping, Point, chart_points
from queries.describe import describe
from queries.form import Form
from queries.gaps import (
    GapMatrix,
    analogies,
    bridges,
    contradictions,
    gap_matrix,
    open_questions,
    thin_evidence,
)
from queries.parse.spelling import suggestions

Json = dict[str, Any]

#: The kinds of gap that pages and API list, by the name in their address.
GAPS: dict[str, Callable[[KnowledgeGraph], Sequence[Any]]] = {
    "bridges": bridges,
    "analogies": analogies,
    "contradictions": contradictions,
    "open-questions": open_questions,
    "thin": thin_evidence,
}

_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
#: Longer questions are no questions; the bound keeps a pasted book from being parsed.
MOST_QUESTION = 500


class UnknownNameError(ValueError):
    """A name that nothing in the graph bears: says which, and what is near it."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that claims speak of, with the number of claims that do."""

    entity: Entity
    claims: int


class Library:
    """One snapshot of the graph, answering in the JSON shapes of the command line.

    It is read when it is first needed; ``ready`` is set as soon as no question has to wait for that any more.
    """

    def __init__(self, store: Path, *, first_questions: Sequence[str] = ()) -> None:
        self._store, self._first_questions = store, first_questions
        self.ready = Event()
        self._cached_matrix = lru_cache(maxsize=32)(self._matrix)
        self._cached_gaps = lru_cache(maxsize=len(GAPS))(self._gaps)

    @cached_property
    def graph(self) -> KnowledgeGraph:
        """The snapshot seen from Python."""
        return KnowledgeGraph.open(self._store)

    @property
    def lexicon(self) -> Lexicon:
        """The terms of the ontology that the graph is read with."""
        return self.graph.lexicon

    @cached_property
    def _chain_graph(self) -> ChainGraph:
        return self._opened().chains

    @cached_property
    def documents(self) -> dict[str, StoredDocument]:
        """The documents by id."""
        return documents(self.graph.store)

    @cached_property
    def things(self) -> Mapping[str, Thing]:
        """The things that claims speak of, by IRI."""
        count: Counter[str] = Counter()
        entities: dict[str, Entity] = {}
        for statement in self.graph.statements():
            for entity in filter(None, (statement.subject, statement.object)):
                entities.setdefault(entity.iri, entity)
                count[entity.iri] += len(statement.claims)
        return {iri: Thing(entity, count[iri]) for iri, entity in entities.items()}

    @cached_property
    def members(self) -> Mapping[str, tuple[Thing, ...]]:
        """The things of each class of the ontology and its subclasses, the most spoken of first."""
        found: dict[str, list[Thing]] = defaultdict(list)
        for iri, thing in self.things.items():
            for class_iri in {above for term in self._terms(iri) for above in term.ancestors}:
                found[class_iri].append(thing)
        return {
            class_iri: tuple(sorted(things, key=lambda each: (-each.claims, each.entity.label)))
            for class_iri, things in found.items()
        }

    @cached_property
    def classes_below(self) -> Mapping[str, list[Term]]:
        """The classes directly below each class, by name."""
        terms, found = self.lexicon.terms, defaultdict(list)
        for term in terms.values():
            above = [terms[iri] for iri in term.ancestors[1:] if iri in terms]
            further = {iri for each in above for iri in each.ancestors[1:]}
            for each in above:
                if each.iri not in further:
                    found[each.iri].append(term)
        return {iri: sorted(below, key=lambda term: term.label.lower()) for iri, below in found.items()}

    @cached_property
    def properties(self) -> Mapping[str, tuple[MeasuredProperty, int]]:
        """The properties that have values in the graph, with how many, the most first."""
        columns, known = self._opened().columns, self.lexicon.properties
        count = {key: len(columns.claims_of([found.term.iri])) for key, found in known.items()}
        return {
            key: (known[key], count[key]) for key in sorted(known, key=lambda key: -count[key]) if count[key]
        }

    def warm(self) -> None:
        """Ask the first questions, then make the views that the first visitors would else wait for.

        Questions, single claims and documents are answered from the store; what looks at all claims waits
        until they are read.
        """
        for question in self._first_questions:
            self.ask(question)
        self.ready.set()
        for _ in (self.documents, self.members, self._chain_graph):
            pass

    def renew(self, store: Path, *, claims: Collection[str] | None = None) -> None:
        """Answer from another snapshot at once: of what was made of this one, all that still holds is kept.

        ``claims`` are the ids of all that changed, where that is known. What else is needed is made when it
        is first asked for; ``warm`` makes it before.
        """
        fresh = Library(store, first_questions=self._first_questions)
        held = documents(open_store(store, read_only=True))
        before = self.documents
        changed = {each for each in {*held, *before} if held.get(each) != before.get(each)}
        fresh.graph = self.graph.renewed(store, changed=changed, claims=claims)
        fresh.documents = held
        fresh.ready = self.ready
        self.__dict__ = fresh.__dict__

    def ask(self, question: str) -> Json:
        """The answer to a question in English."""
        return ask(question[:MOST_QUESTION], self.graph.store, lexicon=self.lexicon).to_json()

    def reply(self, question: str, before: Turn | None) -> Turn:
        """The next turn of a conversation."""
        return reply(question[:MOST_QUESTION], self._opened(), before)

    def read(self, question: str) -> list[Form] | Answer:
        """How a question can be understood, likeliest first, or the answer that says why it cannot."""
        return read_forms(question[:MOST_QUESTION], self._opened())

    def answer(self, question: str, forms: Sequence[Form]) -> Answer:
        """The answer to a question as it was understood."""
        return answer_forms(question, forms, self._opened())

    def chains(self, start: str | None, end: str | None, *, max_hops: int = 4, limit: int = 20) -> list[Json]:
        """The best chains between two things or classes. Raises UnknownNameError."""
        for name in filter(None, (start, end)):
            known = resolve(name, self._chain_graph.index, lexicon=self.lexicon) or self.lexicon.lookup(name)
            if not known:
                raise self.unknown_name(name)
        found = find_chains(self._chain_graph, start or None, end or None, max_hops=max_hops, limit=limit)
        return [chain.to_json() for chain in found]

    def unknown_name(self, name: str) -> UnknownNameError:
        """What is to be said of a name that nothing bears, with names that look like it."""
        classes = (term.label for iri, term in self.lexicon.terms.items() if iri in self.members)
        near = suggestions(name, tuple(dict.fromkeys((*self._opened().names, *classes))))
        hint = f"did you mean {', '.join(near)}?" if near else "expected a thing, or a class of things"
        return UnknownNameError(f"nothing in the graph is called “{name}”; {hint}")

    def gaps(self, kind: str) -> list[Json]:
        """The gaps of one kind of GAPS."""
        return self._cached_gaps(kind)

    def matrix(self, rows: str, columns: str, *, row_level: int = 0, column_level: int = 0) -> GapMatrix:
        """What is known of each pair of two classes' members. Raises DimensionError for an unknown class."""
        return self._cached_matrix(rows, columns, row_level, column_level)

    def describe(self, name: str) -> list[Json]:
        """What is known of the things that a name or IRI stands for."""
        return [each.to_json() for each in describe(self.graph, name)]

    def points(self, key: str, *, by: Grouping) -> list[tuple[Claim, Point]]:
        """The affirmed values of a property, each with its place in a chart."""
        claims = [claim for claim in self.graph.claims(relation=key) if claim.polarity == "affirmed"]
        measured = [claim for claim in claims if claim.is_measurement]
        return list(zip(measured, chart_points(measured, by=by, lexicon=self.lexicon), strict=True))

    def relations(self) -> list[tuple[str, int]]:
        """How many claims each relation has, the most first."""
        return Counter(
            claim.relation for claim in self.graph.claims() if not claim.is_measurement
        ).most_common()

    def claims_with(self, ids: Iterable[str]) -> dict[str, Claim]:
        """The claims with some ids, by id; ids that no claim has are left out."""
        return claims_by_id(self.graph.store, (each for each in ids if each.isascii() and each.isalnum()))

    def claim(self, id: str) -> Claim | None:
        """The claim with an id."""
        return self.claims_with([id]).get(id)

    def claims(self, document: str) -> list[Claim]:
        """The claims read from a document, by their place in it."""
        return self.graph.claims(document=document)

    def mappings(self, iri: str) -> list[tuple[str, str]]:
        """Terms of other ontologies that a term of ours, or the direct classes of a thing, are near to."""
        terms = [iri] if iri in self.lexicon.terms else [term.iri for term in self._terms(iri)]
        quads = (
            quad
            for term in terms
            for match in _MATCHES
            for quad in matching(self.graph.store, ox.NamedNode(term), ox.NamedNode(SKOS + match), None)
        )
        found = {(quad.predicate.value.removeprefix(SKOS), quad.object) for quad in quads}
        return sorted((match, node.value) for match, node in found if isinstance(node, ox.NamedNode))

    def verdicts(self, document: str) -> list[Verdict]:
        """What people said of the claims of a document."""
        return list(curation_of(self.graph.store, document).verdicts)

    def verdict(self, claim: str) -> Verdict | None:
        """What a person said of a claim, or what made it; the id may be that of a claim that is gone."""
        try:
            return find_claim(self.graph.store, claim)[1]
        except CurationError:
            return None

    def export(self, form: str) -> bytes:
        """The whole graph in a format of ``kg.export``. Raises ExportError."""
        output = io.BytesIO()
        export(self.graph.store, form, output)
        return output.getvalue()

    def table(self, key: str) -> bytes:
        """The values of a property as comma-separated values."""
        output = io.BytesIO()
        write_csv(self.graph.measurement_rows(key), output)
        return output.getvalue()

    def _opened(self) -> OpenedStore:
        return open_for_questions(self.graph.store, lexicon=self.lexicon)

    def _matrix(self, rows: str, columns: str, row_level: int, column_level: int) -> GapMatrix:
        return gap_matrix(self.graph, rows, columns, row_level=row_level, column_level=column_level)

    def _gaps(self, kind: str) -> list[Json]:
        return [gap.to_json() for gap in GAPS[kind](self.graph)]

    def _terms(self, iri: str) -> list[Term]:
        """The terms of the ontology that a thing is put under directly."""
        types = matching(self.graph.store, ox.NamedNode(iri), TYPE, None, None)
        found = dict.fromkeys(quad.object.value for quad in types if isinstance(quad.object, ox.NamedNode))
        return [self.lexicon.terms[each] for each in found if each in self.lexicon.terms]
