"""What people say of claims and works holds at once, survives builds, travels, and can be taken back."""

import json
from dataclasses import replace

import pytest

from kg.assembly import assemble
from kg.correction import corrected
from kg.curate import find_claim, find_undoable, find_work, judge, merge, retract, undo
from kg.curated_file import curation_lines, read_curation
from kg.curated_rows import curated_rows
from kg.curation import Curation, CurationError, Retraction, Verdict, attach
from kg.curation_graph import stored_curation
from kg.graph import KnowledgeGraph
from kg.read import claims_as_read, retracted_claims, stored_claims
from kg.store import load_claims, memory_store, remove_document
from kg.vocabulary import CURATION_GRAPH, document_graph
from ontology.lexicon import load_lexicon
from tests.kg.exported import exported

EDGE = "ASK { id:lithium-iodide-layer lg:suppresses id:lithium-dendrite-growth }"


@pytest.fixture
def claims(make_relation, make_measurement, works):
    return [
        make_relation(),
        make_relation(start=400, certainty="hypothesised", primary=(works[0],), refs=(5,)),
        make_measurement(conditions={"temperature_C": 25.0}, primary=(works[1],), refs=(9,)),
    ]


@pytest.fixture
def store(claims):
    store = memory_store()
    load_claims(store, claims)
    return store


def verdict(store, claim, judgement="reject", changes=None, **record):
    found, _ = find_claim(store, claim.id)
    return Verdict(found, judgement, corrected(found, changes) if changes else None, **record)


def test_a_rejected_claim_is_gone_everywhere(store, claims):
    graph = KnowledgeGraph(store)
    assert graph.sparql(EDGE)
    judge(store, [verdict(store, claims[0]), verdict(store, claims[1])])
    graph = KnowledgeGraph(store)
    assert [claim.id for claim in graph.claims()] == [claims[2].id]
    assert len(graph.statements()) == 1
    assert not graph.sparql(EDGE)
    assert graph.sparql("SELECT DISTINCT ?c { ?c a lg:RelationClaim }") == []
    assert graph.neighbours("lithium dendrite growth") == []


def test_what_was_said_can_be_taken_back_without_a_trace(store, claims):
    before = set(store)
    said = [
        verdict(store, claims[0]),
        verdict(store, claims[1], "accept", by="A. Reader", on="2024-05-17", note="sure"),
        verdict(store, claims[2], "correct", {"value": "3.3e-3"}),
    ]
    judge(store, said)
    retract(store, [find_work(store, "10.1149/1.1379028")])
    assert len(find_undoable(store, [claims[0].id, "10.1149/1.1379028"]).verdicts) == 1
    curation = stored_curation(store)
    undo(store, verdicts=curation.verdicts, retractions=curation.retractions)
    assert set(store) == before


def test_an_accepted_claim_counts_as_read_by_a_person(make_relation):
    store = memory_store()
    claim = make_relation(confidence=0.5)
    claim = replace(claim, evidence=replace(claim.evidence, extractor="relations.verb"))
    load_claims(store, [claim])
    (before,) = KnowledgeGraph(store).statements()
    judge(store, [verdict(store, claim, "accept")])
    (after,) = KnowledgeGraph(store).statements()
    assert before.belief.value < after.belief.value == pytest.approx(0.7)
    assert after.claims[0].id == claim.id


def test_a_correction_takes_the_place_of_the_claim_in_the_canonical_unit(store, claims):
    changes = {
        "material": "Li7P3S11 | LPS ceramic",
        "value": "3.3",
        "unit": "mS/cm",
        "conditions.temperature_C": "",
        "conditions.method": "ball milling",
    }
    judge(store, [verdict(store, claims[2], "correct", changes)])
    (made,) = (claim for claim in stored_claims(store) if claim.is_measurement)
    assert (made.subject.names, made.subject.iri.rpartition("/")[2]) == (
        ("Li7P3S11", "LPS ceramic"),
        "Li7P3S11",
    )
    assert (made.quantity.value, made.quantity.unit) == (pytest.approx(3.3e-3), "S/cm")
    assert made.conditions == {"method": "ball milling"}
    assert made.evidence.quote == claims[2].evidence.quote
    assert [claim.id for claim in claims_as_read(store, "notes")] == [
        claim.id for claim in assemble(claims, lexicon=load_lexicon())
    ]


