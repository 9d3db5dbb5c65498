"""What pages and API read: the graph of one snapshot, with the views on it that are made once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.graph import KnowledgeGraph
from kg.model import Claim
from kg.store import StoredDocument, documents
from queries.answer import ask
from queries.chains import ChainGraph, chain_graph, find_chains
from queries.describe import describe
from queries.gaps import bridges, contradictions, open_questions, thin_evidence

Json = dict[str, Any]

#: The kinds of gap that pages and API list, by the name in their address.
GAPS: dict[str, Callable[[KnowledgeGraph], Sequence[Any]]] = {
    "open-questions": open_questions,
    "contradictions": contradictions,
    "bridges": bridges,
    "thin": thin_evidence,
}

#: Longer questions are no questions; the bound keeps a pasted book from being parsed.
MOST_QUESTION = 500


class Library:
    """One snapshot of the graph, answering in the JSON shapes of the command line."""

    def __init__(self, store: Path) -> None:
        self.graph = KnowledgeGraph.open(store)

    @cached_property
    def _chain_graph(self) -> ChainGraph:
        return chain_graph(self.graph.statements(), lexicon=self.graph.lexicon)

    @cached_property
    def documents(self) -> dict[str, StoredDocument]:
        """The documents by id."""
        return documents(self.graph.store)

    def ask(self, question: str) -> Json:
        """The answer to a question in English."""
        return ask(question[:MOST_QUESTION], self.graph.store, lexicon=self.graph.lexicon).to_json()

    def chains(self, start: str | None, end: str | None, *, max_hops: int = 4, limit: int = 20) -> list[Json]:
        """The best chains between two things or classes."""
        found = find_chains(self._chain_graph, start or None, end or None, max_hops=max_hops, limit=limit)
        return [chain.to_json() for chain in found]

    def gaps(self, kind: str) -> list[Json]:
        """The gaps of one kind of GAPS."""
        return [gap.to_json() for gap in GAPS[kind](self.graph)]

    def things(self, name: str) -> list[Json]:
        """What is known of the things that a name or IRI stands for."""
        return [each.to_json() for each in describe(self.graph, name)]

    def counts(self) -> list[tuple[str, int]]:
        """How many claims each relation and property has, the most first."""
        return Counter(claim.relation for claim in self.graph.claims()).most_common()

    def claims(self, document: str) -> list[Claim]:
        """The claims read from a document, by their place in it."""
        return self.graph.claims(document=document)
