"""Curating a store: each verdict and retraction is written together with what it changes, in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from kg import vocabulary as v
from kg.curation import Curation, CurationError, Retraction, Verdict, attach
from kg.curation_graph import (
    curation_of,
    retraction_node,
    retraction_quads,
    stored_curation,
    stored_retractions,
    verdict_node,
    verdict_on,
    verdict_quads,
)
from kg.matching import matching
from kg.model import Claim, Reference
from kg.neighbourhood import some_claims_as_read
from kg.papers import cite
from kg.read import claims_as_read, document_info, stored_reference
from kg.revising import revised_quads
from kg.store import curated_quads, document_ids, inferences
from kg.updates import as_stored, change
from kg.vocabulary import lg
from kg.works import covering_keys, doi_of, work_node
from ontology.lexicon import THINGS, Lexicon, load_lexicon

#: The nodes that an id of a claim may stand for: their class, and what comes before the id in their IRI.
_SORTS = {
    "Measurement": "claim",
    "RelationClaim": "claim",
    "OriginalClaim": "original",
    "RetractedClaim": "retracted",
}


def judge(store: ox.Store, verdicts: Iterable[Verdict], *, lexicon: Lexicon | None = None) -> set[str]:
    """Give verdicts; one on a claim that has a verdict takes its place.

    Returns the ids of the claims that came, went or are others.
    """
    return _curate(store, verdicts=list(verdicts), lexicon=lexicon)


def retract(store: ox.Store, retractions: Iterable[Retraction], *, lexicon: Lexicon | None = None) -> None:
    """Let works count no longer; their claims are shown as retracted."""
    _curate(store, retractions=list(retractions), lexicon=lexicon)


def undo(
    store: ox.Store,
    *,
    verdicts: Iterable[Verdict] = (),
    retractions: Iterable[Retraction] = (),
    lexicon: Lexicon | None = None,
) -> set[str]:
    """Take back verdicts and retractions: the claims are as they were read.

    Returns the ids of the claims that came, went or are others.
    """
    return _curate(store, withdrawn=list(verdicts), reinstated=list(retractions), lexicon=lexicon)


def merge(store: ox.Store, curation: Curation, *, lexicon: Lexicon | None = None) -> Curation:
    """Take over what was curated elsewhere and return what was new.

    Where both say something of one claim or work, the later day counts, and of one day what comes in.
    """
    known = stored_curation(store)
    days = {verdict.claim.id: verdict.on for verdict in known.verdicts}
    days |= {retraction.work: retraction.on for retraction in known.retractions}
    taken = Curation(
        tuple(
            each
            for each in curation.verdicts
            if each not in known.verdicts and each.on >= days.get(each.claim.id, "")
        ),
        tuple(
            each
            for each in curation.retractions
            if each not in known.retractions and each.on >= days.get(each.work, "")
        ),
    )
    _curate(store, verdicts=taken.verdicts, retractions=taken.retractions, lexicon=lexicon)
    return taken


def find_claim(
    store: ox.Store, claim: str, *, lexicon: Lexicon | None = None
) -> tuple[Claim, Verdict | None]:
    """The claim with an id, or with an id that starts so, as it was read, and the verdict on it.

    The id of a claim that a correction made stands for the claim that was corrected. Raises CurationError.
    """
    found = _named_exactly(store, claim) or {
        (quad.subject.value.rpartition("/")[2], sort, quad.graph_name)
        for class_name, sort in _SORTS.items()
        for quad in matching(store, None, v.TYPE, lg(class_name), None)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.rpartition("/")[2].startswith(claim)
    }
    ids = {found_id for found_id, *_ in found}
    if not claim or len(ids) != 1:
        known = f"{len(ids)} claims' ids start so; give more of it" if ids else "no claim has that id"
        raise CurationError(f"claim {claim!r}: {known} (`lithograph show THING` prints ids)")
    (found_id, sort, graph), *_ = sorted(found, key=lambda each: each[1])
    node = ox.NamedNode(f"{THINGS}{sort}/{found_id}")
    for quad in matching(store, node, v.REVISION_OF, None, None):
        found_id = str(getattr(quad.object, "value", "")).rpartition("/")[2]
    document = v.document_of_graph(str(getattr(graph, "value", ""))) or ""
    (as_read,) = some_claims_as_read(store, document, [found_id], lexicon=lexicon or load_lexicon())
    return as_read, verdict_on(store, found_id)


def _named_exactly(store: ox.Store, claim: str) -> set[tuple[str, str, Any]]:
    """The id, the sort and the graph of the nodes of a claim whose whole id is given."""
    nodes = {sort: ox.NamedNode(f"{THINGS}{sort}/{quote(claim, safe='')}") for sort in _SORTS.values()}
    return {
        (claim, sort, quad.graph_name)
        for sort, node in nodes.items()
        for quad in matching(store, node, v.TYPE, None, None)
    }


def find_work(store: ox.Store, work: str) -> Retraction:
    """The work with a DOI or IRI, ready to be retracted, with every key that the store knows it by.

    A DOI may be one that the store does not know yet. Raises CurationError for anything else.
    """
    doi = doi_of(Reference(doi=work))
    node = work_node(Reference(doi=doi), document="") if doi else None
    if node is None and "://" in work:
        node = ox.NamedNode(work)
    if node is None or not (doi or matching(store, node, v.TYPE, lg("Work"))):
        raise CurationError(f"{work!r} is no work that the graph rests on; expected a DOI or a work's IRI")
    keys, citation = set(covering_keys(node.value, Reference(doi=doi))), ""
    for retraction in stored_retractions(store):
        if node.value in retraction.keys:
            keys, citation = keys | retraction.keys, retraction.citation
    for found in _same_work(store, node):
        reference = stored_reference(store, found)
        keys |= covering_keys(found.value, reference)
        citation = citation or cite(reference)
    return Retraction(node.value, frozenset(keys), citation)


def find_undoable(store: ox.Store, items: Iterable[str]) -> Curation:
    """What was said of claims and works, given by id, DOI or IRI. Raises CurationError where nothing was."""
    known = stored_curation(store)
    verdicts: dict[str, Verdict] = {}
    retractions: dict[str, Retraction] = {}
    for item in items:
        keys = {item, doi_of(Reference(doi=item))} - {""}
        retracted = [each for each in known.retractions if not keys.isdisjoint(each.keys)]
        if retracted:
            retractions |= {each.work: each for each in retracted}
            continue
        waiting = [each for each in known.verdicts if each.claim.id == item]
        verdict = waiting[0] if waiting else find_claim(store, item)[1]
        if verdict is None:
            raise CurationError(f"there is no verdict on claim {item!r}; see `lithograph curate list`")
        verdicts[verdict.claim.id] = verdict
    return Curation(tuple(verdicts.values()), tuple(retractions.values()))


def _same_work(store: ox.Store, node: ox.NamedNode) -> list[ox.NamedNode]:
    """The node of a work and those that share a key with it, however its documents spell it."""
    keys = {quad.object for quad in matching(store, node, lg("workKey"), None, None)}
    nodes = {
        quad.subject
        for key in keys
        for quad in matching(store, None, lg("workKey"), key, None)
        if isinstance(quad.subject, ox.NamedNode) and quad.graph_name != v.CURATION_GRAPH
    }
    return [node, *sorted(nodes - {node}, key=str)]


def _curate(
    store: ox.Store,
    *,
    verdicts: Iterable[Verdict] = (),
    withdrawn: Iterable[Verdict] = (),
    retractions: Iterable[Retraction] = (),
    reinstated: Iterable[Retraction] = (),
    lexicon: Lexicon | None,
) -> set[str]:
    """Write all changes of the curation graph and of every document that they bear on in one transaction.

    Returns the ids of the claims that came, went or are others.
    """
    lexicon = lexicon or load_lexicon()
    works = {retraction.work: retraction for retraction in stored_retractions(store)}
    before = [works.pop(each.work) for each in (*reinstated, *retractions) if each.work in works]
    works |= {retraction.work: retraction for retraction in retractions}
    affected = {
        each for retraction in (*retractions, *before) for each in documents_citing(store, retraction)
    }
    gone = [retraction_node(retraction.work) for retraction in before]
    add = {quad for retraction in retractions for quad in retraction_quads(retraction)}
    given: dict[str, list[Verdict]] = defaultdict(list)
    taken: dict[str, list[Verdict]] = defaultdict(list)
    for by_document, several in ((given, verdicts), (taken, withdrawn)):
        for verdict in several:
            by_document[verdict.claim.evidence.document].append(verdict)
    remove: set[ox.Quad] = set()
    stored = set(document_ids(store))
    for document in sorted(affected | set(given) | set(taken)):
        held = curation_of(store, document).verdicts
        new, old, all_retractions = given[document], taken[document], tuple(works.values())
        left, replaced = _left(held, new, old, {each.claim.id: each for each in held})
        quads = None
        if document in stored and document not in affected:
            quads = revised_quads(store, document, held, left, retractions=all_retractions, lexicon=lexicon)
        if document in stored and quads is None:
            claims = claims_as_read(store, document, lexicon=lexicon)
            left, replaced = _left(held, new, old, attach(claims, held))
            curation, info = Curation(left, all_retractions), document_info(store, document)
            made, _ = curated_quads(document, claims, curation, info=info, lexicon=lexicon)
            quads = set(matching(store, None, None, None, v.document_graph(document))), made
        if quads is not None:
            remove |= quads[0]
            add |= quads[1]
        gone += [verdict_node(each.claim.id) for each in (*replaced, *new)]
        add |= {quad for verdict in new for quad in verdict_quads(verdict)}
    remove |= {quad for node in gone for quad in matching(store, node, None, None, v.CURATION_GRAPH)}
    remove |= _unmarked(store, before, works.values())
    after = as_stored(add)
    change(store, drop=inferences(store), remove=remove - after, add=after - remove)
    return {claim for quad in remove ^ after if (claim := v.claim_of_node(quad.subject))}


def _left(
    held: Sequence[Verdict],
    given: Sequence[Verdict],
    taken: Sequence[Verdict],
    attached: Mapping[str, Verdict],
) -> tuple[tuple[Verdict, ...], list[Verdict]]:
    """The verdicts on a document once some were given and others taken back, and those that this replaced."""
    replaced = [attached.get(each.claim.id, each) for each in (*given, *taken)]
    left = {each.claim.id: each for each in held if each not in replaced}
    return tuple((left | {each.claim.id: each for each in given}).values()), replaced


def documents_citing(store: ox.Store, retraction: Retraction) -> set[str]:
    """The documents with claims that rest on a work."""
    graphs = {
        quad.graph_name
        for key in retraction.keys
        for quad in (
            matching(store, None, v.PRIMARY_SOURCE, ox.NamedNode(key), None)
            if key.startswith(THINGS)
            else matching(store, None, lg("workKey"), ox.Literal(key), None)
        )
    }
    names = (v.document_of_graph(graph.value) for graph in graphs if isinstance(graph, ox.NamedNode))
    return {name for name in names if name is not None}


def _unmarked(store: ox.Store, before: Iterable[Retraction], left: Iterable[Retraction]) -> set[ox.Quad]:
    """The marks of works that are no longer retracted under any name."""
    kept = {key for retraction in left for key in retraction.keys}
    keys = {key for retraction in before for key in retraction.keys if key.startswith(THINGS)} - kept
    marks = {ox.Quad(ox.NamedNode(key), v.TYPE, lg("RetractedWork"), v.CURATION_GRAPH) for key in keys}
    return {mark for mark in marks if mark in store}
