"""The conditions of measurements: which are known to differ, and what a document says of them elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.model import Claim, ConditionValue
from kg.things import composition, condition_kinds
from kg.works import works_behind
from ontology.data_files import read_yaml
from ontology.formula import parse_formula
from ontology.grounding import ground
from ontology.lexicon import TERMS, Lexicon, Term
from ontology.names import describing_words, form_words, normalise
from ontology.quantities import find_quantities

Conditions = Mapping[str, ConditionValue]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a method or a part of a solvent: its term or name, all that it is a kind of, its ways."""

    key: str
    above: frozenset[str]
    ways: frozenset[int]


#: Conditions made ready to be compared: numbers, the key of a text, its quantities or its steps.
Compared = Mapping[str, float | tuple[str, tuple[object, ...], tuple[tuple[Step, ...], ...]]]


def made_comparable(conditions: Conditions, *, lexicon: Lexicon) -> Compared:
    """Conditions with what they imply and what is usual filled in, ready for ``differing``."""
    implied = (_rules()["implied"].get(key, {}) for key in conditions)
    told = {key: value for each in implied for key, value in each.items()}
    stated: dict[str, ConditionValue] = {**_rules()["assumed"], **told, **conditions}
    return {
        key: float(value)
        if not isinstance(value, str)
        else (normalise(value), *_read(value, condition_kinds().get(key, ""), lexicon))
        for key, value in stated.items()
    }


def differing(one: Compared, other: Compared) -> frozenset[str]:
    """The conditions that are known to differ.

    A condition that only one side states is no known difference, unless it has a usual value (room
    temperature). Things that are named differ unless the ontology puts one under the other.
    """
    return frozenset(key for key in one.keys() & other.keys() if not _same(key, one[key], other[key]))


def of_the_sample() -> frozenset[str]:
    """The conditions that say how a sample was made, not how it was measured or used."""
    return frozenset(_rules()["of_the_sample"])


def tell_the_making(one: Compared, other: Compared) -> bool:
    """Whether both sides say how the sample was made, by a method or a solvent."""
    return not one.keys().isdisjoint(other.keys() & _rules()["of_the_making"])


def completed(claims: Iterable[Claim], *, lexicon: Lexicon) -> dict[str, Compared]:
    """The conditions of measurements, by claim id, with what is said of them elsewhere.

    A condition is taken over from the other claims that give the same value of the same property and
    material for a common source, and what says how the sample was made also from those that give another
    value for exactly the same sources; both only where all who state it agree.
    """
    measured = [claim for claim in claims if claim.quantity is not None]
    own = {claim.id: made_comparable(_with_form(claim), lexicon=lexicon) for claim in measured}
    by_value: dict[object, list[Claim]] = defaultdict(list)
    by_source: dict[object, list[Claim]] = defaultdict(list)
    for claim in measured:
        by_value[_value_key(claim)].append(claim)
        by_source[_source_key(claim)].append(claim)
    found: dict[str, Compared] = {}
    for claim in measured:
        same = [own[other.id] for other in by_value[_value_key(claim)] if shares_source(claim, other)]
        conditions = {**_agreed(same), **own[claim.id]}
        if claim.evidence.refs:
            made = _agreed([own[other.id] for other in by_source[_source_key(claim)]])
            conditions = {key: made[key] for key in made.keys() & of_the_sample()} | conditions
        found[claim.id] = conditions
    return found


def _with_form(claim: Claim) -> Conditions:
    """The conditions of a claim with the form that its material's name tells: "Li7P3S11 glass-ceramic"."""
    label = claim.subject.label
    words = (
        [] if parse_formula(label) else [word for word in normalise(label).split() if word in form_words()]
    )
    told = {"form": " ".join(words)} if words and composition(label)[0] else {}
    return {**told, **claim.conditions}


def shares_source(one: Claim, other: Claim) -> bool:
    """Whether two claims may speak of one source: they cite it both, or one of them cites nobody there."""
    first, second = _sources(one), _sources(other)
    if not (first and second):
        return one.evidence.document == other.evidence.document
    return not first.isdisjoint(second)


