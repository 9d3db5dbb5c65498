import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ontology.formula import find_formulas, parse_formula


def keys(*texts: str) -> set[str]:
    formulas = [parse_formula(text) for text in texts]
    assert all(formulas), texts
    return {formula.key for formula in formulas if formula}


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("Li7P3S11", {"Li": 7, "P": 3, "S": 11}),
        ("Li9.54Si1.74P1.44S11.7Cl0.3", {"Li": 9.54, "Si": 1.74, "P": 1.44, "S": 11.7, "Cl": 0.3}),
        ("Li6PS5(Cl,Br)", {"Li": 6, "P": 1, "S": 5, "Cl": None, "Br": None}),
        ("(Ge0.5P0.5)S4", {"Ge": 0.5, "P": 0.5, "S": 4}),
        ("LiNi1/3Co1/3Mn1/3O2", {"Li": 1, "Ni": 1 / 3, "Co": 1 / 3, "Mn": 1 / 3, "O": 2}),
        ("70Li2S-30P2S5", {"Li": 140, "S": 220, "P": 60}),
        ("Li11-xM2-xP1+xS12", {"Li": None, "M": None, "P": None, "S": 12}),
        ("Li7La3Zr2O12-δ", {"Li": 7, "La": 3, "Zr": 2, "O": None}),
        ("Li₆PS₅Cl", {"Li": 6, "P": 1, "S": 5, "Cl": 1}),
    ],
)
def test_amounts_are_read(text: str, elements: dict[str, float | None]) -> None:
    formula = parse_formula(text)
    assert formula is not None
    assert formula.elements == pytest.approx(elements)


@pytest.mark.parametrize(
    ("text", "kind", "canonical"),
    [
        ("β-Li3PS4", "compound", "β-Li3PS4"),
        ("75Li2S·24P2S5·1P2O5", "mixture", "75Li2S-24P2S5-1P2O5"),
        ("(100 - x)Li2S - xP2S5", "mixture", "(100-x)Li2S-xP2S5"),
        ("Li3PS4·0.5LiI", "mixture", "Li3PS4-0.5LiI"),
        ("Li3PS4-xLiI", "mixture", "Li3PS4-xLiI"),
        ("Li3PS4·2ACN", "solvate", "Li3PS4·2ACN"),
        ("Co9S8@Li7P3S11", "composite", "Co9S8@Li7P3S11"),
        ("Li-In", "alloy", "Li-In"),
        ("Li-P-S", "system", "Li-P-S"),
        ("Li7.0Bi1.0O6.0", "compound", "Li7BiO6"),
        ("PS4^3-", "ion", "PS4^3-"),
    ],
)
def test_kind_and_canonical_form(text: str, kind: str, canonical: str) -> None:
    formula = parse_formula(text)
    assert formula is not None
    assert (formula.kind, formula.canonical) == (kind, canonical)


@pytest.mark.parametrize(
    ("text", "charge"), [("Li+", 1), ("Cl-", -1), ("S2-", -2), ("Ge4+", 4), ("P2S74-", -4)]
)
def test_ions_carry_their_charge(text: str, charge: int) -> None:
    formula = parse_formula(text)
    assert formula is not None
    assert formula.charge == charge


@pytest.mark.parametrize(
    "texts",
    [
        ("75Li2S-25P2S5", "Li3PS4", "β-Li3PS4", "Li6P2S8"),
        ("70Li2S·30P2S5", "Li7P3S11"),
        ("Li3.25P0.75Ge0.25S4", "Li3.25Ge0.25P0.75S4"),
    ],
)
def test_equal_compositions_meet(texts: tuple[str, ...]) -> None:
    assert len(keys(*texts)) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("Li3PS4", "Li3PS4·2ACN", "PS4^3-"),
        ("Li2S-P2S5", "50Li2S-50P2S5"),
        ("Li6PS5Cl", "Li6PS5Br", "Li5.5PS4.5Cl1.5"),
        ("O2", "O"),
    ],
)
def test_different_things_stay_apart(texts: tuple[str, ...]) -> None:
    assert len(keys(*texts)) == len(texts)


