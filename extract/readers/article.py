"""JATS, Elsevier, TEI and HTML articles into blocks, sections, tables and references."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.document import Block, BlockKind, Section, Span, Table
from extract.plain_text import plain_text
from extract.readers.article_record import cited_works, entries_in, inner_text, own_article
from extract.readers.article_tables import caption_spans, is_layout, read_table_element
from extract.readers.element_names import inside, is_a, load_names
from extract.readers.layout import heading_kind, is_boilerplate, split_number
from extract.readers.markdown import Heading, Layer, sections_of
from extract.readers.markup import Element
from kg.model import Reference


@dataclass(slots=True)
class _Reader:
    """Collects what a walk through the tree finds."""

    text: str
    section_name: str
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    entries: list[Element] = field(default_factory=list)
    zone: str = "body"


def read_article(text: str, root: Element) -> tuple[Layer, Reference, dict[str, int]]:
    """What a reader finds in a tree, the article's own record, and the reference number of each id."""
    dialects = load_names().section_of
    section_name = next((dialects[element.name] for element in root.walk() if element.name in dialects), "")
    reader = _Reader(text, section_name)
    for element in _texts(root):
        if element.name == "abstract":
            title = next((inner_text(text, child) for child in element.children if is_a(child, "title")), "")
            reader.sections.append(Section("", title or "Abstract", element.start, element.end))
        _walk(reader, element, level=1)
    own = own_article(text, root)
    entries = entries_in(root) or reader.entries
    works, anchors = cited_works(text, entries)
    reader.blocks.extend(Block("reference", (entry.inner,)) for entry in entries)
    layer = Layer(
        title=own.title,
        blocks=tuple(sorted(reader.blocks, key=lambda block: block.start)),
        sections=tuple(reader.sections) or sections_of(reader.headings, own.title, len(text)),
        tables=tuple(reader.tables),
        references=works,
    )
    return layer, own, anchors


def _texts(root: Element) -> list[Element]:
    """The outermost elements that hold running text."""
    found = inside(root, "text") or [root]
    return [part for element in found for part in inside(element, "main_text") or [element]]


def _walk(reader: _Reader, element: Element, *, level: int) -> None:
    for child in element.children:
        if is_a(child, "skip", "reference") or _is_hidden(child):
            continue
        if is_a(child, "section") or child.name == reader.section_name:
            _section(reader, child, level=level)
        elif is_a(child, "heading"):
            _heading(reader, child)
        elif is_a(child, "table") and not is_layout(child):
            _table(reader, child)
        elif is_a(child, "figure"):
            _figure(reader, child)
        elif is_a(child, "equation"):
            reader.blocks.append(Block("equation", ((child.start, child.end),)))
        elif is_a(child, "paragraph") or (is_a(child, "item") and not inside(child, "paragraph")):
            _paragraph(reader, child, level=level)
        else:
            _walk(reader, child, level=level)


def _is_hidden(element: Element) -> bool:
    return bool(load_names().skip_class.search(element.attributes.get("class", "").lower()))


def _section(reader: _Reader, element: Element, *, level: int) -> None:
    title = next((child for child in element.children if is_a(child, "title")), None)
    if title is None:
        _walk(reader, element, level=level)
        return
    number, name = split_number(inner_text(reader.text, title))
    label = next((child for child in element.children if is_a(child, "label")), None)
    if label is not None:
        number = inner_text(reader.text, label)
    number = title.attributes.get("n", number).strip(" .")
    if heading_kind(name) in ("back", "references"):
        return
    reader.sections.append(Section(number, name, element.start, element.end, level))
    reader.blocks.append(Block("heading", (title.inner,)))
    _walk(reader, element, level=level + 1)


def _heading(reader: _Reader, element: Element) -> None:
    number, name = split_number(inner_text(reader.text, element))
    kind = heading_kind(name)
    reader.zone = kind if kind in ("back", "references") else "body"
    reader.headings.append(Heading(number, name, int(element.name[1]), element.start, element.end))
    reader.blocks.append(Block("heading", (element.inner,)))


def _table(reader: _Reader, element: Element) -> None:
    table = read_table_element(reader.text, element)
    if table is not None:
        reader.tables.append(table)
        reader.blocks.append(Block("table", ((element.start, element.end),)))


def _figure(reader: _Reader, element: Element) -> None:
    if any(not is_layout(table) for table in inside(element, "table")):
        _table(reader, element)
    elif spans := caption_spans(element):
        reader.blocks.append(Block("caption", spans))


def _paragraph(reader: _Reader, element: Element, *, level: int) -> None:
    """A paragraph without the figures, tables and lists inside it, which are blocks of their own."""
    spans: list[Span] = []
    at = element.inner_start
    for child in inside(element, "figure", "table", "equation", "paragraph", "item", "skip"):
        spans.append((at, child.start))
        at = child.end
    spans.append((at, element.inner_end))
    kept = tuple(span for span in spans if reader.text[slice(*span)].strip())
    if kept:
        reader.blocks.append(Block(_kind(reader, element, kept), kept))
    _walk(reader, element, level=level)


def _kind(reader: _Reader, element: Element, spans: tuple[Span, ...]) -> BlockKind:
    if reader.zone == "references":
        reader.entries.append(element)
    if reader.zone != "body" or is_boilerplate(plain_text(reader.text, spans, markup="xml").text):
        return "boilerplate"
    return (
        "item"
        if is_a(element, "item") or element.within("list-item") or element.within("li")
        else "paragraph"
    )
