"""Passages parsed by spaCy, with formulas, names, numbers and units as single tokens.

A general parser stumbles over formulas, powers and brackets. So it sees a stand-in for each passage: a plain
noun for a formula or a joined name, a plain number and unit for a quantity, and the text in brackets apart.
What it finds is carried back to the true tokens: heads, relations, tags and lemmas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from extract.nlp_words import Word, load_language, words_of
from extract.passages import Passage

_BATCH = 64
_LONGEST_BRACKET = 40
_OPENING = ("(", "[", '"', "'")
_CLOSING = (")", "]", '"', "'")
_BRACKET_TAGS = {"(": "-LRB-", ")": "-RRB-"}


@dataclass(slots=True)
class _Task:
    """One text on its way through the parser: its words, which stand in sentences, which in brackets."""

    words: list[Word]
    shown: list[int] = field(default_factory=list)
    brackets: list[list[int]] = field(default_factory=list)


def model_name() -> str:
    """The name of the spaCy model."""
    return load_language().model


@cache
def load_model() -> Language:
    """The spaCy model without the components that nothing here reads."""
    return spacy.load(model_name(), exclude=list(load_language().exclude))


def parse(passages: Iterable[Passage]) -> Iterator[Doc]:
    """A parsed Doc for each passage, in order; ``doc.text`` is the passage's text exactly."""
    return parse_texts(passage.text for passage in passages)


def parse_texts(texts: Iterable[str]) -> Iterator[Doc]:
    """A parsed Doc for each plain text, in order.

    >>> doc = next(parse_texts(["Li7P3S11 (LPS) reaches 1.7×10^-2 S cm^-1. It is stable."]))
    >>> [token.text for token in doc][:6], len(list(doc.sents))
    (['Li7P3S11', '(', 'LPS', ')', 'reaches', '1.7×10^-2'], 2)
    """
    model = load_model()
    batch: list[_Task] = []
    for text in texts:
        batch.append(_task(model, text))
        if len(batch) == _BATCH:
            yield from _parsed(model, batch)
            batch = []
    yield from _parsed(model, batch)


def _parsed(model: Language, batch: list[_Task]) -> Iterator[Doc]:
    shown = [_stand_in(model, task, [task.shown]) for task in batch]
    apart = [_stand_in(model, task, task.brackets) for task in batch]
    parsed = list(
        model.pipe((doc for doc in (*shown, *apart) if len(doc)), batch_size=_BATCH, disable=["lemmatizer"])
    )
    found = iter(parsed)
    sentences = [next(found) if len(doc) else doc for doc in shown]
    brackets = [next(found) if len(doc) else doc for doc in apart]
    for task, sentence, bracket in zip(batch, sentences, brackets, strict=True):
        yield _carry_back(model, task, sentence, bracket)


def _task(model: Language, text: str) -> _Task:
    task = _Task(list(words_of(text, model.tokenizer)))
    inside = _brackets(task.words)
    hidden = {at for opening, closing in inside for at in range(opening, closing + 1)}
    task.shown = [at for at in range(len(task.words)) if at not in hidden]
    task.brackets = [list(range(opening + 1, closing)) for opening, closing in inside]
    return task


def _brackets(words: list[Word]) -> list[tuple[int, int]]:
    """Outermost brackets that stand inside a sentence, as indices of their opening and closing words."""
    pairs: list[tuple[int, int]] = []
    opening = -1
    depth = 0
    for at, word in enumerate(words):
        if word.text == "(":
            if depth == 0:
                opening = at
            depth += 1
        elif word.text == ")" and depth:
            depth -= 1
            apart = opening == 0 or words[opening - 1].space
            alone = _ends_sentence(words[at - 1]) and (opening == 0 or _ends_sentence(words[opening - 1]))
            if depth == 0 and apart and not alone and 1 < at - opening <= _LONGEST_BRACKET:
                pairs.append((opening, at))
    return pairs


def _stand_in(model: Language, task: _Task, groups: list[list[int]]) -> Doc:
    """The text that the parser sees, with its sentences marked; each group starts one."""
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    for group in groups:
        previous = -1
        for number, at in enumerate(group):
            word = task.words[at]
            opens = number == 0 or (len(groups) == 1 and _starts_sentence(task.words, previous, at))
            words.append(word.shown)
            spaces.append(word.space or at + 1 not in (*group[number + 1 : number + 2], len(task.words)))
            starts.append(opens)
            previous = at
    return Doc(model.vocab, words=words, spaces=spaces, sent_starts=starts)


