"""Bridges, analogies, thin evidence and the test against time."""

from __future__ import annotations

import pytest

from queries.gaps import EvaluationError, analogies, bridges, evaluate, thin_evidence


def _ends(bridge):
    return bridge.start.label, bridge.end.label


def test_a_bridge_joins_what_nobody_has_related(known, say):
    graph = known(
        say("slow cooling", "suppresses", "seam opening", refs=[1]),
        say("seam opening", "promotes", "void growth", refs=[2]),
    )
    (bridge,) = bridges(graph)
    assert _ends(bridge) == ("slow cooling", "void growth")
    assert bridge.sign == -1
    assert "nobody has said what slow cooling does to void growth" in bridge.text


@pytest.mark.parametrize("polarity", ["affirmed", "negated"])
def test_what_is_related_already_is_no_bridge(known, say, polarity):
    graph = known(
        say("slow cooling", "suppresses", "seam opening"),
        say("seam opening", "promotes", "void growth"),
        say("slow cooling", "suppresses", "void growth", polarity=polarity),
    )
    assert bridges(graph) == []


def test_what_one_claim_names_together_is_no_bridge(known, say):
    graph = known(
        say("slow cooling", "suppresses", "seam opening"),
        say("seam opening", "promotes", "void growth"),
        say("wax coating", "suppresses", "void growth", context=["slow cooling"]),
    )
    assert ("slow cooling", "void growth") not in map(_ends, bridges(graph))


def test_two_papers_make_a_better_bridge_than_one_study(known, say):
    graph = known(
        say("slow cooling", "suppresses", "seam opening", refs=[1]),
        say("seam opening", "promotes", "void growth", refs=[1]),
        say("wax coating", "suppresses", "gas release", refs=[2]),
        say("gas release", "promotes", "foil wrinkling", refs=[3]),
    )
    assert [bridge.start.label for bridge in bridges(graph)] == ["wax coating", "slow cooling"]


def test_a_thing_in_between_with_many_neighbours_says_less(known, say):
    crowd = [say(f"cause {number}", "promotes", "seam opening") for number in range(8)]
    graph = known(
        say("slow cooling", "suppresses", "seam opening", refs=[1]),
        say("seam opening", "promotes", "void growth", refs=[2]),
        say("wax coating", "suppresses", "gas release", refs=[1]),
        say("gas release", "promotes", "foil wrinkling", refs=[2]),
        *crowd,
    )
    found = {_ends(bridge): bridge.score for bridge in bridges(graph)}
    assert found["wax coating", "foil wrinkling"] > found["slow cooling", "void growth"]


def test_a_quantity_of_every_material_bridges_one_system_only(known, say):
    kinds = ("Property", "FailureMechanism")
    graph = known(
        say("slow cooling", "increases", "ionic conductivity", context=["Li6PS5Cl"]),
        say("ionic conductivity", "promotes", "void growth", kinds=kinds, context=["Li7P3S11"]),
        say("ionic conductivity", "promotes", "gas release", kinds=kinds, context=["Li6PS5X"]),
    )
    assert [_ends(bridge) for bridge in bridges(graph)] == [("slow cooling", "gas release")]


def test_what_holds_for_a_sibling_may_hold_for_a_thing(known, say):
    kinds = ("Material", "FailureMechanism")
    graph = known(
        say("LiCl", "suppresses", "void growth", kinds=kinds),
        say("LiBr", "promotes", "gas release", kinds=kinds),
        say("wax coating", "suppresses", "seam opening"),
    )
    found = {(each.thing.label, each.other.label): each for each in analogies(graph)}
    assert set(found) == {("LiBr", "void growth"), ("LiCl", "gas release")}
    assert "LiCl suppresses void growth" in found["LiBr", "void growth"].text


def test_an_analogy_is_not_told_where_the_pair_is_known(known, say):
    kinds = ("Material", "FailureMechanism")
    graph = known(
        say("LiCl", "suppresses", "void growth", kinds=kinds),
        say("LiBr", "suppresses", "void growth", kinds=kinds, polarity="negated"),
    )
    assert analogies(graph) == []


