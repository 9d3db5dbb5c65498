"""Curation: what people say of claims and works, and how it changes the claims that the graph holds.

A verdict belongs to the claim that was judged, as it was read. It is found again by the claim's id, or, where
a document was read anew and the place moved, by the same content with the same quote. A rejected claim is
taken out of the graph, a corrected one is replaced, an accepted one is held as read by a person. A claim
whose works are all retracted is set aside: it is shown, and counts nothing.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from kg.assembly import assemble
from kg.model import Claim, Entity, Reference
from kg.naming import Bearers, namesake
from kg.works import covering_keys, works_behind
from ontology.lexicon import Lexicon

Judgement = Literal["accept", "reject", "correct"]

#: The extractor of a claim that a person answers for.
CURATED = "curated"


class CurationError(ValueError):
    """A verdict that cannot be given: says which claim or work, and what was expected."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of one claim: ``by`` whom, ``on`` which day (ISO 8601), with a note.

    ``claim`` is the claim as it was read; ``correction`` is what it should have said. Raises CurationError.
    """

    claim: Claim
    judgement: Judgement
    correction: Claim | None = None
    by: str = ""
    on: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if (self.judgement == "correct") != (self.correction is not None):
            raise CurationError(f"claim {self.claim.id}: only a correction says what the claim should be")
        _check_date(self.on)


@dataclass(frozen=True, slots=True)
class Retraction:
    """A work that no longer counts: its IRI, and every key (``kg.works.covering_keys``) it is cited under."""

    work: str
    keys: frozenset[str]
    citation: str = ""
    by: str = ""
    on: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _check_date(self.on)


@dataclass(frozen=True, slots=True)
class Curation:
    """All that people said which bears on one document or on a whole store."""

    verdicts: tuple[Verdict, ...] = ()
    retractions: tuple[Retraction, ...] = ()

    def is_retracted(self, work: str, reference: Reference | None) -> bool:
        """Whether a cited work, given by its IRI and its bibliographic record, is retracted."""
        keys = covering_keys(work, reference)
        return any(not keys.isdisjoint(retraction.keys) for retraction in self.retractions)


@dataclass(frozen=True, slots=True)
class Curated:
    """A document's claims after curation.

    ``claims`` are those that count; ``originals`` those as they were read that a verdict changed, with it;
    ``retracted`` those that are set aside. ``revised`` leads from the id of a claim that a verdict made to
    the id of its original.
    """

    claims: tuple[Claim, ...]
    originals: tuple[tuple[Claim, Verdict], ...] = ()
    retracted: tuple[Claim, ...] = ()
    revised: Mapping[str, str] = field(default_factory=dict)


def curated(
    claims: Sequence[Claim],
    curation: Curation,
    *,
    borne: Bearers,
    lexicon: Lexicon,
    own: Reference | None = None,
) -> Curated:
    """The assembled claims of one document as curation leaves them.

    ``borne`` tells what the document, as it was read, calls by a name; ``own`` is its own record.
    """
    attached = attach(claims, curation.verdicts)
    untouched = [claim for claim in claims if claim.id not in attached]
    found = {claim.id: claim for claim in untouched}
    originals, revised = [], {}
    for claim in claims:
        verdict = attached.get(claim.id)
        if verdict is None:
            continue
        originals.append((claim, verdict))
        made = revision(claim, verdict, borne=borne, lexicon=lexicon)
        if made is not None and made.id not in found:
            found[made.id] = made
            revised[made.id] = claim.id
    retracted = [claim for claim in found.values() if _is_set_aside(claim, curation, own)]
    for claim in retracted:
        del found[claim.id]
    return Curated(tuple(found.values()), tuple(originals), tuple(retracted), revised)


def attach(claims: Iterable[Claim], verdicts: Iterable[Verdict]) -> dict[str, Verdict]:
    """The verdict on each claim that has one, by the claim's id.

    First by id; then each verdict that is left goes to the nearest claim of its document that says the same
    in the same words: one quote may contain the other, the place and the section may differ.
    """
    claims = list(claims)
    ids = {claim.id for claim in claims}
    found = {verdict.claim.id: verdict for verdict in verdicts if verdict.claim.id in ids}
    by_content: dict[object, list[Claim]] = defaultdict(list)
    waiting = [verdict for verdict in verdicts if verdict.claim.id not in ids]
    if waiting:
        for claim in claims:
            by_content[content(claim)].append(claim)
    for verdict in sorted(waiting, key=lambda each: each.claim.id):
        candidates = [
            claim
            for claim in by_content[content(verdict.claim)]
            if claim.id not in found and _same_words(claim.evidence.quote, verdict.claim.evidence.quote)
        ]
        if candidates:
            place = verdict.claim.evidence.start
            nearest = min(candidates, key=lambda claim: (abs(claim.evidence.start - place), claim.id))
            found[nearest.id] = verdict
    return found


def revision(claim: Claim, verdict: Verdict, *, borne: Bearers, lexicon: Lexicon) -> Claim | None:
    """What a verdict makes of a claim; nothing where it is rejected."""
    evidence = replace(claim.evidence, extractor=CURATED)
    if verdict.judgement == "accept":
        return replace(claim, evidence=evidence, confidence=1.0)
    if verdict.correction is None:
        return None
    made = replace(
        verdict.correction,
        subject=_known(verdict.correction.subject, borne),
        object=verdict.correction.object and _known(verdict.correction.object, borne),
        evidence=evidence,
        confidence=1.0,
    )
    return assemble([made], lexicon=lexicon)[0]


def _known(entity: Entity, borne: Bearers) -> Entity:
    return entity if entity.iri else replace(entity, iri=namesake(entity, borne))


def _is_set_aside(claim: Claim, curation: Curation, own: Reference | None) -> bool:
    if not curation.retractions:
        return False
    works = works_behind(claim.evidence, own=own)
    return all(curation.is_retracted(node.value, reference) for node, reference in works)


def content(claim: Claim) -> object:
    """What a claim says, without its place: equal for one claim read from a text that moved."""
    quantity = claim.quantity
    return (
        claim.evidence.document,
        claim.subject.label,
        claim.relation,
        claim.object.label if claim.object else "",
        (quantity.value, quantity.value_max, quantity.unit, quantity.comparator) if quantity else (),
        tuple(sorted((key, str(value)) for key, value in claim.conditions.items())),
        claim.context,
        claim.polarity,
        claim.certainty,
    )


def _same_words(one: str, other: str) -> bool:
    one, other = " ".join(one.split()), " ".join(other.split())
    return one in other or other in one


def _check_date(day: str) -> None:
    try:
        if day:
            datetime.date.fromisoformat(day)
    except ValueError as error:
        raise CurationError(f"the day is {day!r}, expected YYYY-MM-DD") from error
