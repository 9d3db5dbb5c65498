"""The works that claims rest on, as rows of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from queries.answer_model import AnswerRow, Json


def work_rows(evidence: Sequence[Json]) -> list[AnswerRow]:
    """One row for each cited work; for claims that cite none, the document that states them."""
    claims: dict[str, list[str]] = {}
    names: dict[str, tuple[str, ...]] = {}
    several = len({item["document"] for item in evidence}) > 1
    for item in evidence:
        for label, known in _works(item):
            # a number alone names a work only within its document
            told = f"{label} in {item['document']}" if several and label.startswith("[") else label
            claims.setdefault(told, []).append(item["claim"])
            names[told] = (told, *known)
    return [AnswerRow(label=label, names=names[label], claims=tuple(ids)) for label, ids in claims.items()]


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
