"""Read questions for the steps between two given things: "through what does X lead to Y"."""

from __future__ import annotations

from collections.abc import Sequence

from queries.form import Form
from queries.parse.asking import without_cues
from queries.parse.clauses import Clause, find_clause, is_subject, read_complement
from queries.parse.context import Reading, UnreadError
from queries.parse.effects import effects_of
from queries.parse.mentions import Mention
from queries.parse.reasons import is_brought_about
from queries.parse.vocabulary import vocabulary_data
from queries.parse.words import grammar


def read_chain(items: list[Mention], reading: Reading) -> Form | list[Form] | None:
    """ "Through what does X lead to Y": the steps between two given things."""
    cued = any(item.is_cue("chain") for item in items)
    how = any(item.is_cue("how") for item in items)
    clause = find_clause(without_cues(items, "chain", "how"))
    if not cued and not (how and clause is not None and _both_given(clause)):
        return None
    ends = [item for item in items if item.kind in ("thing", "property")]
    if len(ends) < 2:
        if cued and not how:
            raise UnreadError("a chain needs a start and an end")
        return None
    for place, item in enumerate(items[:-1]):
        following = items[place + 1]
        if len(ends) > 2 and item.key in grammar("inside") and following in ends[2:]:
            reading.pass_over(following.text)
    start, end = _ends(items, ends, clause is not None and clause.passive and not is_subject(clause))
    start_group = read_complement([start], reading).other
    assert start_group is not None
    end_group = read_complement([end], reading).other
    chain = Form("chains", start_group, end=end_group)
    if cued or end_group is None or is_brought_about(end, reading):
        return chain
    # "How does X hurt Y": what X does in Y comes first
    return [effects_of(start_group, end_group), chain]


def _both_given(clause: Clause) -> bool:
    """Whether a verb of effect stands between two given things."""
    open_verb = set(clause.verb.relations) == set(vocabulary_data()["families"]["effects"])
    if clause.verb.happening or open_verb:
        return False
    sides = (clause.left, clause.right)
    return all(any(item.kind in ("thing", "property") for item in side) for side in sides)


def _ends(items: Sequence[Mention], ends: Sequence[Mention], swapped: bool) -> tuple[Mention, Mention]:
    """Start and end: as "from" and "to" say, else in the order of the question."""
    start, end = ends[0], ends[1]
    for place, item in enumerate(items[:-1]):
        following = items[place + 1]
        if item.kind == "preposition" and following in ends and item.key == "from":
            start = following
            end = next(each for each in ends if each is not start)
    return (end, start) if swapped else (start, end)
