"""Read a question: the best cut of its words that makes a form in which every word has its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

from ontology.units import Unit, UnitError, convert, same_dimension
from queries.form import Form
from queries.parse.accounting import check_accounted
from queries.parse.asking import (
    read_aggregate,
    read_conflict,
    read_count,
    read_meaning,
    read_sources,
    read_years,
)
from queries.parse.chaining import read_chain
from queries.parse.comparing import read_comparison
from queries.parse.context import Reading, TwoQuestionsError, UnreadError
from queries.parse.dating import Years, dated, split_years
from queries.parse.exceeding import read_exceeding
from queries.parse.finders import find_mentions
from queries.parse.mentions import Mention
from queries.parse.modifiers import counted_units, in_theory, prepared
from queries.parse.naming import Named
from queries.parse.opposing import read_opposing
from queries.parse.ordering import in_reading_order, rejoined
from queries.parse.otherwise import meant_otherwise
from queries.parse.reasons import read_outcome
from queries.parse.resembling import read_resembling
from queries.parse.statements import read_statement
from queries.parse.whether import read_whether
from queries.parse.words import grammar

Reader = Callable[[list[Mention], Reading], Form | list[Form] | None]

#: So many forms are asked one after the other at most.
_MOST_FORMS = 8
#: The kinds of question, the most telling words first; each reader says None where the question is none
#: of its kind.
_READERS: tuple[Reader, ...] = (
    read_outcome,
    read_resembling,
    read_years,
    read_sources,
    read_conflict,
    read_chain,
    read_opposing,
    read_comparison,
    read_exceeding,
    read_count,
    read_aggregate,
    read_whether,
    read_meaning,
    read_statement,
)


def read_cuts(cuts: Sequence[tuple[Mention, ...]], reading: Reading) -> list[Form]:
    """The forms of the best cuts that can be read, likeliest first.

    Raises the first UnreadError where none can. A word that was read is not passed over by a later cut.
    """
    problem: UnreadError | None = None
    forms: dict[Form, None] = {}
    held: list[Mention] = []
    for cut in cuts:
        if any(_loses(cut, mention) for mention in held):
            continue
        attempt = replace(reading, notes=list(reading.notes))
        try:
            found = _read(cut, attempt)
        except TwoQuestionsError:
            if not forms:
                raise
        except UnreadError as refusal:
            problem = problem or refusal
        else:
            forms |= dict.fromkeys(replace(form, notes=(*attempt.notes, *form.notes)) for form in found)
            held += cut
    if not forms:
        raise problem or UnreadError("the question has no words that say what is asked")
    return list(forms)[:_MOST_FORMS]


def _loses(cut: Sequence[Mention], mention: Mention) -> bool:
    """Whether a cut passes over a question word, or has several names, and no relation, in place of one."""
    inside = [item for item in cut if mention.first <= item.first < mention.last]
    if mention.kind == "cue":
        return all(item.kind == "light" for item in inside)
    if mention.kind == "verb" and mention.last - mention.first > 1:
        # "made of" is not "made"
        told = {relation for verb in mention.verbs for relation in verb.relations}
        return any(told.isdisjoint(verb.relations) for item in inside for verb in item.verbs)
    if any(item.is_cue("high", "low") for item in inside):
        return False
    name = mention.named is not None and not mention.named.formula and not mention.extra_cost
    return name and len(inside) > 1 and not any(item.verbs for item in inside)


def read_question(text: str, reading: Reading) -> list[Form]:
    """The forms of a question whose words are all known; raises UnreadError otherwise."""
    return read_cuts(find_mentions(text, reading.index, reading.vocabulary), reading)


def _read(cut: Sequence[Mention], reading: Reading) -> list[Form]:
    """The forms that one cut can mean, likeliest first."""
    unknown = [mention.text for mention in cut if mention.kind == "unknown"]
    if unknown:
        raise UnreadError(f"unknown: {', '.join(unknown)}")
    items = in_theory(counted_units(prepared(rejoined(cut, reading), reading), reading), reading)
    units = [item.unit for item in items if item.unit is not None]
    items = [
        item
        for item, following in zip_longest(items, items[1:])
        if item.unit is None and not (following and following.unit and item.kind == "preposition")
    ]
    if not any(item.kind not in ("light", "preposition", "cue", "loose") for item in items):
        raise UnreadError("the question names nothing that the graph could speak of")
    pronoun = next(
        (item.text for item in cut if item.kind == "light" and item.text in grammar("pronouns")), ""
    )
    if pronoun and not any(item.named and item.named.nodes and _is_thing(item.named) for item in cut):
        raise UnreadError(f"“{pronoun}” stands for nothing that the question names")
    items = in_reading_order(items)
    rest, years = split_years(items)
    if rest and years != (None, None) and (forms := _of_years(rest, years, items, reading)):
        return [_with_unit(form, units, reading) for form in forms]
    for reader in _READERS:
        read = reader(list(items), reading)
        if read is not None:
            forms = read if isinstance(read, list) else [read]
            for form in forms:
                check_accounted(items, form, reading)
            others = meant_otherwise(forms, items, reading)
            return [_with_unit(form, units, reading) for form in (*forms, *others)]
    raise UnreadError("the words are known, but not what is asked about them")


def _of_years(rest: list[Mention], years: Years, items: list[Mention], reading: Reading) -> list[Form]:
    """The forms of a question about what does what in the works of some years; none for other questions."""
    attempt = replace(reading, notes=list(reading.notes))
    try:
        read = next((read for reader in _READERS if (read := reader(list(rest), attempt)) is not None), None)
        found = read if isinstance(read, list) else [read] if read else []
        forms = [of_years for form in found if (of_years := dated(form, years, rest)) is not None]
        if len(forms) < len(found):
            return []
        for form in forms:
            check_accounted(items, form, attempt)
    except UnreadError:
        return []
    for note in attempt.notes:
        reading.note(note)
    return forms


def _is_thing(named: Named) -> bool:
    return not named.kinds <= {"SynthesisMethod", "Property"}


def _with_unit(form: Form, units: Sequence[Unit], reading: Reading) -> Form:
    """The form with the unit in which its values are to be shown; raises UnreadError for an unlike one."""
    if not units:
        return form
    if form.fact is None or not form.fact.property:
        raise UnreadError(f"the unit {units[0].symbol} belongs to no property in the question")
    measured = reading.lexicon.properties[form.fact.property]
    if not same_dimension(units[0], measured.unit):
        try:
            convert(1.0, units[0], to=measured.unit)
        except UnitError as problem:
            raise UnreadError(
                f"{units[0].symbol} is no unit of {measured.term.label}: {problem}"
            ) from problem
    return replace(form, unit=units[0].symbol)
