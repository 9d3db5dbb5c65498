"""The words and patterns of this package's data files, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ontology.data_files import any_of, read_yaml


@dataclass(frozen=True, slots=True)
class WordList:
    """Phrases with what each stands for, found in a text as whole words, the longest first."""

    meanings: Mapping[str, str]
    pattern: re.Pattern[str]

    def find(self, text: str) -> str:
        """What the first phrase in a text stands for; empty where there is none."""
        match = self.pattern.search(text)
        return self.meanings[match[0].casefold()] if match else ""


def word_list(groups: Mapping[str, Iterable[str]]) -> WordList:
    """The phrases of each group, standing for the group's name."""
    meanings = {phrase.casefold(): name for name, phrases in groups.items() for phrase in phrases}
    return WordList(meanings, words_pattern(meanings))


def words_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the phrases as whole words; a hyphen or letter beside them is no boundary."""
    return re.compile(rf"(?<![\w-])(?:{any_of(phrases)})(?!\w)", re.IGNORECASE)


@cache
def data(name: str) -> Mapping[str, Any]:
    """One of the YAML files of this package, by its name without the suffix."""
    loaded: Mapping[str, Any] = read_yaml(Path(__file__).with_name(f"{name}.yaml"))
    return loaded


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """One of the regular expressions under ``patterns`` in a data file."""
    return re.compile(data(name)["patterns"][key])


@cache
def words(name: str, key: str) -> re.Pattern[str]:
    """A pattern for any phrase of a list in a data file; a list may be one string of single words."""
    phrases = data(name)[key]
    return words_pattern(phrases.split() if isinstance(phrases, str) else phrases)


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """The members of a list in a data file; a list may be one string of single words."""
    phrases = data(name)[key]
    return frozenset(phrases.split() if isinstance(phrases, str) else phrases)


@cache
def before(name: str, key: str) -> re.Pattern[str]:
    """A pattern for a text that ends with a phrase of a list and at most one word more."""
    return re.compile(rf"(?<![\w-])(?:{any_of(data(name)[key])})(?: [a-z-]+)? $", re.IGNORECASE)


@cache
def after(name: str, key: str) -> re.Pattern[str]:
    """A pattern for a text that starts with a phrase of a list."""
    return re.compile(rf"(?:{any_of(data(name)[key])})(?![\w-])")


@cache
def forms() -> WordList:
    """The forms of a sample, such as cold-pressed or glass-ceramic."""
    found = word_list(data("columns")["forms"])
    # a glass-polymer composite is no glass
    return WordList(found.meanings, re.compile(rf"{found.pattern.pattern}(?![-–][a-z])", re.IGNORECASE))
