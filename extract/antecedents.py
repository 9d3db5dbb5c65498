"""Who is meant: the earlier mention that a pronoun, "this electrolyte" or "which" stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extract.antecedent_words import SUBJECTS, antecedent_words, is_plural, verb_of
from extract.mentions import Mention
from extract.relative_clauses import is_relative, relative_antecedent

#: What ties a clause to the one that it goes on from.
_HUNG_ON = frozenset({"advcl", "conj"})


#: Token index of an anaphor's head → the mentions it stands for.
Antecedents = Mapping[int, tuple[Mention, ...]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An earlier mention with what decides whether it is meant."""

    mention: Mention
    sentence: int
    token: Token

    @property
    def is_subject(self) -> bool:
        """Whether it is the subject of a clause of its own: not A of "the layer that A forms"."""
        return self.token.dep_ in SUBJECTS and self.token.head.dep_ != "relcl"

    @property
    def is_plural(self) -> bool:
        return is_plural(self.token) or any(child.dep_ == "conj" for child in self.token.rights)


def find_antecedents(doc: Doc, mentions: Sequence[Mention]) -> Antecedents:
    """Token index of an anaphor's head → the mentions it stands for; those without any are left out.

    Candidates are ranked by what the field's texts do: same kind or same general noun, subject before object,
    the nearest sentence first (after Lappin and Leass, 1994).
    """
    by_head: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_head[mention.head].append(mention)
    sentences = {token.i: number for number, sentence in enumerate(doc.sents) for token in sentence}
    found: dict[int, tuple[Mention, ...]] = {}
    candidates: list[_Candidate] = []
    for token in doc:
        kinds = _asks_for(token, by_head.get(token.i, []))
        if kinds is not None:
            antecedent = (
                relative_antecedent(token, by_head, found)
                if is_relative(token)
                else _apposition(token, by_head) or _gone_on_with(token, by_head, found)
            )
            if antecedent is None:
                antecedent = _best(token, kinds, candidates, sentences[token.i])
            if antecedent:
                found[token.i] = antecedent
        if token.i in found:
            # The antecedent is fresh again: "It … . It …".
            candidates.extend(
                _Candidate(mention, sentences[token.i], token)
                for mention in found[token.i]
                if not _is_empty(mention)
            )
        elif kinds is None:
            candidates.extend(
                _Candidate(mention, sentences[token.i], token)
                for mention in by_head.get(token.i, [])
                if _can_be_meant(mention) and (mention.is_formula or token.pos_ in ("NOUN", "PROPN"))
            )
    return found


def _asks_for(token: Token, mentions: Sequence[Mention]) -> frozenset[str] | None:
    """The kinds that an anaphor can stand for (empty: any); None where the token is no anaphor."""
    data = antecedent_words()
    if is_relative(token) or token.lower_ in data["possessives"]:
        return frozenset()
    if token.pos_ == "PRON" or (token.pos_ == "DET" and token.dep_ in (*SUBJECTS, "pobj", "dobj")):
        if token.lower_ in data["pronouns"] and not _is_expletive(token) and not _is_author(token):
            return frozenset()
        return None
    if not mentions or any(mention.is_formula for mention in mentions):
        return None
    determiner = next(
        (
            child.lower_
            for child in token.lefts
            if child.dep_ in ("det", "predet", "amod") and child.lower_ in data["determiners"]
        ),
        "",
    )
    noun = token.lemma_.lower()
    modified = len(mentions[0].text.split()) > 1
    named = modified and mentions[0].term is not None
    if (determiner in data["demonstratives"] and not named) or (
        determiner == "the" and noun in data["definite"] and not modified
    ):
        kind = data["general"].get(noun)
        return frozenset(kind) if kind else None
    return None


def _apposition(token: Token, by_head: Mapping[int, Sequence[Mention]]) -> tuple[Mention, ...]:
    """What a general noun is called right behind it: "the product, Li3PS4, …"."""
    return tuple(
        mention
        for child in token.rights
        if child.dep_ == "appos"
        for mention in by_head.get(child.i, ())
        if mention.is_formula
    )


def _gone_on_with(
    token: Token, by_head: Mapping[int, Sequence[Mention]], found: Mapping[int, tuple[Mention, ...]]
) -> tuple[Mention, ...] | None:
    """What the subject means that "it" or "they" goes on with; None where it goes on with none.

    "The layer is thick, because it …" speaks of the layer even where nobody knows which one that is.
    """
    subject = _subject_before(token)
    if subject is None:
        return None
    if subject.lower_ in antecedent_words()["partitives"]:
        # "most of the layer …, and it"
        of = [child for child in subject.rights if child.lower_ == "of"]
        subject = next((thing for child in of for thing in child.rights if thing.dep_ == "pobj"), subject)
    meant = found.get(subject.i) or by_head.get(subject.i, ())
    return tuple(mention for mention in meant if _can_be_meant(mention))


