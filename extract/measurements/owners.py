"""Whose value a number is: the candidates are ranked by grammar, brackets, prepositions and nearness."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from extract.measurements.properties import Cue
from extract.measurements.reading import Reading
from extract.measurements.things import Thing
from extract.measurements.vocabulary import data, words_pattern
from ontology.quantities import QuantityMatch

#: The last two names of a list stand around one of these.
_CLOSING = re.compile(r"\b(?:and|or|as well as)\b|[/&]")
_STEPS = 8
#: Roles that never stand in one list with others: "a TiS2 cathode and a Li3PS4 electrolyte".
_FEW_ROLES = frozenset({"electrolyte", "solvent"})
_OWNING = re.compile(
    r"(?: \([^()]*\))?"
    r"(?: (?:is|was|are|were|can be|could be|has been)(?: \w+)? (?:achieved|obtained|reported|found|observed))?"
    r"(?: also| recently)? (?:of|for|in)(?: (?:[a-z-]+|[A-Z0-9]+-)){0,4} "
)
_OWNERS = frozenset({"of", "for", "in"})
_LIST = re.compile(
    r"(?:\s*\([^()]*\))?(?: [A-Za-z-]+){0,2}\s?(?:,|,? and|,? or|/|,? as well as)(?: (?:the|a|an|also|for|of|[a-z]+[- ][a-z]+|[a-z-]+)){0,3} ?"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """The thing that an earlier value in the passage was of, and the value's property."""

    thing: Thing
    key: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score."""

    score: float
    thing: Thing


def rank_owners(
    quantity: QuantityMatch, cue: Cue | None, key: str, reading: Reading, *, earlier: Sequence[Owner] = ()
) -> list[Ranked]:
    """The things that a quantity may be of, the likeliest first; ``earlier`` are owners found before it.

    ``cue`` names the property (or the process step) where the text does.
    """
    weights = data("cues.yaml")["weights"]
    number = reading.sentence_of(quantity.start)
    structural = _structural(quantity, cue, reading, within=not key.startswith("synthesis"))
    ranked = []
    for thing in reading.things:
        place = -99.0
        distance = number - reading.sentence_of(thing.start)
        if distance < 0 or distance > 2:
            continue
        if distance == 0:
            place = _position(thing, quantity, cue, key, reading)
            score = max(place, structural.get(thing.start, -99.0))
        else:
            score = (
                weights["earlier"]
                - weights["sentence_cost"] * (distance - 1)
                + structural.get(thing.start, 0.0)
            )
            score -= 0.02 * reading.words_between(thing.end, reading.sentences[number - distance][1])
        score += _context(thing, key, reading, compared=distance > 0 or place < weights["bracket"])
        if (own := reading.bracket_of(thing.start)) is not None and own != reading.bracket_of(quantity.start):
            score += weights["aside"]
        ranked.append(Ranked(score, thing))
    for back, owner in enumerate(reversed(earlier[-2:])):
        ranked = [
            Ranked(entry.score + 4 - back, entry.thing) if entry.thing is owner.thing else entry
            for entry in ranked
        ]
    return sorted(ranked, key=lambda entry: -entry.score)


def coordinated(thing: Thing, reading: Reading) -> tuple[Thing, ...]:
    """A thing and those listed with it ("A, B and C"), in text order."""
    things = [
        other
        for other in reading.things
        if reading.sentence_of(other.start) == reading.sentence_of(thing.start)
    ]
    place = things.index(thing)
    first = last = place
    while first > 0 and _listed(things[first - 1], things[first], reading):
        first -= 1
    while last + 1 < len(things) and _listed(things[last], things[last + 1], reading):
        last += 1
    closing = reading.text[things[last - 1].end : things[last].start] if last > first else ""
    listed = tuple(things[first : last + 1])
    return listed if len(listed) > 2 or _CLOSING.search(closing) else (thing,)


def _listed(left: Thing, right: Thing, reading: Reading) -> bool:
    between = reading.text[left.end : right.start]
    if _LIST.fullmatch(between) is None or re.search(r"[.;:]", between):
        return False
    if re.search(rf"\b(?:{_verbs()})\b", between):
        return False
    if left.role and right.role and (left.role in _FEW_ROLES) != (right.role in _FEW_ROLES):
        return False
    return left.kind == right.kind and left.is_generic == right.is_generic


def _position(thing: Thing, quantity: QuantityMatch, cue: Cue | None, key: str, reading: Reading) -> float:
    """The score of where a name stands: brackets, prepositions, nearness."""
    weights = data("cues.yaml")["weights"]
    text = reading.text
    bracket = reading.bracket_of(quantity.start)
    if bracket is not None and thing.end <= bracket[0]:
        if re.fullmatch(r"(?: [\w-]+){0,2} ?", text[thing.end : bracket[0]]):
            return float(weights["bracket"])
    if cue is not None and cue.end <= thing.start and _owning(text[cue.end : thing.start]):
        return float(weights["owner"])
    if (
        cue is not None
        and thing.end <= cue.start
        and re.fullmatch(r"(?:'s)?(?: [\w-]+){0,2} ?", text[thing.end : cue.start])
    ):
        return float(weights["compound"])
    last = max(other.end for other in reading.quantities if other.group == quantity.group)
    if thing.start >= last and _owning(text[last : thing.start]) and not key.startswith("synthesis"):
        return float(weights["value_of"])
    if thing.end <= quantity.start:
        return float(
            weights["preceding"] - weights["word_cost"] * reading.words_between(thing.end, quantity.start)
        )
    return float(
        weights["following"] - weights["word_cost"] * reading.words_between(quantity.end, thing.start)
    )


def _owning(between: str) -> bool:
    """Whether "of", "for" or "in" joins a property or value with the name that follows."""
    return _OWNING.fullmatch(between) is not None


def _context(thing: Thing, key: str, reading: Reading, *, compared: bool = True) -> float:
    """What speaks against a name (comparison, precursor, solvent, family) and for it (its role)."""
    settings = data("cues.yaml")
    weights = settings["weights"]
    before = reading.text[max(0, thing.start - 40) : thing.start]
    after = reading.text[thing.end : thing.end + 30]
    score = 0.0
    if compared and (
        _ends_with("comparison").search(before)
        or _compared().search(reading.text[max(0, thing.start - 120) : thing.start])
    ):
        score += weights["comparison"]
    listed = _precursor_list().search(reading.text[max(0, thing.start - 120) : thing.start])
    if listed or _ends_with("precursors").search(before) or _starts_with("precursors_after").match(after):
        score += weights["precursor"]
    if _apparatus().search(reading.text[thing.start : thing.end]):
        score += weights["apparatus"]
    if thing.role == "solvent":
        score += weights["solvent"]
    if _family().match(after):
        score += weights["family"]
    if thing.is_element:
        score += weights["element"]
    if thing.kind != "Material":
        score += weights["weak_kind"]
    if thing.is_generic:
        is_cell = thing.role == "cell" and key in settings["cell_properties"]
        score += weights["general"] / 2 if is_cell else weights["general"]
    return score + _role_score(thing, key)


def is_denied(thing: Thing, reading: Reading) -> bool:
    """Whether the text says that there is no such thing: no oxide with a conductivity above 1 mS/cm is known."""
    return _denied().search(reading.text[max(0, thing.start - 80) : thing.start]) is not None


def standing(thing: Thing, key: str, reading: Reading) -> float:
    """How likely a thing is what its sentence is about: what speaks against it, and whether it is a subject."""
    is_subject = reading.doc[thing.head].dep_ in ("nsubj", "nsubjpass")
    return _context(thing, key, reading) + 10 * is_subject


def _role_score(thing: Thing, key: str) -> float:
    settings = data("cues.yaml")
    weights = settings["weights"]
    if key in settings["cell_properties"] and key != "voltage":
        if thing.role in ("anode", "electrolyte"):
            return float(weights["wrong_role"])
        return float(weights["right_role"] if thing.role == "cathode" and not thing.is_generic else 0)
    if key.endswith("conductivity") and thing.role in ("cell", "anode"):
        return float(weights["wrong_role"])
    return 0.0


def _structural(
    quantity: QuantityMatch, cue: Cue | None, reading: Reading, *, within: bool
) -> dict[int, float]:
    """Scores of the things that the grammar ties to the number or to its property, by their start.

    ``within`` is whether "in" names an owner: a conductivity in a glass, but not quenching in a system.
    """
    scores: dict[int, float] = {}
    starts = [reading.token_at(quantity.start, quantity.end)]
    if cue is not None:
        starts.insert(0, reading.token_at(cue.start, cue.end))
    for token in starts:
        if token is None:
            continue
        for thing, score in _climb(token, reading, within=within):
            scores[thing.start] = max(score, scores.get(thing.start, -99.0))
    return scores


def _climb(token: Token, reading: Reading, *, within: bool) -> Iterator[tuple[Thing, float]]:
    """Walk up the tree: owners of nouns, nouns that carry the number, subjects and objects of verbs."""
    weights = data("cues.yaml")["weights"]
    current = token
    for step in range(_STEPS):
        cost = weights["step_cost"] * step
        if current.pos_ in ("VERB", "AUX"):
            for child in current.children:
                if child.dep_ in ("nsubj", "nsubjpass"):
                    for thing in _things_of(child, reading):
                        yield thing, weights["subject"] - cost
                elif child.dep_ in ("dobj", "attr"):
                    for thing in _things_at(child, reading):
                        yield thing, weights["object"] - cost
            if current.dep_ in ("relcl", "acl"):
                for thing in _things_at(current.head, reading):
                    yield thing, weights["relative"] - cost
                if current.head.dep_ == "attr":  # A is the first electrolyte that …
                    for child in current.head.head.children:
                        if child.dep_ == "nsubj":
                            for thing in _things_at(child, reading):
                                yield thing, weights["relative"] - cost
        else:
            if step:
                for thing in _things_at(current, reading):
                    yield thing, weights["with"] - cost
            for thing in _owned_by(current, reading, within=within):
                yield thing, weights["owner"] - cost
        if current.head is current:
            return
        current = current.head


def _things_of(token: Token, reading: Reading) -> Iterator[Thing]:
    """The thing that a subject names, or the owner of the property that it names."""
    found = list(_things_at(token, reading))
    yield from found or _owned_by(token, reading)


def _owned_by(token: Token, reading: Reading, *, within: bool = True) -> Iterator[Thing]:
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in _OWNERS and (within or child.lower_ != "in"):
            for thing in child.children:
                if thing.dep_ == "pobj":
                    yield from _things_at(thing, reading)
        elif child.dep_ == "poss" and child.pos_ == "PRON" and child.i not in reading.antecedents:
            yield from _subjects_above(token, reading)
        elif child.dep_ in ("compound", "poss", "nmod"):
            yield from _things_at(child, reading)


def _subjects_above(token: Token, reading: Reading) -> Iterator[Thing]:
    """The subject of the clause, which "its" refers to: A is used because of its high capacity."""
    verb = next((ancestor for ancestor in token.ancestors if ancestor.pos_ in ("VERB", "AUX")), None)
    for child in verb.children if verb is not None else ():
        if child.dep_ in ("nsubj", "nsubjpass"):
            yield from _things_at(child, reading)


def _things_at(token: Token, reading: Reading) -> Iterator[Thing]:
    for thing in reading.things:
        if thing.head == token.i:
            yield thing
    for mention in reading.antecedents.get(token.i, ()):
        for thing in reading.things:
            if thing.head == mention.head:
                yield thing


@cache
def _ends_with(name: str) -> re.Pattern[str]:
    words = sorted(data("cues.yaml")[name], key=len, reverse=True)
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?: (?:the|a|an|pure|bare|of|other|most|[a-z-]+))? $",
        re.IGNORECASE,
    )


@cache
def _starts_with(name: str) -> re.Pattern[str]:
    words = sorted(data("cues.yaml")[name], key=len, reverse=True)
    return re.compile(rf" (?:{'|'.join(map(re.escape, words))})(?![\w-])")


@cache
def _precursor_list() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(data('cues.yaml')['precursor_lists'])})$")


@cache
def _denied() -> re.Pattern[str]:
    words = "|".join(data("cues.yaml")["denials"])
    return re.compile(
        rf"(?<![\w-])(?:{words})(?: (?!(?:of|in|with)\b)[\w-]+){{0,3}}(?: of(?: [\w-]+){{0,2}})? $",
        re.IGNORECASE,
    )


@cache
def _compared() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(data('cues.yaml')['comparison_patterns'])}) $")


@cache
def _apparatus() -> re.Pattern[str]:
    return words_pattern(data("cues.yaml")["apparatus"])


@cache
def _family() -> re.Pattern[str]:
    words = sorted(data("cues.yaml")["family_after"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _verbs() -> str:
    return "|".join(data("cues.yaml")["list_breakers"])
