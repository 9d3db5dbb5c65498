"""From a file to a ``Document``: Markdown, plain text, JATS, Elsevier and TEI XML, HTML, PDF."""

from __future__ import annotations

from pathlib import Path

from extract.document import Document, document_id
from extract.readers.article import read_article
from extract.readers.markdown import read_markdown
from extract.readers.markup import parse_html, parse_xml
from extract.readers.pdf import pdf_text
from extract.readers.record import own_record
from extract.readers.source import SUFFIXES, ReadError, is_html, is_markup, is_pdf, read_source

__all__ = ["SUFFIXES", "ReadError", "read_document", "read_text"]


def read_document(path: str | Path) -> Document:
    """The document in a file. Raises ReadError, which says what is wrong with the file and what to do."""
    if is_pdf(path):
        return _read(pdf_text(path), path, markup=False)
    return read_text(read_source(path), source=path)


def read_text(text: str, *, source: str | Path = "text.md") -> Document:
    """The document that a text is, for instance one sentence; the ending of ``source`` tells its format.

    Raises ReadError where the text holds nothing to read.

    >>> read_text("LiI suppresses lithium dendrite growth.").blocks[0].kind
    'paragraph'
    """
    return _read(text, source, markup=is_markup(source, text))


def _read(text: str, path: str | Path, *, markup: bool) -> Document:
    anchors: dict[str, int] = {}
    if markup:
        root = parse_html(text) if is_html(path, text) else parse_xml(text, str(path))
        layer, own, anchors = read_article(text, root)
    else:
        layer = read_markdown(text)
        own = own_record(text, layer.title, layer.blocks)
    if not any(block.kind in ("paragraph", "item", "table") for block in layer.blocks):
        raise ReadError(
            f"{path}: holds no running text; expected an article with paragraphs or tables. "
            "Check that the file is the full text and not an abstract page or a list of links"
        )
    return Document(
        id=document_id(path),
        title=layer.title,
        text=text,
        sections=layer.sections,
        tables=layer.tables,
        references=layer.references,
        source=str(path),
        own=own,
        blocks=layer.blocks,
        markup="xml" if markup else "text",
        anchors=anchors,
    )
