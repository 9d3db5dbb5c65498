"""Questions in English: read, asked of a graph, and answered with evidence or refused with the reason."""

from queries.answer.model import Answer, AnswerRow
from queries.answer.questions import OpenedStore, answer_forms, ask, clean, open_for_questions, read_forms

__all__ = [
    "Answer",
    "AnswerRow",
    "OpenedStore",
    "answer_forms",
    "ask",
    "clean",
    "open_for_questions",
    "read_forms",
]
