"""What reading a question needs at hand, and what goes wrong in reading."""

from __future__ import annotations

from dataclasses import dataclass, field

from ontology.lexicon import Lexicon
from queries.graph_index import GraphIndex
from queries.parse.vocabulary import Vocabulary


class UnreadError(ValueError):
    """A question that cannot be read: the message says which words and why."""


class TwoQuestionsError(UnreadError):
    """Two questions in one: no other reading of the words may answer but one of them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The graph's index, the ontology and the vocabulary, with the notes that one reading leaves."""

    text: str
    index: GraphIndex
    lexicon: Lexicon
    vocabulary: Vocabulary
    notes: list[str] = field(default_factory=list)

    def pass_over(self, words: str) -> None:
        """Keep the remark that words of the question set no limit."""
        self.note(f"“{words}” sets no limit that could be applied")

    def note(self, text: str) -> None:
        """Keep a remark on how words were read, once."""
        if text not in self.notes:
            self.notes.append(text)
