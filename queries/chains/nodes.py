"""The things of a graph of chains, and how to find them by what people call them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg.model import Entity
from kg.naming import ground_entity
from kg.things import composition
from ontology.grounding import ground, thing_iri
from ontology.lexicon import Lexicon
from ontology.names import normalise
from queries.chains.model import Node, Told
from queries.chains.rules import load_rules
from queries.chains.wording import Wording, bare_name, is_bare, read_wording

#: A document and an offset in its text, -1 where the offset is not known.
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class NodeIndex:
    """Nodes by IRI, by the key of each name, by each word of their wordings, and by class with all above it.

    ``rarity`` says how telling each word is. ``places`` are the documents and offsets where a thing is named.
    ``members`` are the things that count as members of a class by what they are used for.
    """

    nodes: Mapping[str, Node]
    by_name: Mapping[str, tuple[str, ...]]
    by_word: Mapping[str, tuple[str, ...]]
    by_class: Mapping[str, tuple[str, ...]]
    rarity: Mapping[str, float]
    places: Mapping[str, frozenset[Place]]
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def wordings(node: Node) -> tuple[Wording, ...]:
    """The different wordings of a node's names, that of the canonical name first; empty ones are left out."""
    found = dict.fromkeys(read_wording(name) for name in node.names)
    return tuple(wording for wording in found if wording.words)


def says_nothing(node: Node) -> bool:
    """Whether a thing is named by one general word and is no term of the ontology ("layer")."""
    words = read_wording(node.label).words
    return not node.term and len(words) < 2 and is_bare(words)


def make_node(entity: Entity, *, lexicon: Lexicon) -> Node:
    """The node of a thing with all its names."""
    grounding = ground_entity(entity, lexicon=lexicon)
    if grounding.term is None:
        bare = ground(bare_name(entity.label), lexicon=lexicon)
        grounding = bare if bare.reason in ("label", "alternative label") else grounding
    term = grounding.term.iri if grounding.term else ""
    key, elements = composition(entity.label)
    return Node(
        entity.iri,
        entity.names,
        entity.kind or grounding.kind,
        term,
        composition=key,
        elements=frozenset(elements),
    )


def gather_nodes(entities: Iterable[Entity], *, lexicon: Lexicon) -> dict[str, Node]:
    """The node of each thing with the names of all its mentions, by IRI; entities need their IRIs."""
    firsts: dict[str, Counter[str]] = defaultdict(Counter)
    others: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for entity, often in Counter(entities).items():
        firsts[entity.iri][entity.label] += often
        kinds[entity.iri][entity.kind] += often
        for name in entity.names[1:]:
            others[entity.iri][name] += often
    nodes = {}
    for iri, counted in firsts.items():
        entity = Entity(ranked_names(iri, counted, others[iri]), usual_kind(kinds[iri]), iri)
        nodes[iri] = replace(make_node(entity, lexicon=lexicon), kinds=usual_kinds(kinds[iri]))
    return nodes


def ranked_names(iri: str, firsts: Mapping[str, int], others: Mapping[str, int]) -> tuple[str, ...]:
    """The names of a thing, those by which it is called first, the most used ones first among both."""
    names = [name for part in (firsts, others) for name in sorted(part, key=lambda name: (-part[name], name))]
    # a thing is called by the name that its IRI was made of where somebody uses it: iodine, not I
    return tuple(dict.fromkeys(sorted(names, key=lambda name: thing_iri(name) != iri)))


def usual_kind(counted: Mapping[str, int]) -> str:
    """The kind that most of a thing's mentions give it."""
    return min(counted, key=lambda kind: (-counted[kind], kind))


def usual_kinds(counted: Mapping[str, int]) -> frozenset[str]:
    """The kinds that a good part of a thing's mentions give it."""
    least = load_rules().kind_share * sum(counted.values())
    return frozenset(kind for kind, often in counted.items() if often >= least)


def members_by_use(
    relations: Iterable[Told], index: NodeIndex, *, lexicon: Lexicon
) -> dict[str, tuple[str, ...]]:
    """The things that count as members of a class by what relations say they are used for, by class."""
    rules = load_rules().members
    found: dict[str, dict[str, None]] = {rule.of: {} for rule in rules}
    hosts: dict[str, set[str]] = {rule.of: set() for rule in rules}
    for said in relations:
        for rule in rules:
            if said.relation in rule.objects_of:
                found[rule.of][said.object] = None
                hosts[rule.of].add(said.subject)
            elif said.relation == "used_as":
                role = index.nodes[said.object].term
                if any(lexicon.is_a(role, each) for each in rule.roles):
                    found[rule.of][said.subject] = None
    for rule in rules:
        for class_ in rule.classes:
            found[rule.of] |= dict.fromkeys(index.by_class.get(class_, ()))
        for class_ in rule.but_classes:
            hosts[rule.of].update(index.by_class.get(class_, ()))
    found = {of: {iri: None for iri in members if iri not in hosts[of]} for of, members in found.items()}
    return {class_: tuple(members) for class_, members in found.items()}


def index_nodes(mentions: Iterable[tuple[Entity, Place]], *, lexicon: Lexicon) -> NodeIndex:
    """The index of all things mentioned."""
    mentions = list(mentions)
    places: dict[str, set[Place]] = defaultdict(set)
    for entity, place in mentions:
        places[entity.iri].add(place)
    nodes = gather_nodes((entity for entity, _ in mentions), lexicon=lexicon)
    return index_of(nodes, {iri: frozenset(at) for iri, at in places.items()}, lexicon=lexicon)


def index_of(
    nodes: Mapping[str, Node], places: Mapping[str, frozenset[Place]], *, lexicon: Lexicon
) -> NodeIndex:
    """The index of nodes, with the places where they are named."""
    nodes = dict(sorted(nodes.items()))
    by_class: dict[str, list[str]] = defaultdict(list)
    by_name: dict[str, list[str]] = defaultdict(list)
    by_word: dict[str, list[str]] = defaultdict(list)
    for iri, node in nodes.items():
        term = lexicon.terms.get(node.term)
        for ancestor in term.ancestors if term else ():
            by_class[ancestor].append(iri)
        for key in sorted({normalise(name) for name in node.names} - {""}):
            by_name[key].append(iri)
        for word in sorted({word for wording in wordings(node) for word in wording.words}):
            by_word[word].append(iri)
    return NodeIndex(
        nodes=nodes,
        by_name={key: tuple(found) for key, found in by_name.items()},
        by_word={word: tuple(found) for word, found in by_word.items()},
        by_class={term: tuple(found) for term, found in by_class.items()},
        places=places,
        rarity={word: math.log(1 + len(nodes) / len(found)) for word, found in by_word.items()},
    )
