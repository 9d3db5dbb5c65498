"""What is wrong with a query, for who wrote it: the store's parser only lists what it looked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from app.sparql.guard import query_tokens

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_BEGINNINGS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE")
_PAIRS = {")": "(", "}": "{", "]": "["}
#: A sentence, or a sign in quotes, among what the parser looked for; the rest are words of its grammar.
_SAID = re.compile(r"[A-Z][A-Za-z]* [a-zA-Z][^,\[\]]*")
_SIGN = re.compile(r'"([^"\w\\]{1,3})"')
_SHOWN, _BEFORE, _MOST_SIGNS = 120, 80, 4


def explain_fault(message: str, query: str, *, prefixes: Collection[str] = ()) -> str:
    """The parser's message as what is wrong, with the line that it speaks of; ``prefixes`` are known already.

    >>> print(explain_fault("error at 1:4: expected one of ASK, [_]", "FOO"))
    line 1, column 4: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after any PREFIX and BASE
    FOO
       ^
    >>> print(explain_fault("error at 1:17: expected OPTIONAL", "ASK { ?s x:p ?o }"))
    line 1, column 17: the prefix x: is not declared; write PREFIX x: <…> before the query
    ASK { ?s x:p ?o }
                    ^
    """
    place = _PLACE.fullmatch(message)
    if place is None:
        return message
    row, column = int(place[1]), int(place[2])
    lines = query.splitlines() or [""]
    line = lines[min(row, len(lines)) - 1]
    first = max(0, column - _BEFORE)
    reason = next(_reasons(query, prefixes), "") or _expected(place[3], ends=not line[column - 1 :].strip())
    pointer = " " * (column - 1 - first) + "^"
    return f"line {row}, column {column}: {reason}\n{line[first : first + _SHOWN]}\n{pointer}"


def _reasons(query: str, prefixes: Collection[str]) -> Iterator[str]:
    """Yield what can be told without the parser."""
    tokens = [token for token in query_tokens(query) if token.lastgroup != "comment" and token[0].strip()]
    if not tokens:
        yield "the query is empty"
    elif tokens[0][0].upper() not in _BEGINNINGS:
        yield "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after any PREFIX and BASE"
    opened: list[str] = []
    for token in tokens:
        if token.lastgroup == "open":
            opened.append(token[0])
        elif token.lastgroup == "close" and (not opened or opened.pop() != _PAIRS[token[0]]):
            yield f"a {token[0]} closes nothing"
    if opened:
        yield f"a {opened[-1]} is not closed"
    declared = {
        after[0].partition(":")[0] for before, after in pairwise(tokens) if before[0].upper() == "PREFIX"
    }
    for token in tokens:
        name = token[0].partition(":")[0]
        if token.lastgroup == "prefixed" and name != "_" and name not in declared | set(prefixes):
            yield f"the prefix {name}: is not declared; write PREFIX {name}: <…> before the query"


def _expected(looked_for: str, *, ends: bool) -> str:
    """What the parser says in words, or the signs that could stand there."""
    said = _SAID.search(looked_for.removeprefix("expected ").removeprefix("one of "))
    if said:
        return said[0].strip()
    where = "something is missing before the end" if ends else "this cannot stand here"
    signs = list(dict.fromkeys(_SIGN.findall(looked_for)))
    return f"{where}; expected {' or '.join(signs)}" if 0 < len(signs) <= _MOST_SIGNS else where
