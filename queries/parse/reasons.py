"""Read questions for reasons and outcomes: "why does X grow", "what happens to X when …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.form import Fact, Form, Group
from queries.parse.clauses import Clause, find_clause, read_complement
from queries.parse.context import Reading, UnreadError
from queries.parse.draft import is_making, measured_by
from queries.parse.groups import named_group, with_fact
from queries.parse.mentions import Mention
from queries.parse.naming import resolve
from queries.parse.vocabulary import vocabulary_data
from queries.parse.words import stems

#: Kinds of what is brought about, as against what it happens in.
_BROUGHT_ABOUT = frozenset({"Property", "FailureMechanism", "Interphase"})


def read_why(items: list[Mention], reading: Reading) -> Form | list[Form]:
    """What brings something about: the thing that happens, or much or little of a property.

    Why one thing affects another is told by the steps between them.
    """
    clause = find_clause(items)
    if clause is not None:
        return _why_clause(clause, reading)
    affected = next((item for item in items if _kinds(item, reading) & _BROUGHT_ABOUT), None)
    if affected is None:
        if any(item.kind == "verb" or item.is_cue("high", "low") for item in items):
            raise _no_reason()
        complement = read_complement(items, reading)
        if complement.other is None:
            raise _no_reason()
        return _caused(vocabulary_data()["families"]["bring"], complement.other, complement.context)
    sign = sign_of([*items, affected], reading) if _is_property(affected, reading) else ""
    other = read_complement([affected], reading).other
    assert other is not None
    around = read_complement([item for item in items if item is not affected], reading)
    if around.other is not None and around.context is not None and any(map(is_making, items)):
        # "low when X is made by Y": what matters is how it is made
        reading.note(f"“{around.other.words}” was taken as what is made so")
        return _caused(vocabulary_data()["families"][sign or "bring"], other, around.context)
    return _caused(vocabulary_data()["families"][sign or "bring"], other, around.other)


def _why_clause(clause: Clause, reading: Reading) -> Form | list[Form]:
    families = vocabulary_data()["families"]
    if not clause.verb.happening and (whole := _happening_name(clause, reading)) is not None:
        return _caused(families["bring"], whole, read_complement(clause.right, reading).other)
    left, right = read_complement(clause.left, reading), read_complement(clause.right, reading)
    if left.other is None:
        raise _no_reason()
    subject = next((item for item in clause.left if item.named or item.kind == "property"), None)
    if subject is not None and _is_property(subject, reading) and clause.verb.form != "adjective":
        lowered = set(clause.verb.relations) <= set(families["lower"])
        if right.other is None or (clause.right and clause.right[0].kind == "preposition"):
            return _caused(families["lower" if lowered else "raise"], left.other, right.other or left.context)
    if clause.verb.happening:
        return _caused(families["cause_of_form"], left.other, right.other or left.context)
    if right.other is None or clause.verb.form == "adjective" or clause.negated:
        raise _no_reason()
    chain = Form("chains", left.other, end=right.other)
    suffered = clause.verb.inverse and subject is not None and not is_brought_about(subject, reading)
    # "why does X suffer from Y": what brings Y about in X comes first
    return [_caused(families["bring"], right.other, left.other), chain] if suffered else chain


def sign_of(items: Sequence[Mention], reading: Reading) -> str:
    """The family of relations that "high" or "low" beside or within a name asks for; empty for neither."""
    names = [item for item in items if item.named and "FailureMechanism" not in item.named.kinds]
    words = {word for item in names for word in item.text.casefold().split()[:1]}
    for cues, family in ((("high", "increasing"), "raise"), (("low", "decreasing"), "lower")):
        inside = any(
            set(reading.vocabulary.cues.get((word,), ())) & set(cues) for word in words if word.isalpha()
        )
        if inside or any(item.is_cue(*cues) for item in items):
            return family
    return ""


def read_outcome(items: list[Mention], reading: Reading) -> Form | None:
    """ "What happens to Y when X": the effect of X on a property, or what becomes of a material."""
    place = next((at for at, item in enumerate(items) if item.is_cue("outcome")), None)
    if place is None:
        return None
    names = [item for item in items[place + 1 :] if item.named or item.kind == "property"]
    if not names:
        raise UnreadError("it is not clear to what something happens")
    for item in items[place + 1 :]:
        if item.kind == "verb":
            reading.note(f"“{item.text}” was taken as what happens first")
    met, cause = names[0], read_complement(names[1:], reading).other if names[1:] else None
    thing = read_complement([met], reading).other
    assert thing is not None
    if _kinds(met, reading) & _BROUGHT_ABOUT and cause is not None:
        fact = Fact(tuple(vocabulary_data()["families"]["effects"]), side="object", other=cause)
        return Form("things", with_fact(thing, fact))
    fact = Fact(tuple(vocabulary_data()["families"]["outcomes"]), side="object", other=thing, context=cause)
    return Form("things", with_fact(Group(words="anything"), fact))


def is_brought_about(item: Mention, reading: Reading) -> bool:
    """Whether a mention names what can be brought about, as against what it happens in."""
    return bool(_kinds(item, reading) & _BROUGHT_ABOUT)


def _kinds(item: Mention, reading: Reading) -> frozenset[str]:
    if measured_by(item, reading):
        return frozenset({"Property"})
    return item.named.kinds if item.named is not None else frozenset()


def _happening_name(clause: Clause, reading: Reading) -> Group | None:
    """What happens, by the name that its subject and its verb make: "the interface degrades"."""
    named = event_name(clause.mention, clause.left, reading)
    if named is not None:
        reading.note(f"“{clause.left[0].text}” and “{clause.mention.text}” were read as {named.words}")
    return named


def event_name(verb: Mention, sides: Sequence[Mention], reading: Reading) -> Group | None:
    """The thing that a verb and the one name beside it are called by together: "H2S release"."""
    if len(sides) != 1 or not stems(verb.text):
        return None
    named = resolve(f"{sides[0].text} {verb.text}", reading.index, by_stems=True)
    if named is None or not named.nodes:
        return None
    return replace(named_group(named, reading.index), words=named.label)


def _is_property(item: Mention, reading: Reading) -> bool:
    return bool(measured_by(item, reading)) or (item.named is not None and "Property" in item.named.kinds)


def _caused(relations: Sequence[str], other: Group, context: Group | None) -> Form:
    fact = Fact(tuple(relations), other=other, context=context)
    return Form("things", with_fact(Group(words="anything"), fact))


def _no_reason() -> UnreadError:
    return UnreadError("a reason is found for things that happen and for high or low properties only")
