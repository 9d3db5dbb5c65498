"""Of what kind a mention is: by its term, what its short form stands for, or the general noun it ends in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from extract.abbreviations import Abbreviations
from extract.noun_phrases import complements, phrase_words
from extract.term_index import TermMatch
from ontology.formula import find_formulas
from ontology.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Kinds:
    """Tells kinds in one passage; ``matches`` and ``formulas`` are its terms and formulas by head token."""

    lexicon: Lexicon
    abbreviations: Abbreviations
    matches: Mapping[int, TermMatch]
    formulas: Mapping[int, str]

    def of(self, head: Token, match: TermMatch | None) -> str:
        """The kind of the mention with a head and perhaps a term; empty where nothing tells it."""
        if match and not (
            match.terms[0].kind == "Structure" and (self._contains_formula(head) or _is_made(head, match))
        ):
            return match.terms[0].kind
        if match or head.i in self.formulas:
            return "Material"
        for long in self.abbreviations.expand(head.text):
            terms = self.lexicon.lookup(long)
            if terms:
                return terms[0].kind
            last = long.split()[-1]
            kind = _general(last.removesuffix("s"))
            terms = () if kind else self.lexicon.lookup(last)
            if kind or terms or find_formulas(long):
                return kind or (terms[0].kind if terms else "Material")
        if head.lemma_.lower() in phrase_words()["hollow"]:
            named = [child for child in head.lefts if child.dep_ == "compound"]
            matched = self.matches.get(named[-1].i) if named else None
            kind = matched.terms[0].kind if matched else _general(named[-1].lemma_) if named else ""
            if kind != "Environment":
                return kind or _general(head.lemma_)
        return _general(head.lemma_)

    def _contains_formula(self, head: Token) -> bool:
        """Whether a container holds a compound: "a thin film of Li3PO4"."""
        if head.lemma_.lower() not in phrase_words()["containers"]:
            return False
        return any(thing.i in self.formulas for _, thing in complements(head, prepositions=frozenset({"of"})))


def _is_made(head: Token, match: TermMatch) -> bool:
    """Whether a structure that is named alone stands for a material of it: "the oxide-doped glass"."""
    alone = match.first == match.last == head.i and _general(head.lemma_) == "Material"
    return alone and any(child.dep_ in ("compound", "amod") for child in head.lefts)


def _general(noun: str) -> str:
    """The kind that a general noun heads a name of, empty where it tells none."""
    return str(phrase_words()["heads"].get(noun.lower(), ""))
