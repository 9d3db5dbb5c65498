"""Assembly: every entity of a document's claims becomes a thing, and names of one thing meet there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.model import Claim, Entity, Quantity
from kg.naming import entity_iris
from ontology.lexicon import Lexicon
from ontology.units import UnitError, convert


def assemble(claims: Iterable[Claim], *, lexicon: Lexicon) -> list[Claim]:
    """One document's claims as the graph holds them: entities with their IRIs, values in canonical units.

    An IRI that a claim already gives is kept. A claim that is there twice is kept once, with the higher
    confidence. The order of the claims does not matter; they are returned by place in the text.
    """
    claims = [_decimal_conditions(canonical_units(claim, lexicon=lexicon)) for claim in claims]
    iris = entity_iris((entity for claim in claims for entity in entities(claim)), lexicon=lexicon)
    found: dict[str, Claim] = {}
    for claim in claims:
        grounded = replace(
            claim,
            subject=_with_iri(claim.subject, iris),
            object=_with_iri(claim.object, iris) if claim.object else None,
        )
        other = found.get(claim.id)
        found[claim.id] = grounded if other is None else max(other, grounded, key=_preference)
    return sorted(found.values(), key=claim_order)


def entities(claim: Claim) -> tuple[Entity, ...]:
    """The subject and, where there is one, the object."""
    return (claim.subject,) if claim.object is None else (claim.subject, claim.object)


def claim_order(claim: Claim) -> tuple[str, int, int, str]:
    """The order in which claims are listed: document, place in its text, id."""
    return claim.evidence.document, claim.evidence.start, claim.evidence.end, claim.id


def canonical_units(claim: Claim, *, lexicon: Lexicon) -> Claim:
    """The claim with its value in the property's one unit, unchanged where the unit does not fit.

    Such a value is kept as it was written, for the validation to report.
    """
    quantity, measured = claim.quantity, lexicon.properties.get(claim.relation)
    if quantity is None or measured is None or not measured.unit or quantity.unit == measured.unit:
        return claim
    try:
        value = convert(quantity.value, quantity.unit, to=measured.unit)
        highest = quantity.value_max
        value_max = None if highest is None else convert(highest, quantity.unit, to=measured.unit)
    except UnitError:
        return claim
    written = quantity.as_written or _plain_quantity(quantity)
    return replace(
        claim,
        quantity=replace(quantity, value=value, value_max=value_max, unit=measured.unit, as_written=written),
    )


def _decimal_conditions(claim: Claim) -> Claim:
    """The claim with 25 °C and 25.0 °C as one number, however JSON spelt it."""
    conditions = {
        key: value if isinstance(value, str) else float(value) for key, value in claim.conditions.items()
    }
    return replace(claim, conditions=conditions)


def _plain_quantity(quantity: Quantity) -> str:
    numbers = [f"{number:g}" for number in (quantity.value, quantity.value_max) if number is not None]
    return f"{'–'.join(numbers)} {quantity.unit}"


def _preference(claim: Claim) -> tuple[float, str]:
    return claim.confidence, repr(claim)


def _with_iri(entity: Entity, iris: Mapping[Entity, str]) -> Entity:
    return entity if entity.iri else replace(entity, iri=iris[entity])
