"""What workers do with queries that are too long, too large or hostile, and what remains afterwards."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox
import pytest

from app.sparql.guard import QueryError
from app.sparql.pool import Limits, QueryPool, QueryRequest, QueryResult, WorkerError

Value = TypeVar("Value")
#: Seconds after which something hangs, however loaded the machine is.
PATIENCE = 120
PREFIX = "http://example.org/"
LIGHT = "SELECT * { ?s ?p ?o } LIMIT 3"
#: Each of these runs for far longer, and takes far more, than any limit here.
PRODUCT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f ?i"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PATHS = "SELECT (COUNT(*) AS ?n) { ?a (<x:a>|!<x:b>)* ?b . ?b (<x:a>|!<x:b>)* ?c . ?c (<x:a>|!<x:b>)* ?d }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pool") / "store"
    store = ox.Store(path)
    link = ox.NamedNode(PREFIX + "next")
    for graph in ("one", "two"):
        name = ox.NamedNode(PREFIX + graph)
        nodes = [ox.NamedNode(f"{PREFIX}{graph}/{number}") for number in range(1000)]
        store.extend(ox.Quad(a, link, b, name) for a, b in itertools.pairwise(nodes))
    return path


def with_pool(
    store: Path,
    work: Callable[[QueryPool], Awaitable[Value]],
    *,
    limits: Limits | None = None,
    **options: Any,
) -> Value:
    async def run() -> Value:
        async with QueryPool(store, limits=limits, **options) as pool:
            return await work(pool)

    return asyncio.run(run())


def ask(store: Path, query: str, *, limits: Limits | None = None, **options: Any) -> QueryResult:
    return with_pool(
        store, lambda pool: pool.run(QueryRequest(query, **options)), limits=limits, workers=1, reserve=0
    )


def rows(result: QueryResult) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.body)["results"]["bindings"]
    return found


@pytest.mark.parametrize(
    ("query", "seconds", "status", "message"),
    [
        (ENDLESS, 1, 503, "1 s and was stopped"),
        (PATHS, 1, 503, "stopped"),
        (PRODUCT, 1, 503, "stopped"),
        (f"SELECT * {{ FILTER({'!' * 30_000}1) }}", PATIENCE, 503, "nested too deeply"),
        ("SELECT * " + "{" * 20_000 + "}" * 20_000, PATIENCE, 400, "nested more than"),
    ],
    ids=["endless", "paths", "product", "operators", "brackets"],
)
def test_a_bad_query_ends_by_its_limit_and_the_next_one_is_answered(
    store: Path, query: str, seconds: float, status: int, message: str
) -> None:
    async def work(pool: QueryPool) -> tuple[QueryError, int]:
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(QueryError, match=message) as refusal:
                await pool.run(QueryRequest(query))
            pool.limits = Limits(seconds=PATIENCE)
            return refusal.value, len(rows(await pool.run(QueryRequest(LIGHT))))

    limits = Limits(seconds=seconds, memory=150_000_000)
    error, count = with_pool(store, work, limits=limits, workers=1, reserve=0)

    assert (error.status, count) == (status, 3)


def test_a_query_that_takes_too_much_memory_is_stopped(store: Path) -> None:
    with pytest.raises(QueryError, match="too much memory") as refusal:
        ask(store, PRODUCT, limits=Limits(seconds=60, memory=50_000_000))

    assert refusal.value.status == 503


@pytest.mark.parametrize(
    ("query", "accept", "count"),
    [
        ("SELECT * { ?s ?p ?o }", "application/sparql-results+json", lambda body: body.count(b'"s"') - 1),
        ("SELECT * { ?s ?p ?o }", "text/csv", lambda body: len(body.splitlines()) - 1),
        ("SELECT * { ?s ?p ?o }", "text/tab-separated-values", lambda body: len(body.splitlines()) - 1),
        ("SELECT * { ?s ?p ?o }", "application/sparql-results+xml", lambda body: body.count(b"<result>")),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples", lambda body: len(body.splitlines())),
    ],
    ids=["json", "csv", "tsv", "xml", "triples"],
)
def test_a_result_is_cut_after_the_most_rows_and_says_so(
    store: Path, query: str, accept: str, count: Callable[[bytes], int]
) -> None:
    cut = ask(store, query, accept=accept, limits=Limits(rows=7))
    whole = ask(store, f"{query} LIMIT 7", accept=accept, limits=Limits(rows=7))

    assert (count(cut.body), cut.cut) == (7, True)
    assert (count(whole.body), whole.cut) == (7, False)


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_a_result_of_too_many_bytes_is_refused(store: Path, query: str) -> None:
    with pytest.raises(QueryError, match="over 1,000 bytes") as refusal:
        ask(store, query, limits=Limits(bytes=1000))

    assert refusal.value.status == 413


def test_short_queries_are_answered_while_a_rush_of_long_ones_is_running(store: Path) -> None:
    async def work(pool: QueryPool) -> tuple[int, int]:
        rush = [asyncio.ensure_future(pool.run(QueryRequest(ENDLESS))) for _ in range(50)]
        await asyncio.sleep(0.05)
        answered = [len(rows(await pool.run(QueryRequest(LIGHT)))) for _ in range(10)]
        running = sum(not each.done() for each in rush)
        for each in rush:
            each.cancel()
        await asyncio.gather(*rush, return_exceptions=True)
        return sum(answered), running

    # None of the long ones ends before its limit: who had to wait for them would be refused.
    assert with_pool(store, work, limits=Limits(seconds=PATIENCE)) == (30, 50)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the processor time of another process")
def test_a_turn_is_counted_in_time_on_the_processor_so_that_a_busy_machine_shortens_none(store: Path) -> None:
    async def work(pool: QueryPool) -> int:
        (worker,) = pool._workers
        os.kill(worker._pid, signal.SIGSTOP)
        light = asyncio.ensure_future(pool.run(QueryRequest(LIGHT)))
        await asyncio.sleep(0.6)
        assert not light.done()
        os.kill(worker._pid, signal.SIGCONT)
        return len(rows(await light))

    # Without a place for long queries, what has lost its turn is refused.
    assert with_pool(store, work, workers=1, reserve=0, long_places=0, limits=Limits(seconds=PATIENCE)) == 3


def test_each_of_a_rush_of_long_queries_is_stopped_by_its_limit(store: Path) -> None:
    async def work(pool: QueryPool) -> set[int]:
        rush = [pool.run(QueryRequest(ENDLESS)) for _ in range(50)]
        async with asyncio.timeout(PATIENCE):
            outcomes = await asyncio.gather(*rush, return_exceptions=True)
        return {getattr(outcome, "status", 200) for outcome in outcomes}

    assert with_pool(store, work, limits=Limits(seconds=2)) == {503}


def test_queries_run_over_another_store_as_soon_as_they_are_told_to(store: Path, tmp_path: Path) -> None:
    other = ox.Store(tmp_path / "other")
    node = ox.NamedNode(PREFIX + "only")
    other.add(ox.Quad(node, node, node))
    other.flush()
    del other

    async def work(pool: QueryPool) -> tuple[int, int]:
        before = len(rows(await pool.run(QueryRequest(LIGHT))))
        pool.renew(tmp_path / "other")
        return before, len(rows(await pool.run(QueryRequest(LIGHT))))

    assert with_pool(store, work, limits=Limits(seconds=PATIENCE)) == (3, 1)


def test_a_query_that_takes_longer_than_a_turn_is_answered_in_a_place_for_long_ones(store: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STR(?c) != STR(?f)) }"

    limits = Limits(seconds=PATIENCE)
    result = ask(store, query, default_graphs=(PREFIX + "one",), limits=limits)

    assert int(rows(result)[0]["n"]["value"]) == 999 * 998


def test_a_cancelled_query_is_stopped_and_its_worker_replaced(store: Path) -> None:
    async def work(pool: QueryPool) -> int:
        task = asyncio.ensure_future(pool.run(QueryRequest(ENDLESS)))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return len(rows(await pool.run(QueryRequest(LIGHT))))

    assert with_pool(store, work, workers=1, reserve=0) == 3


def test_workers_are_made_anew_after_all_of_them_and_what_makes_them_were_killed(store: Path) -> None:
    async def work(pool: QueryPool) -> list[int]:
        assert pool._nursery is not None
        os.kill(pool._nursery._process.pid, signal.SIGKILL)
        await asyncio.sleep(0.5)
        return [len(rows(await pool.run(QueryRequest(LIGHT)))) for _ in range(5)]

    assert with_pool(store, work, limits=Limits(seconds=PATIENCE)) == [3] * 5


def test_no_process_is_left_behind(store: Path, processes_below: Callable[[int], set[int]]) -> None:
    before = processes_below(os.getpid())

    async def work(pool: QueryPool) -> set[int]:
        task = asyncio.ensure_future(pool.run(QueryRequest(ENDLESS)))
        await asyncio.sleep(0.5)
        running = processes_below(os.getpid()) - before
        task.cancel()
        return running

    assert with_pool(store, work)
    assert processes_below(os.getpid()) <= before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process together with its parent")
def test_workers_end_when_the_server_is_killed(store: Path) -> None:
    program = (
        "import asyncio, sys\nfrom pathlib import Path\nfrom app.sparql.pool import QueryPool, QueryRequest\n"
        "async def main():\n"
        f"    async with QueryPool(Path({str(store)!r})) as pool:\n"
        "        task = asyncio.ensure_future(pool.run(QueryRequest(sys.argv[1])))\n"
        "        await asyncio.sleep(1)\n"
        "        print(*[worker._pid for worker in pool._workers], flush=True)\n"
        "        await task\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, ENDLESS], stdout=subprocess.PIPE, text=True, env=environment()
    ) as server:
        assert server.stdout is not None
        workers = [int(pid) for pid in server.stdout.readline().split()]
        server.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while any(is_running(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert len(workers) >= 4
    assert not any(is_running(pid) for pid in workers)


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [*sys.path, str(Path.cwd())]))}


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_store_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="nowhere"):
        ask(tmp_path / "nowhere", LIGHT)


@pytest.mark.parametrize(
    ("options", "query", "count"),
    [
        ({}, "", 1998),
        ({"default_graphs": (PREFIX + "one",)}, "", 999),
        ({"default_graphs": (PREFIX + "one", PREFIX + "two")}, "", 1998),
        ({"named_graphs": (PREFIX + "one",)}, "", 0),
        ({}, f"FROM <{PREFIX}two>", 999),
        ({}, f"from named <{PREFIX}two>", 0),
        ({}, "FROM <http://127.0.0.1:9/nothing>", 0),
        ({"default_graphs": (PREFIX + "one",)}, "FROM <http://127.0.0.1:9/nothing>", 999),
    ],
    ids=["union", "one", "both", "named only", "from", "from named", "from elsewhere", "protocol wins"],
)
def test_the_dataset_is_that_of_the_protocol_then_of_the_query_then_all(
    store: Path, options: dict[str, Any], query: str, count: int
) -> None:
    result = ask(store, f"SELECT (COUNT(*) AS ?n) {query} WHERE {{ ?s ?p ?o }}", **options)

    assert int(rows(result)[0]["n"]["value"]) == count


@pytest.mark.parametrize(
    "clause",
    [
        "SERVICE <{}> {{ ?s ?p ?o }}",
        "service SILENT <{}> {{ ?s ?p ?o }}",
        "SERVICESILENT<{}>{{ ?s ?p ?o }}",
        "FILTER(1<2)SERVICE<{}>{{ ?s ?p ?o }} FILTER(3>2)",
        "BIND('b' AS ?x) FILTER(?x<'>')SERVICE<{}>{{?s ?p ?o}}FILTER(?x='b')",
        "VALUES ?x {{ <{}> }} FILTER(1<2)SERVICE?x#>\n{{ ?s ?p ?o }}",
        "?s ?p 1SERVICE<{}>{{ ?s ?p ?o }}",
        "SERVICE # one\n # two\n <{}> # three\n {{ ?s ?p ?o }}",
        "OPTIONAL {{ {{ SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }} }} }}",
    ],
)
def test_no_way_of_writing_service_reaches_the_network(store: Path, clause: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"

        with pytest.raises(QueryError, match="SERVICE"):
            ask(store, f"SELECT * {{ {clause.format(address)} }}")

        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can forbid a process the network")
def test_a_worker_cannot_open_a_socket_even_if_the_check_failed(store: Path) -> None:
    program = (
        "import pyoxigraph as ox\nfrom app.sparql.sandbox import confine\nassert confine()\n"
        "try:\n    list(ox.Store().query('SELECT * { SERVICE <http://127.0.0.1:8999/> { ?s ?p ?o } }'))\n"
        "except PermissionError:\n    print('forbidden')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment(), check=True
    )

    assert done.stdout == "forbidden\n"
