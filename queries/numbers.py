"""Numbers and conditions as they are shown everywhere: in sentences, tables and pages."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

from ontology.data_files import read_yaml

_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def number_text(value: float, value_max: float | None = None) -> str:
    """A number as a chemist writes it.

    >>> number_text(0.0032), number_text(7.0), number_text(3000, 5000)
    ('3.2×10⁻³', '7', '3000–5000')
    """
    if value_max is not None:
        return f"{number_text(value)}–{number_text(value_max)}"
    if value == 0 or 0.01 <= abs(value) < 100_000:
        return f"{value:.5g}"
    exponent = math.floor(math.log10(abs(value)))
    mantissa = f"{value / 10**exponent:.4g}"
    power = "10" + str(exponent).translate(_SUPERSCRIPTS)
    return power if mantissa == "1" else f"{mantissa}×{power}"


def condition_text(key: str, value: object) -> str:
    """A condition of a claim as it is read.

    >>> condition_text("temperature_C", "25"), condition_text("solvent", "ethanol")
    ('25 °C', 'solvent ethanol')
    """
    template = _conditions().get(key)
    return template.format(value=value) if template else f"{key.replace('_', ' ')} {value}"


@cache
def _conditions() -> dict[str, str]:
    data: dict[str, str] = read_yaml(Path(__file__).with_name("conditions.yaml"))
    return data
