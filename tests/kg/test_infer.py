"""What follows from claims: in its own graph, with the claims behind it, never among what is reported."""

import pyoxigraph as ox
import pytest

from kg.graph import KnowledgeGraph
from kg.infer import infer, write_inferred
from kg.infer_chains import chain_query
from kg.inference import Inferred
from kg.read import stored_claims
from kg.store import load_claims, memory_store
from kg.validate import validate
from kg.vocabulary import INFERRED_GRAPH, TYPE, claim_node, lg
from ontology.axioms import axioms, property_chains
from ontology.grounding import thing_iri
from tests.kg.conftest import HAYASHI, KANNO
from tests.kg.exported import exported


@pytest.fixture
def doping(make_relation):
    """A doped electrolyte, what its dopant forms, and what the layer does."""
    return [
        make_relation(
            "Li3PS4", "doped_with", "LiBr", kinds=("Material", "Dopant"), start=1, primary=(KANNO,)
        ),
        make_relation(
            "LiBr", "forms", "LiBr-rich SEI", kinds=("Dopant", "Interphase"), start=2, primary=(KANNO,)
        ),
        make_relation("LiBr-rich SEI", "suppresses", "lithium dendrite growth", start=3, primary=(HAYASHI,)),
    ]


def _infer(claims, **options):
    store = memory_store()
    load_claims(store, claims)
    return store, infer(store, **options)


def _said(found):
    return {
        (each.subject.split("/")[-1], each.predicate.split("#")[-1], _last(each.object)) for each in found
    }


def _last(term):
    return term.value if isinstance(term, ox.Literal) else term.split("/")[-1]


def test_a_chain_of_relations_says_by_which_claims_it_holds(doping):
    _, reasoned = _infer(doping)
    (found,) = [each for each in reasoned.inferred if each.rule == "doped_with forms suppresses"]
    assert (found.subject, found.object) == (thing_iri("Li3PS4"), thing_iri("lithium dendrite growth"))
    assert found.predicate == lg("mitigates").value
    assert found.claims == tuple(sorted(claim_node(claim.id).value for claim in doping))
    assert (found.support, found.papers) == (1, 1)


def test_a_denied_step_breaks_the_chain(doping, make_relation):
    denied = make_relation(
        "LiBr-rich SEI", "suppresses", "lithium dendrite growth", start=3, polarity="negated"
    )
    _, reasoned = _infer([*doping[:2], denied])
    assert not [each for each in reasoned.inferred if each.predicate == lg("mitigates").value]


def test_support_counts_the_ways_and_papers_the_weakest_step(doping, make_relation):
    again = make_relation(
        "LiBr", "forms", "LiBr-rich SEI", kinds=("Dopant", "Interphase"), start=9, primary=(HAYASHI,)
    )
    last = make_relation("LiBr-rich SEI", "suppresses", "lithium dendrite growth", start=11, primary=(KANNO,))
    _, reasoned = _infer([*doping, again, last])
    found = {each.rule: (each.support, each.papers) for each in reasoned.inferred}
    assert found["doped_with forms suppresses"] == (4, 1)
    assert found["forms suppresses"] == (4, 2)


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ({}, {"doped_with forms suppresses", "forms suppresses"}),
        ({"least_papers": 2}, set()),
        ({"least_support": 2}, set()),
    ],
)
def test_thresholds_keep_what_is_well_supported(doping, options, rules):
    _, reasoned = _infer(doping, **options)
    assert {each.rule for each in reasoned.inferred if "suppresses" in each.rule.split()[1:]} == rules


def test_every_chain_of_the_ontology_is_a_query(doping):
    store, _ = _infer(doping)
    chains = property_chains(axioms())
    assert len(chains) >= 20
    for chain in chains:
        text = chain_query(chain, least_support=1)
        assert text.count("lg:RelationClaim") == len(chain.steps)
        store.query(text, use_default_graph_as_union=True)


def test_what_claims_say_makes_a_thing_a_member_of_a_class(doping):
    _, reasoned = _infer(doping)
    classes = {each.object.split("#")[1]: each for each in reasoned.inferred if each.predicate == TYPE.value}
    assert set(classes) == {"DendriteSuppressor", "DopedMaterial"}
    assert classes["DendriteSuppressor"].subject == thing_iri("LiBr-rich SEI")
    assert classes["DendriteSuppressor"].claims == (claim_node(doping[2].id).value,)
    assert classes["DopedMaterial"].rule == "doped_with Entity"


