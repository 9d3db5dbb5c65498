"""The lexicon: terms, properties and relations with the words people use for them, read from the ontology.

The Turtle modules beside this file are the one source; nothing about the field is written in Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from ontology.modules import ontology_files
from ontology.names import acronym, normalise

BASE = "https://w3id.org/lithograph/"
TERMS = BASE + "ontology#"
THINGS = BASE + "id/"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True, slots=True)
class Term:
    """A class of the ontology that claims can speak of, with the names people write for it.

    ``kind`` is the nearest class marked ``lg:isKind`` among itself and its ancestors (Material,
    FailureMechanism, …); ``ancestors`` are the IRIs of all superclasses, the term's own first.
    ``exact_labels`` are short names that count only as they are capitalised ("SE", "In").
    """

    iri: str
    label: str
    kind: str
    alt_labels: tuple[str, ...] = ()
    exact_labels: tuple[str, ...] = ()
    ancestors: tuple[str, ...] = ()
    definition: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The preferred label, then the others."""
        return (self.label, *self.alt_labels, *self.exact_labels)


@dataclass(frozen=True, slots=True)
class MeasuredProperty:
    """A property that has values: its key in claims, its term, and the symbol of its canonical unit."""

    key: str
    term: Term
    unit: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between two things, read subject → object, with the words that state it.

    ``verbs`` take the subject as their grammatical subject ("X suppresses Y"), ``inverse_verbs`` the
    object ("Y results from X"); ``nouns`` name the event ("suppression of Y by X"); ``adjectives``
    are predicates ("X is beneficial for Y"). ``sign`` is +1, -1 or 0 for chain composition.
    ``domain`` and ``range`` are kinds; empty means any.
    """

    key: str
    iri: str
    label: str
    inverse_label: str = ""
    sign: int = 0
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    alt_labels: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    inverse_verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All terms, measured properties and relations, and the index of names.

    ``by_name`` is keyed by ``normalise(name)``, ``by_exact`` by ``acronym(name)``.
    """

    terms: Mapping[str, Term]
    properties: Mapping[str, MeasuredProperty]
    relations: Mapping[str, Relation]
    by_name: Mapping[str, tuple[Term, ...]]
    by_exact: Mapping[str, tuple[Term, ...]]

    def lookup(self, name: str) -> tuple[Term, ...]:
        """The terms that bear a name, in any spelling, likeliest sense first; empty where none does.

        Short names that are also words or variables bear their meaning only as they are capitalised;
        for some of these the sentence must decide too: see ``ontology.names.needs_context``.
        """
        found = self.by_exact.get(acronym(name), ()) + self.by_name.get(normalise(name), ())
        return tuple(dict.fromkeys(found)) if len(found) > 1 else found

    def is_a(self, iri: str, ancestor: str) -> bool:
        """Whether a term is the ancestor or one of its subclasses."""
        term = self.terms.get(iri)
        return term is not None and ancestor in term.ancestors

    def of_kind(self, kind: str) -> tuple[Term, ...]:
        """The terms of one kind."""
        return tuple(term for term in self.terms.values() if term.kind == kind)


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the ontology, read once: a user's modules are those named when it is first asked for."""
    return read_lexicon(ontology_files())


def read_lexicon(files: Iterable[Path]) -> Lexicon:
    """The lexicon of the given Turtle modules. Raises SyntaxError where a module is no Turtle."""
    graph = _Graph()
    for file in files:
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
            graph.add(quad.subject, quad.predicate, quad.object)
    terms = _read_terms(graph)
    rank = _precedence(graph, terms)
    by_name: dict[str, list[Term]] = defaultdict(list)
    by_exact: dict[str, list[Term]] = defaultdict(list)
    for term in terms.values():
        for name in dict.fromkeys(normalise(name) for name in (term.label, *term.alt_labels)):
            by_name[name].append(term)
        for name in dict.fromkeys(acronym(name) for name in term.exact_labels):
            by_exact[name].append(term)
    for name, found in by_name.items():
        if len(found) > 1:
            found.sort(key=lambda term: (rank[term.iri], normalise(term.label) != name))
    for found in by_exact.values():
        found.sort(key=lambda term: rank[term.iri])
    return Lexicon(
        terms=terms,
        properties=_read_properties(graph, terms),
        relations=_read_relations(graph),
        by_name={name: tuple(found) for name, found in by_name.items()},
        by_exact={name: tuple(found) for name, found in by_exact.items()},
    )


