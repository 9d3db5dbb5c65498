"""The pieces that the words of a description give, before they are put together to groups and facts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ontology.lexicon import MeasuredProperty, local_name
from ontology.units import Unit, same_dimension
from queries.form import Bound, Condition, Fact
from queries.parse.context import Reading, UnreadError
from queries.parse.mentions import Mention
from queries.parse.naming import Named, element_of
from queries.parse.vocabulary import Noun, Verb, vocabulary_data
from queries.parse.words import grammar


@dataclass(slots=True)
class PropertyUse:
    """A measured property that is mentioned, whether its absence is meant, and the limits on it."""

    measured: MeasuredProperty
    place: int
    absent: bool = False
    bounds: list[Bound] = field(default_factory=list)
    conditions: tuple[Condition, ...] = ()
    text: str = ""


@dataclass(slots=True)
class Draft:
    """What a description has said so far.

    ``constants`` are named things, ``classes`` and ``nouns`` what the things described are, ``sign`` is +1
    or -1 where the description speaks of much or little of a property.
    """

    words: list[str] = field(default_factory=list)
    constants: list[Named] = field(default_factory=list)
    classes: list[Named] = field(default_factory=list)
    nouns: list[Noun] = field(default_factory=list)
    elements: list[tuple[str, ...]] = field(default_factory=list)
    compound: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    none_of: list[str] = field(default_factory=list)
    ions: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    uses: list[PropertyUse] = field(default_factory=list)
    quantities: list[tuple[Mention, str]] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    others: list[Named] = field(default_factory=list)
    made: bool = False
    compared: bool = False
    properties: int = 0
    any_of_elements: bool = False
    joined: bool = False
    highest: bool | None = None
    count: int = 1
    rank_place: int = 1
    ordered: bool = False
    either: list[tuple[Named, Named]] = field(default_factory=list)
    years: tuple[int | None, int | None] = (None, None)

    def add_condition(self, condition: Condition) -> None:
        """One more condition; behind "or" another value of the one before, if that is of the same kind."""
        before = self.conditions[-1] if self.conditions else None
        if before is None or not self.any_of_elements or before.key != condition.key:
            self.conditions.append(condition)
            return
        self.any_of_elements = self.joined = False
        values = tuple(dict.fromkeys((*before.values, *condition.values)))
        aliases = tuple(dict.fromkeys((*before.aliases, *condition.aliases)))
        label = f"{before.label} or {condition.label}"
        self.conditions[-1] = replace(before, label=label, values=values, aliases=aliases)

    @property
    def has_head(self) -> bool:
        """Whether the description says what is described."""
        return bool(self.constants or self.classes or self.nouns)


@dataclass(slots=True)
class State:
    """Where the reading of a description stands: the words that wait for what they govern."""

    preposition: str = ""
    verb: Verb | None = None
    as_role: bool = False
    negated: bool = False
    lacking: bool = False
    taken: bool = False
    comparator: str = ""


def measured_by(mention: Mention, reading: Reading) -> MeasuredProperty | None:
    """The measured property that a mention names."""
    if mention.kind == "property":
        return reading.lexicon.properties[mention.key]
    named = mention.named
    if named is None or "Property" not in named.kinds:
        return None
    for measured in reading.lexicon.properties.values():
        if named.term is not None and named.term.iri == measured.term.iri:
            return measured
        if named.term is None and reading.index.thing_of(measured.term) in named.nodes:
            return measured
    recorded = vocabulary_data()["recorded_as"]
    keys = (recorded.get(local_name(term.iri)) for term in named.terms)
    return next((reading.lexicon.properties[key] for key in keys if key), None)


def ion_of(text: str) -> str:
    """The symbol of the ion that a verb of conducting names: "conducts sodium ions"."""
    words = text.casefold().split()
    if words[0] not in grammar("conducting"):
        return ""
    return next((symbol for word in words[1:] if (symbol := element_of(word.rstrip("+").capitalize()))), "")


def is_making(item: Mention) -> bool:
    """Whether a mention says that something is made."""
    made = any(verb.relations == ("synthesized_by",) for verb in item.verbs)
    return made or (item.named is not None and "SynthesisMethod" in item.named.kinds)


def implied_property(unit: Unit, *, making: bool) -> str:
    """The property that a unit tells by itself, a recipe's where something is made; empty for none."""
    data = vocabulary_data()
    tables: list[dict[str, str]] = [data["by_unit_of_recipes"]] if making else []
    tables.append(data["by_unit"])
    return next((key for table in tables for known, key in table.items() if same_dimension(unit, known)), "")


def unmeasured(named: Named, reading: Reading) -> UnreadError:
    """The refusal for a property that has no values here."""
    known = sorted(measured.term.label for measured in reading.lexicon.properties.values())
    return UnreadError(
        f"“{named.text}” has no measured values here; properties with values are {', '.join(known)}"
    )
