"""The IRIs of the graph: namespaces, terms, and how a node's IRI follows from what it stands for.

Nothing here depends on a clock, a random number or the order in which documents were read.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote

import pyoxigraph as ox

from ontology.lexicon import BASE, TERMS, THINGS

#: A triple of the graph, which holds no blank nodes.
Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]

GRAPHS: Final = BASE + "graph/"
DOCUMENT_GRAPHS: Final = GRAPHS + "document/"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
DCTERMS: Final = "http://purl.org/dc/terms/"

#: Prefixes for queries and for Turtle.
PREFIXES: Final = {
    "lg": TERMS,
    "id": THINGS,
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": SKOS,
    "prov": PROV,
    "oa": OA,
    "dcterms": DCTERMS,
    "unit": "http://qudt.org/vocab/unit/",
}

ONTOLOGY_GRAPH: Final = ox.NamedNode(GRAPHS + "ontology")
INFERRED_GRAPH: Final = ox.NamedNode(GRAPHS + "inferred")
CURATION_GRAPH: Final = ox.NamedNode(GRAPHS + "curation")
HISTORY_GRAPH: Final = ox.NamedNode(GRAPHS + "history")
WATCH_GRAPH: Final = ox.NamedNode(GRAPHS + "watches")
#: What belongs to one store and not to what it holds: no export has it.
LOCAL_GRAPHS: Final = frozenset({HISTORY_GRAPH, WATCH_GRAPH})

TYPE: Final = ox.NamedNode(RDF + "type")
SEQUENCE: Final = ox.NamedNode(RDF + "Seq")
PREF_LABEL: Final = ox.NamedNode(SKOS + "prefLabel")
ALT_LABEL: Final = ox.NamedNode(SKOS + "altLabel")
TITLE: Final = ox.NamedNode(DCTERMS + "title")
SOURCE: Final = ox.NamedNode(DCTERMS + "source")
CREATOR: Final = ox.NamedNode(DCTERMS + "creator")
DATE: Final = ox.NamedNode(DCTERMS + "date")
DESCRIPTION: Final = ox.NamedNode(DCTERMS + "description")
PRIMARY_SOURCE: Final = ox.NamedNode(PROV + "hadPrimarySource")
DERIVED_FROM: Final = ox.NamedNode(PROV + "wasDerivedFrom")
REVISION_OF: Final = ox.NamedNode(PROV + "wasRevisionOf")
SPECIFIC_RESOURCE: Final = ox.NamedNode(OA + "SpecificResource")
HAS_SOURCE: Final = ox.NamedNode(OA + "hasSource")
HAS_SELECTOR: Final = ox.NamedNode(OA + "hasSelector")
QUOTE_SELECTOR: Final = ox.NamedNode(OA + "TextQuoteSelector")
POSITION_SELECTOR: Final = ox.NamedNode(OA + "TextPositionSelector")
EXACT: Final = ox.NamedNode(OA + "exact")
DOUBLE: Final = ox.NamedNode("http://www.w3.org/2001/XMLSchema#double")
DAY: Final = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
JSON: Final = ox.NamedNode(RDF + "JSON")
#: What the predicate of a sequence's member starts with.
MEMBER: Final = RDF + "_"
START: Final = ox.NamedNode(OA + "start")
END: Final = ox.NamedNode(OA + "end")


@lru_cache(maxsize=4096)
def lg(name: str) -> ox.NamedNode:
    """A term of the ontology by its local name; characters that an IRI cannot hold are escaped.

    >>> lg("suppresses").value
    'https://w3id.org/lithograph/ontology#suppresses'
    """
    return ox.NamedNode(TERMS + quote(name, safe=""))


@lru_cache(maxsize=4096)
def member(position: int) -> ox.NamedNode:
    """The predicate of a sequence's member, counted from 1: ``rdf:_1``."""
    return ox.NamedNode(f"{MEMBER}{position}")


@lru_cache(maxsize=4096)
def document_graph(document: str) -> ox.NamedNode:
    """The named graph that holds what was read from one document.

    >>> document_graph("wu2020").value
    'https://w3id.org/lithograph/graph/document/wu2020'
    """
    return ox.NamedNode(DOCUMENT_GRAPHS + quote(document, safe=""))


def document_of_graph(graph: str) -> str | None:
    """The document whose graph has this IRI, None for any other graph.

    >>> document_of_graph("https://w3id.org/lithograph/graph/document/wu%202020")
    'wu 2020'
    """
    return unquote(graph.removeprefix(DOCUMENT_GRAPHS)) if graph.startswith(DOCUMENT_GRAPHS) else None


@lru_cache(maxsize=4096)
def document_node(document: str) -> ox.NamedNode:
    """The document itself, as the source of what was read from it."""
    return ox.NamedNode(THINGS + "document/" + quote(document, safe=""))


def document_of_node(iri: str) -> str:
    """The id of the document with an IRI.

    >>> document_of_node(document_node("wu 2020").value)
    'wu 2020'
    """
    return unquote(iri.removeprefix(THINGS + "document/"))


def hashed_node(sort: str, *content: object) -> ox.NamedNode:
    """A node whose IRI is a hash of its content: equal content, equal node.

    >>> hashed_node("evidence", "wu2020", 12, 40) == hashed_node("evidence", "wu2020", 12, 40)
    True
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return ox.NamedNode(f"{THINGS}{sort}/{hashlib.sha256(text.encode()).hexdigest()[:20]}")


def claim_node(claim_id: str) -> ox.NamedNode:
    """A claim's node."""
    return ox.NamedNode(f"{THINGS}claim/{claim_id}")


def original_node(claim_id: str) -> ox.NamedNode:
    """The node of a claim as it was read, which a verdict changed or took away."""
    return ox.NamedNode(f"{THINGS}original/{claim_id}")


def retracted_node(claim_id: str) -> ox.NamedNode:
    """The node of a claim whose works are all retracted."""
    return ox.NamedNode(f"{THINGS}retracted/{claim_id}")


def open_question_node(question_id: str) -> ox.NamedNode:
    """An open question's node."""
    return ox.NamedNode(f"{THINGS}open-question/{question_id}")


def claim_of_node(node: object) -> str | None:
    """The id of the claim that a node is, None for any other node."""
    is_claim = isinstance(node, ox.NamedNode) and node.value.startswith(f"{THINGS}claim/")
    return claim_id(node.value) if is_claim and isinstance(node, ox.NamedNode) else None


def claim_id(iri: str) -> str:
    """The id of the claim with an IRI.

    >>> claim_id(claim_node("4f0c").value)
    '4f0c'
    """
    return iri.removeprefix(f"{THINGS}claim/")
