"""Corrections of a claim, given as fields of its row in the claims file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from kg.claims_file import ClaimsFileError, claim_to_row, row_to_claim
from kg.curation import CurationError
from kg.model import Claim, Entity

#: What of a claim can be corrected; its place, quote and sources are those of the text.
_NAMES: Final = ("material", "subject", "object", "context")
_TEXTS: Final = (
    *("material_type", "subject_type", "object_type", "property", "relation"),
    *("unit", "comparator", "as_written", "polarity", "certainty"),
)
_NUMBERS: Final = ("value", "value_max")
_CONDITION: Final = "conditions."


def corrected(claim: Claim, changes: Mapping[str, str]) -> Claim:
    """The claim with other values of some fields, as text; an empty text takes a field away.

    Fields are those of the claims file: ``subject`` (``material`` of a measurement), ``object``,
    ``relation``, ``property``, ``value``, ``unit``, ``polarity``, ``conditions.temperature_C`` … Several
    names of a thing are divided by a vertical bar. Raises CurationError.
    """
    row = claim_to_row(claim)
    try:
        for field, text in changes.items():
            _change(row, field, text.strip())
        made = row_to_claim(row)
    except (ClaimsFileError, ValueError, TypeError) as error:
        raise CurationError(f"claim {claim.id}: {error}") from error
    return replace(
        made,
        subject=_without_iri(made.subject, claim.subject),
        object=made.object and _without_iri(made.object, claim.object),
    )


def _change(row: dict[str, Any], field: str, text: str) -> None:
    if field.startswith(_CONDITION):
        key = field.removeprefix(_CONDITION)
        row["conditions"].pop(key, None)
        if text:
            row["conditions"][key] = _number_or_text(text)
    elif field not in (*_NAMES, *_TEXTS, *_NUMBERS) or field not in row:
        known = ", ".join(each for each in (*_NAMES, *_TEXTS, *_NUMBERS) if each in row)
        raise CurationError(f"{field!r} cannot be corrected; expected one of {known}, {_CONDITION}…")
    elif field in _NAMES:
        row[field] = [name.strip() for name in text.split("|") if name.strip()]
    elif field in _NUMBERS:
        row[field] = float(text) if text else None
    else:
        row[field] = text


def _number_or_text(text: str) -> str | float:
    try:
        return float(json.loads(text))
    except (ValueError, TypeError):
        return text


def _without_iri(made: Entity, before: Entity | None) -> Entity:
    """The entity without the IRI of what it was before, where it is another one now."""
    return made if before and made.names == before.names else replace(made, iri="")
