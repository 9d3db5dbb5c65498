"""Find what a question asks for: the noun phrase after "which", "list" or "how many"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from queries.parse.mentions import Mention

_ASKING = ("which", "what", "list", "who", "type_of")
_WITHIN_TARGET = ("most", "least", "top", "ordinal", "both", "and", "or", "high", "low", "free")


@dataclass(frozen=True, slots=True)
class Target:
    """The mentions of the thing asked for and the rest of the question.

    ``asked`` where a question word says so.
    """

    items: tuple[Mention, ...]
    rest: tuple[Mention, ...]
    asked: bool

    @property
    def head(self) -> Mention | None:
        """The last noun or class of the phrase."""
        heads = [item for item in self.items if is_head(item)]
        return heads[-1] if heads else None


def is_head(item: Mention) -> bool:
    """Whether a mention names a sort of thing: a noun, a class, a role or a structure."""
    return item.noun is not None or (
        item.named is not None
        and not item.named.element
        and not item.named.formula
        and (item.named.term is not None or bool(item.named.kinds & {"Role", "Structure"}))
        and "Property" not in item.named.kinds
    )


def split_target(items: Sequence[Mention], *, asking: Sequence[str] = _ASKING) -> Target:
    """Split off the phrase after the first question word; without one the target is empty."""
    place = next((at for at, item in enumerate(items) if item.is_cue(*asking)), None)
    if place is None:
        return Target((), tuple(items), asked=False)
    end = place + 1
    while end < len(items) and _belongs(items[end], items[place + 1 : end]):
        end += 1
    while end > place + 1 and items[end - 1].kind in ("preposition", "light"):
        end -= 1
    before = list(items[:place])
    if before and before[-1].kind == "preposition":
        before.pop()
    taken = tuple(items[place + 1 : end])
    if not any(
        is_head(item) or item.named or item.kind in ("property", "composition", "elements") for item in taken
    ):
        return _after_verb((*before, *items[place + 1 :]))
    return Target(tuple(map(as_sort, taken)), (*before, *items[end:]), asked=True)


def as_sort(item: Mention) -> Mention:
    """A name in the place of what is asked for stands for a sort of things: "which garnet electrolyte"."""
    if item.named is None or not is_head(item):
        return item
    return replace(item, named=replace(item.named, is_class=True))


def _after_verb(rest: Sequence[Mention]) -> Target:
    """ "What is the crystal structure of X": the noun after the verb is what is asked for."""
    place = next((at for at, item in enumerate(rest) if item.kind not in ("light", "loose")), len(rest))
    end = place
    while end < len(rest) and _belongs(rest[end], rest[place:end]):
        end += 1
    taken = tuple(rest[place:end])
    if any(item.noun is not None and item.noun.relations for item in taken) and end < len(rest):
        return Target(taken, (*rest[:place], *rest[end:]), asked=True)
    return Target((), tuple(rest), asked=True)


def _belongs(item: Mention, taken: Sequence[Mention]) -> bool:
    """Whether a mention goes on with the phrase that was begun."""
    if item.kind == "light":
        return False
    if item.kind == "verb":
        containing = any(
            verb.relations == ("composed_of",) and verb.form == "progressive" for verb in item.verbs
        )
        return containing and bool(taken) and taken[-1].named is not None and bool(taken[-1].named.element)
    if item.kind == "preposition":
        return item.key == "of" and not any(is_head(each) or each.named for each in taken)
    if item.kind == "cue":
        return item.is_cue(*_WITHIN_TARGET)
    if item.kind in ("noun", "composition", "elements", "number", "loose", "fact"):
        return True
    begun = any(is_head(each) for each in taken)
    return item.kind == "thing" and item.named is not None and (is_head(item) or not begun)
