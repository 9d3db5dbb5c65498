"""What a question asks, as a small typed algebra: the one thing between English and SPARQL.

A ``Form`` says what is wanted (``ask``) of which things (a ``Group``) and by which claims (``Fact``). It
names things, classes, relations and properties by IRI or key only, and quantities in canonical units;
``check_form`` refuses what the ontology does not have and lists what it has. Nothing here knows language or
the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Literal

from ontology.lexicon import Lexicon

Ask = Literal[
    "things",
    "values",
    "whether",
    "count",
    "aggregate",
    "compare",
    "contrast",
    "sources",
    "years",
    "conflicts",
    "chains",
    "meaning",
    "properties",
]
Side = Literal["subject", "object", "condition"]
Operator = Literal["=", "~", "<", "<=", ">", ">=", "between"]
Function = Literal["mean", "median", "max", "min", "range", "count"]
#: Whether a named class stands for itself, for its members, or for both; or a name for whatever a claim
#: calls so.
Scope = Literal["named", "members", "either", "alias"]


class FormError(ValueError):
    """A form that the ontology cannot express: says what is wrong and which choices there are."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit on a value, in the property's canonical unit; ``text`` is how the question put it."""

    operator: Operator
    value: float
    value_max: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Beyond:
    """A limit set by other things: above all their values (``highest``) or below all of them."""

    group: Group
    highest: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """Under which condition a claim holds: things or texts for a method, a solvent …, numbers for others.

    ``values`` are IRIs or literal texts as the graph has them, any of which will do; ``low`` and ``high``
    enclose a number. An empty ``key`` stands for any condition that names things. Unless ``stated``, claims
    that do not give the condition count too; ``excluded`` values are those under which a claim does not
    count; ``default`` marks a condition that the question did not ask for. ``aliases`` are the names of a
    method as claims of making write them where they call it by a wider one too.
    """

    key: str
    label: str
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    stated: bool = True
    excluded: bool = False
    default: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """All things of one class: stated to be, of its structure, in its role, or of its formula.

    ``kinds`` are IRIs of kinds, any of which will do. ``classes`` are IRIs of classes, whose subclasses
    count; ``structures`` and ``roles`` are things that a claim ``has_structure`` or ``used_as`` may name
    for it; ``members`` are things whose formula tells; ``itself`` are things that are no members: the class
    as a thing, and what is wider than it; ``excluded`` are things that a claim wrongly gives the role.
    """

    label: str
    kinds: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    structures: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    itself: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Things described: those named (``nodes``), or those of all ``categories``, with further constraints.

    ``aliases`` are the name of the question as claims write it where it is only another name of their
    thing. ``not_called`` are names of the same things that mean another one here: a conductivity of Li+,
    not of Na+. ``elements`` are sets of symbols of which one each must be contained, ``compound`` demands a
    second element. ``ambiguous`` is a name that several of the ``nodes`` bear only as an alias.
    ``words`` is the description in the question's own words.
    """

    words: str
    nodes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    not_called: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    scope: Scope = "named"
    elements: tuple[tuple[str, ...], ...] = ()
    compound: bool = False
    without: tuple[str, ...] = ()
    ambiguous: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """What a claim must say of the things described.

    A measurement has ``property`` (a key), perhaps ``bounds``, and other things whose values it is to be
    ``beyond``; a relation claim has ``relations`` (keys,
    any of which will do) and perhaps ``other``, the things on its other side. ``side`` is where the things
    described stand: subject, object, or the value of the condition ``role`` of a claim about ``other``.
    Neither property nor relations means any claim under the ``conditions``. ``same_sentence`` joins the
    claim to the main one by the sentence that states both, whatever its subject. ``years`` are those of the
    primary work.
    """

    relations: tuple[str, ...] = ()
    property: str = ""
    side: Side = "subject"
    role: str = ""
    other: Group | None = None
    context: Group | None = None
    bounds: tuple[Bound, ...] = ()
    beyond: Beyond | None = None
    conditions: tuple[Condition, ...] = ()
    negated: bool = False
    absent: bool = False
    same_sentence: bool = False
    years: tuple[int | None, int | None] = (None, None)


#: As many things as a ranking without number can have.
ALL = 1000


@dataclass(frozen=True, slots=True)
class Rank:
    """Keep the ``count`` things whose value is highest or lowest, ties kept; or the one in a ``place``."""

    highest: bool
    count: int = 1
    place: int = 1


@dataclass(frozen=True, slots=True)
class Alternative:
    """One side of a comparison: things, and the conditions that set it apart from the others."""

    group: Group
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A question: ``ask`` what, of ``group``, by ``fact``.

    ``rank`` orders things or decides a comparison of ``alternatives``, of which ``checked`` asks whether
    the first one wins; to ``contrast`` them is to ask for every property of which all have values.
    ``function`` aggregates values; ``end`` is where chains lead; ``unit`` is the unit wanted for display;
    ``works`` are the least and the most primary works that must report each of the things or values;
    ``notes`` say how words were read.
    """

    ask: Ask
    group: Group
    fact: Fact | None = None
    rank: Rank | None = None
    function: Function | None = None
    alternatives: tuple[Alternative, ...] = ()
    end: Group | None = None
    count_sources: bool = False
    checked: bool = False
    unit: str = ""
    works: tuple[int | None, int | None] = (None, None)
    notes: tuple[str, ...] = ()


