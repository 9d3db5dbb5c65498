"""A statement: what one clause says, before it becomes a claim."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from extract.relations.arguments import Argument


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject – relation – object as read from a clause; ``trigger`` is the token that states it.

    ``rule`` names the pattern that made it; ``denied`` if an inner word denies it ("lack of …");
    ``context`` names the systems in which it holds where neither side says so.
    """

    subject: Argument
    relation: str
    object: Argument
    trigger: Token
    rule: str
    denied: bool = False
    context: tuple[str, ...] = ()
