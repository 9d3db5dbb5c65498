"""Chains as a network: where things stand, and both sides of what is disputed."""

from __future__ import annotations

import re
from operator import mul
from pathlib import Path
from typing import Any

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


def chain(*labels: str) -> dict[str, Any]:
    """A chain in JSON whose steps rest on nothing."""
    edge = {"label": "promotes", "relation": "promotes", "sign": 1, "belief": 0.5, "inverse": False}
    path = [{"iri": f"urn:{label}", "label": label} for label in labels]
    return {"path": path, "edges": [edge | {"claims": []}] * (len(path) - 1)}


@pytest.mark.parametrize(
    ("chains", "downwards"),
    [
        ([chain("a", "b", "c", "d", "e")], False),
        ([chain("a", "b", "c", "d", "e", "f", "g", "h"), chain("x", "c", "h")], True),
    ],
    ids=["short", "long"],
)
def test_a_network_fits_the_page_and_no_link_is_drawn_outside_or_along_a_thing_it_passes(
    store: Path, chains: list[dict[str, Any]], downwards: bool
) -> None:
    drawn = network(chains, Library(store))

    assert drawn is not None
    assert drawn.width <= 1016
    assert (len({node.y for node in drawn.nodes}) > len({node.x for node in drawn.nodes})) == downwards
    for link in drawn.links:
        points = curve(link.path)
        assert all(drawn.left <= x <= drawn.left + drawn.width for x, _ in points)
        assert all(drawn.top <= y <= drawn.top + drawn.height for _, y in points)
        for node in drawn.nodes:
            inside = [
                node.x < x < node.x + drawn.box[0] and node.y < y < node.y + drawn.box[1] for x, y in points
            ]
            assert node in (link.start, link.end) or sum(inside) < 8


def curve(path: str) -> list[tuple[float, float]]:
    """Forty points of a cubic Bézier curve."""
    numbers = [float(each) for each in re.findall(r"-?\d+", path)]
    found = []
    for t in (number / 39 for number in range(40)):
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        found.append((sum(map(mul, weights, numbers[::2])), sum(map(mul, weights, numbers[1::2]))))
    return found


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
