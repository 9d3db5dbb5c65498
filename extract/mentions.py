"""What a passage speaks of: formulas, terms of the ontology and the noun phrases built on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extract.abbreviations import Abbreviations
from extract.mention_kinds import Kinds
from extract.noun_phrases import (
    complement_end,
    complements,
    coordinated_modifiers,
    heads_a_phrase,
    is_likened,
    is_qualified,
    phrase_root,
    phrase_start,
    phrase_words,
    turned_names,
    without_direction,
)
from extract.term_index import TermMatch, match_terms
from ontology.formula import find_formulas, parse_formula
from ontology.lexicon import Lexicon, Term

#: So many names an annotator gives to a thing at the most.
MOST_NAMES = 4
#: What joins the parts of a name that is a mixture by itself: S@C, Li2S-P2S5.
_JOINTS = frozenset("@/-–·")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a passage: ``passage.text[start:end]``, cut as an annotator would write it.

    ``names`` has the canonical name first, four at most. ``kind`` is empty where neither the ontology nor
    a general noun tells it. ``head`` is the index of the token that the grammar attaches to. ``terms`` are
    all terms of the name ("argyrodite" is a material and a structure), ``term`` is the first;
    ``term_start`` is the index of the token at which their name begins, -1 where there is none.
    """

    start: int
    end: int
    text: str
    names: tuple[str, ...]
    kind: str
    term: Term | None
    head: int
    is_formula: bool = False
    terms: tuple[Term, ...] = ()
    term_start: int = -1


def find_mentions(doc: Doc, *, lexicon: Lexicon, abbreviations: Abbreviations) -> tuple[Mention, ...]:
    """The mentions of a parsed passage in text order; one that only modifies another stands inside it.

    ``doc.text`` is the passage's text, with each formula as one token.
    """
    found = match_terms([token.text for token in doc], lexicon=lexicon)
    matches = {phrase_root(doc, match.first, match.last): match for match in found}
    formulas = _formulas(doc)
    kinds = Kinds(lexicon, abbreviations, matches, formulas)
    reader = _Reader(doc, doc.text, lexicon, abbreviations, matches, formulas, kinds)
    mentions = [mention for token in doc for mention in reader.at(token)]
    return tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end)))


