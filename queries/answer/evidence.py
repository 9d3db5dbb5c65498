"""The sentences behind claims, with whom they cite, fetched by one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from urllib.parse import unquote

import pyoxigraph as ox

from kg.vocabulary import claim_node
from ontology.lexicon import THINGS, local_name
from queries.answer.model import AnswerRow, Json
from queries.render import fragments

#: More sentences than this no one reads; the rows of an answer still name all their claims.
MOST_EVIDENCE = 100


def fetch_evidence(store: ox.Store, claims: Sequence[str]) -> list[Json]:
    """The evidence of claims, given by id, in their order; at most ``MOST_EVIDENCE``."""
    wanted = list(dict.fromkeys(claims))[:MOST_EVIDENCE]
    if not wanted:
        return []
    found: dict[str, Json] = {}
    refs: dict[str, set[int]] = defaultdict(set)
    for row in _solutions(store, "evidence", claims=_values(claim_node(claim) for claim in wanted)):
        claim = row["claim"].removeprefix(f"{THINGS}claim/")
        if row["ref"]:
            refs[claim].add(int(row["ref"]))
        found.setdefault(claim, {
            "claim": claim,
            "document": unquote(row["document"].removeprefix(f"{THINGS}document/")),
            "section": row["section"],
            "quote": row["quote"],
            "start": int(row["start"] or -1),
            "end": int(row["end"] or -1),
            "polarity": row["polarity"],
            "certainty": row["certainty"],
            "node": row["evidence"],
        })  # fmt: skip
    primary = _works(store, {item["node"] for item in found.values()})
    for claim, item in found.items():
        item |= {"refs": sorted(refs[claim]), "primary": primary.get(item.pop("node"), [])}
    return [found[claim] for claim in wanted if claim in found]


def by_turns(rows: Iterable[AnswerRow]) -> list[str]:
    """The claims of rows, one of each row before the second of any."""
    turns = zip_longest(*(row.claims for row in rows))
    return list(dict.fromkeys(claim for turn in turns for claim in turn if claim))


def fetch_conditions(store: ox.Store, claims: Iterable[str]) -> dict[str, dict[str, str]]:
    """The conditions of claims as written, by claim id."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _solutions(store, "conditions", claims=_values(claim_node(claim) for claim in claims)):
        key, _, text = row["text"].partition(": ")
        found[row["claim"].removeprefix(f"{THINGS}claim/")][unquote(key)] = text
    return found


def claim_values(store: ox.Store, name: str, claims: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """What a query says of claims: by claim id, the values of each of its other columns."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _solutions(store, name, claims=_values(claim_node(claim) for claim in claims)):
        values = found[row["claim"].removeprefix(f"{THINGS}claim/")]
        for column, value in row.items():
            if column != "claim" and value and value not in values[column]:
                values[column].append(value)
    return found


def _works(store: ox.Store, evidence: set[str]) -> dict[str, list[Json]]:
    """The cited works of evidence nodes as their documents describe them."""
    works: dict[str, dict[str, Json]] = defaultdict(dict)
    places: dict[str, dict[int, str]] = defaultdict(dict)
    for row in _solutions(store, "works", evidence=_values(ox.NamedNode(node) for node in sorted(evidence))):
        work = works[row["evidence"]].setdefault(row["citation"], {})
        field, value = local_name(row["field"]), row["value"]
        if field == "author":
            work.setdefault("authors", []).append(value)
        elif field.startswith("_"):
            places[row["citation"]][int(field[1:])] = value
        else:
            work[field] = int(value) if field in ("year", "number") else value
    for cited in works.values():
        for citation, work in cited.items():
            if citation in places:
                work["authors"] = [name for _, name in sorted(places[citation].items())]
    return {node: list(cited.values()) for node, cited in works.items()}


def _solutions(store: ox.Store, name: str, /, **fields: str) -> list[Mapping[str, str]]:
    query = fragments()[name].substitute(fields)
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [{name: _text(solution[name]) for name in names} for solution in solutions]


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def _values(nodes: Iterable[ox.NamedNode]) -> str:
    return " ".join(map(str, nodes))
