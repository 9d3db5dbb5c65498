"""The gap matrix on small graphs."""

from __future__ import annotations

import pytest

from kg.curate import find_work, retract
from kg.graph import KnowledgeGraph
from queries.gaps import DimensionError, find_cell, gap_matrix


def test_a_claim_fills_the_cell_of_what_acts_and_what_comes_of_it(known, say):
    graph = known(say("ZnO", "suppresses", "void growth", kinds=("Dopant", "FailureMechanism"), year=2016))
    cell = gap_matrix(graph, "dopant", "failure mechanism").cell("ZnO", "void growth")
    assert (cell.status, cell.sign, cell.papers, cell.years) == ("reported", -1, 1, (2016, 2016))
    assert cell.belief == pytest.approx(0.7)
    assert [claim.relation for claim in cell.claims] == ["suppresses"]


def test_the_two_classes_may_be_asked_for_in_any_order(known, say):
    graph = known(say("ZnO", "suppresses", "void growth", kinds=("Dopant", "FailureMechanism")))
    assert gap_matrix(graph, "failure mechanism", "dopant").cell("void growth", "ZnO").status == "reported"


def test_a_dopant_acts_in_a_material_that_is_named_by_it_and_in_no_other(known, say):
    graph = known(
        say("ZnO-doped Li3PS4", "doped_with", "ZnO"),
        say("ZnO-doped Li3PS4", "suppresses", "void growth", kinds=("Material", "FailureMechanism")),
        say("Li3PS4", "doped_with", "ZnO"),
        say("Li3PS4", "promotes", "gas release", kinds=("Material", "FailureMechanism")),
    )
    matrix = gap_matrix(graph, "dopant", "failure mechanism")
    assert matrix.cell("ZnO", "void growth").status == "reported"
    assert matrix.cell("ZnO", "gas release").status != "reported"


def test_a_method_acts_on_what_is_measured_under_it(known, measure):
    graph = known(
        measure("Li3PS4", 2e-4, conditions={"method": "ball milling"}, refs=[1]),
        measure("Li7P3S11", 3e-3, conditions={"method": "ball milling"}, refs=[2]),
        measure("Li7P3S11", 5e-3, conditions={"method": "hot pressing"}, refs=[2]),
    )
    matrix = gap_matrix(graph, "synthesis method", "property")
    assert matrix.cell("ball milling", "ionic conductivity").papers == 2
    assert [row.label for row in matrix.rows] == ["ball milling", "hot pressing"]


def test_empty_cells_are_told_apart(known, say):
    dopant = ("Dopant", "FailureMechanism")
    graph = known(
        say("ZnO", "suppresses", "void growth", kinds=dopant, document="one"),
        say("ZnO", "promotes", "gas release", kinds=dopant, document="one", polarity="negated"),
        say("CaO", "suppresses", "seam opening", kinds=dopant, document="two"),
        say("CaO", "promotes", "foil wrinkling", kinds=dopant, document="two", context=["ZnO"]),
        say("hot storage", "promotes", "stack breakage", document="two"),
    )
    matrix = gap_matrix(graph, "dopant", "failure mechanism")
    status = {(cell.row.label, cell.column.label): cell.status for cell in matrix.cells}
    assert status["ZnO", "void growth"] == "reported"
    assert status["ZnO", "gas release"] == "denied"
    assert status["ZnO", "foil wrinkling"] == "reported"
    assert status["CaO", "stack breakage"] == "combined"  # one study speaks of both
    assert status["CaO", "void growth"] == "never"


def test_what_is_said_of_a_composite_was_not_shown_of_its_part(known, say):
    kinds = ("Material", "FailureMechanism")
    graph = known(
        say("LLZO-PEO membrane", "composed_of", "LLZO", kinds=("Material", "Material")),
        say("LLZO-PEO membrane", "suppresses", "void growth", kinds=kinds, year=2016),
        say("LLZO", "promotes", "gas release", kinds=kinds),
        say("LLZO-PEO membrane", "suppresses", "gas release", kinds=kinds),
    )
    matrix = gap_matrix(graph, "material", "failure mechanism")
    cell = matrix.cell("LLZO", "void growth")
    assert (cell.status, cell.sign, cell.papers, cell.years) == ("composites", -1, 1, (2016, 2016))
    assert (matrix.cell("LLZO", "gas release").status, matrix.cell("LLZO", "gas release").sign) == (
        "reported",
        1,
    )
    assert matrix.cell("LLZO-PEO membrane", "void growth").status == "reported"


