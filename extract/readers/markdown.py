"""Markdown and plain text into blocks, sections, tables and references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import Block, BlockKind, Section, Span, Table
from extract.plain_text import is_damaged, plain_text
from extract.readers.bibliography import parse_entry
from extract.readers.chunks import BRACKET_ENTRY, HASHES, ITEM, NUMBER_ENTRY, Chunk, chunks_of
from extract.readers.layout import (
    heading_kind,
    is_boilerplate,
    is_caption,
    line_key,
    repeated_lines,
    split_number,
)
from extract.readers.table_blocks import table_at
from kg.model import Reference

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SENTENCE_END = re.compile(r"[.!;:][\"')\]*]*$")
#: A text of more words is no title and no line of a title page.
_LONG_TEXT = 40
_ABSTRACT_LABEL = re.compile(r"^\W*(?:Abstract|ABSTRACT|Summary)\W{0,4}\s*")


@dataclass(frozen=True, slots=True)
class Layer:
    """What a reader finds in a text."""

    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its number, title and level, and its place."""

    number: str
    title: str
    level: int
    start: int
    end: int


def read_markdown(text: str) -> Layer:
    """Blocks, sections, tables and references of a Markdown or plain text."""
    damaged = is_damaged(text)
    chunks = chunks_of(text)
    running_heads = repeated_lines(
        text[chunk.span[0] : chunk.span[1]] for chunk in chunks if chunk.kind != "rows"
    )
    blocks: list[Block] = []
    headings: list[Heading] = []
    tables: list[Table] = []
    entries: list[tuple[int | None, Span]] = []
    zone = "front"
    taken: set[int] = set()
    for at, chunk in enumerate(chunks):
        if at in taken:
            continue
        start, end = chunk.span
        raw = text[start:end]
        if chunk.kind == "mark":
            blocks.append(Block("equation" if "formula" in raw else "boilerplate", (chunk.span,)))
            continue
        if chunk.kind in ("rows", "markup"):
            table, used = table_at(text, chunks, at, damaged=damaged)
            if table is None:
                blocks.append(Block("boilerplate", (chunk.span,)))
                continue
            tables.append(table)
            if used and used[0] < at and blocks and blocks[-1].kind == "caption":
                blocks.pop()
            blocks.append(Block("table", ((table.start, table.end),)))
            taken.update(used)
            continue
        repeated = line_key(raw) in running_heads
        if chunk.kind == "heading":
            heading = _heading(text, chunk.span)
            kind = heading_kind(heading.title)
            if repeated and not kind:
                blocks.append(Block("boilerplate", (chunk.span,)))
                continue
            zone = (
                "body" if kind == "body" or (kind in ("", "abstract") and zone != "front") else kind or zone
            )
            headings.append(heading)
            blocks.append(Block("heading", (chunk.span,)))
            continue
        found = _entries(text, chunk, zone, numbered=bool(entries) and entries[0][0] is not None)
        if found and not (repeated and found[0][0] is None):
            entries.extend(found)
            blocks.extend(Block("reference", (span,)) for _, span in found)
        elif repeated:
            blocks.append(Block("boilerplate", (chunk.span,)))
        else:
            blocks.append(_text_block(text, chunk, "back" if zone == "references" else zone))
    title, blocks = _title(text, blocks, headings)
    return Layer(
        title=title,
        blocks=tuple(blocks),
        sections=sections_of(headings, title, len(text)),
        tables=tuple(tables),
        references=_references(text, entries),
    )


def _heading_text(raw: str) -> str:
    found = HASHES.match(raw)
    return plain_text(found[2].rstrip().rstrip("#") if found else raw).text


def _heading(text: str, span: Span) -> Heading:
    raw = text[slice(*span)]
    hashes = HASHES.match(raw)
    number, title = split_number(_heading_text(raw))
    level = number.count(".") + 1 if number else len(hashes[1]) if hashes else 1
    return Heading(number, title, level, *span)


def sections_of(headings: Sequence[Heading], title: str, length: int) -> tuple[Section, ...]:
    """Sections from the headings; what stands before the first one is the abstract's."""
    least = min((heading.level for heading in headings if not heading.number), default=1)
    sections: list[Section] = []
    # a heading above the title names the kind of paper or the part of the journal
    above = max((heading.end for heading in headings if heading.title == title), default=0)
    named = [heading for heading in headings if heading.start >= above]
    if named and named[0].start > 0 and heading_kind(named[0].title) != "abstract":
        sections.append(Section("", "Abstract", 0, named[0].start))
    ends = _section_ends(named, length)
    for heading, end in zip(named, ends, strict=True):
        level = heading.level if heading.number else heading.level - least + 1
        sections.append(Section(heading.number, heading.title, heading.start, end, level))
    return tuple(sections)


