"""Assembly: every entity of a document's claims becomes a thing, and names of one thing meet there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.model import Claim, Entity, Quantity
from ontology.grounding import Grounding, ground
from ontology.lexicon import Lexicon
from ontology.names import normalise
from ontology.units import UnitError, convert


def assemble(claims: Iterable[Claim], *, lexicon: Lexicon) -> list[Claim]:
    """One document's claims as the graph holds them: entities with their IRIs, values in canonical units.

    An IRI that a claim already gives is kept. A claim that is there twice is kept once, with the higher
    confidence. The order of the claims does not matter; they are returned by place in the text.
    """
    claims = [_decimal_conditions(canonical_units(claim, lexicon=lexicon)) for claim in claims]
    iris = _entity_iris((entity for claim in claims for entity in entities(claim)), lexicon)
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


def _entity_iris(found: Iterable[Entity], lexicon: Lexicon) -> dict[Entity, str]:
    """The thing of each entity that has no IRI yet.

    Beyond what the ontology knows, names meet where the document itself says so: an entity named by a
    name that exactly one other entity lists as its alternative is that entity ("LGPS" where another claim
    says "Li10GeP2S12 (LGPS)"). A name that only leaves words out ("80Li2S-20P2S5" of "80Li2S-20P2S5 glass")
    is less specific, not the same.
    """
    mentions = Counter(entity for entity in found if not entity.iri)
    own = {entity: ground(entity.names, kind=entity.kind, lexicon=lexicon) for entity in mentions}
    weight: Counter[str] = Counter()
    for entity, count in mentions.items():
        weight[own[entity].iri] += count
    same = _same_things(own, weight, lexicon)
    return {entity: same.get(grounding.iri, grounding.iri) for entity, grounding in own.items()}


def _same_things(
    own: Mapping[Entity, Grounding], weight: Mapping[str, int], lexicon: Lexicon
) -> dict[str, str]:
    """From the IRI of an alternative name to the IRI of the thing it stands for in this document."""
    targets: dict[str, set[str]] = defaultdict(set)
    for entity, grounding in own.items():
        for alternative in _alternatives(entity, lexicon):
            if alternative.iri in weight and alternative.iri != grounding.iri:
                targets[alternative.iri].add(grounding.iri)
    links = {iri: next(iter(found)) for iri, found in targets.items() if len(found) == 1}
    known = {grounding.iri for grounding in own.values() if _is_known(grounding)}
    return {iri: _representative(iri, links, known, weight) for iri in links}


def _alternatives(entity: Entity, lexicon: Lexicon) -> Iterator[Grounding]:
    """What the other names of an entity stand for, where the ontology knows none and they are as specific."""
    words = frozenset(normalise(entity.label).split())
    for name in entity.names[1:]:
        grounding = ground(name, kind=entity.kind, lexicon=lexicon)
        less_specific = frozenset(normalise(name).split()) < words
        if not _is_known(grounding) and not less_specific:
            yield grounding


def _is_known(grounding: Grounding) -> bool:
    return grounding.reason in ("label", "alternative label")


def _representative(iri: str, links: Mapping[str, str], known: set[str], weight: Mapping[str, int]) -> str:
    """Where the links lead; of names that list each other the ontology's, the most used, the first."""
    path = [iri]
    while path[-1] in links and links[path[-1]] not in path:
        path.append(links[path[-1]])
    if path[-1] not in links:
        return path[-1]
    circle = path[path.index(links[path[-1]]) :]
    return min(circle, key=lambda other: (other not in known, -weight[other], other))


def names_of_things(claims: Sequence[Claim]) -> dict[str, str]:
    """From the key of a name to the one thing that bears it in assembled claims; no ambiguous names."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for entity in entities(claim):
            for name in entity.names:
                bearers[normalise(name)].add(entity.iri)
    return {name: next(iter(iris)) for name, iris in bearers.items() if name and len(iris) == 1}
