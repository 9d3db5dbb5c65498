"""Where a chain may go on under another name: two wordings of one thing, or a thing and its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ontology.grounding import thing_iri
from ontology.lexicon import Lexicon
from queries.chains.model import Node, Step
from queries.chains.nodes import NodeIndex, Place, wordings
from queries.chains.wording import (
    Wording,
    is_bare,
    join_weight,
    joined_kinds,
    layered_kinds,
    read_wording,
    same_passage,
)

#: How the first thing relates to the second, in words.
SAME, CALLED, KIND, INCLUDES = "is the same as", "is also called", "is a kind of", "includes"
MEANT = "is here"
#: The same where the two names point in opposite directions.
REVERSE = "is the reverse of"
_WEIGHTS = {SAME: "same", CALLED: "called", KIND: "kind", INCLUDES: "includes", MEANT: "meant"}
_SUBSTANCES = frozenset({"Material", "Dopant"})


def find_joins(
    ends: Iterable[str], starts: Iterable[str], index: NodeIndex, *, lexicon: Lexicon
) -> Iterator[Step]:
    """Yield the joins from things where a claim ends to things where another claim starts."""
    by_key: dict[object, set[str]] = defaultdict(set)
    words = {iri: read_wording(node.label) for iri, node in index.nodes.items()}
    for iri in set(starts):
        for key in (iri, ("head", words[iri].head), *_keys(index.nodes[iri])):
            by_key[key].add(iri)
    for end in sorted(set(ends)):
        node = index.nodes[end]
        term = lexicon.terms.get(node.term)
        keys = (*_keys(node), *map(thing_iri, _labels(term.ancestors, lexicon) if term else ()))
        likely = {iri for key in keys for iri in by_key.get(key, ())}
        likely.update(
            iri for iri in by_key.get(("head", words[end].head), ()) if _are_nested(words[end], words[iri])
        )
        for other in sorted(likely - {end}):
            how = compare(node, index.nodes[other], lexicon=lexicon) or _meant(end, other, index)
            if how:
                label = how[0] if how[1] > 0 else REVERSE
                yield Step(end, other, "", label, how[1], join_weight(_WEIGHTS[how[0]]), ground="join")


def _keys(node: Node) -> Iterator[object]:
    """What two nodes may share that are joined by more than nested names: a whole name, or a composition."""
    yield from (wording.words for wording in wordings(node))
    key = node.composition
    if key:
        yield "composition", key


def _are_nested(first: Wording, second: Wording) -> bool:
    return first.words <= second.words or second.words <= first.words


def compare(one: Node, other: Node, *, lexicon: Lexicon) -> tuple[str, int] | None:
    """How the first thing is the second, and the sign between them; None where it is not.

    The sign is -1 where one name speaks of less of the other ("low porosity", "porosity"). Canonical names
    decide; another name counts only where it is the other thing's canonical name and both are of one kind.
    What is said of a class of substances does not pass to its members: they meet by composition or name.
    """
    if one.composition and other.composition:
        return _compare_formulas(one, other)
    if (one.kind in _SUBSTANCES) != (other.kind in _SUBSTANCES):
        return None
    first, second = read_wording(one.label), read_wording(other.label)
    how = _compare_wordings(first, second)
    if how == INCLUDES and {one.kind, other.kind} & layered_kinds():
        return None
    if how == SAME or (how and one.kind not in _SUBSTANCES):
        return how, first.sign * second.sign
    if one.kind in _SUBSTANCES:
        return None
    return _compare_aliases(one, other) or _compare_terms(one, other, lexicon)


def _meant(one: str, other: str, index: NodeIndex) -> tuple[str, int] | None:
    """Whether a general word means the other thing, which stands near it in the text and bears its name."""
    nodes = index.nodes[one], index.nodes[other]
    first, second = (read_wording(node.label) for node in nodes)
    if _says_nothing(first) == _says_nothing(second) or first.head != second.head:
        return None
    if {node.kind in _SUBSTANCES for node in nodes} != {False}:
        return None
    near = any(is_near(place, index.places[other]) for place in index.places[one])
    return (MEANT, first.sign * second.sign) if near else None


def is_general(node: Node) -> bool:
    """Whether a name says too little to tell one thing from others ("the interphase")."""
    return _says_nothing(read_wording(node.label))


def is_near(place: Place, places: Iterable[Place]) -> bool:
    """Whether a place stands in one passage with any of some places."""
    document, start = place
    return any(
        document == elsewhere and min(start, at) >= 0 and abs(start - at) <= same_passage()
        for elsewhere, at in places
    )


def _compare_wordings(first: Wording, second: Wording) -> str | None:
    if first.head != second.head or _says_nothing(first) or _says_nothing(second):
        return None
    if first.words == second.words:
        return SAME
    if first.several or second.several:
        return None
    if second.words < first.words:
        return KIND
    return INCLUDES if first.words < second.words else None


def _says_nothing(wording: Wording) -> bool:
    return len(wording.words) < 2 and is_bare(wording.words)


def _compare_aliases(one: Node, other: Node) -> tuple[str, int] | None:
    if one.kind != other.kind:
        return None
    for named, aliased in ((one, other), (other, one)):
        label = read_wording(named.label)
        for wording in wordings(aliased)[1:]:
            if wording.words == label.words and not _says_nothing(label):
                return CALLED, wording.sign * label.sign
    return None


def _compare_formulas(one: Node, other: Node) -> tuple[str, int] | None:
    """One composition in two forms is one thing only where one of the names says no form."""
    if one.composition != other.composition:
        return None
    first, second = read_wording(one.label).words, read_wording(other.label).words
    if first == second:
        return SAME, 1
    return (KIND, 1) if second < first else (INCLUDES, 1) if first < second else None


def _compare_terms(one: Node, other: Node, lexicon: Lexicon) -> tuple[str, int] | None:
    """By the ontology: a thing whose class is the term of the other, or below it."""
    first, second = lexicon.terms.get(one.term), lexicon.terms.get(other.term)
    if first is None or second is None or one.kind not in joined_kinds():
        return None
    if is_general(other):
        return None
    if second.iri in first.ancestors and other.iri == thing_iri(second.label):
        return KIND, read_wording(one.label).sign * read_wording(other.label).sign
    return None


def _labels(iris: Iterable[str], lexicon: Lexicon) -> Iterator[str]:
    return (lexicon.terms[iri].label for iri in iris if iri in lexicon.terms)
