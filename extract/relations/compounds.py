"""Statements inside noun phrases, by the order of words: "LiI doped Li3PS4", "an argyrodite electrolyte".

The patterns are data (``compounds.yaml`` explains their language); each runs only where its trigger stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from extract.relations.arguments import Argument
from extract.relations.causes import EffectReader
from extract.relations.data import read
from extract.relations.statements import Statement
from extract.relations.things import thing_at, things_left, things_right

#: The steps that skip words, and how many. The short one stays inside a noun phrase.
_GAPS = {"..": 4, "...": 14}
_SHORT = 4
#: How many modifiers may stand between a word and one that must not stand there.
_NEAR = 3
_MODIFIER_POS = frozenset({"ADJ", "DET", "NUM", "NOUN"})
_CLAUSE_POS = frozenset({"VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PUNCT"})

#: The things that the slots "subject" and "object" hold.
Bound = Mapping[str, Sequence[Argument]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a pattern: a ``slot``, a ``gap`` of at most so many words, or one of ``words``.

    The ``words`` of a slot are those that its thing may be headed by, all if there are none. A ``barred``
    step says that none of its words stands there.
    """

    slot: str = ""
    words: frozenset[str] = frozenset()
    gap: int = 0
    optional: bool = False
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern: the steps ``before`` its trigger, nearest first, the trigger, the steps ``after`` it.

    ``kinds`` are those that each slot allows. ``single`` is the slot (or "both") whose thing is no list,
    ``several`` one that needs two things; ``always`` is the object whatever the sentence calls it.
    """

    name: str
    relation: str
    before: tuple[Step, ...]
    trigger: Step
    after: tuple[Step, ...]
    kinds: Mapping[str, frozenset[str]]
    single: str = ""
    several: str = ""
    always: str = ""


def compound_statements(effects: EffectReader, token: Token) -> Iterator[Statement]:
    """The statements of the patterns that a token triggers."""
    for pattern in _triggered(effects, token):
        found = _match(effects, pattern, token)
        if found is None:
            continue
        things = found.get("object") or _always(effects, pattern, token)
        for subject in found.get("subject", ()):
            for thing in things:
                yield Statement(subject, pattern.relation, thing, token, pattern.name)


def _triggered(effects: EffectReader, token: Token) -> list[Pattern]:
    by_word = _patterns()
    keys = [token.lower_, token.lemma_.lower()]
    for mention in effects.reader.mentions.get(token.i, ()):
        keys += [f"@{term.kind}" for term in mention.terms]
    if token.i in effects.reader.formulas:
        keys.append("@formula")
    found = {id(pattern): pattern for key in keys for pattern in by_word.get(key, ())}
    return list(found.values())


@cache
def _patterns() -> Mapping[str, Sequence[Pattern]]:
    """Patterns by triggering word; "@Structure" stands for any name of the kind, "@formula" for a formula."""
    by_word: dict[str, list[Pattern]] = {}
    for row in read("compounds")["patterns"]:
        for way in row["ways"]:
            pattern = _pattern(row, way)
            for word in pattern.trigger.words:
                by_word.setdefault(word, []).append(pattern)
    return by_word


def _pattern(row: Mapping[str, str], way: str) -> Pattern:
    for name, listed in read("compounds")["lists"].items():
        way = way.replace(f"{{{name}}}", "|".join(listed.split()))
    written = way.split()
    at = next(index for index, step in enumerate(written) if step.startswith("!"))
    return Pattern(
        name=row["name"],
        relation=row["relation"],
        before=tuple(map(_step, reversed(written[:at]))),
        trigger=_step(written[at].removeprefix("!")),
        after=tuple(map(_step, written[at + 1 :])),
        kinds={slot: frozenset(row.get(slot, "").split()) for slot in ("subject", "object")},
        single=row.get("single", ""),
        several=row.get("several", ""),
        always=row.get("always", ""),
    )


def _step(written: str) -> Step:
    if written in _GAPS:
        return Step(gap=_GAPS[written])
    body = written.removesuffix("?").removeprefix("~")
    slot, _, words = body.partition("=")
    is_slot = slot in ("SUBJECT", "OBJECT")
    return Step(
        slot=slot.lower() if is_slot else "",
        words=frozenset((words if is_slot else body).split("|")) - {""},
        optional=written.endswith("?"),
        barred=written.startswith("~"),
    )


def _match(effects: EffectReader, pattern: Pattern, token: Token) -> Bound | None:
    """What the slots of a pattern hold around its trigger, None where it does not match."""
    slot, first = pattern.trigger.slot, token.i
    held: Bound = {}
    if slot:
        things = thing_at(effects, token, pattern.kinds[slot])
        if not things:
            return None
        held = {slot: things}
        if token.i not in effects.reader.formulas:
            first = min(_first_token(token, thing) for thing in things)
    left = _Walk(effects, pattern, -1).along(pattern.before, first - 1)
    if left is None:
        return None
    right = _Walk(effects, pattern, 1).along(pattern.after, token.i + 1)
    if right is None:
        return None
    found = _together(_together(held, left), right)
    several = {thing.names[0] for thing in found.get(pattern.several, ())}
    return None if len(several) == 1 else found


def _first_token(token: Token, thing: Argument) -> int:
    at = token.i
    while at and token.doc[at].idx > thing.start:
        at -= 1
    return at


def _together(first: Bound, second: Bound) -> Bound:
    return {slot: [*first.get(slot, ()), *second.get(slot, ())] for slot in {**first, **second}}


@dataclass(frozen=True, slots=True)
class _Walk:
    """Follows the steps of a pattern through a sentence: rightwards (+1) or leftwards (-1)."""

    effects: EffectReader
    pattern: Pattern
    direction: int

    def along(self, steps: Sequence[Step], at: int) -> Bound | None:
        """What the slots hold where the steps follow each other from an index on."""
        if not steps:
            return {}
        step, rest = steps[0], steps[1:]
        if step.gap:
            return self._over(step, rest, at)
        if step.barred:
            return None if self._is_near(step.words, at) else self.along(rest, at)
        found = None if self._is_past(at) else self._on(step, rest, at)
        return self.along(rest, at) if found is None and step.optional else found

    def _is_past(self, at: int) -> bool:
        """Whether an index lies outside the sentence; asked of each word that the walk comes to."""
        doc = self.effects.reader.doc
        inner = at if self.direction > 0 else at + 1
        return not 0 <= at < len(doc) or bool(doc[inner].is_sent_start)

    def _over(self, step: Step, rest: Sequence[Step], at: int) -> Bound | None:
        """The nearest match of the rest behind words that may be skipped."""
        for _ in range(step.gap + 1):
            found = self.along(rest, at)
            if found is not None or self._is_past(at):
                return found
            if not _may_skip(self.effects.reader.doc[at], short=step.gap == _SHORT):
                return None
            at += self.direction
        return None

    def _on(self, step: Step, rest: Sequence[Step], at: int) -> Bound | None:
        doc = self.effects.reader.doc
        if not step.slot:
            return self.along(rest, at + self.direction) if _is_one_of(doc[at], step.words) else None
        read_things = things_right if self.direction > 0 else things_left
        found = read_things(
            self.effects,
            at,
            self.pattern.kinds[step.slot],
            single=self.pattern.single in (step.slot, "both"),
        )
        if found is None:
            return None
        things, following = found
        things = [thing for thing in things if not step.words or _is_one_of(doc[thing.head], step.words)]
        others = self.along(rest, following) if things else None
        return None if others is None else _together({step.slot: things}, others)

    def _is_near(self, words: frozenset[str], at: int) -> bool:
        """Whether one of the words comes next, modifiers left aside."""
        for _ in range(_NEAR):
            if self._is_past(at):
                return False
            word = self.effects.reader.doc[at]
            if word.lower_ in words:
                return True
            if word.pos_ not in _MODIFIER_POS:
                return False
            at += self.direction
        return False


def _is_one_of(token: Token, words: frozenset[str]) -> bool:
    return token.lower_ in words or token.lemma_.lower() in words


def _may_skip(token: Token, *, short: bool) -> bool:
    """Whether a gap may lead over a word; a short one leads over no clause, preposition or list."""
    if token.text in (";", ":"):
        return False
    return not short or token.pos_ not in _CLAUSE_POS or token.tag_ in ("VBN", "HYPH")


def _always(effects: EffectReader, pattern: Pattern, token: Token) -> list[Argument]:
    """The thing that a pattern means whatever the sentence calls it: a solvent, a precursor."""
    if not pattern.always:
        return []
    kinds = effects.lexicon.relations[pattern.relation].range
    term = next(term for term in effects.lexicon.lookup(pattern.always) if term.kind in kinds)
    names = tuple(dict.fromkeys((term.label, pattern.always)))
    return [Argument(names, term.kind, token.idx, token.idx + len(token), token.i, terms=(term,))]
