"""From what people call a thing to the nodes of a graph of chains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Entity
from ontology.grounding import ground, thing_iri
from ontology.lexicon import TERMS, Lexicon, local_name
from ontology.names import normalise
from queries.chains.joins import SAME, compare
from queries.chains.nodes import NodeIndex, make_node, says_nothing, wordings
from queries.chains.rules import load_rules, stand_ins
from queries.chains.wording import join_weight, read_wording, similar_enough, similarity
from queries.parse.spelling import suggestions

#: How many near names are tried where none fits better.
_NEAR_NAMES = 6


@dataclass(frozen=True, slots=True)
class Match:
    """A node that a name may mean, and how well it fits, 0 to 1."""

    iri: str
    weight: float


def resolve(name: str, index: NodeIndex, *, lexicon: Lexicon) -> tuple[Match, ...]:
    """The nodes that a name, an IRI or a class ("any dopant") means, the best first; empty where none does.

    A name means the node that bears it, the node of the same thing in other words, then its kinds and
    cases; only where there are none, the names that share most of its words.
    """
    if name in index.nodes:
        return (Match(name, 1.0),)
    members = _members(name, index, lexicon)
    if members:
        return tuple(Match(iri, 1.0) for iri in members)
    found: dict[str, float] = {}
    for iri, weight in _fitting(name, index, lexicon):
        found[iri] = max(weight, found.get(iri, 0.0))
    best = max(found.values(), default=0.0)
    if best < join_weight("same"):
        for iri, weight in _near(name, index):
            found[iri] = max(weight, found.get(iri, 0.0))
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Match(iri, weight) for iri, weight in ranked)


def nodes_named(name: str, index: NodeIndex, *, lexicon: Lexicon) -> tuple[str, ...]:
    """The nodes that bear a name, in these or other words."""
    least = join_weight("same")
    return tuple(sorted({iri for iri, weight in _fitting(name, index, lexicon) if weight >= least}))


def unknown_names(names: Iterable[str], index: NodeIndex, *, lexicon: Lexicon) -> str:
    """What is to be said of names that mean no node, with names that look like them; empty where all do."""
    told = []
    for name in names:
        if not resolve(name, index, lexicon=lexicon) and not lexicon.lookup(name):
            called = dict.fromkeys(each for node in index.nodes.values() for each in node.names)
            near = suggestions(name, tuple(called))
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            told.append(f"nothing in the graph is called “{name}”{hint}")
    return ", and ".join(told)


def _members(name: str, index: NodeIndex, lexicon: Lexicon) -> tuple[str, ...]:
    """The nodes of a class, where the name asks for any of it or is a kind or the IRI of a class.

    What is called by the name of the class ("doping" for any dopant) is none of them.
    """
    rules = load_rules()
    words = name.split()
    asks_any = len(words) > 1 and words[0].casefold() in rules.any_words
    term = lexicon.terms.get(name) or lexicon.terms.get(TERMS + name)
    if term is None:
        terms = lexicon.lookup(" ".join(words[1:]) if asks_any else name)
        term = next((each for each in terms if asks_any or local_name(each.iri) == each.kind), None)
    if term is None:
        return ()
    is_kind = local_name(term.iri) == term.kind
    own = (
        iri
        for iri, node in index.nodes.items()
        if (term.kind in (node.kind, *node.kinds) if is_kind else lexicon.is_a(node.term, term.iri))
    )
    found = dict.fromkeys((*own, *index.members.get(term.iri, ())))
    classes = (term.iri, *stand_ins(term.iri)) if asks_any or is_kind else ()
    itself = {thing_iri(lexicon.terms[each].label) for each in classes}
    return tuple(iri for iri in found if iri not in itself and not says_nothing(index.nodes[iri]))


def _fitting(name: str, index: NodeIndex, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    for iri in index.by_name.get(normalise(name), ()):
        is_label = normalise(name) == normalise(index.nodes[iri].label)
        yield iri, 1.0 if is_label else join_weight("same")
    grounding = ground(name, lexicon=lexicon)
    if grounding.iri in index.nodes:
        yield grounding.iri, 1.0
    asked = make_node(Entity((name,), ""), lexicon=lexicon)
    term = lexicon.terms.get(asked.term)
    if term and grounding.term and local_name(term.iri) != term.kind and grounding.reason != "head":
        yield from ((iri, join_weight("kind")) for iri in index.by_class.get(term.iri, ()))
    for iri in {iri for word in read_wording(name).words for iri in index.by_word.get(word, ())}:
        how = compare(asked, index.nodes[iri], lexicon=lexicon)
        if how:
            yield iri, join_weight("same" if how[0] == SAME else "kind")


def _near(name: str, index: NodeIndex) -> Iterator[tuple[str, float]]:
    words = read_wording(name).words
    scored = []
    for iri in {iri for word in words for iri in index.by_word.get(word, ())}:
        most = max(
            similarity(words, wording.words, rarity=index.rarity) for wording in wordings(index.nodes[iri])
        )
        if most >= similar_enough():
            scored.append((most, iri))
    for score, iri in sorted(scored, key=lambda item: (-item[0], item[1]))[:_NEAR_NAMES]:
        yield iri, score * join_weight("includes")
