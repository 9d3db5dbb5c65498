"""The claims file: one claim a line as JSON, in the row format of the annotation guidelines.

It is what extraction writes, what people correct by hand, and what the graph is loaded from. A row
with the guidelines' fields alone is enough; offsets, primary works and IRIs are read where they are given.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from kg.model import (
    Certainty,
    Claim,
    Comparator,
    ConditionValue,
    Entity,
    Evidence,
    Polarity,
    Quantity,
    Reference,
)

Row = dict[str, Any]

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


class ClaimsFileError(ValueError):
    """A row that is no claim: says which line, what was found and what was expected."""


def read_claims(path: Path) -> Iterator[Claim]:
    """Yield the claims of a claims file in order; rows that name no document take the file's stem.

    Raises ClaimsFileError at the first bad row, and OSError where the file cannot be read.
    """
    with path.open(encoding="utf-8") as file:
        try:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _read_line(line, where=f"{path}, line {number}", document=path.stem)
        except UnicodeDecodeError as error:
            raise ClaimsFileError(f"{path}: not UTF-8 text ({error.reason}); expected JSON Lines") from error


def write_claims(claims: Iterable[Claim], path: Path) -> int:
    """Write claims one a line and return how many; an existing file is replaced only once all are written."""
    partial = path.with_name(path.name + ".part")
    count = 0
    with partial.open("w", encoding="utf-8") as file:
        for claim in claims:
            file.write(claim_to_line(claim))
            count += 1
    partial.replace(path)
    return count


def claim_to_line(claim: Claim) -> str:
    """The claim as a line of the claims file."""
    return json.dumps(claim_to_row(claim), ensure_ascii=False) + "\n"


def claim_to_row(claim: Claim) -> Row:
    """The claim as a row of the claims file."""
    evidence = claim.evidence
    row: Row = {"type": "measurement" if claim.is_measurement else "relation", "id": claim.id}
    if claim.quantity is not None:
        quantity = claim.quantity
        row |= {
            "material": list(claim.subject.names),
            "material_type": claim.subject.kind,
            "material_iri": claim.subject.iri,
            "property": claim.relation,
            "value": quantity.value,
            "value_max": quantity.value_max,
            "unit": quantity.unit,
            "comparator": quantity.comparator,
            "as_written": quantity.as_written,
        }
    elif claim.object is not None:
        row |= {
            "subject": list(claim.subject.names),
            "subject_type": claim.subject.kind,
            "subject_iri": claim.subject.iri,
            "relation": claim.relation,
            "object": list(claim.object.names),
            "object_type": claim.object.kind,
            "object_iri": claim.object.iri,
        }
    row |= {
        "conditions": dict(claim.conditions),
        "context": list(claim.context),
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "refs": list(evidence.refs),
        "primary": [reference_to_row(reference) for reference in evidence.primary],
        "section": evidence.section,
        "document": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "extractor": evidence.extractor,
        "confidence": claim.confidence,
    }
    return row


def row_to_claim(row: Mapping[str, Any], *, document: str = "") -> Claim:
    """The claim that a row states; ``document`` is used where the row names none.

    Raises ClaimsFileError where a field is missing or has a value outside the guidelines.
    """
    kind = row.get("type")
    if kind not in ("measurement", "relation"):
        raise ClaimsFileError(f"type is {kind!r}, expected 'measurement' or 'relation'")
    evidence = Evidence(
        document=str(row.get("document") or document),
        start=int(row.get("start", -1)),
        end=int(row.get("end", -1)),
        quote=str(row.get("quote", "")),
        section=str(row.get("section", "")),
        refs=tuple(int(number) for number in row.get("refs") or ()),
        primary=tuple(row_to_reference(work) for work in row.get("primary") or ()),
        extractor=str(row.get("extractor", "")),
    )
    shared: dict[str, Any] = {
        "evidence": evidence,
        "conditions": _conditions(row),
        "context": _names(row, "context"),
        "polarity": _one_of(row, "polarity", get_args(Polarity), default="affirmed"),
        "certainty": _one_of(row, "certainty", get_args(Certainty), default="asserted"),
        "confidence": float(row.get("confidence", 1.0)),
    }
    if kind == "measurement":
        return Claim(
            subject=_entity(row, "material", default_kind="Material"),
            relation=_text(row, "property"),
            quantity=_quantity(row),
            **shared,
        )
    return Claim(
        subject=_entity(row, "subject"),
        relation=_text(row, "relation"),
        object=_entity(row, "object"),
        **shared,
    )


def _read_line(line: str, *, where: str, document: str) -> Claim:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ClaimsFileError(f"{where}: not JSON ({error.msg}); expected one claim a line") from error
    if not isinstance(row, dict):
        raise ClaimsFileError(f"{where}: found {type(row).__name__}, expected a JSON object")
    try:
        return row_to_claim(row, document=document)
    except (ClaimsFileError, TypeError, ValueError) as error:
        raise ClaimsFileError(f"{where}: {error}") from error


def _conditions(row: Mapping[str, Any]) -> dict[str, ConditionValue]:
    """The conditions that have a value. Raises ClaimsFileError for one that is neither text nor a number."""
    found = row.get("conditions") or {}
    if not isinstance(found, dict):
        raise ClaimsFileError(f"conditions is {found!r}, expected an object")
    for key, value in found.items():
        if not (value is None or isinstance(value, str) or _is_number(value)):
            raise ClaimsFileError(f"condition {key} is {value!r}, expected text or a number")
    return {key: value for key, value in found.items() if value is not None}


def _names(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    names = row.get(key) or []
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise ClaimsFileError(f"{key} is {names!r}, expected a list of names")
    return tuple(names)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _quantity(row: Mapping[str, Any]) -> Quantity:
    value = row.get("value")
    value_max = row.get("value_max")
    if not _is_number(value) or not (value_max is None or _is_number(value_max)):
        raise ClaimsFileError(f"value is {value!r} and value_max {value_max!r}, expected finite numbers")
    return Quantity(
        value=float(row["value"]) + 0.0,  # a store knows no negative zero, and an id must not depend on it
        value_max=None if value_max is None else float(value_max) + 0.0,
        unit=_text(row, "unit"),
        comparator=_one_of(row, "comparator", get_args(Comparator), default="="),
        as_written=str(row.get("as_written", "")),
    )


def _entity(row: Mapping[str, Any], role: str, *, default_kind: str = "") -> Entity:
    names = _names(row, role)
    if not names:
        raise ClaimsFileError(f"{role} is {row.get(role)!r}, expected a list of names")
    kind = str(row.get(f"{role}_type") or default_kind)
    iri = str(row.get(f"{role}_iri") or "")
    if iri and not _IRI.fullmatch(iri):
        raise ClaimsFileError(f"{role}_iri is {iri!r}, expected an absolute IRI or nothing")
    return Entity(names=names, kind=kind, iri=iri)


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise ClaimsFileError(f"{key} is {value!r}, expected text")
    return value


def _one_of(row: Mapping[str, Any], key: str, choices: tuple[str, ...], *, default: str) -> Any:
    value = row.get(key) or default
    if value not in choices:
        raise ClaimsFileError(f"{key} is {value!r}, expected one of {', '.join(choices)}")
    return value


def reference_to_row(reference: Reference) -> Row:
    """A cited work as a row writes it: only the fields that its bibliography entry gave."""
    return {key: value for key, value in asdict(reference).items() if value not in ("", None, (), [])}


def row_to_reference(work: Mapping[str, Any]) -> Reference:
    """A cited work from a row; raises ClaimsFileError for a field that no work has."""
    fields = dict(work)
    fields["authors"] = tuple(fields.get("authors") or ())
    try:
        return Reference(**fields)
    except TypeError as error:
        raise ClaimsFileError(f"primary has an unknown field: {error}") from error
