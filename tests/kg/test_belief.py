"""Belief counts independent papers, never mentions; denials count against it and hedges count less."""

from dataclasses import replace

import pytest

from kg.assembly import assemble
from kg.belief import reliability
from kg.model import Reference
from kg.statements import gather
from ontology.lexicon import load_lexicon


@pytest.fixture
def believe(make_relation):
    """The belief in one statement, from (paper, polarity, certainty, confidence) for each claim."""

    def make(*said):
        claims = [
            make_relation(
                start=start,
                primary=(Reference(authors=(paper,), year=2020, volume="1", page="1"),),
                polarity=polarity,
                certainty=certainty,
                confidence=confidence,
            )
            for start, (paper, polarity, certainty, confidence) in enumerate(said)
        ]
        (statement,) = gather(assemble(claims, lexicon=load_lexicon()))
        return statement.belief

    return make


YES, NO = "affirmed", "negated"
SURE, MAYBE = "asserted", "hypothesised"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([("A", YES, SURE, 1.0)], 0.7),
        ([("A", YES, SURE, 1.0)] * 1 + [("A", YES, MAYBE, 1.0)], 0.7),
        ([("A", YES, SURE, 1.0), ("B", YES, SURE, 1.0)], 1 - 0.3**2),
        ([("A", YES, MAYBE, 1.0)], 0.35),
        ([("A", YES, SURE, 0.5)], 0.35),
        ([("A", NO, SURE, 1.0)], 0.0),
        ([("A", YES, SURE, 1.0), ("B", NO, SURE, 1.0)], 0.7 * 0.3 / (1 - 0.49)),
        (
            [("A", YES, SURE, 1.0), ("B", YES, SURE, 1.0), ("C", YES, SURE, 1.0), ("D", NO, SURE, 1.0)],
            0.973 * 0.3 / (1 - 0.973 * 0.7),
        ),
        ([("A", YES, SURE, 1.0), ("B", NO, MAYBE, 1.0)], 0.7 * 0.65 / (1 - 0.7 * 0.35)),
    ],
)
def test_belief_follows_the_formula(believe, said, expected):
    assert believe(*said).value == pytest.approx(expected)


def test_mentions_of_one_paper_add_nothing_and_are_counted_in_the_explanation(believe):
    one, many = believe(("A", YES, SURE, 1.0)), believe(*[("A", YES, SURE, 1.0)] * 5)
    assert many.value == one.value
    assert "A 2020 (5 mentions): 0.70" in many.explain()


def test_belief_does_not_depend_on_the_order_of_claims(believe):
    said = [("A", YES, MAYBE, 0.3), ("A", YES, SURE, 0.2), ("B", NO, SURE, 0.9), ("C", YES, SURE, 1.0)]
    assert believe(*said) == believe(*said[::-1])


def test_the_last_line_of_an_explanation_is_the_belief(believe):
    belief = believe(("A", YES, SURE, 1.0), ("B", NO, SURE, 0.5))
    assert belief.explain().splitlines()[-1].endswith(f"= {belief.value:.3f}")


def test_two_reviews_that_cite_one_paper_are_one_paper(make_relation, works):
    kanno, hayashi = works
    reviews = [
        make_relation(document=name, primary=(replace(kanno, number=number),))
        for number, name in enumerate(("first review", "second review"))
    ]
    (statement,) = gather(assemble(reviews, lexicon=load_lexicon()))
    assert len(statement.claims) == 2
    assert statement.belief.value == pytest.approx(0.7)
    (statement,) = gather(
        assemble([*reviews, make_relation(document="third", primary=(hayashi,))], lexicon=load_lexicon())
    )
    assert statement.belief.value == pytest.approx(0.91)


def test_claims_that_say_the_same_in_other_words_are_one_statement(make_relation, make_measurement):
    claims = [
        make_relation(target="lithium dendrite growth"),
        make_relation(target="Li dendrite growth", start=50),
        make_relation(target="lithium dendrite growth", verb="promotes", start=60),
        make_measurement(value=0.00012),
        make_measurement(value=0.0001200001, start=300),
        make_measurement(value=0.00013, start=400),
    ]
    statements = gather(assemble(claims, lexicon=load_lexicon()))
    assert sorted(len(statement.claims) for statement in statements) == [1, 1, 2, 2]
    texts = [statement.text for statement in statements]
    assert "Li6PS5Br ionic conductivity 0.00012 S/cm" in texts
    assert "lithium iodide layer promotes lithium dendrite growth" in texts


def test_an_extractor_counts_as_far_as_it_was_right_and_the_explanation_says_so(make_relation):
    claim = make_relation(confidence=0.5, certainty="hypothesised")
    claim = replace(claim, evidence=replace(claim.evidence, extractor="relations.verb"))
    (statement,) = gather(assemble([claim], lexicon=load_lexicon()))
    reading = reliability("relations.verb") * 0.5
    assert statement.belief.value == pytest.approx(0.7 * reading * 0.5)
    assert f"0.70 × {reading:.2f} (reading) × 0.50 (hedged)" in statement.belief.explain()


@pytest.mark.parametrize(
    ("extractor", "as_for"),
    [("relations.of_a_kind_yet_to_come", "relations"), ("curated", ""), ("another program", "")],
)
def test_an_extractor_that_was_not_judged_counts_as_its_family_and_a_person_in_full(extractor, as_for):
    assert reliability(extractor) == reliability(as_for)
    assert reliability("") == 1.0
    assert 0 < reliability("relations") < 1


@pytest.mark.parametrize(
    ("affirming", "denying", "expected"),
    [(60, 60, 0.5), (61, 60, 1 / 1.3), (60, 61, 0.3 / 1.3), (3000, 1, 1.0), (1, 3000, 0.0)],
)
def test_very_many_papers_on_both_sides_leave_a_belief(believe, affirming, denying, expected):
    said = [(f"A{number}", YES, SURE, 1.0) for number in range(affirming)]
    said += [(f"B{number}", NO, SURE, 1.0) for number in range(denying)]
    assert believe(*said).value == pytest.approx(expected)
