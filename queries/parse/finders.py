"""The mentions that each run of words of a question could be: phrases, names, quantities, units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ontology.names import needs_context
from ontology.quantities import QuantityMatch, find_quantities
from ontology.units import unit_at
from queries.graph_index import GraphIndex
from queries.parse.mentions import Mention, best_cuts
from queries.parse.name_finder import Source, find_name
from queries.parse.naming import element_of, resolve
from queries.parse.vocabulary import Vocabulary, vocabulary_data
from queries.parse.words import Token, grammar, tokenise

#: A word before a year says when rather than where.
_BEFORE_A_YEAR = -0.02
_MOST_WORDS_IN_A_NAME = 12
_MOST_WORDS_IN_A_STEP = 4
#: The time of one step of making says more than a time.
_OF_A_STEP = -0.02
#: Words that normalise drops and that names end in all the same.
_JOINED_SYMBOLS = re.compile(r"[A-Z][a-z]?(?:[-–][A-Z][a-z]?)+(?![\w-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = re.compile(r"(?:19|20)\d\d\W+(?:(?:to|and|until)\W+)?(?:19|20)\d\d")


def find_mentions(text: str, index: GraphIndex, vocabulary: Vocabulary) -> list[tuple[Mention, ...]]:
    """The best cuts of a text into mentions, cheapest first; words that nothing explains are ``unknown``."""
    tokens = tokenise(text)
    measured = list(_quantities(text, tokens))
    numbers = frozenset(mention.first for mention in measured)
    source = Source(text, tokens, tuple(token.lower for token in tokens), numbers, index, vocabulary)
    by_start: list[list[Mention]] = [
        [Mention(place, place + 1, "unknown", token.text)] for place, token in enumerate(tokens)
    ]
    for mention in (*measured, *_candidates(source)):
        by_start[mention.first].append(mention)
    cuts = best_cuts(by_start)
    understood = [cut for cut in cuts if all(mention.kind != "unknown" for mention in cut)]
    return [cut for cut in understood if not _splits_a_name(cut, understood[0])] or cuts[:1]


def _splits_a_name(cut: Sequence[Mention], best: Sequence[Mention]) -> bool:
    """Whether a cut reads the words of one name of the best cut as several names: "lithium", "metal"."""
    for name in best:
        if name.is_cue("with_without") and name not in cut:
            return True
        whole = name.kind == "quantity" or (name.kind == "thing" and not name.extra_cost)
        if not whole or name.last - name.first < 2:
            continue
        inside = [each for each in cut if name.first <= each.first and each.last <= name.last]
        kinds = [each.kind for each in inside]
        if len(inside) > 1 and set(kinds) <= {"thing", "light", "number", "year"}:
            return True
        if name.kind == "quantity" and kinds == ["thing"]:
            # "500 K" is no amount of potassium
            return True
        if kinds[:1] == ["noun"] and kinds[-1] == "thing":
            # a "solid cell" is no cell that is a solid
            return True
    return False


def _candidates(source: Source) -> Iterator[Mention]:
    """The phrases, names and units that start at each word."""
    count = len(source.tokens)
    for first in range(count):
        symbol = first > 0 and _is_symbol(source, first)
        for last in range(first + 1, min(count, first + source.vocabulary.longest) + 1):
            if not (symbol and last == first + 1):
                yield from _phrases(source, first, last)
        for last in range(first + 1, min(count, first + _MOST_WORDS_IN_A_NAME) + 1):
            if mention := find_name(source, first, last):
                yield mention
        if mention := _with_shared_head(source, first):
            yield mention
        if mention := _unit(source, first):
            yield mention
        if mention := _step_variable(source, first):
            yield mention
        if mention := _elements(source, first):
            yield mention


def _is_symbol(source: Source, place: int) -> bool:
    """Whether a word is an element by how it is capitalised: "In", "As", and "I" but for "can I"."""
    text = source.tokens[place].text
    if not element_of(text):
        return False
    asks = source.vocabulary.cues.get((source.lowers[place - 1],)) == ("aux",)
    return needs_context(text) if len(text) == 2 else text.casefold() in grammar("pronouns") and not asks


def _phrases(source: Source, first: int, last: int) -> Iterator[Mention]:
    """What a run of words is as a phrase of the vocabulary."""
    vocabulary, lowers = source.vocabulary, source.lowers
    words = lowers[first:last]
    base = Mention(first, last, "light", " ".join(words))
    if cues := vocabulary.cues.get(words):
        yield replace(base, kind="light" if cues == ("aux",) else "cue", cues=cues)
    if (sign := vocabulary.comparators.get(words)) and _before_number(source, last):
        yield replace(base, kind="comparator", key=sign)
    if (sign := vocabulary.after.get(words)) and first > 0:
        yield replace(base, kind="comparator", key=sign)
    if (cue := vocabulary.years.get(words)) and last < len(lowers) and _YEAR.fullmatch(lowers[last]):
        yield replace(base, kind="comparator", key=cue, extra_cost=_BEFORE_A_YEAR)
    if noun := vocabulary.nouns.get(words):
        yield replace(base, kind="noun", noun=noun)
    if verbs := vocabulary.verbs.get(words):
        yield replace(base, kind="verb", verbs=verbs, extra_cost=0.02 * (1 - len(words)))
    if key := vocabulary.properties.get(words):
        yield replace(base, kind="property", key=key)
    if words in vocabulary.scales:
        yield base
    if (name := vocabulary.spoken.get(words)) and (named := resolve(name, source.index)):
        yield replace(base, kind="thing", named=named)
    if word := vocabulary.preposition_phrases.get(words):
        yield replace(base, kind="preposition", key=word, extra_cost=-0.01)
    if len(words) == 1:
        yield from _word(base, vocabulary)


def _word(base: Mention, vocabulary: Vocabulary) -> Iterator[Mention]:
    """What a single word is, apart from a phrase."""
    word = base.text
    if word in vocabulary.prepositions:
        yield replace(base, kind="preposition", key=word)
    if word in vocabulary.light:
        yield base
    if word in vocabulary.loose:
        yield replace(base, kind="loose")
    if word in vocabulary.numbers:
        yield replace(base, kind="number", number=vocabulary.numbers[word])
    elements = vocabulary.compositions.get(word) or vocabulary.compositions.get(word.removesuffix("s"))
    if elements:
        yield replace(base, kind="composition", elements=elements)


def _before_number(source: Source, last: int) -> bool:
    """Whether a number follows, at most one word later ("above about 5 V", but not "better than at 5 V")."""
    apart = source.lowers[last : last + 1] == ("at",) and source.lowers[last - 1] == "than"
    return not apart and any(
        place in source.numbers for place in range(last, min(last + 2, len(source.lowers)))
    )


def _step_variable(source: Source, first: int) -> Mention | None:
    """A method and what it is done at: "annealing time", "ball-milling duration"."""
    table = vocabulary_data()["made_variables"]
    for last in range(min(len(source.lowers), first + _MOST_WORDS_IN_A_STEP), first + 1, -1):
        key = table.get(source.lowers[last - 1])
        if key is None or (source.lowers[first],) in source.vocabulary.cues:
            continue
        start, middle, end = (
            source.tokens[first].start,
            source.tokens[last - 2].end,
            source.tokens[last - 1].end,
        )
        named = resolve(source.text[start:middle], source.index)
        if named is not None and named.kinds == {"SynthesisMethod"}:
            written = source.text[start:end]
            return Mention(first, last, "property", written, key=key, named=named, extra_cost=_OF_A_STEP)
    return None


def _with_shared_head(source: Source, first: int) -> Mention | None:
    """ "Ionic" in "ionic and electronic conductivity": the property whose last word comes later."""
    joint = source.lowers[first + 1 : first + 2]
    if joint not in (("and",), ("or",)):
        return None
    rest = [at for at in range(first + 2, min(first + 5, len(source.lowers))) if _tells(source.lowers[at])]
    if len(rest) < 2:
        return None
    other, head = (source.tokens[at].text for at in rest[:2])
    named = resolve(f"{source.tokens[first].text} {head}", source.index)
    beside = resolve(f"{other} {head}", source.index)
    if any(each is None or each.kinds != {"Property"} for each in (named, beside)):
        return None
    return Mention(first, first + 1, "thing", source.tokens[first].text, named=named)


def _tells(word: str) -> bool:
    return word not in grammar("articles")


def _elements(source: Source, first: int) -> Mention | None:
    """Symbols joined by hyphens, all of which are contained: "Li-P-S"."""
    hit = _JOINED_SYMBOLS.match(source.text, source.tokens[first].start)
    if hit is None or not all(map(element_of, re.split("[-–]", hit[0]))):
        return None
    last = next(
        (at for at, token in enumerate(source.tokens) if token.start >= hit.end()), len(source.tokens)
    )
    symbols = tuple(map(element_of, re.split("[-–]", hit[0])))
    return Mention(first, last, "elements", hit[0], elements=symbols)


def _quantities(text: str, tokens: list[Token]) -> Iterator[Mention]:
    """Numbers with and without units; the two ends of "from a to b" become one range."""
    found: list[QuantityMatch] = []
    for quantity in find_quantities(text, bare=True):
        previous = found[-1] if found else None
        if previous and quantity.change and previous.change and previous.group == quantity.group:
            low, high = sorted((previous.value, quantity.value))
            found[-1] = replace(
                previous, end=quantity.end, value=low, value_max=high, unit=quantity.unit, change=False
            )
        else:
            found.append(quantity)
    for quantity in found:
        places = [
            place
            for place, token in enumerate(tokens)
            if quantity.start < token.end and token.start < quantity.end
        ]
        if not places or tokens[places[-1]].end > quantity.end:
            continue
        if text[quantity.start : tokens[places[0]].start].strip("-−–+~≈ "):
            continue
        base = Mention(places[0], places[-1] + 1, "quantity", quantity.as_written, quantity=quantity)
        if quantity.unit or quantity.value_max is not None:
            yield base
            if quantity.unit is None and _YEARS.fullmatch(quantity.as_written):
                yield replace(base, kind="year", number=int(quantity.value))
            continue
        whole = int(quantity.value) if quantity.value == int(quantity.value) else None
        yield base if whole is None else replace(base, kind="number", number=whole)
        if _YEAR.fullmatch(quantity.as_written):
            yield replace(base, kind="year", number=whole)


def _unit(source: Source, first: int) -> Mention | None:
    """A unit by itself: the one in which an answer is wanted ("in mS/cm", "(h)")."""
    text, tokens = source.text, source.tokens
    start = tokens[first].start
    before = tuple(token.lower for token in tokens[max(0, first - 2) : first])
    counted = source.vocabulary.cues.get(before) == ("count",)
    led = text[:start].rstrip().endswith("(") or before[-1:] == ("in",) or counted
    apart = text[:start].rstrip().endswith(",")
    # "Wh/kg of X": a name would have no stroke
    leads = first == 0 and "/" in text.partition(" ")[0] and source.lowers[-1:] != source.lowers[:1]
    # "loading of X mg/cm2"
    ends = "/" in text[start:] and re.fullmatch(r"[^\s?]+[\s?.]*", text[start:]) is not None
    if not led and not apart and not leads and not ends:
        return None
    hit = unit_at(text, start)
    if hit is None or (apart and not led and (hit[1] < start + 3 or text[hit[1] :].strip(" ?.)"))):
        return None
    unit, end = hit
    last = next((place for place in range(first, len(tokens)) if tokens[place].start >= end), len(tokens))
    if text[end : end + 1].isalnum() or tokens[last - 1].end > end:
        return None
    return Mention(first, last, "unit", text[start:end], unit=unit)
