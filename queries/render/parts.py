"""The parts of queries, and the terms that are put into them: IRIs and typed literals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from string import Template

import pyoxigraph as ox

from kg.vocabulary import lg
from ontology.grounding import thing_iri
from ontology.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Names:
    """Fresh variable names of one query, and the ontology that gives IRIs to keys."""

    lexicon: Lexicon
    numbers: Iterator[int] = field(default_factory=count)

    def new(self, stem: str) -> str:
        """A variable name that is used nowhere else in the query."""
        return f"{stem}{next(self.numbers)}"


def fill(name: str, /, **fields: str) -> str:
    """A part with its variables, terms and inner parts put in. Raises KeyError where one is not given."""
    return fragments()[name].substitute(fields)


@cache
def fragments() -> dict[str, Template]:
    """The parts of fragments.rq by name."""
    text = Path(__file__).with_name("fragments.rq").read_text("utf-8")
    pieces = re.split(r"^#: (\w+)\n", text, flags=re.MULTILINE)[1:]
    return {name: Template(body.strip("\n")) for name, body in zip(pieces[::2], pieces[1::2], strict=True)}


def union(patterns: Sequence[str]) -> str:
    """The patterns as alternatives; empty for none."""
    result = patterns[0] if patterns else ""
    for pattern in patterns[1:]:
        result = fill("union", left=result, right=pattern)
    return result


def property_iri(key: str, names: Names) -> str:
    """The measured property with a key."""
    return iri(names.lexicon.properties[key].term.iri)


def relation_iris(keys: Iterable[str], names: Names) -> str:
    """The relations with the keys."""
    return iris(names.lexicon.relations[key].iri for key in keys)


def role_things(role: str, lexicon: Lexicon) -> list[str]:
    """The things that stand for a role in claims."""
    labels = {term.label for term in lexicon.lookup(role)} | {role}
    return sorted(thing_iri(label) for label in labels)


def condition_iri(key: str) -> str:
    """The predicate of a condition."""
    return str(lg(key))


def iris(values: Iterable[str]) -> str:
    """Several IRIs, or literals where a value is none, with spaces between."""
    return " ".join(iri(value) if re.match(r"[a-z]+://", value) else literal(value) for value in values)


def iri(value: str) -> str:
    """An IRI; raises ValueError where the text is none.

    >>> iri("https://w3id.org/lithograph/id/Li7P3S11")
    '<https://w3id.org/lithograph/id/Li7P3S11>'
    """
    return str(ox.NamedNode(value))


def literal(value: str) -> str:
    r"""A string literal with everything escaped that could end it.

    >>> literal('a" } DROP ALL')
    '"a\\" } DROP ALL"'
    """
    return str(ox.Literal(value))


def decimal(value: float) -> str:
    """A number as SPARQL writes it.

    >>> decimal(25.0), decimal(1e-6)
    ('25', '1.00000000000e-06')
    """
    plain = f"{value:.12g}"
    return plain if "e" not in plain else f"{value:.11e}"


def tidy(query: str) -> str:
    """The query without empty lines, indented by its braces."""
    depth, lines = 0, []
    for line in query.splitlines():
        text = line.strip()
        if not text:
            continue
        closes = text.startswith("}")
        lines.append("  " * max(depth - closes, 0) + text)
        depth += text.count("{") - text.count("}")
    return "\n".join(lines)
