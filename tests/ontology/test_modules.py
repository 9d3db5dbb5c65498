"""What every module of the ontology keeps to, so that it can serve as lexicon, OWL and web page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from ontology.axioms import load_graph
from ontology.formula import parse_formula
from ontology.lexicon import TERMS, Lexicon, load_lexicon
from ontology.modules import ontology_files
from ontology.names import normalise

LG = rdflib.Namespace(TERMS)


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return load_graph()


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_no_class_is_defined_in_two_modules() -> None:
    where: dict[str, list[str]] = defaultdict(list)
    for file in ontology_files():
        for found in rdflib.Graph().parse(file).subjects(RDF.type, OWL.Class):
            if isinstance(found, rdflib.URIRef):
                where[str(found)].append(file.name)
    assert {iri: files for iri, files in where.items() if len(files) > 1} == {}


def test_every_term_has_one_english_label_and_a_definition(graph: rdflib.Graph, lexicon: Lexicon) -> None:
    for iri in lexicon.terms:
        node = rdflib.URIRef(iri)
        labels = list(graph.objects(node, SKOS.prefLabel))
        definitions = list(graph.objects(node, SKOS.definition))
        assert len(labels) == 1, iri
        assert len(definitions) == 1, iri
        assert str(definitions[0]).endswith("."), iri
        assert {getattr(text, "language", "") for text in (*labels, *definitions)} == {"en"}, iri


def test_every_parent_is_a_class(graph: rdflib.Graph) -> None:
    classes = set(graph.subjects(RDF.type, OWL.Class)) | set(graph.subjects(RDF.type, OWL.Restriction))
    assert set(graph.objects(None, RDFS.subClassOf)) <= classes


def test_every_class_of_things_is_a_term_or_defined_by_what_is_said_of_things(
    graph: rdflib.Graph, lexicon: Lexicon
) -> None:
    below = set(graph.transitive_subjects(RDFS.subClassOf, LG.Entity)) - {LG.Entity}
    defined = {str(found) for found in below if (found, OWL.equivalentClass, None) in graph}
    assert {str(found) for found in below} == set(lexicon.terms) | defined
    assert not defined & set(lexicon.terms)


def test_what_is_no_term_has_a_label_and_a_definition(graph: rdflib.Graph, lexicon: Lexicon) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    own = {found for kind in kinds for found in graph.subjects(RDF.type, kind) if found in LG}
    inverses = set(graph.subjects(OWL.inverseOf))
    for found in own - {rdflib.URIRef(iri) for iri in lexicon.terms} - {LG.Entity}:
        label = graph.value(found, RDFS.label) or graph.value(found, SKOS.prefLabel)
        assert label is not None, found
        assert found in inverses or graph.value(found, SKOS.definition) is not None, found


def test_every_term_comes_from_a_work_or_its_class_does(graph: rdflib.Graph, lexicon: Lexicon) -> None:
    sources = {str(found) for found in graph.subjects(DCTERMS.source)}
    for iri, term in lexicon.terms.items():
        assert sources.intersection(term.ancestors), iri
    for source in graph.objects(None, DCTERMS.source):
        assert str(source).startswith(("https://doi.org/10.", "https://w3id.org/", "http://qudt.org/")), (
            source
        )


def test_the_vocabulary_is_large_enough(graph: rdflib.Graph) -> None:
    def own(kind: rdflib.URIRef) -> int:
        return sum(found in LG for found in graph.subjects(RDF.type, kind))

    assert own(OWL.Class) >= 250
    assert own(OWL.ObjectProperty) + own(OWL.DatatypeProperty) >= 45


def test_kinds_that_a_relation_joins_are_its_domain_and_range(graph: rdflib.Graph, lexicon: Lexicon) -> None:
    for relation in lexicon.relations.values():
        for side, kinds in ((RDFS.domain, relation.domain), (RDFS.range, relation.range)):
            stated = graph.value(rdflib.URIRef(relation.iri), side)
            union = graph.value(stated, OWL.unionOf)
            names = {str(item) for item in Collection(graph, union)} if union else {str(stated)}
            assert names == {TERMS + kind for kind in kinds or ("Entity",)}, relation.key


def test_every_relation_can_be_read_from_its_object(graph: rdflib.Graph, lexicon: Lexicon) -> None:
    inverted = set(graph.objects(None, OWL.inverseOf))
    assert {rdflib.URIRef(relation.iri) for relation in lexicon.relations.values()} == inverted


def test_every_predicate_is_declared(graph: rdflib.Graph) -> None:
    """OWL 2 DL asks for it; the built-in vocabularies are declared by the standard."""
    built_in = (str(RDF), str(RDFS), str(OWL), str(rdflib.XSD))
    kinds = (OWL.AnnotationProperty, OWL.ObjectProperty, OWL.DatatypeProperty)
    declared = {found for kind in kinds for found in graph.subjects(RDF.type, kind)}
    used = {predicate for predicate in graph.predicates() if not str(predicate).startswith(built_in)}
    assert used <= declared


def test_terms_of_one_kind_have_names_of_their_own(lexicon: Lexicon) -> None:
    for index in (lexicon.by_name, lexicon.by_exact):
        for name, terms in index.items():
            assert max(Counter(term.kind for term in terms).values()) == 1, (
                name,
                [term.label for term in terms],
            )


def test_no_term_lists_a_name_twice(lexicon: Lexicon) -> None:
    for term in lexicon.terms.values():
        keys = Counter(normalise(name) for name in (term.label, *term.alt_labels))
        assert [key for key, count in keys.items() if count > 1 or not key] == [], term.label


def test_names_of_two_letters_count_only_as_they_are_capitalised(lexicon: Lexicon) -> None:
    """A short name in any case is a word sooner or later; digits, signs and Greek letters make it safe."""
    for term in lexicon.terms.values():
        risky = [name for name in term.alt_labels if len(name) <= 2 and name.isascii() and name.isalpha()]
        assert risky == [], term.label


def test_other_names_of_a_compound_are_of_its_composition(lexicon: Lexicon) -> None:
    for term in lexicon.of_kind("Material"):
        own = parse_formula(term.label)
        for name in term.alt_labels if own and not own.generic else ():
            other = parse_formula(name)
            if other and other.kind in ("compound", "mixture") and not other.generic and other.key != own.key:
                assert _nearly(own.elements, other.elements), (term.label, name)


def _nearly(one: object, other: object) -> bool:
    """Equal up to rounding, in proportion: LiNi0.33Mn0.33Co0.33O2 is LiNi1/3Mn1/3Co1/3O2."""
    if not isinstance(one, dict) or not isinstance(other, dict) or set(one) != set(other):
        return False
    ratio = sum(one.values()) / sum(other.values())
    return all(abs(one[symbol] - ratio * other[symbol]) <= 0.03 * one[symbol] + 0.01 for symbol in one)


def test_each_relation_has_an_example_and_words_that_state_it(graph: rdflib.Graph, lexicon: Lexicon) -> None:
    assert len(lexicon.relations) == 14
    for relation in lexicon.relations.values():
        assert list(graph.objects(rdflib.URIRef(relation.iri), SKOS.example)), relation.key
        assert relation.verbs, relation.key
        assert relation.inverse_label, relation.key


def test_each_relation_states_what_it_can_be_between(graph: rdflib.Graph, lexicon: Lexicon) -> None:
    characteristics = {OWL[f"{name}Property"] for name in ("Asymmetric", "Irreflexive", "Symmetric")}
    for relation in lexicon.relations.values():
        assert characteristics & set(graph.objects(rdflib.URIRef(relation.iri), RDF.type)), relation.key
        (sign,) = graph.objects(rdflib.URIRef(relation.iri), LG.sign)
        assert sign.toPython() in (-1, 0, 1), relation.key
        assert relation.alt_labels, relation.key


def test_nearly_every_term_has_another_name(lexicon: Lexicon) -> None:
    """A few have none: a general word ("stability"), or a symbol whose spellings are one ("α-phase")."""
    without = [term.label for term in lexicon.terms.values() if len(term.names) == 1]
    assert len(without) <= 0.02 * len(lexicon.terms)


@pytest.mark.parametrize(
    ("key", "sign"), [("suppresses", -1), ("promotes", 1), ("decreases", -1), ("increases", 1), ("forms", 1)]
)
def test_signs_of_effects(lexicon: Lexicon, key: str, sign: int) -> None:
    assert lexicon.relations[key].sign == sign


def _alignments(graph: rdflib.Graph) -> list[tuple[rdflib.term.Node, rdflib.term.Node]]:
    matches = ("exactMatch", "closeMatch", "broadMatch", "relatedMatch")
    return [pair for name in matches for pair in graph.subject_objects(SKOS[name])]


def test_alignments_are_of_what_the_ontology_has_to_what_others_have(graph: rdflib.Graph) -> None:
    pairs = _alignments(graph)
    assert len(pairs) >= 60
    for own, other in pairs:
        assert (own, RDF.type, None) in graph
        assert not str(other).startswith(TERMS)


def _verified(notes: str) -> set[str]:
    """The IRIs of the table: written out, or a namespace with the names of the first column."""
    section = notes[notes.index("## 4. Verified IRIs") : notes.index("## 5.")]
    prefixes = dict(re.findall(r"(\w+) `(http[^`]+)`", section.partition("Files:")[0]))
    found = set()
    for terms, iri in re.findall(r"^\|([^|]+)\|([^|]+)\|[^|]*\|$", section, re.MULTILINE):
        base = re.match(r"`(http[^`]+)`\+|(\w+):\+same label", iri)
        if base:
            names = re.sub(r"^(QUDT|PROV|Web Annotation) |\(.*?\)", "", terms).split(", ")
            found |= {(base[1] or prefixes[base[2]]) + name.strip() for name in names}
        elif ":" in iri:
            prefix, _, code = iri.partition(":")
            found.add(prefixes[prefix] + code.strip())
    return found


def test_every_aligned_iri_was_verified(graph: rdflib.Graph, shared: Path) -> None:
    """It is in the list that was read from the vocabularies, or its line says where it was read."""
    verified = _verified((shared / "reference" / "literature-kg-systems.md").read_text("utf-8"))
    assert len(verified) > 60
    lines = next(file for file in ontology_files() if file.stem == "alignments").read_text("utf-8")
    noted = " ".join(line for line in lines.splitlines() if "# read in" in line)
    for _, other in _alignments(graph):
        assert str(other) in verified or re.split(r"[#/]", str(other))[-1] in noted.split(), other
