"""Data files beside the code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

#: The parser of libyaml, where PyYAML was built with it, is eight times as fast as the one in Python.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """What a YAML file holds: plain data only. Raises OSError and yaml.YAMLError."""
    return yaml.load(path.read_text("utf-8"), Loader=_LOADER)


def any_of(words: Iterable[str]) -> str:
    """The regular expression for any of some words, the longest first; none is empty.

    >>> any_of(["at", "above", ""])
    'above|at'
    """
    return "|".join(map(re.escape, sorted(filter(None, words), key=len, reverse=True)))
