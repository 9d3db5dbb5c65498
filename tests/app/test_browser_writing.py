"""Adding a paper and judging its claims in a real browser, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kg.claims_file import row_to_claim
from kg.store import load_claims, open_store

TOKEN = "a token of some length"
PAPER = """# A small study

## Results

The ionic conductivity of Li6PS5Cl is 3.2 mS/cm at 25 °C. Chlorine doping increases the ionic conductivity.
"""
ROW = {
    "type": "relation",
    "document": "note",
    "subject": ["LiF"],
    "subject_type": "Material",
    "relation": "suppresses",
    "object": ["lithium dendrite growth"],
    "object_type": "FailureMechanism",
    "quote": "LiF keeps dendrites back",
}
#: Milliseconds: the language model is loaded, and the machine may have other work.
PATIENCE = 180_000


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Any]) -> Iterator[str]:
    path = tmp_path_factory.mktemp("writing") / "store"
    store = open_store(path)
    load_claims(store, [row_to_claim(ROW)])
    store.flush()
    del store
    with serve(path, token=TOKEN) as url:
        yield url


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request: pytest.FixtureRequest, browser: Browser, url: str) -> Iterator[Page]:
    """A page of somebody who has signed in."""
    context = browser.new_context(base_url=url, java_script_enabled=request.param)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Add papers").click()
    page.get_by_role("link", name="sign in", exact=True).click()
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    yield page
    context.close()


def test_a_paper_is_added_watched_and_read(page: Page, tmp_path: Path) -> None:
    (tmp_path / "study.md").write_text(PAPER)
    page.locator("input[type=file]").set_input_files(tmp_path / "study.md")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("h1")).to_have_text("study.md")
    expect(page.get_by_text("It is in the graph")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Read it with its claims").click()

    expect(page.locator("h1")).to_have_text("A small study")
    expect(page.locator("a.said").first).to_be_visible()


def test_a_claim_is_rejected_and_taken_back(page: Page) -> None:
    page.goto("/document/note")
    page.get_by_role("button", name="Reject").first.click()
    expect(page.get_by_text("rejected:")).to_be_visible()
    expect(page.locator("[id^=claim-]")).to_have_count(0)
    page.get_by_role("button", name="Take back").click()

    expect(page.locator("[id^=claim-]")).to_have_count(1)


def test_a_claim_is_corrected_and_taken_back(page: Page) -> None:
    page.goto("/document/note")
    page.get_by_role("link", name="claim", exact=True).click()
    page.locator("summary", has_text="Correct it").click()
    page.get_by_label("Who says so").fill("A reader")
    page.get_by_label("subject", exact=True).fill("Li3N")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.get_by_text(re.compile("Corrected by A reader"))).to_be_visible()
    expect(page.locator("p.answer")).to_contain_text("Li3N")
    page.get_by_role("button", name="Take back").click()

    expect(page.locator("p.answer")).to_contain_text("LiF")


@pytest.mark.parametrize("page", [True], ids=["scripts"], indirect=True)
@pytest.mark.parametrize("address", ["/papers", "/document/note", "claim", "/sign-in"])
def test_pages_of_those_who_may_write_are_accessible(page: Page, address: str) -> None:
    page.goto("/document/note" if address == "claim" else address)
    if address == "claim":
        page.get_by_role("link", name="claim", exact=True).click()
        page.locator("summary", has_text="Correct it").click()
    page.set_viewport_size({"width": 390, "height": 900})

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
