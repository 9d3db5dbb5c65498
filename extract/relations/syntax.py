"""Who does what in a dependency tree: subjects and objects through passives, relatives and participles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extract.noun_phrases import is_direction
from extract.relations.data import words

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb with its logical subjects (what acts or causes) and logical objects (what is acted on)."""

    verb: Token
    passive: bool
    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]


def frame(verb: Token) -> Frame:
    """The frame of a verb; either side is empty where the sentence leaves it out."""
    passive = is_passive(verb)
    surface = surface_subjects(verb)
    if passive:
        return Frame(verb, passive, tuple(agents(verb)), tuple(surface))
    objects = [
        child for child in verb.rights if child.dep_ in ("dobj", "dative", "oprd") and child.pos_ != "ADP"
    ]
    # An object relative has its object in front: "the layer that X forms".
    if not objects:
        objects = [child for child in verb.lefts if child.dep_ == "dobj"] or _described_object(verb)
    return Frame(verb, passive, tuple(surface), tuple(objects))


def _described_object(verb: Token) -> list[Token]:
    """ "The layer that X forms", where "that" is taken for a conjunction: the layer."""
    own = [child for child in verb.lefts if child.dep_ in _SUBJECTS]
    that = [child for child in verb.lefts if child.lower_ == "that" and child.dep_ == "mark"]
    return [verb.head] if verb.dep_ == "relcl" and own and that else []


def is_passive(verb: Token) -> bool:
    """Whether the grammatical subject of a verb is acted on."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.lefts):
        return True
    if verb.tag_ != "VBN" or any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.lefts):
        return False
    if verb.dep_ == "conj":
        return is_passive(verb.head) if verb.head.pos_ in ("VERB", "AUX") else True
    return verb.dep_ in ("acl", "advcl", "amod", "ccomp", "xcomp", "ROOT")


def agents(verb: Token, *, active: bool = False) -> list[Token]:
    """What a passive names as its doer or means: by …, through …, via …, using …; ``active``: not with …."""
    means = words("fronted_means") if active else words("means")
    found = prepositional(verb, words("doer")) or prepositional(verb, means)
    for child in verb.rights:
        if child.dep_ in ("advcl", "acl", "prep", "pcomp") and child.lower_ in words("using"):
            found.extend(thing for thing in child.rights if thing.dep_ in ("dobj", "pobj"))
    for child in verb.lefts:
        if child.dep_ == "prep" and child.lower_ in words("fronted_means"):
            found.extend(thing for thing in child.rights if thing.dep_ in ("pobj", "pcomp"))
    if (
        not found
        and verb.dep_ == "conj"
        and verb.head.pos_ == "VERB"
        and is_passive(verb.head)
        and not _has_own_subject(verb)
    ):
        return agents(verb.head)
    return found


def prepositional(token: Token, prepositions: frozenset[str]) -> list[Token]:
    """The objects of the prepositions right of a token, gerunds included."""
    found: list[Token] = []
    for child in token.rights:
        if (
            child.dep_ in ("prep", "agent", "dative")
            and child.lower_ in prepositions
            and child.nbor(-1).lower_ not in words("set_aside")
        ):
            found.extend(thing for thing in child.rights if thing.dep_ in ("pobj", "pcomp"))
    return found


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject of a verb, sought in the clause it depends on where it has none of its own."""
    own = _own_subjects(verb)
    if own and verb.dep_ == "relcl" and own[0].tag_ in ("WDT", "WP") and presented(verb.head) != verb.head:
        return [presented(verb.head)]
    if own or depth > _DEEPEST:
        return own
    head, role = verb.head, verb.dep_
    if role == "conj" and head.pos_ in ("VERB", "AUX"):
        return surface_subjects(head, depth + 1)
    if role == "acl" and verb.tag_ == "VBG" and _goes_on(verb):
        clause = next((ancestor for ancestor in head.ancestors if ancestor.pos_ in ("VERB", "AUX")), None)
        return causes_of_clause(clause, depth + 1) if clause is not None else [presented(head)]
    if role in ("relcl", "acl"):
        return [presented(head)]
    if role == "xcomp":
        controlled = [child for child in head.rights if child.dep_ == "dobj" and child.i < verb.i]
        if controlled and head.lemma_ in words("object_control"):
            return controlled
        return surface_subjects(head, depth + 1)
    if role in ("advcl", "ccomp", "acomp", "oprd", "dep"):
        return causes_of_clause(head, depth + 1) if role == "advcl" else surface_subjects(head, depth + 1)
    return _of_gerund(verb, depth) if role == "pcomp" and head.dep_ == "prep" else []


def _of_gerund(verb: Token, depth: int) -> list[Token]:
    """The subject of a gerund behind a preposition: that of the clause, or the noun before."""
    preposition, governor = verb.head, verb.head.head
    if preposition.lower_ == "than" or (preposition.lower_ in words("changing_with") and is_direction(verb)):
        return []  # "Y falls with increasing X": nobody increases it
    if preposition.lower_ in words("means") and governor.pos_ == "VERB" and is_passive(governor):
        return []  # "Y was raised by optimizing X": nobody in the sentence optimizes
    if governor.pos_ in ("VERB", "AUX", "ADJ"):
        return causes_of_clause(governor, depth + 1)
    if preposition.lower_ in words("of") and governor.lemma_.lower() in words("nothings"):
        return []  # "the effect of reducing X": nobody reduces it
    return [presented(governor)]


