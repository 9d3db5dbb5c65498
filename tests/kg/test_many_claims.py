"""What is made for very many claims: columns, claims read one by one, documents written many at once."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from bench.literature import literature
from kg.column_reader import read_columns
from kg.read import claims_by_id, stored_claims
from kg.store import documents, memory_store, remove_document, replace_document, replace_documents
from kg.updates import writes
from ontology.lexicon import load_lexicon


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Three made-up documents, one of them a review."""
    store = memory_store()
    replace_documents(store, literature(300))
    return store


def test_documents_written_at_once_are_those_written_one_by_one(store: ox.Store) -> None:
    other = memory_store()
    for document, claims, info in literature(300):
        assert replace_document(other, document, claims, info=info) == "added"
    assert set(other) == set(store)


def test_a_document_given_twice_is_the_one_given_last() -> None:
    store, (document, claims, info) = memory_store(), next(literature(100))
    outcomes = replace_documents(store, [(document, claims, info), (document, claims[:10], info)])
    assert outcomes == {document: "replaced"}
    assert documents(store)[document].claims == 10


def test_claims_read_one_by_one_are_those_read_at_once(store: ox.Store) -> None:
    claims = list(stored_claims(store))
    found = claims_by_id(store, [claim.id for claim in reversed(claims)] + ["unheard-of"])
    assert list(found.values()) == claims[::-1]


def test_columns_hold_what_the_claims_say(store: ox.Store) -> None:
    lexicon = load_lexicon()
    columns = read_columns(store, lexicon=lexicon)
    claims = {claim.id: claim for claim in stored_claims(store)}
    assert [columns.id_of(place) for place in range(len(columns.ids))] == sorted(claims)
    for place in range(len(columns.ids)):
        claim = claims[columns.id_of(place)]
        assert columns.terms[columns.subject[place]] == claim.subject.iri
        assert columns.terms[columns.polarity[place]] == claim.polarity
        assert columns.measured[place] == claim.is_measurement
        if claim.quantity:
            assert columns.value[place] == claim.quantity.value
            assert columns.terms[columns.comparator[place]] == claim.quantity.comparator
        if claim.object:
            assert columns.terms[columns.object[place]] == claim.object.iri


def test_every_change_is_noticed() -> None:
    store = memory_store()
    document, claims, info = next(literature(100))
    seen = {writes(store)}
    replace_document(store, document, claims, info=info)
    seen.add(writes(store))
    replace_document(store, document, claims[:5], info=info)
    seen.add(writes(store))
    remove_document(store, document)
    seen.add(writes(store))
    assert len(seen) == 4
