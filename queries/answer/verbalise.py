"""Forms and rows in words: the interpretation that is read back, and the sentences of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ontology.data_files import read_yaml
from ontology.lexicon import Lexicon
from ontology.units import UnitError, convert
from queries.answer.model import AnswerRow
from queries.form import ALL, Condition, Fact, Form, Group
from queries.graph_index import GraphIndex
from queries.numbers import number_text

_MOST_ITEMS = 12


@dataclass(frozen=True, slots=True)
class Words:
    """The names of things and terms that sentences are made of."""

    index: GraphIndex
    lexicon: Lexicon

    def things(self, group: Group) -> str:
        """A group of things."""
        parts = sentences()["parts"]
        words = []
        if group.nodes and group.scope != "members":
            labels = dict.fromkeys(map(self._label, group.nodes))
            words.append(parts["nodes_joined"].join(list(labels)[:3]))
        elif group.categories:
            words.append(" and ".join(dict.fromkeys(each.label for each in group.categories)))
        else:
            plain = group.words and not (group.facts or group.elements or group.without)
            words.append(group.words if plain else parts["whatever"])
        for symbols in group.elements:
            name = "contains_all" if len(symbols) == 1 else "contains_any"
            words.append(parts[name].format(elements=", ".join(symbols)))
        if group.without:
            words.append(parts["without"].format(elements=", ".join(group.without)))
        return " ".join([*words, *(self.fact(fact) for fact in group.facts)])

    def _label(self, iri: str) -> str:
        """What a thing is called, or the class of which nothing is said."""
        term = self.lexicon.terms.get(iri)
        return self.index.labels.get(iri) or (term.label if term else iri)

    def fact(self, fact: Fact) -> str:
        """A fact as a clause about the things that it limits."""
        parts = sentences()["parts"]
        if fact.property:
            name = "no_property" if fact.absent else "property"
            return str(parts[name].format(property=self.property(fact), limits=self.limits(fact)))
        if fact.side == "condition":
            other = self.things(fact.other) if fact.other else parts["anything"]
            return str(parts["condition_of"].format(role=fact.role, other=other))
        if not fact.relations:
            return self._made(fact)
        other = self.things(fact.other) if fact.other else ""
        suffix = self._context(fact) + self._years(fact)
        if fact.same_sentence:
            name = "same_sentence"
        elif fact.absent:
            name = "no_relation"
        elif fact.side == "object":
            name = "relation_inverse" if other else "relation_any_inverse"
        else:
            name = "relation" if other else "relation_any"
        return str(parts[name].format(relation=self.relation(fact), other=other)) + suffix

    def statement(self, fact: Fact) -> str:
        """A fact as the predicate of a sentence."""
        parts = sentences()["parts"]
        if fact.property:
            return str(
                parts["statement_property"].format(property=self.property(fact), limits=self.limits(fact))
            )
        if not fact.relations:
            return str(parts["statement_made"].format(made=self._made(fact)))
        other = self.things(fact.other) if fact.other else parts["anything"]
        suffix = self._context(fact) + self._years(fact)
        name = "statement_inverse" if fact.side == "object" else "statement"
        return str(parts[name].format(relation=self.relation(fact), other=other)) + suffix

    def _made(self, fact: Fact) -> str:
        parts = sentences()["parts"]
        conditions = ", ".join(each.label for each in fact.conditions)
        values = [value for each in fact.conditions for value in each.values]
        by_method = values and all("SynthesisMethod" in self.index.kinds(value) for value in values)
        name = "made_by" if by_method else "made"
        made = parts[name].format(conditions=conditions) if conditions else parts["reported"]
        return (str(parts["never"].format(made=made)) if fact.absent else str(made)) + self._years(fact)

    def relation(self, fact: Fact) -> str:
        """The relations of a fact, any of which will do."""
        return " or ".join(dict.fromkeys(self.verb(key, negated=fact.negated) for key in fact.relations))

    def verb(self, relation: str, *, negated: bool = False) -> str:
        """A relation as the verb of a sentence."""
        verbs = sentences()["verbs"].get(relation)
        if verbs is not None:
            return str(verbs[negated])
        label = self.lexicon.relations[relation].label
        return str(sentences()["parts"]["negated"].format(relation=label)) if negated else label

    def property(self, fact: Fact) -> str:
        """The measured property of a fact."""
        return self.lexicon.properties[fact.property].term.label

    def limits(self, fact: Fact) -> str:
        """Bounds, conditions and years of a fact."""
        data = sentences()
        parts = data["parts"]
        bounds = [
            parts["bound"].format(operator=data["operators"][each.operator], value=each.text)
            for each in fact.bounds
        ]
        if fact.beyond is not None:
            operator = parts["beyond_high" if fact.beyond.highest else "beyond_low"]
            bounds.append(parts["bound"].format(operator=operator, value=self.things(fact.beyond.group)))
        return "".join(
            [*bounds, self._context(fact), *map(self._condition, fact.conditions), self._years(fact)]
        )

    def _context(self, fact: Fact) -> str:
        if fact.context is None:
            return ""
        return str(sentences()["parts"]["context"].format(context=self.things(fact.context)))

    def _condition(self, condition: Condition) -> str:
        return str(sentences()["parts"]["condition"].format(label=condition.label))

    def _years(self, fact: Fact) -> str:
        since, until = fact.years
        if since is None and until is None:
            return ""
        years = f"{since or ''}–{until or ''}" if since != until else f"{since}"
        return str(sentences()["parts"]["years"].format(years=years))


def interpretation(form: Form, words: Words) -> str:
    """The question as it was understood, with remarks on how words were read."""
    texts = sentences()["interpretation"]
    fact = form.fact
    member = form.ask == "whether" and fact is None
    given = replace(form.group, elements=(), without=()) if member else form.group
    if fact and fact.property:
        # a group that is told by nothing is told in the words of its property and limit, which follow
        given = given if given.nodes or given.categories or given.facts else replace(given, words="")
    if form.ask in ("things", "count"):
        labels = [replace(each, label=_plural(each.label)) for each in given.categories]
        given = replace(given, categories=tuple(labels))
    fields = {
        "things": words.things(given),
        "property": words.property(fact) if fact and fact.property else "",
        "limits": words.limits(fact) if fact and (fact.property or form.ask == "contrast") else "",
        "statement": words.statement(fact) if fact else "",
        "classes": words.things(replace(form.group, nodes=(), scope="members", facts=())),
        "function": sentences()["functions"].get(form.function, ""),
        "direction": _direction(form),
        "count": form.rank.count if form.rank else "",
        "place": form.rank.place if form.rank else "",
        "alternatives": " – ".join(_alternatives(form, words)),
        "first": next(iter(_alternatives(form, words)), ""),
        "end": words.things(form.end) if form.end else "",
    }
    text = str(texts[_template(form)].format(**fields)) + backing(form)
    return " ".join([text, *(f"{note[:1].upper()}{note[1:].rstrip('.')}." for note in form.notes)])


def backing(form: Form) -> str:
    """How many primary works must report each thing or value, as a sentence; empty where it is all one."""
    least, most = form.works
    if least is None and most is None:
        return ""
    name = "works_exactly" if least == most else "works_least" if most is None else "works_most"
    parts = sentences()["parts"]
    what = parts["works_values" if form.ask == "values" else "works_things"]
    return str(parts[name].format(what=what, least=least, most=most))


def _plural(label: str) -> str:
    """A noun in the plural.

    >>> _plural("dopant"), _plural("battery"), _plural("sulfides"), _plural("synthesis method")
    ('dopants', 'batteries', 'sulfides', 'synthesis methods')
    """
    if label.endswith("s"):
        return label
    ends_in_y = label.endswith("y") and not label.endswith(("ay", "ey", "oy", "uy"))
    return f"{label[:-1]}ies" if ends_in_y else f"{label}s"


def _template(form: Form) -> str:
    if form.ask == "things" and form.rank and form.rank.place > 1:
        return "rank_place"
    if form.ask == "things" and form.rank:
        return "rank_all" if form.rank.count >= ALL else "rank"
    if form.ask == "whether" and form.fact is None:
        return "membership"
    if form.ask == "count" and form.count_sources:
        return "count_sources_property" if form.fact and form.fact.property else "count_sources"
    if form.checked:
        return "compare_checked"
    if form.ask == "compare" and form.rank is None:
        return "compare_all"
    if form.ask in ("sources", "conflicts", "years") and not (form.fact and form.fact.property):
        told = form.fact not in (None, Fact())
        return f"{form.ask}_relation" if told else f"{form.ask}_things"
    return form.ask


def _direction(form: Form) -> str:
    if form.rank is None:
        return ""
    return str(sentences()["direction"]["highest" if form.rank.highest else "lowest"])


def _alternatives(form: Form, words: Words) -> list[str]:
    return [
        words.things(each.group) + "".join(f" ({condition.label})" for condition in each.conditions)
        for each in form.alternatives
    ]


def value_text(row: AnswerRow, *, unit: str = "") -> str:
    """A value with its unit, and in another unit where one is wanted: "0.012 S/cm (12 mS/cm)".

    >>> value_text(AnswerRow("LGPS", value=0.012, unit="S/cm"), unit="mS/cm")
    '0.012 S/cm (12 mS/cm)'
    """
    sign = "" if row.comparator in ("", "=") else row.comparator + " "
    number = "" if row.value is None else number_text(row.value, row.value_max)
    text = f"{sign}{number} {row.unit}".strip()
    if not unit or unit == row.unit or row.value is None:
        return text
    try:
        numbers = [
            convert(each, row.unit, to=unit) for each in (row.value, row.value_max) if each is not None
        ]
    except UnitError:
        return text
    return f"{text} ({number_text(*numbers)} {unit})"


def items_text(rows: Sequence[AnswerRow], *, unit: str = "", values: bool = False) -> str:
    """The rows in one line, the first of them by name."""
    texts = sentences()["text"]
    names = [
        texts["value"].format(label=row.label, value=value_text(row, unit=unit))
        if values and row.value is not None
        else row.label
        for row in rows
    ]
    shown = "; ".join(list(dict.fromkeys(names))[:_MOST_ITEMS])
    hidden = len(dict.fromkeys(names)) - _MOST_ITEMS
    return shown + (texts["more"].format(count=hidden) if hidden > 0 else "")


def claims_text(claims: Iterable[str], hedged: Set[str] = frozenset()) -> str:
    """ "1 claim", "3 claims", "3 claims, 1 of them hedged"."""
    found = set(claims)
    texts = sentences()["text"]
    text = f"{len(found)} {texts['claim' if len(found) == 1 else 'claims']}"
    unsure = len(found & hedged)
    if not unsure:
        return text
    return text + str(texts["all_hedged" if unsure == len(found) else "some_hedged"].format(count=unsure))


@cache
def sentences() -> dict[str, Any]:
    """The data of verbalise.yaml."""
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("verbalise.yaml"))
    return data
