"""The data set as an RO-Crate: a folder with the graph in four formats and a description for catalogues.

See https://www.researchobject.org/ro-crate/specification/1.1/. Nothing here reads a clock: the day of
publication is given.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.export import FORMATS, ExportError, export
from kg.model import Claim, Reference
from kg.papers import cite
from kg.read import own_records, stored_claims
from kg.store import documents
from kg.works import work_node
from ontology.lexicon import Lexicon, load_lexicon

Json = dict[str, Any]

METADATA: Final = "ro-crate-metadata.json"
#: The files of a crate: their name without ending, by format.
_FILES: Final = {"claims": "", "trig": "graph.", "csv": "measurements.", "graphml": "relations."}


def write_crate(
    store: ox.Store, folder: Path, *, published: datetime.date, lexicon: Lexicon | None = None
) -> list[Path]:
    """Write the crate into a new or empty folder and return its files, the description last.

    Raises ExportError where the folder holds anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(f"cannot write a crate to {folder}; expected a folder that is new or empty")
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for form, stem in _FILES.items():
        path = folder / f"{stem}{FORMATS[form].suffix}"
        with path.open("wb") as output:
            export(store, form, output)
        files.append((path, form))
    description = crate_metadata(store, files, published=published, lexicon=lexicon or load_lexicon())
    metadata = folder / METADATA
    metadata.write_text(json.dumps(description, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [*(path for path, _ in files), metadata]


def crate_metadata(
    store: ox.Store, files: Iterable[tuple[Path, str]], *, published: datetime.date, lexicon: Lexicon
) -> Json:
    """The description of a crate of files, each with its format, as JSON-LD."""
    claims = list(stored_claims(store, lexicon=lexicon))
    parts = [_file(path, form) for path, form in files]
    sources = list(_documents(store))
    works = list(_works(claims))
    measured = list(_properties(claims, lexicon))
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": "Lithograph: claims of the literature on batteries",
        "description": (
            f"{len(claims)} claims read from {len(sources)} documents, each with its sentence, "
            f"its conditions and the works it rests on."
        ),
        "datePublished": published.isoformat(),
        "hasPart": _links(parts),
        "isBasedOn": _links(sources),
        "citation": _links(works),
        "variableMeasured": _links(measured),
    }
    descriptor = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [descriptor, root, *parts, *sources, *works, *measured],
    }


def _file(path: Path, form: str) -> Json:
    content = path.read_bytes()
    return {
        "@id": path.name,
        "@type": "File",
        "name": path.name,
        "description": FORMATS[form].content,
        "encodingFormat": FORMATS[form].media_type,
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _documents(store: ox.Store) -> Iterator[Json]:
    own = own_records(store)
    for document in documents(store).values():
        record = own.get(document.id)
        entity = {
            "@id": f"#document/{document.id}",
            "@type": "CreativeWork",
            "name": document.title or document.id,
        }
        yield entity | ({"identifier": record.doi} if record and record.doi else {})


def _works(claims: Iterable[Claim]) -> Iterator[Json]:
    """The cited works that have a record, each once."""
    found: dict[str, Reference] = {}
    for claim in claims:
        for reference in claim.evidence.primary:
            found.setdefault(work_node(reference, document=claim.evidence.document).value, reference)
    for iri, reference in sorted(found.items()):
        named = {"name": reference.title or cite(reference), "identifier": reference.doi}
        dated = {"datePublished": str(reference.year)} if reference.year else {}
        yield (
            {"@id": iri, "@type": "ScholarlyArticle"}
            | {key: text for key, text in named.items() if text}
            | dated
        )


def _properties(claims: Iterable[Claim], lexicon: Lexicon) -> Iterator[Json]:
    for key in sorted(
        {claim.relation for claim in claims if claim.is_measurement} & lexicon.properties.keys()
    ):
        measured = lexicon.properties[key]
        yield {
            "@id": measured.term.iri,
            "@type": "PropertyValue",
            "name": measured.term.label,
            "unitText": measured.unit,
        }


def _links(entities: Iterable[Json]) -> list[Json]:
    return [{"@id": entity["@id"]} for entity in entities]
