"""Relations of whole papers against gold facts: floors a little below what was measured last."""

from pathlib import Path

import pytest

from tests.extract.paper_scores import extracted, f1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("gold", "document", "text_only", "least"),
    [
        ("wu2020-sec2", "wu2020-sulfide-assb-review.md", False, 0.60),
        ("wu2020-sec2", "wu2020-sulfide-assb-review.md", True, 0.54),
        ("wu2020-sec4.1", "wu2020-sulfide-assb-review.md", False, 0.49),
        ("sun2022", "sun2022_lrmo_assb_interface.md", False, 0.51),
        ("angew2023", "angew2023_sulfur_assb_operando.md", False, 0.55),
        ("na2023", "na_superionic_design_principles2023.md", False, 0.60),
    ],
)
def test_relations_of_a_paper(shared: Path, gold: str, document: str, text_only: bool, least: float) -> None:
    assert f1(shared, gold, document, kind="relation", text_only=text_only) >= least


@pytest.mark.slow
def test_claims_of_a_long_review(shared: Path) -> None:
    """Every claim quotes the review exactly, names its things briefly, and stands at its place."""
    file = shared / "documents/wu2020-sulfide-assb-review.md"
    text = file.read_text(encoding="utf-8")
    rows = extracted(file)
    relations = [row for row in rows if row["type"] == "relation"]
    assert len(relations) > 400
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert all(len(row["subject"]) <= 4 for row in relations)
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)
