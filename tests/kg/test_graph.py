"""The graph as Python, networkx, SPARQL and rdflib show it."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.store import StoreError, load_claims, memory_store, open_store


@pytest.fixture
def graph(make_relation, make_measurement):
    store = memory_store()
    load_claims(
        store,
        [
            make_relation(),
            make_relation(document="second"),
            make_relation(
                "lithium iodide layer", "increases", "interfacial resistance", start=70, polarity="negated"
            ),
            make_relation(
                "stack pressure", "suppresses", "lithium dendrite growth", start=90, certainty="hypothesised"
            ),
            make_relation("lithium dendrite growth", "promotes", "short circuit", start=120),
            make_measurement(("Li10GeP2S12", "LGPS"), 0.012, conditions={"temperature_C": 27.0}),
            make_measurement(
                "Li7P3S11 glass-ceramic", 3.2e-3, start=300, conditions={"form": "glass-ceramic"}
            ),
        ],
    )
    return KnowledgeGraph(store)


def test_claims_are_chosen_by_document_subject_relation_and_object(graph):
    assert len(graph.claims()) == 7
    assert len(graph.claims(document="second")) == 1
    assert len(graph.claims(subject="lithium iodide layer", relation="suppresses")) == 2
    assert len(graph.claims(object="Li dendrite growth")) == 3
    assert graph.claims(subject="unheard-of thing") == []


def test_statements_gather_the_claims_of_all_documents(graph):
    (statement,) = graph.statements(subject="lithium iodide layer", relation="suppresses")
    assert len(statement.claims) == 2
    assert statement.belief.value == pytest.approx(0.91)


def test_neighbours_are_sorted_by_belief_and_leave_denials_out(graph):
    near = [(near.direction, near.entity.label) for near in graph.neighbours("lithium dendrite growth")]
    assert near == [("in", "lithium iodide layer"), ("out", "short circuit"), ("in", "stack pressure")]
    assert [near.entity.label for near in graph.neighbours("lithium iodide layer")] == [
        "lithium dendrite growth"
    ]


@pytest.mark.parametrize("name", ["LGPS", "Li10GeP2S12", "https://w3id.org/lithograph/id/Li10GeP2S12"])
def test_measurements_are_rows_of_one_table(graph, name):
    (row,) = graph.measurement_rows("ionic_conductivity", material=name)
    assert (row["material"], row["value"], row["unit"], row["temperature_C"]) == (
        "Li10GeP2S12",
        0.012,
        "S/cm",
        27.0,
    )
    both = graph.measurement_rows()
    assert both[0].keys() == both[1].keys()
    assert [each["form"] for each in both] == [None, "glass-ceramic"]


def test_a_property_is_asked_for_by_name_or_key(graph):
    assert graph.measurement_rows("Ionic conductivity") == graph.measurement_rows("ionic_conductivity")
    with pytest.raises(
        ValueError, match="no property is called 'loudness'; expected one of activation_energy"
    ):
        graph.measurement_rows("loudness")


def test_measurements_make_a_data_frame(graph):
    pytest.importorskip("pandas", reason="the extra pandas is not installed")
    frame = graph.measurements("ionic conductivity")
    assert frame["value"].tolist() == [0.012, 3.2e-3]
    assert frame["value"].dtype == float
    assert list(graph.measurements("voltage").columns)[:2] == ["material", "material_iri"]


def test_without_pandas_a_data_frame_says_what_to_install(graph, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install 'lithograph\[pandas\]'"):
        graph.measurements()


def test_the_graph_is_imported_when_it_is_asked_for():
    code = """