@pytest.mark.parametrize(
    ("family", "member", "expected"),
    [
        ("Li6PS5X", "Li6PS5Cl", True),
        ("Li6PS5X", "Li6PS5F", True),
        ("Li6PS5X", "Li6PS5N", False),
        ("Li6PS5X", "Li5.5PS4.5Cl1.5", False),
        ("Li6PS5(Cl,Br)", "Li6PS5Cl0.5Br0.5", True),
        ("Li11-xM2-xP1+xS12", "Li10GeP2S12", True),
        ("Li4-xGe1-xPxS4", "Li3.25Ge0.25P0.75S4", True),
        ("(100-x)Li2S-xP2S5", "Li7P3S11", True),
        ("Li2S-P2S5", "75Li2S-25P2S5", True),
        ("Li6PS5Cl", "Li6PS5Br", False),
    ],
)
def test_families_match_their_members_only(family: str, member: str, expected: bool) -> None:
    first, second = parse_formula(family), parse_formula(member)
    assert first is not None
    assert second is not None
    assert first.matches(second) is expected
    assert second.matches(first) is expected


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("li6ps5cl", "Li6PS5Cl"),
        ("LI10GEP2S12", "Li10GeP2S12"),
        ("70li2s-30p2s5", "70Li2S-30P2S5"),
        ("li2co3", "Li2CO3"),
        ("lini0.8co0.1mn0.1o2", "LiNi0.8Co0.1Mn0.1O2"),
        ("li6ps5x", "Li6PS5X"),
        ("licl", "LiCl"),
    ],
)
def test_questions_may_be_typed_without_capitals(typed: str, canonical: str) -> None:
    formula = parse_formula(typed, any_case=True)
    assert formula is not None
    assert formula.canonical == canonical


@pytest.mark.parametrize("word", ["cells", "gas", "lips", "no", "in", "what", "xps", ""])
def test_words_typed_in_small_letters_are_no_formulas(word: str) -> None:
    assert parse_formula(word, any_case=True) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pellets of Li6PS5Cl, Li6PS5Br or Li6PS5I.", ["Li6PS5Cl", "Li6PS5Br", "Li6PS5I"]),
        ("a Li6PS5(Cl, Br)-based cathode", ["Li6PS5(Cl, Br)"]),
        ("an LGPS-type Li10SnP2S12 pellet", ["Li10SnP2S12"]),
        ("at 0.3 V versus Li/Li+ in the cell", []),
        ("coated with Al2O3@Si and a Li-In foil", ["Al2O3@Si", "Li-In"]),
        ("In Table S2 the SEs, PVP, XPS and NCM811 at 4.3 V are in S/cm; No, As, I.", []),
        ("space group P1, site Na1, Fig. S3, CR2032 cells at 300 K and 2 C", []),
        ("Wu, Li et al. used Li and O2", ["Li", "O2"]),
        ("Cl- and Br-doped samples with Cl- and Br- ions", ["Cl", "Br", "Cl", "Br-"]),
        ("the 0.5Li2MnO3-0.5LiCoO2 cathode", ["0.5Li2MnO3-0.5LiCoO2"]),
        ("Li-S cells", ["Li"]),
        ("a Li6-γPS5-γCl1+γ glass", ["Li6-γPS5-γCl1+γ"]),
    ],
)
def test_formulas_are_found_and_words_are_not(text: str, found: list[str]) -> None:
    assert [match.text for match in find_formulas(text)] == found


@example("0/0B")
@given(st.text(alphabet="LiPSGeClBrx0123456789.-()[]·@+^ ,/", max_size=40))
def test_any_text_is_read_without_error_and_matches_are_verbatim(text: str) -> None:
    for match in find_formulas(text):
        assert text[match.start : match.end] == match.text


def test_every_composition_of_an_independent_collection_parses(shared: Path) -> None:
    with (shared / "third-party/obelix/all.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    unread = [
        row[name]
        for row in rows
        for name in ("Reduced Composition", "True Composition")
        if not parse_formula(row[name])
    ]
    assert len(rows) > 500
    assert unread == []
