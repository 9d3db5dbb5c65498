"""Questions in English: read, asked of a graph, and answered with evidence or refused with the reason."""

from queries.answer.model import Answer, AnswerRow
from queries.answer.questions import ask, clean, open_for_questions

__all__ = ["Answer", "AnswerRow", "ask", "clean", "open_for_questions"]
