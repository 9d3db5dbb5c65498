"""Papers that are uploaded and claims that are judged: with the token only, and seen by everybody at once."""

from __future__ import annotations

import asyncio
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from app.web.access import COOKIE, Access, TokenError
from app.web.desk import Desk
from app.web.library import Library
from app.web.server import create_app
from app.web.snapshots import Snapshots
from app.web.uploads import MOST_BYTES
from kg.claims_file import row_to_claim
from kg.curate import judge
from kg.curation import Judgement, Verdict
from kg.store import load_claims, open_store, remove_document

TOKEN = "a token of some length"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PAPER = """# A small study

## Results

The ionic conductivity of Li6PS5Cl is 3.2 mS/cm at 25 °C. Chlorine doping increases the ionic conductivity.
"""
ROW = {
    "type": "measurement",
    "document": "note",
    "material": ["Li6PS5Cl"],
    "property": "ionic_conductivity",
    "value": 0.002,
    "unit": "S/cm",
    "quote": "2 mS/cm for Li6PS5Cl",
}
PATIENCE = 180


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return made(tmp_path)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client for what changes nothing."""
    app = create_app(made(tmp_path_factory.mktemp("untouched")), token=TOKEN)
    with TestClient(app, follow_redirects=False) as client:
        yield client


def made(folder: Path) -> Path:
    path = folder / "some.db"
    store = open_store(path)
    load_claims(store, [row_to_claim(ROW)])
    store.flush()
    return path


@pytest.fixture
def client(store: Path) -> Iterator[TestClient]:
    with TestClient(create_app(store, token=TOKEN), follow_redirects=False) as client:
        yield client


def claim_of(client: TestClient) -> dict[str, Any]:
    (row,) = client.get("/api/v1/documents/note/claims").json()
    return dict(row)


def sign_in(client: TestClient) -> str:
    """Sign in; the key of the forms shown then."""
    assert client.post("/sign-in", data={"token": TOKEN}).status_code == 303
    found = re.search(r'name="form_key" value="([^"]+)"', client.get("/papers").text)
    assert found
    return found[1]


def outcome(client: TestClient, upload: str) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = client.get(f"/api/v1/papers/{upload}", headers=BEARER).json()
        if found["done"]:
            return dict(found)
        time.sleep(0.1)
    raise AssertionError("the paper was not read")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/papers?name=a.md", PAPER),
        ("GET", "/api/v1/papers/x", None),
        ("POST", "/api/v1/claims/x/verdict", '{"judgement": "reject"}'),
        ("POST", "/papers", "form_key="),
        ("POST", "/claims/x/verdict", "judgement=reject"),
        ("POST", "/sign-out", ""),
    ],
)
@pytest.mark.parametrize("given", ["", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN[:-1]}"])
def test_nothing_is_written_without_the_token(
    untouched: TestClient, method: str, path: str, body: str | None, given: str
) -> None:
    headers = {"Authorization": given} if given else {}
    answer = untouched.request(method, path, content=body, headers=headers)

    assert answer.status_code == 401
    assert claim_of(untouched)


def test_a_server_without_a_token_lets_nobody_write(store: Path) -> None:
    with TestClient(create_app(store), follow_redirects=False) as client:
        assert (
            client.post("/api/v1/papers?name=a.md", headers={"Authorization": "Bearer "}).status_code == 403
        )
        assert client.post("/sign-in", data={"token": ""}).status_code == 401
        assert "only reads" in client.get("/papers").text
        assert "/papers" not in client.get("/").text


def test_a_token_that_can_be_guessed_is_not_taken() -> None:
    with pytest.raises(TokenError, match="expected 16"):
        Access("secret")


def test_a_form_of_another_site_or_of_another_session_does_nothing(client: TestClient) -> None:
    key, claim = sign_in(client), claim_of(client)["id"]
    address, form = f"/claims/{claim}/verdict", {"judgement": "reject", "form_key": key}

    assert client.post(address, data=form | {"form_key": "x"}).status_code == 403
    assert client.post(address, data=form, headers={"Origin": "http://elsewhere"}).status_code == 403
    assert client.post(address, data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert claim_of(client)["id"] == claim
    assert client.post(address, data=form, headers={"Origin": "http://testserver"}).status_code == 303


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts_and_other_sites(untouched: TestClient) -> None:
    cookie = untouched.post("/sign-in", data={"token": TOKEN}).headers["set-cookie"].lower()

    assert cookie.startswith(f"{COOKIE}=")
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie


def test_signing_out_ends_the_session(client: TestClient) -> None:
    key = sign_in(client)
    client.post("/sign-out", data={"form_key": key})

    assert client.post("/papers", data={"form_key": key}).status_code == 401


def test_a_claim_is_rejected_taken_back_corrected_and_accepted(client: TestClient) -> None:
    claim = claim_of(client)["id"]

    def judge(claim: str, **verdict: Any) -> str:
        answer = client.post(f"/api/v1/claims/{claim}/verdict", json=verdict, headers=BEARER)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["claim"])

    judge(claim, judgement="reject", by="A reader")
    assert client.get("/api/v1/documents/note/claims").json() == []
    judge(claim, judgement="undo")
    corrected = judge(claim, judgement="correct", changes={"value": "0.0023"}, note="misread")
    row = claim_of(client)
    assert (row["id"], row["value"]) == (corrected, 0.0023)
    assert "misread" in client.get(f"/id/claim/{corrected}").text
    judge(corrected, judgement="undo")
    judge(claim, judgement="accept")
    assert claim_of(client)["extractor"] == "curated"
    found = client.get("/sparql", params={"query": "SELECT ?v { ?c lg:value ?v }", "format": "csv"}).text
    assert "0.002" in found


def test_after_a_change_the_server_has_what_one_made_anew_would_have(store: Path) -> None:
    rows = [
        ROW | {"document": name, "value": value} for name, value in (("a", 0.001), ("b", 0.003), ("c", 0.004))
    ]
    load_claims(opened := open_store(store), map(row_to_claim, rows))
    del opened
    snapshots = Snapshots(store)
    library = Library(snapshots.take())
    library.warm()
    (claim,) = library.claims("b")

    def work(store: ox.Store) -> None:
        judge(store, [Verdict(claim, "reject", by="somebody", on="2026-01-01")])
        load_claims(store, [row_to_claim(ROW | {"document": "d"})])
        remove_document(store, "c")

    _, copy = snapshots.change(work)
    library.renew(copy)

    fresh = Library(copy)
    assert set(library.documents) == {"note", "a", "b", "d"}
    assert library.graph.claims() == fresh.graph.claims()
    assert library.claim(claim.id) is None
    assert library.properties == fresh.properties
    assert library.ask("What is the ionic conductivity of Li6PS5Cl?") == fresh.ask(
        "What is the ionic conductivity of Li6PS5Cl?"
    )
    snapshots.close()


def test_a_change_is_done_though_its_snapshot_was_replaced_before_all_was_read(store: Path) -> None:
    class Overtaken(Library):
        def warm(self) -> None:
            raise FileNotFoundError("the files of a snapshot that a later change replaced")

    class Workers:
        def renew(self, _: Path) -> None:
            """No query runs here."""

    async def change() -> str:
        desk = Desk(snapshots, Overtaken(snapshots.take()), Workers())  # type: ignore[arg-type]
        done = await desk.write(lambda _: ("done", None))
        await desk.stop()
        return done

    snapshots = Snapshots(store)
    assert asyncio.run(change()) == "done"
    snapshots.close()


@pytest.mark.parametrize("judgement", ["accept", "reject", "correct"])
def test_after_a_verdict_the_claims_are_those_of_the_store(store: Path, judgement: Judgement) -> None:
    rows = [ROW | {"value": value, "start": 10 * place} for place, value in enumerate((0.001, 0.003, 0.004))]
    load_claims(opened := open_store(store), map(row_to_claim, rows))
    del opened
    snapshots = Snapshots(store)
    library = Library(snapshots.take())
    library.warm()
    claim = library.graph.claims()[1]
    correction = replace(claim, certainty="hypothesised") if judgement == "correct" else None
    claims, copy = snapshots.change(lambda opened: judge(opened, [Verdict(claim, judgement, correction)]))
    library.renew(copy, claims=claims)

    fresh = Library(copy)
    assert claims >= {claim.id}
    assert library.graph.claims() == fresh.graph.claims()
    snapshots.close()


def test_claims_are_judged_by_plain_forms(client: TestClient) -> None:
    key, claim = sign_in(client), claim_of(client)["id"]
    page = client.get(f"/id/claim/{claim}").text
    fields = dict(re.findall(r'name="set:([^"]+)" value="([^"]*)"', page))
    assert fields["value"] == "0.002"
    form = {"form_key": key, "judgement": "correct", "by": "me"}
    for name, text in fields.items():
        form |= {f"set:{name}": text, f"was:{name}": text}

    unchanged = client.post(f"/claims/{claim}/verdict", data=form)
    changed = client.post(f"/claims/{claim}/verdict", data=form | {"set:value": "0.005", "document": "note"})

    assert unchanged.status_code == 404
    assert "nothing was changed" in unchanged.text
    assert changed.headers["location"] == f"/document/note#claim-{claim_of(client)['id']}"
    assert claim_of(client)["value"] == 0.005
    assert "corrected" in client.get("/document/note").text


@pytest.mark.parametrize(
    ("claim", "verdict", "status"),
    [
        ("nothing", {"judgement": "reject"}, 404),
        ("", {"judgement": "correct", "changes": {}}, 404),
        ("", {"judgement": "correct", "changes": {"quote": "other words"}}, 404),
        ("", {"judgement": "destroy"}, 422),
    ],
)
def test_a_wrong_verdict_is_explained(
    untouched: TestClient, claim: str, verdict: dict[str, Any], status: int
) -> None:
    address = f"/api/v1/claims/{claim or claim_of(untouched)['id']}/verdict"
    answer = untouched.post(address, json=verdict, headers=BEARER)

    assert answer.status_code == status
    assert answer.json()["detail"]


def test_while_another_process_writes_it_is_said_so(client: TestClient, store: Path) -> None:
    claim = claim_of(client)["id"]
    other = open_store(store)
    answer = client.post(f"/api/v1/claims/{claim}/verdict", json={"judgement": "reject"}, headers=BEARER)
    del other

    assert answer.status_code == 409
    assert "another process" in answer.json()["detail"]
    again = client.post(f"/api/v1/claims/{claim}/verdict", json={"judgement": "reject"}, headers=BEARER)
    assert again.status_code == 200


def test_a_paper_is_read_and_shown_with_its_claims_beside_its_words(client: TestClient, store: Path) -> None:
    key = sign_in(client)
    answer = client.post("/papers", data={"form_key": key}, files={"paper": ("../My study.md", PAPER)})
    assert answer.status_code == 303
    page = client.get(answer.headers["location"])
    assert "My-study.md" in page.text
    found = outcome(client, answer.headers["location"].rpartition("/")[2])

    assert (found["problem"], found["document"]) == ("", "my-study")
    assert found["claims"] >= 1
    assert (store.with_name("some.db.papers") / "My-study.md").read_text() == PAPER
    document = client.get("/document/my-study").text
    assert '<a class="said" href="#claim-' in document
    assert "A small study" in document
    asked = client.get("/api/v1/ask", params={"q": "What is the ionic conductivity of Li6PS5Cl?"}).json()
    assert 0.0032 in [row["value"] for row in asked["answers"]]


def test_a_paper_whose_file_was_changed_is_shown_by_its_quotes_only(client: TestClient, store: Path) -> None:
    upload = client.post("/api/v1/papers?name=study.md", content=PAPER, headers=BEARER).json()
    assert outcome(client, upload["id"])["problem"] == ""
    file = store.with_name("some.db.papers") / "study.md"
    file.write_text("Other words. " + PAPER)

    page = client.get("/document/study").text

    assert "The text is not shown" in page
    assert "Other words" not in page
    assert "3.2 mS/cm" in page


@pytest.mark.parametrize(
    ("name", "content", "status", "told"),
    [
        ("tool.exe", b"MZ", 415, "not a type"),
        ("claims.jsonl", b"{}", 415, "not a type"),
        ("empty.md", b" \n", 422, "empty"),
    ],
)
def test_what_is_no_paper_is_refused(
    untouched: TestClient, name: str, content: bytes, status: int, told: str
) -> None:
    answer = untouched.post(f"/api/v1/papers?name={name}", content=content, headers=BEARER)

    assert answer.status_code == status
    assert told in answer.json()["detail"]


def test_a_form_without_a_file_says_what_is_missing(untouched: TestClient) -> None:
    answer = untouched.post("/papers", data={"form_key": sign_in(untouched)}, files={"paper": ("", b"")})

    assert answer.status_code == 422
    assert "choose a file" in answer.text


def test_too_large_a_body_is_refused_before_it_is_stored(untouched: TestClient) -> None:
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(4 * MOST_BYTES // 1_000_000):
            sent += 1_000_000
            yield b"x" * 1_000_000

    answer = untouched.post("/api/v1/papers?name=a.md", content=chunks(), headers=BEARER)

    assert answer.status_code == 413


def test_a_document_of_the_graph_is_not_replaced_by_a_paper_of_its_name(untouched: TestClient) -> None:
    upload = untouched.post("/api/v1/papers?name=note.md", content=PAPER, headers=BEARER).json()

    assert "already; rename" in outcome(untouched, upload["id"])["problem"]
    assert claim_of(untouched)["value"] == 0.002


def test_a_paper_that_cannot_be_read_says_why_without_a_path_of_the_server(untouched: TestClient) -> None:
    upload = untouched.post("/api/v1/papers?name=bad.xml", content="<article><p>", headers=BEARER).json()
    found = outcome(untouched, upload["id"])

    assert found["problem"].startswith("bad.xml")
    assert "/tmp" not in found["problem"]


def test_external_entities_reach_nothing(client: TestClient, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the ionic conductivity of LGPS is 77 mS/cm")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        paper = (
            f'<!DOCTYPE article SYSTEM "http://127.0.0.1:{listener.getsockname()[1]}/a.dtd" [\n'
            f'<!ENTITY file SYSTEM "file://{secret}">\n'
            f'<!ENTITY net SYSTEM "http://127.0.0.1:{listener.getsockname()[1]}/x">\n]>\n'
            "<article><body><sec><title>Results</title><p>The ionic conductivity of Li6PS5Cl is 3 mS/cm. "
            "&file; &net;</p></sec></body></article>"
        )
        upload = client.post("/api/v1/papers?name=entities.xml", content=paper, headers=BEARER).json()
        found = outcome(client, upload["id"])

        with pytest.raises(TimeoutError):
            listener.accept()
    assert "LGPS" not in client.get("/api/v1/documents/entities/claims").text
    assert found["done"]


def test_what_a_paper_says_is_shown_as_text(client: TestClient) -> None:
    paper = PAPER.replace("Chlorine", "<script>alert(1)</script><img src=x onerror=alert(1)> Chlorine")
    upload = client.post("/api/v1/papers?name=script.md", content=paper, headers=BEARER).json()
    assert outcome(client, upload["id"])["problem"] == ""

    page = client.get("/document/script").text

    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_openapi_says_what_needs_the_token(untouched: TestClient) -> None:
    described = untouched.get("/openapi.json").json()
    guarded = {
        path
        for path, methods in described["paths"].items()
        for method in methods.values()
        if method.get("security")
    }

    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert guarded == {
        "/api/v1/papers",
        "/api/v1/papers/{upload}",
        "/api/v1/claims/{claim}/verdict",
    }
