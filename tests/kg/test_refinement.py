"""General and special statements stay apart and are linked."""

import pytest

from kg.graph import KnowledgeGraph
from kg.store import load_claims, memory_store

STRATEGY = ("Strategy", "Property")
MATERIAL = ("Material", "Structure")


@pytest.fixture
def graph_of():
    def make(*claims):
        store = memory_store()
        load_claims(store, claims)
        return KnowledgeGraph(store)

    return make


def links(graph):
    return {
        (special.text, general.text)
        for special in graph.statements()
        for general in graph.more_general(special)
    }


@pytest.mark.parametrize(
    ("special", "general", "kinds"),
    [
        pytest.param(
            ("P2O5 doping", "increases", "air stability"),
            ("oxide doping", "increases", "air stability"),
            STRATEGY,
            id="a qualifier of a class",
        ),
        pytest.param(
            ("LiF-rich SEI", "suppresses", "short circuit"),
            ("interphase", "suppresses", "short circuit"),
            ("Interphase", "FailureMechanism"),
            id="the ontology",
        ),
        pytest.param(
            ("Li6PS5Cl", "has_structure", "argyrodite"),
            ("Li6PS5X", "has_structure", "argyrodite"),
            MATERIAL,
            id="a member of a formula's family",
        ),
        pytest.param(
            ("β-Li3PS4", "has_structure", "thio-LISICON"),
            ("Li3PS4", "has_structure", "thio-LISICON"),
            MATERIAL,
            id="a phase",
        ),
        pytest.param(
            ("thin wax coating", "increases", "cycle life"),
            ("wax coating", "increases", "cycle life"),
            STRATEGY,
            id="a qualified name",
        ),
        pytest.param(
            ("wax coating", "suppresses", "lithium dendrite growth"),
            ("wax coating", "suppresses", "dendrite growth"),
            ("Strategy", "FailureMechanism"),
            id="the object",
        ),
    ],
)
def test_a_special_case_is_linked_to_the_general_one(graph_of, make_relation, special, general, kinds):
    graph = graph_of(make_relation(*special, kinds=kinds), make_relation(*general, kinds=kinds, start=90))
    ((first, second),) = links(graph)
    assert first.split()[0] == special[0].split()[0]
    assert second.split()[0] == general[0].split()[0]
    (statement,) = (each for each in graph.statements() if each.text == second)
    assert [each.text for each in graph.more_special(statement)] == [first]
    assert all(len(each.claims) == 1 for each in graph.statements())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("low interfacial resistance", "increases", "cycle life"),
            ("interfacial resistance", "increases", "cycle life"),
        ),
        (("wax-free coating", "increases", "cycle life"), ("wax coating", "increases", "cycle life")),
        (("thin wax coating", "increases", "cycle life"), ("wax coating", "decreases", "cycle life")),
        (("thickness of the coating", "increases", "cycle life"), ("coating", "increases", "cycle life")),
        (("Li6PS5Cl", "increases", "cycle life"), ("Li3PS4", "increases", "cycle life")),
    ],
)
def test_other_names_are_no_special_cases(graph_of, make_relation, one, other):
    graph = graph_of(
        make_relation(*one, kinds=("Property", "Property")),
        make_relation(*other, kinds=("Property", "Property"), start=90),
    )
    assert links(graph) == set()


def test_only_the_nearest_are_linked(graph_of, make_relation):
    names = ("very thin wax coating", "thin wax coating", "wax coating")
    graph = graph_of(
        *(
            make_relation(name, "increases", "cycle life", start=90 * at, kinds=STRATEGY)
            for at, name in enumerate(names)
        )
    )
    assert {(one.split(" coating")[0], other.split(" coating")[0]) for one, other in links(graph)} == {
        ("very thin wax", "thin wax"),
        ("thin wax", "wax"),
    }


def test_values_are_linked_where_they_are_equal(graph_of, make_measurement):
    graph = graph_of(
        make_measurement("Li3PS4", 1e-4),
        make_measurement("β-Li3PS4", 1e-4, start=300),
        make_measurement("β-Li3PS4", 5e-4, start=500),
    )
    assert links(graph) == {
        ("β-Li3PS4 ionic conductivity 0.0001 S/cm", "Li3PS4 ionic conductivity 0.0001 S/cm")
    }
