"""Validation: each document's graph against the SHACL shapes, with findings a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import pyoxigraph as ox

import ontology
from kg import vocabulary as v
from kg.matching import matching
from kg.store import document_ids
from kg.vocabulary import lg
from ontology.lexicon import TERMS
from ontology.modules import ontology_files

if TYPE_CHECKING:
    import rdflib

#: The facts of the ontology that the shapes ask for; the whole of it would make validation slow.
_ASKED: Final = ("isKind", "isClaimRelation", "key", "canonicalUnit", "plausibleMinimum", "plausibleMaximum")

Severity = Literal["violation", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the shapes object to: where it is, what it is about, and the text it was read from.

    A violation means that the graph is damaged; a warning that a value or type deserves a second look.
    """

    severity: Severity
    document: str
    node: str
    message: str
    about: str
    quote: str


def validate(store: ox.Store, *, document: str | None = None) -> Iterator[Finding]:
    """Yield the findings in one document or in all, document by document, violations first."""
    for each in document_ids(store) if document is None else [document]:
        yield from _validate_document(store, each)


def validation_report(store: ox.Store, *, document: str | None = None) -> str:
    """The SHACL validation report of one document or of all, in Turtle."""
    import rdflib  # noqa: PLC0415

    whole, shacl, node = rdflib.Graph(), rdflib.SH, rdflib.BNode()
    whole.bind("lg", TERMS)
    for each in document_ids(store) if document is None else [document]:
        report = _report(store, each)
        own = report.value(predicate=rdflib.RDF.type, object=shacl.ValidationReport)
        for triple in report:
            if triple[0] != own:
                whole.add(triple)
        for result in report.objects(own, shacl.result):
            whole.add((node, shacl.result, result))
    whole.add((node, rdflib.RDF.type, shacl.ValidationReport))
    whole.add((node, shacl.conforms, rdflib.Literal((node, shacl.result, None) not in whole)))
    return whole.serialize(format="turtle")


def _report(store: ox.Store, document: str) -> rdflib.Graph:
    """The report of pySHACL on one document's graph."""
    import pyshacl  # noqa: PLC0415  (takes half a second, and nothing else needs it)
    import rdflib  # noqa: PLC0415

    data = _as_rdflib(matching(store, None, None, None, v.document_graph(document))) + _background()
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inference="none", inplace=True)
    assert isinstance(report, rdflib.Graph)
    return report


def _validate_document(store: ox.Store, document: str) -> list[Finding]:
    import rdflib  # noqa: PLC0415

    graph = v.document_graph(document)
    report = _report(store, document)
    shacl = rdflib.SH
    findings = set()
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        node = str(report.value(result, shacl.focusNode))
        is_violation = report.value(result, shacl.resultSeverity) == shacl.Violation
        findings.add(
            Finding(
                severity="violation" if is_violation else "warning",
                document=document,
                node=node,
                message=str(report.value(result, shacl.resultMessage)),
                about=_about(store, node, graph),
                quote=_quote(store, node, graph),
            )
        )
    return sorted(findings, key=lambda each: (each.severity != "violation", each.node, each.message))


def _about(store: ox.Store, node: str, graph: ox.NamedNode) -> str:
    """A claim in a few words: its subject, what it says of it, and the object or the value with its unit.

    An entry of a bibliography is told as it is written.
    """
    predicate = _text(store, node, lg("property"), graph) or _text(store, node, lg("relation"), graph)
    said = (
        _text(store, node, lg("subjectName"), graph) or _text(store, node, lg("asWritten"), graph),
        predicate.rpartition("#")[2],
        _text(store, node, lg("objectName"), graph) or _text(store, node, lg("value"), graph),
        _text(store, node, lg("unitSymbol"), graph),
    )
    return " ".join(part for part in said if part)


def _quote(store: ox.Store, node: str, graph: ox.NamedNode) -> str:
    evidence = _text(store, node, lg("evidence"), graph) or node
    return _text(store, f"{evidence}/quote", v.EXACT, graph)


def _text(store: ox.Store, node: str, predicate: ox.NamedNode, graph: ox.NamedNode) -> str:
    for quad in matching(store, ox.NamedNode(node), predicate, None, graph):
        found: Any = quad.object
        return str(found.value)
    return ""


def _as_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    import rdflib  # noqa: PLC0415

    text = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text, format="nt")


@cache
def _shapes() -> rdflib.Graph:
    import rdflib  # noqa: PLC0415

    return rdflib.Graph().parse(Path(ontology.__file__).parent / "shapes" / "claims.ttl", format="turtle")


@cache
def _background() -> rdflib.Graph:
    """What the shapes ask of the ontology: which kinds, relations, properties and units there are."""
    asked = {lg(name) for name in _ASKED}
    shapes = _shapes().serialize(format="nt", encoding="utf-8")
    sources = [ox.parse(path=file, format=ox.RdfFormat.TURTLE) for file in ontology_files()]
    sources.append(ox.parse(shapes, format=ox.RdfFormat.N_TRIPLES))
    return _as_rdflib(quad for source in sources for quad in source if quad.predicate in asked)
