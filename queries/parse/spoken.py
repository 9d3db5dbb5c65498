"""What people write around a question and for short: openers left out, abbreviations spelt out."""

from __future__ import annotations

import re
from functools import cache

from ontology.data_files import any_of
from queries.parse.vocabulary import vocabulary_data

#: The ending of a genitive, not the verb of "what's" and the like.
_POSSESSIVE = re.compile(
    r"(?<=\w)(?<!\bwhat)(?<!\bit)(?<!\bwho)(?<!\bhow)(?<!\bthat)(?<!\bthere)['’]s\b", re.IGNORECASE
)
#: A multiplication sign between the symbols of a unit.
_JOINED_BY_STAR = re.compile(r"(?<=[A-Za-z])\*(?=[A-Za-z])")


def spelt_out(text: str) -> str:
    """A question without what stands around it, its abbreviations spelt out.

    >>> spelt_out("Hi, could you tell me: which electrolytes contain Ge?")
    'which electrolytes contain Ge?'
    >>> spelt_out("LGPS cond. w/o Ge at RT, temp. unknown")
    'LGPS conductivity without Ge at RT, temperature unknown'
    >>> spelt_out("Polymers stop dendrites in these papers, don't they?")
    'Polymers stop dendrites?'
    >>> spelt_out("Are there oxides above 200 mAh per gram? Which ones?")
    'Are there oxides above 200 mAh/g?'
    >>> spelt_out("Which substitutions bring the cost down?")
    'Which substitutions lower the cost?'
    """
    while (rest := _openers().sub("", text)) != text and rest:
        text = rest
    text = _without(_asides(), text)
    text = _tails().sub(lambda hit: "?" if hit[0].startswith(",") and hit[0].endswith("?") else "", text)
    text = _split().sub(lambda hit: f"{_particles()[hit['particle'].casefold()]} {hit['object']}", text)
    text = _POSSESSIVE.sub("", text)
    text = _JOINED_BY_STAR.sub("·", text)
    text = _per().sub(lambda hit: "/" + str(vocabulary_data()["per_units"][hit[1].casefold()]), text)
    return _pattern().sub(lambda hit: str(vocabulary_data()["abbreviations"][hit[0].casefold()]), text)


def _without(pattern: re.Pattern[str], text: str) -> str:
    """The text without what a pattern finds, unless nothing would be left."""
    rest = re.sub(r"\s+", " ", pattern.sub("", text)).strip(" ,;–")
    return rest if re.search(r"\w", rest) else text


@cache
def _openers() -> re.Pattern[str]:
    """An opener at the beginning, unless it is about what the question names ("tell me about …")."""
    words = any_of(vocabulary_data()["openers"])
    return re.compile(rf"^(?:{words})(?!\w)(?! about)[\s,:;.!–-]*", re.IGNORECASE)


@cache
def _asides() -> re.Pattern[str]:
    """What limits nothing, with the stops around it; no part of a longer name ("in these papers of 2019")."""
    words = any_of(vocabulary_data()["asides"])
    return re.compile(rf"(?:[,;–]\s*|\s+|^)(?:{words})(?=[\s,;.!?–]|$)(?! of| on| from)[.!]*", re.IGNORECASE)


@cache
def _tails() -> re.Pattern[str]:
    """A second question at the end, or "…, don't they?"; the mark of the first question stays."""
    data = vocabulary_data()
    tags = data["tags"]
    tag = rf",\s*(?:{any_of(tags['auxiliaries'])})\s+(?:{any_of(tags['pronouns'])})"
    second = rf"(?:(?<=[?.])\s+|,\s*)(?:{any_of(data['tails'])})\s*[?.!]*$"
    return re.compile(rf"{second}|{tag}(?=\s*\?\s*$)", re.IGNORECASE)


def _particles() -> dict[str, str]:
    return dict(vocabulary_data()["split_verbs"]["particles"])


@cache
def _split() -> re.Pattern[str]:
    """ "Bring the cost down": a verb, a few words, and its particle."""
    verbs = any_of(vocabulary_data()["split_verbs"]["verbs"])
    particle = rf"(?P<particle>{any_of(_particles())})"
    return re.compile(
        rf"(?<!\w)(?:{verbs})\s+(?P<object>(?:[\w-]+\s+){{1,4}}?[\w-]+)\s+{particle}(?=\s*(?:[?.!,]|$))",
        re.IGNORECASE,
    )


@cache
def _per() -> re.Pattern[str]:
    """ "Per gram" behind the rest of a unit."""
    return re.compile(rf"\s+per\s+({any_of(vocabulary_data()['per_units'])})(?!\w)", re.IGNORECASE)


@cache
def _pattern() -> re.Pattern[str]:
    """Every abbreviation as a whole word, the longest first."""
    words = any_of(vocabulary_data()["abbreviations"])
    return re.compile(rf"(?<![\w/-])(?:{words})(?![\w/-])", re.IGNORECASE)
