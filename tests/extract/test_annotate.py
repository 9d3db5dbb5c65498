"""Annotated text: what is shown stands in the text, and what people correct in it comes back as claims."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from extract.annotated import Annotated, annotate
from extract.annotated_brat import brat_configuration, write_brat
from extract.annotated_brat_back import read_brat
from extract.annotated_html import to_html
from extract.document import Document
from extract.readers import read_document
from kg.claims_file import ClaimsFileError
from kg.model import Claim
from ontology.lexicon import load_lexicon

PAPER = r"""# A note on <b>glass & "film"</b>

## Results

The ionic conductivity of $\text{Li}_6\text{PS}_5\text{Cl}$ is $1.3 \times 10^{-3}$ S cm$^{-1}$ at 25 °C [1].
LGPS does not suppress lithium dendrite growth [2]. A LiF-rich SEI may suppress
lithium dendrite growth.

Table 1. Conductivities of electrolytes at 25 °C.

| Electrolyte | Ionic conductivity (S/cm) |
|---|---|
| Li3PS4 | 0.0002 |

## References

[1] A. Author, *J. Test* **2015**, 1, 2.
[2] B. Author, *J. Test* **2017**, 3, 4.
"""


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Annotated:
    file = tmp_path_factory.mktemp("paper") / "paper.md"
    file.write_text(PAPER, encoding="utf-8", newline="")
    return annotate(read_document(file))


@pytest.fixture
def corrected(annotated: Annotated, tmp_path: Path) -> Callable[[Callable[[str], str]], list[Claim]]:
    """The claims of the annotation after a change to its ``.ann``."""

    def read(change: Callable[[str], str]) -> list[Claim]:
        before = write_brat(annotated)
        after = change(before)
        assert after != before
        file = tmp_path / "paper.ann"
        file.write_text(after, encoding="utf-8")
        return read_brat(file, annotated.document)

    return read


def said(claims: list[Claim]) -> set[tuple[str, str, str, str]]:
    return {
        (
            claim.subject.label,
            claim.relation,
            claim.object.label if claim.object else f"{claim.quantity and claim.quantity.value:g}",
            f"{claim.polarity} {claim.certainty}",
        )
        for claim in claims
    }


FOUND = {
    ("Li6PS5Cl", "ionic_conductivity", "0.0013", "affirmed asserted"),
    ("Li10GeP2S12", "suppresses", "lithium dendrite growth", "negated asserted"),
    ("LiF-rich SEI", "suppresses", "lithium dendrite growth", "affirmed hypothesised"),
    ("Li3PS4", "ionic_conductivity", "0.0002", "affirmed asserted"),
}


def relation_of(ann: str, name: str, subject: str) -> str:
    """The line of the relation of one name whose note has the subject."""
    note = next(
        line for line in ann.splitlines() if line.startswith("#") and f'"subject": ["{subject}' in line
    )
    number = re.search(r"AnnotatorNotes (R\d+)", note)
    assert number
    return next(line for line in ann.splitlines() if line.startswith(f"{number[1]}\t{name}"))


def test_names_are_found_in_place_with_the_reason_of_their_grounding(annotated: Annotated) -> None:
    assert said(list(annotated.claims)) >= FOUND
    text = annotated.document.text
    reasons = {thing.names[0]: (text[thing.start : thing.end], thing.reason) for thing in annotated.things}
    assert reasons["Li6PS5Cl"][0].strip("$") == r"\text{Li}_6\text{PS}_5\text{Cl}"
    assert reasons["Li10GeP2S12"] == ("LGPS", "label")
    assert reasons["lithium dendrite growth"][1] in ("label", "alternative label")


def test_brat_marks_what_stands_in_the_text(annotated: Annotated) -> None:
    marked = [line.split("\t") for line in write_brat(annotated).splitlines() if line.startswith("T")]

    assert len(marked) == len({tuple(place.split(" ", 1)) for _, place, _ in marked})
    for _, place, content in marked:
        runs = [run.split() for run in place.split(" ", 1)[1].split(";")]
        assert " ".join(PAPER[int(start) : int(end)] for start, end in runs) == content
    values = {content for _, place, content in marked if place.startswith("Value")}
    assert any("1.3 \\times 10^{-3}" in value for value in values)
    assert "0.0002" in values


def test_brat_draws_denial_and_hedging(annotated: Annotated) -> None:
    ann = write_brat(annotated)
    denied, hedged = relation_of(ann, "suppresses", "Li10GeP2S12"), relation_of(ann, "suppresses", "LiF-rich")

    assert re.search(rf"^A\d+\tNegated {denied.split()[0]}$", ann, re.MULTILINE)
    assert re.search(rf"^A\d+\tHypothesised {hedged.split()[0]}$", ann, re.MULTILINE)


def test_what_is_not_corrected_comes_back_the_same(annotated: Annotated, tmp_path: Path) -> None:
    file = tmp_path / "paper.ann"
    file.write_text(write_brat(annotated), encoding="utf-8")

    back = read_brat(file, annotated.document)

    curated = [
        replace(claim, evidence=replace(claim.evidence, extractor="curated")) for claim in annotated.claims
    ]
    assert sorted(back, key=lambda claim: claim.id) == sorted(curated, key=lambda claim: claim.id)


def test_a_deleted_relation_is_gone(corrected: Callable[..., list[Claim]]) -> None:
    found = corrected(lambda ann: ann.replace(relation_of(ann, "suppresses", "LiF-rich") + "\n", ""))

    assert FOUND - said(found) == {
        ("LiF-rich SEI", "suppresses", "lithium dendrite growth", "affirmed hypothesised")
    }


def test_a_changed_relation_changes_its_claim_only(corrected: Callable[..., list[Claim]]) -> None:
    def change(ann: str) -> str:
        line = relation_of(ann, "suppresses", "LiF-rich")
        return ann.replace(line, line.replace("suppresses", "promotes"))

    found = said(corrected(change))

    assert ("LiF-rich SEI", "promotes", "lithium dendrite growth", "affirmed hypothesised") in found
    assert len(FOUND & found) == 3


def test_a_flag_taken_away_makes_an_assertion(corrected: Callable[..., list[Claim]]) -> None:
    found = corrected(lambda ann: re.sub(r"(?m)^A\d+\tNegated R\d+\n", "", ann))

    assert ("Li10GeP2S12", "suppresses", "lithium dendrite growth", "affirmed asserted") in said(found)


def test_an_end_that_was_moved_gives_its_text(corrected: Callable[..., list[Claim]]) -> None:
    start = PAPER.index("lithium dendrite growth [2]")

    def change(ann: str) -> str:
        line = relation_of(ann, "suppresses", "Li10GeP2S12")
        moved = re.sub(r"Arg2:T\d+", "Arg2:T999", line)
        marked = f"T999\tFailureMechanism {start} {start + 16}\tlithium dendrite\n"
        return marked + ann.replace(line, moved)

    found = corrected(change)

    assert ("Li10GeP2S12", "suppresses", "lithium dendrite", "negated asserted") in said(found)
    moved = next(claim for claim in found if claim.object and claim.object.label == "lithium dendrite")
    assert moved.evidence.refs == (2,)


def test_a_new_relation_is_a_claim_of_its_sentence(corrected: Callable[..., list[Claim]]) -> None:
    lgps, value = PAPER.index("LGPS"), PAPER.index("25 °C [1]")
    new = (
        f"T901\tMaterial {lgps} {lgps + 4}\tLGPS\n"
        f"T902\tValue {value} {value + 5}\t25 °C\n"
        "R901\toperating_temperature Arg1:T901 Arg2:T902\n"
    )
    key = next(
        key for key, measured in load_lexicon().properties.items() if measured.unit in ("C", "°C", "degC")
    )

    found = corrected(lambda ann: ann + new.replace("operating_temperature", key))

    claim = next(claim for claim in found if claim.relation == key)
    assert claim.quantity is not None
    assert (claim.subject.label, claim.quantity.value) == ("LGPS", 25.0)
    assert claim.evidence.quote == PAPER[claim.evidence.start : claim.evidence.end]
    assert claim.evidence.quote.startswith("The ionic conductivity")
    assert claim.evidence.quote.rstrip(". []2").endswith("growth")
    assert (claim.evidence.extractor, claim.evidence.section) == ("curated", "Results")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("T900\tMaterial 0 4\tLGPS", "has other text there"),
        ("T900\tMaterial somewhere\tLGPS", "Kind start end"),
        ("R900\tsuppresses T1 T2", "Arg1:T1 Arg2:T2"),
        ("R900\tsuppresses Arg1:T900 Arg2:T901", "T900, which marks no text"),
        ("R900\tlikes Arg1:T1 Arg2:T2", "is called 'likes'"),
        ("R900\tionic_conductivity Arg1:T1 Arg2:T1", "expected a number with a unit"),
        ("#900\tAnnotatorNotes R1\t{not json", "note is no JSON"),
        ('#900\tAnnotatorNotes R1\t{"type": "relation"}', "note of R1"),
        ("E1\tforms:T1", "line .*expected T1"),
    ],
)
def test_a_line_that_does_not_fit_is_told(annotated: Annotated, tmp_path: Path, line: str, says: str) -> None:
    file = tmp_path / "paper.ann"
    file.write_text(write_brat(annotated) + line + "\n", encoding="utf-8")

    with pytest.raises(ClaimsFileError, match=says):
        read_brat(file, annotated.document)


def test_brat_is_configured_for_every_kind_and_relation(annotated: Annotated) -> None:
    configured = brat_configuration(load_lexicon())
    kinds = configured.split("[relations]")[0].split()
    drawn = {line.split("\t")[0] for line in configured.splitlines()}

    for line in write_brat(annotated).splitlines():
        word = line.split("\t")[1].split(" ")[0]
        if line[0] == "T":
            assert word in kinds
        elif line[0] in "RA":
            assert word in drawn


class Page(HTMLParser):
    """What a page shows, and what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loaded: list[str] = []
        self.headings: list[int] = []
        self.shown = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.loaded += [value for key in ("src", "href") if (value := names.get(key))]
        assert tag not in ("script", "link", "img", "iframe")
        if tag != "meta":
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.shown += data


