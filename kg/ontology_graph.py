"""The ontology modules in their own graph of a store, with the digest that tells which version it is."""

from __future__ import annotations

import hashlib
from functools import cache

import pyoxigraph as ox

from kg import vocabulary as v
from kg.updates import change
from kg.vocabulary import lg
from ontology.lexicon import BASE
from ontology.modules import ontology_files


def refresh_ontology(store: ox.Store) -> bool:
    """Put the current ontology into its graph; returns whether it was another one before."""
    node = ox.NamedNode(BASE + "ontology")
    mark = ox.Quad(node, lg("digest"), ox.Literal(ontology_digest()), v.ONTOLOGY_GRAPH)
    if mark in store:
        return False
    quads = [mark, *_ontology_quads()]
    if store.contains_named_graph(v.ONTOLOGY_GRAPH):
        change(store, drop=[v.ONTOLOGY_GRAPH], add=quads)
    else:
        store.extend(quads)
    return True


@cache
def _ontology_quads() -> tuple[ox.Quad, ...]:
    return tuple(
        ox.Quad(triple.subject, triple.predicate, triple.object, v.ONTOLOGY_GRAPH)
        for file in ontology_files()
        for triple in ox.parse(path=file, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    )


@cache
def ontology_digest() -> str:
    """Content hash of the ontology modules."""
    content = hashlib.sha256()
    for file in ontology_files():
        content.update(file.name.encode() + b"\0" + file.read_bytes())
    return content.hexdigest()[:20]
