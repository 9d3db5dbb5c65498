"""The corpus is sound: its quotes are verbatim, its references resolve, its words are its own."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import corpus
from extract.readers import read_document
from kg.claims_file import read_claims
from kg.model import Claim, Reference
from ontology.lexicon import load_lexicon
from ontology.quantities import find_quantities
from ontology.units import convert, same_dimension

AREAS = {"materials", "synthesis", "properties", "interfaces", "failure"}
NOTES = corpus.notes()
SHARED = Path(__file__).parents[2].parent / "shared" / "documents"
COPIED = 8  # this many words in a row that stand in a source as well are a copied passage

each_note = pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)


@cache
def claims_of(note: Path) -> tuple[Claim, ...]:
    return tuple(read_claims(corpus.annotation(note)))


@cache
def body_of(note: Path) -> str:
    body, _, references = note.read_text(encoding="utf-8").partition("\n## References\n")
    assert references, f"{note.name} has no reference list"
    return body


def all_claims() -> list[Claim]:
    return [claim for note in NOTES for claim in claims_of(note)]


def work(reference: Reference) -> tuple[str, int | None, str, str]:
    return reference.journal, reference.year, reference.volume, reference.page


@each_note
def test_every_quote_stands_where_its_offsets_say_and_outside_the_reference_list(note: Path) -> None:
    text = note.read_text(encoding="utf-8")
    for claim in claims_of(note):
        evidence = claim.evidence
        assert evidence.document == note.stem
        assert text[evidence.start : evidence.end] == evidence.quote
        assert evidence.end <= len(body_of(note))


@each_note
def test_the_section_of_a_claim_is_the_heading_above_its_quote(note: Path) -> None:
    text = note.read_text(encoding="utf-8")
    for claim in claims_of(note):
        headings = re.findall(r"^## (.+)$", text[: claim.evidence.start], flags=re.MULTILINE)
        assert claim.evidence.section == headings[-1]


@each_note
def test_the_annotation_keeps_the_order_of_the_text_and_states_nothing_twice(note: Path) -> None:
    claims = claims_of(note)
    spans = [(claim.evidence.start, claim.evidence.end) for claim in claims]
    assert spans == sorted(spans)
    assert len({claim.id for claim in claims}) == len(claims)


@each_note
def test_ids_in_the_file_are_the_content_hashes_of_their_claims(note: Path) -> None:
    lines = corpus.annotation(note).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [claim.id for claim in claims_of(note)]


@each_note
def test_primary_works_are_the_entries_of_the_reference_list_that_the_claim_cites(note: Path) -> None:
    listed = {reference.number: reference for reference in read_document(note).references}
    for claim in claims_of(note):
        assert [reference.number for reference in claim.evidence.primary] == list(claim.evidence.refs)
        for reference in claim.evidence.primary:
            entry = listed[reference.number]
            assert (reference.authors, *work(reference), reference.doi) == (
                entry.authors,
                *work(entry),
                entry.doi,
            )


def test_a_work_is_written_alike_wherever_it_is_cited() -> None:
    entries = [reference for note in NOTES for reference in read_document(note).references]
    written: dict[tuple[str, int | None, str, str], tuple[tuple[str, ...], str]] = {}
    for entry in entries:
        assert entry.authors
        assert all(work(entry))
        same = written.setdefault(work(entry), (entry.authors, entry.doi))
        assert same == (entry.authors, entry.doi), entry.as_written
    dois = [doi for _, doi in written.values() if doi]
    assert len(set(dois)) == len(dois)


@each_note
def test_every_citation_resolves_and_every_entry_is_cited(note: Path) -> None:
    cited: set[int] = set()
    for group in re.findall(r"\[(\d[\d,–]*)\]", body_of(note)):
        for part in group.split(","):
            first, _, last = part.partition("–")
            cited.update(range(int(first), int(last or first) + 1))
    assert cited == {reference.number for reference in read_document(note).references}


@each_note
def test_a_note_has_a_title_and_the_length_of_a_note(note: Path) -> None:
    body = body_of(note)
    assert body.startswith("# ")
    prose = re.sub(r"^(#.*|\|[-| ]+)$", "", body, flags=re.MULTILINE)
    assert 80 <= len(prose.split()) <= 250


@each_note
def test_keys_and_units_are_those_of_the_ontology(note: Path) -> None:
    lexicon = load_lexicon()
    for claim in claims_of(note):
        if claim.quantity is not None:
            assert claim.quantity.unit == lexicon.properties[claim.relation].unit
        else:
            assert claim.relation in lexicon.relations


@each_note
def test_a_measurement_quotes_its_value_as_written(note: Path) -> None:
    for claim in claims_of(note):
        if claim.quantity is not None:
            assert claim.quantity.as_written
            assert claim.quantity.as_written in claim.evidence.quote


@each_note
def test_a_value_in_running_text_is_the_one_written_there_in_the_unit_of_the_claim(note: Path) -> None:
    for claim in claims_of(note):
        quantity, quote = claim.quantity, claim.evidence.quote
        if quantity is None or quantity.unit == "1" or quote.startswith("|"):
            continue
        written = [
            convert(number, match.unit, to=quantity.unit)
            for match in find_quantities(quote)
            if match.unit is not None and same_dimension(match.unit, quantity.unit)
            for number in (match.value, match.value_max)
            if number is not None
        ]
        for value in filter(None, (quantity.value, quantity.value_max)):
            assert any(value == pytest.approx(number, rel=1e-3) for number in written), (quote, value)


@each_note
def test_names_are_distinct_and_kinds_are_known(note: Path) -> None:
    kinds = {term.kind for term in load_lexicon().terms.values()}
    for claim in claims_of(note):
        for entity in (claim.subject, claim.object):
            if entity is not None:
                assert len(set(entity.names)) == len(entity.names)
                assert entity.kind in kinds


def test_the_corpus_is_large_and_covers_all_areas() -> None:
    assert len(NOTES) >= 45
    assert len(all_claims()) >= 300
    assert {note.stem.partition("-")[0] for note in NOTES} == AREAS


def test_primary_works_are_many_and_spread_over_thirty_years() -> None:
    works = {work(reference) for claim in all_claims() for reference in claim.evidence.primary}
    years = Counter(year for _, year, _, _ in works if year is not None and 1990 <= year <= 2020)
    assert years.total() >= 70
    assert all(any(years[year] for year in range(first, first + 5)) for first in range(1990, 2020, 5))


def test_negated_and_hedged_claims_are_part_of_it() -> None:
    assert sum(claim.polarity == "negated" for claim in all_claims()) >= 10
    assert sum(claim.certainty == "hypothesised" for claim in all_claims()) >= 20


def test_links_of_mechanistic_chains_have_two_independent_works() -> None:
    support: dict[tuple[str, str, str], set[Any]] = {}
    for claim in all_claims():
        if claim.object is not None and claim.polarity == "affirmed":
            link = (claim.subject.label, claim.relation, claim.object.label)
            support.setdefault(link, set()).update(map(work, claim.evidence.primary))
    for link in [
        ("LiF-rich interphase", "suppresses", "lithium dendrite growth"),
        ("LiI", "suppresses", "lithium dendrite growth"),
        ("electronic conductivity", "promotes", "lithium dendrite growth"),
        ("grain boundaries", "promotes", "lithium penetration"),
        ("Li10GeP2S12", "forms", "mixed conducting interphase"),
        ("mixed conducting interphase", "promotes", "continued decomposition"),
        ("mixed conducting interphase", "promotes", "lithium dendrite growth"),
        ("LiNbO3", "suppresses", "space charge layer"),
        ("space charge layer", "increases", "interfacial resistance"),
        ("volume change", "promotes", "contact loss"),
        ("contact loss", "increases", "interfacial resistance"),
        ("interfacial resistance", "promotes", "capacity fade"),
    ]:
        assert len(support.get(link, ())) >= 2, link


def test_a_note_without_annotation_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no annotation"):
        corpus.annotation(Path("unwritten.md"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the source documents to compare with are not here")
def test_no_passage_is_copied_from_a_source() -> None:
    sources: set[tuple[str, ...]] = set()
    for source in SHARED.iterdir():
        sources.update(passages(source.read_text(encoding="utf-8")))
    assert sources
    for note in NOTES:
        copied = sources.intersection(passages(body_of(note)))
        assert not copied, f"{note.name}: {' '.join(copied.pop())}"


def passages(text: str) -> list[tuple[str, ...]]:
    """All runs of COPIED words, markup and mathematics reduced to plain words."""
    plain = re.sub(r"[\\${}_^*]", "", re.sub(r"\\text\{([^}]*)\}|<[^>]+>", r"\1 ", text))
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return [tuple(words[at : at + COPIED]) for at in range(len(words) - COPIED + 1)]
