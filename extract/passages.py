"""The running text of a document: whole paragraphs in plain text, with their citations cut out but kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from extract.citations import Citation, Finder, Marker, citation_finder
from extract.document import Block, Document, Span
from extract.plain_text import Draft, PlainText, is_damaged, plain_text
from kg.model import Reference

PassageKind = Literal["paragraph", "item", "caption"]

_TAG = re.compile(r"<[^<>]*>")
_LEFT_OPEN_WORDS = 5


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item or caption; its text may come from several stretches of the document.

    ``section`` is the label of the innermost section. Offsets into ``text`` count code points of the plain text.
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
        """The stretch of the document behind ``text[start:end]``; what stands between joined parts is in it."""
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
    data = yaml.safe_load((Path(__file__).parent / "passages.yaml").read_text(encoding="utf-8"))
    return Joins(**{name: re.compile(pattern) for name, pattern in data.items()})


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a document in reading order; tables, bibliography, addresses and the like are left out.

    A paragraph that a page, a figure or a table breaks is one passage.
    """
    runs = _runs(document)
    damaged = is_damaged(document.text)
    finder = citation_finder(document, [span for run in runs for span in run.spans])
    made = (_passage(document, run, finder, damaged=damaged) for run in runs)
    return tuple(passage for passage in made if passage.text)


def refs_for(passage: Passage, start: int, end: int) -> tuple[int, ...]:
    """The reference numbers cited in ``text[start:end]`` or right after it, in the order cited.

    A marker that follows the full stop belongs to the sentence before it.
    """
    return tuple(dict.fromkeys(ref for citation in _within(passage, start, end) for ref in citation.refs))


def works_for(passage: Passage, start: int, end: int) -> tuple[Reference, ...]:
    """The works cited in ``text[start:end]`` or right after it."""
    return tuple(dict.fromkeys(work for citation in _within(passage, start, end) for work in citation.works))


def _within(passage: Passage, start: int, end: int) -> list[Citation]:
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


def _passage(document: Document, run: _Run, finder: Finder, *, damaged: bool) -> Passage:
    markers: list[tuple[Span, Marker]] = []

    def cut(draft: Draft) -> list[Span]:
        found = finder(draft)
        markers.extend(((draft.starts[marker.start], draft.ends[marker.end - 1]), marker) for marker in found)
        return [(marker.start, marker.end) for marker in found]

    plain = plain_text(document.text, run.spans, markup=document.markup, damaged=damaged, cut=cut)
    citations = tuple(
        Citation(bisect_left(plain.starts, end), marker.refs, start, end, marker.works)
        for (start, end), marker in markers
    )
    return Passage(document.id, run.kind, plain, run.section, citations)


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
            run = _continued(document, waiting, text, block)
            if run is None:
                section = document.section_at(block.start)
                run = _Run(block.kind, [], section.label if section else "", text)
                runs.append(run)
            else:
                waiting.remove(run)
            run.spans.extend(block.spans)
            run.tail, run.crossed = text, False
            if not _is_ended(text):
                waiting.append(run)
    return runs


def _readable(document: Document, block: Block) -> str:
    text = " ".join(document.text[start:end] for start, end in block.spans)
    return (_TAG.sub("", text) if document.markup == "xml" else text).strip()


def _is_ended(text: str) -> bool:
    joins = load_joins()
    bare = joins.trailing.sub("", text)
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
        pair = _pair_elsewhere(document.text, tail, bare)
        wanting = bool(joins.wanting.search(tail))
        if not lower:
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
    """Whether the last word of one text and the first of another stand side by side anywhere in the document."""
    last = re.search(r"[\w)]+$", tail)
    first = re.match(r"[\w(]+", head)
    if not last or not first or len(first[0]) < 2:
        return False
    stem = first[0][: max(4, len(first[0]) - 2)]
    return re.search(rf"\b{re.escape(last[0].rstrip(')'))}\)? {re.escape(stem)}", text) is not None
