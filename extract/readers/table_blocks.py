"""Tables in Markdown with the captions and notes that stand around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Span, Table
from extract.plain_text import plain_text
from extract.readers.article_tables import read_table_element
from extract.readers.chunks import Chunk
from extract.readers.layout import load_layout
from extract.readers.markup import find_all, parse_html
from extract.readers.tables import read_rows, split_caption


def table_at(
    text: str, chunks: Sequence[Chunk], at: int, *, damaged: bool
) -> tuple[Table | None, tuple[int, ...]]:
    """The table at a chunk and the chunks that are its caption and notes; None if it has no rows."""
    table = _bare_table(text, chunks[at], damaged=damaged)
    if table is None:
        return None, ()
    caption = next((other for other in _neighbours(chunks, at) if _is_caption(text, chunks, other)), None)
    below = caption + 1 if caption is not None and caption > at else at + 1
    notes = below if _is_note(text, chunks, below) else None
    spans = [chunks[other].span for other in (caption, notes) if other is not None]
    table = replace(
        table,
        start=min([table.start, *(start for start, _ in spans)]),
        end=max([table.end, *(end for _, end in spans)]),
    )
    if caption is not None:
        label, title = split_caption(_plain(text, chunks[caption].span, damaged=damaged))
        table = replace(table, label=label, caption=title)
    if notes is not None:
        table = replace(table, notes=_plain(text, chunks[notes].span, damaged=damaged))
    return table, tuple(other for other in (caption, notes) if other is not None)


def _bare_table(text: str, chunk: Chunk, *, damaged: bool) -> Table | None:
    start, end = chunk.span
    if chunk.kind == "rows":
        rows, header = read_rows(text, chunk.lines, damaged=damaged)
        return Table("", "", start, end, rows, header) if rows else None
    # blanks before the table keep its offsets
    found = find_all(parse_html(" " * start + text[start:end]), "table")
    return read_table_element(text, found[0]) if found else None


def _neighbours(chunks: Sequence[Chunk], at: int) -> list[int]:
    """Where a caption can stand: before the table, before an image before it, or behind the table."""
    before = [at - 1]
    if at > 1 and chunks[at - 1].kind == "mark":
        before.append(at - 2)
    return [other for other in (*before, at + 1) if 0 <= other < len(chunks)]


def _is_caption(text: str, chunks: Sequence[Chunk], at: int) -> bool:
    layout = load_layout()
    if chunks[at].kind in ("rows", "markup"):
        return False
    found = layout.caption.match(_plain(text, chunks[at].span))
    return bool(found and layout.table_label.match(found["label"]))


def _is_note(text: str, chunks: Sequence[Chunk], at: int) -> bool:
    if at >= len(chunks) or chunks[at].kind not in ("text", "item"):
        return False
    return load_layout().note.match(text[slice(*chunks[at].span)].lstrip()) is not None


def _plain(text: str, span: Span, *, damaged: bool = False) -> str:
    return plain_text(text, [span], damaged=damaged).text
