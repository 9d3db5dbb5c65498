"""Of very many claims those that an answer shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.columns import Columns, Values
from queries.form import Form
from queries.select.limits import top
from queries.select.rows import Found

_OF_ALL = frozenset({"mean", "median", "range", "count"})
_DECISIVE = frozenset({"true", "false"})


def foremost(form: Form, found: Sequence[Found], columns: Columns, *, most: int) -> list[Found]:
    """All that was found; where that is more than ``most`` claims, those that come first in the answer.

    They are the highest values (the lowest where these are asked for), the oldest or newest works, else the
    things of which most is said. What the answer itself is made of is kept: the values of a mean, the claims
    for and against a statement.
    """
    if sum(len(part.claims) for part in found) <= most or form.function in _OF_ALL:
        return list(found)
    share = max(1, most // sum(len(part.claims) > 0 for part in found))
    return [
        part if form.ask == "whether" and part.verdict in _DECISIVE else _first(part, form, columns, share)
        for part in found
    ]


def _first(found: Found, form: Form, columns: Columns, count: int) -> Found:
    kept = np.zeros(len(found.claims), np.bool_)
    kept[np.argsort(_order(form, found, columns), kind="stable")[:count]] = True
    return found.keep(kept)


def _order(form: Form, found: Found, columns: Columns) -> Values:
    """What comes first in an answer has the lowest numbers."""
    lowest = form.rank is not None and not form.rank.highest
    if form.ask == "years":
        return year_of(found, columns, newest=form.rank is not None and form.rank.highest)
    if form.function == "min":
        lowest = True
    if found.shows == "value" and (form.rank is not None or form.ask not in ("things", "count")):
        return top(found.claims, columns) if lowest else -top(found.claims, columns)
    said = np.bincount(found.things, minlength=len(columns.terms))
    return -said[found.things] + found.things / (len(columns.terms) + 1.0)


def year_of(found: Found, columns: Columns, *, newest: bool) -> Values:
    """The year of each claim's oldest or newest work, by which it comes first; infinite for none."""
    sign = -1.0 if newest else 1.0
    years = np.full(len(columns.ids) + 1, np.inf)
    np.minimum.at(years, columns.years.owners, sign * columns.years.values)
    return years[found.claims]
