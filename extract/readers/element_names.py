"""What the elements of JATS, Elsevier, TEI and HTML are for (``markup.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extract.readers.markup import Element
from ontology.data_files import read_yaml

_SPECIAL = ("section_of", "skip_class", "reference_fields", "own_fields")


@dataclass(frozen=True, slots=True)
class Names:
    """The contents of ``markup.yaml``: element names by role, and the paths of bibliographic fields."""

    roles: Mapping[str, frozenset[str]]
    section_of: Mapping[str, str]
    skip_class: re.Pattern[str]
    reference_fields: Mapping[str, Sequence[str]]
    own_fields: Mapping[str, Sequence[str]]


@cache
def load_names() -> Names:
    """The names of ``markup.yaml``."""
    data: dict[str, Any] = read_yaml(Path(__file__).parent / "markup.yaml")
    return Names(
        roles={role: frozenset(names) for role, names in data.items() if role not in _SPECIAL},
        section_of=data["section_of"],
        skip_class=re.compile(data["skip_class"]),
        reference_fields=data["reference_fields"],
        own_fields=data["own_fields"],
    )


def is_a(element: Element, *roles: str) -> bool:
    """Whether an element plays one of the roles."""
    names = load_names().roles
    return any(element.name in names[role] for role in roles)


def inside(element: Element, *roles: str) -> list[Element]:
    """The elements inside an element that play one of the roles, without those inside another of them."""
    found = [inner for inner in element.walk() if inner is not element and is_a(inner, *roles)]
    return outermost(found)


def outermost(elements: Sequence[Element]) -> list[Element]:
    """The elements, in document order, that do not stand inside another of them."""
    kept: list[Element] = []
    for element in elements:
        if not kept or element.start >= kept[-1].end:
            kept.append(element)
    return kept
