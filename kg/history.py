"""What builds took up and let go, and on which day: the claims of a store as they were.

The graph ``history`` belongs to one store and not to what it holds: no export has it, and days are given by
the caller. A change keeps the ids of the claims that came and the rows of those that went. What people said
(``kg.curation``) has its own days, and is taken back with the rest.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg import vocabulary as v
from kg.assembly import claim_order, entities
from kg.claims_file import claim_to_row, row_to_claim
from kg.curation import Curation, curated
from kg.curation_graph import curation_of
from kg.matching import matching
from kg.model import Claim
from kg.naming import bearers
from kg.read import claims_as_read, own_records
from kg.store import document_ids
from kg.vocabulary import lg
from ontology.lexicon import Lexicon, load_lexicon


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one document ``on`` a day (ISO 8601): ``came`` is None where all of it was new.

    ``number`` counts the changes of the document from 0.
    """

    number: int
    on: str
    came: frozenset[str] | None
    went: tuple[Claim, ...] = ()


def recorded_change(
    store: ox.Store, document: str, after: Sequence[Claim], *, on: str, lexicon: Lexicon
) -> list[ox.Quad]:
    """The record of a document's change to other claims, as they were read; none where these are the same."""
    is_new = not store.contains_named_graph(v.document_graph(document))
    before = [] if is_new else claims_as_read(store, document, lexicon=lexicon)
    known, kept = {claim.id for claim in before}, {claim.id for claim in after}
    if known == kept and not is_new:
        return []
    record = {
        "came": None if is_new else sorted(kept - known),
        "went": [claim_to_row(claim) for claim in before if claim.id not in kept],
    }
    number = len({quad.subject for quad in history_quads(store, document)})
    node = ox.NamedNode(f"{v.document_node(document).value}/change/{number}")
    text = json.dumps(record, ensure_ascii=False)
    facts: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (v.TYPE, lg("Change")),
        (lg("changedDocument"), v.document_node(document)),
        (v.DATE, ox.Literal(on, datatype=v.DAY)),
        (lg("record"), ox.Literal(text, datatype=v.JSON)),
    ]
    return [ox.Quad(node, predicate, object_, v.HISTORY_GRAPH) for predicate, object_ in facts]


def history_quads(store: ox.Store, document: str) -> list[ox.Quad]:
    """All that is kept of a document's changes."""
    node = v.document_node(document)
    changes = [quad.subject for quad in matching(store, None, None, node, v.HISTORY_GRAPH)]
    return [quad for each in changes for quad in matching(store, each, None, None, v.HISTORY_GRAPH)]


def stored_changes(store: ox.Store, document: str) -> list[Change]:
    """The changes of a document, the first first."""
    facts: dict[str, dict[str, str]] = {}
    for quad in history_quads(store, document):
        subject: Any = quad.subject
        facts.setdefault(subject.value, {})[quad.predicate.value] = getattr(quad.object, "value", "")
    found = []
    for node, told in facts.items():
        record = json.loads(told[lg("record").value])
        came = None if record["came"] is None else frozenset(record["came"])
        went = tuple(row_to_claim(row) for row in record["went"])
        found.append(Change(int(node.rpartition("/")[2]), told[v.DATE.value], came, went))
    return sorted(found, key=lambda change: change.number)


def claims_as_of(store: ox.Store, day: str, *, lexicon: Lexicon | None = None) -> list[Claim]:
    """The claims as they counted at the end of a day (ISO 8601), in the order of ``stored_claims``.

    Documents that have been taken out since are not there: they left nothing behind.
    """
    lexicon = lexicon or load_lexicon()
    own = own_records(store)
    found: list[Claim] = []
    for document in document_ids(store):
        claims = {claim.id: claim for claim in claims_as_read(store, document, lexicon=lexicon)}
        for change in reversed(stored_changes(store, document)):
            if change.on > day:
                claims = _undone(claims, change)
        curation = curation_until(curation_of(store, document), day)
        borne = bearers(each for claim in claims.values() for each in entities(claim))
        counted = curated(
            list(claims.values()), curation, borne=borne, lexicon=lexicon, own=own.get(document)
        )
        found += sorted(counted.claims, key=claim_order)
    return found


def curation_until(curation: Curation, day: str) -> Curation:
    """What had been said by the end of a day."""
    return Curation(
        tuple(verdict for verdict in curation.verdicts if verdict.on <= day),
        tuple(retraction for retraction in curation.retractions if retraction.on <= day),
    )


def _undone(claims: dict[str, Claim], change: Change) -> dict[str, Claim]:
    if change.came is None:
        return {}
    kept = {id_: claim for id_, claim in claims.items() if id_ not in change.came}
    return kept | {claim.id: claim for claim in change.went}
