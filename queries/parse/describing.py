"""Read a description: what things are, are made of, how they were made, and what was measured on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ontology.lexicon import MeasuredProperty, local_name
from queries.form import Condition, Fact
from queries.parse.conditions import matching_condition, property_conditions
from queries.parse.context import Reading, UnreadError
from queries.parse.dating import with_year
from queries.parse.draft import Draft, PropertyUse, State, ion_of, is_making, measured_by
from queries.parse.mentions import Mention
from queries.parse.naming import resolve
from queries.parse.things import check_sides, read_thing
from queries.parse.vocabulary import trailing_comparators, vocabulary_data

#: Question words that say nothing of the things described.
_PASSED = (
    "which",
    "what",
    "list",
    "and",
    "both",
    "among",
    "than",
    "or",
    "aux",
    "define",
    "whether",
    "cycling",
    "type_of",
    "how_much",
    "count",
    "how",
)


def read_description(items: Sequence[Mention], reading: Reading, *, compared: bool = False) -> Draft:
    """The draft of a description; ``compared`` where a comparison stands around it.

    Raises UnreadError where a word has no place in it.
    """
    items = [item for item in items if item.kind != "light"]
    check_sides(items)
    draft, state = Draft(words=[item.text for item in items]), State()
    draft.made = any(map(is_making, items))
    draft.properties = sum(measured_by(item, reading) is not None for item in items)
    draft.compared = any(item.is_cue("most", "least", "how_much") for item in items) or compared
    place = 0
    while place < len(items):
        place += 1 + _read(items[place], items[place + 1 :], draft, state, reading)
    if state.lacking:
        _mark_absent(draft)
    _close_verb(draft, state)
    return draft


def _close_verb(draft: Draft, state: State) -> None:
    """ "Which cathodes have been coated": a verb without complement says that there is some."""
    if state.verb and not state.taken and state.verb.relations[0] in vocabulary_data()["said_alone"]:
        draft.facts.append(Fact(state.verb.relations, absent=state.negated))


def _read(item: Mention, ahead: Sequence[Mention], draft: Draft, state: State, reading: Reading) -> int:
    """Take one mention into the draft; returns how many of the next mentions it used up."""
    measured = measured_by(item, reading) or (_variable(item, reading) if draft.made else None)
    agents = vocabulary_data()["agents"]
    last = item.text.split()[-1]
    if measured is not None and last in agents and (not draft.compared or draft.properties > 1):
        sort = resolve(agents[last], reading.index)
        if sort is None or len(item.text.split()) > 1:
            raise UnreadError(f"“{item.text}” names things here, not a property")
        reading.note(f"“{item.text}” was read as {sort.label}")
        draft.classes.append(replace(sort, is_class=True))
    elif measured is not None:
        draft.uses.append(_use(item, measured, draft, state, reading))
        state.lacking, state.preposition = False, ""
    elif item.kind == "thing" and item.named:
        return read_thing(item.named, ahead, draft, state, reading)
    elif item.noun is not None and state.as_role and (role := resolve(item.text, reading.index)):
        return read_thing(role, ahead, draft, state, reading)
    elif item.kind == "cue":
        _read_cue(item, ahead, draft, state, reading)
    elif item.kind == "loose":
        reading.pass_over(item.text)
    else:
        _read_word(item, draft, state)
    return 0


def _use(
    item: Mention, measured: MeasuredProperty, draft: Draft, state: State, reading: Reading
) -> PropertyUse:
    if item.kind == "property" and item.named is not None:
        # "annealing time": the time of that step alone
        step = matching_condition("method", item.named, reading.index)
        return PropertyUse(measured, item.first, absent=state.lacking, conditions=(step,), text=item.text)
    if ion := ion_of(item.text):
        draft.ions.append(ion)
    terms = item.named.terms if item.named else ()
    classes = {local_name(term.iri) for term in terms if term.iri != measured.term.iri}
    told = property_conditions(item.text, classes, reading.index) if classes else ()
    return PropertyUse(measured, item.first, absent=state.lacking, conditions=told, text=item.text)


def _read_word(item: Mention, draft: Draft, state: State) -> None:
    """Take a mention that needs nothing else to be understood.

    Raises UnreadError for what has no place here.
    """
    reader = _WORD_READERS.get(item.kind)
    if reader is None:
        raise UnreadError(f"“{item.text}” does not fit into the rest of the question")
    reader(item, draft, state)


def _read_fact(item: Mention, draft: Draft, state: State) -> None:
    if item.fact is not None and item.fact == Fact(conditions=item.fact.conditions):
        draft.conditions += item.fact.conditions
    elif item.fact is not None:
        draft.facts.append(replace(item.fact, negated=state.negated))


def _read_preposition(item: Mention, draft: Draft, state: State) -> None:  # noqa: ARG001
    state.preposition = item.key


def _read_comparator(item: Mention, draft: Draft, state: State) -> None:
    # "higher than about 5 V": that a value is rough does not undo on which side of it the limit is
    if draft.quantities and item.text in trailing_comparators():
        quantity, _ = draft.quantities[-1]
        draft.quantities[-1] = (quantity, item.key)
    elif not (item.key == "~" and state.comparator):
        state.comparator = item.key


def _read_quantity(item: Mention, draft: Draft, state: State) -> None:
    draft.quantities.append((item, state.comparator))
    state.comparator, state.preposition = "", ""


def _read_year(item: Mention, draft: Draft, state: State) -> None:
    draft.years = with_year(item, state.comparator, draft.years)
    open_range = state.comparator == "between" and draft.years[1] is None
    state.comparator = "between" if open_range else ""


def _read_composition(item: Mention, draft: Draft, state: State) -> None:  # noqa: ARG001
    without = vocabulary_data()["compositions_without"]
    excluded = without.get(item.text, without.get(item.text.removesuffix("s"), ()))
    # "oxides and halides": what both exclude
    draft.none_of = [each for each in excluded if each in draft.none_of or not draft.compound]
    draft.compound.extend(item.elements)


def _read_elements(item: Mention, draft: Draft, state: State) -> None:  # noqa: ARG001
    draft.elements.extend((symbol,) for symbol in item.elements)


def _read_noun(item: Mention, draft: Draft, state: State) -> None:
    """A noun is what is described, or says again what a name before it is: "ball milling route"."""
    noun = item.noun
    assert noun is not None
    # what goes wrong is no sort of thing by which others could be described
    empty = noun.key == "problem" or (noun.key == "factor" and draft.has_head)
    if noun.sources or empty or (noun.relations and not draft.has_head and not draft.conditions):
        raise UnreadError(f"“{item.text}” does not fit into the rest of the question")
    named_before = bool(draft.conditions) if noun.key == "method" else draft.has_head
    repeated = named_before and bool(set(noun.kinds) & _kinds_of(draft))
    if draft.has_head and noun.relations and not repeated:
        raise UnreadError(f"“{item.text}” does not fit into the rest of the question")
    if not draft.has_head:
        draft.nouns.append(noun)
    state.preposition, draft.joined, draft.any_of_elements = "", False, False


def _kinds_of(draft: Draft) -> set[str]:
    """The kinds of what a description has named so far."""
    named = {kind for each in (*draft.constants, *draft.classes) for kind in each.kinds}
    methods = {"SynthesisMethod"} if draft.conditions else set()
    return named | methods | {kind for noun in draft.nouns for kind in noun.kinds}


def _variable(item: Mention, reading: Reading) -> MeasuredProperty | None:
    """What a bare "temperature" or "time" is where something is made."""
    label = item.named.label if item.named else item.text
    key = vocabulary_data()["made_variables"].get(label)
    return reading.lexicon.properties[key] if key else None


def _read_cue(item: Mention, ahead: Sequence[Mention], draft: Draft, state: State, reading: Reading) -> None:
    if item.is_cue("most", "least"):
        draft.highest = item.is_cue("most")
    elif item.is_cue("top"):
        draft.highest = True if draft.highest is None and item.text != "first" else draft.highest
    elif item.is_cue("rank", "ordinal"):
        draft.ordered = item.is_cue("rank")
        draft.rank_place = vocabulary_data()["ordinals"].get(item.text, 1)
    elif item.is_cue("lacking"):
        state.lacking = True
        if not ahead or ahead[0].is_cue("and", "or"):
            _mark_absent(draft)
            state.lacking = False
    elif item.is_cue("not"):
        state.negated = bool(ahead)
        if not ahead:
            _mark_absent(draft)
    elif item.is_cue("free") and draft.elements:
        draft.without.extend(draft.elements.pop())
    elif (condition := _said_condition(item)) is not None:
        draft.conditions.append(condition)
    elif item.is_cue("high", "low"):
        reading.pass_over(item.text)
    elif item.is_cue("or", "and"):
        draft.any_of_elements = item.is_cue("or")
        draft.joined = True
    elif not item.is_cue(*_PASSED):
        raise UnreadError(f"“{item.text}” does not fit into the rest of the question")


def _said_condition(item: Mention) -> Condition | None:
    """The condition that a phrase is by itself."""
    if item.is_cue("room_temperature"):
        return room_temperature()
    if item.is_cue("any_temperature"):
        return Condition("temperature_C", "any temperature", stated=False)
    return Condition("cycles", "first cycle", low=1, high=1) if item.is_cue("initial") else None


def room_temperature(*, default: bool = False) -> Condition:
    """The condition that a claim was found at room temperature, or says nothing of temperature."""
    data = vocabulary_data()["room_temperature"]
    low, high = data["value"] - data["tolerance"], data["value"] + data["tolerance"]
    return Condition("temperature_C", "room temperature", low=low, high=high, stated=False, default=default)


def _mark_absent(draft: Draft) -> None:
    """ "… is missing": the last property that is not yet said to be absent."""
    if draft.uses:
        draft.uses[-1].absent = True


def _read_number(item: Mention, draft: Draft, state: State) -> None:
    if state.comparator and item.quantity:
        draft.quantities.append((item, state.comparator))
        state.comparator = ""
    elif item.number and 0 < item.number <= 100:
        draft.count = item.number
    else:
        raise UnreadError(f"the number {item.text} has no unit and does not count anything in the question")


def _read_verb(item: Mention, draft: Draft, state: State) -> None:
    """A verb of making, doping, containing … waits for its complement; any other has no place here."""
    typed = vocabulary_data()["participial"]
    verbs = [verb for verb in item.verbs if verb.relations[0] in typed and not verb.inverse]
    if not verbs:
        if any(verb.happening for verb in item.verbs):
            return
        raise UnreadError(f"“{item.text}” does not fit into the rest of the question")
    made = next((verb for verb in verbs if verb.relations == ("synthesized_by",)), None)
    if verbs[0].relations != ("used_as",) or state.verb is None:
        _close_verb(draft, state)
        state.verb, state.taken, state.preposition = made or verbs[0], False, ""
        state.as_role = item.text.endswith(" as")


_WORD_READERS: dict[str, Callable[[Mention, Draft, State], None]] = {
    "fact": _read_fact,
    "preposition": _read_preposition,
    "comparator": _read_comparator,
    "quantity": _read_quantity,
    "year": _read_year,
    "number": _read_number,
    "composition": _read_composition,
    "elements": _read_elements,
    "verb": _read_verb,
    "noun": _read_noun,
}
