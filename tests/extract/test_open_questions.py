"""Sentences in which a paper says that something is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.open_questions import find_open_questions, load_cues, match_cue, sentences, topics
from extract.readers import read_document
from ontology.lexicon import load_lexicon

_CUES = load_cues().cues


@pytest.mark.parametrize("cue", _CUES, ids=lambda cue: f"{cue.kind}: {cue.example[:40]}")
def test_each_cue_finds_its_example_and_no_cue_before_it_does(cue):
    assert match_cue(cue.example, cue.next_example) is cue


def test_all_kinds_have_cues():
    assert {cue.kind for cue in _CUES} == {"open_question", "unmet_target", "contradiction", "missing_data"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The pellet was pressed at 300 MPa and cut into discs.",
        "The film prevents the development of cracks.",
        "Sodium sits on sites that share faces with large bottlenecks.",
        "The authors declare no conflict of interest.",
        "In this section, we discuss the challenges that remain.",
        "The capacity is higher than that of the bare powder.",
        "The stiffness of the lattice is an important factor to consider.",
        "The film is widely regarded as cheap.",
        "The discrepancy between the two meters was resolved by cleaning the contacts.",
    ],
)
def test_what_only_sounds_like_an_open_question_is_left_out(sentence):
    assert match_cue(sentence, "It was then dried.") is None


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The wetting hasn't been studied so far.", "missing_data"),
        ("How the film ages isn’t clear.", "open_question"),
    ],
)
def test_shortened_negations_are_read(sentence, kind):
    assert match_cue(sentence).kind == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It holds (Fig. 2). It breaks at 3.5 MPa.", ["It holds (Fig. 2).", "It breaks at 3.5 MPa."]),
        ("Ann et al. saw it. β-Li3PS4 did not.", ["Ann et al. saw it.", "β-Li3PS4 did not."]),
        ("A. Ann made it", ["A. Ann made it"]),
        ("Why so? Nobody knows.", ["Why so?", "Nobody knows."]),
        ("", []),
    ],
)
def test_sentences_end_where_they_do(text, expected):
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_topics_are_formulas_and_terms_with_the_general_ones_last():
    found = topics("In humid air the ionic conductivity of Li6PS5Cl is unknown.", lexicon=load_lexicon())
    labels = [topic.label for topic in found]
    assert labels[:2] == ["ionic conductivity", "Li6PS5Cl"]
    assert [topic.kind for topic in found][-1] == "Environment"
    assert all(topic.iri for topic in found)


@pytest.fixture
def read(tmp_path: Path):
    """The open questions of a text of several sections."""

    def read(**sections: str):
        body = "".join(f"## {title.replace('_', ' ')}\n\n{text}\n\n" for title, text in sections.items())
        file = tmp_path / "paper.md"
        works = "- [1] A. Ann, J. Exp. 2001, 1, 1.\n- [2] B. Bee, J. Exp. 2002, 2, 2.\n"
        file.write_text(f"# A title of the paper\n\n{body}## References\n\n{works}", encoding="utf-8")
        document = read_document(file)
        return document, find_open_questions(document)

    return read


def test_a_question_keeps_its_words_place_citation_and_topics(read):
    document, (question,) = read(
        Results="The salt melts early.[1] Why Li6PS5Cl turns grey is still unclear.[2] It is pressed cold."
    )
    evidence = question.evidence
    assert question.kind == "open_question"
    assert document.text[evidence.start : evidence.end] == evidence.quote
    assert evidence.quote.startswith("Why Li6PS5Cl turns grey is still unclear")
    assert (evidence.document, evidence.section, evidence.refs) == ("paper", "Results", (2,))
    assert evidence.primary[0].year == 2002
    assert [topic.label for topic in question.topics] == ["Li6PS5Cl"]


def test_a_belief_and_what_was_found_against_it_are_one_contradiction(read):
    _, questions = read(
        Results="Thick films are believed to stop cracks. However, they guide them. They are grey."
    )
    (question,) = questions
    assert question.kind == "contradiction"
    assert question.evidence.quote.endswith("they guide them.")


def test_back_matter_and_captions_are_left_out(read):
    _, questions = read(
        Results="The film is thin.\n\nFigure 1. Films whose origin is still unclear.",
        Acknowledgements="How to thank all is still unclear.",
    )
    assert questions == []


def test_a_document_without_open_questions_has_none(read):
    _, questions = read(Results="The film is thin and grey.")
    assert questions == []


@pytest.mark.slow
def test_questions_of_a_real_review_are_found(shared: Path):
    document = read_document(shared / "documents" / "wu2020-sulfide-assb-review.md")
    found = find_open_questions(document)
    assert 40 <= len(found) <= 90
    for question in found:
        evidence = question.evidence
        assert document.text[evidence.start : evidence.end] == evidence.quote


def test_a_formula_joined_to_a_word_is_no_material_of_its_own():
    found = topics("Why Li-rich and Li3PS4-based films crack is unclear.", lexicon=load_lexicon())
    assert "lithium metal" not in [topic.label for topic in found]


def test_a_sentence_that_names_nothing_speaks_of_what_stands_before_it(read):
    _, (question,) = read(Results="We pressed Li6PS5Cl. More careful work is urgently needed.")
    assert [topic.label for topic in question.topics] == ["Li6PS5Cl"]
