"""Independent papers: which publications stand behind claims, each counted once however it is cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import pyoxigraph as ox

from kg.curation import Curation, Retraction
from kg.model import Claim, Evidence, Reference
from kg.works import doi_of, surname, work_key, works_behind


@dataclass(frozen=True, slots=True)
class Papers:
    """The publications behind a set of claims.

    ``own`` gives a document's own bibliographic record by document id; ``same`` gives, for a paper that is
    cited both with and without its DOI, the DOI by ``kg.works.work_key``. ``retracted`` are identifiers.
    """

    own: Mapping[str, Reference] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    retracted: frozenset[str] = frozenset()

    def behind(self, evidence: Evidence) -> dict[str, str]:
        """The papers behind an evidence, or the document where it cites none: identifier → citation."""
        return {
            self._identifier(node, reference): _named(node, reference, evidence)
            for node, reference in works_behind(evidence, own=self.own.get(evidence.document))
        }

    def counting(self, evidence: Evidence) -> frozenset[str]:
        """The identifiers of the papers behind an evidence that are not retracted."""
        return frozenset(self.behind(evidence)) - self.retracted

    def retracted_among(self, evidence: Evidence, curation: Curation) -> set[str]:
        """The identifiers of the papers behind an evidence that are retracted."""
        return {
            self._identifier(node, reference)
            for node, reference in works_behind(evidence, own=self.own.get(evidence.document))
            if curation.is_retracted(node.value, reference)
        }

    def _identifier(self, node: ox.NamedNode, reference: Reference | None) -> str:
        """What a paper is counted by: its DOI, else the IRI of its work."""
        doi = reference and (self.same.get(work_key(reference)) or doi_of(reference))
        return f"doi:{doi}" if doi else node.value


def papers_of(
    claims: Iterable[Claim],
    *,
    own: Mapping[str, Reference] | None = None,
    retractions: Sequence[Retraction] = (),
) -> Papers:
    """The papers behind the claims, with the documents' own records where they are known."""
    own = own or {}
    claims = list(claims)
    dois: dict[str, str] = {}
    cited = [reference for claim in claims for reference in claim.evidence.primary]
    for reference in (*cited, *own.values()):
        key, doi = work_key(reference), doi_of(reference)
        if key and doi:
            dois[key] = min(doi, dois.get(key, doi))
    papers = Papers(own=own, same=dois)
    if not retractions:
        return papers
    curation = Curation(retractions=tuple(retractions))
    found = (papers.retracted_among(claim.evidence, curation) for claim in claims)
    return replace(papers, retracted=frozenset().union(*found))


@lru_cache(maxsize=262144)
def cite(reference: Reference) -> str:
    """A short citation.

    >>> cite(Reference(authors=("A. Hayashi", "M. Tatsumisago"), journal="J. Non-Cryst. Solids", year=2008))
    'Hayashi 2008, J. Non-Cryst. Solids'
    """
    author = surname(reference.authors[0]) if reference.authors else ""
    start = " ".join(part for part in (author, str(reference.year or "")) if part)
    named = ", ".join(part for part in (start, reference.journal) if part)
    number = "" if reference.number is None else f"reference {reference.number}"
    return named or reference.title or reference.doi or reference.as_written or number


def _named(node: ox.NamedNode, reference: Reference | None, evidence: Evidence) -> str:
    if not (evidence.primary or evidence.refs):
        return (
            cite(reference) if reference and (doi_of(reference) or work_key(reference)) else evidence.document
        )
    return (
        cite(reference) if reference else f"reference {node.value.rpartition('/')[2]} of {evidence.document}"
    )
