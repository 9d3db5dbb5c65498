"""What is watched says what changed in it and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.curate import find_work, judge, retract
from kg.curation import Verdict
from kg.graph import KnowledgeGraph
from kg.store import load_claims, remove_document
from kg.watches import Watch, WatchError, drop_watch, find_watch, keep_watch, stored_watches
from queries.watching import check_watch, look

DAY = "2024-05-17"
CELL = Watch("cell", ("ZnO", "void growth"))
KINDS = ("Dopant", "FailureMechanism")


def changes(graph, watch):
    """Look twice: at the watch as it was kept, and at the graph as it is now."""
    (report,) = look(KnowledgeGraph(graph.store), [watch], on=DAY)
    return report.changes


def seen(graph, watch):
    (report,) = look(graph, [watch], on="2024-01-01")
    assert report.changes == ()
    return report.watch


def test_a_cell_tells_of_a_new_paper(known, say):
    graph = known(say("ZnO", "suppresses", "void growth", kinds=KINDS, year=2016))
    watch = seen(graph, CELL)
    assert changes(graph, watch) == ()
    load_claims(
        graph.store, [say("ZnO", "suppresses", "void growth", kinds=KINDS, document="second", year=2018)]
    )
    (change,) = changes(graph, watch)
    assert (change["change"], change["before"]["papers"], change["after"]["papers"]) == ("changed", 1, 2)
    assert [because["why"] for because in change["because"]] == ["read from second"]


def test_a_cell_of_which_nothing_is_known_yet_tells_of_the_first_claim(known, say):
    graph = known(say("CaO", "suppresses", "void growth", kinds=KINDS))
    watch = seen(graph, CELL)
    load_claims(graph.store, [say("ZnO", "suppresses", "void growth", kinds=KINDS, document="second")])
    (change,) = changes(graph, watch)
    assert (change["before"]["status"], change["after"]["status"]) == ("never", "reported")


def test_what_went_says_who_took_it_out(known, say):
    work = {"authors": ["A. Author"], "year": 2016, "doi": "10.1000/made-up"}
    graph = known(
        say("ZnO", "suppresses", "void growth", kinds=KINDS, document="one"),
        say("ZnO", "suppresses", "void growth", kinds=KINDS, document="two"),
        say("ZnO", "suppresses", "void growth", kinds=KINDS, document="three", primary=[work]),
        say("CaO", "suppresses", "gas release", kinds=KINDS, document="four"),
        say("ZnO", "suppresses", "void growth", kinds=KINDS, document="four"),
    )
    watch = seen(graph, CELL)
    (first,) = graph.claims(document="one")
    judge(graph.store, [Verdict(first, "reject", by="A. Reader", on="2024-02-01", note="misread")])
    remove_document(graph.store, "two")
    retract(graph.store, [find_work(graph.store, "10.1000/made-up")])
    load_claims(graph.store, [say("CaO", "suppresses", "gas release", kinds=KINDS, document="four")])
    (change,) = changes(graph, watch)
    assert sorted(because["why"] for because in change["because"]) == [
        "four no longer says so",
        "its works are retracted",
        "rejected by A. Reader on 2024-02-01: misread",
        "two was taken out",
    ]
    assert change["after"]["status"] == "never"


def test_a_chain_tells_of_new_chains_and_of_those_that_are_gone(known, say):
    graph = known(
        say("ZnO", "forms", "dense layer", kinds=("Dopant", "Interphase"), document="one"),
        say("dense layer", "suppresses", "void growth", kinds=("Interphase", "FailureMechanism")),
    )
    watch = seen(graph, Watch("chain", ("any dopant", "void growth")))
    load_claims(
        graph.store, [say("CaO", "forms", "dense layer", kinds=("Dopant", "Interphase"), document="two")]
    )
    (change,) = changes(graph, watch)
    assert (change["change"], change["what"]) == (
        "new",
        "CaO —forms→ dense layer —suppresses→ void growth",
    )
    remove_document(graph.store, "two")
    remove_document(graph.store, "one")
    (change,) = changes(graph, watch)
    assert (change["change"], change["after"]) == ("gone", None)


def test_a_question_tells_of_new_answers(known, say):
    graph = known(say("ZnO", "suppresses", "lithium dendrite growth", kinds=KINDS))
    watch = seen(graph, Watch("question", ("What suppresses lithium dendrite growth?",)))
    load_claims(
        graph.store, [say("CaO", "suppresses", "lithium dendrite growth", kinds=KINDS, document="two")]
    )
    found = changes(graph, watch)
    assert {"CaO"} == {change["what"] for change in found if change["change"] == "new"}
    (told,) = (change for change in found if change["change"] == "changed")
    assert [because["why"] for because in told["because"]] == ["read from two"]


def test_a_question_that_is_not_understood_is_not_watched(known, say):
    graph = known(say("ZnO", "suppresses", "void growth", kinds=KINDS))
    with pytest.raises(WatchError, match="not understood"):
        check_watch(graph, Watch("question", ("How blorb is the frobnicator?",)))


@pytest.mark.parametrize(("kind", "asks"), [("question", ("a", "b")), ("chain", ("a",)), ("cell", ())])
def test_a_watch_needs_its_names(kind, asks):
    with pytest.raises(WatchError, match="is watched by"):
        Watch(kind, asks)


def test_watches_are_kept_in_the_store(known):
    store = known().store
    before = set(store)
    keep_watch(store, CELL)
    keep_watch(store, replace(CELL, on=DAY, seen={"parts": {}, "claims": {}}))
    assert stored_watches(store) == [replace(CELL, on=DAY, seen={"parts": {}, "claims": {}})]
    drop_watch(store, find_watch(store, CELL.id[:4]))
    assert set(store) == before
    with pytest.raises(WatchError, match="0 watches have ids that start with"):
        find_watch(store, CELL.id)
