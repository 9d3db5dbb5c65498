"""From a token to the things it stands for: coordination, antecedents, containers, gerunds, cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from extract.antecedents import find_antecedents
from extract.mentions import Mention
from extract.noun_phrases import complement_end, complements, conjuncts, is_direction, phrase_words
from extract.relations.data import words
from ontology.lexicon import Term

_MOST_NAMES = 4


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
        """The argument in a sense of one of the kinds, None where it has none ("argyrodite": material, structure)."""
        if (self.kind or "unknown") in kinds:
            return self
        term = next((term for term in self.terms if term.kind in kinds), None)
        return self.in_sense(term) if term else None

    def in_sense(self, term: Term) -> Argument:
        """The argument named and classified by one of its terms."""
        labels = {other.label for other in self.terms}
        names = (term.label, *(name for name in self.names if name not in labels))
        return replace(self, names=names[:_MOST_NAMES], kind=term.kind)


@dataclass(frozen=True, slots=True)
class PassageReader:
    """A parsed passage with its mentions by head token and its antecedents."""

    doc: Doc
    mentions: Mapping[int, Sequence[Mention]]
    antecedents: Mapping[int, tuple[Mention, ...]]
    formulas: frozenset[int]

    def arguments(self, token: Token) -> list[Argument]:
        """The things that a token and what is coordinated with it stand for, in text order."""
        members = conjuncts(token)
        members += [named for member in members for named in _named_after(member)]
        members += [member for member in self._listed(members[-1]) if member not in members]
        found = [argument for member in members for argument in self.single(member)]
        # The members of a list are of one kind: an unknown name among materials is a material.
        kinds = {argument.kind for argument in found if argument.kind}
        shared = kinds.pop() if len(kinds) == 1 and len(found) > 1 else ""
        return list(
            dict.fromkeys(replace(argument, kind=argument.kind or shared) for argument in found)
        )

    def _listed(self, token: Token) -> Iterator[Token]:
        """What follows a formula in a list, whatever the tree makes of it: "A, B system (b), C and D"."""
        if not self._is_formula_phrase(token):
            return
        at = token.i + 1
        while at < token.sent.end:
            word = self.doc[at]
            if word.text == "(":
                at = next((end + 1 for end in range(at, token.sent.end) if self.doc[end].text == ")"), token.sent.end)
                continue
            if word.text not in (",", "and", "or"):
                return
            head = self._next_formula_phrase(at + 1)
            if head is None:
                return
            if head.i != at + 1 or word.text != "," or head.i > token.i:
                yield head
            at = head.i + 1

    def _next_formula_phrase(self, at: int) -> Token | None:
        """The head of a phrase with a formula that starts at an index, perhaps behind "and" or a determiner."""
        for index in range(at, min(at + 4, len(self.doc))):
            token = self.doc[index]
            if index in self.formulas:
                following = self.doc[index + 1] if index + 1 < len(self.doc) else token
                return following if self._is_formula_phrase(following) and following.i not in self.formulas else token
            if token.text not in (",", "and", "or", "the", "a") and token.pos_ != "ADJ":
                return None
        return None

    def _is_formula_phrase(self, token: Token) -> bool:
        return token.i in self.formulas or any(
            index in self.formulas and self.doc[index].head == token for index in range(max(0, token.i - 2), token.i)
        )

    def single(self, token: Token) -> Iterator[Argument]:
        """The things that one token stands for, coordination left aside."""
        denied = any(child.lower_ in words("denying_determiners") for child in token.lefts)
        if token.i in self.antecedents:
            for mention in self.antecedents[token.i]:
                if _is_nobody(self.doc[mention.head], mention):
                    continue
                yield replace(self._of(mention), start=token.idx, end=token.idx + len(token), head=token.i, denied=denied)
        elif token.tag_ == "VBG" and token.pos_ in ("VERB", "NOUN") and _is_gerund(token):
            yield from self._gerund(token)
        else:
            for mention in self.mentions.get(token.i, ()):
                if mention.head == token.i:
                    yield from (replace(argument, denied=denied) for argument in self._noun(token, mention))

    def _noun(self, token: Token, mention: Mention) -> Iterator[Argument]:
        if _is_nobody(token, mention):
            return
        if token.lemma_.lower() in words("cells"):
            yield from self._cell(token, mention)
            return
        yield self._of(mention)

    def _cell(self, token: Token, mention: Mention) -> Iterator[Argument]:
        """A cell stands for the material it is named after: "the X cell", "cells based on X"."""
        named = [self._of(inner) for inner in self._inside(mention)] or [
            argument for member in _based_on(token) for argument in self.single(member) if argument.kind == "Material"
        ]
        for argument in named[:1] or [self._of(mention)]:
            yield replace(argument, start=min(mention.start, argument.start), end=max(mention.end, argument.end), head=token.i)

    def _inside(self, mention: Mention) -> list[Mention]:
        return [
            inner
            for at in range(max(0, mention.head - 6), mention.head)
            for inner in self.mentions.get(at, ())
            if inner.start >= mention.start and inner.kind == "Material"
        ]

    def _gerund(self, verb: Token) -> Iterator[Argument]:
        """"replacing oxygen with sulfur": an act, named by its words."""
        things = [child for child in verb.rights if child.dep_ == "dobj"]
        if not things:
            return
        last = things[0]
        if verb.lemma_ in words("handling"):
            yield from self.arguments(last)
            for child in verb.rights:
                if child.dep_ == "prep" and child.lower_ == "with" and verb.lemma_ == "combine":
                    yield from (argument for thing in child.rights if thing.dep_ == "pobj" for argument in self.arguments(thing))
            return
        for member in conjuncts(last):
            end = complement_end(member)
            text = " ".join(self.doc[verb.i : verb.i + 1].text.split() + self.doc[_first(member) : end].text.split())
            inner = [name for mention in self.mentions.get(member.i, ())[:1] for name in mention.names[:1] if not name.startswith(verb.lower_)]
            yield Argument(
                names=tuple(dict.fromkeys([text.lower() if verb.is_sent_start else text, *(f"{verb.lower_} {name}" for name in inner), *inner]))[:_MOST_NAMES],
                kind="Strategy",
                start=verb.idx,
                end=self.doc[end - 1].idx + len(self.doc[end - 1]),
                head=verb.i,
            )

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


def read_passage(doc: Doc, mentions: Sequence[Mention]) -> PassageReader:
    """The reader of a parsed passage."""
    by_head: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_head[mention.head].append(mention)
    formulas = frozenset(mention.head for mention in mentions if mention.is_formula)
    return PassageReader(doc, by_head, find_antecedents(doc, mentions), formulas)


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
    return token.lemma_.lower() in words("cells") or token.lemma_.lower() in ("cathode", "anode", "electrode")


def _named_after(noun: Token) -> Iterator[Token]:
    """The examples of a general noun that stands for them: "additives such as ZnO and LiI"."""
    if noun.lemma_.lower() in phrase_words()["containers"]:
        for _, inner in complements(noun, prepositions=frozenset({"of"})):
            yield from _named_after(inner)
        return
    if noun.lemma_.lower() not in words("exemplified"):
        return
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("as", "like", "including"):
            for thing in child.rights:
                if thing.dep_ == "pobj":
                    yield from conjuncts(thing)


def _is_nobody(token: Token, mention: Mention) -> bool:
    """Whether a mention names nothing that facts speak of: authors, studies, abstract nouns."""
    lemma = token.lemma_.lower()
    if lemma in words("nobodies") or _is_person(token, mention):
        return True
    return lemma in words("abstract") and not mention.terms


def _is_person(token: Token, mention: Mention) -> bool:
    """Whether a name is most likely an author's: one capitalised word that means nothing else."""
    if token.text.endswith("al."):
        return True
    return token.pos_ == "PROPN" and not mention.kind and token.text.istitle() and mention.text == token.text


def _based_on(cell: Token) -> Iterator[Token]:
    """What a cell is said to be made with: "based on X", "using X", "with X"."""
    for child in cell.rights:
        if child.dep_ == "prep" and child.lower_ in ("with", "of", "based"):
            inner = [grand for grand in child.rights if grand.dep_ == "prep"] if child.lower_ == "based" else [child]
            yield from (thing for preposition in inner for thing in preposition.rights if thing.dep_ == "pobj")
        elif child.dep_ == "acl" and child.lower_ in ("based", "using", "employing", "containing"):
            yield from (thing for thing in child.rights if thing.dep_ == "dobj")
            yield from (
                thing for preposition in child.rights if preposition.dep_ == "prep" for thing in preposition.rights if thing.dep_ == "pobj"
            )


def _first(member: Token) -> int:
    start = member.left_edge.i
    while start < member.i and member.doc[start].pos_ in ("DET", "PRON", "CCONJ", "PUNCT"):
        start += 1
    return start


def _is_gerund(token: Token) -> bool:
    return token.dep_ in ("pcomp", "csubj", "nsubj", "conj", "ROOT", "pobj", "attr", "advcl") and any(child.dep_ == "dobj" for child in token.rights)