def _subject_before(token: Token) -> Token | None:
    """The subject of the clause that the clause of "it", "they" or a stray "which" hangs on."""
    if token.dep_ not in SUBJECTS or token.lower_ not in antecedent_words()["subjects"]:
        return None
    clause = verb_of(token)
    while clause is not None and clause.dep_ in _HUNG_ON:
        governor = clause.head
        subject = next((child for child in governor.lefts if child.dep_ in SUBJECTS), None)
        if subject is not None:
            fits = subject.lower_ in (token.lower_, *antecedent_words()["partitives"]) or (
                subject.pos_ in ("NOUN", "PROPN") and is_plural(subject) == (token.lower_ == "they")
            )
            return subject if subject.i < token.i and (fits or token.lower_ == "which") else None
        clause = governor
    return None


def _best(
    token: Token, kinds: frozenset[str], candidates: Sequence[_Candidate], sentence: int
) -> tuple[Mention, ...]:
    """The highest-ranked candidate of this sentence and the two before, with what is coordinated with it."""
    plural = token.lower_ in antecedent_words()["plural"] or is_plural(token)
    best: tuple[float, int] | None = None
    winner: _Candidate | None = None
    noun = token.lemma_.lower()
    usual = antecedent_words()["usual"].get(noun)
    for candidate in candidates:
        distance = sentence - candidate.sentence
        if distance > 2 or (kinds and candidate.mention.kind not in kinds):
            continue
        if distance == 0 and (_same_clause(candidate.token, token) or _is_inside(token, candidate.token)):
            continue
        rank = -2.0 * distance + 2.0 * candidate.is_subject
        rank += 1.0 * (candidate.token.lemma_.lower() == noun) + 1.0 * candidate.mention.is_formula * bool(
            kinds
        )
        rank += 1.0 * (candidate.is_plural == plural) + 1.0 * (candidate.mention.kind == usual)
        rank -= 1.0 * (candidate.token.dep_ in ("compound", "amod", "nmod"))
        rank += 0.5 * (candidate.token.dep_ == "dobj")
        # "the record for A belongs to a sample": A
        hollow = candidate.mention.term is None and not candidate.mention.is_formula
        rank -= 1.0 * (hollow and candidate.token.lemma_.lower() in antecedent_words()["general"])
        # "A is a poor conductor": A, not the conductor
        rank -= 2.0 * (candidate.token.dep_ == "attr")
        if best is None or (rank, candidate.token.i) >= best:
            best = (rank, candidate.token.i)
            winner = candidate
    if winner is None:
        return ()
    if not plural:
        return (winner.mention,)
    group = {winner.token.i, *(other.i for other in winner.token.conjuncts)}
    return tuple(
        candidate.mention
        for candidate in candidates
        if candidate.token.i in group and candidate.sentence == winner.sentence
    )


def _is_inside(anaphor: Token, candidate: Token) -> bool:
    """Whether "the composite" is part of the candidate itself: "the cells employing the composite"."""
    return anaphor.pos_ == "NOUN" and candidate in anaphor.ancestors and candidate.pos_ in ("NOUN", "PROPN")


def _same_clause(candidate: Token, anaphor: Token) -> bool:
    """Whether both are arguments of one verb: "it" is never the other argument of its own verb."""
    verb = verb_of(anaphor)
    return verb is not None and verb_of(candidate) == verb and anaphor.dep_ in ("nsubj", "nsubjpass", "dobj")


def _is_expletive(token: Token) -> bool:
    """ "It is believed that …", "it would be difficult to …": nobody is meant."""
    if token.lower_ != "it":
        return False
    verb = token.head
    if any(
        child.dep_ in ("ccomp", "csubj", "csubjpass")
        or (child.dep_ == "xcomp" and child.tag_ == "VB" and verb.lemma_ == "be")
        for child in verb.rights
    ):
        return True
    return any(
        grand.dep_ in ("ccomp", "xcomp")
        for child in verb.rights
        if child.dep_ in ("acomp", "attr")
        for grand in child.rights
    )


def _is_author(token: Token) -> bool:
    """ "They adopted X": people do that."""
    return (
        token.lower_ == "they"
        and token.dep_ == "nsubj"
        and token.head.lemma_.lower() in antecedent_words()["researching"]
    )


def _can_be_meant(mention: Mention) -> bool:
    return not _is_empty(mention) and (mention.kind not in ("", "Role", "Environment") or mention.is_formula)


def _is_empty(mention: Mention) -> bool:
    """Whether a mention is a general noun that says nothing by itself: "issues"."""
    return mention.term is None and mention.text.lower() in antecedent_words()["empty"]
