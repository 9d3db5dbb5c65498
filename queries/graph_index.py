"""The names, classes and conditions of a graph in memory, so that reading a question scans no store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from kg import vocabulary as v
from kg.matching import selected
from kg.things import condition_kinds
from kg.vocabulary import lg
from ontology.formula import Formula, parse_formula
from ontology.grounding import thing_iri
from ontology.lexicon import TERMS, Lexicon, Term, local_name
from ontology.names import normalise
from queries.form import Category
from queries.parse.words import stems

#: Conditions beyond those that name things.
_OTHER_CONDITIONS = ("c_rate", "current_density", "level", "temperature_C", "cycles")


@dataclass(frozen=True)
class GraphIndex:
    """What a graph speaks of: its things by name and class, and the conditions of its claims.

    IRIs are plain strings. ``keys`` maps ``ontology.names.normalise`` of every name to things, ``own_keys``
    that of preferred labels only. ``used`` holds the local names of the relations and the IRIs of the
    properties in claims.
    """

    labels: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]
    types: Mapping[str, frozenset[str]]
    keys: Mapping[str, tuple[str, ...]]
    own_keys: Mapping[str, tuple[str, ...]]
    conditions: Mapping[str, tuple[str, ...]]
    structure_members: Mapping[str, tuple[str, ...]]
    role_members: Mapping[str, tuple[str, ...]]
    used: frozenset[str]
    lexicon: Lexicon = field(repr=False)

    @cached_property
    def by_type(self) -> Mapping[str, tuple[str, ...]]:
        """The things of each class that is stated for them."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri, types in self.types.items():
            for type_ in types:
                found[type_].append(iri)
        return {type_: tuple(iris) for type_, iris in found.items()}

    @cached_property
    def by_stems(self) -> Mapping[frozenset[str], tuple[str, ...]]:
        """The things whose name has exactly these stems, in any order."""
        found: dict[frozenset[str], dict[str, None]] = defaultdict(dict)
        for key, iris in self.keys.items():
            found[stems(key)].update(dict.fromkeys(iris))
        return {stemmed: tuple(iris) for stemmed, iris in found.items() if stemmed}

    @cached_property
    def terms_by_stems(self) -> Mapping[frozenset[str], Term]:
        """The class whose name has exactly these stems; the first one where several have."""
        found: dict[frozenset[str], Term] = {}
        for key, terms in self.lexicon.by_name.items():
            found.setdefault(stems(key), terms[0])
        return found

    @cached_property
    def terms_by_acronym(self) -> Mapping[str, tuple[Term, ...]]:
        """Classes by their short names in lower case, as people type them into a question (sei, icp)."""
        return {name.casefold(): terms for name, terms in self.lexicon.by_exact.items() if len(name) > 2}

    @cached_property
    def keys_by_stem(self) -> Mapping[str, tuple[str, ...]]:
        """The name keys in which a stem occurs."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.keys:
            for each in stems(key):
                found[each].append(key)
        return {each: tuple(keys) for each, keys in found.items()}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of a name in the graph or the lexicon, in lower case."""
        return frozenset(word for key in (*self.keys, *self.lexicon.by_name) for word in key.split())

    @cached_property
    def formulas(self) -> Mapping[str, Formula]:
        """The things whose preferred label is a formula."""
        parsed = ((iri, parse_formula(label)) for iri, label in self.labels.items())
        return {iri: formula for iri, formula in parsed if formula is not None}

    @cached_property
    def by_composition(self) -> Mapping[str, tuple[str, ...]]:
        """The things of each composition."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri, formula in self.formulas.items():
            found[formula.key].append(iri)
        return {key: tuple(iris) for key, iris in found.items()}

    def of_family(self, family: Formula) -> tuple[str, ...]:
        """The things whose formula is a member of a family (Li6PS5X), kept for the next question."""
        if family not in self._families:
            definite = (item for item in self.formulas.items() if not item[1].generic)
            self._families[family] = tuple(iri for iri, formula in definite if _is_of_family(formula, family))
        return self._families[family]

    @cached_property
    def categories(self) -> dict[Hashable, Category]:
        """What the reader of questions found that names of classes cover."""
        return {}

    @cached_property
    def _families(self) -> dict[Formula, tuple[str, ...]]:
        return {}

    @cached_property
    def _descendants(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for term in self.lexicon.terms.values():
            for ancestor in term.ancestors:
                found[ancestor].append(term.iri)
        return {iri: tuple(sorted(below)) for iri, below in found.items()}

    @cached_property
    def unclassified(self) -> tuple[str, ...]:
        """The materials with a formula that are of no class but their kind."""
        kinds = {term.iri for term in self.lexicon.terms.values() if local_name(term.iri) == term.kind}
        return tuple(
            iri
            for iri in self.formulas
            if self.types[iri] <= kinds
            and "Material" in self.kinds(iri)
            and self.formulas[iri].kind != "element"
        )

    def elements(self, iri: str) -> frozenset[str]:
        """The elements of a thing whose label is a formula."""
        formula = self.formulas.get(iri)
        return frozenset(symbol for symbol, _ in formula.amounts) if formula else frozenset()

    def closure(self, term: str) -> tuple[str, ...]:
        """A class and its subclasses."""
        return self._descendants.get(term, (term,))

    def members(self, term: str) -> tuple[str, ...]:
        """The things that are stated to be of a class or of a subclass of it."""
        return tuple(dict.fromkeys(iri for each in self.closure(term) for iri in self.by_type.get(each, ())))

    def thing_of(self, term: Term) -> str:
        """The thing that bears a class's label, if the graph speaks of it, else empty."""
        iri = thing_iri(term.label)
        return iri if iri in self.labels else ""

    @cached_property
    def _by_label(self) -> Mapping[str, str]:
        return {label.casefold(): iri for iri, label in self.labels.items()}

    def structure_of(self, term: Term) -> str:
        """The structure that names a class of materials ("argyrodite" of "argyrodite electrolyte"), or ""."""
        iri = self._by_label.get(term.label.casefold().rpartition(" ")[0], "")
        return iri if iri and "Structure" in self.kinds(iri) else ""

    @cached_property
    def _class_things(self) -> frozenset[str]:
        return frozenset(thing_iri(term.label) for term in self.lexicon.terms.values())

    def is_thing_of_a_class(self, iri: str) -> bool:
        """Whether a thing bears the label of a class of the ontology."""
        return iri in self._class_things

    def is_family(self, iri: str) -> bool:
        """Whether a thing without formula stands for several compositions, of which a claim means one."""
        if iri in self.formulas:
            return False
        named = {
            formula.key
            for name in self.names[iri]
            if (formula := parse_formula(name)) and formula.kind != "element"
        }
        classes = [term for term in self.lexicon.lookup(self.labels[iri]) if thing_iri(term.label) == iri]
        return len(named) > 1 or any(len(self.closure(term.iri)) > 1 for term in classes)

    def kinds(self, iri: str) -> frozenset[str]:
        """The kinds (Material, Property, …) of a thing."""
        terms = self.lexicon.terms
        return frozenset(terms[type_].kind for type_ in self.types.get(iri, ()) if type_ in terms)


