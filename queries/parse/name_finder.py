"""The name that a run of words of a question is, and which runs are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ontology.names import normalise
from queries.graph_index import GraphIndex
from queries.parse.mentions import Mention
from queries.parse.naming import Named, element_of, resolve
from queries.parse.vocabulary import Vocabulary, vocabulary_data
from queries.parse.words import Token, grammar, stem

#: A name found only by the stems of its words costs a little more than one that is spelt out.
_BY_STEMS = 0.3
#: Words that tell how much of something is meant.
_GRADES = frozenset({"high", "low", "increasing", "decreasing", "most", "least"})


@dataclass(frozen=True, slots=True)
class Source:
    """A text in words, and what its words can be looked up in.

    ``numbers`` are the places where a quantity starts.
    """

    text: str
    tokens: list[Token]
    lowers: tuple[str, ...]
    numbers: frozenset[int]
    index: GraphIndex
    vocabulary: Vocabulary


def find_name(source: Source, first: int, last: int) -> Mention | None:
    """The name that a run of words is, as it is spelt or by the stems of its words."""
    tokens, vocabulary = source.tokens, source.vocabulary
    if not normalise(tokens[first].text) or _ends_open(tokens[last - 1], vocabulary):
        return None
    if {"and", "or"} & set(vocabulary.cues.get((tokens[first].lower,), ())):
        return None
    noun = vocabulary.nouns.get((tokens[last - 1].lower,))
    if noun and noun.key == "dopant" and tokens[first].lower in vocabulary.compositions:
        # "oxide additives" are additives that contain oxygen, not a kind of element
        return None
    if _begins_with_verb(tokens, first, last, vocabulary) or _cuts_a_compound(source, first, last):
        return None
    written = _slice(source.text, tokens, first, last)
    base = Mention(first, last, "thing", written)
    if grammar("indefinite") & set(source.lowers[first + 1 : last]):
        return None
    if named := resolve(written, source.index):
        # "sodium chlorides" are a class of compounds, not sodium chloride
        salts = named.formula and tokens[last - 1].lower.removesuffix("s") in vocabulary.compositions
        if salts and tokens[last - 1].lower.endswith("s"):
            return None
        if _only_graded(named, written, source, first):
            return None
        return replace(base, named=_as_dopant(named, written, source.index) or named)
    lowers = [token.lower for token in tokens[first:last]]
    if lowers[0] in vocabulary.prepositions or not _may_be_inflected(lowers, vocabulary):
        return None
    if _repeats_itself(written):
        return None
    named = resolve(written, source.index, by_stems=True)
    if named is None or (last == first + 1 and not _single_may_stand(lowers[0], named)):
        return None
    return replace(base, named=named, extra_cost=_BY_STEMS)


def _as_dopant(named: Named, written: str, index: GraphIndex) -> Named | None:
    """The dopant of "Sn doping", unless the graph has a thing of that name.

    A narrower measure, such as putting tin in the place of germanium, is none.
    """
    words = written.split()
    symbol = element_of(words[0]) if len(words) == 2 else ""
    if not symbol or words[1].casefold() not in vocabulary_data()["doping_words"]:
        return None
    for node in named.nodes:
        told = {element_of(word) for word in index.labels[node].split()} - {""}
        if told <= {symbol}:
            return None
    dopant = resolve(words[0], index)
    return None if dopant is None else replace(dopant, text=written)


def _begins_with_verb(tokens: Sequence[Token], first: int, last: int, vocabulary: Vocabulary) -> bool:
    """Whether a run of words is a verb and its object ("increases the resistance"), not a name."""
    if first and tokens[first - 1].lower in grammar("articles"):
        return False
    verbs = vocabulary.verbs.get((tokens[first].lower,), ())
    plain = any(verb.form == "plain" and not verb.happening for verb in verbs)
    plain = plain and (tokens[first].lower,) not in vocabulary.cues
    return plain and last > first + 1 and tokens[first + 1].lower not in ("of", "in")


def _cuts_a_compound(source: Source, first: int, last: int) -> bool:
    """Whether a phrase ends in the first word of a compound's name: "conductivity of sodium" chlorides."""
    following = source.lowers[last : last + 1]
    begun = last > first + 1 and source.lowers[last - 2] in source.vocabulary.prepositions
    compound = bool(following) and following[0].removesuffix("s") in source.vocabulary.compositions
    return begun and compound and bool(element_of(source.tokens[last - 1].text))


def _ends_open(last: Token, vocabulary: Vocabulary) -> bool:
    """Whether a run ends in a word that no name ends in."""
    if last.text in vocabulary.prepositions:
        return True
    return not normalise(last.text) and last.lower not in grammar("name_ends")


def _only_graded(named: Named, written: str, source: Source, first: int) -> bool:
    """Whether a name is that of something else with "high", "lower" … before it, or "of X" behind it.

    The word tells how much of it is meant, or of what; the name is not lost by leaving that out.
    """
    property_ = written.partition(" of ")[0]
    if property_ != written and named.kinds == {"Property"}:
        bare = resolve(property_, source.index)
        of = resolve(written.partition(" of ")[2].removeprefix("the "), source.index)
        if of is None or of.element:
            return False
        return bare is not None and bool(named.nodes) and set(named.nodes) <= set(bare.nodes)
    if not _GRADES & set(source.vocabulary.cues.get((source.lowers[first],), ())):
        return False
    if not named.nodes:
        return "Property" not in named.kinds
    bare = resolve(written[len(source.tokens[first].text) :].lstrip(" -"), source.index)
    return bare is not None and set(named.nodes) <= set(bare.nodes)


def _repeats_itself(text: str) -> bool:
    """Whether a word comes twice, as in no name: "sulfur in lithium-sulfur batteries"."""
    words = [stem(word) for word in normalise(text).split()]
    return len(set(words)) < len(words)


def _single_may_stand(word: str, named: Named) -> bool:
    """Whether one word may be another form of a name: "milled", "discharge" for discharging.

    Not "heat" for a method.
    """
    return word.endswith(tuple(grammar("inflected"))) or named.kinds <= {"Environment"}


def _may_be_inflected(lowers: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether words may be another form of a name: "ball milled", "introducing oxygen".

    Not "widen the window".
    """
    if all(word in vocabulary.light or word in vocabulary.prepositions for word in lowers):
        return False
    if len(lowers) == 1:
        return True
    if lowers[1] in vocabulary.prepositions and any(
        verb.form == "past" for verb in vocabulary.verbs.get((lowers[0],), ())
    ):
        return False
    if (lowers[0],) in vocabulary.nouns and normalise(lowers[0]) != lowers[0]:
        return False
    telling = [
        word for word in lowers if word not in vocabulary.light and word not in vocabulary.prepositions
    ]
    ends = (*vocabulary.verbs.get((lowers[0],), ()), *vocabulary.verbs.get((lowers[-1],), ()))
    return len(telling) > 1 and not any(verb.form == "plain" for verb in ends)


def _slice(text: str, tokens: list[Token], first: int, last: int) -> str:
    """The text of a run of tokens with the brackets that belong to it: "(100-x)Li2S-xSiS2"."""
    start, end = tokens[first].start, tokens[last - 1].end
    written = text[start:end]
    if written.count("(") > written.count(")") and text[end : end + 1] == ")":
        end += 1
    elif written.count(")") > written.count("(") and text[start - 1 : start] == "(":
        start -= 1
    return text[start:end]
