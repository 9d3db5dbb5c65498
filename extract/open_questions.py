"""Sentences in which a document says that something is unknown, wanted, missing or in dispute.

Cues are data (``open_questions.yaml``). They read plain text, one sentence at a time, and need no parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extract.document import Document, Span
from extract.passages import Passage, passages, refs_for, works_for
from extract.term_index import match_terms
from kg.model import Entity, Evidence, GapKind, OpenQuestion
from ontology.data_files import read_yaml
from ontology.formula import find_formulas
from ontology.grounding import ground, thing_iri
from ontology.lexicon import Lexicon, load_lexicon

_EXTRACTOR = "open questions"


@dataclass(frozen=True, slots=True)
class Cue:
    """A way of saying that something is open.

    ``next`` is a pattern that the following sentence must also fit; the two are then one statement.
    """

    kind: GapKind
    pattern: re.Pattern[str]
    example: str
    next: re.Pattern[str] | None = None
    next_example: str = ""


@dataclass(frozen=True, slots=True)
class Cues:
    """The contents of ``open_questions.yaml``, compiled."""

    cues: tuple[Cue, ...]
    shortened: re.Pattern[str]
    excluded: re.Pattern[str]
    sections_left_out: re.Pattern[str]
    sentence_end: re.Pattern[str]
    no_end: re.Pattern[str]
    most_topics: int
    general_kinds: frozenset[str]
    token: re.Pattern[str]
    joined: re.Pattern[str]


@cache
def load_cues() -> Cues:
    """The compiled cues."""
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("open_questions.yaml"))
    macros: dict[str, str] = data["macros"]
    return Cues(
        cues=tuple(
            Cue(
                kind=row["kind"],
                pattern=re.compile(_fill(row["pattern"], macros), re.IGNORECASE),
                example=row["example"],
                next=re.compile(row["next"]) if "next" in row else None,
                next_example=row.get("next_example", ""),
            )
            for row in data["cues"]
        ),
        shortened=re.compile(data["shortened"]),
        excluded=re.compile(data["excluded"], re.IGNORECASE),
        sections_left_out=re.compile(data["sections_left_out"], re.IGNORECASE),
        sentence_end=re.compile(data["sentence_end"]),
        no_end=re.compile(data["no_end"]),
        most_topics=data["most_topics"],
        token=re.compile(data["token"]),
        joined=re.compile(data["joined"]),
        general_kinds=frozenset(data["general_kinds"]),
    )


def _fill(pattern: str, macros: dict[str, str]) -> str:
    while "{{" in pattern:
        pattern = re.sub(r"\{\{(\w+)\}\}", lambda found: macros[found[1]], pattern)
    return pattern


def find_open_questions(document: Document, *, lexicon: Lexicon | None = None) -> list[OpenQuestion]:
    """What a document itself calls open, in the order of the text; captions and back matter are left out."""
    lexicon = lexicon or load_lexicon()
    return [
        question
        for passage in passages(document)
        if passage.kind != "caption" and not load_cues().sections_left_out.search(passage.section)
        for question in _in_passage(document, passage, lexicon)
    ]


def _in_passage(document: Document, passage: Passage, lexicon: Lexicon) -> Iterator[OpenQuestion]:
    spans = sentences(passage.text)
    done = 0
    for at, (start, end) in enumerate(spans):
        if start < done:
            continue
        following = passage.text[slice(*spans[at + 1])] if at + 1 < len(spans) else ""
        cue = match_cue(passage.text[start:end], following)
        if cue is not None:
            done = spans[at + 1][1] if cue.next else end
            about = topics(passage.text[start:done], lexicon=lexicon)
            if not about and at:  # "More work is needed here" speaks of what the sentence before it speaks of
                about = topics(passage.text[slice(*spans[at - 1])], lexicon=lexicon)
            yield OpenQuestion(cue.kind, about, _evidence(document, passage, (start, done)))


def match_cue(sentence: str, following: str = "") -> Cue | None:
    """The first cue that a sentence fits; ``following`` is the sentence after it."""
    cues = load_cues()
    sentence = cues.shortened.sub(" not", sentence)
    if cues.excluded.search(sentence):
        return None
    for cue in cues.cues:
        if cue.pattern.search(sentence) and (cue.next is None or cue.next.search(following)):
            return cue
    return None


def sentences(text: str) -> list[Span]:
    """The spans of a plain text's sentences.

    >>> text = "Li et al. pressed it (Fig. 3). It cracked at 3.5 MPa."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Li et al. pressed it (Fig. 3).', 'It cracked at 3.5 MPa.']
    """
    cues = load_cues()
    spans, start = [], 0
    for match in cues.sentence_end.finditer(text):
        if not cues.no_end.search(text[max(0, match.start() - 20) : match.start() + 1]):
            spans.append((start, match.start() + 1))
            start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def _evidence(document: Document, passage: Passage, span: Span) -> Evidence:
    start, end = passage.to_source(*span)
    section = document.section_at(start)
    return Evidence(
        document=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        section=section.number or section.title if section else "",
        refs=refs_for(passage, *span),
        primary=works_for(passage, *span),
        extractor=_EXTRACTOR,
    )


def topics(text: str, *, lexicon: Lexicon) -> tuple[Entity, ...]:
    """What a text speaks of: its formulas and the terms of the ontology, in order, the general ones last."""
    found: dict[str, tuple[int, Entity]] = {}
    tokens = list(load_cues().token.finditer(text))
    named: list[Span] = []
    for match in match_terms([token[0] for token in tokens], lexicon=lexicon):
        term, start = match.terms[0], tokens[match.first].start()
        named.append((start, tokens[match.last].end()))
        iri = thing_iri(term.label)
        found.setdefault(iri, (start, Entity((term.label,), term.kind, iri)))
    for formula in find_formulas(text):
        if not any(start <= formula.start and formula.end <= end for start, end in named):
            if load_cues().joined.match(text, formula.end):  # the Li of "Li-rich" is no lithium metal
                continue
            grounding = ground(formula.formula.canonical, kind="Material", lexicon=lexicon)
            entity = Entity((grounding.label,), grounding.kind, grounding.iri)
            found.setdefault(entity.iri, (formula.start, entity))
    general = load_cues().general_kinds
    ordered = sorted(found.values(), key=lambda item: (item[1].kind in general, item[0]))
    return tuple(entity for _, entity in ordered[: load_cues().most_topics])
