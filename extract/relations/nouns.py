"""What a noun is to a fact: which way it goes, whether it is a cell, an author, a word with examples."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.mentions import Mention
from extract.noun_phrases import complements, conjuncts, is_direction, phrase_words
from extract.relations.data import words


def direction_of(head: Token, *, before: int = -1) -> int:
    """+1 for "high conductivity", -1 for "reduced conductivity", 0 where the phrase does not say.

    ``before`` is where a term's own name begins: in "sluggish kinetics" the adjective is part of the name.
    """
    end = before if 0 <= before < head.i else head.i
    for word in reversed(head.doc[max(head.left_edge.i, head.i - 8) : end]):
        if word.text in "()[];:" or word.dep_ == "relcl":
            break
        if word.dep_ in ("amod", "compound", "nmod", "advmod", "conj") and is_direction(word):
            return 1 if word.lower_ in phrase_words()["up"] else -1
    return 0


def is_cell(token: Token) -> bool:
    """Whether a noun names a cell or an electrode in one."""
    return token.lemma_.lower() in words("cells") | words("electrodes")


def named_after(noun: Token) -> Iterator[Token]:
    """The examples of a general noun that stands for them: "additives such as ZnO and LiI"."""
    if noun.lemma_.lower() in phrase_words()["containers"]:
        for _, inner in complements(noun, prepositions=words("of")):
            yield from named_after(inner)
        return
    if noun.lemma_.lower() not in words("exemplified"):
        return
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in words("exemplifying"):
            for thing in child.rights:
                if thing.dep_ == "pobj":
                    yield from conjuncts(thing)


def is_nobody(token: Token, mention: Mention) -> bool:
    """Whether a mention names nothing that facts speak of: authors, studies, abstract nouns."""
    lemma = token.lemma_.lower()
    if _is_vague_method(token, mention):
        return True
    if lemma in words("named_acts") and any(child.dep_ == "compound" for child in token.lefts):
        return False
    if lemma in words("nobodies") or _is_person(token, mention) or _is_quantity(token, mention):
        return True
    return lemma in words("abstract") and not mention.terms and not _is_about(token)


def _is_vague_method(token: Token, mention: Mention) -> bool:
    """Whether a method is named by general words alone: "the usual method"."""
    *modifiers, head = mention.text.casefold().split()
    return (
        token.lemma_.lower() in words("vague_methods")
        and head == token.lower_
        and all(word in words("vague_modifiers") for word in modifiers)
    )


def _is_about(token: Token) -> bool:
    """Whether a problem is named by what it is about: "interfacial problems"."""
    return token.lemma_.lower() in words("problems") and any(
        child.lower_ in words("topics") for child in token.lefts
    )


def _is_quantity(token: Token, mention: Mention) -> bool:
    """Whether a name is a number with its unit: "10 nm"."""
    return not mention.kind and any(child.dep_ == "nummod" for child in token.lefts)


def _is_person(token: Token, mention: Mention) -> bool:
    """Whether a name is most likely an author's: one capitalised word that means nothing else."""
    if token.text.endswith("al."):
        return True
    return token.pos_ == "PROPN" and not mention.kind and token.text.istitle() and mention.text == token.text


def based_on(cell: Token) -> Iterator[Token]:
    """What a cell is said to be made with: "based on X", "using X", "with X"."""
    for child in cell.rights:
        if child.dep_ == "prep" and child.lower_ in words("made_with"):
            inner = (
                [grand for grand in child.rights if grand.dep_ == "prep"]
                if child.lower_ == "based"
                else [child]
            )
            yield from (
                thing for preposition in inner for thing in preposition.rights if thing.dep_ == "pobj"
            )
        elif child.dep_ == "acl" and child.lower_ in words("made_using"):
            yield from (thing for thing in child.rights if thing.dep_ == "dobj")
            yield from (
                thing
                for preposition in child.rights
                if preposition.dep_ == "prep"
                for thing in preposition.rights
                if thing.dep_ == "pobj"
            )
