"""What people say before they ask: passed over, or the thing that the question behind it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ontology.data_files import any_of
from queries.parse.mentions import Mention
from queries.parse.naming import is_any_system
from queries.parse.vocabulary import vocabulary_data

_LEAD = re.compile(r"(?P<lead>[^?]*?\w)(?P<stop>\s?[.:;!–]|\s-|,)\s+(?P<rest>\S.*)", re.DOTALL)
_POSSESSIVE = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
_ASKING = (
    "which",
    "what",
    "who",
    "where",
    "why",
    "how",
    "how_much",
    "how_long",
    "how_hot",
    "how_thick",
    "count",
    "sources",
)


def without_lead(text: str, find: Callable[[str], list[tuple[Mention, ...]]]) -> tuple[str, str] | None:
    """A question without the words that lead up to it, and a remark on them; None where it has no such words.

    "My cell shorts. What is the cause?" asks for the cause of short circuits; "For a talk: which …" asks what
    follows. What leads up to a question behind a comma is passed over only where it has unknown words, and
    never where it names more than one thing.
    """
    hit = _LEAD.match(text)
    if hit is None or not (asked := find(hit["rest"])) or not _asks(asked[0], "list"):
        return None
    lead = find(hit["lead"])
    said = [item for item in (lead[0] if lead else ()) if item.kind not in ("light", "loose", "preposition")]
    unknown = any(item.kind == "unknown" for item in said)
    if _asks(said) or (hit["stop"] == "," and not unknown):
        return None
    names = {item.text: item for item in said if item.kind not in ("unknown", "cue", "verb", "noun")}
    told = [item for item in names.values() if not (item.named and is_any_system(item.named))]
    if not told:
        return hit["rest"], f"“{hit['lead']}” was passed over"
    if any(item.named and "Property" not in item.named.kinds for item in asked[0]):
        remark = unknown or (hit["stop"] != "," and any(item.is_cue("aux") for item in lead[0]))
        return (hit["rest"], f"“{hit['lead']}” was passed over") if remark else None
    if len(told) > 1 or told[0].named is None:
        return None
    return _about(hit["rest"], told[0].text), f"the question was read as one about {told[0].text}"


def _asks(items: Sequence[Mention], *others: str) -> bool:
    """Whether mentions begin as a question does."""
    spoken = [item for item in items if item.kind != "light" or item.is_cue("aux")]
    first = next((item for item in spoken if item.kind not in ("preposition", "loose")), None)
    return first is not None and (first.is_cue(*_ASKING, *others) or first.is_cue("aux"))


def _about(question: str, name: str) -> str:
    """The question with a name in the place of its pronoun, else at its end."""
    question = _POSSESSIVE.sub("the", question)
    pronoun = re.compile(rf"(?<!\w)(?:{any_of(vocabulary_data()['anaphors'])})(?!\w)", re.IGNORECASE)
    if pronoun.search(question):
        return pronoun.sub(name, question, count=1)
    return f"{question.rstrip(' ?.!')} of {name}?"