def _sources(claim: Claim) -> frozenset[str]:
    """The works that a claim cites by number; empty where it cites nobody."""
    evidence = claim.evidence
    return frozenset(node.value for node, _ in works_behind(evidence)) if evidence.refs else frozenset()


def _agreed(stated: Sequence[Compared]) -> dict[str, Any]:
    """What of all conditions nobody states otherwise, as it is stated first."""
    found: dict[str, Any] = {}
    for key in {key for conditions in stated for key in conditions}:
        values = [conditions[key] for conditions in stated if key in conditions]
        if all(_same(key, values[0], value) for value in values[1:]):
            found[key] = values[0]
    return found


def _value_key(claim: Claim) -> object:
    quantity = claim.quantity
    assert quantity is not None
    value = f"{quantity.value:.3g}", quantity.value_max, quantity.unit
    return claim.subject.iri, claim.relation, value


def _source_key(claim: Claim) -> object:
    return claim.subject.iri, claim.relation, _sources(claim)


def _same(key: str, one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        tolerance: float = _rules()["tolerances"].get(key, 0)
        return abs(one - other) <= tolerance
    if isinstance(one, float) or isinstance(other, float):
        return False
    (first, numbers, options), (second, other_numbers, other_options) = one, other
    if first == second or (numbers and numbers == other_numbers):
        return True
    akin = _are_one_mixture if key in _rules()["mixtures"] else _are_akin
    return any(akin(steps, others) for steps in options for others in other_options)


def _read(text: str, kind: str, lexicon: Lexicon) -> tuple[tuple[object, ...], tuple[tuple[Step, ...], ...]]:
    """The quantities of a text, or for one that names things of a kind the steps of each alternative."""
    if kind:
        options = text.split(_rules()["alternatives"])
        return (), tuple(tuple(_steps(option, kind, lexicon)) for option in options)
    found = find_quantities(text)
    return tuple((each.value, each.value_max, each.unit and each.unit.symbol) for each in found), ()


def _are_akin(one: Sequence[Step], other: Sequence[Step]) -> bool:
    """Whether a step of the one is one of the other, a kind or a part of it; also where no step is known."""
    if not one or not other:
        return True
    return any(
        first.key in second.above or second.key in first.above or not first.ways.isdisjoint(second.ways)
        for first in one
        for second in other
    )


def _are_one_mixture(one: Sequence[Step], other: Sequence[Step]) -> bool:
    """Whether each part of either side is akin to a part of the other."""
    return all(_are_akin([step], other) for step in one) and all(_are_akin([step], one) for step in other)


def _steps(text: str, kind: str, lexicon: Lexicon) -> list[Step]:
    """The steps that a text names; those that only say that there is one are left out."""
    parts = [part.strip() for part in re.split(_rules()["separator"], text)]
    telling = (part for part in parts if not describing_words(kind).issuperset(normalise(part).split()))
    terms = {part: _term(part, kind, lexicon) for part in telling}
    root = TERMS + kind
    return [
        Step(term.iri, frozenset(term.ancestors) - {root}, _ways(term, lexicon))
        if term
        else Step(normalise(part), frozenset((normalise(part),)), frozenset())
        for part, term in terms.items()
        if not term or term.iri != root
    ]


def _term(name: str, kind: str, lexicon: Lexicon) -> Term | None:
    """The term of a name, or of the longest run of its words that is one.

    A name may leave out the word for its kind: "liquid phase" is a method.
    """
    found = ground(name, kind=kind, lexicon=lexicon).term
    if found is not None:
        return found
    words = normalise(name).split()
    runs = [
        " ".join(words[start : start + size])
        for size in range(len(words), 0, -1)
        for start in range(len(words) - size + 1)
    ]
    fuller = [f"{name} {word}" for word in sorted(describing_words(kind))]
    candidates = (term for each in (*fuller, *runs) for term in lexicon.lookup(each))
    return next((term for term in candidates if term.kind == kind), None)


def _ways(term: Term, lexicon: Lexicon) -> frozenset[int]:
    """The ways of making, by number, that a step belongs to."""
    ways = enumerate(_rules()["one_way"])
    return frozenset(
        number
        for number, names in ways
        if any(each.iri in term.ancestors for name in names for each in lexicon.lookup(name))
    )


@cache
def _rules() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("conditions.yaml"))
    return data
