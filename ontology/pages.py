"""The ontology as HTML, one page for each module, rendered by pyLODE: ``python -m ontology.pages FOLDER``.

pyLODE shows definitions, examples, sources and the hierarchy. What else a term has (other names, trigger
words, mappings to other vocabularies) is handed to it as notes; links between modules lead from page to page.
"""

from __future__ import annotations

import html
import logging
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from ontology.axioms import load_graph
from ontology.data_files import read_yaml
from ontology.lexicon import BASE, TERMS, local_name
from ontology.modules import ontology_files

_LG = rdflib.Namespace(TERMS)
_ONTOLOGY = rdflib.URIRef(BASE + "ontology")
_SORTS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
_WRITTEN = (SKOS.altLabel, _LG.exactLabel)
_WORDS = (_LG.verb, _LG.inverseVerb, _LG.noun, _LG.adjective, _LG.sign, _LG.inverseLabel)
_VALUES = (_LG.key, _LG.canonicalUnit)
_SIGNS = {"minInclusive": "≥", "maxInclusive": "≤"}


def write_pages(folder: Path) -> tuple[Path, ...]:
    """Write the pages and their index; returns the files. Needs pyLODE, a tool of development."""
    from pylode.profiles.ontpub import OntPub  # noqa: PLC0415
    from pylode.rdf_elements import ONTDOC  # noqa: PLC0415

    whole, titles = load_graph(), page_titles()
    folder.mkdir(parents=True, exist_ok=True)
    rendered, anchors = {}, {}
    for name, page in titles.items():
        module = module_graph(name, page, whole)
        own = {str(term) for sort in _SORTS for term in module.subjects(RDF.type, sort)}
        module.bind("ontdoc", ONTDOC)
        document = OntPub(module, sort_subjects=True)
        rendered[name] = document.make_html()
        anchors.update({iri: (name, anchor) for iri, anchor in document.fids.items() if iri in own})
    files = [folder / f"{name}.html" for name in titles]
    for file in files:
        file.write_text(_linked(rendered[file.stem], anchors), "utf-8")
    index = folder / "index.html"
    index.write_text(_index(titles, [page for page, _ in anchors.values()]), "utf-8")
    return (*files, index)


def page_titles() -> Mapping[str, Mapping[str, str]]:
    """Module → the title of its page and what it is about, in the order of the index."""
    pages: dict[str, dict[str, str]] = _data()["pages"]
    return pages


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("pages.yaml"))
    return data


def module_graph(name: str, page: Mapping[str, str], whole: rdflib.Graph) -> rdflib.Graph:
    """What a page shows: all that the ontology says of the terms that a module declares."""
    file = next(each for each in ontology_files() if each.stem == name)
    declared = rdflib.Graph().parse(file)
    terms = {
        term
        for sort in _SORTS
        for term in declared.subjects(RDF.type, sort)
        if isinstance(term, rdflib.URIRef) and (term in _LG or (term, RDFS.label, None) in declared)
    }
    graph = rdflib.Graph()
    for prefix, namespace in whole.namespaces():
        graph.bind(prefix, namespace)
    graph.add((_ONTOLOGY, RDF.type, OWL.Ontology))
    graph.add((_ONTOLOGY, DCTERMS.title, rdflib.Literal(page["title"])))
    graph.add((_ONTOLOGY, DCTERMS.description, rdflib.Literal(page["about"])))
    for predicate in (DCTERMS.license, OWL.versionInfo):
        for value in whole.objects(_ONTOLOGY, predicate):
            graph.add((_ONTOLOGY, predicate, value))
    for term in terms:
        graph += whole.cbd(term)
        graph.remove((term, OWL.equivalentClass, None))  # pyLODE shows no data ranges: _notes says it
        for narrower in whole.subjects(RDFS.subClassOf, term):
            graph.add((narrower, RDFS.subClassOf, term))
        for source in _sources(term, whole):
            graph.add((term, DCTERMS.source, source))
        for note in _notes(term, whole):
            graph.add((term, SKOS.note, rdflib.Literal(note)))
    _name_the_others(graph, whole, terms)
    return graph


def _sources(term: rdflib.URIRef, whole: rdflib.Graph) -> list[Node]:
    """The works that a term comes from: its own, else those of the nearest class above it that has some."""
    found = (
        list(whole.objects(above, DCTERMS.source))
        for above in whole.transitive_objects(term, RDFS.subClassOf)
    )
    return next(filter(None, found), [])


