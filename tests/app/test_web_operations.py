"""What those who run the server see: life, readiness, measures, the log; and what clients are asked for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.web.library import Library
from app.web.server import create_app
from app.web.traffic import Rate


def test_the_server_is_alive_at_once_and_ready_when_the_graph_is_read(
    demo_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, warm = threading.Event(), Library.warm

    def slow(library: Library) -> None:
        go_on.wait(20)
        warm(library)

    monkeypatch.setattr(Library, "warm", slow)
    with TestClient(create_app(demo_store)) as client:
        assert client.get("/health").status_code == 200
        early = client.get("/ready")
        assert (early.status_code, early.headers["retry-after"]) == (503, "1")
        assert client.get("/about").status_code == 200
        go_on.set()
        while client.get("/ready").status_code != 200:
            pass
        assert "lithograph_ready 1\n" in client.get("/metrics").text


def test_measures_count_requests_by_route_and_status(demo: TestClient) -> None:
    demo.get("/id/Li6PS5Cl")
    demo.get("/id/nothing-of-that-name")
    text = demo.get("/metrics").text

    counted = re.findall(
        r'lithograph_requests_total\{method="GET",route="/id/\{slug:path\}",status="(\d+)"', text
    )
    assert {"200", "404"} <= set(counted)
    assert re.search(r'lithograph_request_seconds_bucket\{route="/id/\{slug:path\}",le="\+Inf"\} \d', text)
    assert int(re.findall(r"process_resident_memory_bytes (\d+)", text)[0]) > 10_000_000
    assert "lithograph_query_workers_total 4\n" in text
    for line in text.splitlines():
        assert re.fullmatch(
            r"# TYPE \w+ (counter|gauge|histogram)|\w+(\{[^{}]*(\{[^{}]*\}[^{}]*)*\})? \S+", line
        )


def test_an_address_that_is_nowhere_makes_no_new_measure(demo: TestClient) -> None:
    for number in range(5):
        demo.get(f"/nowhere-{number}")

    assert "nowhere-" not in demo.get("/metrics").text


def test_a_client_that_asks_too_often_is_told_to_wait_but_may_still_see_how_the_server_is(
    demo_store: Path,
) -> None:
    with TestClient(create_app(demo_store, rate=Rate(a_second=0.1, burst=3))) as client:
        answers = [client.get("/static/style.css")] + [client.get("/api/v1/documents") for _ in range(4)]

        assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
        assert int(answers[-1].headers["retry-after"]) in (10, 11)
        assert "content-security-policy" in answers[-1].headers
        assert client.get("/health").status_code == 200


def test_each_request_is_a_line_of_json(demo_store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with TestClient(create_app(demo_store, log=True)) as client:
        client.get("/id/nothing", headers={"User-Agent": "x\ny"})

    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [("GET", "/id/nothing", 404)]
    assert {"time", "client", "ms"} <= set(lines[0])


@pytest.mark.parametrize(
    "path", ["/", "/chains?from=LiI", "/properties/ionic_conductivity", "/sparql", "/nothing"]
)
def test_every_answer_forbids_what_is_not_the_servers_own(demo: TestClient, path: str) -> None:
    headers = demo.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    # Nothing is told to other sites; the server's own forms must say where they come from.
    assert headers["referrer-policy"] == "same-origin"


def serve(
    store: Path, *options: str, before: Sequence[str] = (), **environment: str
) -> subprocess.Popen[str]:
    program = "from app.cli import main; main()"
    paths = os.pathsep.join(filter(None, [*sys.path, str(Path.cwd())]))
    return subprocess.Popen(
        [*before, sys.executable, "-c", program, "serve", "--port", "0", "--store", str(store), *options],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths} | environment,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_server_that_is_told_to_stop_takes_its_workers_and_its_copy_of_the_store_with_it(
    demo_store: Path, tmp_path: Path, processes_below: Callable[[int], set[int]]
) -> None:
    with serve(demo_store, "--log", TMPDIR=str(tmp_path)) as process:
        assert process.stderr is not None
        while "http://" not in (line := process.stderr.readline()):
            assert line
        url = line.split()[3]
        while fetch(f"{url}/ready") != 200:
            time.sleep(0.05)
        below = processes_below(process.pid)
        assert list(tmp_path.iterdir())
        process.terminate()
        told = process.stderr.read()

    # Four workers, and the process that they are forked from.
    assert len(below) == 5
    assert not any(Path(f"/proc/{pid}").exists() for pid in below)
    assert list(tmp_path.iterdir()) == []
    assert "Traceback" not in told
    assert all(json.loads(line)["status"] in (200, 503) for line in told.splitlines() if line.startswith("{"))


def fetch(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_store_that_the_server_may_not_write_to_is_served(demo_store: Path, tmp_path: Path) -> None:
    # Modes of files do not hold back root, but for this right.
    plain = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    if plain and shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and there is no setpriv to take that away")
    store = tmp_path / "store"
    shutil.copytree(demo_store, store)
    before = {path.name: path.stat().st_mtime_ns for path in store.iterdir()}
    for path in store.iterdir():
        path.chmod(0o444)
    store.chmod(0o555)
    nowhere = tmp_path / "temporary"
    nowhere.mkdir(mode=0o555)

    with serve(store, before=plain, TMPDIR=str(nowhere)) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert "http://" in line, line + process.stderr.read()
        url = line.split()[3]
        while fetch(f"{url}/ready") != 200:
            time.sleep(0.05)
        answered = [fetch(url + path) for path in ("/?q=What+is+LGPS%3F", "/sparql?query=ASK+%7B%7D")]
        process.terminate()

    assert answered == [200, 200]
    assert {path.name: path.stat().st_mtime_ns for path in store.iterdir()} == before


def test_a_host_that_others_reach_is_warned_of_and_a_short_token_refused(demo_store: Path) -> None:
    with serve(demo_store, "--host", "0.0.0.0", LITHOGRAPH_TOKEN="short") as process:
        assert process.stderr is not None
        told = process.stderr.read()

    assert "can be reached from other machines" in told
    assert "expected 16" in told
    assert process.returncode == 2
