"""The ontology as HTML: every term on its module's page, with what is known of it, no link into nowhere."""

from __future__ import annotations

import re

import pytest

from ontology.lexicon import load_lexicon
from ontology.modules import ontology_files
from ontology.pages import page_titles, write_pages

#: pyLODE leaves its style sheet open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """File name → content of what `make docs` writes."""
    files = write_pages(tmp_path_factory.mktemp("pages"))
    return {file.name: file.read_text("utf-8") for file in files}


def _entry(page: str, iri_end: str) -> str:
    """The part of a page about one term."""
    (entry,) = (part for part in page.split("<h3>") if f"ontology#{iri_end}</code>" in part)
    return entry


def test_every_module_with_terms_has_a_page() -> None:
    assert {file.stem for file in ontology_files()} - set(page_titles()) == {"alignments", "sources"}


def test_every_term_is_described_once(pages: dict[str, str]) -> None:
    whole = "".join(text for name, text in pages.items() if name != "index.html")
    described = re.findall(r"<code>https://w3id.org/lithograph/ontology#([^<]+)</code>", whole)
    assert len(described) == len(set(described))
    assert {iri.split("#")[1] for iri in load_lexicon().terms} <= set(described)


def test_a_term_shows_its_definition_names_source_and_mappings(pages: dict[str, str]) -> None:
    entry = _entry(pages["synthesis.html"], "BallMilling")
    for text in ("Grinding a powder", "mechanical milling", "https://doi.org/10.", "w3id.org/emmo/domain"):
        assert text in entry
    assert 'href="synthesis.html#WetMilling"' in entry


def test_a_relation_shows_its_verbs_inverse_and_kinds(pages: dict[str, str]) -> None:
    entry = _entry(pages["relations.html"], "suppresses")
    for text in ("inhibit", "is suppressed by", "-1", 'href="core.html#Entity"'):
        assert text in entry


def test_a_class_defined_by_composition_is_spelt_out(pages: dict[str, str]) -> None:
    entry = _entry(pages["formulas.html"], "ArgyroditeComposition")
    assert "(mobile ion value Li) and (main anion some {S, Se})" in entry
    assert 'href="materials.html#argyroditeelectrolyte"' in entry


def test_links_lead_somewhere_and_nothing_is_fetched(pages: dict[str, str]) -> None:
    anchors = {name: set(re.findall(r'\bid="([^"]+)"', text)) for name, text in pages.items()}
    for name, text in pages.items():
        assert "<script src" not in text
        assert '<link href="http' not in text
        for link in re.findall(r'href="([^"]+)"', text):
            if not link.startswith(("http", "data:")):
                file, _, anchor = link.partition("#")
                assert not anchor or anchor in anchors[file or name], (name, link)
