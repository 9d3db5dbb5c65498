"""Whatever was built, removed, judged and retracted on the way: only what is there in the end counts."""

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.correction import corrected
from kg.curate import find_claim, find_work, judge, merge, retract, undo
from kg.curation import Verdict
from kg.curation_graph import stored_curation
from kg.model import Claim
from kg.read import claims_as_read
from kg.store import document_ids, remove_document, replace_document
from tests.kg.conftest import HAYASHI, KANNO, measurement, relation
from tests.kg.exported import exported

DOCUMENTS = ("a", "b", "c")
DOIS = (KANNO.doi, "10.1000/never-read")
FORMS = ("claims", "turtle", "trig", "jsonld", "csv", "graphml", "cytoscape", "nanopub")


def pool(document: str) -> list[Claim]:
    """Claims that a document may make: some at two places, of one work, of two, of the document itself."""
    return [
        make(
            document=document, start=start, primary=primary, refs=tuple(each.number or 0 for each in primary)
        )
        for start, primary in ((10, ()), (200, (KANNO,)), (410, (HAYASHI, KANNO)))
        for make in (relation, measurement)
    ]


def chosen(document: str, taken: list[bool]) -> list[Claim]:
    return [claim for claim, take in zip(pool(document), taken, strict=True) if take]


VERSIONS = st.lists(st.booleans(), min_size=6, max_size=6)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("build"), st.sampled_from(DOCUMENTS), VERSIONS),
        st.tuples(st.just("remove"), st.sampled_from(DOCUMENTS)),
        st.tuples(
            st.sampled_from(["accept", "reject", "correct"]), st.sampled_from(DOCUMENTS), st.integers(0, 5)
        ),
        st.tuples(st.just("undo"), st.integers(0, 9)),
        st.tuples(st.just("retract"), st.sampled_from([0, 1])),
        st.tuples(st.just("reinstate"), st.integers(0, 3)),
    ),
    max_size=12,
)


@given(steps=STEPS, order=st.permutations(DOCUMENTS), curated_first=st.booleans())
@settings(max_examples=100, deadline=None)
def test_only_the_end_counts(steps, order, curated_first):
    store = ox.Store()
    held: dict[str, list[Claim]] = {}
    for name, *rest in steps:
        if name == "build":
            document, version = rest
            held[document] = chosen(document, version)
            replace_document(store, document, held[document])
        elif name == "remove":
            held.pop(rest[0], None)
            remove_document(store, rest[0])
        elif name in ("accept", "reject", "correct"):
            document, number = rest
            read = claims_as_read(store, document) if document in document_ids(store) else []
            if read:
                claim, _ = find_claim(store, read[number % len(read)].id)
                other = corrected(claim, {"certainty": "hypothesised"}) if name == "correct" else None
                judge(store, [Verdict(claim, name, other)])
        elif name == "retract":
            retract(store, [find_work(store, DOIS[rest[0]])])
        else:
            curation = stored_curation(store)
            if name == "undo":
                undo(store, verdicts=curation.verdicts[: rest[0]])
            else:
                undo(store, retractions=curation.retractions[: rest[0]])
    fresh = ox.Store()
    curation = stored_curation(store)
    if curated_first:
        merge(fresh, curation)
    for document in order:
        if document in held:
            replace_document(fresh, document, held[document])
    merge(fresh, curation)
    assert set(fresh) == set(store)


@given(versions=st.tuples(VERSIONS, VERSIONS, VERSIONS), removed=st.sampled_from(DOCUMENTS))
@settings(max_examples=10, deadline=None)
def test_every_export_forgets_a_removed_document(versions, removed):
    store, without = ox.Store(), ox.Store()
    for document, version in zip(DOCUMENTS, versions, strict=True):
        replace_document(store, document, chosen(document, version))
    for document, version in reversed(list(zip(DOCUMENTS, versions, strict=True))):
        if document != removed:
            replace_document(without, document, chosen(document, version))
    remove_document(store, removed)
    for form in FORMS:
        assert exported(store, form) == exported(without, form)
