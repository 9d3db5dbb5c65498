"""What may run: one read-only query of bounded size and depth that asks no other machine for anything.

The check reads the query's tokens (SPARQL 1.1, section 19.8), so that a word inside a string, an IRI,
a comment or a name is never mistaken for a keyword. It runs before any parser, because the store's own
parser overflows on some twenty thousand nested brackets and follows SERVICE to the network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
                |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<prefixed>[^\W\d_]?[\w.\-]*:[\w.\-:%\\]*)
    | (?P<word>[^\W\d]\w*)
    | (?P<open>[({\[])
    | (?P<close>[)}\]])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"}


class QueryError(ValueError):
    """A query that is not run; the message says why, ``status`` is the HTTP status for it."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long and how deeply nested a query may be (characters, brackets)."""

    length: int = 100_000
    depth: int = 120


def check_query(query: str, *, bounds: Bounds = Bounds()) -> None:
    """Raise QueryError unless the text is a query within the bounds that stays on this machine.

    >>> check_query("SELECT * WHERE { ?service ?load <http://x/SERVICE> } # SERVICE")
    >>> check_query("ASK { SERVICE <http://x/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    app.sparql.guard.QueryError: SERVICE asks another server; this endpoint makes no outbound requests
    """
    if len(query) > bounds.length:
        raise QueryError(
            f"the query has {len(query)} characters; at most {bounds.length} are run", status=413
        )
    depth = 0
    words = []
    for token in _TOKEN.finditer(query):
        if token.lastgroup == "open":
            depth += 1
            if depth > bounds.depth:
                raise QueryError(f"brackets are nested more than {bounds.depth} deep")
        elif token.lastgroup == "close":
            depth -= 1
        elif token.lastgroup == "word":
            words.append(token[0].upper())
    if "SERVICE" in words:
        raise QueryError("SERVICE asks another server; this endpoint makes no outbound requests")
    form = next((word for word in words if word in _FORMS | _UPDATES), None)
    if form in _UPDATES:
        raise QueryError(f"{form} is an update; this endpoint is read-only", status=403)