def test_the_page_is_whole_and_needs_nothing_else(annotated: Annotated) -> None:
    html = to_html(annotated)
    page = Page()
    page.feed(html)

    assert page.open == []
    assert page.loaded == []
    assert page.headings[0] == 1
    assert all(below - above <= 1 for above, below in zip(page.headings, page.headings[1:], strict=False))
    assert '<html lang="en">' in html
    assert "default-src 'none'" in html


def test_the_page_shows_claims_below_their_paragraph(annotated: Annotated) -> None:
    page = Page()
    page.feed(to_html(annotated))
    shown = " ".join(page.shown.split())

    assert "Li6PS5Cl ionic conductivity 0.0013 S/cm" in shown
    assert "Li10GeP2S12 suppresses lithium dendrite growth · denied" in shown
    assert shown.index("LGPS does not suppress") < shown.index("· denied") < shown.index("Table 1")
    assert "· hedged" in shown
    assert "Li3PS4 ionic conductivity 0.0002 S/cm" in shown


def test_text_of_a_document_is_no_markup_of_the_page(tmp_path: Path) -> None:
    file = tmp_path / "evil.md"
    text = (
        "# A note\n\nThe <script>alert(1)</script> of LGPS \"x\" onclick='y' suppresses dendrites & more.\n"
    )
    file.write_text(text, encoding="utf-8")

    html = to_html(annotate(read_document(file)))

    assert "<script" not in html.split("</head>")[1]
    assert "&amp; more" in html


def test_a_claims_file_row_of_every_claim_is_in_its_note(annotated: Annotated) -> None:
    notes = [line.split("\t")[2] for line in write_brat(annotated).splitlines() if "AnnotatorNotes R" in line]

    assert {json.loads(note)["id"] for note in notes} == {claim.id for claim in annotated.claims}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["elsevier_S1388248113001951.norm-xml", "angew2023_sulfur_assb_operando.md"])
def test_a_paper_comes_back_as_it_went(shared: Path, tmp_path: Path, name: str) -> None:
    document: Document = read_document(shared / "documents" / name)
    annotated = annotate(document)
    file = tmp_path / "paper.ann"
    file.write_text(write_brat(annotated), encoding="utf-8")

    assert {claim.id for claim in read_brat(file, document)} == {claim.id for claim in annotated.claims}
