"""The cues and patterns of relations, read from the YAML files beside this one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ontology.data_files import read_yaml


@cache
def read(name: str) -> Any:
    """The content of ``name``.yaml."""
    return read_yaml(Path(__file__).with_name(f"{name}.yaml"))


@cache
def words(name: str) -> frozenset[str]:
    """A word list of ``words.yaml``."""
    return frozenset(read("words")[name].split())
