"""The line from a document to its claims: parse once, then read measurements and relations off the parse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.abbreviations import find_abbreviations
from extract.antecedents import find_antecedents
from extract.document import Document
from extract.measurements import measurements_from_passage, measurements_from_tables
from extract.mentions import find_mentions
from extract.nlp import parse
from extract.passages import passages
from extract.relations.passage import relations_from_passage
from extract.relations.tables import relations_from_tables
from kg.model import Claim, Entity
from kg.naming import ground_entity
from ontology.lexicon import Lexicon, load_lexicon


def extract_claims(document: Document, *, lexicon: Lexicon | None = None) -> list[Claim]:
    """The claims of a document by their place in it, each once, with the IRIs of their things.

    A claim that cites nobody has the document's own record as its primary work, where that is known.
    """
    lexicon = lexicon or load_lexicon()
    own = (document.own,) if document.own.title or document.own.doi else ()
    found: dict[str, Claim] = {}
    for claim in _read(document, lexicon):
        evidence = claim.evidence
        cites_nobody = not evidence.primary and not evidence.refs
        grounded = replace(
            claim,
            evidence=replace(evidence, primary=own) if cites_nobody else evidence,
            subject=_grounded(claim.subject, lexicon),
            object=_grounded(claim.object, lexicon) if claim.object else None,
        )
        found.setdefault(grounded.id, grounded)
    return sorted(found.values(), key=lambda each: (each.evidence.start, each.evidence.end, each.id))


def _read(document: Document, lexicon: Lexicon) -> Iterator[Claim]:
    yield from measurements_from_tables(document, lexicon=lexicon)
    yield from relations_from_tables(document, lexicon=lexicon)
    runs = passages(document)
    abbreviations = find_abbreviations(passage.text for passage in runs)
    for passage, doc in zip(runs, parse(runs), strict=True):
        mentions = find_mentions(doc, lexicon=lexicon, abbreviations=abbreviations)
        antecedents = find_antecedents(doc, mentions)
        yield from measurements_from_passage(document, passage, doc, mentions, antecedents, lexicon=lexicon)
        yield from relations_from_passage(document, passage, doc, mentions, antecedents, lexicon=lexicon)


def _grounded(entity: Entity, lexicon: Lexicon) -> Entity:
    return entity if entity.iri else replace(entity, iri=ground_entity(entity, lexicon=lexicon).iri)