def _own_subjects(verb: Token) -> list[Token]:
    own = [child for child in verb.lefts if child.dep_ in _SUBJECTS]
    if not own:
        # the parser sometimes hangs the subject on the auxiliary
        auxiliaries = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")]
        own = [child for auxiliary in auxiliaries for child in auxiliary.lefts if child.dep_ in _SUBJECTS]
    if not own:
        return _swallowed(verb, verb.head) if verb.dep_ == "conj" else own
    if (before := _before_role(own[0], verb)) is not None:
        return [before]
    return (_swallowed(verb, own[0]) or own) if _is_finite_clause(own[0]) else own


def _before_role(subject: Token, verb: Token) -> Token | None:
    """The cell of "cells employing X as the cathode show …", where the cathode is taken for the subject."""
    at = subject.left_edge.i - 1
    if subject.lemma_.lower() not in words("roles") or at < 1 or verb.doc[at].lower_ != "as":
        return None
    noun = verb.doc[at - 1]
    if verb.doc[at].dep_ != "mark" or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    return noun.head.head if noun.head.dep_ == "acl" else noun


def _is_finite_clause(subject: Token) -> bool:
    """Whether what was taken for a subject is the whole clause before: no clause with "will" is one."""
    return subject.dep_ in ("csubj", "csubjpass") and any(child.tag_ == "MD" for child in subject.lefts)


def _swallowed(verb: Token, clause: Token) -> list[Token]:
    """The subject of a coordinated clause that the parser took for the end of the clause before.

    "Resistance grows in the cathode and cracks will form": cathode and cracks.
    """
    auxiliaries = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")]
    if not auxiliaries or auxiliaries[0].i < 2:
        return []
    before = auxiliaries[0].nbor(-1)
    swallowed = before.dep_ == "conj" and before.pos_ in ("NOUN", "PROPN") and before.head.dep_ == "pobj"
    return [before] if swallowed and before.head.i > clause.i else []


def rest_objects(verb: Token, rest: Sequence[str]) -> list[Token]:
    """What follows the words after the verb: "lead to Y", "give rise to Y"."""
    *between, preposition = rest
    token = verb
    for word in between:
        following = next((child for child in token.rights if child.lower_ == word), None)
        if following is None:
            return []
        token = following
    found = prepositional(token, frozenset({preposition}))
    return found or (prepositional(verb, frozenset({preposition})) if between else [])


def _goes_on(participle: Token) -> bool:
    """Whether a participle behind a noun belongs to the whole clause: "…, thus improving Y"."""
    return any(child.lower_ in words("consequently") for child in participle.lefts)


def purpose_of(verb: Token) -> Token | None:
    """The passive without a doer whose purpose an infinitive says: "was milled" for "to raise Y"."""
    done = verb.head
    purpose = verb.tag_ == "VB" and verb.dep_ in ("xcomp", "advcl")
    if not purpose or done.pos_ != "VERB" or not is_passive(done) or agents(done):
        return None
    return done if any(child.lower_ == "to" for child in verb.lefts) else None


def causes_of_clause(verb: Token, depth: int = 0) -> list[Token]:
    """What a participle or purpose clause that hangs on a verb has as its subject.

    The doer or means of a passive where it is named ("Y is prevented by X, improving Z"), else the subject.
    """
    if verb.pos_ in ("VERB", "AUX") and is_passive(verb):
        doers = agents(verb)
        if doers:
            return doers
    return surface_subjects(verb, depth)


def _has_own_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.lefts)


def presented(noun: Token) -> Token:
    """ "X is an effective way to …": X does it, not the way."""
    if (
        noun.dep_ == "dobj"
        and noun.lemma_.lower() in words("abilities")
        and noun.head.lemma_.lower() in words("having_ability")
    ):
        return next(iter(surface_subjects(noun.head, 1)), noun)
    if noun.lemma_.lower() in words("abilities") and (owner := _owner_of_ability(noun)) is not None:
        return owner
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "one":
        one = noun.head.head
        return presented_by(one, noun) if one.dep_ == "attr" else noun
    return presented_by(noun, noun)


def _owner_of_ability(noun: Token) -> Token | None:
    """ "Their potential to …", "the ability of X to …": they, X."""
    if not any(child.dep_ in ("acl", "relcl") and child.tag_ == "VB" for child in noun.rights):
        return None
    owners = [child for child in noun.lefts if child.dep_ == "poss"]
    return next(iter((*owners, *prepositional(noun, words("of")))), None)


def presented_by(place: Token, noun: Token) -> Token:
    """What a presenting noun stands for; ``place`` has its place in the clause ("one" of "one of …")."""
    if place.dep_ == "attr" or (place.dep_ == "pobj" and place.head.lower_ == "as"):
        verb = place.head if place.dep_ == "attr" else place.head.head
        subjects = surface_subjects(verb, 1) if verb.pos_ in ("VERB", "AUX") else []
        if subjects and noun.lemma_.lower() in words("presenters") | words("causes") | words("obstacles"):
            return subjects[0]
    return noun
