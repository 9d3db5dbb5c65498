"""Uploaded papers: each is read in a process of its own, then put into the graph."""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
import shutil
import sys
import tempfile
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from app.sources import Source
from app.web.desk import Desk
from extract.readers import SUFFIXES
from kg.claims_file import row_to_claim
from kg.model import Entity, Evidence, OpenQuestion, Reference
from kg.store import StoreError, documents, replace_document
from kg.triples import DocumentInfo

#: Bytes of a paper; papers that wait; seconds that one may take; outcomes that are remembered.
MOST_BYTES: Final = 20_000_000
_MOST_WAITING, _SECONDS, _MOST_REMEMBERED = 10, 900, 200
_LINE = 64 * 1024 * 1024
_WAITING = "waiting for its turn"


class UploadError(ValueError):
    """A paper that is not taken: says why, ``status`` is the HTTP status for it."""

    def __init__(self, message: str, *, status: int = 422) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Upload:
    """What has become of an uploaded paper so far; ``problem`` says why it is not in the graph."""

    id: str
    name: str
    step: str = _WAITING
    done: bool = False
    document: str = ""
    claims: int = 0
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        """The upload in the shape of the API."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


class Uploads:
    """The papers that were uploaded; read ones are kept in a folder, so that a build finds them again."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk, self._folder = desk, folder
        self._found: OrderedDict[str, Upload] = OrderedDict()
        self._turn = asyncio.Semaphore(1)
        self._tasks: set[asyncio.Task[None]] = set()

    def list(self) -> list[Upload]:
        """All uploads, the newest first."""
        return list(reversed(self._found.values()))

    def get(self, upload: str) -> Upload | None:
        """One upload by its id."""
        return self._found.get(upload)

    def take(self, name: str, data: bytes) -> Upload:
        """Take a paper; it is read in the background. Raises UploadError."""
        name = safe_name(name)
        if Path(name).suffix.lower() not in SUFFIXES:
            known = ", ".join(sorted(SUFFIXES))
            raise UploadError(f"{name}: not a type that can be read; expected one of {known}", status=415)
        if not data.strip():
            raise UploadError(f"{name}: the file is empty")
        if sum(not each.done for each in self._found.values()) >= _MOST_WAITING:
            raise UploadError("too many papers are waiting; try again in a few minutes", status=503)
        upload = Upload(secrets.token_hex(8), name)
        self._note(upload)
        task = asyncio.create_task(self._read(upload, data))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return upload

    async def stop(self) -> None:
        """Stop reading, whatever is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _note(self, upload: Upload) -> None:
        self._found[upload.id] = upload
        for old in [each for each in self._found.values() if each.done][:-_MOST_REMEMBERED]:
            del self._found[old.id]

    async def _read(self, upload: Upload, data: bytes) -> None:
        async with self._turn:
            with tempfile.TemporaryDirectory(prefix="lithograph-upload-") as folder:
                paper = Path(folder) / upload.name
                paper.write_bytes(data)
                try:
                    async with asyncio.timeout(_SECONDS):
                        found = await self._read_apart(upload, paper)
                    self._note(replace(upload, step="putting its claims into the graph"))
                    upload = await self._put(upload, paper, found)
                except TimeoutError:
                    problem = f"reading took more than {_SECONDS} s and was stopped; split the paper"
                    upload = replace(upload, problem=problem)
                except (UploadError, StoreError, OSError) as error:
                    upload = replace(upload, problem=str(error).replace(f"{folder}/", ""))
                except Exception as error:
                    reason = f"a mistake in Lithograph, not in the paper ({type(error).__name__}: {error})"
                    upload = replace(upload, problem=reason)
                finally:
                    self._note(replace(upload, step="", done=True))

    async def _read_apart(self, upload: Upload, paper: Path) -> Mapping[str, Any]:
        """What the reading process tells of a paper. Raises UploadError."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.web.reader", str(paper)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LINE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert process.stdout is not None
        try:
            async for line in process.stdout:
                told = json.loads(line)
                if "problem" in told:
                    raise UploadError(told["problem"])
                if "step" not in told:
                    return dict(told)
                self._note(replace(upload, step=told["step"]))
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
        raise UploadError("the process that read the paper ended early, most often for lack of memory")

    async def _put(self, upload: Upload, paper: Path, found: Mapping[str, Any]) -> Upload:
        claims = [row_to_claim(row) for row in found["claims"]]
        kept = self._folder / upload.name
        info = DocumentInfo(
            title=found["title"],
            source=str(kept),
            source_digest=Source(paper).digest(),
            own=_reference(found["own"]) if found["own"] else None,
            open_questions=tuple(map(_open_question, found["open_questions"])),
        )

        def work(store: ox.Store) -> tuple[None, None]:
            stored = documents(store).get(found["document"])
            if stored is not None and stored.source != str(kept):
                raise UploadError(f"the graph has a document {stored.id} already; rename the file")
            self._folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(paper, kept)
            replace_document(store, found["document"], claims, info=info)
            return None, None

        await self._desk.write(work)
        return replace(upload, document=found["document"], claims=len(claims))


def safe_name(name: str) -> str:
    """A file's name without folders, and of letters, digits and the signs that are the same everywhere.

    >>> safe_name("../../etc/Wu 2020 (review).md"), safe_name("C:\\\\papers\\\\.x.xml")
    ('Wu-2020-review.md', 'x.xml')
    """
    base = re.split(r"[/\\]", name)[-1]
    stem, dot, suffix = base.rpartition(".")
    stem = re.sub(r"[^\w]+", "-", stem if dot else suffix).strip("-_")[:100]
    return f"{stem or 'paper'}.{re.sub(r'[^a-zA-Z-]', '', suffix)[:10]}" if dot else stem or "paper"


def _open_question(row: Mapping[str, Any]) -> OpenQuestion:
    evidence = row["evidence"]
    return OpenQuestion(
        row["kind"],
        tuple(Entity(tuple(each["names"]), each["kind"], each["iri"]) for each in row["topics"]),
        Evidence(
            **evidence
            | {"refs": tuple(evidence["refs"]), "primary": tuple(map(_reference, evidence["primary"]))}
        ),
    )


def _reference(row: Mapping[str, Any]) -> Reference:
    return Reference(**dict(row) | {"authors": tuple(row["authors"])})
