"""Numbers as papers write them: powers of ten in every spelling, errors, thousands, C-rates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Signs with several code points; the translation keeps every offset.
_SIGNS = str.maketrans("−–—‐‑‒∼˜⁻✕⨯", "------~~-××")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_PLAIN = r"\d{1,3}(?:,\d{3})+(?![\d.])|\d+(?:\.\d+)?|\.\d+"
_EXPONENT = r"(?:\^\ ?\(?(?P<caret>[-+]?\ ?\d{1,3})\)?|\ ?(?P<minus>-\ ?\d{1,3})|(?P<digit>[3-9])(?!\d))"
_NUMBER = re.compile(
    rf"""
    (?<![A-Za-z0-9_.^])
    (?:
        10\^\(?(?P<power>[-+]?\ ?\d{{1,3}})\)?                # 10^-4
      | 10(?P<bare>-\d{{1,2}})(?![\d.]|\ ?[×x*·⋅∙])              # 10-4, which can also be a range
      | (?P<mantissa>{_PLAIN})(?:\(\d+\))?(?:\ ?±\ ?\d+(?:\.\d+)?)?
        (?:\)?\ ?[×x*·⋅∙]\ ?10{_EXPONENT}|[eE](?P<e>[-+]?\d{{1,3}})(?![\dA-Za-z]))?
      | (?P<rate>C)/(?P<part>\d+(?:\.\d+)?)(?![\dA-Za-z])     # C/10
    )
    """,
    re.VERBOSE,
)


#: What follows the first of one or two powers where a unit of conductivity closes them.
_CONDUCTIVITY = re.compile(r"(?: ?(?:-|to|and) ?(?:\d+(?:\.\d+)? ?[×x] ?)?10-\d+)? ?[mµμ]?S ?(?:cm|m|/)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number at a place of a text: mantissa, and the power of ten where one is written.

    ``rate`` is the symbol C for a charging rate written C/10; ``year`` says that it looks like a year.
    """

    start: int
    end: int
    mantissa: float
    power: int | None
    rate: str = ""
    year: bool = False


def plain_signs(text: str) -> str:
    """The text with one kind of dash, times sign and tilde, and superscript digits as digits; same length."""
    marked = re.sub(r"(?<=10)[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", _superscript_power, text)
    return marked.translate(_SIGNS).translate(_SUPERSCRIPT)


def _superscript_power(match: re.Match[str]) -> str:
    return match[0].translate(_SIGNS).translate(_SUPERSCRIPT)


def find_numbers(plain: str) -> Iterator[Number]:
    """The numbers of a text that went through plain_signs.

    >>> [(n.mantissa, n.power) for n in find_numbers("1.7×10^-2, 1e-3 and 10^-4 in Li7P3S11")]
    [(1.7, -2), (1.0, -3), (1.0, -4)]
    """
    position = 0
    while match := _NUMBER.search(plain, position):
        position = match.end()
        if match["rate"]:
            yield Number(match.start(), match.end(), 1 / float(match["part"]), None, rate=match["rate"])
        elif match["bare"] and not _is_power(plain, match):
            yield Number(match.start(), match.start() + 2, 10.0, None)
            position = match.start() + 2
        elif power := match["power"] or match["bare"]:
            yield Number(match.start(), match.end(), 1.0, int(power.replace(" ", "")))
        else:
            written = match["mantissa"]
            power = match["caret"] or match["minus"] or match["digit"] or match["e"]
            signed = re.search(r"(?:^|[\s(\[=])-$", plain[max(0, match.start() - 2) : match.start()])
            yield Number(
                start=match.start() - 1 if signed else match.start(),
                end=match.end(),
                mantissa=float(written.replace(",", "")) * (-1 if signed else 1),
                power=None if power is None else int(power.replace(" ", "")),
                year=re.fullmatch(r"(?:19|20)\d\d", match[0]) is not None,
            )


def _is_power(plain: str, match: re.Match[str]) -> bool:
    """Whether 10-4 is a power: a range would ascend, and conductivities are what powers are written for."""
    return _CONDUCTIVITY.match(plain, match.end()) is not None or int(match["bare"][1:]) < 10
