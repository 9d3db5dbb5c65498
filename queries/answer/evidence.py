"""The claims behind an answer and their sentences: those that it shows, each read by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox

from kg.matching import matching
from kg.model import Claim
from kg.read import claims_by_id
from kg.vocabulary import claim_node, lg
from queries.answer.model import AnswerRow, Json
from queries.evidence import claim_to_json

if TYPE_CHECKING:
    from queries.answer.questions import OpenedStore

#: More sentences than this no one reads; the rows of an answer still name all their claims.
MOST_EVIDENCE = 100
_MOST_KEPT = 5000


def fetch_claims(opened: OpenedStore, claims: Iterable[str]) -> dict[str, Claim]:
    """Claims by id, in their order; what was read for one answer is kept for the next."""
    kept, wanted = opened.claims_read, list(dict.fromkeys(claims))
    if len(kept) > _MOST_KEPT:
        kept.clear()
    missing = [claim for claim in wanted if claim not in kept]
    found = claims_by_id(opened.store, missing, lexicon=opened.lexicon)
    kept.update(found)
    both = ((claim, found.get(claim) or kept.get(claim)) for claim in wanted)
    return {claim: known for claim, known in both if known is not None}


def fetch_evidence(opened: OpenedStore, claims: Sequence[str]) -> list[Json]:
    """The evidence of claims, given by id, in their order; at most ``MOST_EVIDENCE``."""
    wanted = list(dict.fromkeys(claims))[:MOST_EVIDENCE]
    return [claim_to_json(claim) for claim in fetch_claims(opened, wanted).values()]


def by_turns(rows: Iterable[AnswerRow]) -> list[str]:
    """The claims of rows, one of each row before the second of any."""
    turns = zip_longest(*(row.claims for row in rows))
    return list(dict.fromkeys(claim for turn in turns for claim in turn if claim))


def fetch_conditions(opened: OpenedStore, claims: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """The conditions of claims as written, by claim id."""
    found: dict[str, Mapping[str, str]] = {}
    for claim in claims:
        quads = matching(opened.store, claim_node(claim), lg("conditionText"), None, None)
        texts = [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)]
        if conditions := {unquote(key): text for key, _, text in (each.partition(": ") for each in texts)}:
            found[claim] = conditions
    return found
