"""The parts of a question as it was understood, each of which can be changed: the form behind its read-back.

A part's name is a parameter of the page's address (``fact.property``, ``group.0.value.0``), so that a changed
reading can be kept and shared as a link. Only what differs from the question stands in the address.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.web.conversation import Asked
from app.web.library import Library
from ontology.quantities import find_quantities
from ontology.units import UnitError, convert
from queries.answer import Answer
from queries.answer.conversation import Turn
from queries.form import Bound, Fact, Form, FormError, Group, Operator, check_form

#: Operators that a limit on a value can be changed to, and how they are said.
_OPERATORS: tuple[tuple[Operator, str], ...] = (
    ("<", "below"),
    ("<=", "at most"),
    ("=", "equal to"),
    (">=", "at least"),
    (">", "above"),
)
_KEEP, _ANY = "keep", "any"
#: How a description of things is made a question, so that it is read as one in a question is.
_DESCRIBED = "Which papers report {things}?"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: the parameter that changes it, what it is called, and how it reads now.

    ``choices`` are values with their words; a part without is a text, or a number with its unit.
    """

    name: str
    label: str
    value: str
    kind: Literal["choice", "things", "number"]
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """An answer with the parts of the question as it was understood; ``asked`` has the changed ones."""

    asked: Asked
    answer: dict[str, Any]
    parts: tuple[Part, ...] = ()


def understood(conversation: Sequence[Asked], library: Library) -> list[Understood]:
    """What became of each question of a conversation; it may name parts that are not changed, too."""
    found: list[Understood] = []
    turn: Turn | None = None
    for asked in conversation:
        turn, each = _understood(asked, turn, library)
        found.append(each)
    return found


def _understood(asked: Asked, before: Turn | None, library: Library) -> tuple[Turn, Understood]:
    turn = library.reply(asked.text, before)
    answer = turn.answer
    # What has no answer leaves the question before as the one that is gone on from: its parts are not these.
    if not turn.forms or (before is not None and answer.status != "answered"):
        return turn, Understood(replace(asked, changes={}), answer.to_json())
    form = turn.forms[0]
    if len(turn.forms) > 1:
        answered = (each for each in turn.forms if library.answer(asked.text, [each]).status == "answered")
        form = next(answered, form)
    parts = tuple(parts_of(form, library))
    told = {part.name: part.value for part in parts}
    changes = {name: value for name, value in asked.changes.items() if value.strip() != told.get(name)}
    asked = replace(asked, changes=changes)
    if not changes:
        return turn, Understood(asked, answer.to_json(), parts)
    try:
        form = changed(form, changes, library)
        check_form(form, lexicon=library.lexicon)
    except FormError as error:
        refusal = Answer(asked.text, "not_understood", reason=str(error))
        return turn, Understood(asked, refusal.to_json(), parts)
    answer = library.answer(asked.text, [form])
    return Turn((form,), answer), Understood(asked, answer.to_json(), tuple(parts_of(form, library)))


def parts_of(form: Form, library: Library) -> list[Part]:
    """The parts of a form that can be changed, the things asked for first."""
    return list(_parts(form, library))


def changed(form: Form, changes: Mapping[str, str], library: Library) -> Form:
    """The form with other values of some parts. Raises FormError where one cannot be read."""
    # What is taken away goes last, and the last of it first: the places of the others stay as they are named.
    kept = [(name, value.strip()) for name, value in changes.items() if value.strip()]
    dropped = [(name, "") for name in sorted(changes, reverse=True) if not changes[name].strip()]
    for name, value in (*kept, *dropped):
        form = _change(form, name, value, library)
    return form


def _parts(form: Form, library: Library) -> Iterator[Part]:
    if (named := _named(form.group, library)) and not form.alternatives:
        yield Part("things", "things", named, "things")
    if form.end is not None and (named := _named(form.end, library)):
        yield Part("end", "to", named, "things")
    for place, fact in _facts(form).items():
        yield from _fact_parts(place, fact, library)
    if form.rank is not None:
        directions = (("highest", "highest"), ("lowest", "lowest"))
        yield Part("rank", "order", "highest" if form.rank.highest else "lowest", "choice", directions)
        if form.ask != "compare":
            yield Part("count", "at most", str(form.rank.count), "number")


def _fact_parts(place: str, fact: Fact, library: Library) -> Iterator[Part]:
    if fact.property:
        known = {key: measured.term.label for key, (measured, _) in library.properties.items()}
        known.setdefault(fact.property, library.lexicon.properties[fact.property].term.label)
        choices = tuple(sorted(known.items(), key=lambda each: each[1]))
        yield Part(f"{place}.property", "property", fact.property, "choice", choices)
    elif len(fact.relations) == 1:
        said = dict.fromkeys([*fact.relations, *(key for key, _ in library.relations())])
        relations = tuple(sorted((key, library.lexicon.relations[key].label) for key in said))
        yield Part(f"{place}.relation", "relation", fact.relations[0], "choice", relations)
    if fact.other is not None and (named := _named(fact.other, library)):
        yield Part(f"{place}.other", "and what", named, "things")
    unit = library.lexicon.properties[fact.property].unit if fact.property else ""
    for number, bound in enumerate(fact.bounds):
        if bound.operator in dict(_OPERATORS):
            yield Part(f"{place}.operator.{number}", "limit", bound.operator, "choice", _OPERATORS)
            yield Part(f"{place}.value.{number}", "value (empty: any)", _bound_text(bound, unit), "number")
    for number, condition in enumerate(fact.conditions):
        choices = ((_KEEP, condition.label), (_ANY, "any"))
        yield Part(f"{place}.condition.{number}", "condition", _KEEP, "choice", choices)


