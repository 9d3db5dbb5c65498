"""The pages over HTTP: what each shows, how it fails, and that nothing in a document or a question runs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from app.web.rendering import thing_address
from app.web.server import create_app
from kg.claims_file import row_to_claim
from kg.store import load_claims, open_store

ENCODED = quote(ATTACK := "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}</title>")
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server over a document that attacks whoever reads it, in every field that a document fills."""
    path = tmp_path_factory.mktemp("hostile") / "store"
    store = open_store(path)
    work = {"number": 1, "authors": [ATTACK], "journal": ATTACK, "year": 2020, "title": ATTACK,
            "doi": "10.1/\"><script>alert(3)</script>", "as_written": ATTACK}  # fmt: skip
    shared = {"section": ATTACK, "refs": [1], "primary": [work]}
    relation = {"type": "relation", "subject": ["LiF", ATTACK], "subject_type": "Material",
                "relation": "suppresses", "object": [f"bad {ATTACK}"], "object_type": "FailureMechanism",
                "quote": f"LiF {ATTACK}", "context": [ATTACK], **shared}  # fmt: skip
    value = {"type": "measurement", "material": ["Li6PS5Cl"], "property": "ionic_conductivity",
             "value": 0.001, "unit": "S/cm", "conditions": {"method": ATTACK, "form": ATTACK},
             "quote": f"Li6PS5Cl {ATTACK}", **shared}  # fmt: skip
    load_claims(store, [row_to_claim(row, document=f"a {ATTACK}/../b") for row in (relation, value)])
    del store
    with TestClient(create_app(path), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server over a graph without a claim."""
    with TestClient(create_app(tmp_path_factory.mktemp("empty") / "store")) as client:
        yield client


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/", "Ask the literature"),
        ("/?q=What suppresses lithium dendrite growth?", "<mark>"),
        ("/?q=What is the price of gold?", "refusal"),
        ("/chains", "For instance"),
        ("/chains?from=dopant&to=lithium dendrite growth", 'id="chain-1"'),
        ("/chains?from=Li6PS5Cl&to=LiF", "No chain of claims"),
        ("/gaps", 'class="matrix"'),
        ("/gaps?kind=matrix&rows=interphase&columns=failure mechanism&row_level=1", 'class="matrix"'),
        ("/gaps?kind=bridges", "nobody has said"),
        ("/gaps?kind=contradictions", 'class="sides"'),
        ("/gaps?kind=open-questions", "Whether the film stays is open."),
        ("/gaps?kind=thin", "<blockquote"),
        ("/gaps?kind=analogies", "nobody has related"),
        ("/properties", "ionic conductivity"),
        ("/properties/ionic_conductivity", "application/json"),
        ("/properties/ionic_conductivity?by=method", "Values by method"),
        ("/id/Li6PS5Cl", "ionic conductivity"),
        ("/query", "Competency questions"),
        ("/query?query=ASK {}", "Yes"),
        ("/query?query=CONSTRUCT WHERE { ?s a lg:Measurement }", "lg:Measurement"),
        ("/query?query=SELECT ?s { ?s a lg:Measurement } LIMIT 3", "3 rows"),
        ("/ontology", "failure mechanism"),
        ("/ontology/ArgyroditeElectrolyte", "thiophosphate electrolyte"),
        ("/ontology/suppresses", "less of the other"),
        ("/about", "documents"),
        ("/thing?name=Li3PS4", ""),
    ],
)
def test_every_page_shows_what_it_is_for(demo: TestClient, address: str, shown: str) -> None:
    response = demo.get(address, headers=HTML)

    assert response.status_code in (200, 303)
    assert shown in response.text
    assert response.status_code == 303 or len(re.findall("<h1", response.text)) == 1


def test_a_cell_of_the_matrix_leads_to_its_sentences_a_class_to_its_things_and_a_gap_to_chains(
    demo: TestClient,
) -> None:
    wide = demo.get("/gaps?rows=interphase&columns=failure mechanism&row_level=1&column_level=1").text
    (address,) = set(re.findall(r'href="([^"]+)" title="The things of dendrite growth"', wide))
    (gap, *_) = re.findall(r'<td class="gap"><a href="([^"]+)"', wide)

    narrower = demo.get(html.unescape(address)).text
    assert re.search(r'name="columns" value="dendrite growth"', narrower)
    assert "lithium dendrite growth" in re.findall(r'scope="col"><span>([^<]+)', narrower)
    shown = demo.get(html.unescape(gap).partition("#")[0]).text
    assert "Nobody has named both together" in shown
    assert "/chains?from=" in shown
    # What belongs to no class below is no class: nothing leads there.
    assert "The things of other" not in wide


@pytest.mark.parametrize(
    "address",
    ["/", "/?q=What suppresses lithium dendrite growth?", "/gaps", "/properties", "/about", "/chains"],
)
def test_a_graph_without_claims_is_served(empty: TestClient, address: str) -> None:
    assert empty.get(address, headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "message"),
    [
        ("/nowhere", 404, "/nowhere"),
        ("/id/nothing-of-this-name", 404, "nothing-of-this-name"),
        ("/id/%00%FF", 404, "Nothing here"),
        ("/document/none", 404, "none"),
        ("/properties/none", 404, "none"),
        ("/properties/none.csv", 404, "none"),
        ("/properties/ionic_conductivity?by=moon", 422, "by:"),
        ("/ontology/None", 404, "None"),
        ("/gaps?kind=none", 404, "none"),
        ("/gaps?kind=matrix&rows=dopand", 404, "did you mean"),
        ("/chains?max_hops=99", 422, "max_hops"),
        ("/chains?from=lithium dendrit grow", 404, "did you mean lithium dendrite growth"),
        ("/thing?name=nothing of this name", 404, "nothing of this name"),
        ("/query?query=SELECT WHERE", 400, "line 1, column"),
        ("/query?query=DROP ALL", 403, "read-only"),
    ],
)
def test_what_is_not_there_is_named_on_a_page(
    demo: TestClient, address: str, status: int, message: str
) -> None:
    response = demo.get(address, headers=HTML)

    assert response.status_code == status
    assert message in response.text
    assert response.headers["content-type"].startswith("text/html")


def test_every_link_of_every_page_leads_somewhere(demo: TestClient) -> None:
    seen, queue = set(), ["/", "/chains?from=dopant&to=lithium dendrite growth", "/id/LiF"]
    while queue and len(seen) < 90:
        address = queue.pop(0)
        if address in seen or address.startswith("/api/v1/export/"):
            continue
        seen.add(address)
        response = demo.get(address, headers=HTML)
        assert response.status_code in (200, 303), address
        links = re.findall(r'(?:href|action|src)="(/[^"#]*)', response.text)
        queue += sorted({link.replace("&amp;", "&") for link in links} - seen)[:12]

    assert len(seen) > 60


def test_all_pages_carry_a_strict_policy(demo: TestClient) -> None:
    for address in ("/", "/nowhere", "/sparql?query=ASK {}", "/static/style.css", "/api/v1/documents"):
        policy = demo.get(address).headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert demo.get(address).headers["x-content-type-options"] == "nosniff"


def test_the_ask_page_is_light(demo: TestClient) -> None:
    page = demo.get("/?q=What suppresses lithium dendrite growth?", headers=HTML)
    loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    sizes = [len(demo.get(address).content) for address in loaded if "plotly" not in address]

    assert "plotly" not in "".join(loaded)
    assert len(page.content) + sum(sizes) < 100_000


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/about",
            "/chains?from=LiF",
            "/gaps?kind=thin",
            "/id/LiF",
            "/id/Li6PS5Cl",
            "/properties/ionic_conductivity",
        ),
        *("/?q=What does LiF suppress?", "/query?query=SELECT * { ?s ?p ?o } LIMIT 400", "/gaps?kind=matrix"),
        *(
            f"/?q={ENCODED}",
            f"/thing?name={ENCODED}",
            f"/chains?from={ENCODED}&to={ENCODED}",
            f"/nix{ENCODED}",
        ),
        *(
            f"/gaps?kind=matrix&rows={ENCODED}",
            f"/gaps?kind={ENCODED}",
            f"/properties/x{ENCODED}",
            f"/document/{ENCODED}",
        ),
        *(f"/query?query={ENCODED}", f"/query?query=SELECT ('''{ENCODED}''' AS ?x) {{}}"),
    ],
)
def test_nothing_in_a_document_or_an_address_becomes_markup(hostile: TestClient, address: str) -> None:
    response = hostile.get(address, headers=HTML)

    assert response.headers["content-type"].startswith("text/html")
    assert not re.search(r"<script(?![^>]*(src=\"/static/|type=\"application/json\"))", response.text)
    assert "<img" not in response.text
    assert "{{7*7}}" not in response.text or "49" not in response.text
    data = re.findall(r'<script type="application/json">(.*?)</script>', response.text, re.DOTALL)
    assert not any("<" in block for block in data)


def test_a_document_with_an_odd_name_has_its_page(hostile: TestClient) -> None:
    [link] = re.findall(r'href="(/document/[^"]+)"', hostile.get("/about").text)

    page = hostile.get(link)

    assert page.status_code == 200
    assert "&lt;script&gt;" in page.text
    assert 'href="https://doi.org/10.1/%22%3E%3Cscript' in page.text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml;q=0.9, text/html;q=0.5", "application/rdf+xml"),
        ("text/html, text/turtle;q=0.5", "text/html"),
        ("*/*", "text/html"),
    ],
)
def test_the_address_of_a_thing_gives_a_page_or_rdf(demo: TestClient, accept: str, media_type: str) -> None:
    response = demo.get("/id/LiF", headers={"Accept": accept})

    assert response.headers["content-type"].partition(";")[0] == media_type
    assert "accept" in response.headers["vary"].lower()
    if media_type != "text/html":
        form = ox.RdfFormat.from_media_type(media_type)
        subjects = {quad.subject.value for quad in ox.parse(response.content, format=form)}
        assert "https://w3id.org/lithograph/id/LiF" in subjects


def test_claims_works_and_documents_have_pages_at_their_iris(demo: TestClient) -> None:
    query = "SELECT ?claim ?work ?document { ?claim a lg:RelationClaim ; prov:hadPrimarySource ?work ; " \
            "prov:wasDerivedFrom ?document } LIMIT 1"  # fmt: skip
    [row] = demo.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    pages = {name: demo.get(thing_address(row[name]["value"]), headers=HTML) for name in row}

    assert "A claim" in pages["claim"].text
    assert "lg:year" in pages["work"].text
    assert pages["document"].status_code == 303
    assert demo.get(pages["document"].headers["location"]).status_code == 200


def test_the_ontology_comes_as_rdf_when_asked_for(demo: TestClient) -> None:
    response = demo.get("/ontology", headers={"Accept": "text/turtle"})

    objects = {str(quad.object) for quad in ox.parse(response.content, format=ox.RdfFormat.TURTLE)}

    assert "<http://www.w3.org/2002/07/owl#Class>" in objects


def test_values_come_as_csv(demo: TestClient) -> None:
    response = demo.get("/properties/ionic_conductivity.csv")

    assert response.headers["content-type"].startswith("text/csv")
    assert response.text.startswith("material,material_iri,property,value")


def test_the_chart_script_comes_from_here_and_is_kept(demo: TestClient) -> None:
    page = demo.get("/properties/ionic_conductivity").text
    [address] = re.findall(r'src="(/static/plotly[^"]+)"', page)
    response = demo.get(address)

    assert b"plotly" in response.content[:200]
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-encoding"] == "gzip"


def test_a_fault_of_the_program_is_told_without_its_traceback(
    demo_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(demo_store)
    monkeypatch.setattr("app.web.library.Library.relations", lambda _: 1 / 0)
    with TestClient(app, raise_server_exceptions=False) as client:
        page = client.get("/about")

    assert page.status_code == 500
    assert "ZeroDivision" not in page.text
    assert "Ask a question" in page.text


def test_about_tells_versions_and_the_numbers_of_the_evaluation(demo: TestClient) -> None:
    page = demo.get("/about").text

    assert re.search(r"pyoxigraph \d+\.\d+", page)
    assert "How well it works" in page
    assert re.search(r"<td>0\.\d\d</td>", page)
    assert "make bench" not in page


def test_a_thing_has_its_composition_and_what_its_class_is_called_elsewhere(demo: TestClient) -> None:
    page = demo.get("/id/Li6PS5Cl").text

    assert "Li 6 · P 1 · S 5 · Cl 1" in page
    assert "https://w3id.org/emmo" in demo.get("/ontology/Interphase").text


@pytest.mark.parametrize(
    ("query", "charted"),
    [
        ("SELECT ?name ?v { ?c lg:subjectName ?name ; lg:value ?v } LIMIT 9", True),
        ("SELECT ?name { ?c lg:subjectName ?name } LIMIT 9", False),
        ("SELECT ?name ?v { ?c lg:subjectName ?name ; lg:value ?v } LIMIT 2", False),
        ("SELECT ?name ?p { ?c lg:subjectName ?name ; lg:property ?p } LIMIT 9", False),
    ],
)
def test_a_table_with_numbers_is_also_a_chart(demo: TestClient, query: str, charted: bool) -> None:
    page = demo.get("/query", params={"query": query}).text

    assert ("The result as a chart" in page) == charted