def _section_ends(headings: Sequence[Heading], length: int) -> list[int]:
    """Where the text of each heading ends: at the next one of the same or a higher level."""
    ends = [length] * len(headings)
    open_sections: list[int] = []
    for at, heading in enumerate(headings):
        while open_sections and headings[open_sections[-1]].level >= heading.level:
            ends[open_sections.pop()] = heading.start
        open_sections.append(at)
    return ends


def _title(text: str, blocks: list[Block], headings: Sequence[Heading]) -> tuple[str, list[Block]]:
    """The paper's title: the longest heading before the first long text, or a first line that is no sentence.

    Of the headings only those of the highest level compete.
    """
    by_start = {heading.start: heading for heading in headings}
    named: list[Heading] = []
    seen = False
    for block in blocks:
        if block.kind == "heading":
            heading = by_start[block.start]
            kind = heading_kind(heading.title)
            if heading.number or kind in ("body", "references", "back"):
                break
            seen = True
            if not kind:
                named.append(heading)
        elif block.kind in ("paragraph", "boilerplate") and seen and _words(text, block) > _LONG_TEXT:
            break
    if named:
        level = min(heading.level for heading in named)
        competing = [heading.title for heading in named if heading.level == level]
        return max(competing, key=len), blocks
    for at, block in enumerate(blocks[:6]):
        if block.kind in ("paragraph", "boilerplate") and 2 < _words(text, block) < _LONG_TEXT:
            plain = plain_text(text, block.spans).text
            below = any(other.kind in ("paragraph", "item", "table") for other in blocks[at + 1 :])
            if _SENTENCE_END.search(plain) or not below:
                continue
            changed = list(blocks)
            changed[at] = Block("heading", block.spans)
            return plain, changed
    return "", blocks


def _words(text: str, block: Block) -> int:
    """How many words a block has, as far as it matters."""
    start, end = block.start, min(block.end, block.start + 60 * _LONG_TEXT)
    return len(plain_text(text, [(start, end)]).text.split())


def _entries(text: str, chunk: Chunk, zone: str, *, numbered: bool) -> list[tuple[int | None, Span]]:
    """The bibliography entries of a chunk, with numbers; ``numbered`` says that earlier ones had them."""
    entries: list[tuple[int | None, Span]] = []
    for start, end in chunk.lines:
        raw = text[start:end]
        found = BRACKET_ENTRY.match(raw)
        if found and zone != "references" and not _reads_as_entry(text, (start + found.end(), end)):
            found = None
        if not found:
            found = NUMBER_ENTRY.match(raw) if zone == "references" else None
        if found:
            entries.append((int(found[1]), (start + found.end(), end)))
        elif entries:
            number, (first, _) = entries[-1]
            entries[-1] = (number, (first, end))
        elif zone == "references" and not numbered:
            bullet = ITEM.match(raw)
            entries.append((None, (start + (bullet.end() if bullet else 0), end)))
    return entries


def _reads_as_entry(text: str, span: Span) -> bool:
    """Whether a numbered line outside the bibliography is a part of it and not a sentence or a step."""
    raw = text[slice(*span)]
    if not _YEAR.search(raw) or "," not in raw:
        return False
    works = parse_entry(plain_text(text, [span]).text, None)
    return any(work.authors or work.volume or work.doi for work in works)


def _text_block(text: str, chunk: Chunk, zone: str) -> Block:
    """A block of text: a caption, a paragraph, a list item or boilerplate."""
    start, end = chunk.span
    raw = text[start:end]
    kind: BlockKind = "paragraph"
    if chunk.kind == "item":
        kind = "item"
        found = ITEM.match(raw)
        start += found.end() if found else 0
    label = _ABSTRACT_LABEL.match(text[start:end])
    if label:
        start += label.end()
    if is_caption(text[start:end]):
        kind = "caption"
    elif zone == "back" or is_boilerplate(text[start:end]):
        kind = "boilerplate"
    return Block(kind, ((start, end),))


def _references(text: str, entries: Sequence[tuple[int | None, Span]]) -> tuple[Reference, ...]:
    """The works of the bibliography; entries without a number are numbered in their order."""
    works: list[Reference] = []
    for at, (number, span) in enumerate(entries, start=1):
        works.extend(parse_entry(plain_text(text, [span]).text, number if number is not None else at))
    return tuple(works)
