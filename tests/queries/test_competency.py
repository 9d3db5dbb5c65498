"""The competency questions over the bundled corpus: each gives what a reader of the notes expects."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from rdflib.plugins.sparql import prepareQuery

from app.build import build
from app.sources import find_sources
from corpus import NOTES
from extract.abbreviations import Abbreviations
from extract.mentions import find_mentions
from extract.nlp import parse_texts
from extract.readers import SUFFIXES
from kg.curate import find_work, judge, retract
from kg.curation import Verdict
from kg.infer import infer, write_inferred
from kg.read import stored_claims
from kg.store import memory_store
from kg.vocabulary import ONTOLOGY_GRAPH, PREFIXES
from ontology.axioms import load_graph
from ontology.lexicon import TERMS, Lexicon, load_lexicon, read_lexicon
from ontology.modules import ontology_files
from queries.competency import CompetencyQuestion, competency_questions

ANSWERS = yaml.safe_load(Path(__file__).with_name("competency_answers.yaml").read_text("utf-8"))
QUESTIONS = {each.name: each for each in competency_questions()}

each_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The corpus as `lithograph build` and `lithograph reason` leave it."""
    made = memory_store()
    build(find_sources([NOTES], suffixes=SUFFIXES), made)
    write_inferred(made, infer(made))
    return made


