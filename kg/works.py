"""Primary works: one node for one publication, however the documents that cite it spell its reference."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict
from functools import lru_cache

import pyoxigraph as ox

from kg.model import Evidence, Reference
from kg.vocabulary import document_node, hashed_node
from ontology.lexicon import THINGS

_DOI = re.compile(r"10\.\d{4,9}/\S+", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}")


def doi_of(reference: Reference) -> str:
    """The reference's DOI in lower case without a resolver's address; empty where it has none.

    >>> doi_of(Reference(doi="https://doi.org/10.1039/C4EE01432D."))
    '10.1039/c4ee01432d'
    """
    found = _DOI.search(reference.doi)
    return found[0].rstrip(".,;)").lower() if found else ""


@lru_cache(maxsize=65536)
def work_key(reference: Reference) -> str:
    """Year, volume, first page and first author's surname: equal for one paper in any bibliography's style.

    Empty where one of the four is missing. Journal names are left out because their abbreviations differ.

    >>> work_key(Reference(authors=("R. Kanno", "M. Murayama"), year=2001, volume="148", page="A742–A746"))
    '2001|148|a742|kanno'
    >>> work_key(Reference(authors=("Kanno, R.",), year=2001, volume="148", page="A742"))
    '2001|148|a742|kanno'
    """
    page = re.split(r"[-–—\s,]", reference.page.strip())[0]
    author = surname(reference.authors[0]) if reference.authors else ""
    if not (reference.year and reference.volume and page and author):
        return ""
    return f"{reference.year}|{reference.volume.strip()}|{page}|{author}".lower()


def work_node(reference: Reference, *, document: str) -> ox.NamedNode:
    """The node of a cited work: by its DOI, else its bibliographic data, else its number in the document."""
    return _published(reference) or numbered_work_node(document, reference.number or 0)


@lru_cache(maxsize=262144)
def _published(reference: Reference) -> ox.NamedNode | None:
    """The node of a work of which more is known than a number."""
    doi = doi_of(reference)
    if doi:
        return ox.NamedNode(f"{THINGS}work/{_iri_safe(doi)}")
    key = work_key(reference)
    if key:
        return hashed_node("work", key)
    known = {field: value for field, value in asdict(reference).items() if field != "number" and value}
    return hashed_node("work", known) if known else None


def numbered_work_node(document: str, number: int) -> ox.NamedNode:
    """The node of a work of which only its number in one document's bibliography is known."""
    return ox.NamedNode(f"{document_node(document).value}/reference/{number}")


def own_work_node(document: str, own: Reference | None) -> ox.NamedNode:
    """The node of the publication that a document itself is."""
    if own is not None and (doi_of(own) or work_key(own)):
        return work_node(own, document=document)
    return ox.NamedNode(f"{document_node(document).value}/work")


def works_behind(
    evidence: Evidence, *, own: Reference | None = None
) -> tuple[tuple[ox.NamedNode, Reference | None], ...]:
    """The works that an evidence rests on, each with its record: those it cites, else the document itself.

    A cited number without an entry in the bibliography is a work of its own, without a record.
    """
    found: dict[ox.NamedNode, Reference | None] = {
        work_node(reference, document=evidence.document): reference for reference in evidence.primary
    }
    resolved = {reference.number for reference in evidence.primary}
    unresolved = [] if None in resolved else [number for number in evidence.refs if number not in resolved]
    found |= {numbered_work_node(evidence.document, number): None for number in unresolved}
    return tuple(found.items()) or ((own_work_node(evidence.document, own), own),)


def covering_keys(work: str, reference: Reference | None = None) -> frozenset[str]:
    """All that a work is recognised by: its IRI, its DOI, its bibliographic key, and the IRIs these give.

    >>> kanno = Reference(authors=("R. Kanno",), year=2001, volume="148", page="A742")
    >>> "2001|148|a742|kanno" in covering_keys("", kanno)
    True
    """
    keys = {work}
    if reference is not None:
        doi, key = doi_of(reference), work_key(reference)
        keys |= {doi, key}
        keys.add(f"{THINGS}work/{_iri_safe(doi)}" if doi else "")
        keys.add(hashed_node("work", key).value if key else "")
    return frozenset(keys - {""})


@lru_cache(maxsize=65536)
def surname(author: str) -> str:
    """The family name of an author, without accents; empty for an empty name.

    >>> [surname(author) for author in ("Kanno, R.", "R. Kanno", "Kanno R", "Ryoji Kanno")]
    ['Kanno', 'Kanno', 'Kanno', 'Kanno']
    """
    plain = unicodedata.normalize("NFKD", author).encode("ascii", "ignore").decode() or author
    if "," in plain:
        return plain.partition(",")[0].strip()
    words = plain.split()
    names = [word for word in words if not _INITIALS.fullmatch(word)]
    return (names or words or [""])[-1]


def _iri_safe(doi: str) -> str:
    return re.sub(r"[^a-z0-9./:;()_-]", lambda found: f"%{ord(found[0]):02X}", doi)
