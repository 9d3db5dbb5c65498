"""The folders are the import names, so no other distribution may bring a package of the same name."""

from __future__ import annotations

from importlib.metadata import packages_distributions

import pytest


@pytest.mark.parametrize("folder", ["ontology", "kg", "extract", "queries", "app", "corpus"])
def test_no_installed_package_shares_a_folder_name(folder: str) -> None:
    assert set(packages_distributions().get(folder, ())) <= {"lithograph"}
