"""Questions in English: read them, ask the graph, answer with evidence, or say honestly why not."""

from __future__ import annotations

import re
import unicodedata
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pyoxigraph as ox

from kg.column_reader import read_columns
from kg.columns import Columns
from kg.curation import Retraction
from kg.curation_graph import stored_retractions
from kg.model import Claim
from kg.updates import writes
from ontology.lexicon import Lexicon, load_lexicon
from queries.answer.compute import compute
from queries.answer.empty import explain_empty
from queries.answer.model import Answer
from queries.answer.scopes import scopes
from queries.answer.verbalise import sentences
from queries.chains import ChainGraph, read_chain_graph
from queries.form import Form, FormError, check_form
from queries.graph_index import GraphIndex, read_index
from queries.parse.backing import backed, read_backing
from queries.parse.context import Reading, UnreadError
from queries.parse.finders import find_mentions
from queries.parse.leading import without_lead
from queries.parse.mentions import Mention
from queries.parse.question import read_cuts
from queries.parse.spelling import correct, known_words, suggestions
from queries.parse.spoken import spelt_out
from queries.parse.vocabulary import Vocabulary, read_vocabulary

_LONGEST = 600
_MOST_WORDS = 80
_OPENED_STORES = 4
_MOST_READINGS = 3
#: Unicode categories of characters that stand for no sign at all.
_CONTROLS = frozenset({"Cc", "Zl", "Zp", "Cs", "Co", "Cn"})
_UNIT_SIGNS = frozenset("°℃℉")


