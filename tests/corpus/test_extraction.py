"""Extraction reads the notes about as well as it did: a floor under its agreement with the annotation.

The notes speak like a person and not like a paper, with pronouns and asides, so agreement is lower than on
papers. What counts here is that no change loses what was found before.
"""

from collections.abc import Callable
from functools import cache

import pytest

import corpus
from extract.pipeline import extract_claims
from extract.readers import read_document
from kg.claims_file import read_claims
from kg.model import Claim
from tests.corpus.agreement import Agreement

# A little below what was measured last; raise them when extraction gets better.
MEASUREMENT_FLOOR = 0.69
RELATION_FLOOR = 0.26


@cache
def readings() -> tuple[tuple[tuple[Claim, ...], tuple[Claim, ...]], ...]:
    """Annotation and extraction of each note."""
    return tuple(
        (tuple(read_claims(corpus.annotation(note))), tuple(extract_claims(read_document(note))))
        for note in corpus.notes()
    )


@pytest.mark.parametrize(
    ("judged", "floor"),
    [
        pytest.param(lambda claim: claim.is_measurement, MEASUREMENT_FLOOR, id="measurements"),
        pytest.param(lambda claim: not claim.is_measurement, RELATION_FLOOR, id="relations"),
    ],
)
def test_extraction_finds_what_it_found_before(judged: Callable[[Claim], bool], floor: float) -> None:
    agreement = Agreement()
    for annotated, extracted in readings():
        agreement.add(filter(judged, annotated), filter(judged, extracted))
    assert agreement.f1 >= floor, agreement.table()


def test_every_extracted_claim_quotes_its_note() -> None:
    for note, (_, extracted) in zip(corpus.notes(), readings(), strict=True):
        text = note.read_text(encoding="utf-8")
        for claim in extracted:
            evidence = claim.evidence
            assert text[evidence.start : evidence.end] == evidence.quote
