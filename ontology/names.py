"""Comparison of names: two spellings of one thing get the same key."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ontology.data_files import read_yaml

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₓ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", "0123456789+-=()x0123456789+-=()")
_HYPHENS = re.compile(r"[‐‑‒–—−﹣-]")
_MARKUP = re.compile(r"[_{}$^\\*]")
_DOTS = re.compile(r"[·•⋅∙]")
#: The plural of an acronym: SEs, SICs; not "As" or "Cs".
_PLURAL = re.compile(r"(?<=[A-Z]{2})s$")
_WORD = re.compile(r"[^\s/()\[\],;:]+")
_CONTENT = re.compile(r"\w")
_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"-(?=[a-zα-ω])|(?<=[a-zα-ω])-")
#: "Mixed", as at the start of a sentence; not "Li", "LGPS" or "Li3PS4".
_SENTENCE_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Z][a-z]{2,}(?![A-Za-z0-9])")


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """The key under which spellings of one name are compared; empty for a name without letters or digits.

    >>> normalise("Lithium dendrites") == normalise("Li dendrite")
    True
    >>> normalise("beta-Li₃PS₄") == normalise("β-Li3PS4")
    True
    >>> normalise("75Li2S·25P2S5") == normalise("75Li2S-25P2S5")
    True
    """
    text = name if name.isascii() else unicodedata.normalize("NFKC", name.translate(_SUBSCRIPTS))
    text = _DOTS.sub("-", _HYPHENS.sub("-", _MARKUP.sub("", text))).casefold()
    words = []
    for part in _WORD.findall(text):
        for written in _PARTS.split(part) if "-" in part else (part,):
            word = _word_key(written)
            if word:
                words.append(word)
    return " ".join(words)


@lru_cache(maxsize=65536)
def acronym(name: str) -> str:
    """The key under which names are compared that mean something only as they are capitalised.

    >>> acronym("SEs"), acronym("SE"), acronym("R_{ct}")
    ('SE', 'SE', 'Rct')
    """
    text = unicodedata.normalize("NFKC", name.translate(_SUBSCRIPTS))
    return _PLURAL.sub("", _HYPHENS.sub("-", _MARKUP.sub("", text)).strip())


def needs_context(name: str) -> bool:
    """Whether a name is also a word, a variable or a label, so that only its sentence tells what it means.

    >>> [name for name in ("In", "I", "S", "Cl", "Mn", "SE") if needs_context(name)]
    ['In', 'I', 'S']
    """
    key = acronym(name)
    return len(key) == 1 or key in _spelling()["words_too"]


def slug(name: str) -> str:
    """The last part of a thing's IRI: its name in ASCII letters, digits, dots, plus signs and hyphens.

    >>> slug("β-Li3PS4 glass-ceramic")
    'beta-Li3PS4-glass-ceramic'
    >>> slug("Mixed conducting interphase"), slug("S2-"), slug("Li+ conductivity")
    ('mixed-conducting-interphase', 'S2-minus', 'Li-plus-conductivity')
    """
    text = unicodedata.normalize("NFKC", name.translate(_SUBSCRIPTS))
    for spelt, letter in _spelling()["letters"].items():
        text = text.replace(letter, spelt)
    text = _DOTS.sub("-", _HYPHENS.sub("-", _MARKUP.sub("", text)))
    text = re.sub(r"(?<=[\w)])\+(?!\w)", "-plus", re.sub(r"(?<=\d)-(?![\w(])", "-minus", text))
    text = _SENTENCE_WORD.sub(lambda word: word[0].lower(), re.sub(r"[\s/,;:&]+", "-", text))
    kept = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"-{2,}", "-", re.sub(r"[^A-Za-z0-9.+()-]", "", kept)).strip("-.") or "unnamed"


def prepositions() -> frozenset[str]:
    """The words that end the head of a name ("growth of dendrites" is a growth)."""
    return frozenset(_spelling()["prepositions"])


def coordinators() -> frozenset[str]:
    """The words that join things to a list ("lithium and sodium")."""
    return frozenset(_spelling()["coordinators"])


@cache
def describing_words(kind: str) -> frozenset[str]:
    """The words, as ``normalise`` gives them, that only say again that a thing is of a kind.

    >>> "pellet" in describing_words("Material"), "layer" in describing_words("Interphase")
    (True, True)
    """
    return frozenset(_spelling()["describing"].get(kind, "").split())


@cache
def form_words() -> frozenset[str]:
    """The words, as ``normalise`` gives them, that tell a form of a material and keep its composition."""
    return frozenset(_spelling()["forms"].split())


@lru_cache(maxsize=65536)
def _word_key(written: str) -> str:
    """The key of one word in lower case: bare, spelt one way, singular; empty where it carries no meaning."""
    spelling = _spelling()
    bare = written.strip(".'’\"")
    if bare in spelling["ignored"] or not _CONTENT.search(bare):
        return ""
    word = spelling["letters"].get(bare, bare)
    word = spelling["words"].get(word, word)
    if word in spelling["keep"] or _DIGIT.search(word):
        return str(word)
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    else:
        ending = next((ending for ending in spelling["endings"] if word.endswith(ending)), "")
        if ending:
            word = word.removesuffix(ending) + spelling["endings"][ending]
        elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    return str(spelling["words"].get(word, word))


@cache
def _spelling() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("spelling.yaml"))
    return data | {
        "ignored": frozenset(data["ignored"]),
        "keep": frozenset(data["keep"]),
        "words_too": frozenset(data["words_too"]),
    }
