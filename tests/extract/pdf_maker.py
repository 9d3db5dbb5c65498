"""PDFs set by hand, so that a test says what stands where on a page."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Font = Literal["roman", "bold", "italic"]
_FONTS = {"roman": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic"}


@dataclass(frozen=True)
class Text:
    """A text at a place, in points from the lower left corner of the page."""

    x: float
    y: float
    text: str
    size: float = 10
    font: Font = "roman"


@dataclass(frozen=True)
class Line:
    """A rule from one place to another on a page."""

    x0: float
    x1: float
    y: float


def column(x: float, y: float, text: str, *, width: int, size: float = 10) -> list[Text]:
    """Paragraphs (parted by blank lines) set in lines of so many characters, downwards from a place."""
    set_lines: list[Text] = []
    for paragraph in text.split("\n\n"):
        for line in textwrap.wrap(paragraph, width, break_on_hyphens=False):
            set_lines.append(Text(x, y, line, size))
            y -= 1.2 * size
        y -= 0.8 * size
    return set_lines


def make_pdf(pages: Sequence[Sequence[Text | Line]], *, locked: bool = False) -> bytes:
    """A PDF of A4 pages; a locked one asks for a password that nobody knows."""
    fonts = [f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} >>" for name in _FONTS.values()]
    first = 3 + len(fonts)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    named = " ".join(f"/{name} {3 + number} 0 R" for number, name in enumerate(_FONTS))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        *fonts,
    ]
    for number, items in enumerate(pages):
        content = "\n".join(map(_drawn, items))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * number + 1} 0 R "
            f"/Resources << /Font << {named} >> >> >>"
        )
        objects.append(f"<< /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream")
    extra = f"/Encrypt {len(objects) + 1} 0 R /ID [<00> <00>]" if locked else ""
    if locked:
        key = "AB" * 32
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>")
    return _file(objects, extra)


def _drawn(item: Text | Line) -> str:
    if isinstance(item, Line):
        return f"{item.x0} {item.y} m {item.x1} {item.y} l S"
    escaped = item.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{item.font} {item.size} Tf 1 0 0 1 {item.x} {item.y} Tm ({escaped}) Tj ET"


def _file(objects: Sequence[str], extra: str) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {extra} >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()
