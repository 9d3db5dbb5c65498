import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.quantities import find_quantities

Expected = list[tuple[str, float, float | None, str]]


def read(text: str, *, bare: bool = False) -> Expected:
    return [
        (match.comparator, match.value, match.value_max, match.unit.symbol if match.unit else "")
        for match in find_quantities(text, bare=bare)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.7×10^-2 S cm^-1", [("=", 0.017, None, "S/cm")]),
        ("1.7 × 10-2 S cm-1", [("=", 0.017, None, "S/cm")]),
        ("3.0 × 10 -3 S cm -1", [("=", 0.003, None, "S/cm")]),
        ("1.9 × 10⁻⁴ S cm⁻¹", [("=", 0.00019, None, "S/cm")]),
        ("5 x 10^-9 S cm-1", [("=", 5e-9, None, "S/cm")]),
        ("10−4 S cm−1", [("=", 1e-4, None, "S/cm")]),
        ("10-12 S cm-1", [("=", 1e-12, None, "S/cm")]),
        ("10–20 MPa", [("=", 10, 20, "MPa")]),
        ("10^-3-10^-4 S cm^-1", [("=", 1e-4, 1e-3, "S/cm")]),
        ("2 to 7 ×10^-4 S/cm", [("=", 2e-4, 7e-4, "S/cm")]),
        ("between 2 and 7 × 10^-4 S/cm", [("=", 2e-4, 7e-4, "S/cm")]),
        ("ranging from 0.1 to 3 mS/cm", [("=", 0.1, 3, "mS/cm")]),
        ("rose from 0.1 to 3 mS/cm", [("=", 0.1, None, "mS/cm"), ("=", 3, None, "mS/cm")]),
        ("2.4 and 3.9 × 10^-3 S cm-1", [("=", 2.4e-3, None, "S/cm"), ("=", 3.9e-3, None, "S/cm")]),
        ("0.5-7V vs Li/Li+", [("=", 0.5, 7, "V")]),
        ("2.5 V-4.3 V", [("=", 2.5, 4.3, "V")]),
        ("-0.6 V", [("=", -0.6, None, "V")]),
        ("(3.2 ± 0.1) × 10^-3 S cm^-1", [("=", 0.0032, None, "S/cm")]),
        ("0.26± 0.05 eV", [("=", 0.26, None, "eV")]),
        ("1,000 cycles", [("=", 1000, None, "cycle")]),
        ("C/20 and 0.5C", [("=", 0.05, None, "C"), ("=", 0.5, None, "C")]),
        ("773 K for 90 min", [("=", 773, None, "K"), ("=", 90, None, "min")]),
        ("98.6%, 98.1% and 97.5%", [("=", 98.6, None, "%"), ("=", 98.1, None, "%"), ("=", 97.5, None, "%")]),
        (
            "900, 800, and 700 mA h g-1",
            [("=", 900, None, "mAh/g"), ("=", 800, None, "mAh/g"), ("=", 700, None, "mAh/g")],
        ),
    ],
)
def test_numbers_ranges_and_lists(text: str, expected: Expected) -> None:
    assert read(text) == [
        (sign, pytest.approx(value), high and pytest.approx(high), unit)
        for sign, value, high, unit in expected
    ]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("over 1100 mAh g-1", ">"),
        ("more than 5 V", ">"),
        ("above 10 mS/cm", ">"),
        (">4.5V", ">"),
        ("at least 5 V", ">="),
        ("up to 5 V", "<="),
        ("as high as 5 V", "="),
        ("nearly 5 V", "~"),
        ("ca. 5 V", "~"),
        ("(∼5 V)", "~"),
        ("≈10^-8 S/cm", "~"),
        ("less than 5 V", "<"),
        ("<10^-8 S/cm", "<"),
        ("5 V or more", ">="),
        ("a value of 5 V", "="),
    ],
)
def test_comparators(text: str, sign: str) -> None:
    assert [row[0] for row in read(text)] == [sign]


@pytest.mark.parametrize(
    "text", ["Li7P3S11 in Figure 2 d", "Table 3, V2O5", "in 2011 the group", "type-3 cells", "[12] K."]
)
def test_labels_names_and_years_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_a_year_before_a_quantity_does_not_share_its_unit() -> None:
    assert read("In 2011, 5 V cells") == [("=", 5, None, "V")]


def test_bare_numbers_are_read_on_request() -> None:
    assert read("more than 1e-2", bare=True) == [(">", 0.01, None, "")]
    assert read("between 2 and 3", bare=True) == [("=", 2, 3, "")]


def test_members_of_a_list_share_a_group_and_a_change_is_marked() -> None:
    first, second, third = find_quantities("from 0.2 to 0.5 mS/cm at 60 °C")
    assert first.group == second.group != third.group
    assert (first.change, second.change, third.change) == (True, True, False)


def test_what_was_written_is_kept() -> None:
    text = "a conductivity of 1.7×10^-2 S cm^-1."
    (match,) = find_quantities(text)
    assert text[match.start : match.end] == match.as_written == "1.7×10^-2 S cm^-1"


@given(st.text(alphabet="0123456789.×^-–~ eESVKhcm/%,()±Candtorfm", max_size=40))
def test_any_text_is_read_and_offsets_hold(text: str) -> None:
    for match in find_quantities(text, bare=True):
        assert text[match.start : match.end] == match.as_written
        assert match.value_max is None or match.value <= match.value_max


@given(st.floats(min_value=0.01, max_value=999).map(lambda number: f"{number:.3f}"), st.integers(-12, 4))
def test_a_power_of_ten_is_exact(mantissa: str, power: int) -> None:
    assert read(f"{mantissa} × 10^{power} S/cm") == [("=", float(f"{mantissa}e{power}"), None, "S/cm")]
