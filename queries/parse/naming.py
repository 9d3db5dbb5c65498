"""What a run of words of a question names: things of the graph, classes of the ontology, elements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ontology.data_files import read_yaml
from ontology.formula import parse_formula
from ontology.lexicon import Term, local_name
from ontology.names import form_words, normalise
from queries.graph_index import GraphIndex
from queries.parse.vocabulary import vocabulary_data
from queries.parse.words import grammar, stems


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for.

    ``nodes`` are the things of the graph that bear the name, ``terms`` the classes of that name, the
    likeliest first, ``element`` the symbol of a chemical element. A name of the ontology of which the graph
    says nothing has no nodes. ``is_class`` says that the name is that of a sort of things, not of one
    substance.
    """

    text: str
    label: str
    nodes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    element: str = ""
    kinds: frozenset[str] = frozenset()
    formula: bool = False
    is_class: bool = False

    @property
    def term(self) -> Term | None:
        """The likeliest class of the name."""
        return self.terms[0] if self.terms else None


def resolve(text: str, index: GraphIndex, *, by_stems: bool = False) -> Named | None:
    """The thing, class or element that a whole text names; None where nothing bears the name.

    With ``by_stems`` names are compared by the stems of their words, in any order ("introducing oxygen" for
    "introduction of oxygen").
    """
    key = normalise(text)
    if not key:
        return None
    if by_stems:
        return _resolve_stems(text, index)
    found = index.lexicon.lookup(text) or index.terms_by_acronym.get(text.casefold(), ())
    own = {term.kind for term in found if normalise(term.label) == key}
    found = tuple(term for term in found if normalise(term.label) == key or term.kind not in own)
    terms = tuple(sorted(found, key=lambda term: (not index.thing_of(term), normalise(term.label) != key)))
    nodes = _nodes(key, terms, index)
    element = element_of(text)
    if not nodes and not terms:
        return _resolve_formula(text, index) or (_element(text, element) if element else None)
    return _named(text, nodes, terms, element, index)


def _named(
    text: str, nodes: tuple[str, ...], terms: tuple[Term, ...], element: str, index: GraphIndex
) -> Named:
    stated = frozenset(kind for node in nodes for kind in index.kinds(node))
    kinds = frozenset(term.kind for term in terms) | (stated & _ROLES if terms else stated)
    label = terms[0].label if terms else index.labels[nodes[0]]
    formula = parse_formula(label) is not None
    sorts = any(len(index.closure(term.iri)) > 1 for term in terms)
    is_class = bool(terms) and not formula and not element and (sorts or _is_plural(text))
    key = normalise(text)
    aliases = dict.fromkeys(
        name
        for node in index.keys.get(key, ())
        if node not in nodes
        for name in index.names[node]
        if normalise(name) == key
    )
    return Named(text, label, nodes, tuple(aliases), terms, element, kinds, formula, is_class)


#: Kinds that a thing may have beside the kind of its term: what it is used as, and which structure it
#: stands for.
_ROLES = frozenset({"Role", "Structure"})


#: Kinds whose names are wordings: an alias is as good as the label.
_LOOSELY_NAMED = frozenset({"Property", "Role"})


def _is_plural(text: str) -> bool:
    last = text.casefold().split()[-1]
    return last.endswith("s") and normalise(last) != last


def _nodes(key: str, terms: tuple[Term, ...], index: GraphIndex) -> tuple[str, ...]:
    """The things that bear a name or only qualify it; else those it is an alias of.

    "Li7P3S11" means Li7P3S11 and "Li7P3S11 glass-ceramic", but neither a doped compound that is once called
    so, nor a polymorph: a Greek letter is no word of form here.
    """
    own = dict.fromkeys(index.own_keys.get(key, ()))
    own |= dict.fromkeys(
        thing for term in terms for thing in (index.thing_of(term), index.structure_of(term)) if thing
    )
    aliases = index.keys.get(key, ())
    if not own and not aliases:
        called = (
            node for term in terms for name in term.names for node in index.keys.get(normalise(name), ())
        )
        return tuple(dict.fromkeys(called))
    if not own:
        return aliases
    if all(index.kinds(node) & _LOOSELY_NAMED for node in own):
        own |= dict.fromkeys(node for node in aliases if index.kinds(node) & _LOOSELY_NAMED)
    words = frozenset(key.split())
    for node in aliases:
        label = frozenset(normalise(index.labels[node]).split())
        added = label - words
        if words < label and all(word.isascii() for word in added) and added <= form_words():
            own[node] = None
    return tuple(own)


def is_ambiguous(named: Named, index: GraphIndex) -> bool:
    """Whether a name is no thing's own, but an alias of several."""
    own = index.own_keys.get(normalise(named.text))
    return len(named.nodes) > 1 and not named.terms and not own and not named.element


