"""The running text of a document: whole paragraphs in plain text, with their citations cut out but kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from extract.citations import Citation, Marker, citation_finder
from extract.document import Block, Document, Span
from extract.plain_text import Draft, PlainText, finish, half_plain, is_damaged
from kg.model import Reference
from ontology.data_files import read_yaml

PassageKind = Literal["paragraph", "item", "caption"]

_TAG = re.compile(r"<[^<>]*>")
_LEFT_OPEN_WORDS = 5
#: How much of a block's end tells whether it goes on, in characters.
_TAIL = 400
#: So many of the blocks that wait for their rest are looked at, the last ones.
_MOST_WAITING = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item or caption; its text may come from several stretches of the document.

    ``section`` is the label of the innermost section. Offsets into ``text`` count its code points.
    """

    document: str
    kind: PassageKind
    plain: PlainText
    section: str
    citations: tuple[Citation, ...] = ()

    @property
    def text(self) -> str:
        """The plain text."""
        return self.plain.text

    def to_source(self, start: int, end: int) -> Span:
        """The stretch of the document behind ``text[start:end]``; joined parts keep what is between."""
        return self.plain.to_source(start, end)


@dataclass(frozen=True, slots=True)
class Joins:
    """The cues of ``passages.yaml``, compiled."""

    ended: re.Pattern[str]
    half_ended: re.Pattern[str]
    abbreviation: re.Pattern[str]
    trailing: re.Pattern[str]
    leading: re.Pattern[str]
    wanting: re.Pattern[str]
    equation_next: re.Pattern[str]
    opens: re.Pattern[str]


@dataclass(slots=True)
class _Run:
    """Blocks that make one passage, as far as they are found."""

    kind: PassageKind
    spans: list[Span]
    section: str
    tail: str
    crossed: bool = False


@cache
def load_joins() -> Joins:
    """The compiled cues."""
    data = read_yaml(Path(__file__).parent / "passages.yaml")
    return Joins(**{name: re.compile(pattern) for name, pattern in data.items()})


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a document in reading order; tables, bibliography, addresses and the like are left out.

    A paragraph that a page, a figure or a table breaks is one passage.
    """
    runs = _runs(document)
    damaged = is_damaged(document.text)
    drafts = [half_plain(document.text, run.spans, markup=document.markup) for run in runs]
    finder = citation_finder(document, drafts)
    made = (
        _passage(document, run, draft, finder(draft), damaged=damaged)
        for run, draft in zip(runs, drafts, strict=True)
    )
    return tuple(passage for passage in made if passage.text)


def refs_for(passage: Passage, start: int, end: int) -> tuple[int, ...]:
    """The reference numbers cited in ``text[start:end]`` or right after it, in the order cited.

    A marker that follows the full stop belongs to the sentence before it.
    """
    return refs_of(citations_in(passage, start, end))


def works_for(passage: Passage, start: int, end: int) -> tuple[Reference, ...]:
    """The works cited in ``text[start:end]`` or right after it."""
    return works_of(citations_in(passage, start, end))


def refs_of(citations: Sequence[Citation]) -> tuple[int, ...]:
    """The reference numbers of some citations, each once."""
    return tuple(dict.fromkeys(ref for citation in citations for ref in citation.refs))


def works_of(citations: Sequence[Citation]) -> tuple[Reference, ...]:
    """The works of some citations, each once."""
    return tuple(dict.fromkeys(work for citation in citations for work in citation.works))


def citations_in(passage: Passage, start: int, end: int) -> list[Citation]:
    """The citations in ``text[start:end]`` or right after it."""
    after = re.compile(r"[\s.,;:)\]\"']*").match(passage.text, end)
    limit = after.end() if after else end
    # a blank alone does not separate a span from the marker behind it, a following word does
    if limit < len(passage.text) and limit > end and passage.text[limit - 1].isspace():
        limit -= 1
    return [
        citation
        for citation in passage.citations
        if (start < citation.position or start == 0) and citation.position <= max(limit, end)
    ]


def _passage(
    document: Document, run: _Run, draft: Draft, markers: Sequence[Marker], *, damaged: bool
) -> Passage:
    plain = finish(draft, cut=[(marker.start, marker.end) for marker in markers], damaged=damaged)
    citations: list[Citation] = []
    for marker in markers:
        start, end = draft.starts[marker.start], draft.ends[marker.end - 1]
        citations.append(Citation(bisect_left(plain.starts, end), marker.refs, start, end, marker.works))
    return Passage(document.id, run.kind, plain, run.section, tuple(citations))


def _runs(document: Document) -> list[_Run]:
    """The blocks of running text, joined where a page broke them."""
    runs: list[_Run] = []
    waiting: list[_Run] = []
    for block in document.blocks:
        if block.kind == "heading":
            waiting.clear()
        elif block.kind == "equation":
            for run in waiting:
                run.crossed = True
        elif block.kind in ("paragraph", "item", "caption"):
            text = _readable(document, block)
            open_run = _continued(document, waiting, text, block)
            if open_run is None:
                section = document.section_at(block.start)
                run = _Run(block.kind, [], section.label if section else "", text[-_TAIL:])
                runs.append(run)
            else:
                run = open_run
                waiting.remove(run)
            run.spans.extend(block.spans)
            run.tail, run.crossed = text[-_TAIL:], False
            if not _is_ended(run.tail):
                waiting = [*waiting[1 - _MOST_WAITING :], run]
    return runs


def _readable(document: Document, block: Block) -> str:
    text = " ".join(document.text[start:end] for start, end in block.spans)
    return (_TAG.sub("", text) if document.markup == "xml" else text).strip()


def _is_ended(tail: str) -> bool:
    joins = load_joins()
    bare = joins.trailing.sub("", tail)
    return bool(joins.ended.search(bare)) and not joins.abbreviation.search(bare)


def _continued(document: Document, waiting: Sequence[_Run], text: str, block: Block) -> _Run | None:
    """The waiting run that a block continues.

    Where several wait (a caption and the paragraph around it), the words on both sides decide: a pair that
    the document has elsewhere, then a last word that wants a noun.
    """
    joins = load_joins()
    bare = joins.leading.sub("", text)
    lower = bare[:1].islower()
    best: tuple[int, _Run] | None = None
    for run in reversed(waiting):
        if block.kind == "caption" or (block.kind == "item" and not lower):
            continue
        tail = joins.trailing.sub("", run.tail)
        pair = (len(waiting) > 1 or run.kind == "caption") and _pair_elsewhere(document.text, tail, bare)
        wanting = bool(joins.wanting.search(tail))
        if not lower:
            if document.markup == "xml":
                continue
            # a caption often ends without a full stop
            opens = joins.opens.match(bare)
            if run.kind == "item" or (run.kind == "caption" and (opens or not (pair or wanting))):
                continue
            if run.crossed or joins.half_ended.search(tail) or joins.equation_next.search(tail):
                continue
            if len(tail.split()) < _LEFT_OPEN_WORDS:
                continue
        score = 4 * pair + 2 * wanting + (run.kind != "caption")
        if best is None or score > best[0]:
            best = (score, run)
    return best[1] if best else None


def _pair_elsewhere(text: str, tail: str, head: str) -> bool:
    """Whether the last word of one text and the first of another stand side by side in a document."""
    last = re.search(r"[\w)]+$", tail)
    first = re.match(r"[\w(]+", head)
    if not last or not first or len(first[0]) < 2:
        return False
    stem = first[0][: max(4, len(first[0]) - 2)]
    pair = f"{last[0]} {stem}"
    at = text.find(pair)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(pair, at + 1)
    return at >= 0
