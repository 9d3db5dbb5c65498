"""Read the names in a description: what is described, a condition, a complement of a verb, an element."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ontology.lexicon import local_name
from queries.form import Condition, Fact
from queries.parse.complements import take_complement, take_method
from queries.parse.conditions import matching_condition, property_conditions, word_condition
from queries.parse.context import Reading, UnreadError
from queries.parse.draft import Draft, State, unmeasured
from queries.parse.groups import named_group
from queries.parse.mentions import Mention
from queries.parse.naming import Named, bearers, is_any_system
from queries.parse.targets import is_head
from queries.parse.vocabulary import vocabulary_data
from queries.parse.words import grammar


def read_thing(named: Named, ahead: Sequence[Mention], draft: Draft, state: State, reading: Reading) -> int:
    """Take a name into the draft by what it names and where it stands.

    Returns how many of the mentions ahead it used up; raises UnreadError where it has no place.
    """
    if (draft.has_head or state.verb) and (fact := _fact_of_use(named, ahead, reading)):
        draft.facts.append(fact)
        return 2
    preposition, state.preposition = state.preposition, ""
    if named.element and not _is_substance(named, ahead, draft, state):
        return _read_element(named, ahead, draft, state, reading)
    if "Property" in named.kinds and "Material" not in named.kinds:
        if not _is_implied(named, draft):
            raise unmeasured(named, reading)
        reading.note(f"“{named.text}” only says what the {draft.uses[-1].measured.term.label} is of")
        return 0
    state.preposition = preposition
    used = _as_limit(named, ahead, draft, state, reading)
    state.preposition = ""
    if used is not None:
        return used
    if _is_sort(named, preposition, draft):
        _read_class(named, preposition, draft, state, reading)
    elif draft.has_head and preposition in grammar("means"):
        draft.others.append(named)
    elif draft.uses and preposition in ("from", "with") and (means := _means(named, preposition, reading)):
        draft.add_condition(means)
    elif draft.constants and not draft.joined:
        _read_second(named, draft, reading)
    else:
        draft.constants.append(named)
    draft.joined = False
    return 0


def check_sides(items: Sequence[Mention]) -> None:
    """Raise UnreadError for "the interphase between X and Y": it is neither of its sides."""
    lying = set(vocabulary_data()["lying_between"])
    kept = [item for item in items if item.kind != "verb"]
    for item, following in pairwise(kept):
        kinds = item.named.kinds if item.named else item.noun.kinds if item.noun else ()
        if lying & set(kinds) and following.kind == "preposition" and following.text == "between":
            raise UnreadError(
                f"nothing tells an {item.text} by the two things that it lies between; ask about the "
                f"{item.text} alone, or about one of the two"
            )


def _as_limit(
    named: Named, ahead: Sequence[Mention], draft: Draft, state: State, reading: Reading
) -> int | None:
    """Take a name as what limits the things: a condition, a complement, a system.

    None where it is none of these.
    """
    key, used = _condition_word(ahead)
    preposition = state.preposition
    described = draft.has_head or draft.uses or state.verb or draft.elements or draft.compound
    by_means = preposition in grammar("means") and bool(described)
    own = word_condition(named.text.split()[-1]) if by_means and not key else ""
    if own and (limit := matching_condition(own, named, reading.index)).values:
        # "with Li-In anodes"
        draft.add_condition(limit)
        return 0
    told = key == "level" or (by_means and not named.is_class)
    if key and told and "SynthesisMethod" not in named.kinds:
        draft.add_condition(matching_condition(key, named, reading.index))
        return used
    if state.verb and take_complement(state.verb, named, draft, state, reading):
        state.taken = True
        return 0
    if ahead and draft.has_head and (fact := _noun_fact(named, ahead[0], reading)):
        draft.facts.append(replace(fact, absent=state.lacking))
        state.lacking = False
        return 1
    if draft.facts and draft.facts[-1].relations == ("used_as",) and preposition in ("in", "for", "of"):
        draft.facts[-1] = replace(draft.facts[-1], context=named_group(named, reading.index))
        return 0
    if draft.uses and named.text.casefold() in vocabulary_data()["told_by_word"]:
        draft.conditions += property_conditions(named.text, (), reading.index)
        reading.note(f"“{named.text}” tells under which of the measurements")
        return 0
    if "SynthesisMethod" in named.kinds:
        take_method(named, draft, state, reading)
        return 0
    condition = _as_condition(named, by_means, draft, reading)
    if condition is not None:
        draft.add_condition(condition)
        return 0
    return None


def _as_condition(named: Named, by_means: bool, draft: Draft, reading: Reading) -> Condition | None:
    """The condition that a name is by itself: a form, a means that claims record."""
    if by_means and not named.kinds & {"Material", "Role"}:
        condition = matching_condition("", named, reading.index)
        if condition.values and (draft.constants or draft.uses or draft.quantities):
            return condition
    if "Structure" in named.kinds and (draft.constants or draft.classes):
        form = matching_condition("form", named, reading.index)
        return form if form.values else None
    return None


def _is_sort(named: Named, preposition: str, draft: Draft) -> bool:
    """Whether a name stands for all things of a sort: a class, a structure, a role, or what is ranked."""
    if named.is_class or (named.kinds & {"Role", "Structure"} and "Material" not in named.kinds):
        return True
    return (
        draft.compared and not preposition and not draft.has_head and bool(named.terms) and not named.formula
    )


def _is_substance(named: Named, ahead: Sequence[Mention], draft: Draft, state: State) -> bool:
    """Whether an element stands for the substance: "capacity of sulfur", not "containing sulfur"."""
    if not named.nodes or "Material" not in named.kinds or state.verb or state.lacking or state.negated:
        return False
    # "silicon-containing", "chlorine-doped", but "sulfur used as the cathode"
    verbs = ahead[0].verbs if ahead else ()
    within = bool(verbs) and not any(verb.relations == ("used_as",) for verb in verbs)
    sorted_by = draft.classes or draft.nouns or within or (ahead and is_head(ahead[0]))
    return not sorted_by and not (ahead and ahead[0].is_cue("free"))


def _noun_fact(named: Named, following: Mention, reading: Reading) -> Fact | None:
    """ "with LiNbO3 coating": the relation that the noun after a name tells."""
    noun = following.noun
    if noun is None or not noun.relations or noun.relations[0] not in vocabulary_data()["said_alone"]:
        return None
    return Fact(noun.relations, other=named_group(named, reading.index))


def _fact_of_use(named: Named, ahead: Sequence[Mention], reading: Reading) -> Fact | None:
    """ "With Sn as dopant": the relation that the noun behind "as" tells."""
    if len(ahead) < 2 or ahead[0].key != "as":
        return None
    return _noun_fact(named, ahead[1], reading)


def _means(named: Named, preposition: str, reading: Reading) -> Condition | None:
    """The condition that a name without a head before it is: a solvent, or behind "with" a part of a cell."""
    keys = ("solvent",) if preposition == "from" else ("electrolyte", "cathode", "anode")
    found = (matching_condition(key, named, reading.index) for key in keys)
    return next((condition for condition in found if condition.values), None)


def _condition_word(ahead: Sequence[Mention]) -> tuple[str, int]:
    """The condition that the next words tell, and how many they are: "anode", "as the solvent"."""
    if ahead and (key := word_condition(ahead[0].text)):
        return key, 1
    if len(ahead) > 1 and ahead[0].key == "as" and (key := word_condition(ahead[1].text)):
        return key, 2
    return "", 0


def _is_implied(named: Named, draft: Draft) -> bool:
    """Whether a property only says what another one is of: activation energy for ion hopping."""
    implied = vocabulary_data()["implied_by_property"]
    names = {local_name(iri) for term in named.terms for iri in (term.iri, *term.ancestors)}
    return any(names & set(implied.get(use.measured.key, ())) for use in draft.uses)


def _read_class(named: Named, preposition: str, draft: Draft, state: State, reading: Reading) -> None:
    """A class: what the things are, unless it stands beside the name of one of its members."""
    if draft.constants and preposition not in ("", *grammar("belonging")):
        condition = matching_condition("", named, reading.index)
        called = {node for constant in draft.constants for node in constant.nodes}
        if not condition.values and preposition in grammar("inside") and is_any_system(named):
            reading.pass_over(named.text)
            return
        if not condition.values and called & set(bearers(named, reading.index)):
            draft.classes.append(named)
            return
        if not condition.values:
            raise UnreadError(f"it is not clear how “{named.text}” belongs to {draft.constants[-1].text}")
        draft.add_condition(condition)
        return
    means = preposition in grammar("means") and named.kinds != {"Structure"}
    if draft.classes and draft.uses and means:
        condition = matching_condition("", named, reading.index)
        if condition.values:
            draft.add_condition(condition)
            return
    if draft.classes and preposition in grammar("inside") and is_any_system(named):
        reading.pass_over(named.text)
        return
    if draft.classes and draft.joined and draft.any_of_elements:
        draft.either.append((draft.classes[-1], named))
        draft.any_of_elements = False
    if state.negated and "Structure" in named.kinds:
        draft.facts.append(Fact(("has_structure",), other=named_group(named, reading.index), negated=True))
        state.negated = False
    else:
        draft.classes.append(named)


def _read_second(named: Named, draft: Draft, reading: Reading) -> None:
    """A second named thing, not joined to the first: a condition, if it is ever one."""
    condition = matching_condition("", named, reading.index)
    if not condition.values:
        raise UnreadError(f"it is not clear how “{named.text}” belongs to {draft.constants[-1].text}")
    draft.add_condition(condition)


def _read_element(
    named: Named, ahead: Sequence[Mention], draft: Draft, state: State, reading: Reading
) -> int:
    """An element: what is contained, what is lacking, or a dopant where a verb of doping stands by."""
    doping = state.verb if state.verb and state.verb.relations == ("doped_with",) else None
    used = 0
    if doping is None and ahead and ahead[0].kind == "verb":
        doping = next((verb for verb in ahead[0].verbs if verb.relations == ("doped_with",)), None)
        used = 1 if doping else 0
    if doping is not None:
        draft.facts.append(Fact(relations=doping.relations, other=named_group(named, reading.index)))
        state.taken = True
        return used
    if state.lacking or state.negated:
        draft.without.append(named.element)
        state.lacking = False
    elif draft.any_of_elements and draft.elements:
        draft.elements[-1] = (*draft.elements[-1], named.element)
        draft.any_of_elements = False
    else:
        draft.elements.append((named.element,))
    return 0