def bearers(named: Named, index: GraphIndex) -> tuple[str, ...]:
    """The things that claims also call by the name of another one: sulfur, by "solid cell"."""
    return index.keys.get(normalise(named.text), ()) if named.aliases else ()


def is_any_system(named: Named) -> bool:
    """Whether a name is that of what everything happens in: cells, batteries and electrolytes."""
    systems = vocabulary_data()["any_system"]
    return any(local_name(term.iri) in systems for term in named.terms)


def whole_name(text: str, index: GraphIndex) -> Named | None:
    """What the name of a class is short for: sulfide electrolytes, for "sulfides"."""
    label = next((term.label for term in index.lexicon.lookup(text)), text.removesuffix("s"))
    names = (f"{label} {word}" for word in vocabulary_data()["left_out"])
    return next((named for name in names if (named := resolve(name, index))), None)


def is_ion(named: Named) -> bool:
    """Whether a name is that of an ion: behind "of" it only says what moves."""
    ions = vocabulary_data()["moving"]
    return any(local_name(iri) in ions for term in named.terms for iri in (term.iri, *term.ancestors))


def is_any_part(named: Named) -> bool:
    """Whether a name is that of a part that all such systems have: electrodes."""
    return bool(named.terms) and local_name(named.terms[0].iri) in vocabulary_data()["any_part"]


def _resolve_stems(text: str, index: GraphIndex) -> Named | None:
    found = stems(text)
    nodes = index.by_stems.get(found, ()) if found else ()
    term = index.terms_by_stems.get(found)
    if len(order := _elements_in_order(text)) > 1:
        # one element in the place of another is not the other in the place of the one
        nodes = tuple(node for node in nodes if _has_order(order, index.labels[node], *index.names[node]))
        term = term if term and _has_order(order, *term.names) else None
    if term and (thing := index.thing_of(term)) and thing not in nodes:
        nodes = (thing, *nodes)
    return _named(text, nodes, (term,) if term else (), "", index) if nodes or term else None


def _elements_in_order(text: str) -> tuple[str, ...]:
    """The elements of a name, what is replaced before what takes its place ("Cl for S": sulfur first)."""
    words = text.split()
    found = tuple(symbol for word in words if (symbol := element_of(word)))
    return found[::-1] if grammar("in_place_of") & set(words) else found


def _has_order(order: tuple[str, ...], *names: str) -> bool:
    """Whether one of some names gives elements in the same order."""
    return any(_elements_in_order(name) == order for name in names)


def _resolve_formula(text: str, index: GraphIndex) -> Named | None:
    """The thing of the same composition, or a formula that the graph does not know."""
    if " " in text or not any(character.isdigit() for character in text):
        return None
    formula = parse_formula(text, any_case=True)
    if formula is None or formula.kind == "element":
        return None
    alike = [
        node
        for node in index.by_composition.get(formula.key, ())
        if index.formulas[node].kind == formula.kind and index.formulas[node].phase == formula.phase
    ]
    canonical = normalise(formula.canonical)
    if alike and normalise(index.labels[alike[0]]) != normalise(text):
        known = resolve(index.labels[alike[0]], index)
        return None if known is None else replace(known, text=text)
    nodes = tuple(alike) or index.own_keys.get(canonical, ())
    label = index.labels[nodes[0]] if nodes else formula.canonical
    terms = index.lexicon.lookup(formula.canonical)
    return Named(text, label, nodes, terms=terms, kinds=frozenset({"Material"}), formula=True)


def _element(text: str, symbol: str) -> Named:
    return Named(text, text, element=symbol, kinds=frozenset({"Dopant"}))


def element_of(text: str) -> str:
    """The symbol of the element that a text names, by its symbol as it is capitalised or by its English name.

    >>> element_of("Ge"), element_of("Germanium"), element_of("ge"), element_of("Cl-"), element_of("Si-based")
    ('Ge', 'Ge', '', 'Cl', 'Si')
    """
    words = text.split("-") if "-" in text.strip("-") else [text]
    if len(words) > 1 and normalise(text) == normalise(words[0]):
        text = words[0]
    bare = text.rstrip("+-−^0123456789")
    if bare != text and text[-1].isdigit():
        # an amount or the number of a structure type, not a charge
        return ""
    if bare in _symbols():
        return bare
    return _element_names().get(bare.casefold(), "")


@cache
def _element_names() -> dict[str, str]:
    data = read_yaml(Path(__file__).with_name("elements.yaml"))
    return {name: symbol for symbol, names in data.items() for name in names}


@cache
def _symbols() -> frozenset[str]:
    return frozenset(_element_names().values())


def family_members(terms: Iterable[Term], index: GraphIndex) -> tuple[str, ...]:
    """The things whose formula is a member of a family that one of the classes is named by (Li6PS5X)."""
    families = [formula for term in terms if (formula := parse_formula(term.label)) and formula.generic]
    return tuple(dict.fromkeys(node for family in families for node in index.of_family(family)))
