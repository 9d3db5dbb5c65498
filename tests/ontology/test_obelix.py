"""Composition against OBELiX, a data set of some 600 solid electrolytes whose curators judged each family.

``pytest -s`` prints the confusion table. A family that composition alone does not tell (a structure that
another composition has as well) cannot agree wholly; families that the ontology does not part are taken
together, as ``ACCEPTED`` says.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from ontology.formula import parse_formula
from ontology.grounding import ground
from ontology.lexicon import TERMS, Lexicon, load_lexicon

#: Families as the table writes them ("cholorides", and phosphides among the phosphates, are the table's own).
ACCEPTED = {
    "NASICON": "NASICONElectrolyte",
    "garnet": "GarnetElectrolyte",
    "garnet-like": "GarnetElectrolyte",
    "perovskites": "PerovskiteElectrolyte",
    "argyrodites": "ArgyroditeElectrolyte OxideArgyrodite",
    "argyrodite": "ArgyroditeElectrolyte OxideArgyrodite",
    "LGPS": "LGPSTypeElectrolyte",
    "thio-LISICON": "ThioLISICONElectrolyte",
    "LISICON": "LISICONElectrolyte",
    "oxides": "OxideElectrolyte LithiumMixedOxide OxideCoating",
    "Lanthanumlithiumoxide": "OxideElectrolyte LithiumMixedOxide",
    "hexaoxometalates": "OxideElectrolyte LithiumMixedOxide",
    "zirconates": "OxideElectrolyte LithiumMixedOxide",
    "molybdates": "OxideElectrolyte LithiumMixedOxide",
    "copper pyroborate": "OxideElectrolyte",
    "silicates": "OxideElectrolyte",
    "sugilites": "OxideElectrolyte",
    "boracites": "OxideElectrolyte OxyhalideElectrolyte",
    "fluorooxoborate": "OxideElectrolyte OxyhalideElectrolyte",
    "pyrochlore": "PyrochloreElectrolyte",
    "sulfides": "SulfideElectrolyte",
    "thio-phosphate": "ThiophosphateElectrolyte",
    "Chalcogenidotetrelates": "SulfideElectrolyte SelenideElectrolyte",
    "layered": "SulfideElectrolyte",
    "phosphates": "PhosphateElectrolyte",
    "diphosphate": "PhosphateElectrolyte",
    "pyrophosphate": "PhosphateElectrolyte",
    "fluorophosphates": "PhosphateElectrolyte",
    "Borophosphates": "PhosphateElectrolyte",
    "Tavorite": "PhosphateElectrolyte",
    "halides": "HalideElectrolyte",
    "Halide": "HalideElectrolyte",
    "chlorides": "HalideElectrolyte",
    "cholorides": "HalideElectrolyte",
    "fluorides": "HalideElectrolyte",
    "antiperovskite": "AntiperovskiteElectrolyte",
    "hydrides": "HydrideElectrolyte",
    "nitrides": "NitrideElectrolyte",
    "nitride": "NitrideElectrolyte",
    "boron nitride": "NitrideElectrolyte",
    "nitridosilicates": "NitrideElectrolyte OxynitrideElectrolyte",
    "LIPON": "OxynitrideElectrolyte",
}

#: What each of the large families reaches at least.
LEAST = {
    "NASICON": 0.95,
    "garnet": 0.95,
    "perovskites": 0.95,
    "argyrodites": 0.9,
    "LGPS": 0.7,
    "thio-LISICON": 0.7,
    "LISICON": 0.85,
    "oxides": 0.9,
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, str]]:
    data = shared / "third-party" / "obelix" / "all.csv"
    if not data.is_file():
        pytest.skip(f"no data set {data}")
    with data.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def confusion(rows: list[dict[str, str]], lexicon: Lexicon) -> dict[str, Counter[str]]:
    """How often each class was given to the formulas of each family of the table."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        term = ground(row["Reduced Composition"], kind="Material", lexicon=lexicon).term
        table[row["Family"]][term.iri.removeprefix(TERMS) if term else "(none)"] += 1
    table.pop("", None)
    return table


def _agreeing(family: str, given: Counter[str], lexicon: Lexicon) -> int:
    accepted = {TERMS + name for name in ACCEPTED[family].split()}
    return sum(
        count
        for name, count in given.items()
        if TERMS + name in lexicon.terms and accepted & set(lexicon.terms[TERMS + name].ancestors)
    )


def _lines(confusion: dict[str, Counter[str]], lexicon: Lexicon) -> Iterator[str]:
    for family, given in sorted(confusion.items(), key=lambda each: -each[1].total()):
        classes = ", ".join(f"{name} {count}" for name, count in given.most_common())
        yield f"{family:22} {_agreeing(family, given, lexicon):4} of {given.total():4}   {classes}"


def test_every_formula_is_read(rows: list[dict[str, str]]) -> None:
    formulas = [row["Reduced Composition"] for row in rows]
    assert len(formulas) > 500
    assert [text for text in formulas if parse_formula(text) is None] == []


def test_nine_formulas_of_ten_agree(confusion: dict[str, Counter[str]], lexicon: Lexicon) -> None:
    agreeing = sum(_agreeing(family, given, lexicon) for family, given in confusion.items())
    total = sum(given.total() for given in confusion.values())
    sys.stdout.write("\n".join((*_lines(confusion, lexicon), f"{agreeing} of {total} agree", "")))
    assert agreeing / total >= 0.9
    assert set(confusion) == set(ACCEPTED)


@pytest.mark.parametrize(("family", "least"), LEAST.items(), ids=LEAST)
def test_each_large_family_agrees(
    confusion: dict[str, Counter[str]], lexicon: Lexicon, family: str, least: float
) -> None:
    given = confusion[family]
    assert given.total() > 20
    assert _agreeing(family, given, lexicon) / given.total() >= least
