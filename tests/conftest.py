"""What tests of several parts share."""

from pathlib import Path

import pytest
from hypothesis import settings

# Examples are judged by what they give: a busy machine must not fail them for the time they took.
settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of documents and gold facts beside the repository; without it, tests are skipped."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}: documents and gold facts are kept outside the repository")
    return folder
