"""From statements to the steps that a chain can take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.model import Claim
from kg.statements import Statement
from kg.things import composition
from ontology.formula import find_formulas, parse_formula
from ontology.lexicon import Lexicon
from ontology.names import normalise
from queries.chains.model import Node, Step
from queries.chains.model import Passage as Direction
from queries.chains.nodes import NodeIndex, wordings
from queries.chains.resolve import nodes_named
from queries.chains.rules import Implication, Passage, load_rules


def find_steps(statements: Iterable[Statement], index: NodeIndex, *, lexicon: Lexicon) -> list[Step]:
    """The steps that affirmed relations allow, those they imply, and those that are general knowledge."""
    affirmed = [statement for statement in statements if statement.object is not None and statement.affirming]
    return [
        *(step for statement in affirmed for step in _stated(statement, index, lexicon)),
        *(step for statement in affirmed for step in _implied(statement, index, lexicon)),
        *_products(affirmed, lexicon),
        *_known(index, lexicon),
    ]


def _stated(statement: Statement, index: NodeIndex, lexicon: Lexicon) -> Iterator[Step]:
    """Causes, and passages through a part or into a whole."""
    rules = load_rules()
    relation = lexicon.relations.get(statement.relation)
    if relation is None or statement.object is None:
        return
    subject, object_ = index.nodes[statement.subject.iri], index.nodes[statement.object.iri]
    if relation.key in rules.causal:
        yield _step(statement, relation.label, sign=relation.sign)
    for passage in rules.through:
        if passage.relation == relation.key and _allows(passage, subject, object_):
            yield _step(
                statement, relation.label, weight=passage.weight, passage="through", first=passage.first
            )
            break
    for passage in rules.into:
        if passage.relation == relation.key and _allows(passage, subject, object_):
            yield _step(statement, relation.inverse_label, weight=passage.weight, passage="into")
            break


def _step(
    statement: Statement,
    label: str,
    *,
    sign: int = 1,
    weight: float = 1.0,
    passage: Direction = "",
    first: bool = False,
) -> Step:
    assert statement.object is not None
    ends = (statement.subject.iri, statement.object.iri)
    source, target = reversed(ends) if passage == "into" else ends
    return Step(
        source=source,
        target=target,
        relation=statement.relation,
        label=label,
        sign=sign,
        belief=statement.belief.value * weight,
        claims=statement.claims,
        inverse=passage == "into",
        passage=passage,
        first=first,
        systems=tuple(system(claim) for claim in statement.affirming),
    )


def _allows(passage: Passage, whole: Node, part: Node) -> bool:
    if passage.relation == "used_as" and not any(
        each.head in load_rules().acting_roles for each in wordings(part)
    ):
        return False
    return (not passage.kinds or whole.kind in passage.kinds) and (
        not passage.named or is_named_by(whole.label, part)
    )


def is_named_by(name: str, part: Node) -> bool:
    """Whether the name of a whole says that the part is in it: by its words, or by an element.

    >>> is_named_by("LiI-doped Li3PS4", Node("", ("LiI",), "Dopant"))
    True
    >>> is_named_by("Li3PS4", Node("", ("LiI",), "Dopant"))
    False
    """
    words = set(normalise(name).split())
    if any(words > set(normalise(each).split()) for each in part.names):
        return True
    elements = set(composition(part.label)[1])
    return len(elements) == 1 and elements < set(composition(name)[1])


def _implied(statement: Statement, index: NodeIndex, lexicon: Lexicon) -> Iterator[Step]:
    """Steps to what the relation of two things implies; they rest on the claims of the relation."""
    for rule in load_rules().implied:
        if statement.object is None or not _implies(rule, statement, index, lexicon):
            continue
        label = lexicon.relations[statement.relation].label
        for target in nodes_named(rule.to, index, lexicon=lexicon):
            for source in (statement.subject.iri, statement.object.iri):
                if source != target:
                    yield Step(
                        source=source,
                        target=target,
                        relation=statement.relation,
                        label=f"{label} {_other(statement, source)}, so {rule.label}",
                        sign=rule.sign,
                        belief=statement.belief.value * rule.weight,
                        ground="claims",
                        claims=statement.claims,
                        inverse=source == statement.object.iri,
                        because=rule.because,
                        systems=tuple(system(claim) for claim in statement.affirming),
                    )


def _other(statement: Statement, source: str) -> str:
    assert statement.object is not None
    return statement.object.label if source == statement.subject.iri else statement.subject.label


def _implies(rule: Implication, statement: Statement, index: NodeIndex, lexicon: Lexicon) -> bool:
    assert statement.object is not None
    subject, object_ = index.nodes[statement.subject.iri], index.nodes[statement.object.iri]
    if rule.relation != statement.relation or object_.kind not in rule.object_kinds:
        return False
    if any(lexicon.is_a(node.term, each) for node in (subject, object_) for each in rule.but_classes):
        return False
    return not rule.object_named or any(normalise(name) in rule.object_named for name in object_.names)


def _products(statements: Iterable[Statement], lexicon: Lexicon) -> Iterator[Step]:
    """From the products of a material's decomposition to the interphase that is named in its context."""
    rule = load_rules().products
    made: dict[str, list[Statement]] = {}
    layers: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.relation in rule.relations:
            for name in _formulas(statement.subject.names):
                made.setdefault(name, []).append(statement)
        if statement.subject.kind in rule.kinds:
            for claim in statement.affirming:
                for name in _formulas(claim.context):
                    layers.setdefault(name, []).append(statement)
    found: dict[tuple[str, str], list[tuple[Statement, Statement]]] = defaultdict(list)
    for name, layered in layers.items():
        pairs = [
            (product, layer)
            for maker, products in made.items()
            if compatible(maker, name)
            for product in products
            for layer in layered
        ]
        for product, layer in pairs:
            part = product.object
            if part and part.kind in rule.substances and _may_be_part(part.label, layer.subject.label):
                found[part.iri, layer.subject.iri].append((product, layer))
    for (source, target), pairs in found.items():
        claims = {id(claim): claim for pair in pairs for statement in pair for claim in statement.claims}
        yield Step(
            source=source,
            target=target,
            relation=rule.as_relation,
            label=lexicon.relations[rule.as_relation].inverse_label,
            sign=1,
            belief=max(product.belief.value for product, _ in pairs) * rule.weight,
            ground="known",
            claims=tuple(claims.values()),
            inverse=True,
            passage="into",
            because=rule.because,
            systems=tuple(dict.fromkeys(system(claim) for _, layer in pairs for claim in layer.affirming)),
        )


