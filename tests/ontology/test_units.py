import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.lexicon import load_lexicon
from ontology.units import UnitError, convert, parse_unit, same_dimension, unit_at, unit_table


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("S cm^-1", "S/cm"),
        ("S cm −1", "S/cm"),
        ("mS·cm⁻¹", "mS/cm"),
        ("Scm-1", "S/cm"),
        ("mA h g-1", "mAh/g"),
        ("mAhg-1", "mAh/g"),
        ("W h kg−1", "Wh/kg"),
        ("mA/cm^2", "mA/cm2"),
        ("mg cm-2", "mg/cm2"),
        ("Ω cm2", "ohm cm2"),
        ("℃", "degC"),
        ("Mpa", "MPa"),
        ("μm", "um"),
        ("µm", "um"),
        ("hours", "h"),
        ("wt. %", "wt%"),
        ("A", "A"),
        ("mol L-1", "mol/L"),
    ],
)
def test_the_usual_notations_name_one_unit(written: str, symbol: str) -> None:
    unit = parse_unit(written)
    assert unit is not None
    assert unit.symbol == symbol


@pytest.mark.parametrize("text", ["cells", "", "Li", "per cell", "S/cells", "cm/"])
def test_other_words_are_no_units(text: str) -> None:
    assert parse_unit(text) is None


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        (8.6, "mS/cm", "S/cm", 0.0086),
        (2, "S/m", "S/cm", 0.02),
        (773, "K", "degC", 499.85),
        (25, "degC", "K", 298.15),
        (3.5, "GPa", "MPa", 3500),
        (5000, "mV", "V", 5),
        (90, "min", "h", 1.5),
        (450, "nm", "um", 0.45),
        (0.4, "kWh kg-1", "Wh/kg", 400),
        (220, "meV", "eV", 0.22),
        (30, "kJ/mol", "eV", 0.310928),
        (4, "t/cm2", "MPa", 392.266),
        (5, "°C min-1", "K/s", 5 / 60),
        (360, "Mpa", "MPa", 360),
    ],
)
def test_values_are_converted(value: float, unit: str, to: str, expected: float) -> None:
    assert convert(value, unit, to=to) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("unit", "to", "message"),
    [
        ("mV", "S/cm", r"mV \(voltage\).*expected a unit of conductivity"),
        ("mS", "S/cm", r"mS \(conductance\).*expected a unit of conductivity"),
        ("degC", "h", r"temperature.*expected a unit of time"),
        ("furlongs", "um", r"'furlongs' is no known unit"),
    ],
)
def test_an_error_says_what_was_expected(unit: str, to: str, message: str) -> None:
    with pytest.raises(UnitError, match=message):
        convert(1, unit, to=to)


@pytest.mark.parametrize(
    ("text", "start", "read"),
    [
        ("25 mS cm-1 at room temperature", 3, "mS cm-1"),
        ("5 V vs Li", 2, "V"),
        ("30 h at", 3, "h"),
        ("2 Mg", 2, None),
        ("0.5 mA cm-2 and", 4, "mA cm-2"),
        ("5 A h", 2, "A h"),
    ],
)
def test_a_unit_ends_where_the_words_begin(text: str, start: int, read: str | None) -> None:
    hit = unit_at(text, start)
    assert (text[start : hit[1]] if hit else None) == read


def test_every_property_has_a_known_unit() -> None:
    for key, item in load_lexicon().properties.items():
        assert parse_unit(item.unit) is not None, key


def test_every_unit_converts_to_itself_and_has_one_iri() -> None:
    table = unit_table()
    units = {*table.blocks.values(), *table.combinations.values()}
    assert len({unit.iri for unit in units}) == len(units)
    for unit in units:
        assert convert(1.5, unit, to=unit) == 1.5
    assert not same_dimension("S/cm", "S")


@given(
    st.floats(min_value=1e-9, max_value=1e9), st.sampled_from([("mS/cm", "S/m"), ("K", "degC"), ("min", "d")])
)
def test_conversion_can_be_undone(value: float, pair: tuple[str, str]) -> None:
    there = convert(value, pair[0], to=pair[1])
    assert convert(there, pair[1], to=pair[0]) == pytest.approx(value, rel=1e-6, abs=1e-9)
