"""Statements: claims that say the same of the same things, gathered with all their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.assembly import claim_order
from kg.belief import Belief, belief_in
from kg.conditions import differing, made_comparable, of_the_sample, shares_source
from kg.curation import Retraction
from kg.html import listing_html, statement_html
from kg.model import Claim, Entity, Quantity, Reference
from kg.papers import papers_of
from ontology.lexicon import Lexicon, load_lexicon

#: Values that agree to this many digits are one value.
_DIGITS = 3


@dataclass(frozen=True, slots=True, repr=False)
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
    def id(self) -> str:
        """The id of its first claim, which is no other statement's."""
        return self.claims[0].id

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

    def __repr__(self) -> str:
        papers = self.belief.independent
        return f"<{self.text}: belief {self.belief.value:.2f}, {papers} paper{'' if papers == 1 else 's'}>"

    def _repr_html_(self) -> str:
        return statement_html(self)


class Statements(list[Statement]):
    """Statements as a list that a notebook shows as a table."""

    def _repr_html_(self) -> str:
        return listing_html(self)


def gather(
    claims: Iterable[Claim],
    *,
    own: Mapping[str, Reference] | None = None,
    retractions: Sequence[Retraction] = (),
    lexicon: Lexicon | None = None,
) -> list[Statement]:
    """The statements that assembled claims make, by subject, relation, then object or value.

    Claims make one statement where subject, relation and object are the same things, whatever they are
    called; values of a property where they agree to three digits and no condition is known to differ. ``own``
    gives the bibliographic record of documents, so that a paper read as a document and cited by another one
    counts once; a retracted paper counts nothing.
    """
    claims, lexicon = list(claims), lexicon or load_lexicon()
    papers = papers_of(claims, own=own, retractions=retractions)
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[statement_key(claim)].append(claim)
    return [
        _statement(one, belief_in(one, papers))
        for _, found in sorted(groups.items())
        # most statements are made once, and the id by which claims are ordered takes time
        for one in ([found] if len(found) == 1 else _of_one_sample(sorted(found, key=claim_order), lexicon))
    ]


def _of_one_sample(claims: list[Claim], lexicon: Lexicon) -> list[list[Claim]]:
    """Claims of one value, those apart whose conditions are known to differ, in the order of their first.

    How a sample was made may be told in several ways of one source, which are no difference then.
    """
    first, *others = claims
    if first.object is not None or all(other.conditions == first.conditions for other in others):
        return [claims]
    compared = {claim.id: made_comparable(claim.conditions, lexicon=lexicon) for claim in claims}

    def are_one(one: Claim, other: Claim) -> bool:
        apart = differing(compared[one.id], compared[other.id])
        return not apart or (apart <= of_the_sample() and shares_source(one, other))

    samples: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda each: -len(each.conditions)):
        fitting = [sample for sample in samples if all(are_one(claim, other) for other in sample)]
        if fitting:
            max(fitting, key=lambda sample: sum(_is_near(claim, other) for other in sample)).append(claim)
        else:
            samples.append([claim])
    return sorted(
        (sorted(sample, key=claim_order) for sample in samples), key=lambda each: claim_order(each[0])
    )


def _is_near(one: Claim, other: Claim) -> bool:
    """Whether two claims cite a common source."""
    return bool(one.evidence.refs and other.evidence.refs) and shares_source(one, other)


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
    return f"{said.subject.label} {said.relation.replace('_', ' ')} {about}"


def _identity(entity: Entity) -> str:
    return entity.iri or entity.label


def _statement(claims: list[Claim], belief: Belief) -> Statement:
    first = claims[0]
    return Statement(
        subject=_gathered([claim.subject for claim in claims]),
        relation=first.relation,
        object=_gathered([claim.object for claim in claims if claim.object]) if first.object else None,
        quantity=first.quantity,
        claims=tuple(claims),
        belief=belief,
    )


def _gathered(entities: list[Entity]) -> Entity:
    """One entity with all first names, then all others, the most used first."""
    if len(entities) == 1 and len(entities[0].names) == 1:
        return entities[0]
    firsts = [entity.label for entity in entities]
    ranked = sorted(set(firsts), key=lambda name: (-firsts.count(name), name))
    others = sorted({name for entity in entities for name in entity.names} - set(firsts))
    return Entity(names=(*ranked, *others), kind=entities[0].kind, iri=entities[0].iri)
