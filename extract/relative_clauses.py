"""What "which" and "that" stand for: the noun that a relative clause hangs on, or the clause before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from extract.antecedent_words import SUBJECTS, antecedent_words, is_plural, verb_of
from extract.mentions import Mention
from extract.noun_phrases import apposed_behind


def is_relative(token: Token) -> bool:
    """Whether a token is the pronoun of a relative clause."""
    return (token.tag_ in ("WDT", "WP") and token.head.dep_ == "relcl") or (
        token.lower_ == "which" and any(ancestor.dep_ == "relcl" for ancestor in token.ancestors)
    )


def relative_antecedent(
    token: Token, by_head: Mapping[int, Sequence[Mention]], found: Mapping[int, tuple[Mention, ...]]
) -> tuple[Mention, ...]:
    """The noun that a relative clause hangs on; a singular verb looks past a plural noun to its governor."""
    verb = next((ancestor for ancestor in token.ancestors if ancestor.dep_ == "relcl"), None)
    if verb is None:
        return ()
    noun = verb.head
    if _goes_on(token, verb) and (clause := verb_of(noun)) is not None:
        subjects = [child for child in clause.lefts if child.dep_ in SUBJECTS]
        if clause.lemma_.lower() in antecedent_words()["showing"]:
            # "imaging revealed voids during cycling, which …": the voids
            shown = next((child for child in clause.rights if child.dep_ == "ccomp"), clause)
            side = shown.lefts if shown != clause else clause.rights
            subjects = [child for child in side if child.dep_ in (*SUBJECTS, "dobj")]
        meant = tuple(
            mention for subject in subjects for mention in found.get(subject.i) or by_head.get(subject.i, ())
        )
        if meant:
            return meant
    finite = next((child for child in verb.children if child.dep_ in ("aux", "auxpass")), verb)
    noun = _agreeing(noun, finite)
    if noun.i in found:
        return found[noun.i]
    group = [noun]
    # "A and B, which are …": a plural verb after a singular noun takes the whole coordination.
    if finite.tag_ == "VBP" and not is_plural(noun):
        group = sorted({noun, *noun.conjuncts}, key=lambda member: member.i)
    return tuple(mention for member in group for mention in _named(member, by_head))


def _named(noun: Token, by_head: Mapping[int, Sequence[Mention]]) -> Sequence[Mention]:
    """The formula right behind a noun, else what the noun names: "the argyrodite Li6PS5Cl, which …"."""
    behind = apposed_behind(noun)
    found = by_head.get(behind.i, ()) if behind is not None else ()
    return [mention for mention in found if mention.is_formula] or by_head.get(noun.i, ())


def _agreeing(noun: Token, finite: Token) -> Token:
    """The noun that agrees with a verb: the nearest, else its governor or the subject of its clause."""
    if finite.tag_ == "VBZ" and is_plural(noun):
        governor = noun.head.head if noun.dep_ == "pobj" else None
        if governor is not None and governor.pos_ in ("NOUN", "PROPN") and not is_plural(governor):
            return governor
    elif finite.tag_ == "VBP" and not is_plural(noun) and noun.dep_ == "pobj" and not list(noun.conjuncts):
        if noun.head.head.pos_ == "NOUN" and is_plural(noun.head.head):
            return noun.head.head
        clause = verb_of(noun)
        for subject in clause.lefts if clause is not None else ():
            if subject.dep_ in SUBJECTS and is_plural(subject):
                return subject
    return noun


def _goes_on(token: Token, verb: Token) -> bool:
    """Whether a relative clause goes on from the whole clause: "X blocks Y with Z, which improves W"."""
    noun = verb.head
    after_comma = verb.left_edge.i > 0 and verb.left_edge.nbor(-1).text == ","
    return (
        after_comma
        and token.lower_ == "which"
        and token.dep_ in SUBJECTS
        and verb.lemma_.lower() in antecedent_words()["effects"]
        and noun.dep_ == "pobj"
        and noun.head.lower_ in antecedent_words()["adjuncts"]
    )
