"""Statements: claims that say the same of the same things, gathered with all their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.belief import Belief, belief_in
from kg.model import Claim, Entity, Quantity, Reference
from kg.papers import papers_of

#: Values that agree to this many digits are one value.
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """What one or more claims say: a relation between two things, or a value of a property of one.

    ``claims`` holds the affirming and the denying claims by document and place; ``belief`` weighs them.
    """

    subject: Entity
    relation: str
    object: Entity | None
    quantity: Quantity | None
    claims: tuple[Claim, ...]
    belief: Belief

    @property
    def affirming(self) -> tuple[Claim, ...]:
        """The claims that say so."""
        return tuple(claim for claim in self.claims if claim.polarity == "affirmed")

    @property
    def denying(self) -> tuple[Claim, ...]:
        """The claims that deny it."""
        return tuple(claim for claim in self.claims if claim.polarity == "negated")

    @property
    def text(self) -> str:
        """The statement in a line: ``LiF-rich SEI suppresses lithium dendrite growth``."""
        return _text(self)


def gather(claims: Iterable[Claim], *, own: Mapping[str, Reference] | None = None) -> list[Statement]:
    """The statements that assembled claims make, by subject, relation, then object or value.

    Claims make one statement where subject, relation and object are the same things, whatever they are
    called; values of a property where they agree to three digits. ``own`` gives the bibliographic record
    of documents, so that a paper read as a document and cited by another one counts once.
    """
    claims = list(claims)
    papers = papers_of(claims, own=own)
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[statement_key(claim)].append(claim)
    return [_statement(found, belief_in(found, papers)) for _, found in sorted(groups.items())]


def statement_key(claim: Claim) -> tuple[str, ...]:
    """What is equal for claims that say the same: the IRIs of their things, the relation, the value."""
    start = (_identity(claim.subject), claim.relation)
    if claim.object is not None:
        return (*start, _identity(claim.object))
    quantity = claim.quantity
    assert quantity is not None
    highest = "" if quantity.value_max is None else f"{quantity.value_max:.{_DIGITS}g}"
    return (*start, f"{quantity.value:.{_DIGITS}g}", highest, quantity.unit, quantity.comparator)


def claim_text(claim: Claim) -> str:
    """What a claim says in a line, marked where it denies or hedges it."""
    marks = [word for word in (claim.polarity, claim.certainty) if word in ("negated", "hypothesised")]
    return _text(claim) + (f" ({', '.join(marks)})" if marks else "")


def quantity_text(quantity: Quantity) -> str:
    """The value as it is printed.

    >>> quantity_text(Quantity(1e-4, "S/cm", value_max=1e-3, comparator="~"))
    '~ 0.0001–0.001 S/cm'
    """
    numbers = [f"{number:.6g}" for number in (quantity.value, quantity.value_max) if number is not None]
    comparator = "" if quantity.comparator == "=" else f"{quantity.comparator} "
    unit = "" if quantity.unit == "1" else f" {quantity.unit}"
    return f"{comparator}{'–'.join(numbers)}{unit}"


def _text(said: Claim | Statement) -> str:
    about = quantity_text(said.quantity) if said.quantity else said.object.label if said.object else ""
    return f"{said.subject.label} {said.relation} {about}"


def _identity(entity: Entity) -> str:
    return entity.iri or entity.label


def _statement(claims: list[Claim], belief: Belief) -> Statement:
    ordered = sorted(claims, key=lambda claim: (claim.evidence.document, claim.evidence.start, claim.id))
    first = ordered[0]
    return Statement(
        subject=_gathered([claim.subject for claim in ordered]),
        relation=first.relation,
        object=_gathered([claim.object for claim in ordered if claim.object]) if first.object else None,
        quantity=first.quantity,
        claims=tuple(ordered),
        belief=belief,
    )


def _gathered(entities: list[Entity]) -> Entity:
    """One entity with all first names, then all others, the most used first."""
    firsts = [entity.label for entity in entities]
    ranked = sorted(set(firsts), key=lambda name: (-firsts.count(name), name))
    others = sorted({name for entity in entities for name in entity.names} - set(firsts))
    return Entity(names=(*ranked, *others), kind=entities[0].kind, iri=entities[0].iri)
