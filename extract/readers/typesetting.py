"""How text set on pages is read: the cues and lengths of ``pdf.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ontology.data_files import read_yaml


@dataclass(frozen=True, slots=True)
class Typesetting:
    """The contents of ``pdf.yaml``; lengths are in sizes of the type around them."""

    bold: re.Pattern[str]
    italic: re.Pattern[str]
    word_gap: float
    column_gap: float
    script_size: float
    script_rise: tuple[float, float]
    script_least: float
    gutter_rows: int
    gutter_close: float
    gutter_crossed: float
    paragraph_gap: float
    indent: float
    short_line: float
    heading_size: float
    heading_words: int
    margin: float
    rule: tuple[float, float]
    cell_gap: float
    page_number: re.Pattern[str]
    hyphen: re.Pattern[str]
    joint: re.Pattern[str]
    suspended: re.Pattern[str]
    sentence_end: re.Pattern[str]
    bullet: re.Pattern[str]


@cache
def load_typesetting() -> Typesetting:
    """The cues and lengths, patterns compiled."""
    data = read_yaml(Path(__file__).with_name("pdf.yaml"))
    read: dict[str, Any] = {
        key: re.compile(value) if isinstance(value, str) else value for key, value in data.items()
    }
    return Typesetting(**read)
