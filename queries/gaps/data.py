"""The numbers of ``gaps.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ontology.data_files import read_yaml


@cache
def gap_data(section: str) -> dict[str, Any]:
    """One section of the file."""
    data: dict[str, dict[str, Any]] = read_yaml(Path(__file__).with_name("gaps.yaml"))
    return data[section]
