"""How many works must stand behind an answer, and of which years."""

from __future__ import annotations

import pytest

from ontology.lexicon import local_name
from queries.answer import ask, open_for_questions, read_forms
from queries.render import render
from queries.select import make_rows, select


def work(year, by):
    return {"primary": [{"authors": [by], "year": year, "volume": "1", "page": str(year)}]}


@pytest.fixture
def store(say, measure, known):
    return known(
        measure("Li6PS5Cl", 0.002, **work(2008, "A. Able")),
        measure("Li6PS5Cl", 0.002, document="other", **work(2019, "B. Baker")),
        measure("Li6PS5Cl", 0.004, **work(2020, "C. Cook")),
        measure("Li6PS5Br", 0.001, **work(2014, "D. Dyer")),
        measure("Li6PS5Br", 0.0009, document="other", **work(2014, "D. Dyer")),
        measure("Li3PS4", 0.0003, **work(2016, "E. Eager")),
        say("LiI", "suppresses", "dendrite growth", year=2012, by="F. Fox"),
        say("LiI", "suppresses", "dendrite growth", year=2018, by="G. Gray", document="other"),
        say("LiF", "suppresses", "dendrite growth", year=2018, by="G. Gray"),
        say("Li3PS4", "doped_with", "Sb", year=2015),
        say("Li6PS5Cl", "used_as", "solid electrolyte", year=2008, by="A. Able"),
        say("Li6PS5Cl", "synthesized_by", "ball milling", year=2013),
        say("Li6PS5Br", "synthesized_by", "ball milling", year=2011),
        say("Li3PS4", "doped_with", "Si", year=2019),
        say("Li6PS5Cl", "has_structure", "argyrodite", year=2008, by="A. Able"),
    ).store


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Which materials have an ionic conductivity reported by at least two papers?", ["Li6PS5Cl"]),
        ("materials whose ionic conductivity is reported in more than one paper", ["Li6PS5Cl"]),
        (
            "Which materials have a conductivity confirmed by several independent studies?",
            ["Li6PS5Cl"],
        ),
        ("Which argyrodites are reported by at least 3 works?", ["Li6PS5Cl"]),
        ("What suppresses dendrite growth according to at least two works?", ["LiI"]),
        ("Which materials have an ionic conductivity reported by only one paper?", ["Li3PS4", "Li6PS5Br"]),
        ("ionic conductivity of Li6PS5Cl since 2018", ["Li6PS5Cl", "Li6PS5Cl"]),
        ("Which materials have an ionic conductivity reported before 2015?", ["Li6PS5Br", "Li6PS5Cl"]),
        ("ionic conductivities reported in 2016", ["Li3PS4"]),
        (
            "Which materials have a conductivity reported in the last five years?",
            ["Li3PS4", "Li6PS5Cl"],
        ),
        ("What suppresses dendrite growth since 2017?", ["LiF", "LiI"]),
        ("Since 2017, what suppresses dendrite growth?", ["LiF", "LiI"]),
        ("What was found to suppress dendrite growth before 2015?", ["LiI"]),
        ("What suppressed dendrite growth between 2010 and 2015?", ["LiI"]),
        ("What suppressed dendrite growth from 2010 to 2015?", ["LiI"]),
        ("Which dopants were used in Li3PS4 before 2018?", ["antimony"]),
        ("Which solid electrolytes were reported since 2018?", ["Li3PS4", "Li6PS5Cl"]),
        ("Which materials were made by ball milling before 2012?", ["Li6PS5Br"]),
        ("Which materials were ball milled since 2013?", ["Li6PS5Cl"]),
        ("ionic conductivities over the past decade above 0.95 mS/cm", ["Li6PS5Br", "Li6PS5Cl"]),
    ],
)
def test_lists_keep_to_the_number_and_the_years_of_works(question, labels, store) -> None:
    answer = ask(question, store)
    assert (answer.status, sorted(row.label for row in answer.answers)) == ("answered", labels)


def test_a_value_must_be_reported_that_often_itself(store) -> None:
    answer = ask("ionic conductivities of Li6PS5Cl reported by at least two papers", store)
    assert [(row.label, row.value) for row in answer.answers] == [("Li6PS5Cl", 0.002)]
    assert "Only values reported by at least 2 primary works count" in answer.interpretation


def test_values_of_whatever_thing_are_values(store) -> None:
    answer = ask("Which ionic conductivities are reported by at least two papers?", store)
    assert [(row.label, row.value) for row in answer.answers] == [("Li6PS5Cl", 0.002)]


def test_things_are_counted_by_works_too(store) -> None:
    assert ask("How many materials have a conductivity reported by at least two papers?", store).count == 1


def test_where_too_few_works_report_it_the_answer_says_so(store) -> None:
    answer = ask("Which materials have an ionic conductivity reported by at least four papers?", store)
    assert (answer.status, answer.answers) == ("no_answer", ())
    assert "at least 4 primary works" in answer.reason


@pytest.mark.parametrize(
    "question",
    [
        "Which material has the highest ionic conductivity reported by at least two papers?",
        "mean ionic conductivity of Li6PS5Cl reported by more than one paper",
        "Does LiI suppress dendrite growth according to at least two papers?",
    ],
)
def test_a_number_of_works_limits_nothing_else(question, store) -> None:
    answer = ask(question, store)
    assert (answer.status, answer.answers, answer.boolean) == ("not_understood", (), None)
    assert "number of works" in answer.reason


def test_the_last_years_are_those_up_to_the_newest_work(store, measure, known) -> None:
    assert "since 2016" in ask("ionic conductivities in the last five years", store).interpretation
    undated = known(measure("Li6PS5Cl", 0.002)).store
    answer = ask("ionic conductivities in the last five years", undated)
    assert (answer.status, answer.answers) == ("not_understood", ())
    assert "knows the year of no work" in answer.reason


@pytest.mark.parametrize(
    "question",
    [
        "Which materials have an ionic conductivity reported by at least two papers?",
        "ionic conductivities of Li6PS5Cl reported by more than one paper",
        "Which materials have an ionic conductivity reported by only one paper?",
        "What suppresses dendrite growth according to exactly two works?",
    ],
)
def test_the_query_that_is_shown_finds_the_same(question, store) -> None:
    opened = open_for_questions(store)
    form, *_ = read_forms(question, opened)
    found = make_rows(
        select(form, opened.columns, lexicon=opened.lexicon), opened.columns, lexicon=opened.lexicon
    )
    query = render(form, lexicon=opened.lexicon)
    asked = store.query(query, use_default_graph_as_union=True)
    told = {(local_name(each["thing"].value), local_name(each["claim"].value)) for each in asked}
    assert told
    assert {local_name(row.thing) for row in found} == {thing for thing, _ in told}
    assert len({row.claim for row in found}) == len({claim for _, claim in told})


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("How many ionic conductivities are reported for Li6PS5Cl?", 2),
        ("How many conductivity values are known for Li3PS4?", 1),
        ("How many materials have a reported ionic conductivity?", 3),
        ("How many papers report the ionic conductivity of Li6PS5Cl?", 3),
    ],
)
def test_what_is_counted_is_what_the_question_counts(question, count, store) -> None:
    answer = ask(question, store)
    assert answer.count == count
    assert answer.text.startswith(f"{count} (counted here)")


def test_means_and_medians_are_marked_as_computed(store) -> None:
    assert "(computed here)" in ask("median ionic conductivity of Li6PS5Cl", store).text
    assert "computed" not in ask("highest ionic conductivity of Li6PS5Cl", store).text
