"""The words of this package's data files, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class WordList:
    """Phrases with what each stands for, found in a text as whole words, the longest first."""

    meanings: Mapping[str, str]
    pattern: re.Pattern[str]

    def find(self, text: str) -> str:
        """What the first phrase in a text stands for; empty where there is none."""
        match = self.pattern.search(text)
        return self.meanings[match[0].casefold()] if match else ""

    def all(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """Start, end and meaning of every phrase in a text."""
        found = self.pattern.finditer(text)
        return tuple((match.start(), match.end(), self.meanings[match[0].casefold()]) for match in found)


def word_list(groups: Mapping[str, Iterable[str]]) -> WordList:
    """The phrases of each group, standing for the group's name."""
    meanings = {phrase.casefold(): name for name, phrases in groups.items() for phrase in phrases}
    return WordList(meanings, words_pattern(meanings))


def words_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the phrases as whole words; a hyphen or letter beside them is no boundary."""
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w])", re.IGNORECASE)


@cache
def data(name: str) -> Mapping[str, Any]:
    """One of the YAML files of this package."""
    loaded: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return loaded


@cache
def forms() -> WordList:
    """The forms of a sample, such as cold-pressed or glass-ceramic."""
    return word_list(data("columns.yaml")["forms"])