def _notes(term: rdflib.URIRef, whole: rdflib.Graph) -> Iterator[str]:
    """What pyLODE has no place for, in Markdown."""
    for predicates in (_WRITTEN, _WORDS, _VALUES):
        for predicate in predicates:
            values = sorted(_label(value, whole) for value in whole.objects(term, predicate))
            if values:
                yield f"**{_data()['words'][local_name(str(predicate))]}:** {', '.join(map(_plain, values))}"
    for inverse in whole.subjects(OWL.inverseOf, term):
        yield f"**inverse:** {_plain(_label(inverse, whole))} (`{local_name(str(inverse))}`)"
    for relation in whole.objects(term, OWL.inverseOf):
        yield f"**inverse of:** {_plain(_label(relation, whole))} (`{local_name(str(relation))}`)"
    for characteristic in sorted(map(str, whole.objects(term, RDF.type))):
        if characteristic.endswith("Property") and rdflib.URIRef(characteristic) not in _SORTS:
            yield f"**characteristic:** {local_name(characteristic).removesuffix('Property').lower()}"
    for chain in whole.objects(term, OWL.propertyChainAxiom):
        steps = " → ".join(_plain(_label(step, whole)) for step in whole.items(chain))
        yield f"**follows from the chain:** {steps}"
    for expression in whole.objects(term, OWL.equivalentClass):
        yield f"**defined as:** {_plain(_expression(expression, whole))}"
    for match in _MATCHES:
        for other in sorted(map(str, whole.objects(term, match))):
            yield f"**{_data()['words'][local_name(str(match))]}:** [{whole.qname(other)}]({other})"
    for unit in sorted(whole.subjects(RDF.type, term), key=str) if term not in _LG else ():
        written = [str(text) for text in whole.objects(unit, _LG.notation)]
        symbols = _plain(", ".join([str(whole.value(unit, _LG.symbol)), *written]))
        yield f"**{_plain(_label(unit, whole))}:** {symbols}"


def _expression(node: Node, whole: rdflib.Graph) -> str:
    """A class expression or data range in the words of OWL's Manchester syntax."""
    parts = whole.value(node, OWL.intersectionOf)
    if parts is not None:
        return " and ".join(_expression(part, whole) for part in whole.items(parts))
    members = whole.value(node, OWL.oneOf)
    if members is not None:
        return f"{{{', '.join(map(str, whole.items(members)))}}}"
    limits = whole.value(node, OWL.withRestrictions)
    if limits is not None:
        pairs = (pair for limit in whole.items(limits) for pair in whole.predicate_objects(limit))
        return f"[{', '.join(f'{_SIGNS[local_name(str(facet))]} {value}' for facet, value in pairs)}]"
    relation = whole.value(node, OWL.onProperty)
    if relation is None:
        return _label(node, whole)
    some, value = whole.value(node, OWL.someValuesFrom), whole.value(node, OWL.hasValue)
    held = f"some {_expression(some, whole)}" if some is not None else f"value {value}"
    return f"({_label(relation, whole)} {held})"


def _label(node: Node, whole: rdflib.Graph) -> str:
    if isinstance(node, rdflib.Literal):
        return str(node)
    return str(whole.value(node, SKOS.prefLabel) or whole.value(node, RDFS.label) or local_name(str(node)))


def _plain(text: str) -> str:
    """A text that Markdown leaves as it is: "Li_2S", "β*"."""
    return re.sub(r"([\\`*_<>\[\]])", r"\\\1", text)


def _name_the_others(graph: rdflib.Graph, whole: rdflib.Graph, terms: Iterable[rdflib.URIRef]) -> None:
    """Titles for terms of other modules that the page speaks of, without making entries of them."""
    named = {node for triple in graph for node in triple if isinstance(node, rdflib.URIRef) and node in _LG}
    for other in named.difference(terms):
        for sort in _SORTS:
            graph.remove((other, RDF.type, sort))
        graph.add((other, DCTERMS.title, rdflib.Literal(_label(other, whole))))


def _linked(page: str, anchors: Mapping[str, tuple[str, str]]) -> str:
    """A page whose links to terms lead to where these are described."""

    def target(match: re.Match[str]) -> str:
        iri = TERMS + match[1]
        if iri not in anchors:
            return match[0]
        name, anchor = anchors[iri]
        return f'href="{name}.html#{anchor}"'

    page = re.sub(rf'href="(?:{re.escape(TERMS)}|#)([^"]+)"', target, page)
    page = re.sub(r'<div[^<>]*id="classes"[^<>]*>\s*<h2>Classes</h2>\s*</div>', "", page)  # of unions only
    return page.replace("<body>", '<body><p><a href="index.html">All modules</a></p>', 1)


def _index(titles: Mapping[str, Mapping[str, str]], terms: list[str]) -> str:
    rows = "\n".join(
        f'<tr><td><a href="{name}.html">{html.escape(page["title"])}</a></td>'
        f"<td>{terms.count(name)}</td><td>{html.escape(page['about'])}</td></tr>"
        for name, page in titles.items()
    )
    return Template(Path(__file__).with_name("pages.html").read_text("utf-8")).substitute(rows=rows)


if __name__ == "__main__":
    logging.disable(logging.INFO)
    sys.stdout.write("".join(f"{file}\n" for file in write_pages(Path(sys.argv[1]))))
