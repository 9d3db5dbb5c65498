"""The works that claims rest on, as rows of an answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from queries.answer.model import AnswerRow, Json
from queries.form import Rank


def work_rows(evidence: Sequence[Json]) -> list[AnswerRow]:
    """One row for each cited work; for claims that cite none, the document that states them."""
    claims: dict[str, list[str]] = {}
    names: dict[str, tuple[str, ...]] = {}
    several = len({item["document"] for item in evidence}) > 1
    citing = {item["document"] for item in evidence if item["refs"]}
    for item in evidence:
        if item["document"] in citing and not item["refs"]:
            # said again where the work is cited elsewhere
            continue
        for label, known in _works(item):
            # a number alone names a work only within its document
            told = f"{label} in {item['document']}" if several and label.startswith("[") else label
            claims.setdefault(told, []).append(item["claim"])
            names[told] = (told, *known)
    return [AnswerRow(label=label, names=names[label], claims=tuple(ids)) for label, ids in claims.items()]


def works_between(evidence: Sequence[Json], years: tuple[int | None, int | None]) -> list[AnswerRow]:
    """The rows of the works of some years alone; a claim may cite older ones beside them."""
    if years == (None, None):
        return work_rows(evidence)
    since, until = years[0] or -math.inf, years[1] or math.inf
    dated = dated_rows(evidence, None)
    return [replace(row, value=None) for row in dated if row.value and since <= row.value <= until]


def dated_rows(evidence: Sequence[Json], rank: Rank | None) -> list[AnswerRow]:
    """The cited works whose year is known, oldest first; with ``rank`` only the oldest or the newest."""
    years = {
        label: work["year"]
        for item in evidence
        for label, work in ((_named(work.get("number"), work)[0], work) for work in item["primary"])
        if "year" in work
    }
    rows = [replace(row, value=float(years[row.label])) for row in work_rows(evidence) if row.label in years]
    rows.sort(key=lambda row: (row.value, row.label))
    if rank is None or not rows:
        return rows
    wanted = rows[-1 if rank.highest else 0].value
    return [row for row in rows if row.value == wanted]


def _works(item: Json) -> list[tuple[str, tuple[str, ...]]]:
    by_number = {work.get("number"): work for work in item["primary"]}
    found: list[tuple[str, tuple[str, ...]]] = []
    for number in item["refs"] or [None]:
        work = by_number.get(number) or (item["primary"][0] if number is None and item["primary"] else None)
        if work is None and number is None:
            found.append((item["document"], (item["document"],)))
        else:
            found.append(_named(number, work))
    return found


def _named(number: int | None, work: Json | None) -> tuple[str, tuple[str, ...]]:
    reference = [f"[{number}]", f"ref. {number}"] if number is not None else []
    if work is None:
        return reference[0], tuple(reference)
    authors = work.get("authors", [])
    first = f"{authors[0]} et al." if len(authors) > 1 else (authors or [work.get("title", "")])[0]
    label = f"{first} {work['year']}" if "year" in work else first
    return label or reference[0], tuple(dict.fromkeys([label, *reference, first, work.get("doi", "")]))