def _may_be_part(product: str, layer: str) -> bool:
    """Whether a product may be in a layer: not where the layer is named by others ("LiF-rich interphase")."""
    named = {match.formula.canonical for match in find_formulas(layer)}
    return product != layer and (not named or product in named)


def _known(index: NodeIndex, lexicon: Lexicon) -> Iterator[Step]:
    for rule in load_rules().known:
        for source in nodes_named(rule.source, index, lexicon=lexicon):
            for target in nodes_named(rule.target, index, lexicon=lexicon):
                if source != target:
                    yield Step(
                        source=source,
                        target=target,
                        relation="",
                        label=rule.label,
                        sign=rule.sign,
                        belief=rule.weight,
                        ground="known",
                        because=rule.because,
                    )


def system(claim: Claim) -> frozenset[str]:
    """The compounds in which a claim holds, empty where it holds for all.

    They are those of its context; without one, a material's parts and properties are those of that material.
    """
    passages = {passage.relation for passage in load_rules().through}
    own = claim.relation in passages or (claim.object is not None and claim.object.kind == "Property")
    names = (
        claim.subject.names
        if own and claim.subject.kind == "Material" and not claim.context
        else claim.context
    )
    return frozenset(_formulas(names))


def _formulas(names: Iterable[str]) -> Iterator[str]:
    return (formula for name in names for formula in _compounds(name))


@lru_cache(maxsize=65536)
def _compounds(name: str) -> tuple[str, ...]:
    least = load_rules().system_elements
    found = (match.formula for match in find_formulas(name))
    return tuple(dict.fromkeys(each.canonical for each in found if len(each.elements) >= least))


@lru_cache(maxsize=65536)
def compatible(one: str, other: str) -> bool:
    """Whether two compounds can be one system: equal, or one the family of the other.

    >>> compatible("Li6PS5X", "Li6PS5Cl"), compatible("Li6PS5Cl", "Li7P3S11")
    (True, False)
    """
    first, second = parse_formula(one), parse_formula(other)
    return one == other or (first is not None and second is not None and first.matches(second))
