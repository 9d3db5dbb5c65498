"""Read what something is for: "to lower …", "to make it less …", "against …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.form import Fact
from queries.parse.clauses import find_clause, read_complement
from queries.parse.context import Reading, UnreadError
from queries.parse.mentions import Mention
from queries.parse.vocabulary import vocabulary_data
from queries.parse.words import stems


def split_purpose(items: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """What stands before the purpose, and the purpose; the latter is empty where there is none."""
    for place, item in enumerate(items):
        against = (
            item.kind == "preposition" and item.key == "against" and not _is_substance(items[place + 1 :])
        )
        if against or item.is_cue("purpose") or (item.key == "to" and _begins_purpose(items[place + 1 :])):
            return list(items[:place]), list(items[place:])
    return list(items), []


def _is_substance(items: Sequence[Mention]) -> bool:
    """Whether "against" only names what something is in contact with."""
    named = items[0].named if items else None
    return named is not None and named.kinds == {"Material"}


def _begins_purpose(items: Sequence[Mention]) -> bool:
    """Whether "to" leads on to an effect: "lower …", "suppress …", "make … less …"."""
    if not items:
        return False
    first, second = items[0], items[1] if len(items) > 1 else None
    if first.is_cue("decreasing", "increasing") or find_clause([first]) is not None:
        return True
    return first.kind == "verb" and second is not None and second.is_cue("decreasing", "increasing")


def read_purpose(items: Sequence[Mention], reading: Reading) -> Fact:
    """What the same sentence must say: that something is lowered, raised or suppressed."""
    families = vocabulary_data()["families"]
    clause = find_clause(items)
    lowered = any(item.is_cue("decreasing", "low") or item.text == "against" for item in items)
    rest = clause.right if clause is not None else items
    aim = next((item for item in rest if item.kind in ("thing", "property")), None)
    if aim is None:
        raise UnreadError("it is not clear what for")
    other = read_complement([aim], reading).other
    if clause is not None and clause.verb.form != "adjective":
        relations = clause.verb.relations
    else:
        relations = tuple(families["lower" if lowered else "raise"])
    if other is not None and aim.named is not None and "Environment" in aim.named.kinds:
        other = replace(other, nodes=_named_by(aim, reading))
        labels = (reading.index.labels[node] for node in other.nodes)
        reading.note(f"“{aim.text}” was read as what is named by it: {', '.join(sorted(labels))}")
    return Fact(relations, other=other, same_sentence=True)


def _named_by(item: Mention, reading: Reading) -> tuple[str, ...]:
    """What can be lowered against an environment: the properties and failures that are named by it."""
    index = reading.index
    nodes = item.named.nodes if item.named is not None else ()
    wanted = [stems(word) for word in [index.labels[node] for node in nodes] or [item.text]]
    found = (
        node
        for key, bearers in index.keys.items()
        if any(each and each < stems(key) for each in wanted)
        for node in bearers
        if index.kinds(node) & {"Property", "FailureMechanism"}
    )
    return tuple(dict.fromkeys(found))