def asks_the_same(one: Form, other: Form) -> bool:
    """Whether two forms ask the same, however the question put it."""
    return _unworded(one) == _unworded(other)


#: Fields that only keep the question's own words.
_WORDS = frozenset({"words", "text", "label", "notes", "aliases", "not_called"})


def _unworded(part: object) -> object:
    """A form, or a part of one, without the words of the question."""
    if isinstance(part, tuple):
        return tuple(map(_unworded, part))
    if isinstance(part, float):
        return float(f"{part:.6g}")
    if not is_dataclass(part):
        return part
    return tuple(_unworded(getattr(part, each.name)) for each in fields(part) if each.name not in _WORDS)


def facts_of(form: Form) -> Iterator[Fact]:
    """Every fact of a form, those of its groups included."""
    pending: list[Group | Fact | None] = [form.group, form.fact, form.end]
    pending += [alternative.group for alternative in form.alternatives]
    while pending:
        item = pending.pop()
        if isinstance(item, Group):
            pending += item.facts
        elif isinstance(item, Fact):
            yield item
            pending += [item.other, item.context, item.beyond.group if item.beyond else None]


def check_form(form: Form, *, lexicon: Lexicon) -> None:
    """Raise FormError where a form names a relation or property that the ontology lacks, or lacks a part."""
    for fact in facts_of(form):
        if fact.property and fact.property not in lexicon.properties:
            known = ", ".join(sorted(lexicon.properties))
            raise FormError(f"{fact.property!r} is no measured property; there are: {known}")
        unknown = [relation for relation in fact.relations if relation not in lexicon.relations]
        if unknown:
            known = ", ".join(sorted(lexicon.relations))
            raise FormError(f"{unknown[0]!r} is no relation; there are: {known}")
        if fact.property and fact.relations:
            raise FormError("a fact is a measurement or a relation, not both")
        for group in (fact.other, fact.context):
            if group is not None and replace(group, words="", scope="named") == Group(""):
                raise FormError(f"nothing in the graph is called {group.words or 'what the question names'}")
        if fact.bounds and not fact.property:
            raise FormError("a limit on a value needs a property; name one, such as 'ionic conductivity'")
    ranked = form.rank is not None and form.ask != "years"
    needs_property = ranked or form.ask in ("values", "aggregate", "compare")
    if form.ask == "conflicts" and form.fact is None:
        raise FormError("name the property or the relation on which reports may disagree")
    if needs_property and not (form.fact and form.fact.property):
        raise FormError("name the property whose values are wanted, such as 'ionic conductivity'")
    if form.ask in ("compare", "contrast") and len(form.alternatives) < 2:
        raise FormError("a comparison needs two things to compare")
    listed = form.ask in ("things", "values", "count") and not ranked and not form.count_sources
    if form.works != (None, None) and not listed:
        raise FormError("a number of works can limit only what is listed or counted: things, or their values")
    if form.ask == "chains" and form.end is None:
        raise FormError("a chain needs a start and an end")
