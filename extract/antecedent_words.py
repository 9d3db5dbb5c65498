"""The words of ``antecedents.yaml``, and what the rules for pronouns and relative clauses share."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from ontology.data_files import read_yaml

SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@cache
def antecedent_words() -> dict[str, Any]:
    """The lists by name; "general" and "usual" give the kinds of general nouns."""
    raw = read_yaml(Path(__file__).with_name("antecedents.yaml"))
    general: dict[str, list[str]] = {}
    for kind, nouns in raw["general"].items():
        for noun in nouns.split():
            general.setdefault(noun, []).extend(kind.split("+"))
    lists = {name: frozenset(words.split()) for name, words in raw.items() if isinstance(words, str)}
    return {**lists, "general": general, "usual": {noun: kinds[0] for noun, kinds in general.items()}}


def verb_of(token: Token) -> Token | None:
    """The verb of the clause that a token stands in."""
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            return ancestor
    return None


def is_plural(noun: Token) -> bool:
    """Whether a noun is tagged as a plural."""
    return noun.tag_ in ("NNS", "NNPS")
