"""Reads the columns of a store: each predicate once through, terms and claims numbered as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from kg import vocabulary as v
from kg.columns import NONE, Amounts, Columns, Mask, Numbers, Pairs, Values
from kg.matching import matching, selected, solutions, text_of
from kg.vocabulary import PREFIXES, claim_id, lg
from ontology.lexicon import Lexicon

_CLAIM_CLASSES = ("Measurement", "RelationClaim")
_SUBCLASS = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")


def read_columns(store: ox.Store, *, lexicon: Lexicon) -> Columns:
    """The columns of a store, read once through; takes about a minute for a million claims."""
    return _Reader(store, lexicon).read()


class _Reader:
    """What is known while a store is read: the numbers of claims and terms."""

    def __init__(self, store: ox.Store, lexicon: Lexicon) -> None:
        self.store = store
        self.lexicon = lexicon
        self.terms: dict[str, int] = {}
        measured = self._subjects(lg(_CLAIM_CLASSES[0]))
        ids = sorted({*measured, *self._subjects(lg(_CLAIM_CLASSES[1]))})
        self.claims = {iri: number for number, iri in enumerate(ids)}
        self.measured = np.zeros(len(ids), np.bool_)
        self.measured[[self.claims[iri] for iri in measured]] = True

    def read(self) -> Columns:
        predicate = self._terms(lg("relation"))
        property_ = self._terms(lg("property"))
        keys = self._condition_keys()
        works = self._works()
        return Columns(
            ids=np.array([claim_id(iri).encode() for iri in self.claims] or [], "S"),
            measured=self.measured,
            subject=self._terms(lg("subject")),
            subject_name=self._terms(lg("subjectName")),
            predicate=np.where(self.measured, property_, predicate),
            object=self._terms(lg("object")),
            object_name=self._terms(lg("objectName")),
            value=self._values(lg("value")),
            highest=self._values(lg("valueMax")),
            comparator=self._few(lg("comparator"), self.measured),
            polarity=self._few(lg("polarity"), np.ones(len(self.claims), np.bool_)),
            evidence=self._evidence(),
            subject_names=self._members("subjectNames"),
            object_names=self._members("objectNames"),
            conditions={key: self._pairs_of(key) for key in keys},
            amounts={key: self._amounts(key) for key in keys},
            works=works,
            years=self._years(works),
            types=self._types(),
            parents=self._of_things(_SUBCLASS),
            elements=self._of_things(lg("containsElement")),
            terms=tuple(self.terms),
        )

    def _number(self, term: str) -> int:
        return self.terms.setdefault(term, len(self.terms))

    def _subjects(self, class_: ox.NamedNode) -> list[str]:
        return [claim for (claim,) in selected(self.store, f"SELECT ?claim WHERE {{ ?claim a {class_} }}")]

    def _of_claims(self, predicate: ox.NamedNode) -> Iterator[tuple[int, ox.NamedNode | ox.Literal]]:
        """The claims that have something by a predicate, and what they have."""
        # two terms of a solution are made, of a quad four
        query = f"SELECT ?claim ?term WHERE {{ ?claim {predicate} ?term }}"
        for subject, term in solutions(self.store, query):
            claim = self.claims.get(text_of(subject))
            if claim is not None and isinstance(term, ox.NamedNode | ox.Literal):
                yield claim, term

    def _terms(self, predicate: ox.NamedNode) -> Numbers:
        column = np.full(len(self.claims), NONE, np.int32)
        for claim, term in self._of_claims(predicate):
            column[claim] = self._number(term.value)
        return column

    def _few(self, predicate: ox.NamedNode, having: Mask) -> Numbers:
        """A column of a handful of texts that some claims have; those of the usual one are not looked at."""
        query = f"SELECT ?text (COUNT(*) AS ?often) WHERE {{ ?claim {predicate} ?text }} GROUP BY ?text"
        often = {text: int(count) for text, count in selected(self.store, query)}
        column = np.full(len(self.claims), NONE, np.int32)
        usual = max(often, key=lambda text: often[text], default="")
        if sum(often.values()) == having.sum():
            column[having] = self._number(usual)
            often.pop(usual, None)
        for text in often:
            claims = selected(self.store, f"SELECT ?claim WHERE {{ ?claim {predicate} {ox.Literal(text)} }}")
            places = [self.claims[claim] for (claim,) in claims if claim in self.claims]
            column[places] = self._number(text)
        return column

    def _values(self, predicate: ox.NamedNode) -> Values:
        column = np.full(len(self.claims), np.nan)
        for claim, term in self._of_claims(predicate):
            column[claim] = float(term.value)
        return column

    def _evidence(self) -> Numbers:
        numbers: dict[str, int] = {}
        column = np.full(len(self.claims), NONE, np.int32)
        for claim, term in self._of_claims(lg("evidence")):
            column[claim] = numbers.setdefault(term.value, len(numbers))
        return column

    def _pairs_of(self, key: str) -> Pairs:
        """The claims with what a condition names in them."""
        found = ((claim, term) for claim, term in self._of_claims(lg(key)) if not _is_number(term))
        return _pairs((claim, self._number(term.value)) for claim, term in found)

    def _amounts(self, key: str) -> Amounts:
        """The claims with the numbers of a condition."""
        found = ((claim, term) for claim, term in self._of_claims(lg(key)) if _is_number(term))
        return Amounts(*_columns(((claim, float(term.value)) for claim, term in found), np.float64))

    def _condition_keys(self) -> list[str]:
        query = 'SELECT DISTINCT (STRBEFORE(?text, ": ") AS ?key) WHERE { ?claim lg:conditionText ?text }'
        return sorted({"context", *(unquote(each) for (each,) in selected(self.store, query))})

    def _members(self, predicate: str) -> Pairs:
        """The names of claims that give several."""
        sequences: dict[str, list[int]] = {}
        for claim, term in self._of_claims(lg(predicate)):
            sequences.setdefault(term.value, []).append(claim)
        found: list[tuple[int, int]] = []
        position = 0
        while sequences:
            position += 1
            quads = matching(self.store, None, v.member(position), None, None)
            if not quads:
                break
            for quad in quads:
                for claim in sequences.get(text_of(quad.subject), ()):
                    found.append((claim, self._number(text_of(quad.object))))
        return _pairs(found)

    def _works(self) -> Pairs:
        found = self._of_claims(v.PRIMARY_SOURCE)
        return _pairs((claim, self._number(work.value)) for claim, work in found)

    def _years(self, works: Pairs) -> Amounts:
        """The claims with the years of their works."""
        query = "SELECT DISTINCT ?work ?year WHERE { ?work a lg:Work ; lg:year ?year }"
        years: dict[int, list[float]] = {}
        for work, year in selected(self.store, query):
            years.setdefault(self._number(work), []).append(float(year))
        pairs = zip(works.owners.tolist(), works.terms.tolist(), strict=True)
        found = ((claim, year) for claim, work in pairs for year in years.get(work, ()))
        return Amounts(*_columns(found, np.float64))

    def _types(self) -> Pairs:
        """The things with their classes, those that have a name in the ontology."""
        classes = " ".join(str(ox.NamedNode(each)) for each in self.lexicon.terms)
        query = f"SELECT DISTINCT ?thing ?class WHERE {{ VALUES ?class {{ {classes} }} ?thing a ?class }}"
        return self._numbered(query)

    def _of_things(self, predicate: ox.NamedNode) -> Pairs:
        query = f"SELECT DISTINCT ?thing ?term WHERE {{ ?thing {predicate} ?term }}"
        return self._numbered(query)

    def _numbered(self, query: str) -> Pairs:
        """The rows of a query for a thing and a term."""
        found = selected(self.store, query)
        return _pairs((self._number(thing), self._number(term)) for thing, term in found)


def _is_number(term: ox.NamedNode | ox.Literal) -> bool:
    return isinstance(term, ox.Literal) and term.datatype == v.DOUBLE


def _pairs(found: Iterable[tuple[int, int]]) -> Pairs:
    return Pairs(*_columns(found, np.int32))


def _columns(found: Iterable[tuple[int, float]], kind: type) -> tuple[Numbers, npt.NDArray[Any]]:
    ordered = sorted(found)
    owners = np.array([owner for owner, _ in ordered], np.int32)
    return owners, np.array([value for _, value in ordered], kind)