@dataclass(frozen=True)
class OpenedStore:
    """A store with what reading questions over it needs, kept until the store's documents change."""

    store: ox.Store
    lexicon: Lexicon
    index: GraphIndex
    vocabulary: Vocabulary

    @cached_property
    def columns(self) -> Columns:
        """The store's claims as columns, read when they are first needed."""
        return read_columns(self.store, lexicon=self.lexicon)

    @cached_property
    def known_words(self) -> frozenset[str]:
        """The words that a misspelling can be meant for."""
        return known_words(self.index, self.vocabulary)

    @cached_property
    def newest_year(self) -> int | None:
        """The year of the newest work; None where no work's year is known."""
        years = self.columns.years.values
        return int(years.max()) if len(years) else None

    @cached_property
    def chains(self) -> ChainGraph:
        """The graph that chains run through, made when it is first needed."""
        return read_chain_graph(self.store, lexicon=self.lexicon, columns=self.columns)

    @cached_property
    def claims_read(self) -> dict[str, Claim]:
        """The claims that were read for an answer lately, by id."""
        return {}

    @cached_property
    def retractions(self) -> tuple[Retraction, ...]:
        """The retracted works."""
        return stored_retractions(self.store)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all things, for suggestions."""
        return tuple(
            dict.fromkeys(
                name for iri, label in self.index.labels.items() for name in (label, *self.index.names[iri])
            )
        )


_opened: OrderedDict[tuple[int, int, int], OpenedStore] = OrderedDict()


def open_for_questions(store: ox.Store, *, lexicon: Lexicon | None = None) -> OpenedStore:
    """The store's names and classes in memory.

    Kept for the next question while the store stays as it is.
    """
    lexicon = lexicon or load_lexicon()
    key = (id(store), id(lexicon), writes(store))
    if key not in _opened:
        _opened[key] = OpenedStore(
            store, lexicon, read_index(store, lexicon=lexicon), read_vocabulary(lexicon)
        )
        while len(_opened) > _OPENED_STORES:
            _opened.popitem(last=False)
    _opened.move_to_end(key)
    return _opened[key]


def ask(question: str, store: ox.Store, *, lexicon: Lexicon | None = None) -> Answer:
    """The answer to a question in English over a store.

    Never raises for what a person can type: a question that is not understood, is about something the graph
    does not know, or has no answer gives an Answer that says so.
    """
    opened = open_for_questions(store, lexicon=lexicon)
    read = read_forms(question, opened)
    return read if isinstance(read, Answer) else answer_forms(question, read, opened)


def read_forms(question: str, opened: OpenedStore) -> list[Form] | Answer:
    """The forms of a question, likeliest first, or the answer that says why there is none."""
    text = spelt_out(clean(question))
    if problem := _unreadable(question, text):
        return Answer(question, "not_understood", reason=problem)
    try:
        backing = read_backing(text, newest=opened.newest_year)
    except UnreadError as refusal:
        return Answer(question, "not_understood", reason=str(refusal))
    text, cuts, notes = _find(backing.text, opened)
    if led := without_lead(text, lambda part: _find(part, opened)[1]):
        text, cuts, more = _find(led[0], opened)
        notes = [led[1], *notes, *more]
    unknown = [mention.text for mention in cuts[0] if mention.kind == "unknown"] if cuts else [text]
    if unknown:
        return _not_known(question, unknown, opened)
    reading = Reading(text, opened.index, opened.lexicon, opened.vocabulary, [*backing.notes, *notes])
    try:
        forms = [backed(form, backing.works) for form in read_cuts(cuts, reading)]
        for form in forms:
            check_form(form, lexicon=opened.lexicon)
    except (UnreadError, FormError) as refusal:
        return Answer(question, "not_understood", reason=str(refusal))
    return forms


def clean(question: str) -> str:
    """The question on one line, without control characters and invisible ones, in composed Unicode.

    >>> clean("What\\x00 is\\n LGPS? ")
    'What is LGPS?'
    """
    text = unicodedata.normalize("NFC", question[: 4 * _LONGEST])
    text = "".join(_plain(char) for char in text)
    return re.sub(r"\s+", " ", text).strip()


def _plain(char: str) -> str:
    """A character as it is read: full-width letters as Latin ones, a control as a space, a mark as none."""
    if "\uff01" <= char <= "\uff5e":
        return unicodedata.normalize("NFKC", char)
    category = unicodedata.category(char)
    return "" if category == "Cf" else " " if category in _CONTROLS else char


def _unreadable(question: str, text: str) -> str:
    """Why a text cannot be a question to this graph; empty where it may be one."""
    if not text:
        return "the question is empty"
    if len(question) > _LONGEST:
        return f"the question has {len(question)} characters; ask in at most {_LONGEST}"
    if len(text.split()) > _MOST_WORDS:
        return f"the question has {len(text.split())} words; ask in at most {_MOST_WORDS}"
    if not re.search(r"[A-Za-z]{2}", text):
        return "the question has no English words"
    if signs := {char for char in text if unicodedata.category(char) == "So"} - _UNIT_SIGNS:
        return f"the question has signs that are no words: {' '.join(sorted(signs))}"
    return ""


def _find(text: str, opened: OpenedStore) -> tuple[str, list[tuple[Mention, ...]], list[str]]:
    """The mentions of a text; misspelt words that are understood by one known word are read as that."""
    cuts = find_mentions(text, opened.index, opened.vocabulary)
    unknown = [mention.text for mention in cuts[0] if mention.kind == "unknown"] if cuts else []
    corrections = {word: meant for word in unknown if (meant := correct(word, opened.known_words))}
    if not corrections:
        return text, cuts, []
    for word, meant in corrections.items():
        text = re.sub(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", meant, text)
    notes = [f"“{word}” was read as “{meant}”" for word, meant in corrections.items()]
    return text, find_mentions(text, opened.index, opened.vocabulary), notes


def _not_known(question: str, unknown: list[str], opened: OpenedStore) -> Answer:
    """The refusal that names the words nothing explains, with names that look like them."""
    near = [name for word in unknown if len(word) > 3 for name in suggestions(word, opened.names)]
    words = ", ".join(f"“{word}”" for word in dict.fromkeys(unknown))
    hint = f"; did you mean {', '.join(near[:3])}?" if near else ""
    return Answer(
        question,
        "not_understood",
        reason=f"nothing in the graph or the ontology is called {words}{hint}",
        suggestions=tuple(dict.fromkeys(near))[:5],
    )


def answer_forms(question: str, forms: Sequence[Form], opened: OpenedStore) -> Answer:
    """The answer by the first reading that has one, in the narrowest scope that has one."""
    for form in forms:
        for variant in scopes(form):
            answer = compute(question, variant, opened)
            if answer is not None:
                return _by_meaning(question, variant, opened) or answer
    return explain_empty(question, next(iter(scopes(forms[0]))), opened)


def _by_meaning(question: str, form: Form, opened: OpenedStore) -> Answer | None:
    """The choice between the things that one name may mean, where the answers for them differ."""
    if not form.group.ambiguous or form.ask not in ("values", "aggregate", "compare"):
        return None
    found = []
    for node in form.group.nodes:
        one = replace(form, group=replace(form.group, nodes=(node,), ambiguous=""))
        if answer := compute(question, one, opened):
            found.append((opened.index.labels[node], answer))
    if len(found) < 2:
        return None
    name = form.group.ambiguous
    labels = [label for label, _ in found]
    return Answer(
        question,
        "ambiguous",
        interpretation=" / ".join(answer.interpretation for _, answer in found[:_MOST_READINGS]),
        reason=sentences()["text"]["ambiguous"].format(name=name, things="; ".join(labels)),
        suggestions=tuple(question.replace(name, label) for label in labels[:_MOST_READINGS]),
    )