def _starts_sentence(words: list[Word], previous: int, at: int) -> bool:
    """Whether a word opens a sentence behind the word before it; quotes and brackets go with their words."""
    while previous > 0 and words[previous].text in _CLOSING:
        previous -= 1
    if not _ends_sentence(words[previous]) or words[at].text in _CLOSING:
        return False
    first = next((word for word in words[at:] if word.text not in _OPENING), words[at])
    return first.kind == "name" or bool(load_language().sentence_start.match(first.text))


def _ends_sentence(word: Word) -> bool:
    return bool(load_language().sentence_end.match(word.text))


def _carry_back(model: Language, task: _Task, sentence: Doc, bracket: Doc) -> Doc:
    """The true text with the analysis of its stand-ins; brackets depend on the word before."""
    size = len(task.words)
    source: list[Token | None] = [None] * size
    heads = list(range(size))
    deps = ["punct"] * size
    _copy(sentence, task.shown, source, heads, deps)
    _copy(bracket, [at for group in task.brackets for at in group], source, heads, deps)
    _join_roots(sentence, task.shown, heads, deps)
    _list_names(task.words, heads, deps)
    shown = set(task.shown)
    for group in task.brackets:
        opening, closing = group[0] - 1, group[-1] + 1
        anchor = next((at for at in range(opening - 1, -1, -1) if at in shown), None)
        if anchor is None:
            anchor = next((at for at in range(closing + 1, size) if at in shown), opening)
        root = next((at for at in group if heads[at] == at), group[0])
        for at in group:
            if heads[at] == at and at != root:
                heads[at], deps[at] = root, "dep"
        heads[root], deps[root] = anchor, "appos"
        heads[opening] = heads[closing] = root
    doc = Doc(
        model.vocab,
        words=[word.text for word in task.words],
        spaces=[word.space for word in task.words],
        tags=[
            token.tag_ if token else _BRACKET_TAGS[word.text]
            for token, word in zip(source, task.words, strict=True)
        ],
        pos=[token.pos_ if token else "PUNCT" for token in source],
        morphs=[str(token.morph) if token else "" for token in source],
        # the tagger's rules know the lemmas of auxiliaries and pronouns; the lemmatizer fills in the rest
        lemmas=[
            token.lemma_ if token and not word.kind else ""
            for token, word in zip(source, task.words, strict=True)
        ],
        heads=heads,
        deps=deps,
    )
    model.get_pipe("lemmatizer")(doc)
    for token, word in zip(doc, task.words, strict=True):
        if word.kind not in ("", "verb"):
            token.lemma_ = word.text
    return doc


def _copy(parsed: Doc, at: list[int], source: list[Token | None], heads: list[int], deps: list[str]) -> None:
    for token in parsed:
        mine = at[token.i]
        source[mine] = token
        heads[mine] = at[token.head.i]
        deps[mine] = token.dep_


def _join_roots(sentence: Doc, at: list[int], heads: list[int], deps: list[str]) -> None:
    """One root per sentence: the first verb, to which other roots become parallel clauses."""
    groups: list[list[int]] = []
    for token in sentence:
        if token.is_sent_start or not groups:
            groups.append([])
        groups[-1].append(token.i)
    for group in groups:
        roots = [index for index in group if sentence[index].head.i == index]
        if len(roots) > 1:
            main = next((index for index in roots if sentence[index].pos_ in ("VERB", "AUX")), roots[0])
            for index in roots:
                if index != main:
                    heads[at[index]], deps[at[index]] = at[main], "parataxis"


def _list_names(words: list[Word], heads: list[int], deps: list[str]) -> None:
    """Names in a row are a list: to the parser equal stand-ins (``H2O, H2O and H2O``) explain each other."""
    for at, dep in enumerate(deps):
        head = heads[at]
        if (
            dep == "appos"
            and words[at].kind == words[head].kind == "name"
            and head < at
            and words[at - 1].text == ","
        ):
            deps[at] = "conj"
