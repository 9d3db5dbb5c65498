"""Noun phrases in a dependency tree: which tokens head one, where its name begins, what follows it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from ontology.data_files import read_yaml

#: Grammatical functions in which a word only modifies the noun to its right.
_MODIFIER = frozenset(
    {"compound", "amod", "nmod", "npadvmod", "nummod", "quantmod", "det", "poss", "advmod", "punct"}
)
#: Functions that only a noun phrase has, whatever its part of speech was taken for.
_ARGUMENT = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "appos", "dative", "oprd", "ROOT"}
)
_JOINERS = frozenset({"-", "–", "/", "|", "−"})
_LONGEST_COMPLEMENT = 14


@cache
def phrase_words() -> dict[str, Any]:
    """The word lists of ``mentions.yaml``: sets, and the kind of each general head noun."""
    raw = read_yaml(Path(__file__).with_name("mentions.yaml"))
    kinds = {word: kind for kind, words in raw["heads"].items() for word in words.split()}
    lists = {
        name: frozenset(raw[name].split())
        for name in (
            "trimmed",
            "up",
            "down",
            "containers",
            "processes",
            "forms",
            "mixed",
            "qualifiers",
            "hollow",
        )
    }
    return {**lists, "complements": frozenset(raw["complements"]), "heads": kinds}


def phrase_root(doc: Doc, first: int, last: int) -> int:
    """The index of the token that heads a run of words: "depth" of "depth of discharge"."""
    for token in doc[first + 1 : last + 1]:
        if token.pos_ == "ADP":
            return token.i - 1
    for token in reversed(doc[first : last + 1]):
        if not first <= token.head.i <= last or token.head == token:
            return token.i
    return last


def heads_a_phrase(token: Token, *, named: bool) -> bool:
    """Whether a token is the head of a noun phrase; ``named`` if a formula or a term ends with it."""
    if token.dep_ in _MODIFIER and token.head.i > token.i:
        return False
    if token.pos_ in ("NOUN", "PROPN"):
        return True
    return named and (token.dep_ in _ARGUMENT or token.head.i < token.i)


def phrase_start(head: Token) -> int:
    """The index of the first token of the name that ends with ``head``, without determiners and the like."""
    doc = head.doc
    start = max(head.left_edge.i, head.sent.start, head.i - 12)
    hidden = 0
    for at in range(head.i - 1, start - 1, -1):
        token = doc[at]
        # What stands in brackets belongs to the word before: "Li3PS4 (LPS) pellet".
        if token.text in ")]":
            hidden += 1
        if hidden:
            hidden -= token.text in "(["
            continue
        # A bracket, a finite verb or a preposition inside shows that the tree has swallowed another phrase.
        if (
            token.text in "()[];:"
            or token.pos_ in ("ADP", "SCONJ", "AUX", "PRON")
            or token.tag_ in ("VBZ", "VBD", "VBP", "MD")
        ):
            start = at + 1
            break
    while start < head.i and _is_trimmed(doc[start]):
        start += 1
    return start


def _is_trimmed(token: Token) -> bool:
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if following is not None and following.text in _JOINERS and token.text not in _JOINERS:
        return False
    if (
        token.pos_ in ("DET", "CCONJ", "PUNCT", "SPACE", "ADV", "ADP", "SCONJ", "PRON", "PART")
        or token.text in _JOINERS
    ):
        return token.lower_ not in phrase_words()["up"]
    return token.lower_ in phrase_words()["trimmed"] or (token.pos_ == "NUM" and token.is_digit)


def without_direction(doc: Doc, start: int, end: int) -> int:
    """The start of a name without the leading words that say which way it goes ("high", "reduced")."""
    words = phrase_words()
    while start < end - 1:
        token = doc[start]
        compared = token.lower_ in ("more", "less") or token.tag_ == "RB"
        joined = doc[start + 1].text in _JOINERS
        if joined or not (
            compared
            or token.lower_ in words["up"]
            or token.lower_ in words["down"]
            or token.text in (",", "and")
        ):
            break
        start += 1
    return start


def is_direction(token: Token) -> bool:
    """Whether a word says which way a property goes."""
    return token.lower_ in phrase_words()["up"] or token.lower_ in phrase_words()["down"]


def complements(head: Token, *, prepositions: frozenset[str] | None = None) -> Iterator[tuple[Token, Token]]:
    """The prepositions right of a noun with their objects, in text order."""
    allowed = prepositions or phrase_words()["complements"]
    for child in head.rights:
        if (
            child.dep_ in ("prep", "agent")
            and child.lower_ in allowed
            and child.i - head.i < _LONGEST_COMPLEMENT
        ):
            for thing in child.rights:
                if thing.dep_ in ("pobj", "pcomp"):
                    yield child, thing


def is_likened(token: Token) -> bool:
    """Whether a name only tells with a participle what another thing is like: "Sb" of "Sb-doped"."""
    behind = token.doc[token.i + 1 : token.i + 3]
    return len(behind) == 2 and behind[0].text in _JOINERS and behind[1].tag_ in ("VBN", "VBD")


def apposed_behind(noun: Token) -> Token | None:
    """The word in apposition right behind a noun: Li3InCl6 of "the electrolyte Li3InCl6"."""
    return next((child for child in noun.rights if child.dep_ == "appos" and child.i == noun.i + 1), None)


def turned_names(head: Token) -> Iterator[str]:
    """A noun behind what it is of: "electron conductivity" for "conductivity of electrons"."""
    for _, thing in complements(head, prepositions=frozenset({"of"})):
        modifiers = head.doc[phrase_start(thing) : thing.i].text
        yield f"{modifiers} {thing.lemma_} {head.text}".strip()


def conjuncts(token: Token) -> list[Token]:
    """A token and what is coordinated with it to the right, in text order.

    ``token.conjuncts`` would also give those to the left.
    """
    found = [token, *_behind_pair(token)]
    for current in found:
        found.extend(
            child
            for child in current.rights
            if child not in found
            and (child.dep_ == "conj" or (child.dep_ == "appos" and _continues_list(child)))
            and not _is_behind_pair(child)
        )
    return sorted(found, key=lambda found_token: found_token.i)


def _behind_pair(noun: Token) -> list[Token]:
    """What goes on behind a pair: "the contact between A and B or the density of C"."""
    return [
        third
        for _, first in complements(noun, prepositions=frozenset({"between"}))
        for second in first.rights
        for third in second.rights
        if _is_behind_pair(third)
    ]


def _is_behind_pair(third: Token) -> bool:
    second = third.head
    first = second.head
    return (
        third.dep_ == "conj"
        and second.dep_ == "conj"
        and first.dep_ == "pobj"
        and first.head.lower_ == "between"
        and all(any(child.dep_ == "cc" for child in member.rights) for member in (first, second))
    )


def _continues_list(token: Token) -> bool:
    """Whether an apposition is the second of three members: "A, B, and C"."""
    before = token.left_edge.nbor(-1).text if token.left_edge.i else ""
    return before == "," and any(child.dep_ == "conj" for child in token.rights)


def complement_end(head: Token) -> int:
    """The index after the complement that belongs to a name ("contact between A and B"); head + 1 if none."""
    end = head.i + 1
    for preposition, thing in complements(head):
        if preposition.i != end or thing.dep_ != "pobj":
            break
        last = (
            conjuncts(thing)[-1] if preposition.lower_ in ("between", "of") and _same_kind(thing) else thing
        )
        inner = max(
            (nested.i + 1 for prep, nested in complements(last, prepositions=frozenset({"of"}))),
            default=last.i + 1,
        )
        if inner - head.i > _LONGEST_COMPLEMENT:
            break
        end = inner
        if preposition.lower_ != "of":
            break
    return end


def _same_kind(thing: Token) -> bool:
    """Whether a coordination is a short list of nouns, not a misread longer one."""
    members = conjuncts(thing)
    return len(members) <= 3 and all(member.pos_ in ("NOUN", "PROPN", "ADJ", "X") for member in members)


def coordinated_modifiers(doc: Doc, start: int, head: Token) -> list[str]:
    """One name for each modifier ("ionic and electronic conductivity"); empty where none is coordinated."""
    for child in head.lefts:
        if child.i < start or child.dep_ not in ("amod", "compound", "nmod"):
            continue
        members = [member for member in conjuncts(child) if member.i < head.i]
        coordinated = any(member.pos_ == "CCONJ" for member in doc[child.i : members[-1].i])
        if len(members) > 1 and coordinated and all(_is_splittable(member) for member in members):
            tail = doc[members[-1].i + 1 : head.i + 1].text
            return [f"{doc[_word_start(member, start) : member.i + 1].text} {tail}" for member in members]
    return []


def _is_splittable(member: Token) -> bool:
    word = member.pos_ in ("ADJ", "NOUN") or member.tag_ in ("VBG", "VBN")
    return word and not is_direction(member) and member.text.islower()


def _word_start(member: Token, start: int) -> int:
    """Where a modifier of several words begins: "Li-ion" in "Li-ion and electronic …", "cycle life"."""
    at = min((child.i for child in member.lefts if child.dep_ in ("compound", "nmod")), default=member.i)
    while at - 2 >= start and member.doc[at - 1].text in ("-", "–"):
        at -= 2
    return at


def is_qualified(doc: Doc, start: int, end: int) -> bool:
    """Whether the words before a formula make it another thing: amorphous, doped, coated, Cl-rich."""
    qualifiers = phrase_words()["qualifiers"]
    return any(token.lower_ in qualifiers for token in doc[start:end])
