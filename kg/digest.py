"""The digest of a document: by it a build sees that nothing changed, and a reader that something did."""

from __future__ import annotations

import hashlib
import json

from kg.claims_file import claim_to_row
from kg.curation import Curated
from kg.ontology_graph import ontology_digest
from kg.triples import DocumentInfo

#: Part of every digest; to be raised when the shape of the graph changes, so that documents are written anew.
_SHAPE_VERSION = 3


def content_digest(curated: Curated, info: DocumentInfo) -> str:
    """Content hash of a document's claims after curation, of what is known of it, and of the ontology.

    It is a sum over the claims, so that whoever changes some need not have the others.
    """
    return _digest(_hash(f"{_SHAPE_VERSION} {ontology_digest()} {info!r}") + _sum(curated))


def digest_after(digest: str, before: Curated, after: Curated) -> str:
    """The digest of a document of which some claims are others than before."""
    return _digest(int(digest, 16) + _sum(after) - _sum(before))


def _sum(curated: Curated) -> int:
    rows = [("", claim) for claim in curated.claims]
    rows += [(verdict.claim.id, claim) for claim, verdict in curated.originals]
    rows += [("retracted", claim) for claim in curated.retracted]
    return sum(_hash(f"{role} {json.dumps(claim_to_row(claim), sort_keys=True)}") for role, claim in rows)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest())


def _digest(number: int) -> str:
    return f"{number % 16**20:020x}"
