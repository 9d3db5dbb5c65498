"""From a file to a ``Document``: Markdown, plain text, JATS, Elsevier and TEI XML, HTML."""

from __future__ import annotations

from pathlib import Path

from extract.document import Document, document_id
from extract.readers.markdown import read_markdown
from extract.readers.record import own_record
from extract.readers.source import ReadError, is_markup, read_source

__all__ = ["ReadError", "read_document"]


def read_document(path: str | Path) -> Document:
    """The document in a file. Raises ReadError, which says what is wrong with the file and what to do."""
    text = read_source(path)
    if is_markup(path, text):
        raise ReadError(f"{path}: markup is not read yet")
    layer = read_markdown(text)
    return Document(
        id=document_id(path),
        title=layer.title,
        text=text,
        sections=layer.sections,
        tables=layer.tables,
        references=layer.references,
        source=str(path),
        own=own_record(text, layer.title, layer.blocks),
        blocks=layer.blocks,
    )
