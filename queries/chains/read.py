"""The graph of chains of a store, read from its columns: claims are fetched where a chain is shown."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import count, takewhile
from typing import Any

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from kg.assembly import claim_order
from kg.column_reader import read_columns
from kg.columns import NONE, Columns, Mask, Numbers
from kg.matching import matching, selected
from kg.model import Claim, Entity
from kg.read import claims_by_id
from kg.vocabulary import DERIVED_FROM, HAS_SELECTOR, START, claim_node, document_of_node, lg, member
from ontology.lexicon import Lexicon, local_name
from queries.chains.graph import ChainGraph, graph_of
from queries.chains.model import Later, Node, Told
from queries.chains.nodes import NodeIndex, Place, index_of, make_node, ranked_names, usual_kind, usual_kinds
from queries.chains.steps import formulas_of, has_own_system
from queries.chains.weights import beliefs, numbered

#: A composition as most are written.
_COMPOSITION = re.compile(r"(?:[A-Z][a-z]?[\d.]*){3,}")
_Groups = npt.NDArray[np.int64]


def read_chain_graph(store: ox.Store, *, lexicon: Lexicon, columns: Columns | None = None) -> ChainGraph:
    """The graph of chains of a store, the same as that of its statements, without reading its claims.

    ``columns`` are the store's, where they have been read. Belief counts a work once by its IRI. Takes some
    ten seconds for a million claims.
    """
    reader = _Reader(store, columns or read_columns(store, lexicon=lexicon), lexicon)
    index = index_of(reader.nodes(), _Places(reader), lexicon=lexicon)
    return graph_of(list(reader.relations(index)), index, lexicon=lexicon)


class _Reader:
    """The claims of relations of a store, in columns, and what chains need of them besides."""

    def __init__(self, store: ox.Store, columns: Columns, lexicon: Lexicon) -> None:
        self.store = store
        self.columns = columns
        self.lexicon = lexicon
        self.rows: Numbers = np.flatnonzero(~columns.measured & (columns.object != NONE)).astype(np.int32)

    def nodes(self) -> dict[str, Node]:
        """The node of each thing, by IRI."""
        columns, terms = self.columns, self.columns.terms
        firsts: dict[int, Counter[str]] = defaultdict(Counter)
        others: dict[int, Counter[str]] = defaultdict(Counter)
        kinds: dict[int, Counter[str]] = defaultdict(Counter)
        for things, names, several, role in (
            (columns.subject, columns.subject_name, columns.subject_names, "subject"),
            (columns.object, columns.object_name, columns.object_names, "object"),
        ):
            plain = self.rows[~np.isin(self.rows, several.owners)]
            for (thing, name), often in _counted(things[plain], names[plain]):
                firsts[thing][terms[name]] += often
            for claim in self.rows[np.isin(self.rows, several.owners)].tolist():
                first, *further = self._names(claim, role)
                firsts[int(things[claim])][first] += 1
                others[int(things[claim])].update(further)
        self._count_kinds(kinds, firsts)
        classes, compositions = self._classes(), self._compositions()
        return {
            terms[thing]: self._node(
                Entity(
                    ranked_names(terms[thing], counted, others[thing]),
                    usual_kind(kinds[thing]),
                    terms[thing],
                ),
                usual_kinds(kinds[thing]),
                classes.get(thing, ()),
                compositions.get(thing, ()),
            )
            for thing, counted in firsts.items()
        }

    def _node(
        self, entity: Entity, kinds: frozenset[str], classes: Sequence[str], compositions: Sequence[str]
    ) -> Node:
        # to read a formula takes half a millisecond, and compositions are many: what the store has as the one
        # class and the one composition of a thing are those of its label
        if len(classes) == len(compositions) == 1 and _COMPOSITION.fullmatch(entity.label):
            elements = frozenset(self._elements[self.columns.number(entity.iri)])
            return Node(entity.iri, entity.names, entity.kind, classes[0], kinds, compositions[0], elements)
        return replace(make_node(entity, lexicon=self.lexicon), kinds=kinds)

    def _names(self, claim: int, role: str) -> tuple[str, ...]:
        """The names that a claim gives its subject or object, where it gives several, in their order."""
        for sequence in self._objects(claim_node(self.columns.id_of(claim)), lg(f"{role}Names")):
            members = (self._objects(sequence, member(at)) for at in count(1))
            return tuple(found[0].value for found in takewhile(bool, members))
        return ()

    def _objects(self, node: Any, predicate: ox.NamedNode) -> list[Any]:
        return [quad.object for quad in matching(self.store, node, predicate, None, None)]

    def _classes(self) -> dict[int, list[str]]:
        """The classes of things that are stated, but for their kinds."""
        found: dict[int, list[str]] = defaultdict(list)
        types = self.columns.types
        for thing, class_ in zip(types.owners.tolist(), types.terms.tolist(), strict=True):
            term = self.lexicon.terms.get(self.columns.terms[class_])
            if term is not None and local_name(term.iri) != term.kind:
                found[thing].append(term.iri)
        return found

    def _compositions(self) -> dict[int, list[str]]:
        """The keys of the compositions of things."""
        found: dict[int, list[str]] = defaultdict(list)
        query = f"SELECT DISTINCT ?thing ?key WHERE {{ ?thing {lg('compositionKey')} ?key }}"
        for thing, key in selected(self.store, query):
            found[self.columns.number(thing)].append(key)
        return found

    @cached_property
    def _elements(self) -> Mapping[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        pairs = self.columns.elements
        for thing, element in zip(pairs.owners.tolist(), pairs.terms.tolist(), strict=True):
            found[thing].append(self.columns.terms[element])
        return found

    def _count_kinds(self, kinds: Mapping[int, Counter[str]], things: Iterable[int]) -> None:
        """Count how often claims give things each kind; only the order matters where there is one."""
        stated: dict[int, set[str]] = defaultdict(set)
        types = self.columns.types
        for thing, class_ in zip(types.owners.tolist(), types.terms.tolist(), strict=True):
            stated[thing].add(self.lexicon.terms[self.columns.terms[class_]].kind)
        for thing in things:
            if len(stated[thing]) == 1:
                kinds[thing].update(stated[thing])
                continue
            node = ox.NamedNode(self.columns.terms[thing])
            for role in ("subject", "object"):
                said = f"?claim {lg(role)} {node} ; {lg(role + 'Type')} ?kind ; {lg('object')} ?object"
                query = f"SELECT ?kind (COUNT(*) AS ?often) WHERE {{ {said} }} GROUP BY ?kind"
                for kind, often in selected(self.store, query):
                    kinds[thing][local_name(kind)] += int(often)

    def relations(self, index: NodeIndex) -> Iterator[Told]:
        """The relations that somebody affirms and chains can follow."""
        columns, rows = self.columns, self.rows
        keys, groups = self._groups(rows)
        affirmed = columns.polarity[rows] == columns.number("affirmed")
        believed = beliefs(self.store, columns, rows, groups, affirmed)
        order = np.argsort(groups, kind="stable")
        parts = np.split(rows[order], np.flatnonzero(np.diff(groups[order])) + 1) if len(rows) else []
        usable = np.bincount(groups[affirmed], minlength=len(keys)) > 0
        for group in np.flatnonzero(usable).tolist():
            subject, predicate, object_ = keys[group]
            claims = parts[group]
            said = columns.terms[subject], local_name(columns.terms[predicate]), columns.terms[object_]
            yield Told(
                *said,
                belief=float(believed[group]),
                claims=Later(lambda claims=claims: self.fetch(claims)),  # type: ignore[misc]
                ids=Later(lambda claims=claims: self._ids(claims)),  # type: ignore[misc]
                systems=Later(
                    lambda said=said, claims=claims: self._systems(said, claims, index)  # type: ignore[misc]
                ),
            )

    def _groups(self, rows: Numbers) -> tuple[list[tuple[int, int, int]], _Groups]:
        """The statements that claims make, by subject, relation and object, and the one of each claim."""
        columns = self.columns
        sizes = len(columns.terms) + 1
        relations, relation = np.unique(columns.predicate[rows], return_inverse=True)
        whole = (columns.subject[rows].astype(np.int64) * len(relations) + relation) * sizes
        whole += columns.object[rows]
        found, groups = np.unique(whole, return_inverse=True)
        rest, objects = np.divmod(found, sizes)
        subjects, places = np.divmod(rest, max(len(relations), 1))
        keys = zip(subjects.tolist(), relations[places].tolist(), objects.tolist(), strict=True)
        return list(keys), groups.astype(np.int64)

    @cached_property
    def _contexts(self) -> Mapping[int, tuple[str, ...]]:
        """The names of the systems of claims that have any."""
        found: dict[int, tuple[str, ...]] = {}
        query = f"?claim ?name WHERE {{ ?claim {lg('contextName')} ?name }}"
        claims, names = numbered(self.store, self.columns, query)
        for claim, name in zip(claims.tolist(), names, strict=True):
            found[claim] = (*found.get(claim, ()), name)
        return found

    def _systems(
        self, said: tuple[str, str, str], claims: Numbers, index: NodeIndex
    ) -> tuple[frozenset[str], ...]:
        """The different systems in which the affirming claims of a relation hold."""
        columns, contexts = self.columns, self._contexts
        own = has_own_system(said[1], index.nodes[said[0]].kind, index.nodes[said[2]].kind)
        affirming = claims[columns.polarity[claims] == columns.number("affirmed")]
        named = {
            contexts.get(claim) or (self._subject_names(claim) if own else ()) for claim in affirming.tolist()
        }
        return tuple({frozenset(formulas_of(names)) for names in named})

    def _subject_names(self, claim: int) -> tuple[str, ...]:
        names = self.columns.subject_names
        start, end = np.searchsorted(names.owners, [claim, claim + 1])
        several = names.terms[start:end].tolist() or [self.columns.subject_name[claim]]
        return tuple(self.columns.terms[name] for name in several)

    def fetch(self, claims: Numbers) -> tuple[Claim, ...]:
        """Some claims, by document and place."""
        found = claims_by_id(self.store, self._ids(claims), lexicon=self.lexicon)
        return tuple(sorted(found.values(), key=claim_order))

    def _ids(self, claims: Numbers) -> tuple[str, ...]:
        return tuple(map(self.columns.id_of, claims.tolist()))

    def places(self, thing: str) -> frozenset[Place]:
        """Where claims on a thing stand."""
        columns = self.columns
        number = columns.number(thing)
        of_it: Mask = (columns.subject[self.rows] == number) | (columns.object[self.rows] == number)
        return frozenset(map(self._place, self._ids(self.rows[of_it])))

    def _place(self, claim: str) -> Place:
        node = claim_node(claim)
        (document,) = self._objects(node, DERIVED_FROM)
        selectors = (
            each
            for evidence in self._objects(node, lg("evidence"))
            for each in self._objects(evidence, HAS_SELECTOR)
        )
        starts = [int(start.value) for selector in selectors for start in self._objects(selector, START)]
        return document_of_node(document.value), starts[0] if starts else -1


class _Places(Mapping[str, frozenset[Place]]):
    """Where things are named, found when it is asked for: few things are called by a general word."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader
        self._found: dict[str, frozenset[Place]] = {}

    def __getitem__(self, thing: str) -> frozenset[Place]:
        if thing not in self._found:
            self._found[thing] = self._reader.places(thing)
        return self._found[thing]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _counted(*columns: Numbers) -> Iterator[tuple[tuple[int, int], int]]:
    """How often two columns have each pair of terms."""
    pairs, often = np.unique(np.stack(columns), axis=1, return_counts=True)
    for one, other, number in zip(*pairs.tolist(), often.tolist(), strict=True):
        yield (one, other), number
