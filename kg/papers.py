"""Independent papers: which publications stand behind claims, each counted once however it is cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.model import Claim, Evidence, Reference
from kg.works import doi_of, numbered_work_node, own_work_node, surname, work_key, work_node


@dataclass(frozen=True, slots=True)
class Papers:
    """The publications behind a set of claims.

    ``own`` gives a document's own bibliographic record by document id; ``same`` gives, for a paper that is
    cited both with and without its DOI, the DOI by ``kg.works.work_key``.
    """

    own: Mapping[str, Reference] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)

    def behind(self, evidence: Evidence) -> dict[str, str]:
        """The papers behind an evidence, or the document where it cites none: identifier → citation."""
        found = {self._identifier(each, evidence.document): cite(each) for each in evidence.primary}
        resolved = {reference.number for reference in evidence.primary}
        for number in evidence.refs if None not in resolved else ():
            if number not in resolved:
                node = numbered_work_node(evidence.document, number)
                found[node.value] = f"reference {number} of {evidence.document}"
        if found:
            return found
        own = self.own.get(evidence.document)
        if own is not None and (doi_of(own) or work_key(own)):
            return {self._identifier(own, evidence.document): cite(own)}
        return {own_work_node(evidence.document, own).value: evidence.document}

    def _identifier(self, reference: Reference, document: str) -> str:
        doi = self.same.get(work_key(reference)) or doi_of(reference)
        return f"doi:{doi}" if doi else work_node(reference, document=document).value


def papers_of(claims: Iterable[Claim], *, own: Mapping[str, Reference] | None = None) -> Papers:
    """The papers behind the claims, with the documents' own records where they are known."""
    own = own or {}
    dois: dict[str, str] = {}
    cited = [reference for claim in claims for reference in claim.evidence.primary]
    for reference in (*cited, *own.values()):
        key, doi = work_key(reference), doi_of(reference)
        if key and doi:
            dois[key] = min(doi, dois.get(key, doi))
    return Papers(own=own, same=dois)


def cite(reference: Reference) -> str:
    """A short citation.

    >>> cite(Reference(authors=("A. Hayashi", "M. Tatsumisago"), journal="J. Non-Cryst. Solids", year=2008))
    'Hayashi 2008, J. Non-Cryst. Solids'
    """
    author = surname(reference.authors[0]) if reference.authors else ""
    start = " ".join(part for part in (author, str(reference.year or "")) if part)
    named = ", ".join(part for part in (start, reference.journal) if part)
    return (
        named or reference.title or reference.doi or reference.as_written or f"reference {reference.number}"
    )
