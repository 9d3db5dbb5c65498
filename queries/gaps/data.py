"""The numbers of ``gaps.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def gap_data(section: str) -> dict[str, Any]:
    """One section of the file."""
    data: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("gaps.yaml").read_text("utf-8"))
    return data[section]
