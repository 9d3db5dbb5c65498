"""What people write around a question and for short: openers left out, abbreviations spelt out."""

from __future__ import annotations

import re
from functools import cache

from queries.parse.vocabulary import vocabulary_data

#: The ending of a genitive, not the verb of "what's" and the like.
_POSSESSIVE = re.compile(
    r"(?<=\w)(?<!\bwhat)(?<!\bit)(?<!\bwho)(?<!\bhow)(?<!\bthat)(?<!\bthere)['’]s\b", re.IGNORECASE
)
#: A multiplication sign between the symbols of a unit.
_POSSESSIVE = re.compile(
    r"(?<=\w)(?<!\bwhat)(?<!\bit)(?<!\bwho)(?<!\bhow)(?<!\bthat)(?<!\bthere)['’]s\b", re.I
)
_JOINED_BY_STAR = re.compile(r"(?<=[A-Za-z])\*(?=[A-Za-z])")


def spelt_out(text: str) -> str:
    """A question without what leads up to it, its abbreviations spelt out.

    >>> spelt_out("Hi, could you tell me: which electrolytes contain Ge?")
    'which electrolytes contain Ge?'
    >>> spelt_out("LGPS cond. w/o Ge at RT, temp. unknown")
    'LGPS conductivity without Ge at RT, temperature unknown'
    """
    while (rest := _openers().sub("", text)) != text and rest:
        text = rest
    text = _POSSESSIVE.sub("", text)
    text = _JOINED_BY_STAR.sub("·", text)
    return _pattern().sub(lambda hit: str(vocabulary_data()["abbreviations"][hit[0].casefold()]), text)


@cache
def _openers() -> re.Pattern[str]:
    """An opener at the beginning, unless it is about what the question names ("tell me about …")."""
    words = sorted(vocabulary_data()["openers"], key=len, reverse=True)
    return re.compile(rf"^(?:{'|'.join(map(re.escape, words))})(?!\w)(?! about)[\s,:;.!–-]*", re.IGNORECASE)


@cache
def _pattern() -> re.Pattern[str]:
    """Every abbreviation as a whole word, the longest first."""
    words = sorted(vocabulary_data()["abbreviations"], key=len, reverse=True)
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, words))})(?![\w/-])", re.IGNORECASE)
