"""Of what was found, that which enough primary works report, or few enough."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.columns import Columns, Numbers
from queries.form import Form
from queries.select.limits import top
from queries.select.rows import Found


def reported_by(found: Sequence[Found], form: Form, columns: Columns) -> list[Found]:
    """The pairs whose thing, or thing with its value, has as many works behind it as a form demands."""
    claims = np.concatenate([part.claims for part in found])
    told = np.concatenate([part.things for part in found]).astype(np.float64)
    keys = [told]
    if form.ask == "values":
        keys += [columns.value[claims], top(claims, columns)]
    _, things = np.unique(np.stack(keys), axis=1, return_inverse=True)
    counts = _works_of(claims, things.reshape(-1).astype(np.int32), columns)
    least, most = form.works
    enough = counts >= (1 if least is None else least)
    if most is not None:
        enough &= counts <= most
    ends = np.cumsum([len(part.claims) for part in found])[:-1]
    return [part.keep(kept) for part, kept in zip(found, np.split(enough, ends), strict=True)]


def _works_of(claims: Numbers, things: Numbers, columns: Columns) -> Numbers:
    """For each claim, how many works stand behind all claims about the same thing."""
    works = columns.works
    starts = np.searchsorted(works.owners, claims, side="left")
    counts = np.searchsorted(works.owners, claims, side="right") - starts
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    behind = works.terms[np.repeat(starts, counts) + offsets]
    both = np.unique(np.stack([np.repeat(things, counts), behind]), axis=1)
    return np.bincount(both[0], minlength=int(things.max(initial=0)) + 1)[things].astype(np.int32)
