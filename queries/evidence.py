"""Evidence in the JSON shape that every answer, chain and gap shares."""

from __future__ import annotations

from typing import Any

from kg.claims_file import reference_to_row
from kg.model import Claim


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """A claim as evidence: its id, the sentence and where it stands, whom it cites, and how sure it is."""
    evidence = claim.evidence
    return {
        "claim": claim.id,
        "document": evidence.document,
        "section": evidence.section,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "refs": list(evidence.refs),
        "primary": [reference_to_row(work) for work in evidence.primary],
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "context": list(claim.context),
    }
