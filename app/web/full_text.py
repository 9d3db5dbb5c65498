"""The text of a document as it was read, with the stretches marked that claims were read from.

The store keeps quotes, not texts. The text is that of the file which the document was built from, as long as
it is still there and has every quote at its place; a page of another text would mark the wrong words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from markupsafe import Markup, escape

from app.sources import CLAIMS_SUFFIX
from app.web.sentences import with_powers
from extract.document import Block, Document, Table
from extract.plain_text import PlainText, plain_text
from extract.readers import ReadError, read_document
from kg.model import Claim
from kg.store import StoredDocument

_SHOWN = frozenset({"heading", "paragraph", "item", "caption", "table", "equation"})
_MOST_BYTES = 20_000_000
_HEADING_SIGN = re.compile(r"\s*#{1,6}\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a text as HTML, with the claims that were read from it; ``kind`` is that of the block."""

    kind: str
    html: Markup
    claims: tuple[Claim, ...]


def full_text(stored: StoredDocument, claims: Sequence[Claim]) -> list[Passage]:
    """The passages of a document, in the order of the text; none where its file is gone or was changed."""
    path = Path(stored.source)
    try:
        size, changed = path.stat().st_size, path.stat().st_mtime_ns
        if path.suffix == CLAIMS_SUFFIX or size > _MOST_BYTES:
            return []
        document = _read(path, changed)
    except (OSError, ReadError):
        return []
    placed = [claim for claim in claims if claim.evidence.start >= 0]
    if not all(_stands(claim, document) for claim in placed):
        return []
    return _without_empty_headings(_passages(document, placed), title=stored.title)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Document:  # noqa: ARG001  (a changed file is another one)
    return read_document(path)


def _stands(claim: Claim, document: Document) -> bool:
    evidence = claim.evidence
    return document.text[evidence.start : evidence.end] == evidence.quote


def _passages(document: Document, claims: Sequence[Claim]) -> Iterator[Passage]:
    tables = {table.start: table for table in document.tables}
    left = {claim.id: claim for claim in claims}
    for block in document.blocks:
        own = [claim for claim in left.values() if _touches(claim, block)]
        if block.kind not in _SHOWN and not own:
            continue
        for claim in own:
            del left[claim.id]
        table = next((tables[start] for start in tables if block.start <= start < block.end), None)
        if block.kind == "table" and table is not None:
            yield Passage("table", _table_html(table, own), tuple(own))
            continue
        spans = block.spans
        if block.kind == "heading":
            start, end = spans[0]
            sign = _HEADING_SIGN.match(document.text, start, end)
            spans = ((sign.end() if sign else start, end), *spans[1:])
        plain = plain_text(document.text, spans, markup=document.markup)
        if plain.text.strip() or own:
            yield Passage(block.kind, _marked(plain, own), tuple(own))


def _without_empty_headings(passages: Iterable[Passage], *, title: str) -> list[Passage]:
    """The passages without headings that only repeat the title or have nothing under them that is shown."""
    kept: list[Passage] = []
    for passage in passages:
        if passage.kind == "heading" and not passage.claims and passage.html == escape(title):
            continue
        kept.append(passage)
    while kept and kept[-1].kind == "heading":
        kept.pop()
    return kept


def _touches(claim: Claim, block: Block) -> bool:
    return any(start < claim.evidence.end and claim.evidence.start < end for start, end in block.spans)


def _marked(plain: PlainText, claims: Sequence[Claim]) -> Markup:
    """A text with what claims were read from marked; a stretch of several claims leads to the first."""
    stretches = [(*plain.from_source(each.evidence.start, each.evidence.end), each) for each in claims]
    cuts = sorted({0, len(plain.text), *(at for start, end, _ in stretches for at in (start, end))})
    parts = []
    for start, end in pairwise(cuts):
        text = with_powers(plain.text[start:end])
        over = [claim for first, last, claim in stretches if first <= start and end <= last]
        parts.append(_link(text, over[0]) if over else text)
    return Markup("").join(parts)


def _table_html(table: Table, claims: Sequence[Claim]) -> Markup:
    rows = []
    for number, row in enumerate(table.rows):
        tag = "th" if number < table.header_rows else "td"
        found = next((claim for claim in claims if _overlaps(claim, row.start, row.end)), None)
        cells = [with_powers(cell.text) for cell in row.cells]
        if found is not None and cells:
            cells[0] = _link(cells[0] or Markup("…"), found)
        rows.append(Markup("").join(Markup(f"<{tag}>{{}}</{tag}>").format(cell) for cell in cells))
    body = Markup("").join(Markup("<tr>{}</tr>").format(row) for row in rows)
    caption = escape(f"{table.label} {table.caption}".strip())
    return Markup('<table class="read"><caption>{}</caption><tbody>{}</tbody></table>').format(caption, body)


def _overlaps(claim: Claim, start: int, end: int) -> bool:
    return start < claim.evidence.end and claim.evidence.start < end


def _link(text: Markup, claim: Claim) -> Markup:
    return Markup('<a class="said" href="#claim-{}">{}</a>').format(claim.id, text)
