"""A conversation as an address: the question as ``q``, each follow-up as ``then``, changed parts behind each.

Every turn has an address and is computed anew from it, so that the server remembers nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app.web.library import MOST_QUESTION

#: A longer conversation is cut: each of its turns is computed for each page.
MOST_TURNS = 8
_MOST_PARTS, _MOST_VALUE = 30, 200
_FIRST, _NEXT = "q", "then"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or follow-up, and the parts of it that were changed, by name."""

    text: str
    changes: Mapping[str, str]

    def fields(self, *, first: bool) -> list[tuple[str, str]]:
        """The parameters that stand for it."""
        return [(_FIRST if first else _NEXT, self.text), *self.changes.items()]


def read_conversation(parameters: Iterable[tuple[str, str]]) -> list[Asked]:
    """What was asked one after the other; empty without a first question.

    >>> read_conversation([("q", "Which dopants …?"), ("rank", "lowest"), ("then", "only iodides")])
    [Asked(text='Which dopants …?', changes={'rank': 'lowest'}), Asked(text='only iodides', changes={})]
    """
    found: list[Asked] = []
    for name, value in parameters:
        if name == (_NEXT if found else _FIRST):
            if value.strip() and len(found) < MOST_TURNS:
                found.append(Asked(value[:MOST_QUESTION], {}))
        elif found and name not in (_FIRST, _NEXT) and len(found[-1].changes) < _MOST_PARTS:
            last = found.pop()
            found.append(Asked(last.text, {**last.changes, name: value[:_MOST_VALUE]}))
    return found


def conversation_fields(asked: Sequence[Asked]) -> list[tuple[str, str]]:
    """The parameters of a conversation, in the order in which they are read."""
    return [field for number, each in enumerate(asked) for field in each.fields(first=not number)]


def conversation_address(asked: Sequence[Asked]) -> str:
    """The address of the page of a conversation.

    >>> conversation_address([Asked("Who reported LGPS?", {}), Asked("since 2015", {})])
    '/?q=Who+reported+LGPS%3F&then=since+2015'
    """
    return f"/?{urlencode(conversation_fields(asked))}" if asked else "/"
