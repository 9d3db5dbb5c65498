"""The pages in a real browser: each main interaction, nothing loaded from elsewhere, no error, no barrier.

Playwright drives Debian's Chromium; without one on this machine the tests are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

DESK, PHONE = (1280, "light"), (390, "dark")
#: Every page in a state that shows all its parts.
PAGES = {
    "ask": "/",
    "answer": "/?q=What suppresses lithium dendrite growth?",
    "answer with chart": "/?q=Which electrolytes have an ionic conductivity above 10 mS/cm?",
    "follow-up": "/?q=Which electrolytes have an ionic conductivity above 10 mS/cm?&then=only argyrodites",
    "unknown name": "/chains?from=lithium dendrit grow",
    "classes": "/gaps?rows=interphase&columns=failure mechanism&row_level=1&column_level=1",
    "refusal": "/?q=What is the price of gold?",
    "chains": "/chains?from=dopant&to=lithium dendrite growth",
    "matrix": "/gaps?rows=dopant&columns=failure mechanism&row=LiI&column=lithium dendrite growth",
    "bridges": "/gaps?kind=bridges",
    "analogies": "/gaps?kind=analogies",
    "contradictions": "/gaps?kind=contradictions",
    "open questions": "/gaps?kind=open-questions",
    "thin evidence": "/gaps?kind=thin",
    "properties": "/properties",
    "property": "/properties/ionic_conductivity",
    "thing": "/id/Li6PS5Cl",
    "document": "/document/failure-compatibility-paradox",
    "document without its text": "/document/interfaces-iodide-additions",
    "papers": "/papers",
    "sign in": "/sign-in",
    "query": "/query?query=SELECT * { ?s a lg:Dopant } LIMIT 20",
    "bad query": "/query?query=SELECT WHERE",
    "ontology": "/ontology",
    "term": "/ontology/ArgyroditeElectrolyte",
    "relation": "/ontology/suppresses",
    "about": "/about",
    "missing": "/nothing",
}


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, demo_url: str) -> Iterator[Page]:
    """A page that may load nothing from elsewhere and must not report an error."""
    width, scheme = getattr(request, "param", DESK)
    context = browser.new_context(
        base_url=demo_url,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("request", lambda each: _note_foreign(each.url, demo_url, faults))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: _note_error(message, faults))
    yield page
    context.close()
    assert faults == []


def _note_foreign(url: str, own: str, faults: list[str]) -> None:
    if not url.startswith((own, "data:", "blob:")):
        faults.append(f"asked for {url}")


def _note_error(message: Any, faults: list[str]) -> None:
    """Errors and warnings of scripts; that a page has the status it should have is none."""
    if (
        message.type in ("error", "warning")
        and "the server responded with a status of 40" not in message.text
    ):
        faults.append(message.text)


def wait_for_charts(page: Page) -> None:
    for figure in page.locator("figure.chart").all():
        expect(figure).to_have_attribute("data-drawn", "yes", timeout=20_000)


@pytest.mark.parametrize("page", [DESK, PHONE], ids=["desk", "phone"], indirect=True)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits_the_screen(page: Page, name: str) -> None:
    page.goto(PAGES[name])
    wait_for_charts(page)

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    expect(page.locator("h1")).to_have_count(1)


def test_a_question_is_asked_and_its_sentences_are_marked(page: Page) -> None:
    page.goto("/")
    page.get_by_label("A question in plain English").fill("What suppresses lithium dendrite growth?")
    page.get_by_role("button", name="Ask").click()

    expect(page.get_by_text("understood as")).to_be_visible()
    expect(page.locator("blockquote mark").first).to_be_visible()
    expect(page).to_have_url(re.compile("q=What"))
    page.locator("td a", has_text="claim").first.click()
    assert page.locator("blockquote:target, h1").count() >= 1
    page.go_back()
    expect(page.get_by_label("A question in plain English")).to_have_value(re.compile("suppresses"))


def test_the_query_behind_an_answer_opens_in_the_query_page(page: Page) -> None:
    page.goto(PAGES["answer"])
    page.get_by_text("The query that was run").click()
    page.get_by_role("link", name="Open it in the query page").click()

    expect(page.get_by_role("heading", name="Result")).to_be_visible()


def test_a_mark_of_a_chart_leads_to_its_sentence(page: Page) -> None:
    page.goto(PAGES["property"])
    wait_for_charts(page)
    page.locator("#by-year .plotly").first.scroll_into_view_if_needed()
    page.evaluate(
        """() => document.querySelector("#by-year .plot").emit("plotly_click", {
            points: [{customdata: document.querySelector("#by-year .plot").data[0].customdata[0]}]})"""
    )

    expect(page).to_have_url(re.compile("#claim-"))
    expect(page.locator("tr:target blockquote")).to_be_visible()


def test_values_are_grouped_otherwise(page: Page) -> None:
    page.goto(PAGES["property"])
    page.get_by_label("Grouped by").select_option("method")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_text("Values by method")).to_be_visible()
    wait_for_charts(page)


def test_a_chain_shows_the_sentences_of_its_steps(page: Page) -> None:
    page.goto("/chains")
    page.get_by_label("From").fill("LiF")
    page.get_by_role("button", name="Trace").click()
    wait_for_charts(page)
    page.locator("#chain-1 summary").first.click()

    expect(page.locator("#chain-1 blockquote").first).to_be_visible()


def test_a_link_of_the_network_shows_the_sentences_of_its_step(page: Page) -> None:
    page.goto(PAGES["chains"])
    expect(page.locator(".steps article").first).to_be_hidden()
    page.locator("svg.network a.link[aria-label*=' suppresses ']").first.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"#step-\d+"))
    expect(page.locator(".steps article:target blockquote").first).to_be_visible()


def test_a_link_that_no_claim_states_says_what_is_granted(page: Page) -> None:
    page.goto(PAGES["chains"])
    page.locator("svg.network a.link[aria-label*=' is a part of ']").first.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".steps article:target")).to_contain_text("its name says so")


def test_marked_words_of_a_document_lead_to_their_claim(page: Page) -> None:
    page.goto(PAGES["document"])
    page.locator("a.said").first.click()

    expect(page.locator(".beside li:target")).to_be_visible()


def test_a_part_of_the_reading_is_changed(page: Page) -> None:
    page.goto(PAGES["answer with chart"])
    page.get_by_text("Change how it is understood").click()
    page.get_by_label("value (empty: any)").fill("20 mS/cm")
    page.get_by_role("button", name="Ask again").click()

    expect(page.get_by_text("above 20 mS/cm")).to_be_visible()
    expect(page).to_have_url(re.compile(r"value.0=20\+mS%2Fcm$"))
    wait_for_charts(page)


@pytest.mark.parametrize("page", [DESK, PHONE], ids=["desk", "phone"], indirect=True)
def test_no_name_in_the_chart_of_flows_lies_on_another_or_is_cut_off(page: Page) -> None:
    page.goto(PAGES["chains"])
    wait_for_charts(page)

    names = [each.bounding_box() for each in page.locator(".sankey .node-label").all()]
    (drawing,) = [each.bounding_box() for each in page.locator("figure.chart .main-svg").all()[:1]]
    boxes = [box for box in names if box]
    assert drawing is not None
    assert len(boxes) > 5
    assert all(box["x"] + box["width"] <= drawing["x"] + drawing["width"] for box in boxes)
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
            down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
            assert across < 1 or down < 1


def test_the_network_is_on_the_page_as_a_whole(page: Page) -> None:
    page.goto(PAGES["chains"])

    region = page.get_by_role("region", name="Network of chains")
    assert region.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_a_flow_of_the_chart_leads_to_its_chain(page: Page) -> None:
    page.goto(PAGES["chains"])
    wait_for_charts(page)
    page.locator(".sankey-link").first.dispatch_event("click")

    expect(page).to_have_url(re.compile("#chain-"))


def test_a_cell_of_the_matrix_opens_its_evidence(page: Page) -> None:
    page.goto("/gaps")
    page.locator("table.matrix td a").first.click()

    expect(page.locator("#cell blockquote").first).to_be_visible()


def test_other_classes_make_another_matrix(page: Page) -> None:
    page.goto("/gaps")
    page.get_by_label("Rows").fill("interphase")
    page.get_by_label("Each row is").select_option("1")
    page.get_by_role("button", name="Show").click()

    expect(page).to_have_title(re.compile("interphase × failure mechanism"))
    expect(page.locator("table.matrix")).to_be_visible()


def test_a_query_runs_by_keyboard_and_names_its_faults(page: Page) -> None:
    page.goto("/query")
    editor = page.get_by_role("textbox", name="Query")
    editor.fill("SELECT ?s { ?s a lg:Measurement } LIMIT 4")
    editor.press("Control+Enter")
    expect(page.get_by_text("4 rows")).to_be_visible()
    page.get_by_role("textbox", name="Query").fill("SELECT ?s {")
    page.get_by_role("button", name="Run").click()

    expect(page.get_by_role("alert")).to_contain_text("line 1")


def test_a_competency_question_is_an_example_that_runs(page: Page) -> None:
    page.goto("/query")
    page.get_by_role("link", name="Which claims are denied, and by whom?").click()

    expect(page.locator("table tbody tr").first).to_be_visible()


def test_a_result_is_downloaded(page: Page) -> None:
    page.goto(PAGES["query"])
    with page.expect_response(re.compile("format=csv")) as answer:
        page.evaluate("fetch(document.querySelector('a[href*=\"format=csv\"]').href)")

    assert answer.value.headers["content-type"].startswith("text/csv")


def test_a_thing_is_found_by_name_from_every_page(page: Page) -> None:
    page.goto("/about")
    page.get_by_label("Name of a thing").fill("LGPS")
    page.get_by_label("Name of a thing").press("Enter")

    expect(page.locator("h1")).to_have_text("Li10GeP2S12")


def test_a_claim_leads_to_its_place_in_the_document_and_back_to_its_things(page: Page) -> None:
    page.goto("/id/Li6PS5Cl")
    page.locator("blockquote footer a", has_text="claim").first.click()
    expect(page.locator("h1")).to_have_text("A claim")
    page.locator("blockquote footer a").first.click()

    expect(page.locator("tr:target")).to_be_visible()


def test_the_ontology_unfolds(page: Page) -> None:
    page.goto("/ontology")
    page.locator("summary", has_text=re.compile("^material")).click()
    page.get_by_role("link", name="All about material").click()

    expect(page.get_by_role("heading", name="Things in this graph")).to_be_visible()


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/about")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_pages_work_without_scripts(browser: Browser, demo_url: str) -> None:
    context = browser.new_context(base_url=demo_url, java_script_enabled=False)
    page = context.new_page()
    page.goto(PAGES["property"])
    expect(page.locator("tr[id^=claim-]").first).to_be_visible()
    page.goto(PAGES["chains"])
    expect(page.locator("#chain-1")).to_be_visible()
    page.goto("/query?query=ASK {}")
    expect(page.get_by_text("Yes", exact=True)).to_be_visible()
    context.close()


def test_a_conversation_goes_on_without_scripts(browser: Browser, demo_url: str) -> None:
    context = browser.new_context(base_url=demo_url, java_script_enabled=False)
    page = context.new_page()
    page.goto(PAGES["answer with chart"])
    page.get_by_role("searchbox", name="Go on from this answer").fill("only argyrodites")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="sort by name").click()

    conversation = page.get_by_role("navigation", name="This conversation")
    told = conversation.get_by_role("listitem").all_text_contents()
    assert told[1:] == ["only argyrodites", "sort by name"]
    expect(page.locator("p.reading")).to_contain_text("argyrodites")
    conversation.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"\?q=[^&]+$"))
    context.close()


def test_paper_shows_the_answer_without_the_controls(browser: Browser, demo_url: str) -> None:
    context = browser.new_context(base_url=demo_url)
    page = context.new_page()
    page.goto(PAGES["answer"])
    page.emulate_media(media="print")

    expect(page.locator("body > header")).to_be_hidden()
    expect(page.locator("blockquote").first).to_be_visible()
    context.close()
