"""A verdict changes only what it bears on, and what it leaves is what a build of the whole document makes."""

from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg.curate
from kg.assembly import assemble
from kg.correction import corrected
from kg.curate import find_claim, find_work, judge, merge, retract, undo
from kg.curation import Verdict
from kg.curation_graph import stored_curation
from kg.model import Claim, Entity, OpenQuestion
from kg.store import replace_document
from kg.triples import DocumentInfo
from ontology.lexicon import load_lexicon
from tests.kg.conftest import HAYASHI, KANNO, measurement, relation

#: KANNO as another entry of the bibliography spells it: one work, two records.
KANNO_AGAIN = replace(KANNO, number=6, title="A crystalline conductor", as_written="Kanno et al.")

#: Claims that share things, names, sentences, works and records of works in every way that a document may.
POOL = [
    relation(),
    relation(start=90),
    relation(certainty="hypothesised"),
    relation(polarity="negated", start=90),
    relation("LiI layer", start=130, context=("LPSBr", "lithium metal")),
    relation(("lithium iodide layer", "LiI layer"), start=130, context=("Li6PS5Br",)),
    relation("lithium iodide layer", "promotes", "short circuit", start=160, primary=(KANNO,), refs=(5,)),
    relation("pressure", "promotes", "short circuit", start=160, primary=(KANNO, HAYASHI), refs=(5, 9)),
    relation("pressure", "promotes", "short circuit", start=180, primary=(KANNO_AGAIN,), refs=(6,)),
    relation("pressure", "promotes", "short circuit", start=190, refs=(41,)),
    measurement(("Li6PS5Br", "LPSBr"), conditions={"method": "ball milling", "temperature_C": 25.0}),
    measurement("LPSBr", 2e-3, start=230, conditions={"electrolyte": "LPSBr", "method": "hand grinding"}),
    measurement("Li6PS5Br pellet", 3e-3, start=260, conditions={"anode": "LiI layer"}, primary=(HAYASHI,)),
    measurement("argyrodite", 1.0, unit="mS/cm", start=290, primary=(KANNO,), refs=(5,)),
]
CHANGES = (
    {"certainty": "hypothesised"},
    {"polarity": "negated"},
    {"certainty": "asserted", "polarity": "affirmed"},
    {"subject": "LiI layer"},
    {"subject": "LPSBr"},
    {"object": "short circuit"},
    {"material": "LPSBr | bromide argyrodite"},
    {"value": "2e-3", "unit": "mS/cm"},
    {"conditions.method": ""},
    {"conditions.electrolyte": "LiI layer"},
)
INFO = DocumentInfo(
    title="Notes",
    own=replace(HAYASHI, number=None),
    open_questions=(
        OpenQuestion(
            "open_question",
            (Entity(("LiI layer",), "Interphase", "https://w3id.org/lithograph/id/lithium-iodide-layer"),),
            POOL[0].evidence,
        ),
    ),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["accept", "reject", "correct", "correct", "undo"]),
        st.integers(0, len(POOL) - 1),
        st.sampled_from(CHANGES),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(autouse=True)
def only_by_what_changes(monkeypatch):
    """Whoever judges may not make the graph of a document anew."""

    def refuse(*_, **__):
        raise AssertionError("the whole document was made anew")

    monkeypatch.setattr(kg.curate, "curated_quads", refuse)


def built(claims: list[Claim], info: DocumentInfo, *, retracted: bool) -> ox.Store:
    store = ox.Store()
    if retracted:
        retract(store, [find_work(store, KANNO.doi)])
    replace_document(store, "notes", claims, info=info)
    return store


def judged(store: ox.Store, name: str, claim: Claim, changes: dict[str, str]) -> None:
    if name == "undo":
        undo(store, verdicts=[each for each in stored_curation(store).verdicts if each.claim.id == claim.id])
        return
    found, _ = find_claim(store, claim.id)
    known = {"subject", "object"} if claim.object else {"material", "value", "unit"}
    fits = {
        key: text for key, text in changes.items() if "." in key or key in known | {"polarity", "certainty"}
    }
    correction = corrected(found, fits) if name == "correct" else None
    judge(store, [Verdict(found, name, correction)])


@given(
    taken=st.lists(st.booleans(), min_size=len(POOL), max_size=len(POOL)),
    steps=STEPS,
    info=st.sampled_from([DocumentInfo(), INFO]),
    retracted=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_verdicts_leave_what_a_build_makes(taken, steps, info, retracted):
    claims = assemble(
        [claim for claim, take in zip(POOL, taken, strict=True) if take] or POOL, lexicon=load_lexicon()
    )
    store = built(claims, info, retracted=retracted)
    for name, number, changes in steps:
        judged(store, name, claims[number % len(claims)], changes)
        fresh = ox.Store()
        merge(fresh, stored_curation(store))
        replace_document(fresh, "notes", claims, info=info)
        assert set(store) == set(fresh)
