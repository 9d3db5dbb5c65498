"""Lines of a Markdown or plain text grouped into headings, tables, list items and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from extract.document import Span
from extract.plain_text import plain_text
from extract.readers.layout import heading_kind, is_numbered_heading
from extract.readers.tables import is_pipe_row, is_tab_row

ChunkKind = Literal["heading", "rows", "markup", "item", "mark", "text"]

HASHES = re.compile(r"^\s{0,3}(#{1,6})\s+(\S.*)$")
ITEM = re.compile(r"^\s*(?:[-*+•]\s+(?:\(?\d{1,2}\)\s+)?|\(?\d{1,2}\)\s+)")
_ENTRY = r"^\s*(?:[-*]\s+)?(?:<[^<>]*>\s*)*"
BRACKET_ENTRY = re.compile(_ENTRY + r"\\?\[\^?(\d{1,4})\\?\]:?\s*")
NUMBER_ENTRY = re.compile(_ENTRY + r"\(?(\d{1,4})\\?[.)]\)?\s+")
_BOLD_LINE = re.compile(r"^\*\*([^*]{2,120})\*\*$")
_TABLE = re.compile(r"^\s*(?:<(?:html|body|div)[^<>]*>\s*)*<table\b", re.IGNORECASE)
_MARK = re.compile(r"^\s*(?:<!--.*?-->|!\[[^\]]*\]\([^)]*\)|-{3,}|\*{3,}|_{3,})\s*$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines that belong together, before it is known what they hold."""

    kind: ChunkKind
    lines: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From the first line's start to the last line's end."""
        return self.lines[0][0], self.lines[-1][1]


def chunks_of(text: str) -> list[Chunk]:
    """The text's lines grouped into chunks at blank lines and at changes of kind."""
    chunks: list[Chunk] = []
    open_lines: list[Span] = []
    open_kind: ChunkKind = "text"

    def close() -> None:
        nonlocal open_lines
        if open_lines:
            chunks.append(Chunk(open_kind, tuple(open_lines)))
            open_lines = []

    bare = re.search(r"(?m)^\s*1 (?:Introduction|INTRODUCTION)\s*$", text) is not None
    lines = _lines(text)
    for at, (start, end) in enumerate(lines):
        line = text[start:end]
        if open_kind == "markup" and open_lines:
            # an HTML table goes on to its end tag, blank lines and all
            open_lines.append((start, end))
            if "</table" in line.lower():
                close()
            continue
        if not line.strip():
            close()
            continue
        opens = at == 0 or not text[slice(*lines[at - 1])].strip()
        alone = opens and (at + 1 == len(lines) or not text[slice(*lines[at + 1])].strip())
        kind = _line_kind(line, opens=opens, alone=alone, bare=bare)
        if kind == "text" and open_kind == "item" and open_lines:
            kind = "item"
        if kind != open_kind or kind in ("heading", "mark") or (kind == "item" and ITEM.match(line)):
            close()
        open_kind = kind
        open_lines.append((start, end))
        if kind == "markup" and "</table" in line.lower():
            close()
    close()
    return chunks


def _lines(text: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for line in text.split("\n"):
        spans.append((at, at + len(line.rstrip("\r"))))
        at += len(line) + 1
    return spans


def _line_kind(line: str, *, opens: bool, alone: bool, bare: bool) -> ChunkKind:
    """What a line is; ``opens``: a blank line stands before it; ``alone``: and one behind it."""
    if HASHES.match(line):
        return "heading"
    if _MARK.match(line):
        return "mark"
    if _TABLE.match(line):
        return "markup"
    if is_pipe_row(line) or is_tab_row(line):
        return "rows"
    if opens and _is_heading(line.strip(), alone=alone, bare=bare):
        return "heading"
    if ITEM.match(line) or BRACKET_ENTRY.match(line):
        return "item"
    return "text"


def _is_heading(line: str, *, alone: bool, bare: bool) -> bool:
    """Whether a line without hashes is a heading: by its name, its number, or because all of it is bold."""
    if len(line) > 400:
        return False
    if _BOLD_LINE.match(line):
        return alone and not re.search(r"[.:]\**$", line)
    plain = plain_text(line).text
    return bool(heading_kind(plain)) or (alone and is_numbered_heading(plain, bare=bare))
