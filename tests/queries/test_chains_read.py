"""The graph of chains as it is read from a store: that of the statements, without their claims being read."""

from __future__ import annotations

import pytest

from kg.curate import find_work, retract
from kg.graph import KnowledgeGraph
from kg.read import claims_by_id
from kg.store import load_claims, memory_store
from queries.chains import chain_graph, find_chains, read_chain_graph

_DOI = {"authors": ["A. One"], "year": 2019, "volume": "4", "page": "7", "doi": "10.1000/one"}
_SAME = {"authors": ["One, A."], "year": 2019, "volume": "4", "page": "7"}


def _claims(say):
    notes = [
        say("LiI", "forms", ["LiI-rich interphase", "iodide layer"], year=2001, by="B. Two"),
        say("LiI", "forms", "LiI-rich interphase", year=2003, by="C. Three", polarity="negated"),
        say("LiI-rich interphase", "suppresses", "dendrite growth", primary=[_DOI],
            kinds=("Interphase", "FailureMechanism")),
        say("Li6PS5Cl", "decomposes_to", "LiCl", confidence=0.5),
        say("interphase", "promotes", "pore opening", context=["Li6PS5Cl"], certainty="hypothesised",
            kinds=("Interphase", "FailureMechanism")),
        say("porous interphase", "promotes", "short circuit", kinds=("Interphase", "FailureMechanism")),
        say("pore opening", "promotes", "porous interphase", kinds=("FailureMechanism", "Interphase")),
        say("Li3PS4", "doped_with", ["iodine", "I"], extractor="relations.verb"),
        say("Li3PS4", "increases", "ionic conductivity", kinds=("Material", "Property")),
        say("ionic conductivity", "suppresses", "pore opening", kinds=("Property", "FailureMechanism")),
        say("Li7P3S11", "unstable_with", "lithium metal"),
        say("interfacial reaction", "promotes", "pore opening"),
    ]  # fmt: skip
    review = [
        say("LiI-rich interphase", "suppresses", "dendrite growth", primary=[_SAME], document="review",
            kinds=("Interphase", "FailureMechanism")),
        say("LiI", "forms", "LiI-rich interphase", document="review", kinds=("Dopant", "Interphase")),
        say("Li3PS4·2THF", "increases", "ionic conductivity", document="review", year=2011,
            kinds=("Material", "Property")),
    ]  # fmt: skip
    return notes, review


@pytest.fixture
def store(say):
    store = memory_store()
    for claims in _claims(say):
        load_claims(store, claims)
    return store


def _both(store):
    graph = KnowledgeGraph(store)
    return chain_graph(graph.statements(), lexicon=graph.lexicon), read_chain_graph(
        store, lexicon=graph.lexicon
    )


_ENDS = [(None, None), ("any dopant", "dendrite growth"), ("Li6PS5Cl", None), ("LiI", "dendrites"),
         ("Li7P3S11", "pore opening"), (None, "short circuit")]  # fmt: skip


@pytest.mark.parametrize(("start", "end"), _ENDS)
def test_the_chains_are_those_of_the_statements(store, start, end):
    told, read = _both(store)
    expected = [chain.to_json() for chain in find_chains(told, start, end)]
    assert expected
    assert [chain.to_json() for chain in find_chains(read, start, end)] == expected


def test_things_are_called_and_filed_as_in_the_statements(store):
    told, read = _both(store)
    assert read.index.nodes == told.index.nodes
    assert read.index.members == told.index.members


def test_a_retracted_work_counts_nothing(store):
    retract(store, [find_work(store, "10.1000/one")])
    told, read = _both(store)
    found = find_chains(read, "LiI", "dendrite growth")
    assert [chain.to_json() for chain in found] == [
        chain.to_json() for chain in find_chains(told, "LiI", "dendrite growth")
    ]


def test_only_the_claims_of_chains_that_are_shown_are_read(store, monkeypatch):
    read = []

    def noted(store, claims, **options):
        read.extend(claims)
        return claims_by_id(store, claims, **options)

    monkeypatch.setattr("queries.chains.read.claims_by_id", noted)
    _, graph = _both(store)
    (chain,) = find_chains(graph, "Li3PS4", "pore opening")
    assert not read
    quotes = [claim.evidence.quote for step in chain.steps for claim in step.claims]
    assert len(quotes) == len(read) == 2
    assert [claim for step in chain.steps for claim in step.ids] == read


def test_a_store_without_claims_has_a_graph_without_chains():
    store = memory_store()
    graph = read_chain_graph(store, lexicon=KnowledgeGraph(store).lexicon)
    assert find_chains(graph) == []
