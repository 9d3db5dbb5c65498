"""Which things the names of a document's claims stand for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from kg.model import Entity
from ontology.formula import parse_formula
from ontology.grounding import Grounding, ground
from ontology.lexicon import Lexicon
from ontology.names import normalise

#: From the key of a name (``ontology.names.normalise``) to those of a document's entities that bear it.
Bearers = Callable[[str], Collection[Entity]]

#: A shorthand: one word of at most eight letters and digits, two of them capitals (LGPS, LPSCl, THF, NCM811).
_SHORTHAND = re.compile(r"(?=.{2,8}$)(?=(?:.*[A-Z]){2})[A-Za-z][A-Za-z0-9]*")

_WITH_SHORTHAND = re.compile(r"(.+?)\s+\((\S[^()]*)\)")
_WORD = re.compile(r"[a-z][a-z0-9.]*")


def ground_entity(entity: Entity, *, lexicon: Lexicon) -> Grounding:
    """What an entity stands for: its canonical name decides, or a shorthand of it that the ontology knows.

    The other names of a claims file may be looser than synonyms (a wider term, a mention without its
    qualifier), so they help to find the thing and do not say what it is.
    """
    return ground(own_names(entity), kind=entity.kind, lexicon=lexicon)


def unfolded(name: str) -> tuple[str, ...]:
    """A name that carries its own shorthand in brackets as the two names that it is.

    >>> unfolded("tetrahydrofuran (THF)"), unfolded("Li6PS5(Cl,Br)")
    (('tetrahydrofuran', 'THF'), ('Li6PS5(Cl,Br)',))
    """
    match = _WITH_SHORTHAND.fullmatch(name)
    if match and (abbreviates(match[2], match[1]) or abbreviates(match[1], match[2])):
        return match[1], match[2]
    return (name,)


def own_names(entity: Entity) -> tuple[str, ...]:
    """The canonical name, then the names that abbreviate it or are abbreviated by it.

    >>> own_names(Entity(("Li10GeP2S12", "LGPS", "sulfide electrolyte"), "Material"))
    ('Li10GeP2S12', 'LGPS')
    """
    label, *short = unfolded(entity.label)
    short += [name for name in entity.names[1:] if abbreviates(name, label) or abbreviates(label, name)]
    return tuple(dict.fromkeys((label, *short)))


def abbreviates(short: str, name: str) -> bool:
    """Whether a shorthand takes its letters from a name in their order, at least the first of every word.

    This is the test of Schwartz and Hearst (2003) made stricter, so that a shorthand of a part is none of
    the whole; a formula counts as one word, and is itself no shorthand.

    >>> abbreviates("LGPS", "Li10GeP2S12"), abbreviates("SEI", "solid electrolyte interphase")
    (True, True)
    >>> abbreviates("THF", "tetrahydrofuran"), abbreviates("LPS", "Li3PS4 glass")
    (True, False)
    """
    if not _SHORTHAND.fullmatch(short) or parse_formula(short) or len(name) <= len(short):
        return False
    letters = "".join(letter for letter in short.lower() if letter.isalpha())
    return _taken_from(letters, _WORD.findall(name.lower()))


def _taken_from(letters: str, words: list[str]) -> bool:
    if not words or not letters:
        return not words and not letters
    word, *rest = words
    return letters[0] == word[0] and any(
        _in_order(letters[1:count], word[1:]) and _taken_from(letters[count:], rest)
        for count in range(1, len(letters) + 1)
    )


def _in_order(letters: str, word: str) -> bool:
    remaining = iter(word)
    return all(letter in remaining for letter in letters)


def entity_iris(mentioned: Iterable[Entity], *, lexicon: Lexicon) -> dict[Entity, str]:
    """The thing of each entity of one document that has no IRI yet.

    Beyond what the ontology knows, names meet where the document itself says so: an entity named by a
    shorthand that exactly one other entity has is that entity.
    """
    mentions = Counter(entity for entity in mentioned if not entity.iri)
    own = {entity: ground_entity(entity, lexicon=lexicon) for entity in mentions}
    weight: Counter[str] = Counter()
    for entity, count in mentions.items():
        weight[own[entity].iri] += count
    same = _same_things(own, weight, lexicon)
    return {entity: same.get(grounding.iri, grounding.iri) for entity, grounding in own.items()}


def bearers(entities: Iterable[Entity]) -> Bearers:
    """Who bears which name or shorthand among the entities of a document."""
    found: dict[str, set[Entity]] = defaultdict(set)
    for entity in set(entities):
        for key in own_keys(entity):
            found[key].add(entity)
    return lambda key: found.get(key, ())


def own_keys(entity: Entity) -> set[str]:
    """The keys of the names that an entity bears."""
    return {normalise(name) for name in own_names(entity)} - {""}


def only_bearer(name: str, borne: Bearers) -> str:
    """The one thing of a document that bears a name; empty where none does, or several."""
    iris = {entity.iri for entity in borne(normalise(name))}
    return next(iter(iris)) if len(iris) == 1 else ""


def namesake(entity: Entity, borne: Bearers) -> str:
    """The thing of the entity of a document that has the same label and kind; empty where none has."""
    found = borne(normalise(unfolded(entity.label)[0]))
    same = (each.iri for each in found if (each.label, each.kind) == (entity.label, entity.kind))
    return min(same, default="")


def _same_things(
    own: Mapping[Entity, Grounding], weight: Mapping[str, int], lexicon: Lexicon
) -> dict[str, str]:
    """From the IRI of a shorthand to the IRI of the thing it stands for in this document."""
    targets: dict[str, set[str]] = defaultdict(set)
    for entity, grounding in own.items():
        for name in own_names(entity)[1:]:
            alone = ground(name, kind=entity.kind, lexicon=lexicon)
            if not _is_known(alone) and alone.iri in weight and alone.iri != grounding.iri:
                targets[alone.iri].add(grounding.iri)
    links = {iri: next(iter(found)) for iri, found in targets.items() if len(found) == 1}
    known = {grounding.iri for grounding in own.values() if _is_known(grounding)}
    return {iri: _end(iri, links, known, weight) for iri in links}


def _end(iri: str, links: Mapping[str, str], known: set[str], weight: Mapping[str, int]) -> str:
    """Where the links lead; of names that list each other the ontology's, the most used, the first."""
    path = [iri]
    while path[-1] in links and links[path[-1]] not in path:
        path.append(links[path[-1]])
    if path[-1] not in links:
        return path[-1]
    circle = path[path.index(links[path[-1]]) :]
    return min(circle, key=lambda other: (other not in known, -weight[other], other))


def _is_known(grounding: Grounding) -> bool:
    return grounding.reason not in ("head", "minted")
