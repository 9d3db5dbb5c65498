"""Statements inside and around a noun phrase: "X-doped Y", "the Y electrolyte", "X as the anode", "argyrodites such as Y"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract.relations.causes import EffectReader
from extract.relations.statements import Statement


def structure_statements(effects: EffectReader, token: Token) -> Iterator[Statement]:
    """The statements of the structural patterns that the token triggers."""
    return iter(())
