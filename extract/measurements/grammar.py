"""What the dependency tree ties to a number: owners of nouns, subjects, objects, relative clauses."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.measurements.reading import Reading
from extract.measurements.things import Thing
from extract.measurements.vocabulary import data, word_set

_STEPS = 8
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_VERBS = frozenset({"VERB", "AUX"})

Scored = tuple[Thing, float]


def tied_things(token: Token, reading: Reading, *, within: bool) -> Iterator[Scored]:
    """The things met on the way up the tree from a number or its property, each with a score.

    ``within`` is whether "in" names an owner: a conductivity in a glass, but not quenching in a system.
    """
    weights = data("owners")["weights"]
    current = token
    for step in range(_STEPS):
        cost = weights["step_cost"] * step
        if current.pos_ in _VERBS:
            found = _of_verb(current, reading)
        else:
            found = _of_noun(current, reading, within=within, is_start=step == 0)
        for thing, tie in found:
            yield thing, weights[tie] - cost
        if current.head is current:
            return
        current = current.head


def _of_verb(verb: Token, reading: Reading) -> Iterator[tuple[Thing, str]]:
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            # the thing that a subject names, or the owner of the property that it names
            for thing in tuple(_at(child, reading)) or _owners_of(child, reading):
                yield thing, "subject"
        elif child.dep_ in ("dobj", "attr"):
            for thing in _at(child, reading):
                yield thing, "object"
    if verb.dep_ in ("relcl", "acl"):
        for thing in _at(verb.head, reading):
            yield thing, "relative"
        if verb.head.dep_ == "attr":  # A is the first electrolyte that …
            for thing in _subjects(verb.head.head, reading):
                yield thing, "relative"


def _of_noun(noun: Token, reading: Reading, *, within: bool, is_start: bool) -> Iterator[tuple[Thing, str]]:
    if not is_start:
        for thing in _at(noun, reading):
            yield thing, "with"
    for thing in _owners_of(noun, reading, within=within):
        yield thing, "owner"


def _owners_of(noun: Token, reading: Reading, *, within: bool = True) -> Iterator[Thing]:
    """The things that prepositions, possessives and compounds name as owners of a noun."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in word_set("owners", "prepositions"):
            if within or child.lower_ != "in":
                for thing in child.children:
                    if thing.dep_ == "pobj":
                        yield from _at(thing, reading)
        elif child.dep_ == "poss" and child.pos_ == "PRON" and child.i not in reading.antecedents:
            # A is used because of its high capacity: "its" means the subject
            verb = next((ancestor for ancestor in noun.ancestors if ancestor.pos_ in _VERBS), None)
            if verb is not None:
                yield from _subjects(verb, reading)
        elif child.dep_ in ("compound", "poss", "nmod"):
            yield from _at(child, reading)


def _subjects(verb: Token, reading: Reading) -> Iterator[Thing]:
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            yield from _at(child, reading)


def _at(token: Token, reading: Reading) -> Iterator[Thing]:
    """The things that a token heads, or that it stands for as a pronoun."""
    heads = (token.i, *(mention.head for mention in reading.antecedents.get(token.i, ())))
    for thing in reading.things:
        if thing.head in heads:
            yield thing
