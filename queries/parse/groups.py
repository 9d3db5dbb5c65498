"""From a name to the group of things it describes: one thing, or all things of a class."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ontology.formula import parse_formula
from ontology.grounding import thing_iri
from ontology.lexicon import Term, local_name
from ontology.names import normalise
from queries.form import Category, Fact, Group, Scope
from queries.graph_index import GraphIndex
from queries.parse.naming import Named, family_members
from queries.parse.vocabulary import vocabulary_data
from queries.parse.words import stems

#: The kind of what happens, as against what it happens to.
_HAPPENING = "FailureMechanism"


def named_group(named: Named, index: GraphIndex, *, scope: Scope = "named") -> Group:
    """The group that a name stands for where it names something given: the thing itself, and its class.

    What happens is meant in all its kinds: who asks for dendrites asks for lithium dendrites, too.
    """
    if named.kinds == {_HAPPENING} and scope == "named" and any(_kinds_below(named, index)):
        named, scope = replace(named, is_class=True), "either"
    described = [category(named, index)] if named.is_class or not named.nodes else []
    categories = tuple(each for each in described if has_members(each))
    return Group(
        named.text,
        nodes=named.nodes,
        aliases=named.aliases,
        not_called=_of_other_ions(named, index),
        categories=categories,
        scope=scope,
    )


def _kinds_below(named: Named, index: GraphIndex) -> Iterator[str]:
    """The things of the kinds of what a name names, where claims tell of any."""
    return (iri for term in named.terms for iri in index.members(term.iri) if iri not in named.nodes)


def _of_other_ions(named: Named, index: GraphIndex) -> tuple[str, ...]:
    """The names of a property that tell another ion than the one that is asked about."""
    ions = frozenset(vocabulary_data()["ions"])
    asked = ions & _ion_words(named.text)
    if not asked or "Property" not in named.kinds:
        return ()
    names = (name for node in named.nodes for name in (index.labels[node], *index.names[node]))
    return tuple(name for name in names if (told := ions & _ion_words(name)) and not told & asked)


def _ion_words(name: str) -> frozenset[str]:
    return frozenset(word.rstrip("+") for word in normalise(name).split())


def has_members(each: Category) -> bool:
    """Whether a category says anything at all."""
    return bool(each.kinds or each.classes or each.structures or each.roles or each.members)


def category(named: Named, index: GraphIndex) -> Category:
    """All that a name covers: members by class, by stated structure, by role and by formula.

    A name that is no class covers what a claim gives it as structure or role. What was found is kept with the
    index: in a large graph it is a search through all things.
    """
    if named not in index.categories:
        index.categories[named] = _category(named, index)
    return index.categories[named]


def _category(named: Named, index: GraphIndex) -> Category:
    classes = () if named.formula else tuple(term.iri for term in named.terms)
    below = tuple(dict.fromkeys(iri for term in classes for iri in index.closure(term)))
    terms = [index.lexicon.terms[iri] for iri in below if iri in index.lexicon.terms]
    things = (*named.nodes, *(thing_iri(each.label) for each in terms))
    aliases = tuple(node for node in named.nodes if normalise(index.labels[node]) != normalise(named.text))
    if named.terms:
        aliases = tuple(node for node in aliases if not index.is_thing_of_a_class(node))
    found = Category(
        label=named.label,
        classes=(*classes, *_made_of(terms, index)),
        structures=tuple(dict.fromkeys(iri for iri in things if iri in index.structure_members)),
        roles=(roles := tuple(dict.fromkeys(iri for iri in things if iri in index.role_members))),
        members=tuple(
            dict.fromkeys(
                (
                    *family_members(terms, index),
                    *_presumed(named.terms, roles, index),
                    *_parts_named(terms, index),
                    *_called_so(named, terms, index),
                    *aliases,
                )
            )
        ),
        itself=tuple(iri for iri in _not_members(named, things, index) if iri not in aliases),
        excluded=_never_used(named.terms, index),
    )
    # a sort that nothing is of has no members, which is not the same as no limit
    return found if has_members(found) else replace(found, structures=named.nodes)


def _made_of(terms: Iterable[Term], index: GraphIndex) -> tuple[str, ...]:
    """The classes that some of the classes are made of, with their subclasses: sulfur for sulfur cathodes."""
    names = {name for row in _made_rows(terms) for name in row["classes"]}
    found = (iri for iri in index.lexicon.terms if local_name(iri) in names)
    return tuple(dict.fromkeys(below for iri in found for below in index.closure(iri)))


def _parts_named(terms: Iterable[Term], index: GraphIndex) -> tuple[str, ...]:
    """The composites of whose name one part is what the classes are made of: "S/CMK-3", "sulfur-carbon"."""
    rows = _made_rows(terms)
    return tuple(
        iri
        for row in rows
        for iri, types in index.types.items()
        if {local_name(each) for each in types} & set(row["of"])
        and set(row["parts"]) & set(re.split(r"[-/@+ –·]", index.labels[iri]))
    )


def _called_so(named: Named, terms: Iterable[Term], index: GraphIndex) -> Iterator[str]:
    """The things whose name ends in the structure by which a sort is called: "75Li2S-25P2S5 glass"."""
    names = [term.label for term in terms] + [index.labels[iri] for iri in named.nodes]
    # "glass electrolyte" is called by "glass"
    names += [term.label.rpartition(" ")[0] for term in named.terms]
    found = {name: index.lexicon.lookup(name) for name in names}
    labels = {normalise(name) for name, known in found.items() if known and known[0].kind == "Structure"}
    for label in labels:
        for key in index.keys_by_stem.get(next(iter(stems(label)), ""), ()):
            if key.endswith(f" {label}") and parse_formula(key.removesuffix(f" {label}"), any_case=True):
                yield from index.own_keys.get(key, ())


def _made_rows(terms: Iterable[Term]) -> list[dict[str, list[str]]]:
    table = vocabulary_data()["made_of"]
    return [table[name] for term in terms if (name := local_name(term.iri)) in table]


def _never_used(terms: Iterable[Term], index: GraphIndex) -> tuple[str, ...]:
    """The things that the ontology classes as what is never in the role of the classes."""
    table = vocabulary_data()["never_used_as"]
    names = {table[name] for term in terms for iri in term.ancestors if (name := local_name(iri)) in table}
    known = (iri for iri in index.lexicon.terms if local_name(iri) in names)
    return tuple(sorted({thing for iri in known for thing in index.members(iri)}))


def kind_category(kinds: Iterable[str], words: str, index: GraphIndex) -> Category:
    """All things of some kinds (Material, Dopant, …)."""
    terms = index.lexicon.terms.values()
    classes = tuple(term.iri for term in terms if term.kind in kinds and local_name(term.iri) == term.kind)
    return Category(label=words, kinds=classes)


def either(one: Category, other: Category) -> Category:
    """What is of one class or of the other."""
    joined = {
        name: tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name))))
        for name in ("kinds", "classes", "structures", "roles", "members", "itself", "excluded")
    }
    return Category(f"{one.label} or {other.label}", **joined)


def _presumed(terms: Iterable[Term], roles: Sequence[str], index: GraphIndex) -> tuple[str, ...]:
    """The compositions that nothing classifies and that no claim uses as something else."""
    table = vocabulary_data()["presumed"]
    demanded = next((table[local_name(term.iri)] for term in terms if local_name(term.iri) in table), None)
    if demanded is None:
        return ()
    otherwise = {iri for role, users in index.role_members.items() if role not in roles for iri in users}
    return tuple(
        iri
        for iri in index.unclassified
        if iri not in otherwise and all(index.elements(iri) & set(symbols) for symbols in demanded)
    )


def _not_members(named: Named, structures: Sequence[str], index: GraphIndex) -> tuple[str, ...]:
    """The class as a thing, and wider classes that a claim says to have such members."""
    members = [iri for structure in structures for iri in index.structure_members.get(structure, ())]
    above = {
        thing_iri(index.lexicon.terms[ancestor].label)
        for iri in members
        for type_ in index.types[iri]
        if type_ in index.lexicon.terms
        for ancestor in index.lexicon.terms[type_].ancestors[1:]
        if ancestor in index.lexicon.terms
    }
    own = (*named.nodes, *(thing_iri(term.label) for term in named.terms))
    wider = (iri for iri in members if iri in above and not _is_formula(iri, index))
    return tuple(dict.fromkeys((*own, *wider)))


def _is_formula(iri: str, index: GraphIndex) -> bool:
    """Whether a class of materials is written as a general formula: a member, as claims put it."""
    return any(parse_formula(name) is not None for name in index.names[iri])


def wider_things(named: Named, index: GraphIndex) -> tuple[str, ...]:
    """The wider classes of a class as things: what is said of solid electrolytes can be meant of sulfides."""
    terms = index.lexicon.terms
    above = (terms[iri] for term in named.terms for iri in term.ancestors[1:] if iri in terms)
    things = (index.thing_of(term) for term in above if local_name(term.iri) != term.kind)
    return tuple(thing for thing in dict.fromkeys(things) if thing)


def merged(groups: Sequence[Group]) -> Group:
    """One group that holds the things of all: the reading of "A or B"."""
    first = groups[0]
    nodes = tuple(dict.fromkeys(node for group in groups for node in group.nodes))
    categories = tuple(each for group in groups for each in group.categories)
    words = " or ".join(group.words for group in groups)
    return replace(first, words=words, nodes=nodes, categories=categories if len(groups) == 1 else ())


def with_fact(group: Group, fact: Fact) -> Group:
    """The group with one more fact."""
    return replace(group, facts=(*group.facts, fact))
