"""What changed in the answers that somebody watches, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from kg.curation import Verdict
from kg.curation_graph import stored_curation
from kg.graph import KnowledgeGraph
from kg.read import retracted_claims
from kg.store import document_ids
from kg.watches import Watch, WatchError
from queries.answer import ask
from queries.chains import ChainGraph, find_chains, read_chain_graph
from queries.chains.model import Json
from queries.gaps.matrix import find_cell

#: So many chains are watched between two ends.
_MOST_CHAINS = 20
#: What is told of a claim that is kept with an answer.
_KEPT = ("document", "quote")
#: What a verdict did, in words.
_DONE = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}


@dataclass(frozen=True, slots=True)
class Report:
    """A watch as it is now, and what changed since it was last looked at."""

    watch: Watch
    since: str
    changes: tuple[Json, ...]

    def to_json(self) -> list[Json]:
        """One row for each change."""
        head = {"watch": self.watch.id, "kind": self.watch.kind, "asks": list(self.watch.asks)}
        return [{**head, "since": self.since, **change} for change in self.changes]


def look(graph: KnowledgeGraph, watches: Iterable[Watch], *, on: str) -> Iterator[Report]:
    """What changed of each watch since it was last looked at; the watches of the reports are as of now.

    A change has ``what`` it is about, ``change`` (new, gone, changed), the state ``before`` and ``after``,
    and ``because``: the claims that came or went, each with the reason.
    """

    @cache
    def chains() -> ChainGraph:
        return read_chain_graph(graph.store, lexicon=graph.lexicon)

    for watch in watches:
        now = _seen(graph, watch, chains)
        changes = tuple(_changes(graph, watch.seen, now)) if watch.seen else ()
        yield Report(replace(watch, on=on, seen=now), watch.on, changes)


def check_watch(graph: KnowledgeGraph, watch: Watch) -> None:
    """Raise WatchError where a question cannot be understood: it would never have an answer."""
    if watch.kind == "question":
        answer = ask(watch.asks[0], graph.store, lexicon=graph.lexicon)
        if answer.status == "not_understood":
            raise WatchError(f"{watch.text!r} is not understood: {answer.reason}")


def _seen(graph: KnowledgeGraph, watch: Watch, chains: Callable[[], ChainGraph]) -> Json:
    """The answer as it is kept: for each part of it a state and the claims behind it, and the claims."""
    if watch.kind == "question":
        answer = ask(watch.asks[0], graph.store, lexicon=graph.lexicon).to_json()
        parts = _answer_parts(answer)
        claims = list(answer["evidence"])
    elif watch.kind == "chain":
        start, end = (each or None for each in watch.asks)
        found = [chain.to_json() for chain in find_chains(chains(), start, end, limit=_MOST_CHAINS)]
        parts = {each["text"]: _chain_part(each) for each in found}
        claims = [claim for each in found for edge in each["edges"] for claim in edge["claims"]]
    else:
        cell = find_cell(graph, *watch.asks).to_json()
        parts = {watch.text: _cell_part(cell)}
        claims = cell["claims"]
    kept = {claim["claim"]: {key: claim[key] for key in _KEPT} for claim in claims}
    return {"parts": parts, "claims": kept}


def _answer_parts(answer: Json) -> Json:
    evidence = sorted({claim["claim"] for claim in answer["evidence"]})
    state = {key: answer[key] for key in ("status", "boolean", "count") if answer.get(key) is not None}
    parts: Json = {"the answer": {"state": state, "claims": evidence}}
    for row in answer["answers"]:
        values = [row[key] for key in ("value", "value_max", "unit") if row.get(key) not in (None, "")]
        what = " ".join(map(str, (row["label"], *values)))
        parts[what] = {"state": {"answer": what}, "claims": []}
    return parts


def _chain_part(chain: Json) -> Json:
    claims = sorted({claim["claim"] for edge in chain["edges"] for claim in edge["claims"]})
    return {"state": {"belief": round(chain["belief"], 2), "sign": chain["sign"]}, "claims": claims}


def _cell_part(cell: Json) -> Json:
    state = {key: cell[key] for key in ("status", "papers", "sign", "conflict")}
    state["belief"] = round(cell["belief"], 2)
    return {"state": state, "claims": sorted(claim["claim"] for claim in cell["claims"])}


def _changes(graph: KnowledgeGraph, before: Mapping[str, Any], now: Json) -> Iterator[Json]:
    earlier, later = before["parts"], now["parts"]
    claims = {**before["claims"], **now["claims"]}
    reason = _reasons(graph)
    for what in dict.fromkeys((*later, *earlier)):
        one, other = earlier.get(what), later.get(what)
        state, new_state = one and one["state"], other and other["state"]
        had, has = set(one["claims"] if one else ()), set(other["claims"] if other else ())
        if state == new_state and had == has:
            continue
        because = [
            {"claim": claim, **claims[claim], "why": reason(claim, claims[claim]["document"], claim in has)}
            for claim in sorted(had ^ has)
        ]
        yield {
            "what": what,
            "change": "new" if one is None else "gone" if other is None else "changed",
            "before": state,
            "after": new_state,
            "because": because,
        }


def _reasons(graph: KnowledgeGraph) -> Callable[[str, str, bool], str]:
    """Why a claim of a document came or went: read, taken out, judged by a person, its works retracted."""
    store = graph.store
    curation = stored_curation(store)
    verdicts = {verdict.claim.id: verdict for verdict in curation.verdicts}
    corrections = {verdict.correction.id: verdict for verdict in curation.verdicts if verdict.correction}
    documents, present = set(document_ids(store)), {claim.id for claim in graph.claims()}
    retracted = {claim.id for claim in retracted_claims(store)}

    def reason(claim: str, document: str, came: bool) -> str:
        verdict = corrections.get(claim) if came else verdicts.get(claim)
        if verdict is not None:
            return _said(verdict)
        if came:
            return f"read from {document}"
        if claim in retracted:
            return "its works are retracted"
        if document not in documents:
            return f"{document} was taken out"
        return "it no longer leads here" if claim in present else f"{document} no longer says so"

    return reason


def _said(verdict: Verdict) -> str:
    who = f" by {verdict.by}" if verdict.by else ""
    when = f" on {verdict.on}" if verdict.on else ""
    return f"{_DONE[verdict.judgement]}{who}{when}" + (f": {verdict.note}" if verdict.note else "")
