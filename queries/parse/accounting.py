"""Check that a form says everything that the question says: no word that limits the answer may be lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ontology.names import normalise
from queries.form import Category, Condition, Fact, Form, Group
from queries.parse.context import Reading, UnreadError
from queries.parse.draft import measured_by
from queries.parse.mentions import Mention
from queries.parse.vocabulary import Noun, vocabulary_data


@dataclass(slots=True)
class _Said:
    """Everything that a form says: IRIs, keys, symbols, and texts of limits and remarks."""

    values: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    denies: bool = False
    ranks: bool = False


def check_accounted(items: Sequence[Mention], form: Form, reading: Reading) -> None:
    """Raise UnreadError where a mention has left no trace in the form or in the remarks on it."""
    said = _said(form, reading)
    lost = [item.text for item in items if not _is_said(item, said, form, reading)]
    if lost:
        words = ", ".join(f"“{text}”" for text in dict.fromkeys(lost))
        raise UnreadError(f"it is not clear how {words} limits the answer")


def _said(form: Form, reading: Reading) -> _Said:
    said = _Said()
    said.texts.update(reading.notes)
    said.ranks = form.rank is not None or form.function is not None
    groups = [form.group, *(each.group for each in form.alternatives), *([form.end] if form.end else [])]
    for group in groups:
        _add_group(said, group)
    for alternative in form.alternatives:
        _add_conditions(said, alternative.conditions)
    if form.fact is not None:
        _add_fact(said, form.fact)
    return said


def _add_group(said: _Said, group: Group) -> None:
    said.values.update(group.nodes)
    said.denies = said.denies or bool(group.without)
    said.values.update(symbol for symbols in (*group.elements, group.without) for symbol in symbols)
    for category in group.categories:
        _add_category(said, category)
    for fact in group.facts:
        _add_fact(said, fact)


def _add_category(said: _Said, category: Category) -> None:
    said.texts.add(category.label)
    said.values.update(
        (*category.kinds, *category.classes, *category.structures, *category.roles, *category.itself)
    )


def _add_fact(said: _Said, fact: Fact) -> None:
    said.values.update((*fact.relations, fact.property, fact.role, *map(str, fact.years)))
    said.denies = said.denies or fact.negated or fact.absent
    said.texts.update(bound.text for bound in fact.bounds)
    _add_conditions(said, fact.conditions)
    said.ranks = said.ranks or fact.beyond is not None
    for group in (fact.other, fact.context, fact.beyond.group if fact.beyond else None):
        if group is not None:
            _add_group(said, group)


def _add_conditions(said: _Said, conditions: Sequence[Condition]) -> None:
    for condition in conditions:
        said.texts.update((condition.label, condition.key))
        said.values.update(condition.values)


def _is_said(item: Mention, said: _Said, form: Form, reading: Reading) -> bool:
    """Whether a mention has left its trace, be it a remark on how it was read."""
    if any(f"“{item.text}”" in text for text in said.texts):
        return True
    if item.kind == "cue":
        if item.is_cue("not", "lacking", "free"):
            return said.denies or form.ask == "conflicts"
        if item.is_cue("cycling"):
            return form.fact is not None and bool(form.fact.property)
        return said.ranks or not item.is_cue("most", "least", "ordinal")
    if item.kind == "quantity":
        written = {item.text, item.quantity.as_written} if item.quantity else {item.text}
        if said.values & set(reading.index.keys.get(normalise(item.text), ())):
            return True
        return any(each in text for each in written for text in _texts(said))
    if item.kind == "year":
        # "after 2015" begins with 2016
        return item.number is not None and any(str(item.number + step) in said.values for step in (-1, 0, 1))
    if item.kind in ("composition", "elements"):
        return set(item.elements) <= said.values
    if item.kind == "verb":
        return _is_verb_said(item, said, form)
    if item.kind in ("thing", "property"):
        return _is_name_said(item, said, reading)
    if item.noun is not None:
        return _is_noun_said(item.noun, said, form)
    return True


def _is_noun_said(noun: Noun, said: _Said, form: Form) -> bool:
    """A noun beside the ends of a chain may be what is meant; one of a relation must be in the form."""
    if form.ask == "chains":
        return noun.key not in vocabulary_data()["nouns_of_places"]
    typed = set(noun.relations) <= set(vocabulary_data()["said_alone"])
    listed = noun.key in said.texts
    return not noun.relations or not typed or listed or bool(set(noun.relations) & said.values)


def _is_verb_said(item: Mention, said: _Said, form: Form) -> bool:
    """A verb of an effect must be the form's relation.

    Verbs of making and using only tell how names belong.
    """
    data = vocabulary_data()
    if form.ask in ("chains", "compare") or any(verb.happening for verb in item.verbs):
        return True
    relations = {relation for verb in item.verbs for relation in verb.relations}
    return bool(relations & said.values) or bool(relations & set(data["participial"]))


def _is_name_said(item: Mention, said: _Said, reading: Reading) -> bool:
    measured = measured_by(item, reading)
    if measured is not None and measured.key in said.values:
        return True
    if vocabulary_data()["made_variables"].get(item.named.label if item.named else item.text) in said.values:
        return True
    named = item.named
    if named is None:
        term = reading.lexicon.properties[item.key].term
        return bool(item.key in said.values or reading.index.thing_of(term) in said.values)
    marks = {*named.nodes, *(term.iri for term in named.terms), named.element} - {""}
    return bool(marks & said.values) or any(
        named.text in text or named.label in text for text in _texts(said)
    )


def _texts(said: _Said) -> Iterator[str]:
    return (text for text in said.texts if text)
