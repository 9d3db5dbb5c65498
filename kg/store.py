"""The store: one Oxigraph database on disk, with one named graph per document.

A document is written whole or not at all. Whoever kills the process at any moment finds, at the next
opening, every document as it was before or as it should be after. (Losing power is another matter: what
was written since the last flush may be gone, but again by whole documents.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg import vocabulary as v
from kg.assembly import assemble, claim_order, entities
from kg.curation import Curation, curated
from kg.curation_graph import curation_of
from kg.digest import content_digest
from kg.matching import matching
from kg.model import Claim
from kg.naming import bearers
from kg.ontology_graph import refresh_ontology
from kg.triples import Context, DocumentInfo, document_quads
from kg.updates import add_new, as_stored, change
from kg.vocabulary import lg
from ontology.lexicon import Lexicon, load_lexicon

Outcome = Literal["added", "replaced", "unchanged"]

#: So many new documents are written in one step: a few hundred thousand quads.
_AT_ONCE = 50


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


def replace_document(
    store: ox.Store,
    document: str,
    claims: Iterable[Claim],
    *,
    info: DocumentInfo | None = None,
    lexicon: Lexicon | None = None,
    on: str = "",
) -> Outcome:
    """Make the claims all that the store holds of a document, in one step that happens wholly or not at all.

    What people said of them (``kg.curation``) is applied. Only what differs is written; what was inferred
    from the graph as it was before goes. Where a day is given (``on``, ISO 8601) it is recorded what came and
    what went (``kg.history``). Raises StoreError where a claim was read from another document.
    """
    one = (document, list(claims), info or DocumentInfo())
    return replace_documents(store, [one], lexicon=lexicon, on=on)[document]


def replace_documents(
    store: ox.Store,
    documents: Iterable[tuple[str, Sequence[Claim], DocumentInfo]],
    *,
    lexicon: Lexicon | None = None,
    on: str = "",
) -> dict[str, Outcome]:
    """Make the claims all that the store holds of each of the documents, as ``replace_document`` does of one.

    Documents that are new are written many at once, in one step: what each step leaves behind, later ones
    take longer for. Returns what became of each, by document id.
    """
    lexicon = lexicon or load_lexicon()
    outcomes: dict[str, Outcome] = {}
    waiting: list[ox.Quad] = []
    for number, (document, claims, info) in enumerate(documents, start=1):
        if document in outcomes:
            _add(store, waiting)
            waiting = []
        assembled = _assembled(document, claims, lexicon)
        quads, digest = curated_quads(
            document, assembled, curation_of(store, document), info=info, lexicon=lexicon
        )
        graph = v.document_graph(document)
        if ox.Quad(v.document_node(document), lg("digest"), ox.Literal(digest), graph) in store:
            outcomes[document] = "unchanged"
            continue
        history = _history(store, document, assembled, on=on, lexicon=lexicon) if on else []
        before = set(matching(store, None, None, None, graph))
        if before:
            after = as_stored(quads)
            change(store, drop=inferences(store), remove=before - after, add=[*(after - before), *history])
            outcomes[document] = "replaced"
        else:
            waiting += [*quads, *history]
            outcomes[document] = "added"
        if number % _AT_ONCE == 0:
            _add(store, waiting)
            waiting = []
    _add(store, waiting)
    return outcomes


def _add(store: ox.Store, quads: Sequence[ox.Quad]) -> None:
    """Write the quads of documents that are new."""
    if quads:
        change(store, drop=inferences(store))
        add_new(store, quads)


def _assembled(document: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Claim]:
    """The claims as the graph holds them. Raises StoreError where one was read from another document."""
    for claim in claims:
        if claim.evidence.document != document:
            raise StoreError(
                f"claim {claim.id} was read from {claim.evidence.document!r}, expected claims of {document!r}"
            )
    return assemble(claims, lexicon=lexicon)


def _history(
    store: ox.Store, document: str, claims: Sequence[Claim], *, on: str, lexicon: Lexicon
) -> list[ox.Quad]:
    from kg.history import recorded_change  # noqa: PLC0415  (it reads claims, which needs this module)

    return recorded_change(store, document, claims, on=on, lexicon=lexicon)


def curated_quads(
    document: str, claims: Sequence[Claim], curation: Curation, *, info: DocumentInfo, lexicon: Lexicon
) -> tuple[set[ox.Quad], str]:
    """A document's graph for its assembled claims under a curation, and the digest that marks it."""
    borne = bearers(each for claim in claims for each in entities(claim))
    found = curated(claims, curation, borne=borne, lexicon=lexicon, own=info.own)
    digest = content_digest(found, info)
    context = Context(borne, info.own, lexicon)
    return document_quads(document, found, context, info=info, digest=digest), digest


def inferences(store: ox.Store) -> list[ox.NamedNode]:
    """The graph of inferred triples where there is one: whatever changes a document makes it out of date."""
    return [v.INFERRED_GRAPH] if store.contains_named_graph(v.INFERRED_GRAPH) else []


def load_claims(
    store: ox.Store, claims: Iterable[Claim], *, lexicon: Lexicon | None = None, on: str = ""
) -> dict[str, Outcome]:
    """Replace every document that the claims were read from; returns what became of each, by document id."""
    ordered = sorted(claims, key=claim_order)
    documents = groupby(ordered, key=lambda claim: claim.evidence.document)
    found = ((document, list(each), DocumentInfo()) for document, each in documents)
    return replace_documents(store, found, lexicon=lexicon, on=on)


def remove_document(store: ox.Store, document: str) -> bool:
    """Take a document and all that was read or inferred from it out; returns whether it was there.

    What people said of its claims stays, and holds again when the document is built again.
    """
    graph = v.document_graph(document)
    if not store.contains_named_graph(graph):
        return False
    changes = matching(store, None, lg("changedDocument"), v.document_node(document), v.HISTORY_GRAPH)
    history = [quad for each in changes for quad in matching(store, each.subject, None, None, None)]
    change(store, drop=[graph, *inferences(store)], remove=history)
    return True


def documents(store: ox.Store) -> dict[str, StoredDocument]:
    """The documents of the store by id, in alphabetical order."""
    return {document: stored_document(store, document) for document in document_ids(store)}


def stored_document(store: ox.Store, document: str) -> StoredDocument:
    """What the store says of a document that it holds."""
    facts = {
        quad.predicate.value: quad.object.value
        for quad in matching(store, v.document_node(document), None, None, v.document_graph(document))
        if isinstance(quad.object, ox.NamedNode | ox.Literal)
    }
    return StoredDocument(
        id=document,
        title=facts.get(v.TITLE.value, ""),
        source=facts.get(v.SOURCE.value, ""),
        digest=facts[lg("digest").value],
        source_digest=facts.get(lg("sourceDigest").value, ""),
        claims=int(facts[lg("claimCount").value]),
    )


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
