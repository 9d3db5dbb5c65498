"""What other verdicts on some claims change of their document's graph, found without making all of it anew.

Only the neighbourhood of these claims is read: the nodes that they lead to, the claims that mention the same
things, the citations of the same works. What comes out is what ``kg.store.curated_quads`` makes of the whole
document, to the last quad.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg import vocabulary as v
from kg.curation import Curated, Curation, Retraction, Verdict, content, curated, revision
from kg.digest import digest_after
from kg.evidence import citation_triples
from kg.matching import matching
from kg.model import Claim
from kg.neighbourhood import claims_mentioning, some_claims_as_read, stored_bearers, topics_with
from kg.read import PARTS, own_records, stored_citation
from kg.store import stored_document
from kg.things import THING_PREDICATES, thing_triples
from kg.triples import Context, claim_triples, edge, mentions
from kg.vocabulary import Triple, lg
from ontology.lexicon import Lexicon

#: What leads to a work, of which each citation tells what it knows.
_TO_WORK = frozenset((lg("work"), v.PRIMARY_SOURCE))


@dataclass(frozen=True, slots=True)
class _Place:
    """The graph of a document in a store, with what its claims share."""

    store: ox.Store
    document: str
    graph: ox.NamedNode
    context: Context

    def quads(self, subject: Any = None, predicate: Any = None, object: Any = None) -> list[Any]:
        return matching(self.store, subject, predicate, object, self.graph)


def revised_quads(
    store: ox.Store,
    document: str,
    before: Sequence[Verdict],
    after: Sequence[Verdict],
    *,
    retractions: tuple[Retraction, ...],
    lexicon: Lexicon,
) -> tuple[set[ox.Quad], set[ox.Quad]] | None:
    """What goes from the graph of a document and what comes, where its verdicts are others than before.

    None where the claims that were judged do not tell: where one is not there any more, so that the verdict
    on it may belong to another claim that says the same.
    """
    own = own_records(store, [document]).get(document)
    context = Context(stored_bearers(store, document, lexicon=lexicon), own, lexicon)
    place = _Place(store, document, v.document_graph(document), context)
    given, taken = ({each.claim.id: each for each in verdicts} for verdicts in (after, before))
    changed = {each for each in {*given, *taken} if given.get(each) != taken.get(each)}
    read = some_claims_as_read(store, document, {*given, *taken}, lexicon=lexicon)
    claims = _involved(place, changed, {claim.id: claim for claim in read}, (*before, *after))
    known, ids = {claim.id for claim in read}, {claim.id for claim in claims}
    waiting = [content(each.claim) for each in (*before, *after) if each.claim.id not in known]
    if not changed <= ids or any(content(claim) in waiting for claim in claims):
        return None
    was, now = (
        curated(
            claims,
            Curation(tuple(each for each in verdicts if each.claim.id in ids), retractions),
            borne=context.borne,
            lexicon=lexicon,
            own=own,
        )
        for verdicts in (before, after)
    )
    return _difference(place, was, now)


def _involved(
    place: _Place, changed: Collection[str], read: dict[str, Claim], verdicts: Iterable[Verdict]
) -> list[Claim]:
    """The claims on which verdicts changed, as they were read, with those that come to say the same.

    Of two claims that corrections made alike one is held, and none where such a claim was read as well.
    """
    context = place.context
    alike = set()
    for verdict in verdicts:
        claim = read.get(verdict.claim.id)
        if claim is not None and verdict.correction is not None:
            made = revision(claim, verdict, borne=context.borne, lexicon=context.lexicon)
            alike.add((claim.id, made.id if made else ""))
    ids = set(changed)
    while more := {each for pair in alike if not ids.isdisjoint(pair) for each in pair} - ids:
        ids |= more
    return some_claims_as_read(place.store, place.document, ids, lexicon=context.lexicon)


def _difference(place: _Place, was: Curated, now: Curated) -> tuple[set[ox.Quad], set[ox.Quad]]:
    nodes = {v.claim_node(claim.id) for claim in was.claims}
    nodes |= {v.original_node(claim.id) for claim, _ in was.originals}
    nodes |= {v.retracted_node(claim.id) for claim in was.retracted}
    remove, gone = _let_go(place, nodes)
    add = {*claim_triples(now, place.context), *_works(place, gone)}
    for changes in (_of_things(place, was.claims, now.claims), _of_document(place, was, now)):
        remove |= changes[0]
        add |= changes[1]
    return remove, _quads(add, place)


def _of_things(place: _Place, was: Sequence[Claim], now: Sequence[Claim]) -> tuple[set[ox.Quad], set[Triple]]:
    """What changes of the things that claims mention, and of the relations that only they affirm."""
    context = place.context
    before, after = (
        Counter(each for claim in claims for each in mentions(claim, context)) for claims in (was, now)
    )
    edges = _edges(was, context) - _edges(now, context)
    things = {entity.iri for entity in (before - after) + (after - before)}
    things |= {subject.value for subject, _, _ in edges}
    others = [
        claim
        for claim in claims_mentioning(place.store, place.document, things, lexicon=context.lexicon)
        if claim not in was
    ]
    mentioned = [each for claim in others for each in mentions(claim, context)]
    mentioned += [*after.elements(), *topics_with(place.store, place.document, things)]
    remove = _quads(edges - _edges(others, context), place)
    for thing in things:
        said = place.quads(ox.NamedNode(thing))
        remove |= {quad for quad in said if quad.predicate in THING_PREDICATES}
    kept = (each for each in mentioned if each.iri in things)
    return remove, set(thing_triples(kept, lexicon=context.lexicon))


def _of_document(place: _Place, was: Curated, now: Curated) -> tuple[set[ox.Quad], set[Triple]]:
    stored, node = stored_document(place.store, place.document), v.document_node(place.document)
    count = stored.claims + len(now.claims) - len(was.claims)
    add: set[Triple] = {
        (node, lg("digest"), ox.Literal(digest_after(stored.digest, was, now))),
        (node, lg("claimCount"), ox.Literal(count)),
    }
    return {quad for _, predicate, _ in add for quad in place.quads(node, predicate)}, add


def _let_go(place: _Place, nodes: Iterable[ox.NamedNode]) -> tuple[set[ox.Quad], set[Any]]:
    """All that the graph says of nodes and of what only they lead to, and all of these nodes.

    The works that they lead to are among them: what is still known of these is to be said again.
    """
    gone: set[Any] = set(nodes)
    quads: set[ox.Quad] = set()
    waiting = [*gone]
    while waiting:
        for quad in place.quads(waiting.pop()):
            quads.add(quad)
            if quad.object not in gone and (
                quad.predicate in _TO_WORK
                or (_is_part(quad) and all(each.subject in gone for each in place.quads(object=quad.object)))
            ):
                gone.add(quad.object)
                waiting.append(quad.object)
    return quads, gone


def _is_part(quad: Any) -> bool:
    """Whether a quad leads to a node that only tells more of its subject."""
    is_member = quad.predicate.value.startswith(v.MEMBER) and isinstance(quad.object, ox.NamedNode)
    return is_member or quad.predicate in PARTS


def _works(place: _Place, gone: set[Any]) -> Iterator[Triple]:
    """What claims and citations that are still there tell of works that others let go."""
    for work in gone:
        for quad in place.quads(object=work):
            if quad.subject in gone:
                continue
            if quad.predicate == lg("work"):
                citation = stored_citation(place.store, quad.subject, place.graph)
                yield from citation_triples(quad.subject, citation, work=work)
            elif quad.predicate == v.PRIMARY_SOURCE and v.claim_of_node(quad.subject):
                yield work, v.TYPE, lg("Work")


def _edges(claims: Iterable[Claim], context: Context) -> set[Triple]:
    return {found for claim in claims if (found := edge(claim, context.lexicon))}


def _quads(triples: Iterable[Triple], place: _Place) -> set[ox.Quad]:
    return {ox.Quad(*triple, place.graph) for triple in triples}
