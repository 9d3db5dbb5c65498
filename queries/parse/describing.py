"""Read a description: what things are, are made of, how they were made, and what was measured on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ontology.lexicon import MeasuredProperty, local_name
from queries.form import Condition, Fact
from queries.parse.conditions import matching_condition, word_condition
from queries.parse.context import Reading, Unread
from queries.parse.draft import Draft, PropertyUse, measured_by, unmeasured
from queries.parse.groups import named_group
from queries.parse.mentions import Mention
from queries.parse.naming import Named
from queries.parse.targets import is_head
from queries.parse.vocabulary import Noun, Verb, vocabulary_data

#: Question words that say nothing of the things described.
_PASSED = ("which", "what", "list", "and", "both", "among", "rank", "than", "or", "aux", "define", "whether", "cycling", "type_of", "how_much", "count", "how")  # fmt: skip
_MEANS = frozenset(
    {"in", "from", "with", "using", "by", "via", "against", "without", "on", "under", "through"}
)


@dataclass(slots=True)
class _State:
    """Where the reading of a description stands: the words that wait for what they govern."""

    preposition: str = ""
    verb: Verb | None = None
    negated: bool = False
    lacking: bool = False
    taken: bool = False
    comparator: str = ""


def read_description(items: Sequence[Mention], reading: Reading, *, compared: bool = False) -> Draft:
    """The draft of a description; ``compared`` where a comparison stands around it.

    Raises Unread where a word has no place in it.
    """
    items = [item for item in items if item.kind != "light"]
    draft, state = Draft(words=[item.text for item in items]), _State()
    draft.made = any(_is_making(item) for item in items)
    draft.properties = sum(measured_by(item, reading) is not None for item in items)
    draft.compared = any(item.is_cue("most", "least") for item in items) or compared
    place = 0
    while place < len(items):
        place += 1 + _read(items[place], items[place + 1 :], draft, state, reading)
    if state.lacking:
        _mark_absent(draft)
    _close_verb(draft, state)
    return draft


def _close_verb(draft: Draft, state: _State) -> None:
    """ "Which cathodes have been coated": a verb without complement says that there is some."""
    if state.verb and not state.taken and state.verb.relations[0] in vocabulary_data()["said_alone"]:
        draft.facts.append(Fact(state.verb.relations, absent=state.negated))


def _is_making(item: Mention) -> bool:
    """Whether a mention says that something is made."""
    made = any(verb.relations == ("synthesized_by",) for verb in item.verbs)
    return made or (item.named is not None and "SynthesisMethod" in item.named.kinds)


def _read(item: Mention, ahead: Sequence[Mention], draft: Draft, state: _State, reading: Reading) -> int:
    """Take one mention into the draft; returns how many of the next mentions it used up."""
    measured = measured_by(item, reading) or (_variable(item, reading) if draft.made else None)
    agent = item.text.split()[-1] in vocabulary_data()["agents"]
    if measured is not None and agent and (not draft.compared or draft.properties > 1):
        raise Unread(f"“{item.text}” names things here, not a property")
    if measured is not None:
        draft.uses.append(PropertyUse(measured, item.first, absent=state.lacking, after=state.preposition))
        state.lacking, state.preposition = False, ""
    elif item.fact is not None:
        draft.facts.append(replace(item.fact, negated=state.negated))
    elif item.kind == "preposition":
        state.preposition = item.key
    elif item.kind == "loose":
        reading.note(f"“{item.text}” sets no limit that could be applied")
    elif item.kind == "cue":
        _read_cue(item, ahead, draft, state, reading)
    elif item.kind == "comparator":
        state.comparator = item.key
    elif item.kind == "quantity":
        draft.quantities.append((item, state.comparator, state.preposition))
        state.comparator, state.preposition = "", ""
    elif item.kind == "year":
        draft.years = _years(item, state.comparator, draft.years)
        state.comparator = ""
    elif item.kind == "number":
        _read_number(item, draft, state)
    elif item.kind == "composition":
        draft.compound.extend(item.elements)
    elif item.kind == "verb":
        _read_verb(item, draft, state)
    elif item.kind == "noun" and item.noun:
        _read_noun(item, item.noun, draft, state)
    elif item.kind == "thing" and item.named:
        return _read_thing(item.named, ahead, draft, state, reading)
    else:
        raise Unread(f"“{item.text}” does not fit into the rest of the question")
    return 0


def _read_noun(item: Mention, noun: Noun, draft: Draft, state: _State) -> None:
    """A noun is what is described, or says again what a name before it is: "ball milling route", "LGPS structure"."""
    if noun.sources or (noun.relations and not draft.has_head and not draft.conditions):
        raise Unread(f"“{item.text}” does not fit into the rest of the question")
    named_before = bool(draft.conditions) if noun.key == "method" else draft.has_head
    if draft.has_head and noun.relations and not named_before:
        raise Unread(f"“{item.text}” does not fit into the rest of the question")
    if not draft.has_head:
        draft.nouns.append(noun)
    state.preposition = ""


def _variable(item: Mention, reading: Reading) -> MeasuredProperty | None:
    """What a bare "temperature" or "time" is where something is made."""
    label = item.named.label if item.named else item.text
    key = vocabulary_data()["made_variables"].get(label)
    return reading.lexicon.properties[key] if key else None


def _read_cue(item: Mention, ahead: Sequence[Mention], draft: Draft, state: _State, reading: Reading) -> None:
    if item.is_cue("most", "least"):
        draft.highest = item.is_cue("most")
    elif item.is_cue("top"):
        draft.highest = True if draft.highest is None and item.text != "first" else draft.highest
    elif item.is_cue("lacking"):
        state.lacking = True
        if not ahead or ahead[0].is_cue("and", "or"):
            _mark_absent(draft)
            state.lacking = False
    elif item.is_cue("not"):
        state.negated = True
    elif item.is_cue("free") and draft.elements:
        draft.without.extend(draft.elements.pop())
    elif item.is_cue("room_temperature"):
        draft.conditions.append(room_temperature())
    elif item.is_cue("any_temperature"):
        draft.conditions.append(Condition("temperature_C", "any temperature", stated=False))
    elif item.is_cue("initial"):
        draft.conditions.append(Condition("cycles", "first cycle", low=1, high=1))
    elif item.is_cue("high", "low"):
        reading.note(f"“{item.text}” sets no limit that could be applied")
    elif item.is_cue("or", "and"):
        draft.any_of_elements = item.is_cue("or")
        draft.joined = True
    elif not item.is_cue(*_PASSED):
        raise Unread(f"“{item.text}” does not fit into the rest of the question")


def room_temperature(*, default: bool = False) -> Condition:
    """The condition that a claim was found at room temperature, or says nothing of temperature."""
    data = vocabulary_data()["room_temperature"]
    low, high = data["value"] - data["tolerance"], data["value"] + data["tolerance"]
    return Condition("temperature_C", "room temperature", low=low, high=high, stated=False, default=default)


def _mark_absent(draft: Draft) -> None:
    """ "… is missing": the last property that is not yet said to be absent."""
    if draft.uses:
        draft.uses[-1].absent = True


def _years(
    item: Mention, comparator: str, years: tuple[int | None, int | None]
) -> tuple[int | None, int | None]:
    year = item.number
    if comparator == "since":
        return (year, years[1])
    if comparator == "until":
        return (years[0], year)
    return (year, year)


def _read_number(item: Mention, draft: Draft, state: _State) -> None:
    if state.comparator and item.quantity:
        draft.quantities.append((item, state.comparator, state.preposition))
        state.comparator = ""
    elif item.number and 0 < item.number <= 100:
        draft.count = item.number
    else:
        raise Unread(f"the number {item.text} has no unit and does not count anything in the question")


def _read_verb(item: Mention, draft: Draft, state: _State) -> None:
    """A verb of making, doping, containing … waits for its complement; any other has no place here."""
    typed = vocabulary_data()["participial"]
    verbs = [verb for verb in item.verbs if verb.relations[0] in typed and not verb.inverse]
    if not verbs:
        if any(verb.happening for verb in item.verbs):
            return
        raise Unread(f"“{item.text}” does not fit into the rest of the question")
    made = next((verb for verb in verbs if verb.relations == ("synthesized_by",)), None)
    if verbs[0].relations != ("used_as",) or state.verb is None:
        _close_verb(draft, state)
        state.verb, state.taken = made or verbs[0], False


def _read_thing(named: Named, ahead: Sequence[Mention], draft: Draft, state: _State, reading: Reading) -> int:
    preposition, state.preposition = state.preposition, ""
    if named.element and not _is_substance(named, ahead, draft, state):
        return _read_element(named, ahead, draft, state, reading)
    if "Property" in named.kinds and "Material" not in named.kinds:
        if not _is_implied(named, draft):
            raise unmeasured(named, reading)
        return 0
    key, used = _condition_word(ahead)
    given = not named.is_class and (draft.has_head or draft.uses) and preposition in _MEANS
    if key and given and "SynthesisMethod" not in named.kinds:
        draft.conditions.append(matching_condition(key, named, reading.index))
        return used
    if state.verb and _take_complement(state.verb, named, preposition, draft, state, reading):
        state.taken = True
        return 0
    if ahead and draft.has_head and (fact := _noun_fact(named, ahead[0], reading)):
        draft.facts.append(replace(fact, absent=state.lacking))
        state.lacking = False
        return 1
    if draft.facts and draft.facts[-1].relations == ("used_as",) and preposition in ("in", "for", "of"):
        context = named_group(named, reading.index)
        draft.facts[-1] = replace(draft.facts[-1], context=context)
        return 0
    form = matching_condition("form", named, reading.index)
    if preposition in _MEANS and (draft.constants or draft.uses) and "SynthesisMethod" not in named.kinds:
        condition = matching_condition("", named, reading.index)
        if condition.values and not named.kinds & {"Material", "Role"}:
            draft.conditions.append(condition)
            return 0
    if "SynthesisMethod" in named.kinds:
        draft.conditions.append(matching_condition("method", named, reading.index))
    elif form.values and (draft.constants or draft.classes) and "Structure" in named.kinds:
        draft.conditions.append(form)
    elif _is_sort(named, preposition, draft):
        _read_class(named, preposition, draft)
    elif draft.has_head and preposition in _MEANS:
        draft.others.append(named)
    elif draft.constants and not draft.joined:
        _read_second(named, draft, reading)
    else:
        draft.constants.append(named)
    draft.joined = False
    return 0


def _is_sort(named: Named, preposition: str, draft: Draft) -> bool:
    """Whether a name stands for all things of a sort: a class, a structure, a role, or what is ranked."""
    if named.is_class or (named.kinds & {"Role", "Structure"} and "Material" not in named.kinds):
        return True
    return (
        draft.compared and not preposition and not draft.has_head and bool(named.terms) and not named.formula
    )


def _is_substance(named: Named, ahead: Sequence[Mention], draft: Draft, state: _State) -> bool:
    """Whether the name of an element stands for the substance: "capacity of sulfur", not "containing sulfur"."""
    if not named.nodes or "Material" not in named.kinds or state.verb or state.lacking or state.negated:
        return False
    sorted_by = draft.classes or draft.nouns or (ahead and (is_head(ahead[0]) or ahead[0].kind == "verb"))
    return not sorted_by and not (ahead and ahead[0].is_cue("free"))


def _noun_fact(named: Named, following: Mention, reading: Reading) -> Fact | None:
    """ "with LiNbO3 coating": the relation that the noun after a name tells."""
    noun = following.noun
    if noun is None or not noun.relations or noun.relations[0] not in vocabulary_data()["said_alone"]:
        return None
    return Fact(noun.relations, other=named_group(named, reading.index))


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
    names = {local_name(term.iri) for term in named.terms}
    return any(names & set(implied.get(use.measured.key, ())) for use in draft.uses)


def _read_class(named: Named, preposition: str, draft: Draft) -> None:
    """A class: what the things are, unless it stands beside the name of one of its members."""
    if draft.constants and preposition not in ("", "of", "as"):
        raise Unread(f"it is not clear how “{named.text}” belongs to {draft.constants[-1].text}")
    draft.classes.append(named)


def _read_second(named: Named, draft: Draft, reading: Reading) -> None:
    """A second named thing, not joined to the first: a condition, if it is ever one."""
    condition = matching_condition("", named, reading.index)
    if not condition.values:
        raise Unread(f"it is not clear how “{named.text}” belongs to {draft.constants[-1].text}")
    draft.conditions.append(condition)


def _take_complement(
    verb: Verb, named: Named, preposition: str, draft: Draft, state: _State, reading: Reading
) -> bool:
    """Take a thing as what a waiting verb demands: the method, the dopant, the coating …"""
    relation = verb.relations[0]
    if relation == "synthesized_by":
        if "SynthesisMethod" in named.kinds:
            draft.conditions.append(matching_condition("method", named, reading.index))
            return True
        if preposition in ("in", "from", "with", "using", "by") and draft.has_head and not named.is_class:
            draft.conditions.append(matching_condition("solvent", named, reading.index))
            return True
        return False
    if (relation == "used_as") != (preposition == "as") or not (draft.has_head or relation == "used_as"):
        return False
    if relation == "doped_with" and preposition in ("in", "into", "to") and not verb.passive_object:
        return False
    other = named_group(named, reading.index)
    draft.facts.append(Fact(verb.relations, other=other, absent=state.negated))
    state.negated = False
    return True


def _read_element(
    named: Named, ahead: Sequence[Mention], draft: Draft, state: _State, reading: Reading
) -> int:
    """An element: what is contained, what is lacking, or a dopant where a verb of doping stands by."""
    doping = state.verb if state.verb and state.verb.relations == ("doped_with",) else None
    used = 0
    if doping is None and ahead and ahead[0].kind == "verb":
        doping = next((verb for verb in ahead[0].verbs if verb.relations == ("doped_with",)), None)
        used = 1 if doping else 0
    if doping is not None:
        draft.facts.append(Fact(relations=doping.relations, other=named_group(named, reading.index)))
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
