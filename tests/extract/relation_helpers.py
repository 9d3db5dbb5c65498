"""What the tests of mentions and relations share: a parse with mentions, and statements as plain triples."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from extract.abbreviations import find_abbreviations
from extract.antecedents import find_antecedents
from extract.mentions import Mention, find_mentions
from extract.nlp import parse_texts
from extract.relations.passage import read_statements
from extract.relations.statements import Statement
from ontology.lexicon import load_lexicon
from ontology.names import normalise


@cache
def parsed(text: str) -> tuple[Doc, tuple[Mention, ...]]:
    """The parse of a text and its mentions."""
    doc = next(parse_texts([text]))
    return doc, find_mentions(doc, lexicon=load_lexicon(), abbreviations=find_abbreviations([text]))


@cache
def statements(text: str) -> tuple[Statement, ...]:
    """The statements of a text."""
    doc, mentions = parsed(text)
    return tuple(read_statements(doc, mentions, find_antecedents(doc, mentions), lexicon=load_lexicon()))


def says(text: str, subject: str, relation: str, thing: str) -> bool:
    """Whether a text states a relation between things of these names."""
    return any(
        statement.relation == relation
        and normalise(subject) in map(normalise, statement.subject.names)
        and normalise(thing) in map(normalise, statement.object.names)
        for statement in statements(text)
    )


def triples(text: str) -> list[tuple[str, str, str]]:
    """The statements of a text by their first names, for messages of failing tests."""
    return [(each.subject.names[0], each.relation, each.object.names[0]) for each in statements(text)]