def _formulas(doc: Doc) -> dict[int, str]:
    """Index of a formula's last token → its canonical form."""
    found = {}
    for match in find_formulas(doc.text):
        span = doc.char_span(match.start, match.end)
        if span is not None:
            found[span.end - 1] = match.formula.canonical
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the mentions of one passage; ``text`` is that of the doc, which makes it anew each time."""

    doc: Doc
    text: str
    lexicon: Lexicon
    abbreviations: Abbreviations
    matches: Mapping[int, TermMatch]
    formulas: Mapping[int, str]
    kinds: Kinds

    def at(self, token: Token) -> Iterator[Mention]:
        """The mentions whose last own word is the token."""
        named = token.i in self.formulas or token.i in self.matches
        if len(token) == 1 and not named:
            return
        if heads_a_phrase(token, named=named):
            yield from self._phrase(token)
        elif (
            token.i in self.formulas
            or token.i in self.matches
            or (token.pos_ in ("NOUN", "PROPN") and self.abbreviations.expand(token.text))
        ):
            yield self._inner(token)

    def _inner(self, token: Token) -> Mention:
        """A formula, term or short form that modifies a noun."""
        match = self.matches.get(token.i)
        first = min(match.first if match else token.i, phrase_start(token))
        return self._mention(token, first, token.i + 1, names=self._names(first, token.i + 1), match=match)

    def _phrase(self, head: Token) -> Iterator[Mention]:
        """The noun phrase of a head, once for each coordinated modifier ("ionic and electronic …")."""
        start = phrase_start(head)
        turned = self._turned(head)
        joined = self._joined(head, start) or turned
        match = self._without_direction(joined or self._match_at(head, start))
        start = min(start, match.first) if match else start
        # "capacity fading", where the grammar hangs "fading" on "capacity"
        end = max(head.i, match.last if match else 0) + 1
        if not any(character.isalpha() for character in self.doc[start:end].text):
            return
        label = [joined.terms[0].label] if joined else []
        others = set(self._known(self._text(start, end))) - set(label) if turned else ()
        for found in self._phrase_names(head, start, end, match):
            names = [*label, *(name for name in found if name not in others)]
            yield self._mention(head, start, end, names=names, match=match)

    def _match_at(self, head: Token, start: int) -> TermMatch | None:
        """The longest term that ends with the head inside the phrase, else one it is the root of."""
        match = self.matches.get(head.i)
        if match is not None and (match.first >= start or self._is_whole(match, head)):
            return match
        for first in range(start, head.i + 1):
            terms = self.lexicon.lookup(self._text(first, head.i + 1))
            if terms:
                return TermMatch(first, head.i, terms)
        return match

    def _turned(self, head: Token) -> TermMatch | None:
        """The property that a bare noun names with what it is of: "conductivity of electrons"."""
        found = [TermMatch(head.i, head.i, self.lexicon.lookup(name)) for name in turned_names(head)]
        return next((each for each in found if each.terms and each.terms[0].kind == "Property"), None)

    def _joined(self, head: Token, start: int) -> TermMatch | None:
        """The term before a stroke, for both: "lithium penetration/infiltration" is a penetration."""
        if head.i - 2 < start or head.nbor(-1).text != "/":
            return None
        match = self.matches.get(head.i - 2)
        whole = match is not None and match.first == start < match.last
        return TermMatch(start, head.i, match.terms) if match is not None and whole else None

    def _is_whole(self, match: TermMatch, head: Token) -> bool:
        """Whether a term begins with words that are else no part of a name: "critical current density"."""
        return match.last == head.i and self.doc[match.first].pos_ not in ("DET", "PRON")

    def _without_direction(self, match: TermMatch | None) -> TermMatch | None:
        """The property first where a failure names one: "increased resistance" is a resistance, increased."""
        if match is None or match.terms[0].kind != "FailureMechanism":
            return match
        bare = without_direction(self.doc, match.first, match.last + 1)
        if bare == match.first:
            return match
        properties = [
            term for term in self.lexicon.lookup(self._text(bare, match.last + 1)) if term.kind == "Property"
        ]
        return TermMatch(bare, match.last, (*properties, *match.terms)) if properties else match

    def _phrase_names(
        self, head: Token, start: int, end: int, match: TermMatch | None
    ) -> Iterator[list[str]]:
        variants = coordinated_modifiers(self.doc, start, head)
        named = [self._variant(words, head) for words in variants]
        if any(len(names) > 1 or names[0] != words for names, words in zip(named, variants, strict=True)):
            yield from named
            return
        kind = self.kinds.of(head, match)
        core = self._names(start, end)
        bare = without_direction(self.doc, start, end)
        failing = kind == "FailureMechanism" and match is not None and start < bare <= match.first
        names = [*self._names(bare, end), *core] if failing or (bare > start and kind == "Property") else core
        hollow = head.lemma_.lower() in phrase_words()["hollow"] and match is None
        if hollow and head.i > start and self.doc[head.i - 1].pos_ == "NOUN":
            core = [*core, self._text(start, head.i)]
            names = [*names, core[-1]]
        # "shuttle effect" is a term of its own, whatever it is an effect of
        whole = match is not None and match.first < head.i and kind in ("Property", "FailureMechanism")
        inner = [] if whole else self._contained(head)
        before = self.matches.get(head.i - 1)
        if (
            match is None
            and before
            and before.first >= start
            and before.terms[0].kind == kind == "SynthesisMethod"
        ):
            # "a ball milling method" is ball milling
            yield [*self._names(start, head.i), *names]
        elif inner:
            yield [*inner, *self._full(head, start), *names]
        elif len(names[0].split()) == 1 and kind not in ("Material", "SynthesisMethod"):
            yield [*self._full(head, start), *names]
        else:
            yield [*names[:2], *self._full(head, start), *names[2:]]

    def _variant(self, words: str, head: Token) -> list[str]:
        """The names of a variant; "cycle life and rate capability" holds one without the head."""
        known = self._known(words)
        short = words.removesuffix(head.text).strip()
        if not known and self._known(short):
            return [*self._known(short), short]
        return [*known, words]

    def _full(self, head: Token, start: int) -> list[str]:
        end = complement_end(head)
        return [self._text(start, end)] if end > head.i + 1 else []

    def _contained(self, head: Token) -> list[str]:
        """The names of what a container or process noun presents: "a series of sulfides"."""
        words = phrase_words()
        if head.lemma_.lower() not in words["containers"] and head.lemma_.lower() not in words["processes"]:
            return []
        for _, thing in complements(head, prepositions=frozenset({"of"})):
            names = self._names(phrase_start(thing), thing.i + 1)
            if head.lemma_.lower() in words["processes"]:
                said = names[0].endswith(f" {head.lemma_.lower()}")
                return names[:2] if said else [f"{names[0]} {head.lemma_.lower()}", names[0]]
            return names[:2]
        return []

    def _names(self, start: int, end: int) -> list[str]:
        """The names of a run of tokens: canonical, as written, without the general head of a formula."""
        written = self._text(start, end)
        last = self.doc[end - 1]
        formula = self.formulas.get(end - 1)
        if formula:
            names = [formula] if end - start == 1 else [formula, self._text(start, end)]
            return names if not is_qualified(self.doc, start, end - 1) else names[::-1]
        long_forms = self.abbreviations.expand(last.text)
        if long_forms:
            before = self._text(start, end - 1)
            long = [f"{before} {form}".strip() for form in long_forms[:2]]
            known = [label for form in (*long, written) for label in self._known(form)]
            return [*known[:1], *long[:1], written, *long[1:]]
        formulas = [
            self.formulas[at]
            for at in range(start, end - 1)
            if at in self.formulas and not is_likened(self.doc[at])
        ]
        named = formulas[-1] if formulas else self._abbreviated(end - 2) if end - start > 1 else ""
        if named and phrase_words()["heads"].get(last.lemma_.lower()) == "Material":
            with_head = f"{named} {last.text}"
            keep = last.lemma_.lower() in phrase_words()["forms"]
            if last.lemma_.lower() in phrase_words()["mixed"] and _JOINTS.isdisjoint(named):
                return [with_head, written]
            return [with_head, named, written] if keep else [named, with_head, written]
        return [*self._known(written), written]

    def _abbreviated(self, index: int) -> str:
        """The formula that a token abbreviates: LGPS is Li10GeP2S12."""
        expanded = self.abbreviations.expand(self.doc[index].text)
        return next((long for long in expanded if parse_formula(long) is not None), "")

    def _known(self, name: str) -> list[str]:
        """The label of the term that bears a name."""
        terms = self.lexicon.lookup(name)
        return [terms[0].label] if terms else []

    def _mention(
        self, head: Token, start: int, end: int, *, names: Iterable[str], match: TermMatch | None
    ) -> Mention:
        first, last = self.doc[start], self.doc[end - 1]
        return Mention(
            start=first.idx,
            end=last.idx + len(last),
            text=self._text(start, end),
            names=tuple(dict.fromkeys(name for name in names if name))[:MOST_NAMES],
            kind=self.kinds.of(head, match),
            term=match.terms[0] if match else None,
            head=head.i,
            is_formula=head.i in self.formulas,
            terms=match.terms if match else (),
            term_start=match.first if match else -1,
        )

    def _text(self, start: int, end: int) -> str:
        last = self.doc[end - 1]
        return " ".join(self.text[self.doc[start].idx : last.idx + len(last)].split())
