"""Annotated text as one page that needs nothing else: names and sentences marked, claims below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from extract.annotated import Annotated, NamedThing, outermost
from extract.document import Block, Span, Table
from extract.plain_text import PlainText, is_damaged, plain_text
from kg.model import Claim

_LEFT_OUT = ("heading", "boilerplate", "reference", "equation")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Text that is marked in one way: as part of a claim's sentence, as a name, as both or as neither."""

    text: str
    claimed: bool
    thing: NamedThing | None


@dataclass(frozen=True, slots=True)
class _Part:
    """A block of the page: its heading, text or table, and what was found in it."""

    heading: str
    level: int
    stretches: tuple[_Stretch, ...]
    table: Table | None
    claims: tuple[tuple[int, Claim], ...]
    things: tuple[NamedThing, ...]


def to_html(annotated: Annotated) -> str:
    """The page; all text of the document is escaped, and nothing is loaded from elsewhere."""
    parts = list(_parts(annotated))
    return _template().render(
        document=annotated.document,
        name=Path(annotated.document.source).name,
        parts=parts,
        claims=annotated.claims,
        kinds=sorted({thing.kind for part in parts for thing in part.things if thing.kind}),
        things=sum(len(part.things) for part in parts),
    )


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("annotated.html")


def _parts(annotated: Annotated) -> Iterator[_Part]:
    document = annotated.document
    headings = {section.start: section for section in document.sections}
    tables = {table.start: table for table in document.tables}
    damaged = is_damaged(document.text)
    numbered = list(enumerate(annotated.claims, start=1))
    for block in document.blocks:
        section = headings.get(block.start)
        if block.kind == "heading" and section is not None and section.title != document.title:
            yield _Part(section.label, section.level, (), None, (), ())
        if block.kind in _LEFT_OUT:
            continue
        claims = tuple((at, claim) for at, claim in numbered if _holds(block, claim.evidence.start))
        things = tuple(thing for thing in annotated.things if _holds(block, thing.start))
        table = tables.get(block.start) if block.kind == "table" else None
        plain = plain_text(document.text, block.spans, markup=document.markup, damaged=damaged)
        stretches = () if table else tuple(_stretches(plain, things, [claim for _, claim in claims]))
        yield _Part("", 0, stretches, table, claims, things)


def _holds(block: Block, offset: int) -> bool:
    return any(start <= offset < end for start, end in block.spans)


def _stretches(plain: PlainText, things: Sequence[NamedThing], claims: Sequence[Claim]) -> Iterator[_Stretch]:
    """The text cut wherever a name or a claim's sentence begins or ends."""
    named = [(plain.from_source(thing.start, thing.end), thing) for thing in outermost(things)]
    said: list[Span] = [plain.from_source(claim.evidence.start, claim.evidence.end) for claim in claims]
    spans = [(0, len(plain.text)), *(span for span, _ in named), *said]
    for start, end in pairwise(sorted({min(at, len(plain.text)) for span in spans for at in span})):
        yield _Stretch(
            text=plain.text[start:end],
            claimed=any(left <= start and end <= right for left, right in said),
            thing=next((thing for (left, right), thing in named if left <= start and end <= right), None),
        )
