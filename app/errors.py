"""What a person did or gave wrongly, as opposed to a fault of the program."""

from __future__ import annotations

import errno
from pathlib import Path

from app.sources import SourceError
from app.sparql.guard import QueryError
from extract.llm import LanguageModelError
from extract.readers.source import ReadError
from kg.claims_file import ClaimsFileError
from kg.curation import CurationError
from kg.export import ExportError
from kg.store import StoreError
from kg.watches import WatchError
from ontology.modules import OntologyError
from queries.charts import ChartError
from queries.gaps import DayError, DimensionError, EvaluationError

#: Errors whose message says what is wrong, where and what to do: shown without a traceback.
USER_ERRORS = (
    SourceError,
    QueryError,
    ReadError,
    LanguageModelError,
    ClaimsFileError,
    CurationError,
    ExportError,
    StoreError,
    WatchError,
    OntologyError,
    ChartError,
    DayError,
    DimensionError,
    EvaluationError,
    OSError,
)

#: What the system says of a file by number, and what to do about it.
_FILE_FAULTS = {
    errno.ENOENT: "no such file or folder; check the name",
    errno.EISDIR: "is a folder; expected a file",
    errno.ENOTDIR: "a part of this path is a file; expected a folder",
    errno.EACCES: "this user may not read or write it; change its rights, or name another place",
    errno.EPERM: "this user may not change it; change its rights, or name another place",
    errno.EROFS: "the disk can only be read; name another place",
    errno.ENOSPC: "the disk is full; make room, or name another place",
    errno.EEXIST: "is there already; remove it, or name another place",
}


def explain(error: BaseException) -> str:
    """An error of ``USER_ERRORS`` in words: what is wrong, where, and what to do.

    >>> explain(IsADirectoryError(21, "Is a directory", "/etc"))
    '/etc: is a folder; expected a file'
    >>> explain(FileNotFoundError(2, "No such file or directory", "/nowhere/table.csv.part"))
    '/nowhere/table.csv.part: there is no folder /nowhere; make it, or name another place'
    """
    if not isinstance(error, OSError) or error.errno is None or not isinstance(error.filename, str | Path):
        return str(error)
    place = Path(error.filename)
    if error.errno == errno.ENOENT and not place.parent.exists():
        return f"{place}: there is no folder {place.parent}; make it, or name another place"
    return f"{place}: {_FILE_FAULTS.get(error.errno, error.strerror)}"
