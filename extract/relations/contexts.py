"""The system in which a statement holds: "X raises the conductivity of Li3PS4", "X suppresses Y in cells"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.noun_phrases import conjuncts
from extract.relations.arguments import Argument, PassageReader
from extract.relations.data import words
from extract.relations.statements import Statement

_MOST = 2


def contexts_of(statement: Statement, reader: PassageReader) -> tuple[str, ...]:
    """The names of the materials and cells in which a statement holds; two at most.

    What the object is said of comes first, then the subject, then where the clause takes place.
    """
    said = {name.casefold() for side in (statement.subject, statement.object) for name in side.names}
    found: dict[str, None] = {}
    for token, prepositions in _places(statement, reader):
        for thing in (
            *filter(_is_system, reader.owners(token)),
            *_things(reader, token, words(prepositions)),
        ):
            if not said.intersection(name.casefold() for name in thing.names):
                found.setdefault(thing.names[0])
    return tuple(found)[:_MOST]


def _places(statement: Statement, reader: PassageReader) -> Iterator[tuple[Token, str]]:
    yield reader.doc[statement.object.head], "context_of_nouns"
    yield reader.doc[statement.subject.head], "context_of_nouns"
    yield statement.trigger, "context_of_clauses"


def _things(reader: PassageReader, token: Token, prepositions: frozenset[str]) -> Iterator[Argument]:
    for preposition in token.rights:
        if preposition.dep_ != "prep" or preposition.lower_ not in prepositions:
            continue
        for thing in preposition.rights:
            if thing.dep_ == "pobj":
                for member in conjuncts(thing):
                    yield from filter(_is_system, reader.single(member))


def _is_system(thing: Argument) -> bool:
    """Whether something can hold a process: a material or a cell, not a mobile ion or an element."""
    name = thing.names[0]
    return thing.kind == "Material" and len(name) > 2 and name.casefold() not in words("mobile_ions")
