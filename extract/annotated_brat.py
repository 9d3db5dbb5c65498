"""Annotated text in the stand-off format of brat.

A claim is a relation from its subject to its object or value. Denial and hedging are attributes. A note holds
the claim's row of the claims file with the places of its two ends, so that what brat cannot draw
(conditions, cited works, section) comes back too (``annotated_brat_back``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.annotated import Annotated
from extract.document import Span
from kg.claims_file import claim_to_row
from kg.model import Claim
from ontology.lexicon import Lexicon

#: Attributes of a relation, the kind of a value, and that of a thing of no kind.
NEGATED, HEDGED = "Negated", "Hypothesised"
VALUE, THING = "Value", "Thing"


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A marked stretch of text."""

    kind: str
    start: int
    end: int

    @property
    def place(self) -> list[str | int]:
        """What tells it from others."""
        return [self.kind, self.start, self.end]


def write_brat(annotated: Annotated) -> str:
    """The ``.ann`` of an annotated document; the ``.txt`` beside it is ``document.text``."""
    return "".join(f"{line}\n" for line in _Writer(annotated).lines())


class _Writer:
    def __init__(self, annotated: Annotated) -> None:
        self._annotated = annotated
        self._texts: dict[tuple[str, int, int], str] = {}

    def lines(self) -> Iterator[str]:
        notes = 0
        for thing in self._annotated.things:
            yield from self._text(thing.kind, (thing.start, thing.end))
            notes += 1
            name = self._texts[thing.kind, thing.start, thing.end]
            yield f"#{notes}\tAnnotatorNotes {name}\t{thing.names[0]}, {thing.iri} ({thing.reason})"
        flags = 0
        for number, claim in enumerate(self._annotated.claims, start=1):
            subject = MarkedText(claim.subject.kind, *self._annotated.place_of(claim.subject, claim.evidence))
            other = self._other_end(claim)
            yield from self._text(subject.kind, (subject.start, subject.end))
            yield from self._text(other.kind, (other.start, other.end))
            ends = [self._texts[end.kind, end.start, end.end] for end in (subject, other)]
            yield f"R{number}\t{claim.relation} Arg1:{ends[0]} Arg2:{ends[1]}"
            for flag in _flags(claim):
                flags += 1
                yield f"A{flags}\t{flag} R{number}"
            notes += 1
            row = claim_to_row(claim) | {"ends": [subject.place, other.place]}
            yield f"#{notes}\tAnnotatorNotes R{number}\t{json.dumps(row, ensure_ascii=False)}"

    def _other_end(self, claim: Claim) -> MarkedText:
        if claim.object is not None:
            return MarkedText(claim.object.kind, *self._annotated.place_of(claim.object, claim.evidence))
        written = claim.quantity.as_written if claim.quantity else ""
        place = self._annotated.place_of_text(written, claim.evidence)
        return MarkedText(VALUE, *(place or (claim.evidence.start, claim.evidence.end)))

    def _text(self, kind: str, span: Span) -> Iterator[str]:
        """The line of a stretch of text, where it has none yet."""
        if (kind, *span) in self._texts:
            return
        name = self._texts[kind, *span] = f"T{len(self._texts) + 1}"
        text = self._annotated.document.text
        runs = [
            (span[0] + run.start(), span[0] + run.end())
            for run in re.finditer(r"[^\r\n]+", text[slice(*span)])
        ]
        places = ";".join(f"{start} {end}" for start, end in runs)
        yield f"{name}\t{kind or THING} {places}\t{' '.join(text[start:end] for start, end in runs)}"


def _flags(claim: Claim) -> Iterator[str]:
    if claim.polarity == "negated":
        yield NEGATED
    if claim.certainty == "hypothesised":
        yield HEDGED


def brat_configuration(lexicon: Lexicon) -> str:
    """The ``annotation.conf`` that lets brat draw every kind of thing, relation and property."""
    kinds = sorted({term.kind for term in lexicon.terms.values() if term.kind} | {THING, VALUE})
    drawn = [f"{key}\tArg1:<ENTITY>, Arg2:<ENTITY>" for key in sorted(lexicon.relations)]
    drawn += [f"{key}\tArg1:<ENTITY>, Arg2:{VALUE}" for key in sorted(lexicon.properties)]
    flags = [f"{flag}\tArg:<RELATION>" for flag in (NEGATED, HEDGED)]
    parts = {"entities": kinds, "relations": drawn, "events": [], "attributes": flags}
    return "\n".join("\n".join([f"[{name}]", *lines, ""]) for name, lines in parts.items())