def test_the_id_of_a_correction_stands_for_what_was_corrected(store, claims):
    judge(store, [verdict(store, claims[0], "correct", {"polarity": "negated"})])
    made = next(claim for claim in stored_claims(store) if claim.polarity == "negated")
    again = verdict(store, made, "correct", {"certainty": "hypothesised"})
    assert again.claim.id == claims[0].id
    judge(store, [again])
    assert len(stored_curation(store).verdicts) == 1
    assert all(claim.polarity == "affirmed" for claim in stored_claims(store))


def test_a_correction_to_what_stands_there_already_adds_nothing(store, claims):
    judge(store, [verdict(store, claims[1], "correct", {"certainty": "asserted"})])
    assert len(list(stored_claims(store))) == 3
    twin = replace(claims[0], certainty="hypothesised")
    load_claims(store, [*claims, twin])
    judge(store, [verdict(store, twin, "correct", {"certainty": "asserted"})])
    ids = [claim.id for claim in stored_claims(store)]
    assert ids.count(claims[0].id) == 1
    undo(store, verdicts=stored_curation(store).verdicts)
    assert len(list(stored_claims(store))) == 4


@pytest.mark.parametrize("moved", [0, 37], ids=["in place", "moved"])
def test_verdicts_survive_a_build_that_reads_the_claims_again(store, claims, moved):
    judge(store, [verdict(store, claims[0]), verdict(store, claims[2], "correct", {"value": "5e-3"})])

    def move(claim):
        place = replace(
            claim.evidence,
            start=claim.evidence.start + moved,
            end=claim.evidence.end + moved,
            section="9" if moved else claim.evidence.section,
        )
        return replace(claim, evidence=place)

    load_claims(store, [*map(move, claims), move(replace(claims[1], polarity="negated"))])
    left = list(stored_claims(store))
    assert sorted(claim.quantity.value for claim in left if claim.quantity) == [5e-3]
    assert sorted(claim.polarity for claim in left if not claim.quantity) == ["affirmed", "negated"]
    assert not any(row["waiting"] for row in curated_rows(store))


def test_a_verdict_waits_for_a_claim_that_is_not_there(store, claims):
    said = verdict(store, claims[0])
    judge(store, [said])
    remove_document(store, "notes")
    assert [row["waiting"] for row in curated_rows(store)] == [True]
    load_claims(store, [replace(claims[0], polarity="negated"), *claims[1:]])
    assert [row["waiting"] for row in curated_rows(store)] == [True]
    load_claims(store, claims)
    assert [row["waiting"] for row in curated_rows(store)] == [False]
    assert claims[0].id not in {claim.id for claim in stored_claims(store)}


@pytest.mark.parametrize(
    ("quote", "fits"),
    [
        ("a layer of lithium iodide keeps dendrites away", True),
        ("keeps dendrites away", True),
        ("As was shown, a layer of lithium\niodide keeps dendrites away for long", True),
        ("dendrites stay away", False),
    ],
)
def test_a_verdict_finds_its_claim_by_content_and_quote(make_relation, quote, fits):
    judged = make_relation()
    other = make_relation(start=90, quote=quote)
    assert bool(attach([other], [Verdict(judged, "reject")])) is fits


def test_each_verdict_goes_to_one_claim_the_nearest(make_relation):
    judged = [make_relation(start=start) for start in (100, 500)]
    read_again = [make_relation(start=start) for start in (110, 520)]
    verdicts = [Verdict(claim, "reject", note=str(claim.evidence.start)) for claim in judged]
    found = attach(read_again, verdicts[1:])
    assert {claim: each.note for claim, each in found.items()} == {read_again[1].id: "500"}
    assert len(attach(read_again, verdicts)) == 2


