"""The bundled annotated corpus: short notes in our own words, each with the claims a reader finds in it.

A note (``notes/<slug>.md``) is a page of a lab digest on one question of sulfide solid-state batteries. The
first word of its slug names its area: materials, synthesis, properties, interfaces or failure. Its
annotation beside it (``notes/<slug>.claims.jsonl``) is a claims file whose quotes point back into the note by
offset and whose ``primary`` works come from the note's reference list. Together they build a graph without
any paper at hand, and they tell whether extraction still reads what a reader reads.
"""

from pathlib import Path

#: The folder of the notes and of their annotations; the package is installed as plain files, never zipped.
NOTES = Path(__file__).with_name("notes")


def notes() -> tuple[Path, ...]:
    """The notes of the corpus, as Markdown files sorted by name."""
    return tuple(sorted(NOTES.glob("*.md")))


def annotation(note: Path) -> Path:
    """The claims file beside ``note``; FileNotFoundError where it has none."""
    path = note.with_suffix(".claims.jsonl")
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no annotation of {note.name}; expected it beside the note")
    return path
