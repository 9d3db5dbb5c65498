"""The relations of one passage: every pattern over one parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc, Token

from extract.antecedents import Antecedents
from extract.document import Document
from extract.mentions import Mention
from extract.passages import Passage
from extract.relations.arguments import Argument, read_passage
from extract.relations.causes import EffectReader
from extract.relations.choose import fits_subject
from extract.relations.claims import claim_of
from extract.relations.compounds import compound_statements
from extract.relations.connectors import connector_statements
from extract.relations.contexts import contexts_of
from extract.relations.data import read, words
from extract.relations.doping import doping_statements
from extract.relations.joined import joined_statements
from extract.relations.modality import is_supposed
from extract.relations.nominal import nominal_statements
from extract.relations.occurrences import occurrence_statements
from extract.relations.reactions import reaction_statements
from extract.relations.statements import Statement
from extract.relations.structure import structure_statements
from extract.relations.syntax import prepositional
from extract.relations.triggers import triggers_of
from extract.relations.verbs import verb_statements
from kg.model import Claim
from ontology.lexicon import Lexicon


def relations_from_passage(
    document: Document,
    passage: Passage,
    doc: Doc,
    mentions: Sequence[Mention],
    antecedents: Antecedents,
    *,
    lexicon: Lexicon,
) -> list[Claim]:
    """The relations that a parsed passage states; ``doc.text`` is the passage's text."""
    statements = read_statements(doc, mentions, antecedents, lexicon=lexicon)
    return [
        claim_of(statement, document=document, passage=passage, lexicon=lexicon) for statement in statements
    ]


def read_statements(
    doc: Doc, mentions: Sequence[Mention], antecedents: Antecedents, *, lexicon: Lexicon
) -> list[Statement]:
    """The statements of a parsed text, each once, without those of something about itself."""
    reader = EffectReader(read_passage(doc, mentions, antecedents), triggers_of(lexicon), lexicon)
    found: dict[tuple[str, str, str], Statement] = {}
    for statement in map(partial(_in_the_bulk, lexicon=lexicon), _all(reader, doc)):
        if not _is_sound(statement, lexicon):
            continue
        key = (
            statement.subject.names[0].casefold(),
            statement.relation,
            statement.object.names[0].casefold(),
        )
        found.setdefault(key, statement)
    return [replace(each, context=contexts_of(each, reader.reader)) for each in found.values()]


def _all(reader: EffectReader, doc: Doc) -> Iterator[Statement]:
    yield from reaction_statements(doc)
    for token in doc:
        if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
            yield from verb_statements(reader, token)
            yield from occurrence_statements(reader, token)
        yield from connector_statements(reader, token)
        yield from nominal_statements(reader, token)
        yield from structure_statements(reader, token)
        yield from compound_statements(reader, token)
        yield from joined_statements(reader, token)
    yield from doping_statements(reader)


def _in_the_bulk(statement: Statement, *, lexicon: Lexicon) -> Statement:
    """What is stable against "Li" is so against the metal: the element is named for it."""
    thing = statement.object
    if statement.relation not in words("towards_metals") or len(thing.names[0]) > 2:
        return statement
    terms = lexicon.lookup(f"{thing.names[0]} metal")
    names = dict.fromkeys([*(term.label for term in terms), *thing.names])
    return replace(statement, object=replace(thing, names=tuple(names), terms=terms or thing.terms))


def _is_sound(statement: Statement, lexicon: Lexicon) -> bool:
    subject, thing = statement.subject, statement.object
    if is_supposed(statement.trigger):
        return False
    if statement.relation in words("of_things") and (_is_bare(subject) or not (subject.kind or thing.kind)):
        return False
    written = thing.names[-1].casefold().removesuffix("s")
    if statement.relation in words("of_effects") and written in words("mobile_ions"):
        return False
    if statement.relation in words("of_parts") and _is_supply(statement.trigger.doc[thing.head]):
        return False
    if statement.relation == "forms" and thing.kind == "Material" and thing.direction < 0:
        return False  # "releases less H2S"
    if statement.relation == "forms" and subject.kind in words("formless") and thing.kind == "Material":
        return False
    if statement.relation == "has_structure" and thing.names[0].casefold() in read("choice")["unspecific"]:
        return False
    same = {name.casefold() for name in subject.names} & {name.casefold() for name in thing.names}
    return not same and fits_subject(statement.relation, subject, lexicon=lexicon)


def _is_supply(token: Token) -> bool:
    """Whether a thing is only where another one comes from: "acetylene as the carbon source"."""
    return any(
        source.lemma_.lower() in words("supplies") for source in prepositional(token, frozenset({"as"}))
    )


def _is_bare(subject: Argument) -> bool:
    """Whether a subject is a mobile ion or a general noun ("the structure"): no cause in particular."""
    if subject.names[0].casefold() in words("acts"):
        return True
    if subject.kind == "Strategy":
        return False
    written = subject.names[-1].casefold()
    return written in words("mobile_ions") or written.removesuffix("s") in words("bare")
