"""The reasoner puts formulas that nobody listed into the classes defined by composition (formulas.ttl)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import owlready2
import rdflib
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from ontology.axioms import load_graph
from ontology.descriptors import Descriptors, describe_formula
from ontology.explanations import above
from ontology.formula import parse_formula
from ontology.grounding import thing_iri
from ontology.lexicon import TERMS
from ontology.modules import ontology_files
from ontology.reasoner import as_owl, need_java

_Fact = tuple[rdflib.URIRef, rdflib.URIRef, Node]


def classify_formulas(formulas: Iterable[str]) -> dict[str, frozenset[str]]:
    """The classes (local names) that the reasoner puts formulas in by what ontology.descriptors says of them.

    Formulas that nothing can be said of are left out. Raises JavaMissingError.
    """
    need_java("the reasoner HermiT")
    graph = _above_formulas()
    things: dict[str, rdflib.URIRef] = {}
    for text in formulas:
        formula = parse_formula(text)
        described = describe_formula(formula) if formula else None
        if described is not None:
            things[text] = rdflib.URIRef(thing_iri(text))
            for triple in _facts(things[text], described):
                graph.add(triple)
    ontology = as_owl(graph)
    with ontology:
        owlready2.sync_reasoner_hermit(ontology.world, debug=0, infer_property_values=False)
    found = {}
    for text, iri in things.items():
        kinds = {kind for kind in ontology.world[str(iri)].INDIRECT_is_a if kind is not owlready2.Thing}
        found[text] = frozenset(str(kind.name) for kind in kinds if isinstance(kind, owlready2.ThingClass))
    return found


def _above_formulas() -> rdflib.Graph:
    """The classes defined by composition and all above them: what a formula can follow from, and no more."""
    whole, named = load_graph(), {"core", "claims", "formulas"}
    part = load_graph(file for file in ontology_files() if file.stem in named)
    for name in set(part.subjects(RDF.type, OWL.Class)):
        for wider in above(whole, name):
            for triple in whole.triples((wider, RDFS.subClassOf, None)):
                if isinstance(triple[2], rdflib.URIRef):
                    part.add((wider, RDF.type, OWL.Class)).add(triple)
    return part


def _facts(thing: rdflib.URIRef, described: Descriptors) -> Iterator[_Fact]:
    """The triples of formulas.ttl about one composition."""
    terms = rdflib.Namespace(TERMS)
    yield thing, RDF.type, OWL.NamedIndividual
    yield thing, RDF.type, terms.Material
    yield thing, terms.mobileIon, rdflib.Literal(described.mobile_ion)
    yield thing, terms.mainAnion, rdflib.Literal(described.main_anion)
    for element in described.elements:
        yield thing, terms.containsElement, rdflib.Literal(element)
    ratios = {
        terms.anionsPerFormula: described.anions_per_formula,
        terms.anionsPerCentre: described.anions_per_centre,
        terms.anionsPerLargeCation: described.anions_per_large_cation,
    }
    for predicate, number in ratios.items():
        if number is not None:
            yield thing, predicate, rdflib.Literal(Decimal(str(number)))
