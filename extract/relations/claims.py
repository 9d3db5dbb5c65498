"""From a statement to a claim: names in order, entities grounded, evidence cut, what it cites."""

from __future__ import annotations

from extract.cited import cited_for
from extract.document import Document
from extract.mentions import MOST_NAMES
from extract.passages import Passage
from extract.relations.arguments import Argument
from extract.relations.modality import certainty, polarity
from extract.relations.statements import Statement
from kg.model import Claim, Entity, Evidence
from ontology.grounding import ground
from ontology.lexicon import Lexicon

#: "Not stable" says unstable.
_OPPOSITE = {"stable_with": "unstable_with", "unstable_with": "stable_with"}


def claim_of(statement: Statement, *, document: Document, passage: Passage, lexicon: Lexicon) -> Claim:
    """The claim that a statement makes, with the shortest run of text that holds both arguments."""
    trigger = statement.trigger
    start = min(statement.subject.start, statement.object.start, trigger.idx)
    end = max(statement.subject.end, statement.object.end, trigger.idx + len(trigger))
    source = passage.to_source(start, end)
    sentence = trigger.sent
    heads = [trigger.doc[argument.head] for argument in (statement.subject, statement.object)]
    cited = cited_for(passage, [(start, end), (sentence.start_char, sentence.end_char)], named=heads)
    denied = (
        (polarity(trigger) == "negated")
        ^ statement.denied
        ^ (statement.subject.denied or statement.object.denied)
    )
    relation = statement.relation
    if denied and relation in _OPPOSITE:
        relation, denied = _OPPOSITE[relation], False
    return Claim(
        subject=_cause(statement.subject, passage.text, lexicon=lexicon),
        relation=relation,
        object=entity_of(statement.object, lexicon=lexicon),
        context=statement.context,
        polarity="negated" if denied else "affirmed",
        certainty=certainty(trigger),
        evidence=Evidence(
            document=document.id,
            start=source[0],
            end=source[1],
            quote=document.text[source[0] : source[1]],
            section=passage.section,
            refs=cited.refs,
            primary=cited.works,
            extractor=f"relations.{statement.rule.replace(' ', '_')}",
        ),
    )


def _cause(argument: Argument, text: str, *, lexicon: Lexicon) -> Entity:
    """The entity that acts; a low property acts by being low, so that it is not the property as such.

    "Low electronic conductivity suppresses dendrites" must not say what the conductivity itself does.
    """
    if argument.kind != "Property" or argument.direction >= 0:
        return entity_of(argument, lexicon=lexicon)
    written = " ".join(text[argument.start : argument.end].split())
    if written[1:2].islower():
        written = written[0].lower() + written[1:]
    names = tuple(dict.fromkeys((written, *argument.names)))[:MOST_NAMES]
    return Entity(names, argument.kind, ground((written,), kind=argument.kind, lexicon=lexicon).iri)


def entity_of(argument: Argument, *, lexicon: Lexicon) -> Entity:
    """The grounded entity of an argument."""
    grounding = ground(argument.names, kind=argument.kind, lexicon=lexicon)
    return Entity(argument.names, grounding.kind or argument.kind or "Material", grounding.iri)
