"""The claims of a store as columns of numbers: what must look at very many claims reads these, not the store.

A claim is a number here, its place among the sorted claim ids, and so is every IRI, name and text that claims
use (a term). Scans, counts, rankings and comparisons over a million claims take milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

#: What stands for a term or a number that a claim does not have.
NONE = -1


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which claims (or things) have which terms: two columns of equal length, in the order of the first."""

    owners: Numbers
    terms: Numbers


@dataclass(frozen=True, slots=True)
class Amounts:
    """Which claims have which numbers: two columns of equal length."""

    owners: Numbers
    values: Values


@dataclass(frozen=True)
class Columns:
    """The claims of a store, a place in every column each; ``NONE`` (or not a number) where there is nothing.

    ``predicate`` is the relation or the measured property. ``conditions`` and ``amounts`` are by key, context
    among them; ``subject_names`` and ``object_names`` hold all names where a claim gives several. ``types``
    have the things with their stated classes, ``parents`` classes with those above them, ``elements`` things
    with the symbols of elements, ``works`` claims with the primary works behind them. ``evidence`` is the
    number of a sentence.
    """

    ids: npt.NDArray[np.bytes_]
    terms: Sequence[str]
    measured: Mask
    subject: Numbers
    subject_name: Numbers
    predicate: Numbers
    object: Numbers
    object_name: Numbers
    value: Values
    highest: Values
    comparator: Numbers
    polarity: Numbers
    evidence: Numbers
    subject_names: Pairs
    object_names: Pairs
    conditions: Mapping[str, Pairs]
    amounts: Mapping[str, Amounts]
    works: Pairs
    years: Amounts
    types: Pairs
    parents: Pairs
    elements: Pairs

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each term."""
        return {term: number for number, term in enumerate(self.terms)}

    def number(self, term: str) -> int:
        """The number of a term, ``NONE`` where no claim uses it."""
        return self.numbers.get(term, NONE)

    def mask(self, terms: Iterable[str]) -> Mask:
        """Which terms are among those given."""
        found = np.zeros(len(self.terms) + 1, np.bool_)
        found[[self.number(term) for term in terms]] = True
        found[NONE] = False
        return found

    def no_terms(self) -> Mask:
        """A mask of all terms in which there is none; its last place stands for ``NONE``."""
        return np.zeros(len(self.terms) + 1, np.bool_)

    def among(self, claims: Numbers, others: Numbers) -> Mask:
        """Which of some claims are among others, a mask over the first."""
        found = np.zeros(len(self.ids) + 1, np.bool_)
        found[others] = True
        return found[claims]

    @cached_property
    def by_predicate(self) -> Mapping[int, Numbers]:
        """The claims of each relation and of each property, in their order."""
        order = np.argsort(self.predicate, kind="stable").astype(np.int32)
        values, starts = np.unique(self.predicate[order], return_index=True)
        # Splitting nothing gives one empty part, not none.
        parts = np.split(order, starts[1:]) if len(order) else []
        return dict(zip(values.tolist(), parts, strict=True))

    def claims_of(self, predicates: Iterable[str]) -> Numbers:
        """The claims of any of these relations or properties, in their order."""
        numbers = {self.number(each) for each in predicates} - {NONE}
        found = [self.by_predicate[each] for each in numbers if each in self.by_predicate]
        return np.sort(np.concatenate(found)) if found else np.empty(0, np.int32)

    def id_of(self, claim: int) -> str:
        """The id of a claim."""
        return bytes(self.ids[claim]).decode()

    def places(self, claims: Sequence[str]) -> Numbers:
        """The numbers of claims by id; those that the store lacks are left out."""
        wanted = np.array([claim.encode() for claim in claims], self.ids.dtype)
        at = np.searchsorted(self.ids, wanted)
        at = at[at < len(self.ids)] if len(self.ids) else at[:0]
        return at[np.isin(self.ids[at], wanted)].astype(np.int32)

    @cached_property
    def denials(self) -> Mapping[tuple[int, int, int], tuple[int, ...]]:
        """The claims that deny a relation, by its subject, relation and object."""
        negated = np.flatnonzero((self.polarity == self.number("negated")) & ~self.measured)
        found: dict[tuple[int, int, int], tuple[int, ...]] = {}
        columns = (self.subject[negated], self.predicate[negated], self.object[negated], negated)
        for subject, relation, object_, claim in zip(*(each.tolist() for each in columns), strict=True):
            key = (subject, relation, object_)
            found[key] = (*found.get(key, ()), claim)
        return found