def test_a_part_of_a_part_is_a_part_by_both_claims(make_relation):
    materials = ("Material", "Material")
    claims = [
        make_relation("composite cathode", "composed_of", "LGPS", kinds=materials, start=1),
        make_relation("LGPS", "composed_of", "PS4 tetrahedron", kinds=("Material", "Structure"), start=2),
    ]
    _, reasoned = _infer(claims)
    parts = {each.object: each for each in reasoned.inferred if each.predicate == lg("has_part").value}
    whole = [each for each in parts.values() if each.subject == thing_iri("composite cathode")]
    assert {each.object for each in whole} == {thing_iri("Li10GeP2S12"), thing_iri("PS4 tetrahedron")}
    far = next(each for each in whole if each.object == thing_iri("PS4 tetrahedron"))
    assert set(far.claims) == {claim_node(claim.id).value for claim in claims}
    kinds = {each.object for each in reasoned.inferred if each.subject == thing_iri("composite cathode")}
    assert lg("SulfideComposite").value in kinds


def test_formulas_meet_without_being_one_thing(make_measurement):
    claims = [
        make_measurement(name, start=at)
        for at, name in enumerate(("75Li2S-25P2S5", "Li3PS4", "Li6PS5X", "Li6PS5Br", "Li2S-P2S5"))
    ]
    _, reasoned = _infer(claims)
    assert {
        ("75Li2S-25P2S5", "same_composition_as", "Li3PS4"),
        ("Li3PS4", "same_composition_as", "75Li2S-25P2S5"),
        ("Li6PS5X", "has_member", "Li6PS5Br"),
    } <= _said(reasoned.inferred)
    assert not any(each.subject == each.object for each in reasoned.inferred)
    assert all(each.claims for each in reasoned.inferred)


def test_a_formula_tells_what_a_reasoner_asks_for(make_measurement):
    _, reasoned = _infer([make_measurement("Li5.3PS4.3Cl1.7"), make_measurement("Li6PS5X", start=1)])
    told = {each for each in _said(reasoned.inferred) if each[1] != "has_member"}
    assert told == {
        ("Li5.3PS4.3Cl1.7", "mobileIon", "Li"),
        ("Li5.3PS4.3Cl1.7", "mainAnion", "S"),
        ("Li5.3PS4.3Cl1.7", "anionsPerFormula", "6.0"),
        ("Li5.3PS4.3Cl1.7", "anionsPerCentre", "6.0"),
    }
    values = [each.to_json()["object"] for each in reasoned.inferred if isinstance(each.object, ox.Literal)]
    assert sorted(values) == ["6.0", "6.0", "Li", "S"]


def test_inferred_statements_are_apart_from_claims_and_name_theirs(doping):
    store, reasoned = _infer(doping)
    write_inferred(store, reasoned)
    nodes = [quad.subject for quad in store.quads_for_pattern(None, TYPE, lg("Inference"), None)]
    assert len(nodes) == len(reasoned.inferred)
    for node in nodes:
        assert list(store.quads_for_pattern(node, lg("followsFrom"), None, INFERRED_GRAPH))
        assert not list(store.quads_for_pattern(node, lg("polarity"), None, None))
    assert len(list(stored_claims(store))) == len(doping)
    graph = KnowledgeGraph(store)
    assert {statement.relation for statement in graph.statements()} == {"doped_with", "forms", "suppresses"}
    assert list(validate(store)) == []
    assert b"mitigates" not in exported(store, "turtle")
    assert b"lg:mitigates" in exported(store, "trig")


def test_reasoning_twice_changes_nothing_and_new_claims_need_new_reasoning(doping, make_relation):
    store, reasoned = _infer(doping)
    write_inferred(store, reasoned)
    before = set(store)
    assert infer(store) == reasoned
    write_inferred(store, infer(store))
    assert set(store) == before
    load_claims(store, [*doping[:2], make_relation("garnet", "forms", "lithium carbonate", start=50)])
    assert not list(store.quads_for_pattern(None, None, None, INFERRED_GRAPH))


def test_a_thing_of_two_classes_that_exclude_each_other_is_named(make_relation):
    _, reasoned = _infer(
        [
            make_relation("LPSCl", "synthesized_by", "high porosity", kinds=("Material", "SynthesisMethod")),
            make_relation("LPSCl", "increases", "high porosity", kinds=("Material", "Property"), start=20),
        ]
    )
    assert reasoned.contradictory == (
        (thing_iri("high porosity"), lg("Property").value, lg("SynthesisMethod").value),
    )


def test_the_json_of_an_inference_names_its_claims():
    row = Inferred("s", "p", "o", "forms suppresses", (claim_node("4f0c").value,), 2, 1).to_json()
    assert (row["claims"], row["support"], row["papers"]) == (["4f0c"], 2, 1)
    assert isinstance(ox.NamedNode(claim_node("4f0c").value), ox.NamedNode)
