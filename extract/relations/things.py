"""What is named at a place in a text, read from the words side by side: a thing, or a list of things.

Noun phrases stack names in ways that a dependency parser has not learnt ("an argyrodite electrolyte", "LiI,
LiCl and P2O5 doped Li3PS4"); the words in their order tell more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from extract.mentions import MOST_NAMES
from extract.noun_phrases import phrase_words
from extract.relations.arguments import Argument
from extract.relations.causes import EffectReader
from extract.relations.data import words
from extract.relations.joints import before_brackets, before_joint, behind_joint
from extract.relations.structure import is_compound
from ontology.formula import parse_formula
from ontology.formula_grammar import formula_data
from ontology.lexicon import Term, local_name

#: How many words may stand before a name and belong to its phrase, and behind it up to the phrase's head.
_BEFORE = 6
_BEHIND = 3
_LONGEST_ROLE = 3
_CLOSING = frozenset({"and", "or", "&", "/"})
_HYPHENS = ("-", "–", "‐")
_MODIFIER = frozenset({"compound", "nmod", "amod", "npadvmod", "nummod"})

Found = tuple[Sequence[Argument], int]


def things_right(effects: EffectReader, at: int, kinds: frozenset[str], *, single: bool) -> Found | None:
    """The things that a phrase or list starting at an index names, and the index behind it.

    ``kinds`` are kinds of the ontology, its classes (their subclasses are meant), "Formula" for what a
    formula of a compound names, "Named" for what a short form names ("PEO").
    """
    first = _thing_right(effects, at, kinds)
    if first is None:
        return None
    things, end = first
    while not single:
        joint = behind_joint(effects, end)
        following = _thing_right(effects, joint, kinds) if joint > end else None
        if following is None:
            break
        things, end = [*things, *following[0]], following[1]
    return list(dict.fromkeys(things)), end


def things_left(effects: EffectReader, at: int, kinds: frozenset[str], *, single: bool) -> Found | None:
    """The things that a phrase or list ending at an index names, and the index before it."""
    first = _thing_left(effects, at, kinds)
    if first is None:
        return None
    things, before = first
    closed = False
    while not single:
        joint = before_joint(effects, before)
        # names with commas alone between them are no list: "instead of A, B is used"
        closed = closed or any(word.lower_ in _CLOSING for word in effects.reader.doc[joint + 1 : before + 1])
        preceding = _thing_left(effects, joint, kinds) if joint < before and closed else None
        if preceding is None:
            break
        things, before = [*preceding[0], *things], preceding[1]
    return list(dict.fromkeys(things)), before


def thing_at(effects: EffectReader, token: Token, kinds: frozenset[str]) -> tuple[Argument, ...]:
    """What a token names, in a sense of one of the kinds."""
    held = effects.reader.held_by_kind
    key = (token.i, kinds)
    if key not in held:
        held[key] = tuple(_read_thing(effects, token, kinds))
    return held[key]


def _read_thing(effects: EffectReader, token: Token, kinds: frozenset[str]) -> list[Argument]:
    if (token.pos_ == "PRON" and token.i not in effects.reader.formulas) or _is_container(token):
        return []
    if "Dopant" not in kinds and token.text in formula_data()["elements"] and _is_prefix(token):
        return []
    if _is_prefix(token) and (_names_another(token) or _is_size(effects, token)):
        return []
    if any(kind.endswith("Role") for kind in kinds):
        return _role(effects, token, kinds)
    for arguments in (effects.reader.single(token), _by_itself(effects, token, kinds)):
        fitting = [fit for argument in arguments if (fit := _fitted(effects, argument, kinds))]
        if fitting:
            return [_as_written(effects, each) for each in fitting]
    return []


def _is_container(token: Token) -> bool:
    """Whether a noun presents what follows: "amounts of Li2S"."""
    following = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    return following == "of" and token.lemma_.lower() in phrase_words()["containers"]


def _is_size(effects: EffectReader, token: Token) -> bool:
    """Whether a word that the ontology does not know begins another one: "micro" of "micro-particles"."""
    mentions = effects.reader.mentions.get(token.i, ())
    return token.text.islower() and not any(mention.terms for mention in mentions)


def _names_another(token: Token) -> bool:
    """Whether a name only tells what another thing is like: "LiF" of "LiF-rich interphase"."""
    return token.i + 2 < len(token.doc) and token.nbor(2).lower_ in words("likening")


def _is_prefix(token: Token) -> bool:
    """Whether a hyphen joins a token to the word behind it: "S" of "S-phase"."""
    return token.i + 1 < len(token.doc) and token.nbor().text in _HYPHENS


def _role(effects: EffectReader, token: Token, kinds: frozenset[str]) -> list[Argument]:
    """The role that a phrase ending at a token names, whatever stands before: "Li-In counter electrode"."""
    doc = token.doc
    if token.pos_ not in ("NOUN", "PROPN"):
        return []
    for first in range(max(0, token.i + 1 - _LONGEST_ROLE), token.i + 1):
        if doc[first].pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
            continue
        span = doc[first : token.i + 1]
        terms = tuple(term for term in effects.lexicon.lookup(span.text) if _is_of(term, kinds))
        if terms and terms[0].kind == "Role":
            names = tuple(dict.fromkeys((terms[0].label, span.text)))
            return [Argument(names, "Role", span.start_char, span.end_char, token.i, terms=terms)]
    return []


def _fitted(effects: EffectReader, argument: Argument, kinds: frozenset[str]) -> Argument | None:
    """The argument in a sense of one of the kinds or classes; no whole cell, a lone ion only as a dopant."""
    formula = parse_formula(argument.names[0])
    if formula is not None and formula.kind == "ion" and len(formula.elements) == 1:
        return argument if "Dopant" in kinds else None
    if effects.reader.doc[argument.head].lemma_.lower() in words("cells"):
        return None
    if "Formula" in kinds and any(map(is_compound, argument.names)):
        # "75Li2S-25P2S5 glass" is a material, whatever its head is called
        return replace(argument, kind="Material")
    if "Named" in kinds and _has_short_name(argument):
        return argument
    fitting = argument.as_kind(kinds)
    if fitting:
        # a method that the ontology does not know is none in particular: "synthesis"
        return fitting if fitting.terms or fitting.kind != "SynthesisMethod" else None
    term = next((term for term in argument.terms if _is_of(term, kinds)), None)
    return argument.in_sense(term) if term else None


def _has_short_name(argument: Argument) -> bool:
    """Whether a material is named by a short form ("PEO"), not by what it does ("SE")."""
    kinds = {term.kind for term in argument.terms}
    return "Material" in kinds and "Role" not in kinds and not argument.names[-1][1:].islower()


def _is_of(term: Term, kinds: frozenset[str]) -> bool:
    """Whether a term is of one of the kinds or a subclass of one of the classes."""
    return term.kind in kinds or any(local_name(ancestor) in kinds for ancestor in term.ancestors[1:])


def _as_written(effects: EffectReader, argument: Argument) -> Argument:
    """The argument with its written name too, and with the name of the substance that it is at bottom.

    "Li" is the metal first of all; "carbon-coated silicon" is silicon, too.
    """
    doc = effects.reader.doc
    span = doc.char_span(argument.start, argument.end)
    written = " ".join(span.text.split()) if span is not None else argument.names[0]
    head = doc[argument.head].text
    names = (*argument.names[:2], written)
    terms = effects.lexicon.lookup(head) if argument.kind == "Material" else ()
    substances = [term.label for term in terms if term.kind == "Material"]
    if written in formula_data()["elements"]:
        names = (*substances, *names)
    elif head != written and substances and not any(term.kind == "Role" for term in terms):
        names = (*names, *substances, head)
    return replace(argument, names=tuple(dict.fromkeys(names))[:MOST_NAMES])


def _by_itself(effects: EffectReader, token: Token, kinds: frozenset[str]) -> Iterator[Argument]:
    """A word as a name of its own: "indium" of "indium anode", "milled" for milling, "W" of "W-doped"."""
    if "Dopant" in kinds and token.text in formula_data()["elements"]:
        yield _argument(token, (token.text,), "Dopant", ())
        return
    is_treatment = "SynthesisMethod" in kinds and (_is_attribute(token) or _is_hyphened(token))
    names = [token.text, *(_methods(token) if is_treatment else ())]
    kinds = kinds | {"Material"} if "Named" in kinds else kinds
    for name in names:
        terms = effects.lexicon.lookup(name)
        fitting = next((term for term in terms if _is_of(term, kinds)), None)
        if fitting:
            yield _argument(token, (fitting.label, token.text), fitting.kind, terms)
            return


def _argument(token: Token, names: tuple[str, ...], kind: str, terms: tuple[Term, ...]) -> Argument:
    return Argument(names, kind, token.idx, token.idx + len(token), token.i, terms=terms)


def _is_attribute(token: Token) -> bool:
    """Whether a participle modifies a noun; the tagger takes some for finite verbs."""
    return token.tag_ in ("VBN", "JJ") or (
        token.tag_ == "VBD" and not any(child.dep_ in ("nsubj", "nsubjpass") for child in token.lefts)
    )


def _is_hyphened(token: Token) -> bool:
    return token.i >= 2 and token.nbor(-1).text in _HYPHENS


def _methods(token: Token) -> list[str]:
    """The methods that a participle can mean: "ball-milled" is ball milling, else milling."""
    stems = (token.lemma_.lower(), token.lemma_.lower().removesuffix("e"), token.lower_.removesuffix("ed"))
    gerunds = [f"{stem}ing" for stem in stems]
    if _is_hyphened(token):
        before = token.nbor(-2).lower_
        return [*(f"{before} {gerund}" for gerund in gerunds), f"{before}-{token.lower_}", *gerunds]
    before = token.nbor(-1).lower_ if token.i else ""
    return [*(f"{before} {gerund}" for gerund in gerunds), *gerunds]


def _thing_right(effects: EffectReader, at: int, kinds: frozenset[str]) -> Found | None:
    doc = effects.reader.doc
    for index in range(at, min(at + _BEFORE, len(doc))):
        token = doc[index]
        if index > at and token.is_sent_start:
            return None
        things = thing_at(effects, token, kinds)
        if things:
            head = _phrase_head(effects, token)
            whole = thing_at(effects, head, kinds) if head != token else ()
            if whole and (not _is_symbolic(effects, token) or head.lemma_.lower() in phrase_words()["forms"]):
                return whole, head.i + 1
            return things, token.i + 1
        if not _is_modifier(token):
            return None
    return None


def _thing_left(effects: EffectReader, at: int, kinds: frozenset[str]) -> Found | None:
    doc = effects.reader.doc
    at = before_brackets(effects, at)
    things = thing_at(effects, doc[at], kinds) if at >= 0 else ()
    if not things:
        return None
    start = min(thing.start for thing in things)
    while at and doc[at].idx > start:
        at -= 1
    return things, at - 1


def _phrase_head(effects: EffectReader, token: Token) -> Token:
    """The head of the phrase that a name opens: "electrolyte" for "sulfide" of "sulfide electrolyte"."""
    head = token
    for index in range(token.i + 1, min(token.i + 1 + _BEHIND, len(token.doc))):
        if any(mention.start <= token.idx for mention in effects.reader.mentions.get(index, ())):
            head = token.doc[index]
    return head


def _is_symbolic(effects: EffectReader, token: Token) -> bool:
    """Whether a name is a formula or a short form, which means the same in front of a general noun."""
    return token.i in effects.reader.formulas or not token.text[1:].islower()


def _is_modifier(token: Token) -> bool:
    return (
        token.pos_ in ("DET", "ADJ", "ADV", "NUM")
        or token.tag_ in ("VBN", "VBG", "PRP$")
        or token.text in _HYPHENS
        or token.lower_ in phrase_words()["trimmed"]
        or (token.dep_ in _MODIFIER and token.head.i > token.i)
    )
