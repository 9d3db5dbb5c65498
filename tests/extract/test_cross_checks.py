"""What is extracted, against data sets made by others: see bench/obelix.py and bench/doping.py."""

from pathlib import Path

import pytest

from bench.doping import linked, scored
from bench.obelix import compare, listed
from corpus import notes


@pytest.mark.slow
def test_conductivities_lie_in_the_range_of_a_table_of_electrolytes(shared: Path) -> None:
    documents = [*sorted((shared / "documents").iterdir()), *notes()]
    compared, outliers = compare(documents, listed(shared / "third-party/obelix/all.csv"))
    assert compared >= 90
    assert len(outliers) <= 0.1 * compared, [claim.subject.label for claim, _ in outliers]


@pytest.mark.slow
def test_hosts_and_dopants_of_abstracts_of_all_fields(shared: Path) -> None:
    """A floor a little below what was measured last; the abstracts are of all of materials science."""
    precision, _, f1 = scored(shared / "third-party/nerre-doping/train.json")
    assert precision >= 0.85
    assert f1 >= 0.7


def test_a_link_is_pairs_of_words_as_written() -> None:
    sentences = [
        "The nitrogen-doped porous carbon was made by heating and then tested in many cells of ours.",
        "Nothing of the kind was ever seen in the porous carbon that had been left as it was before.",
        "The electrolyte was pressed between two blocking electrodes before its impedance was measured.",
    ]
    assert linked(sentences) == [{("porous", "nitrogen"), ("carbon", "nitrogen")}, set(), set()]
