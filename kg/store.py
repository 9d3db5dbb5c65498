"""The store: one Oxigraph database on disk, with one named graph per document.

A document is written whole or not at all. Whoever kills the process at any moment finds, at the next
opening, every document as it was before or as it should be after. (Losing power is another matter: what
was written since the last flush may be gone, but again by whole documents.)
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg import vocabulary as v
from kg.assembly import assemble, claim_order
from kg.claims_file import claim_to_row
from kg.model import Claim
from kg.triples import DocumentInfo, document_quads
from kg.vocabulary import lg
from ontology.lexicon import BASE, Lexicon, load_lexicon, ontology_files

Outcome = Literal["added", "replaced", "unchanged"]

#: Part of every digest; to be raised when the shape of the graph changes, so that documents are written anew.
_SHAPE_VERSION = 2


#: What a database has before it is one.
_UNFINISHED_FILE = re.compile(r"LOCK|LOG.*|IDENTITY|(MANIFEST|OPTIONS)-\d+|.*\.dbtmp")


class StoreError(ValueError):
    """A store that is missing, in use or no store: says which, and what to do."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document in the store: ``digest`` is the hash of its content, ``source_digest`` the caller's own."""

    id: str
    title: str
    source: str
    digest: str
    source_digest: str
    claims: int


