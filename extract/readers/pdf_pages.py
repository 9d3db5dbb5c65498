"""The words and rules on the pages of a PDF, by pdfium; no order is made of them here."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.readers.source import ReadError
from extract.readers.typesetting import load_typesetting

_PASSWORD = 4
_FONT_NAME = 128
#: What the matrix of upright type may be off.
_UPRIGHT = 0.05
_FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a gap on one baseline ``y``, in points from the lower left corner of the page.

    ``spaced`` says that a blank was set before it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    spaced: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page; words in the order in which the file draws them."""

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool


def read_pages(path: str | Path) -> tuple[Page, ...]:
    """The pages of a PDF. Raises ReadError where it is broken, locked, or a picture of text."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise ReadError(
                f"{path}: is a PDF that asks for a password; expected one that opens without. "
                "Save a copy without the password and read that"
            ) from error
        raise ReadError(
            f"{path}: is a broken PDF ({str(error).rstrip('.')}); expected one that a viewer opens. "
            "Get the file again, or print it from a viewer to a new PDF"
        ) from error
    try:
        pages = tuple(_page(document[number]) for number in range(len(document)))
    except pdfium.PdfiumError as error:
        raise ReadError(
            f"{path}: has a page that cannot be read ({error}); print it from a viewer to a new PDF"
        ) from error
    finally:
        document.close()
    if sum(len(page.words) for page in pages) < _FEWEST_WORDS:
        raise ReadError(
            f"{path}: is a PDF without text, most likely scanned; expected one whose text can be marked in a "
            "viewer. Run text recognition over it first, for example with ocrmypdf"
        )
    return pages


def _page(page: Any) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    try:
        words = tuple(_words(_glyphs(text.raw)))
        rules = tuple(_rules(page))
    finally:
        text.close()
        page.close()
    return Page(width, height, words, rules)


def _glyphs(text: Any) -> Iterator[_Glyph | None]:
    """The upright characters of a page; None stands for a blank."""
    box = raw.FS_RECTF()
    drawn, setting = 0, None
    for at in range(raw.FPDFText_CountChars(text)):
        character = chr(raw.FPDFText_GetUnicode(text, at))
        if character.isspace() or not character.isprintable():
            if raw.FPDFText_IsHyphen(text, at) == 1:
                # pdfium has a control character for a hyphen at a line's end
                character = "-"
            elif raw.FPDFText_IsGenerated(text, at) == 1:
                continue
            else:
                yield None
                continue
        item = raw.FPDFText_GetTextObject(text, at)
        address = ctypes.cast(item, ctypes.c_void_p).value or 0
        if address != drawn or not address:
            drawn, setting = address, _setting(text, at)
        if setting is not None:
            raw.FPDFText_GetLooseCharBox(text, at, box)
            yield _Glyph(character, box.left, box.right, *setting)


def _setting(text: Any, at: int) -> tuple[float, float, bool, bool] | None:
    """Baseline, size, bold and italic of what is drawn together with a character; None if it is turned."""
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text, at, matrix)
    size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
    if size <= 0 or abs(matrix.b) > _UPRIGHT * abs(matrix.a) or matrix.a <= 0 or matrix.d <= 0:
        return None
    raw.FPDFText_GetCharOrigin(text, at, x, y)
    name = ctypes.create_string_buffer(_FONT_NAME)
    raw.FPDFText_GetFontInfo(text, at, name, _FONT_NAME, ctypes.c_int())
    return y.value, size, *_style_of(name.value)


@cache
def _style_of(name: bytes) -> tuple[bool, bool]:
    cues, font = load_typesetting(), name.decode("utf-8", "replace")
    return bool(cues.bold.search(font)), bool(cues.italic.search(font))


def _words(glyphs: Iterator[_Glyph | None]) -> Iterator[Word]:
    word_gap = load_typesetting().word_gap
    run: list[_Glyph] = []
    blank = spaced = False
    for glyph in glyphs:
        if glyph is None:
            blank = True
            continue
        last = run[-1] if run else None
        if last is not None and (blank or not _goes_on(last, glyph, word_gap)):
            yield _word(run, spaced=spaced)
            run, spaced = [], blank
        run.append(glyph)
        blank = False
    if run:
        yield _word(run, spaced=spaced)


def _goes_on(last: _Glyph, glyph: _Glyph, word_gap: float) -> bool:
    return (
        abs(glyph.y - last.y) < load_typesetting().script_least * last.size
        and abs(glyph.size - last.size) < 0.1 * last.size
        and -0.5 * last.size < glyph.x0 - last.x1 < word_gap * last.size
    )


def _word(run: list[_Glyph], *, spaced: bool) -> Word:
    first = run[0]
    return Word(
        text="".join(glyph.text for glyph in run),
        x0=first.x0,
        x1=max(glyph.x1 for glyph in run),
        y=first.y,
        size=first.size,
        bold=first.bold,
        italic=first.italic,
        spaced=spaced,
    )


def _rules(page: Any) -> Iterator[Rule]:
    thickest = load_typesetting().rule[0]
    x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
    for at in range(raw.FPDFPage_CountObjects(page.raw)):
        item = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
            continue
        raw.FPDFPageObj_GetBounds(item, x0, y0, x1, y1)
        if y1.value - y0.value <= thickest < x1.value - x0.value:
            yield Rule(x0.value, x1.value, (y0.value + y1.value) / 2)