def test_a_cell_may_be_asked_for_by_things_and_classes(known, say):
    kinds = ("Dopant", "FailureMechanism")
    graph = known(
        say("ZnO", "suppresses", "void growth", kinds=kinds, year=2016),
        say("CaO", "suppresses", "void growth", kinds=kinds, year=2018),
    )
    assert find_cell(graph, "ZnO", "void growth").text == "reported, less, belief 0.70, papers: 1, 2016"
    assert (
        find_cell(graph, "dopant", "void growth").text == "reported, less, belief 0.91, papers: 2, 2016–2018"
    )
    assert find_cell(graph, "MgO", "void growth").text == "never combined"


def test_what_a_review_says_in_different_places_is_not_one_study(known, say):
    dopant = ("Dopant", "FailureMechanism")
    graph = known(
        say("ZnO", "suppresses", "void growth", kinds=dopant, refs=[1]),
        say("CaO", "suppresses", "seam opening", kinds=dopant, refs=[2]),
        say("CaO", "suppresses", "gas release", kinds=dopant, refs=[2]),
        say("CaO", "suppresses", "stack breakage", kinds=dopant),
        say("ZnO", "promotes", "foil wrinkling", kinds=dopant),
    )
    matrix = gap_matrix(graph, "dopant", "failure mechanism")
    assert matrix.cell("ZnO", "stack breakage").status == "never"
    assert matrix.cell("ZnO", "seam opening").status == "never"


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (("suppresses", "affirmed"), (-1, False)),
        (("promotes", "affirmed"), (0, True)),
        (("suppresses", "negated"), (-1, True)),
    ],
)
def test_disagreement_is_kept(known, say, second, expected):
    kinds = ("Dopant", "FailureMechanism")
    relation, polarity = second
    graph = known(
        say("ZnO", "suppresses", "void growth", kinds=kinds, refs=[1]),
        say("ZnO", relation, "void growth", kinds=kinds, refs=[2], polarity=polarity),
    )
    cell = gap_matrix(graph, "dopant", "failure mechanism").cell("ZnO", "void growth")
    assert (cell.sign, cell.conflict) == expected
    assert cell.papers == 2


def test_levels_gather_things_into_classes(known, say):
    kinds = ("Material", "FailureMechanism")
    graph = known(
        say("Li6PS5Cl", "promotes", "void growth", kinds=kinds),
        say("Li6PS5Br", "suppresses", "void growth", kinds=kinds),
        say("Li7La3Zr2O12", "promotes", "void growth", kinds=kinds),
    )
    things = gap_matrix(graph, "inorganic solid electrolyte", "failure mechanism")
    assert len(things.rows) == 3
    classes = gap_matrix(graph, "inorganic solid electrolyte", "failure mechanism", row_level=1)
    assert [row.label for row in classes.rows] == ["sulfide electrolyte", "oxide electrolyte"]
    cell = classes.cell("sulfide electrolyte", "void growth")
    assert (cell.conflict, len(cell.claims)) == (True, 2)


def test_an_unknown_class_is_named_with_what_is_near_it(known):
    with pytest.raises(DimensionError, match=r"'failure mecanism' is no class.*failure mechanism"):
        gap_matrix(known(), "failure mecanism", "dopant")


def test_an_empty_graph_gives_an_empty_matrix(known):
    assert gap_matrix(known(), "dopant", "property").cells == ()


def test_json_carries_the_support(known, say):
    graph = known(say("ZnO", "suppresses", "void growth", kinds=("Dopant", "FailureMechanism"), year=2016))
    (row,) = gap_matrix(graph, "dopant", "failure mechanism").to_json()
    assert row["topic"] == ["ZnO", "void growth"]
    assert (row["status"], row["first_year"], row["claims"][0]["document"]) == ("reported", 2016, "notes")


def test_a_retracted_paper_counts_in_no_cell(known, say):
    works = [{"authors": [f"{name}. Author"], "year": 2016, "volume": "1", "page": name} for name in "AB"]
    kinds = ("Dopant", "FailureMechanism")
    graph = known(say("ZnO", "suppresses", "void growth", kinds=kinds, refs=[1, 2], primary=works))
    before = gap_matrix(graph, "dopant", "failure mechanism").cell("ZnO", "void growth")
    (row, *_) = graph.sparql("SELECT DISTINCT ?w { ?c a lg:RelationClaim ; prov:hadPrimarySource ?w }")
    retract(graph.store, [find_work(graph.store, row["w"])])
    after = gap_matrix(KnowledgeGraph(graph.store), "dopant", "failure mechanism").cell("ZnO", "void growth")
    assert (before.papers, after.papers) == (2, 1)
    assert (before.belief, after.belief) == (pytest.approx(0.91), pytest.approx(0.7))