def test_curating_first_and_building_first_end_alike(store, claims, tmp_path):
    judge(
        store,
        [verdict(store, claims[0]), verdict(store, claims[2], "correct", {"value": "1"})],
    )
    retract(store, [find_work(store, "10.1149/1.1379028")])
    file = tmp_path / "curated.jsonl"
    file.write_text("".join(curation_lines(stored_curation(store))), encoding="utf-8")
    other = memory_store()
    merge(other, read_curation(file))
    load_claims(other, claims)
    assert set(other) == set(store)


def test_of_two_verdicts_on_one_claim_the_later_counts(store, claims):
    early = verdict(store, claims[0], on="2024-01-01")
    late = verdict(store, claims[0], "accept", on="2024-06-01")
    judge(store, [late])
    assert merge(store, Curation((early,))) == Curation()
    assert [each.judgement for each in stored_curation(store).verdicts] == ["accept"]
    judge(store, [early])
    assert merge(store, Curation((late,))) == Curation((late,))
    assert merge(store, Curation((late,))) == Curation()


def test_the_curated_file_comes_back_as_it_was(store, claims, tmp_path):
    said = [
        verdict(store, claims[0], by="Zoë", on="2024-05-17", note="line\u2028two"),
        verdict(store, claims[1], "correct", {"object": "short circuit"}),
    ]
    curation = Curation(
        tuple(said), (Retraction("https://e.org/w", frozenset({"https://e.org/w"}), "W 1999"),)
    )
    file = tmp_path / "curated.jsonl"
    file.write_text("".join(curation_lines(curation)), encoding="utf-8")
    assert read_curation(file) == curation


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: Expecting"),
        ('{"judgement": "like"}', "judgement is 'like', expected one of accept, reject, correct"),
        ('{"judgement": "reject", "claim": {"type": "opinion"}}', "type is 'opinion'"),
        ('{"judgement": "reject"}', "'claim'; expected a verdict or a retraction"),
        ('{"retracts": "https://e.org/w", "keys": [], "on": "May"}', "the day is 'May', expected YYYY-MM-DD"),
    ],
)
def test_a_bad_line_of_the_curated_file_is_named(tmp_path, line, message):
    file = tmp_path / "curated.jsonl"
    file.write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(CurationError, match=message):
        read_curation(file)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"quote": "another"}, "'quote' cannot be corrected; expected one of material, context"),
        ({"object": "x"}, "'object' cannot be corrected"),
        ({"value": "many"}, "could not convert"),
        ({"polarity": "maybe"}, "polarity is 'maybe', expected one of affirmed, negated"),
        ({"material": " | "}, "expected a list of names"),
    ],
)
def test_a_correction_that_makes_no_claim_is_refused(make_measurement, changes, message):
    with pytest.raises(CurationError, match=message):
        corrected(make_measurement(), changes)


@pytest.mark.parametrize(
    ("start", "message"), [("nope", "no claim has that id"), ("", "3 claims' ids start so")]
)
def test_a_claim_that_cannot_be_told_is_refused(store, start, message):
    with pytest.raises(CurationError, match=message):
        find_claim(store, start)


def test_a_claim_is_found_by_the_start_of_its_id(store, claims):
    assert find_claim(store, claims[2].id[:8])[0].id == claims[2].id


# ---- retraction ----------------------------------------------------------------------------------------


def test_claims_of_a_retracted_work_alone_are_set_aside_and_shown(store, claims, works):
    retract(store, [find_work(store, "https://doi.org/10.1149/1.1379028")])
    graph = KnowledgeGraph(store)
    assert claims[1].id not in {claim.id for claim in graph.claims()}
    assert [claim.id for claim in retracted_claims(store)] == [claims[1].id]
    (statement,) = graph.statements(relation="suppresses")
    assert [claim.id for claim in statement.claims] == [claims[0].id]
    (shown,) = graph.statements(relation="suppresses", retracted=True)
    assert shown.belief.value == statement.belief.value
    assert "Kanno 2001, J. Electrochem. Soc., retracted: 0.00" in shown.belief.explain()
    assert graph.sparql("SELECT DISTINCT ?w { ?w a lg:RetractedWork }")


