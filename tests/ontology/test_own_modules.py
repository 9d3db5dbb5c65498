"""A new dopant, method and relation need Turtle only: extraction and questions use them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ontology.modules import VARIABLE, OntologyError, ontology_files

MODULE = """\
@prefix lg: <https://w3id.org/lithograph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

lg:Quibblium a owl:Class ; rdfs:subClassOf lg:CationDopant ;
    skos:prefLabel "quibblium"@en ; skos:altLabel "quibblium cation"@en ;
    skos:definition "A dopant that only this test knows."@en .
lg:MoonbeamAnnealing a owl:Class ; rdfs:subClassOf lg:HeatTreatment ;
    skos:prefLabel "moonbeam annealing"@en ; skos:altLabel "lunar firing"@en ;
    skos:definition "A method that only this test knows."@en .
lg:infiltrates a owl:ObjectProperty ; lg:isClaimRelation true ; lg:sign 0 ;
    rdfs:domain lg:Material ; lg:subjectKind lg:Material ;
    rdfs:range lg:Material ; lg:objectKind lg:Material ;
    skos:prefLabel "infiltrates"@en ; lg:inverseLabel "is infiltrated by"@en ;
    skos:definition "The subject fills the pores of the object."@en ;
    lg:verb "infiltrate", "permeate" ; lg:inverseVerb "imbibe" ; lg:noun "infiltration" .
"""

NOTE = """\
# Doping and pores

Li6PS5Cl was doped with quibblium. Li6PS5Br was prepared by lunar firing.
Carbon black is permeated by sulfur. The infiltration of graphite by toluene was slow.
Hexane does not infiltrate Li3PS4.
"""

ANSWERS = {
    "Which materials are doped with quibblium?": ["Li6PS5Cl"],
    "How is Li6PS5Br synthesised?": ["moonbeam annealing"],
    "Which materials were made by moonbeam annealing?": ["Li6PS5Br"],
    "What infiltrates carbon black?": ["sulfur"],
    "What does toluene infiltrate?": ["graphite"],
    "What is infiltrated by sulfur?": ["carbon black"],
}


def _lithograph(*words: str, folder: Path, modules: Path | None) -> str:
    """What a command prints; the environment alone says which modules there are."""
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    if modules is not None:
        environment[VARIABLE] = str(modules)
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _relations(claims: Path) -> set[tuple[str, str, str, str]]:
    rows = map(json.loads, claims.read_text("utf-8").splitlines())
    return {
        (row["subject"][0], row["relation"], row["object"][0], row["polarity"])
        for row in rows
        if row["type"] == "relation"
    }


def test_terms_and_relations_of_a_users_module_are_extracted_and_asked_for(tmp_path: Path) -> None:
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "mine.ttl").write_text(MODULE, "utf-8")
    (tmp_path / "note.md").write_text(NOTE, "utf-8")
    questions = (json.dumps({"id": str(at), "question": each}) for at, each in enumerate(ANSWERS))
    (tmp_path / "questions.jsonl").write_text("\n".join(questions), "utf-8")

    _lithograph("extract", "note.md", "-o", "plain.jsonl", folder=tmp_path, modules=None)
    plain = _relations(tmp_path / "plain.jsonl")
    assert not [each for each in plain if each[1] == "infiltrates" or "moonbeam annealing" in each]

    _lithograph("extract", "note.md", "-o", "claims.jsonl", folder=tmp_path, modules=modules)
    assert _relations(tmp_path / "claims.jsonl") == {
        ("Li6PS5Cl", "doped_with", "quibblium", "affirmed"),
        ("Li6PS5Br", "synthesized_by", "moonbeam annealing", "affirmed"),
        ("sulfur", "infiltrates", "carbon black", "affirmed"),
        ("toluene", "infiltrates", "graphite", "affirmed"),
        ("n-hexane", "infiltrates", "Li3PS4", "negated"),
    }
    _lithograph("load", "claims.jsonl", folder=tmp_path, modules=modules)
    _lithograph("ask", "--batch", "questions.jsonl", "-o", "answers.jsonl", folder=tmp_path, modules=modules)
    answers = map(json.loads, (tmp_path / "answers.jsonl").read_text("utf-8").splitlines())
    found = {row["question"]: [each["label"] for each in row["answers"]] for row in answers}
    assert found == ANSWERS
    assert "0 violations" in _lithograph("validate", folder=tmp_path, modules=modules)


@pytest.mark.parametrize(
    ("text", "message"), [(None, "no Turtle file"), ("@prefix lg: <half", "mine.ttl is no Turtle: ")]
)
def test_a_module_that_cannot_be_read_is_named(
    text: str | None, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "mine.ttl"
    if text is not None:
        module.write_text(text, "utf-8")
    monkeypatch.setenv(VARIABLE, str(module))
    with pytest.raises(OntologyError, match=message):
        ontology_files()


def test_files_and_folders_follow_the_bundled_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = ontology_files()
    (tmp_path / "one").mkdir()
    files = tmp_path / "one" / "a.ttl", tmp_path / "one" / "b.ttl", tmp_path / "c.ttl"
    for file in files:
        file.write_text("", "utf-8")
    monkeypatch.setenv(VARIABLE, os.pathsep.join((str(tmp_path / "one"), str(files[2]))))
    assert ontology_files() == (*bundled, *files)