def _named(group: Group, library: Library) -> str:
    """The things of a group without what is said of them; empty where the question leaves them open."""
    if group.categories:
        return " and ".join(dict.fromkeys(category.label for category in group.categories))
    labels = [library.things[node].entity.label for node in group.nodes if node in library.things]
    return labels[0] if labels else group.words if group.nodes else ""


def _facts(form: Form) -> dict[str, Fact]:
    """The facts of a form by their place in it."""
    found = {"fact": form.fact} if form.fact else {}
    others = enumerate(form.group.facts)
    return found | {f"group.{number}": fact for number, fact in others if fact != form.fact}


def _change(form: Form, name: str, value: str, library: Library) -> Form:
    if name == "things":
        return replace(form, group=_described(value, form.group, library))
    if name == "end" and form.end is not None:
        return replace(form, end=_described(value, form.end, library))
    if name in ("rank", "count") and form.rank is not None:
        if name == "rank":
            return replace(form, rank=replace(form.rank, highest=value == "highest"))
        return replace(form, rank=replace(form.rank, count=_count(value)))
    for place, fact in _facts(form).items():
        if name.startswith(f"{place}."):
            return _with_fact(form, place, _change_fact(fact, name.removeprefix(f"{place}."), value, library))
    raise FormError(f"the question has no part {name!r}; ask it again")


def _with_fact(form: Form, place: str, fact: Fact) -> Form:
    if place == "fact":
        # What is asked of the things is often also what they are known by.
        facts = tuple(fact if each == form.fact else each for each in form.group.facts)
        return replace(form, fact=fact, group=replace(form.group, facts=facts))
    number = int(place.rpartition(".")[2])
    facts = tuple(fact if at == number else each for at, each in enumerate(form.group.facts))
    return replace(form, group=replace(form.group, facts=facts))


def _change_fact(fact: Fact, name: str, value: str, library: Library) -> Fact:
    part, _, number = name.partition(".")
    if part == "property":
        # A limit in one unit says nothing about a property that has another.
        units = {key: each.unit for key, each in library.lexicon.properties.items()}
        kept = fact.bounds if units.get(value) == units[fact.property] else ()
        return replace(fact, property=value, bounds=kept)
    if part == "relation":
        return replace(fact, relations=(value,))
    if part == "other" and fact.other is not None:
        return replace(fact, other=_described(value, fact.other, library))
    at = int(number) if number.isdigit() else -1
    if part == "condition" and 0 <= at < len(fact.conditions):
        dropped = at if value == _ANY else -1
        conditions = tuple(each for place, each in enumerate(fact.conditions) if place != dropped)
        return replace(fact, conditions=conditions)
    if part == "value" and not value and 0 <= at < len(fact.bounds):
        return replace(fact, bounds=(*fact.bounds[:at], *fact.bounds[at + 1 :]))
    if part in ("operator", "value") and 0 <= at < len(fact.bounds):
        unit = library.lexicon.properties[fact.property].unit if fact.property else ""
        bound = _bound(fact.bounds[at], part, value, unit)
        return replace(fact, bounds=(*fact.bounds[:at], bound, *fact.bounds[at + 1 :]))
    raise FormError(f"the question has no part {name!r}; ask it again")


def _bound(bound: Bound, part: str, value: str, unit: str) -> Bound:
    if part == "operator":
        operator = next((each for each, _ in _OPERATORS if each == value), None)
        if operator is None:
            raise FormError(f"{value!r} is no comparison; expected one of {', '.join(dict(_OPERATORS))}")
        return replace(bound, operator=operator)
    number = _measured(value, unit)
    given = f"{number:g} {unit}" if _is_number(value) else value
    return replace(bound, value=number, text=given.removesuffix(" 1"))


def _bound_text(bound: Bound, unit: str) -> str:
    """A limit as the question put it where that says the same, else in the property's own unit."""
    try:
        if math.isclose(_measured(bound.text, unit), bound.value, rel_tol=1e-9):
            return bound.text
    except FormError:
        pass
    return f"{bound.value:g} {'' if unit == '1' else unit}".strip()


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _measured(text: str, unit: str) -> float:
    """A number in a property's own unit, from one in any unit of the same kind. Raises FormError."""
    if _is_number(text):
        return float(text)
    expected = f"expected a number{'' if unit in ('', '1') else f', in {unit} or with a unit of its kind'}"
    found = find_quantities(text)
    if len(found) != 1 or found[0].unit is None or found[0].value_max is not None:
        raise FormError(f"{text!r} is no number; {expected}")
    try:
        return convert(found[0].value, found[0].unit, to=unit)
    except UnitError as error:
        raise FormError(f"{text!r}: {error}; {expected}") from None


def _count(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 1000:
        raise FormError(f"{text!r} is no number of things between 1 and 1000")
    return int(text)


def _described(text: str, before: Group, library: Library) -> Group:
    """The things of a description, read as in a question, of which the same is said as of those before."""
    read = library.read(_DESCRIBED.format(things=text))
    if isinstance(read, Answer):
        raise FormError(read.reason or f"“{text}” is not understood")
    group = read[0].group
    scope = "members" if group.categories and before.scope == "members" else group.scope
    return replace(group, words=text, scope=scope, facts=(*group.facts, *before.facts))
