"""The read-back of a question: each part can be changed, and a changed reading has an address."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

ABOVE = "Which electrolytes have an ionic conductivity above 10 mS/cm?"


def ask(demo: TestClient, question: str, **changes: str) -> Any:
    return demo.get(f"/?{urlencode({'q': question} | {k.replace('__', '.'): v for k, v in changes.items()})}")


def fields(page: str) -> dict[str, str]:
    """The parts in the form of a page, by name."""
    (form,) = re.findall(r'<form action="/" method="get" aria-label="Change.*?</form>', page, re.DOTALL)
    found = dict(re.findall(r'<input name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        found[name] = re.findall(r'value="([^"]*)" selected', options)[0]
    return found


def test_the_parts_of_a_question_are_shown_as_it_was_understood(demo: TestClient) -> None:
    found = fields(ask(demo, ABOVE).text)

    assert found["things"] == "electrolyte"
    assert found["fact.property"] == "ionic_conductivity"
    assert (found["fact.operator.0"], found["fact.value.0"]) == ("&gt;", "10 mS/cm")


@pytest.mark.parametrize(
    ("question", "changes", "told"),
    [
        (ABOVE, {"fact.value.0": "0.02"}, "above 0.02 S/cm"),
        (ABOVE, {"fact.value.0": "12 mS/cm"}, "above 12 mS/cm"),
        (ABOVE, {"fact.value.0": "2 S/m"}, "above 2 S/m"),
        (ABOVE, {"fact.value.0": ""}, "electrolytes with a reported ionic conductivity"),
        (ABOVE, {"fact.operator.0": "<"}, "below 10 mS/cm"),
        ("What suppresses lithium dendrites?", {"group.0.relation": "promotes"}, "promote"),
        (ABOVE, {"things": "argyrodites"}, "argyrodites with"),
        (ABOVE, {"fact.property": "activation_energy"}, "a reported activation energy"),
        ("What suppresses lithium dendrites?", {"group.0.other": "H2S generation"}, "sulfide evolution"),
        ("What is the ionic conductivity of Li6PS5Cl?", {"things": "Li7P3S11"}, "conductivity of Li7P3S11"),
        ("What is the highest ionic conductivity of an argyrodite?", {"rank": "lowest"}, "lowest"),
    ],
)
def test_a_changed_part_changes_the_reading_and_the_answer(
    demo: TestClient, question: str, changes: dict[str, str], told: str
) -> None:
    before = ask(demo, question).text
    page = demo.get(f"/?{urlencode({'q': question} | changes)}").text

    (reading,) = re.findall(r"understood as</span> (.*?)</p>", page)
    assert told in reading
    assert "Changed from the question" in page
    assert table(page) != table(before)


def table(page: str) -> list[str]:
    return re.findall(r"<table class=\"answers\">.*?</table>", page, re.DOTALL)


def test_a_condition_that_nobody_asked_for_can_be_dropped(demo: TestClient) -> None:
    question = "What is the ionic conductivity of Li6PS5Cl?"
    page = ask(demo, question)
    assert fields(page.text)["fact.condition.0"] == "keep"

    free = demo.get(f"/?{urlencode({'q': question, 'fact.condition.0': 'any'})}").text

    assert "room temperature" in page.text
    assert "(room temperature)" not in free


def test_the_address_holds_only_what_was_changed(demo: TestClient) -> None:
    sent = {name: value.replace("&gt;", ">") for name, value in fields(ask(demo, ABOVE).text).items()}
    same = demo.get(f"/?{urlencode({'q': ABOVE} | sent)}")
    other = demo.get(f"/?{urlencode({'q': ABOVE} | sent | {'group.0.value.0': '0.02'})}")

    assert same.status_code == other.status_code == 303
    assert same.headers["location"] == f"/?{urlencode({'q': ABOVE})}"
    assert other.headers["location"] == f"/?{urlencode({'q': ABOVE, 'group.0.value.0': '0.02'})}"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"fact.value.0": "much"}, "is no number"),
        ({"fact.value.0": "20 MPa"}, "with a unit of its kind"),
        ({"fact.operator.0": "~~"}, "is no comparison"),
        ({"fact.property": "beauty"}, "is no measured property"),
        ({"things": "unobtainium crystals"}, "unobtainium"),
        ({"group.7.value.0": "1"}, "no part"),
        ({"<script>alert(1)</script>": "1"}, "no part"),
    ],
)
def test_a_part_that_cannot_be_changed_so_is_named(
    demo: TestClient, changes: dict[str, str], told: str
) -> None:
    answer = demo.get(f"/?{urlencode({'q': ABOVE} | changes)}")

    assert answer.status_code == 200
    assert told in answer.text
    assert "<script>alert" not in answer.text


def turns(page: str) -> list[str]:
    """The questions of the conversation that a page shows."""
    shown = re.findall(r'<nav class="turns".*?</nav>', page, re.DOTALL)
    return re.findall(r"<li>(?:<[^>]+>)+([^<]+)<", shown[0]) if shown else []


@pytest.mark.parametrize(
    ("question", "follow_up", "told"),
    [
        ("Which electrolytes have an ionic conductivity above 10 mS/cm?", "only argyrodites", "argyrodites"),
        ("What is the ionic conductivity of Li6PS5Cl?", "and of Li7P3S11?", "conductivity of Li7P3S11"),
        ("How is Li6PS5Cl synthesised?", "and Li3PS4?", "Li3PS4"),
    ],
)
def test_a_follow_up_goes_on_from_the_question_before_and_has_an_address(
    demo: TestClient, question: str, follow_up: str, told: str
) -> None:
    page = demo.get(f"/?{urlencode([('q', question), ('then', follow_up)])}")

    (reading,) = re.findall(r"understood as</span> (.*?)</p>", page.text)
    assert page.status_code == 200
    assert told in reading
    assert turns(page.text) == [question, follow_up]


def test_the_rows_of_an_answer_are_sorted_by_a_follow_up(demo: TestClient) -> None:
    def labels(*then: str) -> list[str]:
        text = demo.get(f"/?{urlencode([('q', ABOVE), *(('then', each) for each in then)])}").text
        return re.findall(r'<td><a href="/id/[^"]+">([^<]+)</a></td>', text)

    by_name = labels("sort by name")

    assert by_name == sorted(labels(), key=str.casefold)
    assert labels("sort by name", "sort by name descending") == by_name[::-1]


def test_a_follow_up_goes_on_from_a_reading_that_was_changed(demo: TestClient) -> None:
    asked = [("q", ABOVE), ("fact.value.0", "20 mS/cm"), ("then", "only argyrodites")]
    page = demo.get(f"/?{urlencode(asked)}").text

    (reading,) = re.findall(r"understood as</span> (.*?)</p>", page)
    assert "argyrodites" in reading
    assert "20 mS/cm" in reading
    # The forms of the page keep all that was asked before, in its order.
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    assert hidden[:3] == asked


def test_a_follow_up_that_follows_nothing_is_told_so_and_a_conversation_has_an_end(demo: TestClient) -> None:
    lost = demo.get("/?then=only+argyrodites").text
    alone = demo.get("/?q=only+argyrodites").text
    long = demo.get(f"/?{urlencode([('q', ABOVE), *[('then', 'sort by name')] * 20])}").text

    assert "For instance" in lost
    assert "no question before this one" in alone
    assert len(turns(long)) == 8
    assert "Go on from this answer" not in long


def test_the_api_takes_follow_ups_too(demo: TestClient) -> None:
    asked = [("q", ABOVE), ("then", "only argyrodites"), ("then", "sort by name")]
    answer = demo.get(f"/api/v1/ask?{urlencode(asked)}").json()

    assert answer["question"] == "sort by name"
    assert "argyrodites" in answer["interpretation"]


def test_the_works_behind_each_row_stand_in_the_table_and_belief_is_said_once(demo: TestClient) -> None:
    page = ask(demo, "What suppresses lithium dendrite growth?").text
    (answers,) = re.findall(r'aria-label="Answers".*?</table>', page, re.DOTALL)

    works = re.findall(r'<td class="works">([^<]*)', answers)
    assert len(works) > 3
    assert any(re.search(r"\b(19|20)\d\d\b", each) for each in works)
    assert "belief <meter" not in answers
