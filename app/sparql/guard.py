"""What may run: one read-only query of bounded size and depth that asks no other machine for anything.

The check comes before any parser, because the store's own parser overflows on some twenty thousand nested
brackets and its evaluation follows SERVICE to the network. What slips through here meets the walls of
``app.sparql.sandbox``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: The tokens of SPARQL 1.1 (section 19.8), so that a word inside a string, an IRI, a comment or a name is
#: not mistaken for a keyword.
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*+(?:\"\"\")?|'''(?:[^'\\]|\\.|'(?!''))*+(?:''')?
                |"(?:[^"\\\n\r]|\\.)*+"?|'(?:[^'\\\n\r]|\\.)*+'?)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<prefixed>[\w.\-]*+:[\w.\-:%\\]*+)
    | (?P<word>[\w.\-]++)
    | (?P<open>[({\[])
    | (?P<close>[)}\]])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

#: A SERVICE clause wherever it may stand. Which text is a string or an IRI is the parser's decision alone
#: ("<" also compares), so this looks at the bare text.
_SERVICE = re.compile(
    r"""service (?:\s|\#[^\r\n]*+)*+ (?:silent (?:\s|\#[^\r\n]*+)*+)?
        (?:<[^<>{}\s]*+> | [?$]\w++ | [\w.\-]*+:(?:[\w.\-:%]|\\.)*+) (?:\s|\#[^\r\n]*+)*+ \{""",
    re.VERBOSE | re.IGNORECASE,
)
#: What makes the end of a text the beginning of a name: a variable's mark, or a prefix with its colon.
_IN_NAME = re.compile(r"(?:[?$]\w*|:(?:[\w\-:%][\w.\-:%]*)?)\Z")
_LONGEST_NAME = 200
#: Each is looked at, up to the end of the query where comments follow.
_MOST_SERVICES = 200

_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}


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


def check_query(query: str, *, bounds: Bounds = Bounds()) -> bool:
    """Raise QueryError unless the text is a query within the bounds that stays on this machine.

    Returns whether it names its dataset itself, by FROM.

    >>> check_query("SELECT * WHERE { ?service ?load <http://x/SERVICE> } # SERVICE")
    False
    >>> check_query("ASK { SERVICE <http://x/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    app.sparql.guard.QueryError: SERVICE asks another server; this endpoint makes no outbound requests
    """
    if len(query) > bounds.length:
        raise QueryError(
            f"the query has {len(query)} characters; at most {bounds.length} are run", status=413
        )
    if query.lower().count("service") > _MOST_SERVICES:
        raise QueryError(f"the word service stands there more than {_MOST_SERVICES} times")
    if any(not _IN_NAME.search(query[max(0, at - _LONGEST_NAME) : at]) for at in _services(query)):
        raise QueryError("SERVICE asks another server; this endpoint makes no outbound requests")
    outer = _outer_words(query, most_depth=bounds.depth)
    form = next((word for word in outer if word in _FORMS | _UPDATES), None)
    if form in _UPDATES:
        raise QueryError(f"{form} is an update; this endpoint is read-only", status=403)
    return "FROM" in outer


def query_tokens(query: str) -> Iterator[re.Match[str]]:
    """Yield the tokens of a query; ``lastgroup`` is their kind: word, prefixed, iri, string, open, close."""
    return _TOKEN.finditer(query)


def _services(query: str) -> Iterator[int]:
    """Yield where what may be a SERVICE clause begins."""
    match = _SERVICE.search(query)
    while match:
        yield match.start()
        match = _SERVICE.search(query, match.start() + 1)


def _outer_words(query: str, *, most_depth: int) -> list[str]:
    """The words outside all brackets, in capitals. Raises QueryError where brackets are nested too deeply."""
    depth, words = 0, []
    for token in query_tokens(query):
        if token.lastgroup == "open":
            depth += 1
            if depth > most_depth:
                raise QueryError(f"brackets are nested more than {most_depth} deep")
        elif token.lastgroup == "close":
            depth -= 1
        elif token.lastgroup == "word" and depth == 0:
            words.append(token[0].upper())
    return words
