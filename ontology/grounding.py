"""From a name to a thing: the ontology's term that bears it, the formula that it is, or a minted IRI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ontology.composition import class_by_composition, nearly_equal
from ontology.formula import Formula, parse_formula
from ontology.lexicon import TERMS, THINGS, Lexicon, Term
from ontology.names import coordinators, describing_words, form_words, normalise, prepositions, slug

Reason = Literal["label", "alternative label", "formula", "description", "head", "minted"]

#: How many leading words may qualify a term's name ("dense garnet pellet" is no garnet of its own IRI).
_MOST_QUALIFIERS = 4


@dataclass(frozen=True, slots=True)
class Grounding:
    """What a name stands for, and why.

    ``term`` is the class the thing belongs to: its own where a label matched, the class of its composition
    for a formula, the class of its head words ("growth of Li dendrites along grain boundaries") where only
    those matched, None where nothing did. A name shares the thing of a term or a formula where it is one of
    its names (label, alternative label, formula) or adds only what kind of thing it is (description:
    "LGPS pellet"); any other name keeps an IRI of its own. So do a formula of a term that bears formulas of
    several compositions (Ti3+ and Ti4+ of titanium) and a list ("solid electrolytes and lithium metal").
    ``formula`` is set where the name has one.
    """

    iri: str
    label: str
    kind: str
    term: Term | None
    reason: Reason
    formula: Formula | None = None


def ground(names: str | Sequence[str], *, lexicon: Lexicon, kind: str = "") -> Grounding:
    """The thing that the names stand for: the first that the lexicon or the formula parser knows decides.

    Names known to neither may still hold one: "LGPS pellet" is LGPS. ``kind`` is preferred among several
    terms of one name and is kept for a minted thing.
    """
    names = (names,) if isinstance(names, str) else tuple(names)
    for name in names:
        found = _known(name, kind, lexicon) or _described(name, kind, lexicon)
        if found is not None:
            return found
    label = names[0]
    head = _head_term(label, kind, lexicon)
    reason: Reason = "head" if head else "minted"
    return Grounding(thing_iri(label), label, kind or (head.kind if head else ""), head, reason)


@lru_cache(maxsize=65536)
def thing_iri(label: str) -> str:
    """The IRI of the thing with a canonical label.

    >>> thing_iri("Li10GeP2S12")
    'https://w3id.org/lithograph/id/Li10GeP2S12'
    """
    return THINGS + slug(label)


def _known(name: str, kind: str, lexicon: Lexicon) -> Grounding | None:
    """The thing of a name that the lexicon has or that is a formula as a whole."""
    term = _choose(lexicon.lookup(name), kind)
    formula = parse_formula(name)
    if term is None and formula is not None:
        term = _choose(lexicon.lookup(formula.canonical), kind)
    if term is not None and formula is not None and not _bears(term, formula):
        label = formula.canonical
        return Grounding(thing_iri(label), label, term.kind, term, "formula", formula)
    if term is not None:
        reason: Reason = "label" if normalise(name) == normalise(term.label) else "alternative label"
        return Grounding(thing_iri(term.label), term.label, term.kind, term, reason, formula)
    if formula is None or formula.kind == "element":
        return None
    term = lexicon.terms.get(TERMS + class_by_composition(formula))
    label = formula.canonical
    return Grounding(thing_iri(label), label, kind or "Material", term, "formula", formula)


def _bears(term: Term, formula: Formula) -> bool:
    """Whether a formula is that of the thing with the term's label, not one of several members' formulas."""
    if not _is_determined(formula):
        return True
    own = parse_formula(term.label)
    formulas = (own,) if own is not None and _is_determined(own) else _formulas(term)
    return all(nearly_equal(other, formula) for other in formulas)


@lru_cache(maxsize=4096)
def _formulas(term: Term) -> tuple[Formula, ...]:
    """The determined formulas among the names of a term."""
    return tuple(found for name in term.names if (found := parse_formula(name)) and _is_determined(found))


def _is_determined(formula: Formula) -> bool:
    """Whether a formula is of one compound or ion: no family, no element, no series between two compounds."""
    return formula.kind in ("compound", "ion") and not formula.generic


def _choose(terms: Sequence[Term], kind: str) -> Term | None:
    """Of several terms of one name the one of the wanted kind, else the likeliest."""
    return next((term for term in terms if term.kind == kind), terms[0] if terms else None)


def _described(name: str, kind: str, lexicon: Lexicon) -> Grounding | None:
    """The thing of a name within the name; the other words say what kind of thing it is, or its form."""
    words = name.split()
    if not 2 <= len(words) <= 2 * _MOST_QUALIFIERS or prepositions().intersection(words) or _is_list(words):
        return None
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size + 1):
            core = _known(" ".join(words[start : start + size]), kind, lexicon)
            if core is None or (kind and core.kind != kind):
                continue
            before, after = words[:start], words[start + size :]
            if _describe(before, core, lexicon) and _describe(after, core, lexicon):
                return replace(core, reason="description")
            if core.kind == "Material" and _are_forms(after, core):
                return replace(core, iri=thing_iri(name), label=name, reason="head")
    return None


def _describe(words: Sequence[str], core: Grounding, lexicon: Lexicon) -> bool:
    """Whether words only say what the core is: words of its kind, or the name of a class it belongs to."""
    described = describing_words(core.kind)
    key = normalise(" ".join(words)).split()
    if described.issuperset(key):
        return True
    above = core.term.ancestors if core.term else ()
    rest = " ".join(word for word in key if word not in described)
    return any(term.iri in above for name in (" ".join(words), rest) for term in lexicon.lookup(name))


def _is_list(words: Sequence[str]) -> bool:
    return not coordinators().isdisjoint(words)


def _are_forms(words: Sequence[str], core: Grounding) -> bool:
    known = describing_words(core.kind) | form_words()
    return known.issuperset(normalise(" ".join(words)).split())


def _head_term(name: str, kind: str, lexicon: Lexicon) -> Term | None:
    """The term named by the longest run of last words: of the name, or of what is before a preposition."""
    words = name.replace("-", " ").split()
    if _is_list(words):
        return None
    cuts = [at for at, word in enumerate(words) if at and word in prepositions()]
    for end in (len(words), *reversed(cuts)):
        head = words[:end]
        for skipped in range(0 if cuts else 1, min(len(head), _MOST_QUALIFIERS + 1)):
            candidates = lexicon.lookup(" ".join(head[skipped:]))
            found = next((term for term in candidates if not kind or term.kind == kind), None)
            if found:
                return found
    return None
