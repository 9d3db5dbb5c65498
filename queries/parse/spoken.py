"""What people write for short: abbreviations, spelt out before a question is read."""

from __future__ import annotations

import re
from functools import cache

from queries.parse.vocabulary import vocabulary_data


def spelt_out(text: str) -> str:
    """A question with its abbreviations spelt out.

    >>> spelt_out("LGPS cond. w/o Ge at RT, temp. unknown")
    'LGPS conductivity without Ge at RT, temperature unknown'
    """
    return _pattern().sub(lambda hit: str(vocabulary_data()["abbreviations"][hit[0].casefold()]), text)


@cache
def _pattern() -> re.Pattern[str]:
    """Every abbreviation as a whole word, the longest first."""
    words = sorted(vocabulary_data()["abbreviations"], key=len, reverse=True)
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, words))})(?![\w/-])", re.IGNORECASE)