def _is_of_family(formula: Formula, family: Formula) -> bool:
    """Whether a composition belongs to a family; the end of a line between two compounds does not."""
    symbols = {symbol for symbol, _ in formula.amounts}
    whole = family.kind != "mixture" or all(symbol in symbols for symbol, _ in family.amounts)
    return whole and family.matches(formula)


def read_index(store: ox.Store, *, lexicon: Lexicon) -> GraphIndex:
    """The index of a store, read once through; what many documents repeat is passed over by the store."""
    labels: dict[str, str] = {}
    types: dict[str, set[str]] = defaultdict(set)
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for iri, label in _pairs(store, v.PREF_LABEL):
        if not iri.startswith(TERMS):
            labels.setdefault(iri, label)
    for iri, name in _pairs(store, v.ALT_LABEL):
        names[iri][name] = None
    for iri, type_ in _pairs(store, v.TYPE, among=lexicon.terms):
        if iri in labels:
            types[iri].add(type_)
    keys: dict[str, dict[str, None]] = defaultdict(dict)
    for iri, key in _pairs(store, lg("nameKey")):
        keys[key][iri] = None
    own_keys: dict[str, list[str]] = defaultdict(list)
    for iri, label in labels.items():
        own_keys[normalise(label)].append(iri)
    used = {value.rsplit("#", 1)[-1] for value in _objects(store, lg("relation"))}
    used |= set(_objects(store, lg("property")))
    made = {"method": set(_objects(store, ox.NamedNode(lexicon.relations["synthesized_by"].iri)))}
    return GraphIndex(
        labels=labels,
        names={iri: tuple(names.get(iri, ())) for iri in labels},
        types={iri: frozenset(types[iri]) for iri in labels},
        keys={key: tuple(iris) for key, iris in keys.items()},
        own_keys={key: tuple(iris) for key, iris in own_keys.items()},
        conditions={
            key: tuple(sorted(set(_objects(store, lg(key))) | made.get(key, set())))
            for key in (*condition_kinds(), *_OTHER_CONDITIONS)
        },
        structure_members=_subjects(store, lexicon.relations["has_structure"].iri),
        role_members=_subjects(store, lexicon.relations["used_as"].iri),
        used=frozenset(used),
        lexicon=lexicon,
    )


def _subjects(store: ox.Store, relation: str) -> dict[str, tuple[str, ...]]:
    """The subjects of the direct edges of a relation, by object."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for subject, value in _pairs(store, ox.NamedNode(relation)):
        found[value][subject] = None
    return {value: tuple(subjects) for value, subjects in found.items()}


def _pairs(store: ox.Store, predicate: ox.NamedNode, *, among: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Each subject and object of a predicate once, as plain text; what is only inferred is left out.

    With ``among`` only those objects.
    """
    values = f"VALUES ?object {{ {' '.join(str(ox.NamedNode(each)) for each in among)} }}" if among else ""
    pattern = f"GRAPH ?graph {{ ?subject {predicate} ?object }} FILTER(?graph != {v.INFERRED_GRAPH})"
    query = f"SELECT DISTINCT ?subject ?object WHERE {{ {values} {pattern} }}"
    return [(one, other) for one, other in selected(store, query)]


def _objects(store: ox.Store, predicate: ox.NamedNode) -> list[str]:
    """Each object of a predicate once, as plain text."""
    pattern = f"GRAPH ?graph {{ ?subject {predicate} ?object }} FILTER(?graph != {v.INFERRED_GRAPH})"
    return [found for (found,) in selected(store, f"SELECT DISTINCT ?object WHERE {{ {pattern} }}")]