import sys
import kg
assert "pyoxigraph" not in sys.modules
from kg import KnowledgeGraph
assert KnowledgeGraph.__module__ == "kg.graph"
assert not {"networkx", "rdflib", "spacy", "pandas"} & set(sys.modules)
"""
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)


def test_notebooks_show_claims_statements_and_graphs(make_relation):
    store = memory_store()
    load_claims(store, [make_relation(quote="a <b>bold</b> layer & more", polarity="negated")])
    graph = KnowledgeGraph(store)
    (statement,) = graph.statements()
    for shown in (statement._repr_html_(), statement.claims[0]._repr_html_()):
        assert "a &lt;b&gt;bold&lt;/b&gt; layer &amp; more" in shown
        assert "lithium iodide layer suppresses lithium dendrite growth" in shown
    assert "belief = 0.000" in statement._repr_html_()
    listed = graph.statements()._repr_html_()
    assert listed.count("<tr>") == 2
    assert "<td>0.00</td><td>0</td><td>1</td>" in listed
    assert "<q>a &lt;b&gt;bold&lt;/b&gt; layer &amp; more</q>" in listed
    assert "1 claims in 1 documents make 1 statements" in graph._repr_html_()


def test_lists_are_short_to_read(graph):
    (near,) = graph.neighbours("lithium iodide layer")
    assert repr(near) == (
        "<lithium dendrite growth (out): "
        "<lithium iodide layer suppresses lithium dendrite growth: belief 0.91, 2 papers>>"
    )
    shown = graph.neighbours("lithium dendrite growth")._repr_html_()
    assert ">short circuit</th>" in shown
    assert ">lithium dendrite growth promotes short circuit</td>" in shown


def test_of_very_many_statements_a_notebook_shows_the_first(make_relation):
    store = memory_store()
    load_claims(store, [make_relation(f"layer {number}", start=100 * number) for number in range(60)])
    shown = KnowledgeGraph(store).statements()._repr_html_()
    assert shown.count("<tr>") == 51
    assert "the first 50 of 60 statements" in shown


def test_a_composition_finds_the_material_in_its_forms(graph):
    assert [row["material"] for row in graph.measurement_rows(material="Li7P3S11")] == [
        "Li7P3S11 glass-ceramic"
    ]


def test_the_networkx_graph_holds_affirmed_relations_with_sign_belief_and_claims(graph):
    view = graph.to_networkx()
    edges = {
        (view.nodes[start]["label"], edge["relation"], view.nodes[end]["label"]): edge
        for start, end, edge in view.edges(data=True)
    }
    assert set(edges) == {
        ("lithium iodide layer", "suppresses", "lithium dendrite growth"),
        ("stack pressure", "suppresses", "lithium dendrite growth"),
        ("lithium dendrite growth", "promotes", "short circuit"),
    }
    edge = edges["lithium iodide layer", "suppresses", "lithium dendrite growth"]
    assert edge["sign"] == -1
    assert len(edge["claims"]) == 2
    assert edge["evidence"] == ("a layer of lithium iodide keeps dendrites away",)
    assert edge["belief"] > edges["stack pressure", "suppresses", "lithium dendrite growth"]["belief"]


def test_sparql_sees_all_graphs_and_gives_plain_values(graph):
    rows = graph.sparql(
        """SELECT DISTINCT ?value ?t {
             ?c a lg:Measurement ; lg:value ?value OPTIONAL { ?c lg:temperature_C ?t } } ORDER BY ?value"""
    )
    assert rows == [{"value": 3.2e-3}, {"value": 0.012, "t": 27.0}]
    assert graph.sparql("ASK { ?claim lg:relation lg:suppresses }") is True
    assert graph.sparql("SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a lg:RelationClaim }") == [{"n": 5}]
    (triple,) = graph.sparql(
        "CONSTRUCT { ?s lg:suppresses ?o } WHERE { ?s lg:suppresses ?o . ?s skos:prefLabel 'stack pressure' }"
    )
    assert triple.predicate.value.endswith("#suppresses")


def test_direct_edges_are_there_for_affirmed_claims_only(graph):
    assert graph.sparql("ASK { ?s lg:suppresses ?o }") is True
    assert graph.sparql("ASK { ?s lg:increases ?o }") is False


def test_rdflib_reads_the_same_store(graph):
    answer = graph.rdflib().query(
        "SELECT DISTINCT ?c { ?c a <https://w3id.org/lithograph/ontology#Measurement> }"
    )
    assert len(list(answer)) == 2


def test_a_graph_on_disk_is_opened_for_reading(tmp_path, make_relation):
    with pytest.raises(StoreError):
        KnowledgeGraph.open(tmp_path / "graph.db")
    load_claims(open_store(tmp_path / "graph.db"), [make_relation()])
    assert len(KnowledgeGraph.open(tmp_path / "graph.db").claims()) == 1
