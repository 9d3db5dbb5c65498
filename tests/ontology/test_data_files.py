"""Reading YAML: every data file means the same to the fast parser as to the one that PyYAML always has."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ontology.data_files import read_yaml

ROOT = Path(__file__).parents[2]
FILES = [
    file for part in ("app", "extract", "kg", "ontology", "queries") for file in (ROOT / part).rglob("*.yaml")
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_both_parsers_read_the_same(file: Path) -> None:
    assert read_yaml(file) == yaml.safe_load(file.read_text("utf-8"))


def test_yaml_makes_no_objects(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("!!python/object/apply:os.getcwd []")

    with pytest.raises(yaml.YAMLError, match="python/object"):
        read_yaml(file)
