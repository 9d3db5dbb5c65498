"""Data files beside the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

#: The parser of libyaml, where PyYAML was built with it, is eight times as fast as the one in Python.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """What a YAML file holds: plain data only. Raises OSError and yaml.YAMLError."""
    return yaml.load(path.read_text("utf-8"), Loader=_LOADER)
