"""Read what a verb of making, doping, coating or using demands: the method, the dopant, the role."""

from __future__ import annotations

from queries.form import Fact, Group, Side
from queries.parse.conditions import matching_condition, word_condition
from queries.parse.context import Reading
from queries.parse.draft import Draft, State
from queries.parse.groups import category, named_group
from queries.parse.naming import Named
from queries.parse.vocabulary import Verb, vocabulary_data
from queries.parse.words import grammar


def take_method(named: Named, draft: Draft, state: State, reading: Reading) -> None:
    """A method is a condition; things not made by it have no claim under that."""
    condition = matching_condition("method", named, reading.index)
    if state.negated and not draft.constants:
        draft.facts.append(Fact(conditions=(condition,), absent=True))
        state.negated = False
    else:
        draft.add_condition(condition)


def take_complement(verb: Verb, named: Named, draft: Draft, state: State, reading: Reading) -> bool:
    """Take a thing as what a waiting verb demands: the method, the dopant, or the coating."""
    relation, preposition = verb.relations[0], state.preposition
    if relation == "synthesized_by":
        if "SynthesisMethod" in named.kinds:
            take_method(named, draft, state, reading)
            return True
        if preposition in grammar("made_with") and draft.has_head and not named.is_class:
            draft.add_condition(matching_condition("solvent", named, reading.index))
            return True
        return False
    if relation == "used_as" and state.as_role:
        return _take_role(named, draft, state, reading)
    if (relation == "used_as") != (preposition == "as") or not (draft.has_head or relation == "used_as"):
        return False
    if relation == "doped_with" and preposition in ("in", "into", "to") and not verb.passive_object:
        return False
    other = named_group(named, reading.index)
    side: Side = "object" if _is_active(verb, preposition) else "subject"
    draft.facts.append(Fact(_relations(verb, named), side=side, other=other, absent=state.negated))
    state.negated = False
    return True


def _is_active(verb: Verb, preposition: str) -> bool:
    """Whether what is described does it to the complement: "used to coat LiCoO2"."""
    alone = verb.relations[0] in vocabulary_data()["said_alone"]
    return alone and verb.form in ("plain", "progressive") and not preposition


def _take_role(named: Named, draft: Draft, state: State, reading: Reading) -> bool:
    """ "Used as anode": what a claim says to be used so, not all that the ontology calls an anode."""
    roles = category(named, reading.index).roles
    if not roles or word_condition(named.text) in vocabulary_data()["condition_roles"]:
        return False
    other = Group(named.text, nodes=roles)
    draft.facts.append(Fact(("used_as",), other=other, absent=state.negated))
    state.negated = False
    return True


def _relations(verb: Verb, named: Named) -> tuple[str, ...]:
    """The relations of a verb; what contains sites or layers has them as its structure, too."""
    contains = verb.relations == ("composed_of",)
    return (*verb.relations, "has_structure") if contains and "Structure" in named.kinds else verb.relations
