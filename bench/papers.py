"""Papers to measure with: the bundled notes, put together in many orders."""

from __future__ import annotations

import random
from pathlib import Path

from corpus import notes


def write_papers(folder: Path, count: int, *, sections: int) -> list[Path]:
    """Write so many papers of so many sections, each another choice of notes, and return their paths."""
    texts = [path.read_text(encoding="utf-8").partition("\n## References")[0] for path in notes()]
    choose = random.Random(1)
    paths = []
    for number in range(count):
        chosen = choose.sample(texts, sections)
        path = folder / f"paper-{number:03d}.md"
        body = "\n\n".join(text.replace("\n# ", "\n## ").replace("# ", "## ", 1) for text in chosen)
        path.write_text(f"# Paper {number}\n\n{body}\n", encoding="utf-8")
        paths.append(path)
    return paths
