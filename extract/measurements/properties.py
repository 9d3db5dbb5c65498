"""Which measured property a word or a unit speaks of."""

from __future__ import annotations

from ontology.lexicon import Lexicon, Term


def property_key(term: Term, *, lexicon: Lexicon) -> str:
    """The key of the measured property that a term is or specialises; empty for any other term."""
    by_iri = {item.term.iri: key for key, item in lexicon.properties.items()}
    return next((by_iri[iri] for iri in term.ancestors if iri in by_iri), "")