def open_store(path: str | Path, *, read_only: bool = False) -> ox.Store:
    """The store in a folder; it is created where there is none, unless it is opened for reading only.

    Opened for writing, the store gets the current ontology. Opened for reading, it stays as it was at that
    moment, even while another process writes. Raises StoreError.
    """
    path = Path(path)
    is_store = (path / "CURRENT").is_file()
    if not is_store and path.exists() and not _may_become_store(path):
        raise StoreError(f"{path} is not a Lithograph store; expected a folder that `lithograph build` made")
    if not is_store and read_only:
        raise StoreError(
            f"there is no store at {path}; make one with `lithograph build` or name one with --store"
        )
    try:
        if read_only:
            return ox.Store.read_only(str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        store = ox.Store(path)
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            raise StoreError(
                f"the store at {path} is being written by another process; wait until that is done, "
                f"or write to another store with --store"
            ) from error
        raise StoreError(f"cannot open the store at {path}: {error}") from error
    refresh_ontology(store)
    return store


def _may_become_store(path: Path) -> bool:
    """Whether a folder is empty, or holds only what a process left that was killed while it made a store."""
    return path.is_dir() and all(_UNFINISHED_FILE.fullmatch(entry.name) for entry in path.iterdir())


def memory_store() -> ox.Store:
    """An empty store in memory, with the ontology."""
    store = ox.Store()
    refresh_ontology(store)
    return store


def refresh_ontology(store: ox.Store) -> bool:
    """Put the current ontology into its graph; returns whether it was another one before."""
    node = ox.NamedNode(BASE + "ontology")
    mark = ox.Quad(node, lg("digest"), ox.Literal(ontology_digest()), v.ONTOLOGY_GRAPH)
    if mark in store:
        return False
    quads = [mark, *_ontology_quads()]
    if store.contains_named_graph(v.ONTOLOGY_GRAPH):
        store.update(f"DROP GRAPH {v.ONTOLOGY_GRAPH} ; {_insert(*quads)}")
    else:
        store.extend(quads)
    return True


@cache
def _ontology_quads() -> tuple[ox.Quad, ...]:
    return tuple(
        ox.Quad(triple.subject, triple.predicate, triple.object, v.ONTOLOGY_GRAPH)
        for file in ontology_files()
        for triple in ox.parse(path=file, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    )


@cache
def ontology_digest() -> str:
    """Content hash of the ontology modules."""
    content = hashlib.sha256()
    for file in ontology_files():
        content.update(file.name.encode() + b"\0" + file.read_bytes())
    return content.hexdigest()[:20]


def content_digest(claims: Sequence[Claim], info: DocumentInfo) -> str:
    """Content hash of a document's assembled claims, of what is known of it, and of the ontology."""
    rows = sorted(json.dumps(claim_to_row(claim), sort_keys=True) for claim in claims)
    parts = [str(_SHAPE_VERSION), ontology_digest(), repr(info), *rows]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


def replace_document(
    store: ox.Store,
    document: str,
    claims: Iterable[Claim],
    *,
    info: DocumentInfo | None = None,
    lexicon: Lexicon | None = None,
) -> Outcome:
    """Make the claims all that the store holds of a document, in one step that happens wholly or not at all.

    Only what differs is written. Raises StoreError where a claim was read from another document.
    """
    claims, info, lexicon = list(claims), info or DocumentInfo(), lexicon or load_lexicon()
    for claim in claims:
        if claim.evidence.document != document:
            raise StoreError(
                f"claim {claim.id} was read from {claim.evidence.document!r}, expected claims of {document!r}"
            )
    graph, assembled = v.document_graph(document), assemble(claims, lexicon=lexicon)
    digest = content_digest(assembled, info)
    if ox.Quad(v.document_node(document), lg("digest"), ox.Literal(digest), graph) in store:
        return "unchanged"
    quads = document_quads(document, assembled, info=info, digest=digest, lexicon=lexicon)
    before = set(store.quads_for_pattern(None, None, None, graph))
    if not before:
        store.bulk_extend(quads)
        return "added"
    after = _as_stored(quads)
    store.update(f"DELETE DATA {{ {_blocks(before - after)} }} ; {_insert(*(after - before))}")
    return "replaced"


def load_claims(
    store: ox.Store, claims: Iterable[Claim], *, lexicon: Lexicon | None = None
) -> dict[str, Outcome]:
    """Replace every document that the claims were read from; returns what became of each, by document id."""
    ordered = sorted(claims, key=claim_order)
    return {
        document: replace_document(store, document, found, lexicon=lexicon)
        for document, found in groupby(ordered, key=lambda claim: claim.evidence.document)
    }


def remove_document(store: ox.Store, document: str) -> bool:
    """Take a document and all that was read from it out of the store; returns whether it was there."""
    graph = v.document_graph(document)
    if not store.contains_named_graph(graph):
        return False
    store.remove_graph(graph)
    return True


def documents(store: ox.Store) -> dict[str, StoredDocument]:
    """The documents of the store by id, in alphabetical order."""
    found = {}
    for document in document_ids(store):
        node, graph = v.document_node(document), v.document_graph(document)
        facts = {
            quad.predicate.value: quad.object.value
            for quad in store.quads_for_pattern(node, None, None, graph)
            if isinstance(quad.object, ox.NamedNode | ox.Literal)
        }
        found[document] = StoredDocument(
            id=document,
            title=facts.get(v.TITLE.value, ""),
            source=facts.get(v.SOURCE.value, ""),
            digest=facts[lg("digest").value],
            source_digest=facts.get(lg("sourceDigest").value, ""),
            claims=int(facts[lg("claimCount").value]),
        )
    return found


def document_ids(store: ox.Store) -> list[str]:
    """The ids of the documents in the store, in alphabetical order."""
    graphs = (graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode))
    return sorted(document for graph in graphs if (document := v.document_of_graph(graph)) is not None)


def snapshot(store: ox.Store, path: str | Path) -> None:
    """A copy of an on-disk store in a folder that does not exist yet; it takes a moment and hardly any space.

    Raises StoreError where the folder exists or the store is in memory.
    """
    try:
        store.backup(str(path))
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"cannot copy the store to {path}: {error}; expected a folder that does not exist yet"
        ) from error


def _as_stored(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The quads with their literals in the form in which the store returns them."""
    memory = ox.Store()
    memory.extend(quads)
    return set(memory)


def _insert(*quads: ox.Quad) -> str:
    return f"INSERT DATA {{ {_blocks(quads)} }}"


def _blocks(quads: Iterable[ox.Quad]) -> str:
    """Quads as SPARQL writes them, one GRAPH block for each graph."""
    by_graph: dict[str, list[str]] = {}
    for quad in quads:
        by_graph.setdefault(str(quad.graph_name), []).append(f"{quad.triple} .")
    return "\n".join(f"GRAPH {graph} {{ {' '.join(triples)} }}" for graph, triples in by_graph.items())
