"""Whether a clause denies or hedges what it says: cues with their scope in the dependency tree."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.relations.data import words
from kg.model import Certainty, Polarity

#: Functions through which a governing verb has its say over an embedded clause.
_EMBEDDED = frozenset({"xcomp", "ccomp", "acomp", "advcl", "pcomp", "acl", "oprd", "csubj"})


def polarity(trigger: Token) -> Polarity:
    """Negated where an odd number of cues in the clause of the trigger, or over it, deny it."""
    denials = sum(_denies(token) for token in _scope(trigger, through=("xcomp", "acomp", "oprd", "ccomp")))
    return "negated" if denials % 2 else "affirmed"


def certainty(trigger: Token) -> Certainty:
    """Hypothesised where a modal, an adverb or a governing verb hedges the clause of the trigger."""
    hedged = any(_hedges(token) for token in _scope(trigger, through=(*_EMBEDDED, "conj", "relcl")))
    return "hypothesised" if hedged else "asserted"


def is_supposed(trigger: Token) -> bool:
    """Whether the clause of the trigger is a condition or a question: "if X is stable"."""
    clause = next(
        (token for token in (trigger, *trigger.ancestors) if token.pos_ in ("VERB", "AUX")), trigger
    )
    return any(child.dep_ == "mark" and child.lower_ in words("supposing") for child in clause.lefts)


def _scope(trigger: Token, *, through: tuple[str, ...]) -> Iterator[Token]:
    """The trigger and the verbs that govern it, nearest first."""
    token = trigger
    yield token
    for _ in range(6):
        if (
            (token.pos_ == "NOUN" and token.dep_ in ("dobj", "nsubjpass", "nsubj", "pobj", "attr", "conj"))
            or token.dep_ in through
            or (token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX") and not _restarts(token))
        ):
            token = token.head
        else:
            return
        yield token


def _restarts(token: Token) -> bool:
    """Whether a coordinated verb has a subject or auxiliary of its own, so that no earlier cue reaches it."""
    return any(child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for child in token.lefts)


def _denies(token: Token) -> bool:
    if any(_is_denial(child) for child in token.children):
        return True
    return token.lemma_.lower() in words("denying_verbs") or any(
        child.dep_ == "prep" and child.lower_ == "without" for child in (token.head,) if token.dep_ == "pcomp"
    )


def _is_denial(child: Token) -> bool:
    """Whether a word beside a verb denies it; "not only" does not."""
    if child.dep_ != "neg" and child.lower_ not in words("denying_adverbs"):
        return False
    following = child.nbor().lower_ if child.i + 1 < len(child.doc) else ""
    return following not in words("not_denied")


def _hedges(token: Token) -> bool:
    if token.lemma_.lower() in words("hedging_words"):
        return True
    return any(
        (child.dep_ == "aux" and child.lower_ in words("hedging_modals"))
        or (child.dep_ == "advmod" and child.lower_ in words("hedging_adverbs"))
        for child in token.children
    )
