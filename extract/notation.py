"""The substitution rules of ``notation.yaml``, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extract.document import Span
from ontology.data_files import read_yaml

#: A piece of replacement: a run of the text it replaces, or new text.
Piece = Span | str


@dataclass(frozen=True, slots=True)
class Rule:
    """One substitution; it is tried only on text that holds one of ``needs``.

    ``signs`` are the first characters of those: a text without any of them is passed over at a glance.
    """

    pattern: re.Pattern[str]
    template: tuple[str | int, ...]
    needs: tuple[str, ...]
    signs: frozenset[str]
    squeeze: bool
    damaged: bool
    markup: str

    def concerns(self, text: str) -> bool:
        """Whether the rule can match in a text at all."""
        return not self.needs or any(sign in text for sign in self.needs)

    def pieces(self, match: re.Match[str]) -> Iterator[Piece]:
        """What replaces a match."""
        if self.squeeze:
            for run in re.finditer(r"\S+", match[0]):
                yield match.start() + run.start(), match.start() + run.end()
            return
        for part in self.template:
            if isinstance(part, str):
                yield part
            elif match.start(part) >= 0:
                yield match.span(part)


@dataclass(frozen=True, slots=True)
class Script:
    """Raised or lowered characters, the mark that stands for them, and the plain characters."""

    mark: str
    pattern: re.Pattern[str]
    characters: dict[int, str]


@dataclass(frozen=True, slots=True)
class Notation:
    """Character tables and rules; ``torn`` finds formulas that PDF conversion tore apart."""

    characters: dict[int, str]
    expansions: Mapping[str, str]
    scripts: tuple[Script, ...]
    tags: tuple[Rule, ...]
    signs: tuple[Rule, ...]
    notation: tuple[Rule, ...]
    torn: re.Pattern[str]


@cache
def load_notation() -> Notation:
    """The compiled rules."""
    data = read_yaml(Path(__file__).parent / "notation.yaml")
    macros: dict[str, str] = {}
    for name, pattern in data["macros"].items():
        macros[name] = _fill(pattern, macros)

    def script(mark: str, table: Mapping[str, str]) -> Script:
        characters = {ord(sign): plain for sign, plain in table.items()}
        return Script(mark, re.compile(f"[{''.join(table)}]+"), characters)

    return Notation(
        characters={ord(sign): plain for sign, plain in data["characters"].items()},
        expansions=data["expansions"],
        scripts=(script("_", data["scripts"]["lowered"]), script("^", data["scripts"]["raised"])),
        tags=tuple(_rule(row, macros) for row in data["tags"]),
        signs=tuple(_rule(row, macros) for row in data["signs"]),
        notation=tuple(_rule(row, macros) for row in data["notation"]),
        torn=re.compile(_fill(data["torn"], macros)),
    )


def _fill(pattern: str, macros: Mapping[str, str]) -> str:
    return re.sub(r"\{\{(\w+)\}\}", lambda found: macros[found[1]], pattern)


def _rule(row: Mapping[str, Any], macros: Mapping[str, str]) -> Rule:
    parts: list[str | int] = []
    for at, part in enumerate(re.split(r"\\g<(\d)>|\\(\d)", row.get("replace", ""))):
        if part:
            parts.append(part if at % 3 == 0 else int(part))
    return Rule(
        pattern=re.compile(_fill(row["pattern"], macros), re.DOTALL),
        template=tuple(parts),
        needs=tuple(row.get("needs", ())),
        signs=frozenset(need[0] for need in row.get("needs", ())),
        squeeze=bool(row.get("squeeze")),
        damaged=bool(row.get("damaged")),
        markup=row.get("markup", ""),
    )