def _rows(store: ox.Store, question: CompetencyQuestion) -> list[str]:
    found = store.query(question.sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
    if isinstance(found, ox.QueryTriples):
        return [" ".join(map(_cell, (each.subject, each.predicate, each.object))) for each in found]
    assert isinstance(found, ox.QuerySolutions)
    return [" | ".join(map(_cell, row)) for row in found]


def _cell(term: object) -> str:
    """A literal as it is, an IRI by its last part."""
    if isinstance(term, ox.NamedNode):
        return re.split("[#/]", term.value)[-1]
    return term.value if isinstance(term, ox.Literal) else ""


def test_there_are_forty_at_least_and_each_has_answers() -> None:
    assert len(QUESTIONS) >= 40
    assert list(ANSWERS) == list(QUESTIONS)


@each_question
def test_the_corpus_answers(store: ox.Store, question: CompetencyQuestion) -> None:
    found, expected = _rows(store, question), ANSWERS[question.name]
    assert len(found) == len(set(found))
    if "rows" in expected:
        assert sorted(found) == sorted(expected["rows"])
    else:
        assert not set(expected["among"]) - set(found)
        assert len(found) > len(expected["among"])
    assert not set(expected.get("lacks", ())) & set(found)


@each_question
def test_a_question_is_plain_words_and_standard_sparql(question: CompetencyQuestion) -> None:
    assert question.question.endswith("?") or question.question.startswith("All ")
    assert not re.search(r"[?_:]\w", question.question)
    assert max(map(len, question.sparql.splitlines())) <= 120
    prepareQuery(question.sparql, initNs=PREFIXES)


@each_question
def test_a_triple_in_two_graphs_counts_once(question: CompetencyQuestion) -> None:
    """Graphs of documents repeat what they share: rows are distinct, and so is whatever is counted."""
    select = re.search(r"\bSELECT\b(.*?)\bWHERE\b", question.sparql, re.DOTALL)
    if select and "DISTINCT" not in select[1].split("(")[0]:
        assert "GROUP BY" in question.sparql
        assert all("DISTINCT" in each for each in re.findall(r"COUNT\s*\(([^)]*)\)", select[1]))


@each_question
def test_claims_are_joined_and_never_bare_statements(question: CompetencyQuestion) -> None:
    """What is denied or only supposed has a claim and no bare triple, and an inferred triple has no claim."""
    relations = {relation.iri for relation in load_lexicon().relations.values()}
    used = _predicates(prepareQuery(question.sparql, initNs=PREFIXES).algebra)
    assert used
    assert not {iri for iri in relations for path in used if path.endswith(iri) or f"{iri}>" in path}


def _predicates(part: object) -> set[str]:
    """The predicates and paths of all patterns in the algebra of a query."""
    if isinstance(part, list | tuple):
        return set().union(*map(_predicates, part))
    if not isinstance(part, dict):
        return set()
    parts = dict(part)
    found = {str(predicate) for _, predicate, _ in parts.pop("triples", ())}
    parts.pop("template", None)
    return found | _predicates(list(parts.values()))


def test_the_chains_from_dopants_to_dendrites_are_among_them(store: ox.Store) -> None:
    chains = [each for name, each in QUESTIONS.items() if "-chain-" in name]
    assert len(chains) == 5
    assert all(_rows(store, each) for each in chains)


def test_things_of_one_composition_meet_and_stay_two(store: ox.Store) -> None:
    (pair,) = [
        row for row in _rows(store, QUESTIONS["15-one-composition-two-names"]) if "75Li2S-25P2S5" in row
    ][:1]
    assert "Li3PS4" in pair
    assert not list(store.quads_for_pattern(None, ox.NamedNode(str(rdflib.OWL.sameAs)), None, None))


def test_verdicts_and_retractions_are_found() -> None:
    store = memory_store()
    build(find_sources([NOTES / "interfaces-lgps-on-lithium.md"], suffixes=SUFFIXES), store)
    claim = next(each for each in stored_claims(store) if each.evidence.primary)
    judge(store, [Verdict(claim, "accept", by="A. Reader")])
    (verdict,) = _rows(store, QUESTIONS["73-verdicts"])
    assert verdict.startswith("accept | interfaces-lgps-on-lithium | ")
    assert verdict.endswith(claim.id)

    doi = next(each.doi for each in claim.evidence.primary if each.doi)
    retract(store, [find_work(store, doi)])
    rows = _rows(store, QUESTIONS["74-retractions"])
    assert rows
    assert all(row.startswith(doi.split("/")[-1]) for row in rows)


def test_every_class_and_relation_is_reached(store: ox.Store) -> None:
    """By the extractor (it finds a name of each term in a text), by the corpus' graph, or by a question."""
    lexicon, graph = load_lexicon(), load_graph()
    kinds = (rdflib.OWL.Class, rdflib.OWL.ObjectProperty, rdflib.OWL.DatatypeProperty)
    declared = {str(term) for kind in kinds for term in graph.subjects(rdflib.RDF.type, kind)}
    own = {term for term in declared if term.startswith(TERMS)}
    reached = _mentioned(lexicon)
    for quad in store:
        if quad.graph_name != ONTOLOGY_GRAPH:
            reached |= {
                part.value for part in (quad.predicate, quad.object) if isinstance(part, ox.NamedNode)
            }
    reached |= {TERMS + name for each in QUESTIONS.values() for name in re.findall(r"lg:(\w+)", each.sparql)}
    for each in QUESTIONS.values():
        reached |= {TERMS + cell for row in _rows(store, each) for cell in row.split(" | ")}
    assert not sorted(own - reached)


def _mentioned(lexicon: Lexicon) -> set[str]:
    """The terms that the extractor finds where a sentence speaks of them by one of their names."""
    found: set[str] = set()
    for sentence in ("They studied {}.", "The {} was of interest."):
        for at in range(max(len(term.names) for term in lexicon.terms.values())):
            left = [term for iri, term in lexicon.terms.items() if iri not in found and at < len(term.names)]
            texts = [sentence.format(term.names[at]) for term in left]
            for term, doc in zip(left, parse_texts(texts), strict=True):
                mentions = find_mentions(doc, lexicon=lexicon, abbreviations=Abbreviations({}))
                found |= {term.iri for mention in mentions if term in mention.terms}
    return found


def test_a_term_that_no_text_can_speak_of_is_an_orphan(tmp_path: Path) -> None:
    """The test above can fail: a name of signs alone is none."""
    hidden = tmp_path / "hidden.ttl"
    hidden.write_text(
        f"@prefix lg: <{TERMS}> . @prefix owl: <{rdflib.OWL}> . @prefix rdfs: <{rdflib.RDFS}> . "
        f"@prefix skos: <{rdflib.SKOS}> . lg:Nameless a owl:Class ; rdfs:subClassOf lg:Material ; "
        'skos:prefLabel "— ?"@en .',
        "utf-8",
    )
    core = next(file for file in ontology_files() if file.stem == "core")
    lexicon = read_lexicon([core, hidden])
    assert set(lexicon.terms) - _mentioned(lexicon) == {TERMS + "Nameless"}
