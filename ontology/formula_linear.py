"""Exact linear equations, which tell whether a formula with variables can have a given composition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

_SCALE = "scale"


def consistent(equations: Sequence[tuple[Mapping[str, Fraction], Fraction]]) -> bool:
    """Whether some values of the variables and one positive scale satisfy ``expression == scale * number``.

    Each equation is a linear expression (variable to factor, ``""`` for the constant) and the number it must
    reach. Variables that come out fixed must not be negative. Method: Gaussian elimination over fractions.
    """
    zero = Fraction(0)
    names = [*sorted({name for expression, _ in equations for name in expression if name}), _SCALE]
    rows = [
        [*(expression.get(name, zero) for name in names[:-1]), -number, -expression.get("", zero)]
        for expression, number in equations
    ]
    pivots: dict[int, int] = {}
    used = 0
    for column in range(len(names)):
        pivot = next((row for row in range(used, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[used], rows[pivot] = rows[pivot], rows[used]
        lead = rows[used][column]
        rows[used] = [value / lead for value in rows[used]]
        for row in range(len(rows)):
            if row != used and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [value - factor * base for value, base in zip(rows[row], rows[used], strict=True)]
        pivots[column] = used
        used += 1
    if any(row[-1] and not any(row[:-1]) for row in rows):
        return False
    for column, row in pivots.items():
        fixed = not any(rows[row][other] for other in range(len(names)) if other != column)
        value = rows[row][-1]
        if fixed and (value < 0 or (names[column] == _SCALE and value == 0)):
            return False
    return True
