"""Which relation a word states: the kind of the object decides where one word serves several."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from extract.relations.arguments import Argument
from extract.relations.data import read
from ontology.lexicon import Lexicon, local_name


def relation_between(relation: str, subject: Argument, *, verb: str) -> str:
    """The relation with the subject considered: an active material that is reduced does not decompose.

    Only electrolytes and the like decompose by redox; sulfur that is reduced to a sulfide forms it.
    """
    if relation != "decomposes_to" or verb not in read("choice")["redox"]:
        return relation
    decomposing = any(
        local_name(ancestor) in read("choice")["decomposing"]
        for term in subject.terms
        for ancestor in term.ancestors
    )
    return relation if decomposing else "forms"


def relation_for(stated: Collection[str], thing: Argument, *, verb: str, lexicon: Lexicon) -> str:
    """The relation to an object of this kind among those that a word can state; empty where none fits.

    ``stated`` are the relation keys of the word, ``verb`` its lemma. A relation without a rule is stated
    where the object is of its range.
    """
    rules: Mapping[str, Mapping[str, str]] = read("choice")["kinds"]
    by_kind = rules.get(thing.kind) or rules["unknown"]
    if verb in read("choice")["attaining"]:
        if thing.kind == "Property":
            return "decreases" if thing.direction < 0 else "increases"
        stated = [key for key in stated if key in read("choice")["attained"]]
    if (
        thing.kind == "Property"
        and thing.direction < 0
        and "suppresses" in stated
        and "promotes" not in stated
    ):
        # what lessens a sluggish or poor thing betters it
        return "increases"
    if thing.kind == "Property" and "promotes" in stated and "increases" not in stated:
        return "decreases" if thing.direction < 0 else "increases"
    if thing.kind == "Material" and verb in read("choice")["placing"]:
        stated = [key for key in stated if key != "forms"]
    if not stated:
        return ""
    if verb in read("choice")["bettering"] and thing.names[0].split()[-1] in read("choice")["burdens"]:
        return "decreases"
    if not thing.kind and verb in read("choice")["ending"] and "suppresses" in stated:
        return "suppresses"
    if thing.kind == "FailureMechanism" and thing.direction < 0 and "promotes" in stated:
        # what leads to fewer cracks suppresses them
        return "suppresses"
    for key, relation in by_kind.items():
        if key in stated and _in_range(relation, thing.kind, lexicon):
            return relation
    return next((key for key in sorted(stated) if is_added(key) and _in_range(key, thing.kind, lexicon)), "")


def is_added(relation: str) -> bool:
    """Whether the choice has no rule for a relation: one that a module of the user's adds to the ontology."""
    return not any(relation in rules for rules in read("choice")["kinds"].values())


def _in_range(relation: str, kind: str, lexicon: Lexicon) -> bool:
    allowed = lexicon.relations[relation].range
    return not allowed or not kind or kind in allowed


def fits_subject(relation: str, thing: Argument, *, lexicon: Lexicon) -> bool:
    """Whether a thing of this kind can be the subject of a relation."""
    allowed = lexicon.relations[relation].domain
    return not allowed or not thing.kind or thing.kind in allowed
