"""Chains as a network: where things stand, and both sides of what is disputed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.web.library import Library
from app.web.network import Network, network
from app.web.server import create_app
from kg.claims_file import row_to_claim
from kg.store import load_claims, open_store

ROWS = [
    ("LiF-rich SEI", "Interphase", "suppresses", "lithium dendrite growth", "affirmed"),
    ("LiF-rich SEI", "Interphase", "suppresses", "lithium dendrite growth", "affirmed"),
    ("LiF-rich SEI", "Interphase", "suppresses", "lithium dendrite growth", "negated"),
    ("LiF-rich SEI", "Interphase", "promotes", "lithium dendrite growth", "affirmed"),
    ("LiI", "Dopant", "forms", "LiF-rich SEI", "affirmed"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("network") / "store"
    store = open_store(path)
    load_claims(
        store,
        [
            row_to_claim(
                {
                    "type": "relation",
                    "document": f"paper-{number}",
                    "subject": [subject],
                    "subject_type": kind,
                    "relation": relation,
                    "object": [target],
                    "object_type": "Interphase" if target == "LiF-rich SEI" else "FailureMechanism",
                    "polarity": polarity,
                    "quote": f"sentence {number} of {subject} and {target}",
                }
            )
            for number, (subject, kind, relation, target, polarity) in enumerate(ROWS)
        ],
    )
    store.flush()
    return path


@pytest.fixture(scope="module")
def drawn(store: Path) -> Network:
    library = Library(store)
    found = network(library.chains("LiI", "lithium dendrite growth"), library)
    assert found is not None
    return found


def test_causes_stand_left_of_effects_and_nothing_overlaps(drawn: Network) -> None:
    assert all(link.start.x < link.end.x for link in drawn.links)
    places = {(node.x, node.y) for node in drawn.nodes}
    assert len(places) == len(drawn.nodes) == 3
    assert all(x + drawn.box[0] <= drawn.width and y + drawn.box[1] <= drawn.height for x, y in places)


def test_a_disputed_step_has_the_claims_that_deny_it_and_that_say_the_contrary(drawn: Network) -> None:
    against = {(link.label, link.sign): {claim["document"] for claim in link.against} for link in drawn.links}
    suppresses = next(link for link in drawn.links if link.sign == -1)

    assert {claim["document"] for claim in suppresses.claims} == {"paper-0", "paper-1"}
    assert {claim["document"] for claim in suppresses.against} == {"paper-2", "paper-3"}
    assert against["forms", 1] == set()


def test_no_chains_make_no_network(store: Path) -> None:
    assert network([], Library(store)) is None


def test_the_page_shows_both_sides(store: Path) -> None:
    with TestClient(create_app(store)) as client:
        page = client.get("/chains", params={"from": "LiI", "to": "lithium dendrite growth"}).text

    assert re.search(r'<a class="link sign-1 disputed" href="#step-\d"', page)
    (sides,) = re.findall(r'aria-label="Against it">(.*?)</div></div>', page, re.DOTALL)[:1]
    assert "paper-2" in sides
    assert "paper-3" in sides
    assert "paper-0" not in sides
