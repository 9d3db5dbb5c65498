"""Parsed passages: true text, whole tokens, sentences, and the analysis behind the stand-ins."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Token

from extract.nlp import load_model, parse, parse_texts
from extract.passages import passages
from extract.readers import read_document


def _doc(text: str) -> Doc:
    return next(parse_texts([text]))


def _token(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The Li6PS5(Cl, Br) and Li10-xSnP2S12 phases form.", ["Li6PS5(Cl, Br)", "Li10-xSnP2S12"]),
        ("We mixed 70Li2S-30P2S5 with rGO@S here.", ["70Li2S-30P2S5", "rGO@S"]),
        ("The LRMO|SE contact of Li/LGPS/Li cells fails.", ["LRMO|SE", "Li/LGPS/Li"]),
        ("It has 1.7×10^-2 S cm^-1 or ~248 mAh g^-1.", ["1.7×10^-2", "S cm^-1", "~248", "mAh g^-1"]),
        ("From 10^-5–10^-4 S cm^-1 at 25 °C vs. Li/Li+.", ["10^-5–10^-4", "25", "°C", "vs.", "Li/Li+"]),
        ("Growth of N-Doped Carbon and Co-Doped ZnO", ["N", "Doped", "Co", "ZnO"]),
        ("As Figs. 2a,b and ref. 4 show, it grows.", ["Figs.", "2a,b", "ref."]),
    ],
)
def test_names_numbers_and_units_are_single_tokens(text: str, whole: list[str]) -> None:
    tokens = [token.text for token in _doc(text)]
    assert [part for part in whole if part not in tokens] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ann et al. made it. It works (see Fig. 2). Fine.", 3),
        ("At ca. 5 V vs. Li it fails, i.e. it breaks, e.g. here.", 1),
        ("It bonds Mn and S. In air it reacts.", 2),
        ("It has 2 S cm^-1. β-Li3PS4 has less. Li2S has none.", 3),
        ("Is it fast? It is. (It was.) Then it ended.", 4),
    ],
)
def test_sentences_end_at_full_stops_and_not_at_abbreviations(text: str, count: int) -> None:
    assert len(list(_doc(text).sents)) == count


def test_the_analysis_is_that_of_the_stand_in() -> None:
    doc = _doc("Li7P3S11 (a glass) decomposes to Li2S, Li3P and LiI.")
    verb = _token(doc, "decomposes")
    assert (verb.pos_, verb.lemma_, verb.dep_) == ("VERB", "decompose", "ROOT")
    assert _token(doc, "Li7P3S11").head == verb
    assert _token(doc, "Li7P3S11").dep_ == "nsubj"
    assert _token(doc, "Li2S").dep_ == "pobj"
    assert {_token(doc, name).dep_ for name in ("Li3P", "LiI")} == {"conj"}
    assert _token(doc, "Li2S").lemma_ == "Li2S"


@pytest.mark.parametrize("subject", ["Slow diffusion", "The high stack pressure", "Fluorine doping"])
@pytest.mark.parametrize(
    "verb", ["promotes", "shortens", "stimulates", "forms more", "triggers", "amplifies"]
)
def test_a_verb_behind_two_nouns_is_no_noun(subject: str, verb: str) -> None:
    token = _token(_doc(f"{subject} {verb} cracks at the interface."), verb.split(maxsplit=1)[0])
    assert (token.pos_, token.dep_, [child.dep_ for child in token.children if child.dep_ == "nsubj"]) == (
        "VERB",
        "ROOT",
        ["nsubj"],
    )


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Narrow windows facilitate side reactions.", "facilitate"),
        ("The high stack pressure reduced the resistance.", "reduced"),
        ("LiF may further facilitate ion transport.", "facilitate"),
    ],
)
def test_verbs_without_an_ending_or_in_the_past_are_verbs(text: str, verb: str) -> None:
    token = _token(_doc(text), verb)
    assert (token.pos_, token.dep_) == ("VERB", "ROOT")


def test_brackets_depend_on_the_word_before() -> None:
    doc = _doc("The electrolyte (Li6PS5Cl) suppresses dendrites (Fig. 3).")
    assert (_token(doc, "Li6PS5Cl").head.text, _token(doc, "Li6PS5Cl").dep_) == ("electrolyte", "appos")
    assert _token(doc, "suppresses").head == _token(doc, "suppresses")
    assert [
        token.text for token in _token(doc, "suppresses").children if token.dep_ in ("nsubj", "dobj")
    ] == [
        "electrolyte",
        "dendrites",
    ]
    assert len(list(doc.sents)) == 1


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("The Li3PS4 electrolyte suppresses the growth.", "suppresses", "electrolyte"),
        ("In contrast, Li6PS5Cl reacts with the metal.", "reacts", "Li6PS5Cl"),
        ("The coating results in failure.", "results", "coating"),
        ("Air contact leads to decay.", "leads", "contact"),
        ("The S-LRMO|LICF interface exhibits low resistance.", "exhibits", "interface"),
    ],
)
def test_rare_verbs_are_verbs(text: str, verb: str, subject: str) -> None:
    doc = _doc(text)
    assert _token(doc, verb).pos_ == "VERB"
    assert [token.text for token in _token(doc, verb).children if token.dep_ == "nsubj"] == [subject]


def test_results_as_a_noun_stay_a_noun() -> None:
    assert _token(_doc("The results in air are the best."), "results").pos_ == "NOUN"


_WORDS = [
    "Li2S",
    "(",
    ")",
    "the",
    "glass",
    "forms",
    "1.7×10^-2",
    "S cm^-1",
    ".",
    ",",
    "et al.",
    "S.",
    "~5",
    "[x]",
]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join))
def test_the_text_comes_back_exactly(text: str) -> None:
    doc = _doc(text)
    assert doc.text == text
    assert all(token.sent.start <= token.head.i < token.sent.end for token in doc)


def test_a_real_paper_comes_back_exactly(shared: Path) -> None:
    found = passages(read_document(shared / "documents" / "angew2023_sulfur_assb_operando.md"))
    docs = list(parse(found))
    assert [doc.text for doc in docs] == [passage.text for passage in found]
    assert "ner" not in load_model().pipe_names
    for doc in docs:
        assert all(len([token for token in sent if token.head == token]) == 1 for sent in doc.sents)
