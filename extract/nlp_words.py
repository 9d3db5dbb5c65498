"""The tokens of a plain text: formulas, names, numbers and units whole, and what the parser sees for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from spacy.tokens import Doc

from ontology.data_files import read_yaml
from ontology.formula import find_formulas
from ontology.units import unit_at

TokenKind = Literal["", "name", "number", "unit", "label", "verb"]

#: Runs without a blank are cut here: spaCy takes time with the square of their length.
_OVERLONG = re.compile(r"(\S{100})(?=\S)")


@dataclass(frozen=True, slots=True)
class LanguageData:
    """The contents of ``language.yaml``, compiled."""

    model: str
    exclude: tuple[str, ...]
    stand_ins: dict[str, str]
    abbreviations: dict[str, str]
    abbreviation: re.Pattern[str]
    name: re.Pattern[str]
    plural_name: re.Pattern[str]
    number: re.Pattern[str]
    unit_words: re.Pattern[str]
    verbs: re.Pattern[str]
    words: dict[str, str]
    label: re.Pattern[str]
    element_letter: re.Pattern[str]
    closing_letter: re.Pattern[str]
    sentence_start: re.Pattern[str]
    sentence_end: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Word:
    """A token of the true text and what the parser sees for it."""

    text: str
    space: bool
    kind: TokenKind
    shown: str


class Run(NamedTuple):
    """A run of text that is one token, and what the parser sees for it."""

    start: int
    end: int
    kind: TokenKind
    shown: str


@cache
def load_language() -> LanguageData:
    """The compiled data."""
    data = read_yaml(Path(__file__).parent / "language.yaml")
    short = sorted(data["abbreviations"], key=len, reverse=True)
    return LanguageData(
        model=data["model"],
        exclude=tuple(data["exclude"]),
        stand_ins=data["stand_ins"],
        abbreviations=data["abbreviations"],
        abbreviation=re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, short))})(?!\w)"),
        name=re.compile(data["name"]),
        plural_name=re.compile(data["plural_name"]),
        number=re.compile(data["number"]),
        unit_words=re.compile(data["unit_words"]),
        verbs=re.compile(
            "|".join(rf"\b(?P<{shown}>{'|'.join(rows)})\b" for shown, rows in data["verbs_there"].items())
        ),
        words={
            word: shown
            for kind in ("verbs", "adverbs")
            for shown, words in data[kind].items()
            for word in words.split()
        }
        | {
            word + ending: shown + ending
            for shown, words in data["nouns"].items()
            for word in words.split()
            for ending in ("", "s")
        },
        label=re.compile(data["label"]),
        element_letter=re.compile(data["element_letter"]),
        closing_letter=re.compile(data["closing_letter"]),
        sentence_start=re.compile(data["sentence_start"]),
        sentence_end=re.compile(data["sentence_end"]),
    )


def words_of(text: str, tokenizer: Callable[[str], Doc]) -> Iterator[Word]:
    """The tokens of a text: protected runs whole, the rest as spaCy cuts it."""
    at = 0
    for run in protected_runs(text):
        if run.start > at:
            yield from _spacy_words(text[at : run.start], tokenizer)
        space = text[run.end : run.end + 1] == " "
        yield Word(text[run.start : run.end], space, run.kind, run.shown)
        at = run.end + space
    if at < len(text):
        yield from _spacy_words(text[at:], tokenizer)


def _spacy_words(text: str, tokenizer: Callable[[str], Doc]) -> Iterator[Word]:
    """Tokens between protected runs; a hyphen at a run is a token of its own, as it is between words."""
    shown = load_language().words
    if re.match(r"-[A-Za-z]", text):
        yield Word("-", space=False, kind="", shown="-")
        text = text[1:]
    joined = re.search(r"[A-Za-z]-$", text) is not None
    for part in _OVERLONG.split(text[:-1] if joined else text):
        if part:
            for token in tokenizer(part):
                yield Word(token.text, bool(token.whitespace_), "", shown.get(token.text, token.text))
    if joined:
        yield Word("-", space=False, kind="", shown="-")


def protected_runs(text: str) -> list[Run]:
    """The runs of a text that stay whole or are shown as something else, in order."""
    data = load_language()
    runs = [_name(match.start, match.end, text) for match in find_formulas(text)]
    for pattern in (data.name, data.element_letter):
        runs.extend(_name(*found.span(), text) for found in pattern.finditer(text))
    runs.extend(Run(*found.span("label"), "label", found["label"]) for found in data.label.finditer(text))
    runs.extend(
        Run(*found.span(), "", data.abbreviations[found[0]]) for found in data.abbreviation.finditer(text)
    )
    runs.extend(Run(*found.span(), "verb", found.lastgroup or "") for found in data.verbs.finditer(text))
    runs.extend(Run(*found.span(), "", found[0]) for found in data.closing_letter.finditer(text))
    for found in data.number.finditer(text):
        start, end = found.span()
        runs.append(Run(start, end, "number", data.stand_ins["number"]))
        after = end + (text[end : end + 1] == " ")
        unit = unit_at(text, after)
        if unit and not data.unit_words.match(text[after : unit[1]]):
            runs.append(Run(after, unit[1], "unit", data.stand_ins["unit"]))
    runs.sort(key=lambda run: (run.start, -run.end))
    kept: list[Run] = []
    for run in runs:
        if not kept or run.start >= kept[-1].end:
            kept.append(run)
        elif run.end > kept[-1].end and kept[-1].kind == run.kind == "name":
            kept[-1] = _name(kept[-1].start, run.end, text)
    return kept


def _name(start: int, end: int, text: str) -> Run:
    data = load_language()
    plural = data.plural_name.search(text[start:end])
    return Run(start, end, "name", data.stand_ins["names" if plural else "name"])
