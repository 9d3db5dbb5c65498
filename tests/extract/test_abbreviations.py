"""Short forms and what they stand for."""

import pytest

from extract.abbreviations import find_abbreviations


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The solid electrolytes (SEs) conduct.", "SE", "solid electrolytes"),
        ("The critical current density (CCD) rose.", "CCD", "critical current density"),
        ("We milled lithium germanium thiophosphate (LGPS).", "LGPS", "lithium germanium thiophosphate"),
        ("We milled Li10GeP2S12 (LGPS).", "LGPS", "Li10GeP2S12"),
        ("Pellets of LGPS (Li10GeP2S12) were pressed.", "LGPS", "Li10GeP2S12"),
        ("The compound (LGPS) Li10GeP2S12 conducts.", "LGPS", "Li10GeP2S12"),
        ("The glass 90Li3PS4-10LiI (LPS-I) conducts.", "LPS-I", "90Li3PS4-10LiI"),
        ("We milled an S-carbon-Li3PS4 (SCL) cathode.", "SCL", "S-carbon-Li3PS4"),
        ("We made Li3PS4, hereafter LPS, by milling.", "LPS", "Li3PS4"),
        ("The Li6PS5Cl powder (denoted as LPSC) was dry.", "LPSC", "Li6PS5Cl powder"),
        ("LRMO materials (Li1.2Mn0.54Co0.13Ni0.13O2) fade.", "LRMO", "Li1.2Mn0.54Co0.13Ni0.13O2"),
    ],
)
def test_a_definition_is_found(text: str, short: str, long: str) -> None:
    assert long in find_abbreviations([text]).expand(short)


@pytest.mark.parametrize(
    "text",
    [
        "The compound LiGa(SeO3)2 was made.",
        "It was measured with a spectrometer (USA).",
        "The pellet (Fig. 2) was thin.",
        "The cell failed (see SI).",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert find_abbreviations([text]).long_forms == {}


def test_plural_short_forms_expand() -> None:
    table = find_abbreviations(["all-solid-state batteries (ASSBs) fail"])
    assert table.expand("ASSB") == table.expand("ASSBs") == ("all-solid-state batteries",)


def test_a_formula_comes_first_and_a_second_formula_is_left_out() -> None:
    table = find_abbreviations(
        ["lithium phosphorus sulfide (LPS)", "We milled Li3PS4 (LPS).", "Then Li7P3S11 (LPS) formed."]
    )
    assert table.expand("LPS") == ("Li3PS4", "lithium phosphorus sulfide")


def test_a_qualified_formula_is_another_thing() -> None:
    assert find_abbreviations(["The modified Li3PS4 (MLPS) conducts."]).expand("MLPS") == ("modified Li3PS4",)


def test_unknown_short_forms_expand_to_nothing() -> None:
    assert find_abbreviations([]).expand("XYZ") == ()
