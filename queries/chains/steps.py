"""From statements to the steps that a chain can take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.model import Claim
from kg.statements import Statement
from kg.things import composition
from ontology.formula import find_formulas, parse_formula
from ontology.lexicon import Lexicon
from ontology.names import normalise
from queries.chains.model import Item, Later, Node, Step, Told
from queries.chains.model import Passage as Direction
from queries.chains.named_parts import granted_part, named_parts
from queries.chains.nodes import NodeIndex, wordings
from queries.chains.resolve import nodes_named
from queries.chains.rules import Implication, Passage, load_rules


def told(statement: Statement) -> Told:
    """A statement on two things as chains read it; it must have an affirming claim."""
    assert statement.object is not None
    return Told(
        subject=statement.subject.iri,
        relation=statement.relation,
        object=statement.object.iri,
        belief=statement.belief.value,
        claims=statement.claims,
        ids=Later(lambda: tuple(claim.id for claim in statement.claims)),
        systems=tuple(system(claim) for claim in statement.affirming),
    )


def find_steps(relations: Sequence[Told], index: NodeIndex, *, lexicon: Lexicon) -> list[Step]:
    """The steps that relations allow, those they imply, and those that are general knowledge.

    What claims say of a part and its whole is not granted by a name as well.
    """
    implied = [(rule, nodes_named(rule.to, index, lexicon=lexicon)) for rule in load_rules().implied]
    stated = [step for each in relations for step in _stated(each, index, lexicon)]
    told = {(step.source, step.target) for step in stated}
    return [
        *stated,
        *(
            step
            for each in relations
            for rule, targets in implied
            if _implies(rule, each, index, lexicon)
            for step in _implied(each, rule, targets, index, lexicon)
        ),
        *_products(relations, index, lexicon),
        *(step for step in named_parts(index, lexicon=lexicon) if (step.source, step.target) not in told),
        *_known(index, lexicon),
    ]


def _stated(said: Told, index: NodeIndex, lexicon: Lexicon) -> Iterator[Step]:
    """Causes, and passages through a part or into a whole."""
    rules = load_rules()
    relation = lexicon.relations.get(said.relation)
    if relation is None:
        return
    if relation.key in rules.causal:
        yield _step(said, relation.label, sign=relation.sign)
    for passage in rules.through:
        if passage.relation == relation.key and _allows(passage, said, index):
            yield _step(said, relation.label, weight=passage.weight, passage="through", first=passage.first)
            break
    for passage in rules.into:
        if passage.relation == relation.key and _allows(passage, said, index):
            yield _step(said, relation.inverse_label, weight=passage.weight, passage="into")
            break


def _step(
    said: Told,
    label: str,
    *,
    sign: int = 1,
    weight: float = 1.0,
    passage: Direction = "",
    first: bool = False,
) -> Step:
    into = passage == "into"
    return Step(
        source=said.object if into else said.subject,
        target=said.subject if into else said.object,
        relation=said.relation,
        label=label,
        sign=sign,
        belief=said.belief * weight,
        claims=said.claims,
        ids=said.ids,
        inverse=into,
        passage=passage,
        first=first,
        systems=said.systems,
    )


def _allows(passage: Passage, said: Told, index: NodeIndex) -> bool:
    whole, part = index.nodes[said.subject], index.nodes[said.object]
    if passage.relation == "used_as" and not any(
        each.head in load_rules().acting_roles for each in wordings(part)
    ):
        return False
    return (not passage.kinds or whole.kind in passage.kinds) and (
        not passage.named or is_named_by(whole.label, part, elements=whole.elements)
    )


def is_named_by(name: str, part: Node, *, elements: frozenset[str] | None = None) -> bool:
    """Whether the name of a whole says that the part is in it: by its words, or by an element.

    ``elements`` are those in the name, where they are known.

    >>> is_named_by("LiI-doped Li3PS4", Node("", ("LiI",), "Dopant"))
    True
    >>> is_named_by("Li3PS4", Node("", ("LiI",), "Dopant"))
    False
    """
    words = set(normalise(name).split())
    if any(words > set(normalise(each).split()) for each in part.names):
        return True
    symbols = (composition(each)[1] for each in part.names)
    own = {symbol for found in symbols if len(found) == 1 for symbol in found}
    return len(own) == 1 and own < (set(composition(name)[1]) if elements is None else elements)


def _implied(
    said: Told, rule: Implication, targets: Iterable[str], index: NodeIndex, lexicon: Lexicon
) -> Iterator[Step]:
    """Steps to what the relation of two things implies; they rest on the claims of the relation."""
    label = lexicon.relations[said.relation].label
    for target in targets:
        for source, other in ((said.subject, said.object), (said.object, said.subject)):
            if source != target:
                yield Step(
                    source=source,
                    target=target,
                    relation=said.relation,
                    label=f"{label} {index.nodes[other].label}, so {rule.label}",
                    sign=rule.sign,
                    belief=said.belief * rule.weight,
                    ground="claims",
                    claims=said.claims,
                    ids=said.ids,
                    inverse=source == said.object,
                    because=rule.because,
                    systems=said.systems,
                )


def _implies(rule: Implication, said: Told, index: NodeIndex, lexicon: Lexicon) -> bool:
    subject, object_ = index.nodes[said.subject], index.nodes[said.object]
    if rule.relation != said.relation or object_.kind not in rule.object_kinds:
        return False
    if any(lexicon.is_a(node.term, each) for node in (subject, object_) for each in rule.but_classes):
        return False
    return not rule.object_named or any(normalise(name) in rule.object_named for name in object_.names)


def _products(relations: Iterable[Told], index: NodeIndex, lexicon: Lexicon) -> Iterator[Step]:
    """From the products of a material's decomposition to the interphase that is named in its context."""
    rule = load_rules().products
    made: dict[str, list[Told]] = defaultdict(list)
    layered: list[Told] = []
    for said in relations:
        if said.relation in rule.relations and index.nodes[said.object].kind in rule.substances:
            for name in dict.fromkeys(formulas_of(index.nodes[said.subject].names)):
                made[name].append(said)
        if index.nodes[said.subject].kind in rule.kinds:
            layered.append(said)
    if not made:
        return
    families = [maker for maker in made if is_family(maker)]
    found: dict[tuple[str, str], list[tuple[Told, Told]]] = defaultdict(list)
    for layer in layered:
        layer_label = index.nodes[layer.subject].label
        for name in sorted({name for names in layer.systems for name in names}):
            makers = made if is_family(name) else [*families, *([name] if name in made else [])]
            for product in (said for maker in makers if compatible(maker, name) for said in made[maker]):
                if _may_be_part(index.nodes[product.object].label, layer_label):
                    found[product.object, layer.subject].append((product, layer))
    for (source, target), pairs in found.items():
        behind = tuple({id(said): said for pair in pairs for said in pair}.values())
        believed = max(product.belief for product, _ in pairs) * rule.weight
        yield replace(
            granted_part(source, target, rule, belief=believed, lexicon=lexicon),
            claims=_all_of([said.claims for said in behind]),
            ids=_all_of([said.ids for said in behind]),
            after=frozenset(product.subject for product, _ in pairs),
            systems=tuple(dict.fromkeys(names for _, layer in pairs for names in layer.systems)),
        )


