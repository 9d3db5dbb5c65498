"""The process that reads one uploaded paper: ``python -m app.web.reader PATH``.

It can open no socket, write no file and take so much memory and processor time. It writes lines of JSON to
standard output: steps, then the claims and what is known of the document, or why it could not be read.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.sparql.sandbox import confine, limit_memory

#: Bytes beyond what the programs take, and seconds of the processor.
_MEMORY, _SECONDS = 2 * 1024**3, 600


def main() -> None:
    """Read the paper that the command line names."""
    confine()
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    _tell({"step": "loading the language model"})
    from app.reading import Problem, try_read  # noqa: PLC0415
    from app.sources import Source  # noqa: PLC0415
    from kg.claims_file import claim_to_row  # noqa: PLC0415

    limit_memory(_MEMORY)
    _tell({"step": "reading the paper"})
    found = try_read(Source(Path(sys.argv[1])))
    if isinstance(found, Problem):
        _tell({"problem": found.message})
        return
    for read in found:
        _tell(
            {
                "document": read.document,
                "title": read.info.title,
                "own": asdict(read.info.own) if read.info.own else None,
                "claims": [claim_to_row(claim) for claim in read.claims],
                "open_questions": [asdict(question) for question in read.info.open_questions],
            }
        )


def _tell(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
