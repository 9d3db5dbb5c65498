"""Every format can be read again and holds what the graph holds."""

import csv
import datetime
import io
import json
import sys
from collections import defaultdict
from dataclasses import replace

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims_file import row_to_claim
from kg.curate import find_claim, judge
from kg.curation import Verdict
from kg.export import FORMATS, ExportError
from kg.read import stored_claims
from kg.rocrate import write_crate
from kg.store import load_claims, memory_store
from kg.vocabulary import ONTOLOGY_GRAPH, document_graph
from tests.kg.exported import exported


@pytest.fixture
def store(varied_claims):
    store = memory_store()
    load_claims(store, varied_claims)
    return store


def quads_of(text: bytes, form: ox.RdfFormat) -> set[ox.Quad]:
    """The quads of a text as a store returns them, which spells numbers in one way."""
    read = ox.Store()
    read.load(text, format=form)
    return set(read)


def test_exported_claims_load_into_the_same_graph(store):
    other = memory_store()
    load_claims(other, [row_to_claim(json.loads(line)) for line in exported(store, "claims").splitlines()])
    assert set(other) == set(store)


def test_turtle_holds_the_triples_of_the_documents(store):
    read = {quad.triple for quad in quads_of(exported(store, "turtle"), ox.RdfFormat.TURTLE)}
    assert read == {
        quad.triple for quad in store.quads_for_pattern(None, None, None, document_graph("notes"))
    }


@pytest.mark.parametrize(("form", "rdf"), [("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)])
def test_trig_and_jsonld_hold_the_named_graphs(store, form, rdf):
    load_claims(store, [replace_document(claim, "other") for claim in stored_claims(store)])
    read = quads_of(exported(store, form), rdf)
    assert read == {quad for quad in store if quad.graph_name != ONTOLOGY_GRAPH}
    assert len({quad.graph_name for quad in read}) == 2


def replace_document(claim, document):
    return replace(claim, evidence=replace(claim.evidence, document=document))


def test_jsonld_reads_as_plain_json(store):
    data = json.loads(exported(store, "jsonld"))
    (graph,) = data["@graph"]
    nodes = {node["@id"]: node for node in graph["@graph"]}
    (ranged,) = (node for node in nodes.values() if "valueMax" in node)
    assert (ranged["@type"], ranged["value"], ranged["valueMax"]) == ("lg:Measurement", 1e-3, 2e-3)
    assert nodes[ranged["subject"]]["prefLabel"] == "Li6PS5Br"
    assert data["@context"]["value"] == {"@id": "lg:value", "@type": "xsd:double"}


def test_csv_has_a_line_for_each_measurement(store):
    rows = list(csv.DictReader(io.StringIO(exported(store, "csv").decode())))
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
    assert conductivity["papers"] == "Hayashi 2008, J. Non-Cryst. Solids"


def test_parquet_has_the_same_table_with_types(store):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    table = parquet.read_table(io.BytesIO(exported(store, "parquet")))
    plain = list(csv.DictReader(io.StringIO(exported(store, "csv").decode())))
    assert table.column_names == list(plain[0])
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["value"], types["value_max"], types["temperature_C"], types["method"]) == (
        *("double", "double", "double"),
        "string",
    )
    assert table.column("value").to_pylist() == [float(row["value"]) for row in plain]


def test_graphml_and_cytoscape_are_read_by_networkx(store):
    graphml = nx.parse_graphml(exported(store, "graphml").decode())
    cytoscape = nx.cytoscape_graph(json.loads(exported(store, "cytoscape")))
    for graph in (graphml, cytoscape):
        assert sorted(data["label"] for _, data in graph.nodes(data=True)) == [
            "lithium dendrite growth",
            "lithium iodide layer",
        ]
        ((_, _, edge),) = graph.edges(data=True)
        assert (edge["relation"], edge["sign"], edge["belief"]) == ("suppresses", -1, pytest.approx(0.7))
        assert "keeps dendrites away" in "".join(edge["evidence"])


def test_text_that_xml_cannot_hold_is_no_obstacle(make_relation):
    store = memory_store()
    load_claims(store, [make_relation(quote="a form\x0cfeed and a \x01 byte")])
    assert nx.parse_graphml(exported(store, "graphml").decode()).number_of_edges() == 1


def test_each_nanopublication_has_its_four_graphs_and_its_source(store):
    quads = quads_of(exported(store, "nanopub"), ox.RdfFormat.TRIG)
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


@pytest.mark.filterwarnings("ignore")  # of the checker's own libraries
def test_each_nanopublication_passes_the_checker_of_the_nanopub_package(store):
    nanopub = pytest.importorskip("nanopub", reason="the package nanopub is not installed")
    first = next(iter(stored_claims(store))).id
    judge(store, [Verdict(find_claim(store, first)[0], "accept", by="A. Reader")])
    quads = quads_of(exported(store, "nanopub"), ox.RdfFormat.TRIG)
    groups = defaultdict(list)
    for quad in quads:
        groups[quad.graph_name.value.rpartition("/")[0]].append(quad)
    assert len(groups) == len(list(stored_claims(store)))
    for group in groups.values():
        graph = rdflib.ConjunctiveGraph()
        graph.parse(data=ox.serialize(group, format=ox.RdfFormat.N_QUADS), format="nquads")
        assert nanopub.Nanopub(rdf=graph).is_valid


def test_a_crate_describes_each_of_its_files(store, tmp_path):
    files = write_crate(store, tmp_path / "crate", published=datetime.date(2024, 5, 17))
    assert [path.name for path in files] == [
        *("claims.jsonl", "graph.trig", "measurements.csv", "relations.graphml"),
        "ro-crate-metadata.json",
    ]
    data = json.loads(files[-1].read_text("utf-8"))
    entities = {entity["@id"]: entity for entity in data["@graph"]}
    assert len(entities) == len(data["@graph"])
    root = entities["./"]
    assert root["datePublished"] == "2024-05-17"
    linked = [
        link["@id"] for key in ("hasPart", "isBasedOn", "citation", "variableMeasured") for link in root[key]
    ]
    assert set(linked) <= entities.keys()
    for path in files[:-1]:
        assert path.read_bytes() == exported(store, {"jsonl": "claims"}.get(path.suffix[1:], path.suffix[1:]))
        assert entities[path.name]["contentSize"] == str(path.stat().st_size)
    assert {entities[each["@id"]]["name"] for each in root["variableMeasured"]} == {
        *("ionic conductivity", "synthesis temperature"),
    }


def test_a_crate_is_not_written_over_anything(store, tmp_path):
    (tmp_path / "letter.txt").write_text("dear reader")
    with pytest.raises(ExportError, match="expected a folder that is new or empty"):
        write_crate(store, tmp_path, published=datetime.date(2024, 5, 17))


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "parquet"])
def test_an_empty_graph_can_be_exported(form):
    assert isinstance(exported(memory_store(), form), bytes)


def test_an_unknown_format_is_refused_with_the_known_ones(store):
    with pytest.raises(ExportError, match="expected one of claims, turtle"):
        exported(store, "docx")


def test_a_format_whose_package_is_missing_says_what_to_install(store, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"pip install 'lithograph\[parquet\]'"):
        exported(store, "parquet")


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
    other = ox.Store()
    load_claims(other, [row_to_claim(json.loads(line)) for line in exported(store, "claims").splitlines()])
    for form, rdf in (("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)):
        assert exported(other, form) == exported(store, form)
        assert quads_of(exported(store, form), rdf) == set(store)