def test_an_analogy_is_not_told_where_it_is_known_of_the_whole_class(known, say):
    kinds = ("Material", "FailureMechanism")
    graph = known(
        say("LiI", "suppresses", "void growth", kinds=kinds),
        say("lithium halide", "suppresses", "void growth", kinds=kinds),
        say("LiBr", "promotes", "gas release", kinds=kinds),
    )
    assert not any(
        each.thing.label == "LiBr" for each in analogies(graph) if each.other.label == "void growth"
    )


def test_thin_evidence_is_what_much_rests_on(known, say):
    graph = known(
        say("slow cooling", "suppresses", "seam opening", refs=[1]),
        say("wax coating", "suppresses", "gas release", refs=[1]),
        say("wax coating", "suppresses", "gas release", refs=[2]),
        *(say(cause, "promotes", f"{cause} damage") for cause in ("seam opening", "gas release")),
        *(say(cause, "promotes", f"{cause} noise") for cause in ("seam opening", "gas release")),
    )
    (thin,) = thin_evidence(graph)
    assert thin.statement.text == "slow cooling suppresses seam opening"
    assert (thin.papers, thin.uses, thin.reasons) == (1, 2, ("one paper",))


def test_what_a_sample_is_made_of_is_no_finding(known, say):
    used = [
        say("LiI", "suppresses", f"wear {number}", kinds=("Material", "FailureMechanism"))
        for number in range(2)
    ]
    assert not thin_evidence(known(say("Li3PS4", "doped_with", "LiI"), *used))


@pytest.mark.parametrize(
    ("papers", "reasons"),
    [
        ([("A. One", 2018, "asserted"), ("B. Two", 2020, "asserted")], None),
        ([("A. One", 2018, "asserted"), ("A. One", 2020, "asserted")], ("one group",)),
        ([("A. One", 2018, "hypothesised"), ("B. Two", 2020, "hypothesised")], ("hedged only",)),
        ([("A. One", 2001, "asserted"), ("B. Two", 2003, "asserted")], ("old",)),
        ([("A. One", 2001, "hypothesised")], ("one paper", "hedged only", "old")),
    ],
)
def test_why_evidence_is_thin(known, say, papers, reasons):
    used = [say("seam opening", "promotes", f"wear {number}", year=2021 + number) for number in range(2)]
    said = [
        say("slow cooling", "suppresses", "seam opening", by=by, year=year, certainty=certainty)
        for by, year, certainty in papers
    ]
    found = {each.statement.subject.label: each.reasons for each in thin_evidence(known(*used, *said))}
    assert found.get("slow cooling") == reasons


@pytest.fixture
def dated(known, say):
    """Three bridges drawn by 2010, one of which is confirmed later, and other things to confuse it with."""
    old = [
        claim
        for number in range(3)
        for claim in (
            say(f"measure {number}", "suppresses", f"process {number}", year=2001 + number, by=f"A{number}"),
            say(f"process {number}", "promotes", f"damage {number}", year=2004 + number, by=f"B{number}"),
        )
    ]
    return known(*old, say("measure 1", "suppresses", "damage 1", year=2015, by="C"))


def test_later_links_are_ranked_among_pairs_that_stayed_unlinked(dated):
    result = evaluate(dated, 2010)
    assert (result.links, result.statements) == (1, 6)
    scores = {score.name: score for score in result.scores}
    assert scores["bridges"].auc.value > scores["degree product"].auc.value
    assert scores["bridges"].hits_at[10].value == 1
    assert scores["bridges"].auc.low <= scores["bridges"].auc.value <= scores["bridges"].auc.high
    assert 0 < scores["bridges"].mean_reciprocal_rank.value <= 1


def test_the_evaluation_is_repeatable(dated):
    assert evaluate(dated, 2010) == evaluate(dated, 2010)


def test_json_names_each_way_of_ranking(dated):
    names = [row["ranker"] for row in evaluate(dated, 2010).to_json()]
    assert set(names) >= {"bridges", "chance", "degree product", "common neighbours", "Adamic–Adar"}


@pytest.mark.parametrize("year", [1990, 2020])
def test_a_year_that_leaves_nothing_to_test_is_refused(dated, year):
    with pytest.raises(EvaluationError, match=f"after {year}.*2001 to 2015"):
        evaluate(dated, year)
