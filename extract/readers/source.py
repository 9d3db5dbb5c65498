"""Reading a file's bytes into text, or saying plainly why that cannot be done."""

from __future__ import annotations

from pathlib import Path


class ReadError(ValueError):
    """A file that cannot be read as a document: says what, where, what was expected and what to do."""


_TEXT_SUFFIXES = frozenset({"", ".md", ".markdown", ".txt", ".text", ".mmd"})
_MARKUP_SUFFIXES = frozenset({".xml", ".nxml", ".norm-xml", ".html", ".htm", ".xhtml", ".tei"})
#: The endings by which a document is found in a folder.
SUFFIXES = (_TEXT_SUFFIXES | _MARKUP_SUFFIXES | {".pdf"}) - {""}
_EXPECTED = "expected a PDF, or UTF-8 text: Markdown, plain text, JATS, Elsevier or TEI XML, or HTML"


def is_pdf(path: str | Path) -> bool:
    """Whether a file is a PDF, by its first bytes."""
    file = Path(path)
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(5) == b"%PDF-"


def read_source(path: str | Path) -> str:
    """The text of a file, line ends and all. Raises ReadError."""
    file = Path(path)
    if not file.exists():
        raise ReadError(f"{file}: no such file; check the spelling and the folder")
    if file.is_dir():
        raise ReadError(f"{file}: is a folder; expected one file, so name a file in it")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ReadError(f"{file}: cannot be opened ({error.strerror}); check its permissions") from error
    if not data.strip():
        raise ReadError(f"{file}: is empty; {_EXPECTED}")
    if b"\0" in data:
        at = data.index(b"\0")
        raise ReadError(f"{file}: is a binary file (a zero byte at byte {at}); {_EXPECTED}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{file}: is not UTF-8 (byte {error.start} is 0x{data[error.start]:02x}); {_EXPECTED}. "
            "Save it as UTF-8 and read it again"
        ) from error


def is_markup(path: str | Path, text: str) -> bool:
    """Whether a file is XML or HTML rather than Markdown or plain text. Raises ReadError for other types."""
    suffix = Path(path).suffix.lower()
    head = text[:4000].lstrip("\ufeff \t\r\n").lower()
    if (
        head.startswith(("<?xml", "<!doctype", "<html", "<article", "<tei", "<xocs:"))
        or suffix in _MARKUP_SUFFIXES
    ):
        return True
    if suffix in _TEXT_SUFFIXES:
        return False
    raise ReadError(
        f"{path}: files of type {suffix!r} are not supported; {_EXPECTED}. Convert it to one of these"
    )


def is_html(path: str | Path, text: str) -> bool:
    """Whether markup is HTML, which need not be well-formed."""
    head = text[:4000].lower()
    return Path(path).suffix.lower() in {".html", ".htm"} or (
        "<html" in head and not head.lstrip().startswith("<?xml")
    )