def test_a_claim_with_another_work_behind_it_still_counts_for_that(make_relation, works):
    store = memory_store()
    load_claims(store, [make_relation(primary=works, refs=(5, 9))])
    (before,) = KnowledgeGraph(store).statements()
    retract(store, [find_work(store, "10.1149/1.1379028")])
    (after,) = KnowledgeGraph(store).statements()
    assert (before.belief.value, after.belief.value) == (pytest.approx(0.91), pytest.approx(0.7))
    retract(store, [find_work(store, work) for work in works_behind_iris(store)])
    assert KnowledgeGraph(store).statements() == []
    (shown,) = KnowledgeGraph(store).statements(retracted=True)
    assert shown.belief.value == 0


def works_behind_iris(store):
    rows = KnowledgeGraph(store).sparql(
        "SELECT DISTINCT ?w { ?c a lg:RelationClaim ; prov:hadPrimarySource ?w }"
    )
    return [row["w"] for row in rows]


def test_a_retracted_work_is_known_under_all_its_spellings(make_relation, works):
    with_doi, _ = works
    without = replace(with_doi, doi="", journal="JES")
    store = memory_store()
    load_claims(store, [make_relation(primary=(with_doi,)), make_relation(document="b", primary=(without,))])
    retract(store, [find_work(store, "10.1149/1.1379028")])
    load_claims(store, [make_relation(document="c", primary=(without,))])
    assert list(stored_claims(store)) == []
    assert sorted(claim.evidence.document for claim in retracted_claims(store)) == ["b", "c", "notes"]


def test_a_correction_of_a_claim_of_a_retracted_work_is_kept_for_better_days(store, claims):
    judge(store, [verdict(store, claims[1], "correct", {"certainty": "asserted", "object": "short circuit"})])
    before = set(store)
    work = find_work(store, "10.1149/1.1379028")
    retract(store, [work])
    assert [claim.object.label for claim in retracted_claims(store)] == ["short circuit"]
    undo(store, retractions=[work])
    assert set(store) == before


def test_a_document_that_is_itself_retracted_counts_nothing(make_relation):
    store = memory_store()
    load_claims(store, [make_relation()])
    (row,) = KnowledgeGraph(store).sparql(
        "SELECT DISTINCT ?w { ?c a lg:RelationClaim ; prov:hadPrimarySource ?w }"
    )
    retract(store, [find_work(store, row["w"])])
    assert list(stored_claims(store)) == []


def test_a_doi_may_be_retracted_before_it_is_read(make_relation, works):
    store = memory_store()
    retract(store, [find_work(store, "10.1149/1.1379028")])
    assert [row["waiting"] for row in curated_rows(store)] == [True]
    load_claims(store, [make_relation(primary=(works[0],))])
    assert list(stored_claims(store)) == []


@pytest.mark.parametrize("work", ["Kanno 2001", "https://e.org/unknown", ""])
def test_a_work_that_cannot_be_told_is_refused(store, work):
    with pytest.raises(CurationError, match="expected a DOI or a work's IRI"):
        find_work(store, work)


def test_documents_and_curation_do_not_mix(store, claims):
    judge(store, [verdict(store, claims[0], by="A. Reader", on="2024-05-17", note="no")])
    said = list(store.quads_for_pattern(None, None, None, CURATION_GRAPH))
    assert all("2024" not in quad.subject.value for quad in said)
    remove_document(store, "notes")
    assert list(store.quads_for_pattern(None, None, None, CURATION_GRAPH)) == said
    assert not store.contains_named_graph(document_graph("notes"))


def test_the_exported_claims_are_those_that_count(store, claims):
    judge(store, [verdict(store, claims[0])])
    retract(store, [find_work(store, "10.1149/1.1379028")])
    assert [json.loads(line)["id"] for line in exported(store, "claims").splitlines()] == [claims[2].id]
