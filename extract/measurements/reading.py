"""A passage prepared for reading measurements: its sentences, quantities, brackets and named things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from extract.antecedents import Antecedents
from extract.measurements.cues import Cue, find_cues, quantities_with
from extract.measurements.things import Thing, find_things
from extract.mentions import Mention
from ontology.lexicon import Lexicon
from ontology.quantities import QuantityMatch

Span = tuple[int, int]

_ENDED = re.compile(r"[.!?][\"'”’)\]]*\s*$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Figs?|figs?|Refs?|Eqs?|et al|vs|ca|approx|i\.e|e\.g|wt|vol|mol|at)|(?<!\d )\b[A-Z])\.\s*$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage holds, all places in code points of ``text``."""

    text: str
    doc: Doc
    sentences: tuple[Span, ...]
    cues: tuple[Cue, ...]
    quantities: tuple[QuantityMatch, ...]
    things: tuple[Thing, ...]
    brackets: tuple[Span, ...]
    antecedents: Antecedents = field(default_factory=dict)

    def sentence_of(self, at: int) -> int:
        """The number of the sentence around an offset."""
        return next(
            (number for number, (_, end) in enumerate(self.sentences) if at < end), len(self.sentences) - 1
        )

    def bracket_of(self, at: int) -> Span | None:
        """The innermost round bracket around an offset."""
        inside = [span for span in self.brackets if span[0] < at < span[1]]
        return max(inside, default=None)

    def token_at(self, start: int, end: int) -> Token | None:
        """The head token of a stretch of text."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None and len(span) else None

    def words_between(self, first: int, second: int) -> int:
        """The number of words between two offsets."""
        low, high = sorted((first, second))
        return len(self.text[low:high].split())


def read_passage(
    text: str, doc: Doc, mentions: Sequence[Mention], antecedents: Antecedents, *, lexicon: Lexicon
) -> Reading:
    """The reading of a parsed passage; ``doc.text`` is its text and ``mentions`` are those found in it."""
    cues = find_cues(text, lexicon=lexicon)
    quantities = quantities_with(text, cues)
    return Reading(
        text=text,
        doc=doc,
        sentences=_sentences(doc),
        cues=cues,
        quantities=quantities,
        things=find_things(doc, mentions, quantities, lexicon=lexicon),
        brackets=_brackets(text),
        antecedents=antecedents,
    )


def _sentences(doc: Doc) -> tuple[Span, ...]:
    """The parser's sentences, joined where it cut one at a number, a unit or an abbreviation."""
    text = doc.text
    spans: list[Span] = []
    for sentence in doc.sents:
        start, end = sentence.start_char, sentence.end_char
        before = text[max(0, start - 12) : start]
        if spans and (not _ENDED.search(before) or _ABBREVIATED.search(before)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)


def _brackets(text: str) -> tuple[Span, ...]:
    found: list[Span] = []
    opened: list[int] = []
    for at, character in enumerate(text):
        if character == "(":
            opened.append(at)
        elif character == ")" and opened:
            found.append((opened.pop(), at + 1))
    return tuple(sorted(found))
