"""A small language for ways through a dependency tree, so that patterns can be data.

A path is steps separated by blanks. Each step maps tokens to tokens:

``>dep`` or ``>dep:word|word``  children with the function (``*``: any), with one of the words (form or lemma)
``>>dep:word|word``             the same to the right, however deep, outside relative clauses
``<dep`` or ``<dep:word|word``  the head, if the token has the function; the words test the head
``:word|word``                  keep the token if its form or lemma is one of the words
``^POS|POS``                    keep the token if its part of speech is one of these
``subject``, ``object``         the logical subjects and objects of a verb
``surface``                     the grammatical subjects of a verb
``self``                        the token itself
``passive``                     the token if it is a verb in the passive
``equated``                     X for the "mixture" of "X is a mixture of …"
``hyphened``                    the word joined by a hyphen on the left ("Al" of "Al-doped")
``before``                      the word before, brackets left aside
``next``                        the word after
``coordinated``                 the token with all that is coordinated with it
``plural``                      the token if it is a plural
``near``                        the token if no comma or conjunction parts it from its head
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from spacy.tokens import Token

from extract.relations.syntax import frame, is_passive, surface_subjects

Step = Callable[[Token], Iterable[Token]]


def walk(token: Token, path: str) -> list[Token]:
    """The tokens that a path leads to from a token, in the order found."""
    found = [token]
    for step in _steps(path):
        found = list(dict.fromkeys(reached for start in found for reached in step(start)))
    return found


@cache
def _steps(path: str) -> tuple[Step, ...]:
    return tuple(_step(written) for written in path.split())


def _step(written: str) -> Step:
    if written in _NAMED:
        return _NAMED[written]
    functions, _, names = written.lstrip("><:^").partition(":")
    wanted, allowed = frozenset(functions.split("|")), frozenset(names.split("|")) if names else frozenset()
    if written.startswith(">>"):
        return lambda token: (
            below
            for below in token.subtree
            if below.i > token.i
            and _has(below.dep_, wanted)
            and _is_one_of(below, allowed)
            and not _in_relative_clause(below, token)
        )
    if written[0] == ">":
        return lambda token: (
            child for child in token.children if _has(child.dep_, wanted) and _is_one_of(child, allowed)
        )
    if written[0] == "<":
        return lambda token: (
            [token.head]
            if token.head != token and _has(token.dep_, wanted) and _is_one_of(token.head, allowed)
            else []
        )
    if written[0] == ":":
        words = frozenset(written[1:].split("|"))
        return lambda token: [token] if _is_one_of(token, words) else []
    if written[0] == "^":
        return lambda token: [token] if token.pos_ in wanted else []
    raise ValueError(f"path step {written!r}: expected one of >, <, :, ^ or {', '.join(sorted(_NAMED))}")


def _in_relative_clause(below: Token, top: Token) -> bool:
    """Whether a relative clause parts a token from one that it depends on."""
    for ancestor in below.ancestors:
        if ancestor == top:
            return False
        if ancestor.dep_ == "relcl":
            return True
    return False


def _has(function: str, wanted: frozenset[str]) -> bool:
    return "*" in wanted or function in wanted


def _is_one_of(token: Token, words: frozenset[str]) -> bool:
    return not words or token.lower_ in words or token.lemma_.lower() in words


def _hyphened(token: Token) -> Iterator[Token]:
    if token.i >= 2 and token.nbor(-1).text in ("-", "–", "‐"):
        yield token.nbor(-2)


def _before(token: Token) -> Iterator[Token]:
    hidden = 0
    for at in range(token.i - 1, token.sent.start - 1, -1):
        word = token.doc[at]
        hidden += word.text == ")"
        if not hidden:
            yield word
            return
        hidden -= word.text == "("


def _is_near(token: Token) -> bool:
    first, last = sorted((token.i, token.head.i))
    return not any(between.pos_ == "CCONJ" or between.text in ",;" for between in token.doc[first:last])


def _next(token: Token) -> Iterator[Token]:
    if token.i + 1 < len(token.doc):
        yield token.nbor()


_NAMED: dict[str, Step] = {
    "self": lambda token: (token,),
    "passive": lambda token: (token,) if is_passive(token) else (),
    "equated": lambda token: surface_subjects(token.head) if token.dep_ == "attr" else (),
    "subject": lambda token: frame(token).subjects,
    "object": lambda token: frame(token).objects,
    "surface": surface_subjects,
    "hyphened": _hyphened,
    "before": _before,
    "next": _next,
    "coordinated": lambda token: sorted({token, *token.conjuncts}, key=lambda member: member.i),
    "near": lambda token: (token,) if _is_near(token) else (),
    "plural": lambda token: (token,) if token.tag_ in ("NNS", "NNPS") else (),
}
