"""From a token to the things it stands for: coordination, antecedents, containers, gerunds, cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from extract.antecedents import Antecedents
from extract.mentions import MOST_NAMES, Mention
from extract.noun_phrases import apposed_behind, complement_end, conjuncts
from extract.relations.data import words
from extract.relations.formula_lists import listed_after
from extract.relations.nouns import based_on, direction_of, is_nobody, named_after
from extract.relations.syntax import prepositional
from ontology.lexicon import Term


@dataclass(frozen=True, slots=True)
class Argument:
    """A subject or object: its names, its kind, where it is written, and the token the grammar knows it by.

    ``direction`` is +1 or -1 where the phrase says which way it goes ("high", "reduced"), else 0.
    ``terms`` are all terms that bear the name.
    """

    names: tuple[str, ...]
    kind: str
    start: int
    end: int
    head: int
    direction: int = 0
    denied: bool = False
    terms: tuple[Term, ...] = ()

    def as_kind(self, kinds: Collection[str]) -> Argument | None:
        """The argument in a sense of one of the kinds, None where it has none ("argyrodite" has two)."""
        if (self.kind or "unknown") in kinds:
            return self
        term = next((term for term in self.terms if term.kind in kinds), None)
        return self.in_sense(term) if term else None

    def in_sense(self, term: Term) -> Argument:
        """The argument named and classified by one of its terms."""
        labels = {other.label for other in self.terms}
        names = (term.label, *(name for name in self.names if name not in labels))
        return replace(self, names=names[:MOST_NAMES], kind=term.kind)


@dataclass(frozen=True, slots=True)
class PassageReader:
    """A parsed passage with its mentions by head token and its antecedents."""

    doc: Doc
    mentions: Mapping[int, Sequence[Mention]]
    antecedents: Antecedents
    formulas: frozenset[int]
    held: dict[int, tuple[Argument, ...]] = field(default_factory=dict, compare=False)
    held_lists: dict[int, tuple[Argument, ...]] = field(default_factory=dict, compare=False)
    held_by_kind: dict[tuple[int, frozenset[str]], tuple[Argument, ...]] = field(
        default_factory=dict, compare=False
    )

    def arguments(self, token: Token) -> list[Argument]:
        """The things that a token and what is coordinated with it stand for, in text order."""
        held = self.held_lists.get(token.i)
        if held is None:
            held = self.held_lists[token.i] = tuple(self._listed(token))
        return list(held)

    def _listed(self, token: Token) -> list[Argument]:
        members = conjuncts(token)
        members += [named for member in members for named in named_after(member)]
        members += [named for member in members for named in self._in_brackets(member)]
        members += [member for member in listed_after(members[-1], self.formulas) if member not in members]
        found = [argument for member in members for argument in self.single(member)]
        # The members of a list are of one kind: an unknown name among materials is a material.
        kinds = {argument.kind for argument in found if argument.kind}
        if len(kinds) == 1 and len(found) > 1:
            shared = kinds.pop()
            found = [each if each.kind else replace(each, kind=shared) for each in found]
        # "no A or B", "neither A nor B": the denial reaches the whole list.
        if found and found[0].denied:
            found = [replace(each, denied=True) for each in found]
        return list(dict.fromkeys(found))

    def single(self, token: Token) -> tuple[Argument, ...]:
        """The things that one token stands for, coordination left aside."""
        held = self.held.get(token.i)
        if held is None:
            held = self.held[token.i] = tuple(self._read(token))
        return held

    def _read(self, token: Token) -> Iterator[Argument]:
        denied = _is_denied(token)
        parts = prepositional(token, words("of")) if token.lower_ in words("partitives") else ()
        if parts:
            # "most of the sulfides", "none of them"
            denied = token.lower_ in words("denying_determiners")
            for part in parts:
                yield from (replace(argument, denied=denied) for argument in self.arguments(part))
        elif token.i in self.antecedents:
            for mention in self.antecedents[token.i]:
                if is_nobody(self.doc[mention.head], mention):
                    continue
                yield replace(
                    self._of(mention),
                    start=token.idx,
                    end=token.idx + len(token),
                    head=token.i,
                    denied=denied,
                )
        elif (formula := self._formula_behind(token)) is not None:
            yield from self.single(formula)
        elif token.tag_ == "VBG" and token.pos_ in ("VERB", "NOUN") and _is_gerund(token):
            yield from self._gerund(token)
        else:
            for mention in self.mentions.get(token.i, ()):
                if mention.head == token.i:
                    found = self._noun(token, mention)
                    yield from (replace(each, denied=True) for each in found) if denied else found

    def _in_brackets(self, noun: Token) -> list[Token]:
        """The formulas that a plural stands for, right behind it: "lithium halides (LiCl, LiBr and LiI)"."""
        if noun.tag_ not in ("NNS", "NNPS") or noun.i + 1 >= len(self.doc) or noun.nbor().text != "(":
            return []
        end = next((token.i for token in self.doc[noun.i + 2 : noun.sent.end] if token.text == ")"), noun.i)
        found = [self.doc[at] for at in range(noun.i + 2, end) if at in self.formulas]
        return found if len(found) > 1 else []

    def _formula_behind(self, token: Token) -> Token | None:
        """The formula that a general name stands right before: "the halide electrolyte Li3InCl6"."""
        behind = apposed_behind(token)
        if behind is None or behind.i not in self.formulas:
            return None
        kinds = {
            kind
            for mention in self.mentions.get(token.i, ())
            for kind in (mention.kind, *(term.kind for term in mention.terms))
        }
        return behind if kinds == {"Material"} else None

    def owners(self, token: Token) -> list[Argument]:
        """Whose a thing is: "its structure"."""
        return [
            argument
            for child in token.lefts
            if child.dep_ == "poss" and child.i in self.antecedents
            for argument in self.single(child)
        ]

    def _noun(self, token: Token, mention: Mention) -> Iterator[Argument]:
        if is_nobody(token, mention):
            return
        if token.lemma_.lower() in words("owned") and (owners := self.owners(token)):
            yield from owners
            return
        if token.lemma_.lower() in words("cells"):
            yield from self._cell(token, mention)
            return
        yield self._of(mention)

    def _cell(self, token: Token, mention: Mention) -> Iterator[Argument]:
        """A cell stands for the material it is named after: "the X cell", "cells based on X"."""
        named = [self._of(inner) for inner in self._inside(mention)] or [
            argument
            for member in based_on(token)
            for argument in self.single(member)
            if argument.kind == "Material"
        ]
        for argument in named[:1] or [self._of(mention)]:
            yield replace(
                argument,
                start=min(mention.start, argument.start),
                end=max(mention.end, argument.end),
                head=token.i,
            )

    def _inside(self, mention: Mention) -> list[Mention]:
        return [
            inner
            for at in range(max(0, mention.head - 6), mention.head)
            for inner in self.mentions.get(at, ())
            if inner.start >= mention.start and inner.kind == "Material"
        ]

    def _gerund(self, verb: Token) -> Iterator[Argument]:
        """An act, named by its words: "replacing oxygen with sulfur"."""
        things = [child for child in verb.rights if child.dep_ == "dobj"]
        if not things:
            return
        if verb.lemma_ in words("handling"):
            for thing in (*things, *prepositional(verb, words("combined_with"))):
                yield from self.arguments(thing)
            return
        for member in map(_measured_out, conjuncts(things[0])):
            if member != things[0] and member.lemma_.lower() in words("mobile_ions"):
                continue  # "increasing the conductivity of electrons and ions"
            end = complement_end(member)
            act = " ".join([verb.lower_, *self.doc[_first(member) : end].text.split()])
            inner = [mention.names[0] for mention in self.mentions.get(member.i, ())[:1]]
            inner = [name for name in inner if not name.startswith(verb.lower_)]
            whole = []
            if (further := _further(verb, end)) is not None:
                # "replacing oxygen with sulfur"
                end = further.i + 1
                whole = [f"{act} {self.doc[further.head.left_edge.i : end].text}"]
            names = dict.fromkeys([*whole, act, *(f"{verb.lower_} {name}" for name in inner), *inner])
            last = self.doc[end - 1]
            terms = tuple(term for mention in self.mentions.get(verb.i, ()) for term in mention.terms)
            named = tuple(names)[:MOST_NAMES]
            yield Argument(named, "Strategy", verb.idx, last.idx + len(last), verb.i, terms=terms)

    def _of(self, mention: Mention) -> Argument:
        return Argument(
            names=mention.names,
            kind=mention.kind,
            start=mention.start,
            end=mention.end,
            head=mention.head,
            direction=direction_of(self.doc[mention.head], before=mention.term_start),
            terms=mention.terms,
        )


def read_passage(doc: Doc, mentions: Sequence[Mention], antecedents: Antecedents) -> PassageReader:
    """The reader of a parsed passage."""
    by_head: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_head[mention.head].append(mention)
    formulas = frozenset(mention.head for mention in mentions if mention.is_formula)
    return PassageReader(doc, by_head, antecedents, formulas)


def _measured_out(noun: Token) -> Token:
    """What an amount is of: Li3PO4 of "adding 1 mol% Li3PO4"."""
    if noun.lower_ not in words("shares"):
        return noun
    return next((child for child in noun.rights if child.dep_ in ("appos", "npadvmod")), noun)


def _is_denied(token: Token) -> bool:
    """Whether a noun or the list it stands in is denied: "no A", "neither A nor B"."""
    if any(child.lower_ in words("denying_determiners") for child in token.lefts):
        return True
    if token.dep_ == "conj" and any(child.dep_ == "neg" for child in token.lefts):
        return True  # "A and not B"
    listed = token.dep_ == "conj" and any(
        child.lower_ in words("alternatives") for child in token.head.rights
    )
    return listed and _is_denied(token.head)


def _further(verb: Token, at: int) -> Token | None:
    """What an act's object is replaced, filled or mixed with, right behind it."""
    for child in verb.rights:
        if child.i == at and child.dep_ == "prep" and child.lower_ in words("further"):
            return next((thing for thing in child.rights if thing.dep_ == "pobj"), None)
    return None


def _first(member: Token) -> int:
    start = member.left_edge.i
    while start < member.i and member.doc[start].pos_ in ("DET", "PRON", "CCONJ", "PUNCT"):
        start += 1
    return start


def _is_gerund(token: Token) -> bool:
    return token.dep_ in ("pcomp", "csubj", "nsubj", "conj", "ROOT", "pobj", "attr", "advcl") and any(
        child.dep_ == "dobj" for child in token.rights
    )
