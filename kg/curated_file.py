"""The curated file: verdicts and retractions as JSON Lines, to keep and to move between machines.

A line is either ``{"judgement": "accept", "claim": {…}, "by": …, "on": …, "note": …}``, with a
``correction`` where the judgement is ``correct``, or ``{"retracts": IRI, "keys": […], "citation": …, …}``.
Claims are rows of the claims file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from kg.claims_file import ClaimsFileError, claim_to_row, row_to_claim
from kg.curation import Curation, CurationError, Judgement, Retraction, Verdict


def curation_lines(curation: Curation) -> Iterator[str]:
    """Yield the lines of a curated file, verdicts first."""
    for row in (*map(verdict_to_row, curation.verdicts), *map(retraction_to_row, curation.retractions)):
        yield json.dumps(row, ensure_ascii=False) + "\n"


def read_curation(path: Path) -> Curation:
    """The contents of a curated file. Raises CurationError at the first bad line, and OSError."""
    verdicts, retractions = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if "retracts" in row:
                retractions.append(_row_to_retraction(row))
            else:
                verdicts.append(_row_to_verdict(row))
        except (CurationError, ClaimsFileError, ValueError, KeyError, TypeError) as error:
            raise CurationError(
                f"{path}, line {number}: {error or type(error).__name__}; expected a verdict or a retraction"
            ) from error
    return Curation(tuple(verdicts), tuple(retractions))


def verdict_to_row(verdict: Verdict) -> dict[str, Any]:
    """A verdict as a line of the curated file."""
    row: dict[str, Any] = {"judgement": verdict.judgement, "claim": claim_to_row(verdict.claim)}
    if verdict.correction is not None:
        row["correction"] = claim_to_row(verdict.correction)
    return row | {"by": verdict.by, "on": verdict.on, "note": verdict.note}


def retraction_to_row(retraction: Retraction) -> dict[str, Any]:
    """A retraction as a line of the curated file."""
    return {
        "retracts": retraction.work,
        "keys": sorted(retraction.keys),
        "citation": retraction.citation,
        "by": retraction.by,
        "on": retraction.on,
        "note": retraction.note,
    }


def _row_to_verdict(row: dict[str, Any]) -> Verdict:
    if row.get("judgement") not in get_args(Judgement):
        raise CurationError(
            f"judgement is {row.get('judgement')!r}, expected one of {', '.join(get_args(Judgement))}"
        )
    return Verdict(
        claim=row_to_claim(row["claim"]),
        judgement=row["judgement"],
        correction=row_to_claim(row["correction"]) if row.get("correction") else None,
        **_record(row),
    )


def _row_to_retraction(row: dict[str, Any]) -> Retraction:
    return Retraction(
        work=str(row["retracts"]),
        keys=frozenset(map(str, row["keys"])),
        citation=str(row.get("citation", "")),
        **_record(row),
    )


def _record(row: dict[str, Any]) -> dict[str, str]:
    return {key: str(row.get(key) or "") for key in ("by", "on", "note")}
