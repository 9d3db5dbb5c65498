"""From a draft to facts: which limit belongs to which property, which condition to which claim."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ontology.lexicon import MeasuredProperty, local_name
from ontology.quantities import QuantityMatch
from ontology.units import UnitError, convert, parse_unit, same_dimension
from queries.form import Bound, Category, Condition, Fact, Group, Operator
from queries.parse.conditions import matching_condition, quantity_condition, written_condition
from queries.parse.context import Reading, UnreadError
from queries.parse.describing import room_temperature
from queries.parse.draft import Draft, PropertyUse, implied_property
from queries.parse.groups import category, either, kind_category
from queries.parse.mentions import Mention
from queries.parse.naming import bearers, is_ambiguous
from queries.parse.vocabulary import vocabulary_data

#: The units in which conditions are recorded.
_CONDITION_UNITS = {"temperature_C": "degC", "current_density": "mA/cm2"}


@dataclass(frozen=True, slots=True)
class Described:
    """A draft put together: the things, the measurement that is asked about, and what else is measured."""

    group: Group
    main: Fact | None
    ranked: bool


def settle(draft: Draft, reading: Reading, *, wants_value: bool, checks_class: bool = False) -> Described:
    """Give every limit its property and every condition its claim; raises UnreadError for what has no place.

    ``wants_value`` says that the value itself is asked for, so that conditions belong to its measurement
    and not to the things; ``checks_class`` that a class beside a named thing is what is asked about it.
    """
    conditions = list(draft.conditions)
    for mention, comparator in draft.quantities:
        condition = _place_quantity(mention, comparator, draft, reading)
        conditions += [condition] if condition else []
    _absorb(draft, reading)
    present = [use for use in draft.uses if not use.absent]
    main_use = present[0] if present else None
    measured = main_use is not None and (wants_value or bool(main_use.bounds) or draft.highest is not None)
    if draft.others:
        conditions += [matching_condition("", named, reading.index) for named in draft.others]
    main = None
    if main_use is not None:
        own = tuple(conditions) if measured else ()
        main = _fact(main_use, own, draft)
        conditions = [] if measured else conditions
    made = [_made(condition) for condition in conditions if condition != room_temperature()]
    if draft.years != (None, None) and main is None:
        # of making the works are meant that report it, else those that report anything
        made = [replace(fact, years=draft.years) for fact in made] or [Fact(years=draft.years)]
    facts = [*draft.facts, *made]
    others = [use for use in draft.uses if use is not main_use]
    facts += [_fact(use, (), draft) for use in others]
    if main is not None and not wants_value:
        facts.insert(0, main)
    return Described(_group(draft, tuple(facts), reading, described=checks_class), main, measured)


def _absorb(draft: Draft, reading: Reading) -> None:
    """Drop a property that only says what a narrower one is of: "how much capacity is retained"."""
    keys = {use.measured.key for use in draft.uses}
    absorbed = vocabulary_data()["absorbed_by"]
    dropped = [use for use in draft.uses if keys & set(absorbed.get(use.measured.key, ()))]
    for use in dropped:
        reading.note(f"“{use.text}” only says what is meant by the other property")
    draft.uses[:] = [use for use in draft.uses if use not in dropped]


def _fact(use: PropertyUse, conditions: tuple[Condition, ...], draft: Draft) -> Fact:
    key = use.measured.key
    data = vocabulary_data()
    conditions = (*conditions, *use.conditions)
    stated = any(condition.key == "temperature_C" for condition in conditions)
    if not stated and key not in data["at_no_temperature"] and not use.absent:
        conditions = (*conditions, _default_temperature(use, draft))
    return Fact(
        property=key, bounds=tuple(use.bounds), conditions=conditions, absent=use.absent, years=draft.years
    )


def _default_temperature(use: PropertyUse, draft: Draft) -> Condition:
    """Room temperature where none is asked for; what is found hotter bounds a property that rises with it."""
    condition = room_temperature(default=True)
    if use.measured.key in vocabulary_data()["rises_with_temperature"]:
        operators = {bound.operator for bound in use.bounds}
        if (operators and operators <= {"<", "<="}) or (not operators and draft.highest is False):
            return replace(condition, high=None)
        if (operators and operators <= {">", ">="}) or (not operators and draft.highest is True):
            return replace(condition, low=None)
    return condition


def _made(condition: Condition) -> Fact:
    """A condition of things rather than of one measurement: some claim about them is under it."""
    return Fact(conditions=(condition,))


def _check_described(draft: Draft, reading: Reading) -> None:
    """Refuse a class beside a named thing that is none of it: it may be a limit that was not understood."""
    lexicon, index = reading.lexicon, reading.index
    known = {*index.role_members, *index.structure_members}
    holders = vocabulary_data()["holders"]
    for named in draft.classes:
        members = {node for term in named.terms for node in index.members(term.iri)}
        belongs = any(node in members for constant in draft.constants for node in constant.nodes)
        above = {local_name(iri) for term in named.terms for iri in lexicon.terms[term.iri].ancestors}
        if not belongs and not known & set(named.nodes) and not above & set(holders):
            raise UnreadError(f"it is not clear how “{named.text}” belongs to {draft.constants[-1].text}")
        reading.note(f"“{named.text}” was taken as a description of {draft.constants[-1].text}")


def _categories(draft: Draft, reading: Reading) -> list[Category]:
    """The classes that a description names; those joined by "or" are one."""
    found: dict[str, Category] = {}
    for named in draft.classes:
        one = category(named, reading.index)
        if named.kinds == {"Structure"} and one.structures:
            # what has it, not the structures of its sort
            one = replace(one, classes=())
        before = next((first for first, second in draft.either if second is named), None)
        key = before.label if before is not None and before.label in found else named.label
        found[key] = either(found[key], one) if key in found and before is not None else one
    return list(found.values())


def _group(draft: Draft, facts: tuple[Fact, ...], reading: Reading, *, described: bool = False) -> Group:
    categories = _categories(draft, reading)
    words = " ".join(dict.fromkeys(draft.words))
    kinds = {kind for noun in draft.nouns for kind in noun.kinds}
    if kinds and not categories and not draft.constants:
        categories.append(kind_category(kinds, draft.nouns[0].key, reading.index))
    nodes = tuple(dict.fromkeys(node for named in draft.constants for node in named.nodes))
    if draft.constants and draft.classes and not described:
        _check_described(draft, reading)
    if draft.constants and not nodes:
        missing = ", ".join(named.text for named in draft.constants)
        raise UnreadError(f"the graph has nothing named {missing}")
    own = _own(draft)
    ions = [] if draft.constants else [(ion,) for ion in dict.fromkeys(draft.ions)]
    elements = [*draft.elements, *ions, *([tuple(draft.compound)] if draft.compound else [])]
    told = [named for named in draft.classes if set(bearers(named, reading.index)) & set(nodes)]
    aliases = tuple(name for named in told or draft.constants or draft.classes for name in named.aliases)
    return Group(
        words=words,
        nodes=nodes or own,
        aliases=tuple(dict.fromkeys(aliases)),
        categories=() if nodes else tuple(categories),
        scope="alias" if told else "named" if nodes else "members",
        elements=tuple(elements),
        compound=bool(draft.compound),
        without=tuple(
            dict.fromkeys((*draft.without, *(each for each in draft.none_of if each not in draft.compound)))
        ),
        ambiguous=next((each.text for each in draft.constants if is_ambiguous(each, reading.index)), ""),
        facts=facts,
    )


def _own(draft: Draft) -> tuple[str, ...]:
    """The classes themselves as things: those of all that "or" joins, else what all classes are."""
    nodes = [named.nodes for named in draft.classes]
    alike = len(draft.either) + 1 >= len(nodes)
    found = dict.fromkeys(node for each in nodes for node in each)
    return tuple(node for node in found if alike or all(node in each for each in nodes))


def _place_quantity(mention: Mention, comparator: str, draft: Draft, reading: Reading) -> Condition | None:
    """Set the limit that a quantity is to a property, or give the condition that it is, such as cycles."""
    quantity = mention.quantity
    assert quantity is not None
    use = _property_of(quantity, draft, reading)
    if use is not None:
        use.bounds.append(bound(quantity, comparator, use.measured))
        return None
    return placed_condition(quantity, comparator, draft, reading)


def placed_condition(quantity: QuantityMatch, comparator: str, draft: Draft, reading: Reading) -> Condition:
    """The condition that a quantity is, such as a temperature or a number of cycles.

    Raises UnreadError where it is none.
    """
    key, unit = _condition_of(quantity, draft)
    if not key:
        written = written_condition(quantity, reading.index) if quantity.unit else None
        if written is None or not written.values or not draft.uses:
            raise _misfit(quantity, draft)
        return written
    ends = (quantity.value, quantity.value if quantity.value_max is None else quantity.value_max)
    low, high = (convert(end, unit, to=_CONDITION_UNITS[key]) if unit else end for end in ends)
    return quantity_condition(key, quantity, comparator, (low, high), reading.index)


def _condition_of(quantity: QuantityMatch, draft: Draft) -> tuple[str, str]:
    """The condition that a quantity is, and the unit to convert it from; both empty where it is none."""
    symbol = quantity.unit.symbol if quantity.unit else ""
    if _is_temperature(quantity):
        return "temperature_C", "degC" if symbol == "C" else symbol
    if symbol == "cycle":
        return "cycles", ""
    if symbol == "C":
        return "c_rate", ""
    if symbol and draft.uses and same_dimension(symbol, _CONDITION_UNITS["current_density"]):
        return "current_density", symbol
    return "", ""


def _property_of(quantity: QuantityMatch, draft: Draft, reading: Reading) -> PropertyUse | None:
    """The property that a quantity limits: a named one of its dimension, else the one that its unit tells."""
    fitting = [use for use in draft.uses if fits(quantity, use.measured)]
    free = [use for use in fitting if not use.bounds]
    if free or fitting:
        return min(free or fitting, key=lambda use: abs(use.place))
    if draft.uses:
        return None
    key = _implied_property(quantity, draft)
    if not key:
        return None
    draft.uses.append(PropertyUse(reading.lexicon.properties[key], 0))
    reading.note(
        f"{quantity.as_written} was taken as a limit on the {reading.lexicon.properties[key].term.label}"
    )
    return draft.uses[-1]


def _implied_property(quantity: QuantityMatch, draft: Draft) -> str:
    """The property that a quantity limits where none is named."""
    if quantity.unit is None:
        return ""
    told = vocabulary_data()["told_by_comparative"]
    compared = (told[word] for text in draft.words for word in text.split()[:1] if word in told)
    if key := next(compared, ""):
        return key
    making = draft.made or any(condition.key == "method" for condition in draft.conditions)
    unit = parse_unit("degC") if _is_temperature(quantity) else quantity.unit
    return implied_property(unit, making=making) if unit else ""


def _is_temperature(quantity: QuantityMatch) -> bool:
    return quantity.unit is not None and (
        same_dimension(quantity.unit, "degC") or (quantity.unit.symbol == "C" and abs(quantity.value) > 10)
    )


def _comparable(quantity: QuantityMatch, unit: str) -> bool:
    return quantity.unit is not None and (
        same_dimension(quantity.unit, unit) or (unit == "degC" and _is_temperature(quantity))
    )


def fits(quantity: QuantityMatch, measured: MeasuredProperty) -> bool:
    """Whether a quantity can be a value of a property; a bare number only of a property without unit."""
    if quantity.unit is None or measured.unit in ("1", "%"):
        written = quantity.unit.symbol if quantity.unit else "1"
        return written == measured.unit
    return _comparable(quantity, measured.unit)


def bound(quantity: QuantityMatch, comparator: str, measured: MeasuredProperty) -> Bound:
    """The limit that a quantity sets, in the property's canonical unit; UnreadError for an unlike one."""
    written = parse_unit(measured.unit) if quantity.unit is None else quantity.unit
    unit = "degC" if written and written.symbol == "C" and measured.unit == "degC" else written
    try:
        value = convert(quantity.value, unit or "1", to=measured.unit)
        highest = (
            None if quantity.value_max is None else convert(quantity.value_max, unit or "1", to=measured.unit)
        )
    except UnitError as problem:
        raise UnreadError(
            f"{quantity.as_written} is no value of {measured.term.label}: {problem}"
        ) from problem
    if highest is not None:
        return Bound("between", value, highest, quantity.as_written)
    operator = comparator if comparator in ("<", "<=", ">", ">=", "~", "=") else quantity.comparator
    checked: Operator = operator  # type: ignore[assignment]
    return Bound(checked, value, None, quantity.as_written)


def _misfit(quantity: QuantityMatch, draft: Draft) -> UnreadError:
    if draft.uses:
        measured = draft.uses[0].measured
        return UnreadError(
            f"{quantity.as_written} is no value of {measured.term.label}, which is given in {measured.unit}, "
            f"and no condition of a measurement that is recorded"
        )
    return UnreadError(
        f"{quantity.as_written} does not belong to a property in the question; name the property"
    )
