"""What was found in a document, in place: every named thing with its grounding, and every claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.abbreviations import find_abbreviations
from extract.document import Document, Span
from extract.mentions import Mention, find_mentions
from extract.nlp import parse
from extract.passages import Passage, passages
from extract.pipeline import extract_claims
from extract.plain_text import is_damaged, plain_text
from kg.model import Claim, Entity, Evidence
from ontology.grounding import ground
from ontology.lexicon import Lexicon, load_lexicon


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A name in the document's text: what it stands for, and why (the reason of its grounding)."""

    start: int
    end: int
    names: tuple[str, ...]
    kind: str
    iri: str
    reason: str


@dataclass(frozen=True)
class Annotated:
    """A document with what was found in it; offsets count code points of ``document.text``."""

    document: Document
    things: tuple[NamedThing, ...]
    claims: tuple[Claim, ...]

    def place_of(self, entity: Entity, evidence: Evidence) -> Span:
        """Where a claim's entity is named: in its sentence, else before it, else the whole sentence."""
        wanted = {name.casefold() for name in entity.names}
        named = [thing for thing in self.things if wanted.intersection(map(str.casefold, thing.names))]
        inside = [thing for thing in named if evidence.start <= thing.start and thing.end <= evidence.end]
        if inside:
            return inside[0].start, inside[0].end
        for name in entity.names:
            if (place := self.place_of_text(name, evidence)) is not None:
                return place
        before = [thing for thing in named if thing.end <= evidence.start]
        return (before[-1].start, before[-1].end) if before else (evidence.start, evidence.end)

    def place_of_text(self, text: str, evidence: Evidence) -> Span | None:
        """Where a text stands in a claim's sentence, however it is spelt there; None if it does not."""
        span = (evidence.start, evidence.end)
        plain = plain_text(self.document.text, [span], markup=self.document.markup, damaged=self._damaged)
        at = plain.text.casefold().find(text.casefold()) if text else -1
        return None if at < 0 else plain.to_source(at, at + len(text))

    @cached_property
    def _damaged(self) -> bool:
        return is_damaged(self.document.text)


def annotate(document: Document, *, lexicon: Lexicon | None = None) -> Annotated:
    """The named things of a document's running text and its claims, both in the order of the text."""
    lexicon = lexicon or load_lexicon()
    claims = tuple(extract_claims(document, lexicon=lexicon))
    return Annotated(document, tuple(_named_things(document, lexicon)), claims)


def _named_things(document: Document, lexicon: Lexicon) -> Iterator[NamedThing]:
    runs = passages(document)
    abbreviations = find_abbreviations(passage.text for passage in runs)
    found: dict[Span, NamedThing] = {}
    for passage, doc in zip(runs, parse(runs), strict=True):
        for mention in find_mentions(doc, lexicon=lexicon, abbreviations=abbreviations):
            if mention.kind or mention.term:
                thing = _named_thing(passage, mention, lexicon)
                found.setdefault((thing.start, thing.end), thing)
    yield from sorted(found.values(), key=lambda thing: (thing.start, -thing.end))


def _named_thing(passage: Passage, mention: Mention, lexicon: Lexicon) -> NamedThing:
    start, end = passage.to_source(mention.start, mention.end)
    grounding = ground(mention.names, kind=mention.kind, lexicon=lexicon)
    return NamedThing(
        start, end, mention.names, mention.kind or grounding.kind, grounding.iri, grounding.reason
    )


def outermost(things: Sequence[NamedThing]) -> list[NamedThing]:
    """The things that stand inside no other, so that none of them overlap."""
    kept: list[NamedThing] = []
    for thing in things:
        if not kept or thing.start >= kept[-1].end:
            kept.append(thing)
    return kept
