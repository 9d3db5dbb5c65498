"""All that people said of a store's claims and works as rows, to be listed."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from kg.curate import documents_citing
from kg.curation import Retraction, Verdict, attach
from kg.curation_graph import curation_of, stored_curation
from kg.read import claims_as_read
from kg.statements import claim_text
from kg.store import document_ids
from ontology.lexicon import Lexicon


def curated_rows(store: ox.Store, *, lexicon: Lexicon | None = None) -> list[dict[str, Any]]:
    """All that was said, a row each; ``waiting`` where what it is about is not in the graph."""
    known = stored_curation(store)
    stored, held = set(document_ids(store)), set()
    for document in {each.claim.evidence.document for each in known.verdicts} & stored:
        claims = claims_as_read(store, document, lexicon=lexicon)
        held |= {each.claim.id for each in attach(claims, curation_of(store, document).verdicts).values()}
    rows: list[dict[str, Any]] = [
        {
            "judgement": each.judgement,
            "id": each.claim.id,
            "document": each.claim.evidence.document,
            "what": claim_text(each.claim),
            "becomes": claim_text(each.correction) if each.correction else "",
            "waiting": each.claim.id not in held,
        }
        | _record(each)
        for each in known.verdicts
    ]
    rows += [
        {
            "judgement": "retract",
            "id": each.work,
            "document": "",
            "what": each.citation,
            "becomes": "",
            "waiting": not documents_citing(store, each),
        }
        | _record(each)
        for each in known.retractions
    ]
    return rows


def _record(said: Verdict | Retraction) -> dict[str, str]:
    return {"by": said.by, "on": said.on, "note": said.note}
