"""Stores and servers that the tests of the server share."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright

from app.web.server import create_app, make_server
from corpus import NOTES
from kg.claims_file import read_claims
from kg.model import Entity, Evidence, OpenQuestion
from kg.store import load_claims, open_store, replace_document
from kg.triples import DocumentInfo

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the bundled claims, with one open question."""
    path = tmp_path_factory.mktemp("demo") / "store"
    store = open_store(path)
    claims = [claim for file in sorted(NOTES.glob("*.claims.jsonl")) for claim in read_claims(file)]
    load_claims(store, claims)
    document = claims[0].evidence.document
    evidence = Evidence(document, 0, 30, "Whether the film stays is open.", extractor="test")
    question = OpenQuestion(
        "open_question", (Entity(("LiF",), "Material", "https://w3id.org/lithograph/id/LiF"),), evidence
    )
    source = str(NOTES / f"{document}.md")
    info = DocumentInfo(title="A note", source=source, open_questions=(question,))
    own = [claim for claim in claims if claim.evidence.document == document]
    replace_document(store, document, own, info=info)
    return path


@pytest.fixture(scope="session")
def demo(demo_store: Path) -> Iterator[TestClient]:
    """A client of a server over the bundled claims."""
    with TestClient(create_app(demo_store), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def demo_url(demo_store: Path) -> Iterator[str]:
    """The address of a real server over the bundled claims."""
    with serving(demo_store) as url:
        yield url


@contextmanager
def serving(store: Path, **options: Any) -> Iterator[str]:
    """A server in a thread, at a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = make_server(create_app(store, **options))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture(scope="session")
def serve() -> Callable[..., Any]:
    """The function ``serving``."""
    return serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium on this machine; install Debian's package of that name")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def processes_below() -> Callable[[int], set[int]]:
    """Finds the processes that a process has started, and those that these have."""

    def find(pid: int) -> set[int]:
        parents = {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = entry.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(entry.parent.name)] = int(fields[1])
        found, news = set[int](), {pid}
        while news:
            news = {each for each, parent in parents.items() if parent in news}
            found |= news
        return found

    return find
