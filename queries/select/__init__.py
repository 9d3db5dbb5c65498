"""From a form to the claims that answer it, over the columns of a store.

What is found is what the form's SPARQL (``queries.render``) finds; over very many claims this is a hundred
times faster, and no row is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from kg.columns import NONE, Columns, Numbers
from ontology.lexicon import Lexicon
from queries.form import Fact, Form, Group
from queries.render import denials, main_fact_of, rows_of, told_of_class, told_otherwise
from queries.select.backing import reported_by
from queries.select.facts import passing, stated
from queries.select.foremost import foremost
from queries.select.groups import called, of_group, with_class_claims
from queries.select.limits import top, under
from queries.select.rows import Found, Row, make_rows

__all__ = ["Found", "Row", "foremost", "make_rows", "select"]


def select(form: Form, columns: Columns, *, lexicon: Lexicon) -> list[Found]:
    """What is found for a form."""
    if form.ask == "compare":
        return list(_compared(form, columns, lexicon))
    if form.ask == "contrast":
        return list(_contrasted(form, columns, lexicon))
    if form.ask == "whether" or (form.ask == "conflicts" and form.fact and form.fact.relations):
        return list(_whether(form, columns, lexicon))
    if form.ask == "properties":
        claims = _all_values(columns)
        about = of_group(form.group, columns, lexicon)
        found = Found(claims, columns.predicate[claims], "property")
        return [found if about is None else found.keep(about[columns.subject[claims]])]
    found_parts = _body(form, columns, lexicon)
    if form.rank is not None and form.ask != "years":
        return [_best(part, form, columns) for part in found_parts]
    if form.works != (None, None):
        return reported_by(found_parts, form, columns)
    return found_parts


def _body(form: Form, columns: Columns, lexicon: Lexicon) -> list[Found]:
    """The claims of a question for things or values: those of the main fact, then what limits the things."""
    main, others = main_fact_of(form)
    if main is None:
        found = [_of_the_group(form.group, columns, lexicon)]
    else:
        things = of_group(form.group, columns, lexicon)
        found = [part.of(things) for part in stated(main, columns, lexicon)]
        if form.group.scope == "alias":
            found = [_by_alias(part, form.group, columns) for part in found]
    for fact in others:
        found = [passing(part, fact, columns, lexicon) for part in found]
    return found


def _by_alias(found: Found, group: Group, columns: Columns) -> Found:
    """Those whose claim calls the thing, its subject, by an alias of the group."""
    found = found.keep(columns.subject[found.claims] == found.things)
    return found.only(called(found.claims, group.aliases, columns, role="subject"), columns)


def _of_the_group(group: Group, columns: Columns, lexicon: Lexicon) -> Found:
    """The things of a group, with what states its classes, else with any claim about them."""
    if group.categories:
        return Found(*with_class_claims(group, columns, lexicon), "nothing")
    every = np.arange(len(columns.ids), dtype=np.int32)
    found = Found(every, columns.subject, "nothing").of(of_group(group, columns, lexicon))
    return _by_alias(found, group, columns) if group.scope == "alias" else found


def _best(found: Found, form: Form, columns: Columns) -> Found:
    """The best values of the things that are as good as the last one wanted, or nearly."""
    assert form.rank is not None
    sign = -1.0 if form.rank.highest else 1.0
    levels = sign * top(found.claims, columns)
    best = np.full(len(columns.terms) + 1, np.inf)
    np.minimum.at(best, found.things, levels)
    things = np.unique(found.things)
    last = np.sort(best[things])[: rows_of(form.rank)][-1:]
    return found.keep((levels == best[found.things]) & (levels <= (last if len(last) else 0.0)))


def _compared(form: Form, columns: Columns, lexicon: Lexicon) -> Iterator[Found]:
    """Every alternative's values."""
    assert form.fact is not None
    for number, alternative in enumerate(form.alternatives):
        fact = replace(form.fact, conditions=(*form.fact.conditions, *alternative.conditions))
        one = replace(form, group=alternative.group, fact=fact)
        for part in _body(one, columns, lexicon):
            yield replace(part, alternative=number)


def _contrasted(form: Form, columns: Columns, lexicon: Lexicon) -> Iterator[Found]:
    """Every alternative's values of whatever property."""
    for number, alternative in enumerate(form.alternatives):
        limits = form.fact.conditions if form.fact else ()
        claims = under(_all_values(columns), Fact(conditions=(*limits, *alternative.conditions)), columns)
        things = of_group(alternative.group, columns, lexicon)
        found = Found(claims, columns.subject[claims], "measured", number).of(things)
        for fact in alternative.group.facts:
            found = passing(found, fact, columns, lexicon)
        yield found


def _all_values(columns: Columns) -> Numbers:
    """The claims that state a value of any property."""
    return np.flatnonzero(columns.measured & (columns.polarity == columns.number("affirmed"))).astype(
        np.int32
    )


def _whether(form: Form, columns: Columns, lexicon: Lexicon) -> Iterator[Found]:
    """What affirms a statement, denies it, or is so instead."""
    if form.fact is None:
        yield from _is_member(form, columns, lexicon)
        return
    for verdict, one in (("true", form.fact), *denials(form.fact)):
        for fact in (one, *told_otherwise(one)):
            for part in _body(replace(form, ask="values", fact=fact), columns, lexicon):
                yield replace(part, verdict=verdict)


def _is_member(form: Form, columns: Columns, lexicon: Lexicon) -> Iterator[Found]:
    """Whether named things are of a class or contain something, with what claims say of their structure."""
    named = columns.mask(form.group.nodes)
    checked = replace(form.group, nodes=(), scope="members", facts=())
    yield _of_the_group(checked, columns, lexicon).of(named)
    for verdict, fact in told_of_class(form.group):
        for part in stated(fact, columns, lexicon):
            yield replace(part.of(named), verdict=verdict)
    if form.group.elements or form.group.without:
        known = np.unique(columns.elements.owners[named[columns.elements.owners]]).astype(np.int32)
        none: Numbers = np.full(len(known), NONE, np.int32)
        yield Found(none, known, "nothing", verdict="absent")
