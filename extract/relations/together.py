"""Changes that go together: "Y decreases with increasing X", "the higher X, the lower Y"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from extract.noun_phrases import is_direction, phrase_words
from extract.relations.arguments import Argument
from extract.relations.causes import EffectReader
from extract.relations.data import words
from extract.relations.statements import Statement


def changes_together(effects: EffectReader, word: Token) -> Iterator[Statement]:
    """ "Y decreases with increasing X", "as X increases, Y decreases"."""
    if word.dep_ == "mark":
        clause = word.head
        changed = list(effects.of_clause(clause)) if clause.dep_ == "advcl" else []
        verb = clause.head
        causes = [(effect.object, 1 if effect.relation == "increases" else -1) for effect in changed]
    else:
        verb = _governor(word)
        causes = [
            (argument, argument.direction)
            for thing in word.rights
            if thing.dep_ == "pobj" and _is_changing(thing)
            for argument in effects.reader.arguments(thing)
            if argument.direction
        ] or [*_turned(effects, word), *_misread_clause(effects, word)]
    if not causes or verb.pos_ != "VERB":
        return
    verbs = [verb, *(child for child in verb.rights if child.dep_ == "conj" and child.pos_ == "VERB")]
    for effect in (effect for each in verbs for effect in effects.of_clause(each)):
        if effect.relation not in ("increases", "decreases") or effect.object.kind != "Property":
            continue
        for cause, sign in causes:
            opposite = {"increases": "decreases", "decreases": "increases"}
            relation = effect.relation if sign > 0 else opposite[effect.relation]
            yield Statement(cause, relation, effect.object, verb, "together")


def _governor(preposition: Token) -> Token:
    """The verb that a preposition belongs to, also behind a value: "drops from 0.4 to 0.2 eV with …"."""
    verb = preposition.head
    while verb.head != verb and (verb.pos_ == "ADP" or any(child.dep_ == "nummod" for child in verb.lefts)):
        verb = verb.head
    return verb


def _turned(effects: EffectReader, word: Token) -> Iterator[tuple[Argument, int]]:
    """ "With increasing X", where the participle is taken for an act."""
    for gerund in word.rights:
        if gerund.dep_ == "pcomp" and gerund.tag_ == "VBG" and is_direction(gerund):
            sign = 1 if gerund.lower_ in phrase_words()["up"] else -1
            for thing in (child for child in gerund.rights if child.dep_ == "dobj"):
                yield from ((argument, sign) for argument in effects.reader.arguments(thing))


def _is_changing(noun: Token) -> bool:
    """Whether a noun is said to change ("increasing", "higher"), not only to be large ("a high X")."""
    return any(is_direction(child) and child.tag_ in ("VBG", "VBN", "JJR") for child in noun.lefts)


def _misread_clause(effects: EffectReader, word: Token) -> Iterator[tuple[Argument, int]]:
    """ "As the porosity increases", where the parser takes the verb for a noun."""
    for noun in word.rights if word.lower_ in words("conjunctions") else ():
        relations = effects.noun_relations(noun) if noun.tag_ == "NNS" else set()
        for child in noun.lefts if relations & {"increases", "decreases"} else ():
            if child.dep_ == "compound":
                for argument in effects.reader.single(child):
                    yield argument, 1 if "increases" in relations else -1


def proportional_changes(effects: EffectReader, article: Token) -> Iterator[Statement]:
    """ "The higher X, the lower Y", at the second article."""
    first = next(
        (
            token
            for token in article.doc[article.sent.start : article.i - 2]
            if token.lower_ == "the" and _compared(token)
        ),
        None,
    )
    if first is None or not _compared(article):
        return
    causes = _compared_things(effects, first, article.i, kinds=("Property", "Strategy"))
    relation = "increases" if _compared(article) > 0 else "decreases"
    for outcome in _compared_things(effects, article, article.sent.end, kinds=("Property",)):
        for cause in causes:
            # The cause is named with its comparative: a smaller gap does it; raising the pressure is a way.
            compared = f"{first.nbor().lower_} {cause.names[0]}"
            named = replace(cause, names=(compared, *cause.names)) if cause.kind == "Property" else cause
            yield Statement(named, relation, outcome, article, "proportional")


def _compared(article: Token) -> int:
    """+1 for "the higher", -1 for "the lower", 0 where no comparative follows."""
    if article.i + 1 >= len(article.doc):
        return 0
    word = article.nbor()
    if word.tag_ not in ("JJR", "RBR"):
        return 0
    return (word.lower_ in phrase_words()["up"]) - (word.lower_ in phrase_words()["down"])


def _compared_things(
    effects: EffectReader, article: Token, end: int, *, kinds: Sequence[str]
) -> list[Argument]:
    """The first things named behind a comparative, without the words of the comparison."""
    comparative = article.nbor().lower_
    for token in article.doc[article.i + 2 : end]:
        found = [argument for argument in effects.reader.single(token) if argument.kind in kinds]
        if found:
            return [
                replace(
                    thing,
                    names=tuple(
                        dict.fromkeys(
                            name.removeprefix("the ")
                            for name in thing.names
                            if not name.casefold().startswith(comparative)
                        )
                    )
                    or thing.names,
                )
                for thing in found
            ]
    return []
