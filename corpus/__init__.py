"""The bundled annotated corpus: short notes in our own words, each with the claims a reader finds in it.

A note (``notes/<slug>.md``) is a page of a lab digest on one question of sulfide solid-state batteries. The
first word of its slug names its area: materials, synthesis, properties, interfaces or failure. Its
annotation (``annotations/<slug>.jsonl``) is a claims file whose quotes point back into the note by offset and
whose ``primary`` works come from the note's reference list. Together they build a graph without any paper
at hand, and they tell whether extraction still reads what a reader reads.
"""

from importlib.resources import files
from pathlib import Path


def notes() -> tuple[Path, ...]:
    """The notes of the corpus, as Markdown files sorted by name."""
    return tuple(sorted((_folder() / "notes").glob("*.md")))


def annotations(note: Path) -> Path:
    """The claims file that holds the annotation of ``note``; FileNotFoundError where the corpus has none."""
    path = _folder() / "annotations" / f"{note.stem}.jsonl"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no annotation for {note}; expected a note of the bundled corpus")
    return path


def _folder() -> Path:
    # The package is installed as plain files (never zipped), so its resources are paths.
    return Path(str(files(__name__)))
