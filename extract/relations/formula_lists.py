"""Lists of formulas, read from the text: "A, B system (b), C, and D" is too long for a dependency parser."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

#: How many words may stand between two members: "and", a determiner, an adjective.
_GAP = 4


def listed_after(token: Token, formulas: frozenset[int]) -> Iterator[Token]:
    """The heads of what follows a formula in a list; ``formulas`` are the indices of formula tokens."""
    if not _is_formula_phrase(token, formulas):
        return
    doc, end = token.doc, token.sent.end
    at = token.i + 1
    while at < end:
        word = doc[at]
        if word.text == "(":
            at = next((close + 1 for close in range(at, end) if doc[close].text == ")"), end)
            continue
        head = _next_member(at + 1, token, formulas) if word.text == "," or word.pos_ == "CCONJ" else None
        if head is None:
            return
        yield head
        at = head.i + 1


def _next_member(at: int, token: Token, formulas: frozenset[int]) -> Token | None:
    """The head of a phrase with a formula that starts at an index or shortly behind it."""
    doc = token.doc
    for index in range(at, min(at + _GAP, len(doc))):
        if index in formulas:
            following = doc[index + 1] if index + 1 < len(doc) else doc[index]
            inside = following.i not in formulas and _is_formula_phrase(following, formulas)
            return following if inside else doc[index]
        if doc[index].text != "," and doc[index].pos_ not in ("CCONJ", "DET", "ADJ"):
            return None
    return None


def _is_formula_phrase(token: Token, formulas: frozenset[int]) -> bool:
    """Whether a token is a formula or a noun with one before it: "Li2S-P2S5 system"."""
    before = range(max(0, token.i - 2), token.i)
    return token.i in formulas or any(
        index in formulas and token.doc[index].head == token for index in before
    )
