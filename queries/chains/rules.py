"""The rules of ``rules.yaml``: which statements a chain may follow, which way, and at what cost in belief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ontology.data_files import read_yaml
from ontology.lexicon import TERMS
from ontology.names import normalise


@dataclass(frozen=True, slots=True)
class Passage:
    """How a relation that is no cause may be followed.

    ``named`` demands that the whole is named by the part ("LiI-doped Li3PS4"); ``kinds`` limits the whole;
    ``first`` allows it only at the beginning of a chain.
    """

    relation: str
    weight: float
    named: bool = False
    kinds: frozenset[str] = frozenset()
    first: bool = False


@dataclass(frozen=True, slots=True)
class Implication:
    """A step to a named thing that a statement implies; ``object_named`` limits the objects by name.

    Nothing follows where either side is in one of ``but_classes``.
    """

    relation: str
    object_kinds: frozenset[str]
    to: str
    sign: int
    weight: float
    label: str
    because: str
    object_named: frozenset[str] = frozenset()
    but_classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """A step between two named things that is general knowledge."""

    source: str
    target: str
    sign: int
    weight: float
    label: str
    because: str


@dataclass(frozen=True, slots=True)
class Products:
    """Products of a material's decomposition make up the interphase that is named in its context."""

    relations: frozenset[str]
    substances: frozenset[str]
    kinds: frozenset[str]
    as_relation: str
    weight: float
    because: str


@dataclass(frozen=True, slots=True)
class Members:
    """What counts as a member of a class beside its own: by use, by role, by classes that stand for it.

    Hosts, which are themselves used so, do not, nor does anything of ``but_classes``.
    """

    of: str
    objects_of: frozenset[str]
    roles: frozenset[str]
    classes: frozenset[str]
    but_classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class NamedParts:
    """How names say what is in a thing, and in things of which kinds.

    A part stands before the words of ``after``, behind those of ``before``, or is that of ``made_by``.
    """

    after: frozenset[str]
    before: frozenset[str]
    made_by: Mapping[str, str]
    kinds: frozenset[str]
    first: frozenset[str]
    substances: frozenset[str]
    as_relation: str
    weight: float
    because: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, and the numbers of the search."""

    causal: frozenset[str]
    through: tuple[Passage, ...]
    into: tuple[Passage, ...]
    acting_roles: frozenset[str]
    kind_share: float
    members: tuple[Members, ...]
    implied: tuple[Implication, ...]
    known: tuple[Known, ...]
    products: Products
    named_parts: NamedParts
    crossing_weight: float
    hub_kind: str
    hub_degree: int
    step_cost: float
    most_expansions: int
    most_assumptions: int
    most_starts: int
    any_words: frozenset[str]
    system_elements: int


@cache
def load_rules() -> Rules:
    """The bundled rules, read once."""
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("rules.yaml"))
    products = data["products"]
    return Rules(
        causal=frozenset(data["causal"]),
        through=tuple(_passage(row) for row in data["through"]),
        into=tuple(_passage(row) for row in data["into"]),
        acting_roles=frozenset(data["acting_roles"]),
        kind_share=data["kind_share"],
        members=tuple(
            Members(
                TERMS + row["class"],
                frozenset(row["objects_of"]),
                frozenset(TERMS + name for name in row["roles"]),
                frozenset(TERMS + name for name in row["classes"]),
                frozenset(TERMS + name for name in row["but_classes"]),
            )
            for row in data["members"]
        ),
        implied=tuple(_implication(row) for row in data["implied"]),
        known=tuple(
            Known(row["from"], row["to"], row["sign"], row["weight"], row["label"], row["because"])
            for row in data["known"]
        ),
        products=Products(
            relations=frozenset(products["relations"]),
            substances=frozenset(products["substances"]),
            kinds=frozenset(products["kinds"]),
            as_relation=products["as_relation"],
            weight=products["weight"],
            because=products["because"],
        ),
        named_parts=_named_parts(data["named_parts"]),
        crossing_weight=data["crossing"]["weight"],
        hub_kind=data["crossing"]["hub_kind"],
        hub_degree=data["crossing"]["hub_degree"],
        step_cost=data["step_cost"],
        most_expansions=data["most_expansions"],
        most_assumptions=data["most_assumptions"],
        most_starts=data["most_starts"],
        any_words=frozenset(data["any_words"]),
        system_elements=data["system_elements"],
    )


def stand_ins(class_: str) -> frozenset[str]:
    """The classes of which the members stand for those of a class."""
    return frozenset(each for rule in load_rules().members if rule.of == class_ for each in rule.classes)


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(
        row["relation"],
        row["weight"],
        named=row.get("named", False),
        kinds=frozenset(row.get("kinds", ())),
        first=row.get("first", False),
    )


def _named_parts(row: dict[str, Any]) -> NamedParts:
    return NamedParts(
        after=frozenset(row["after"]),
        before=frozenset(row["before"]),
        made_by=row["made_by"],
        kinds=frozenset(row["kinds"]),
        first=frozenset(row["first"]),
        substances=frozenset(row["substances"]),
        as_relation=row["as_relation"],
        weight=row["weight"],
        because=row["because"],
    )


def _implication(row: dict[str, Any]) -> Implication:
    return Implication(
        relation=row["relation"],
        object_kinds=frozenset(row["object_kinds"]),
        to=row["to"],
        sign=row["sign"],
        weight=row["weight"],
        label=row["label"],
        because=row["because"],
        object_named=frozenset(normalise(name) for name in row.get("object_named", ())),
        but_classes=frozenset(TERMS + name for name in row.get("but_classes", ())),
    )
