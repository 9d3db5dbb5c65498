"""Every format can be read again and holds what the graph holds."""

import csv
import io
import json

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims_file import row_to_claim
from kg.export import FORMATS, ExportError, export
from kg.read import stored_claims
from kg.store import load_claims, memory_store
from kg.vocabulary import document_graph


@pytest.fixture
def store(varied_claims):
    store = memory_store()
    load_claims(store, varied_claims)
    return store


def test_exported_claims_load_into_the_same_graph(store):
    other = memory_store()
    load_claims(other, [row_to_claim(json.loads(line)) for line in export(store, "claims").splitlines()])
    assert set(other) == set(store)


def test_turtle_holds_the_triples_of_the_documents(store):
    read = {quad.triple for quad in ox.parse(export(store, "turtle"), format=ox.RdfFormat.TURTLE)}
    assert read == {
        quad.triple for quad in store.quads_for_pattern(None, None, None, document_graph("notes"))
    }


@pytest.mark.parametrize(("form", "rdf"), [("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)])
def test_trig_and_jsonld_hold_the_named_graphs(store, form, rdf):
    read = set(ox.parse(export(store, form), format=rdf))
    assert read == set(store.quads_for_pattern(None, None, None, document_graph("notes")))


def test_csv_has_a_line_for_each_measurement(store):
    rows = list(csv.DictReader(io.StringIO(export(store, "csv"))))
    assert sorted(row["property"] for row in rows) == [
        "a property of the future",
        "ionic_conductivity",
        "synthesis_temperature",
    ]
    (conductivity,) = (row for row in rows if row["property"] == "ionic_conductivity")
    assert (conductivity["value"], conductivity["value_max"], conductivity["comparator"]) == (
        "0.001",
        "0.002",
        "~",
    )
    assert (conductivity["temperature_C"], conductivity["method"]) == ("25.0", "ball milling")


def test_graphml_is_read_by_networkx(store):
    graph = nx.parse_graphml(export(store, "graphml"))
    assert sorted(data["label"] for _, data in graph.nodes(data=True)) == [
        "lithium dendrite growth",
        "lithium iodide layer",
    ]


def test_each_nanopublication_has_its_four_graphs_and_its_source(store):
    quads = list(ox.parse(export(store, "nanopub"), format=ox.RdfFormat.TRIG))
    dataset = ox.Store()
    dataset.extend(quads)
    heads = list(
        dataset.query(
            """PREFIX np: <http://www.nanopub.org/nschema#> PREFIX prov: <http://www.w3.org/ns/prov#>
            SELECT ?np WHERE {
              GRAPH ?head { ?np a np:Nanopublication ; np:hasAssertion ?a ; np:hasProvenance ?p .
                            ?np np:hasPublicationInfo ?i }
              FILTER EXISTS { GRAPH ?a { ?s ?q ?o } }
              FILTER EXISTS { GRAPH ?p { ?a prov:wasDerivedFrom ?document ; prov:hadPrimarySource ?work } }
              FILTER EXISTS { GRAPH ?i { ?np ?q2 ?o2 } } }"""
        )
    )
    assert len(heads) == len(list(stored_claims(store)))
    assert len({quad.graph_name for quad in quads}) == 4 * len(heads)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_graph_can_be_exported(form):
    assert isinstance(export(memory_store(), form), str)


def test_an_unknown_format_is_refused_with_the_known_ones(store):
    with pytest.raises(ExportError, match="expected one of claims, turtle"):
        export(store, "docx")


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(str.strip)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


ROWS = st.fixed_dictionaries(
    {
        "quote": st.text(st.characters(exclude_categories=["Cs"])),
        "conditions": st.dictionaries(NAMES, NAMES | NUMBERS, max_size=3),
        "refs": st.lists(st.integers(0, 999), max_size=3),
        "context": st.lists(NAMES, max_size=3),
    }
)


@given(names=st.lists(NAMES, min_size=1, max_size=3), row=ROWS, value=NUMBERS)
@settings(max_examples=40, deadline=None)
def test_any_claim_comes_back_as_it_was(names, row, value):
    relation = {"type": "relation", "subject": names, "relation": "forms", "object": names[:1]}
    measurement = {
        "type": "measurement",
        "material": names,
        "property": "voltage",
        "value": value,
        "unit": "V",
    }
    rows = [row | {"document": "d"} | each for each in (relation, measurement)]
    claims = [row_to_claim(row) for row in rows]
    store = ox.Store()
    load_claims(store, claims)
    back = {claim.id: claim for claim in stored_claims(store)}
    assert set(back) == {claim.id for claim in claims}
    for claim in claims:
        again = back[claim.id]
        assert again.subject.names == claim.subject.names
        assert again.conditions == claim.conditions
        assert again.context == claim.context
        assert again.quantity == claim.quantity
        assert again.evidence == claim.evidence