class _Graph:
    """Subject → predicate → objects as plain text; anonymous classes are left out."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def add(self, subject: object, predicate: object, value: object) -> None:
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            assert isinstance(predicate, ox.NamedNode)
            self.values[subject.value][predicate.value].append(value.value)

    def of_type(self, type_iri: str) -> list[str]:
        return sorted(iri for iri, facts in self.values.items() if type_iri in facts[_RDF + "type"])

    def all(self, iri: str, predicate: str) -> tuple[str, ...]:
        return tuple(self.values[iri][predicate])

    def one(self, iri: str, predicate: str) -> str:
        return next(iter(self.values[iri][predicate]), "")


def _read_terms(graph: _Graph) -> dict[str, Term]:
    parents = {iri: graph.all(iri, _RDFS + "subClassOf") for iri in graph.of_type(_OWL + "Class")}
    kinds = {iri: local_name(iri) for iri in parents if graph.one(iri, TERMS + "isKind") == "true"}
    terms = {}
    for iri in parents:
        ancestors = _ancestors(iri, parents)
        kind = next((kinds[ancestor] for ancestor in ancestors if ancestor in kinds), "")
        label = graph.one(iri, _SKOS + "prefLabel")
        if kind and label:
            terms[iri] = Term(
                iri=iri,
                label=label,
                kind=kind,
                alt_labels=graph.all(iri, _SKOS + "altLabel"),
                exact_labels=graph.all(iri, TERMS + "exactLabel"),
                ancestors=ancestors,
                definition=graph.one(iri, _SKOS + "definition"),
            )
    return terms


def _precedence(graph: _Graph, terms: Mapping[str, Term]) -> dict[str, int]:
    """A term's own precedence, else that of its kind."""
    own = {iri: graph.one(iri, TERMS + "precedence") for iri in terms}
    return {iri: int(own[iri] or own[TERMS + term.kind] or 0) for iri, term in terms.items()}


def _ancestors(iri: str, parents: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Breadth first, so that the nearest ancestors come first."""
    found = [iri]
    for current in found:
        found.extend(parent for parent in parents.get(current, ()) if parent not in found)
    return tuple(found)


def _read_properties(graph: _Graph, terms: Mapping[str, Term]) -> dict[str, MeasuredProperty]:
    properties = {}
    for iri, term in terms.items():
        key = graph.one(iri, TERMS + "key")
        if key:
            unit = graph.one(iri, TERMS + "canonicalUnit")
            properties[key] = MeasuredProperty(key, term, graph.one(unit, TERMS + "symbol"))
    return properties


def _read_relations(graph: _Graph) -> dict[str, Relation]:
    relations = {}
    for iri in graph.of_type(_OWL + "ObjectProperty"):
        if graph.one(iri, TERMS + "isClaimRelation") == "true":
            relations[local_name(iri)] = Relation(
                key=local_name(iri),
                iri=iri,
                label=graph.one(iri, _SKOS + "prefLabel"),
                inverse_label=graph.one(iri, TERMS + "inverseLabel"),
                sign=int(graph.one(iri, TERMS + "sign") or 0),
                domain=tuple(local_name(kind) for kind in graph.all(iri, TERMS + "subjectKind")),
                range=tuple(local_name(kind) for kind in graph.all(iri, TERMS + "objectKind")),
                alt_labels=graph.all(iri, _SKOS + "altLabel"),
                verbs=graph.all(iri, TERMS + "verb"),
                inverse_verbs=graph.all(iri, TERMS + "inverseVerb"),
                nouns=graph.all(iri, TERMS + "noun"),
                adjectives=graph.all(iri, TERMS + "adjective"),
            )
    return relations


def local_name(iri: str) -> str:
    """The part of an IRI after its last # or /.

    >>> local_name("https://w3id.org/lithograph/ontology#suppresses")
    'suppresses'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
