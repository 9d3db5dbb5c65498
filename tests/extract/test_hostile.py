"""Documents that nobody wrote: no error, offsets that hold, and time in proportion to length."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.abbreviations import find_abbreviations
from extract.document import Document
from extract.mentions import find_mentions
from extract.nlp import parse_texts
from extract.passages import passages
from extract.pipeline import extract_claims
from extract.plain_text import half_plain
from extract.readers import ReadError, read_text
from ontology.lexicon import load_lexicon
from tests.growth import growth

PATTERNS = [
    *("[", "(", "() ", "{", "<", "&", "$x", "\\", "*", "_a", "|-", "| a ", "\ta", "# a\n", "a\n\n", "A. B. "),
    *(
        "- a\n",
        "1 ",
        "1,2,",
        "10-4 ",
        "[1] ",
        "\\[",
        "![](",
        "<!-- ",
        "<sub>",
        "^{",
        "Li 2 ",
        "😀",
        "\x01\x0b",
    ),
    *(" ", "'", "[1] A. B, J. Exp. 2019, 1, 2.\n", "ABC (abc) ", "an unended line\n\n", "Fig. 1. a\n\n"),
]
TAGS = [
    '<a href="#ref-1">',
    '<xref ref-type="bibr">',
    "<tex-math>\\begin{document}",
    "<mml:math>",
    "<msub><mi>Li</mi>",
    "<msup><mn>10</mn><mn>",
]
HEAD, TAIL = "The Li6PS5Cl pellet reaches 5 mS/cm at last. ", " and here it ends."


def read(text: str) -> Document | None:
    """Read a text as far as its passages."""
    try:
        document = read_text(text)
    except ReadError:
        return None
    passages(document)
    return document


@pytest.mark.parametrize("pattern", PATTERNS)
def test_time_of_reading_grows_in_proportion_to_length(pattern: str) -> None:
    assert growth(lambda text: read(HEAD + text + TAIL), pattern) < 10


@pytest.mark.parametrize("pattern", TAGS)
def test_time_of_repair_grows_in_proportion_to_length(pattern: str) -> None:
    assert growth(lambda text: half_plain(text, markup="xml"), pattern, size=8000) < 10


@pytest.mark.parametrize("pattern", ["(a) ", "ABC (abc) ", "(ABC) def ", "A", "a.A"])
def test_time_for_abbreviations_grows_in_proportion_to_length(pattern: str) -> None:
    assert growth(lambda text: find_abbreviations([text]), pattern) < 10


@pytest.mark.parametrize("pattern", ["[", "(a ", '" ', "H2O, ", "1 "])
def test_time_for_mentions_grows_in_proportion_to_length(pattern: str) -> None:
    lexicon = load_lexicon()

    def mentions(text: str) -> None:
        abbreviations = find_abbreviations([text])
        for doc in parse_texts([HEAD + text + TAIL]):
            find_mentions(doc, lexicon=lexicon, abbreviations=abbreviations)

    assert growth(mentions, pattern, size=1000) < 10


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from([*PATTERNS, *TAGS, *string.printable, "\u0301", "\u202e", "\ud7ff"]), max_size=60
    )
)
def test_any_text_is_read_and_its_offsets_hold(pieces: list[str]) -> None:
    text = "".join(pieces)
    document = read(text)
    if document is None:
        return
    assert document.text == text
    for passage in passages(document):
        start, end = passage.to_source(0, len(passage.text))
        assert 0 <= start <= end <= len(text)
    for block in document.blocks:
        assert text[block.start : block.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        HEAD + "1,2," * 25_000,
        HEAD + "😀" * 25_000 + TAIL,
        HEAD + "\x01\x0b\x0c" * 30_000 + TAIL,
        HEAD + "word " * 20_000 + TAIL,
    ],
    ids=["brackets", "commas", "emoji", "control characters", "one long line"],
)
@pytest.mark.slow
def test_a_hundred_kilobytes_of_anything_are_read(text: str) -> None:
    try:
        claims = extract_claims(read_text(text))
    except ReadError:
        return
    assert all(text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote for claim in claims)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LiI suppresses lithium dendrite growth.", "LiI suppresses lithium dendrite growth"),
        ("Ann et al. [35] found that LiI suppresses dendrites.", "LiI suppresses dendrite growth"),
        ("LiI suppresses dendrites (Ann et al., 2019)", "LiI suppresses dendrite growth"),
        ("Li6PS5Cl has an ionic conductivity of 3 mS/cm", "Li6PS5Cl ionic_conductivity 0.003"),
        ("# A note\n\nLi6PS5Cl has an ionic conductivity of 3 mS/cm.", "Li6PS5Cl ionic_conductivity 0.003"),
    ],
)
def test_a_pasted_sentence_is_a_document(text: str, expected: str) -> None:
    claims = extract_claims(read_text(text))
    assert expected in [
        f"{claim.subject.label} {claim.relation} "
        f"{claim.object.label if claim.object else claim.quantity and claim.quantity.value}"
        for claim in claims
    ]