def _all_of(parts: Sequence[Sequence[Item]]) -> Later[Item]:
    return Later(lambda: tuple(item for part in parts for item in part))


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
    object_kind = claim.object.kind if claim.object else ""
    own = claim.subject.names if has_own_system(claim.relation, claim.subject.kind, object_kind) else ()
    return frozenset(formulas_of(claim.context or own))


def has_own_system(relation: str, subject_kind: str, object_kind: str) -> bool:
    """Whether a relation holds of its subject alone, where no context is told."""
    passages = {passage.relation for passage in load_rules().through}
    return subject_kind == "Material" and (relation in passages or object_kind == "Property")


def formulas_of(names: Iterable[str]) -> Iterator[str]:
    """The compounds in names, those of elements enough to be an electrolyte or an electrode."""
    return (formula for name in names for formula in _compounds(name))


@lru_cache(maxsize=65536)
def _compounds(name: str) -> tuple[str, ...]:
    least = load_rules().system_elements
    found = (match.formula for match in find_formulas(name))
    return tuple(dict.fromkeys(each.canonical for each in found if len(each.elements) >= least))


@lru_cache(maxsize=65536)
def is_family(name: str) -> bool:
    """Whether a formula stands for several compounds ("Li6PS5X")."""
    formula = parse_formula(name)
    return formula is not None and formula.generic


@lru_cache(maxsize=65536)
def compatible(one: str, other: str) -> bool:
    """Whether two compounds can be one system: equal, or one the family of the other.

    >>> compatible("Li6PS5X", "Li6PS5Cl"), compatible("Li6PS5Cl", "Li7P3S11")
    (True, False)
    """
    first, second = parse_formula(one), parse_formula(other)
    return one == other or (first is not None and second is not None and first.matches(second))
