"""The phrases that questions are made of, from the YAML files beside this module and the ontology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ontology.data_files import read_yaml
from ontology.lexicon import Lexicon, Relation
from queries.parse.words import tokenise, verb_forms

VerbForm = Literal["plain", "past", "progressive", "noun", "adjective"]
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verb:
    """Words that state one of some relations.

    ``inverse`` is true where the grammatical subject is the relation's object ("Y results from X");
    ``passive_object`` where in the passive it is ("X was added to Y" is Y doped_with X).
    """

    relations: tuple[str, ...]
    form: VerbForm
    inverse: bool = False
    passive_object: bool = False
    happening: bool = False


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that names one side of some relations, a kind of thing, or the works that report something."""

    key: str
    relations: tuple[str, ...] = ()
    side: Literal["subject", "object"] = "object"
    kinds: tuple[str, ...] = ()
    sources: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """Every phrase with what it can be, keyed by its words in lower case."""

    cues: Mapping[Phrase, tuple[str, ...]]
    comparators: Mapping[Phrase, str]
    after: Mapping[Phrase, str]
    years: Mapping[Phrase, str]
    light: frozenset[str]
    loose: frozenset[str]
    scales: frozenset[Phrase]
    numbers: Mapping[str, int]
    prepositions: frozenset[str]
    preposition_phrases: Mapping[Phrase, str]
    nouns: Mapping[Phrase, Noun]
    verbs: Mapping[Phrase, tuple[Verb, ...]]
    properties: Mapping[Phrase, str]
    compositions: Mapping[str, tuple[str, ...]]
    spoken: Mapping[Phrase, str]
    longest: int

    @property
    def words(self) -> frozenset[str]:
        """Every word of every phrase."""
        known = (
            self.cues,
            self.comparators,
            self.after,
            self.nouns,
            self.verbs,
            self.properties,
            self.spoken,
        )
        phrases = [phrase for table in known for phrase in table]
        single = (*self.light, *self.loose, *self.numbers, *self.prepositions, *self.compositions)
        return frozenset(word for phrase in phrases for word in phrase) | frozenset(single)


def phrase(text: str) -> Phrase:
    """The words of a phrase, as tokens of a question are compared.

    >>> phrase("co-doped with")
    ('co', 'doped', 'with')
    """
    return tuple(token.lower for token in tokenise(text))


def read_vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The phrases of the YAML files, with those that the ontology gives for its relations."""
    data = vocabulary_data()
    cues: dict[Phrase, dict[str, None]] = defaultdict(dict)
    for cue, texts in data["cues"].items():
        for text in texts:
            cues[phrase(text)][cue] = None
    nouns = _nouns(data)
    verbs = _verbs(lexicon, data)
    properties = {
        phrase(form): key
        for key, texts in data["properties"].items()
        for text in texts
        for form in (_plural(text), text)
    }
    spoken = {phrase(text): name for name, texts in data["spoken"].items() for text in texts}
    comparators = {phrase(text): sign for sign, texts in data["comparators"].items() for text in texts}
    after = {phrase(text): sign for sign, texts in data["after"].items() for text in texts}
    return Vocabulary(
        cues={words: tuple(found) for words, found in cues.items()},
        comparators=comparators,
        after=after,
        years={phrase(text): cue for cue, texts in data["years"].items() for text in texts},
        light=frozenset(data["light"]),
        loose=frozenset(data["loose"]),
        scales=frozenset(phrase(text) for text in data["scales"]),
        numbers=data["numbers"],
        prepositions=frozenset(data["prepositions"]),
        preposition_phrases={phrase(text): word for text, word in data["preposition_phrases"].items()},
        nouns=nouns,
        verbs=verbs,
        properties=properties,
        compositions={name: tuple(elements) for name, elements in data["compositions"].items()},
        spoken=spoken,
        longest=max(map(len, (*cues, *comparators, *nouns, *verbs, *properties, *spoken))),
    )


@cache
def vocabulary_data() -> dict[str, Any]:
    """The data of cues.yaml, spoken.yaml and vocabulary.yaml as they are written."""
    data: dict[str, Any] = {}
    for name in ("cues.yaml", "spoken.yaml", "vocabulary.yaml"):
        data |= read_yaml(Path(__file__).with_name(name))
    return data


@cache
def trailing_comparators() -> frozenset[str]:
    """The comparators that stand behind their number: "or more"."""
    return frozenset(
        " ".join(phrase(text)) for texts in vocabulary_data()["after"].values() for text in texts
    )


def family(relation: str) -> tuple[str, ...]:
    """The relations that a verb of one relation is asked as: effects of one sign belong together.

    >>> family("decreases"), family("doped_with")
    (('decreases', 'suppresses'), ('doped_with',))
    """
    data = vocabulary_data()
    name = data["family_of"].get(relation)
    return tuple(data["families"][name]) if name else (relation,)


def _nouns(data: Mapping[str, Any]) -> dict[Phrase, Noun]:
    found: dict[Phrase, Noun] = {}
    for key, entry in data["nouns"].items():
        relations = data["families"][entry["family"]] if "family" in entry else [entry.get("relation")]
        noun = Noun(
            key=key,
            relations=tuple(relation for relation in relations if relation),
            side=entry.get("side", "object"),
            kinds=tuple(entry.get("kinds", ())),
            sources=bool(entry.get("sources")),
        )
        for text in entry["words"]:
            for form in (text, _plural(text)):
                found.setdefault(phrase(form), noun)
    return found


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"


def _verbs(lexicon: Lexicon, data: Mapping[str, Any]) -> dict[Phrase, tuple[Verb, ...]]:
    found: dict[Phrase, dict[Verb, None]] = defaultdict(dict)

    def add(texts: Iterable[str], verb: Verb) -> None:
        for text in texts:
            found[phrase(text)][verb] = None

    def add_verb(lemma: str, verb: Verb) -> None:
        forms = verb_forms(lemma)
        add(forms.plain, replace(verb, form="plain"))
        add(forms.past, replace(verb, form="past"))
        add(forms.progressive, replace(verb, form="progressive"))

    for relation in lexicon.relations.values():
        more = data["relations"].get(relation.key, {})
        passive = frozenset(more.get("passive_object", ()))
        base = Verb(_asked(relation), "plain")
        for lemma in (*relation.verbs, *more.get("verbs", ())):
            add_verb(lemma, replace(base, passive_object=lemma in passive))
        for lemma in (*relation.inverse_verbs, *more.get("inverse_verbs", ())):
            add_verb(lemma, replace(base, inverse=True))
        add(relation.nouns, replace(base, form="noun"))
        add((*relation.adjectives, *more.get("phrases", ())), replace(base, form="adjective"))
    for lemma in data["bring_verbs"]:
        add_verb(lemma, Verb(tuple(data["families"]["bring"]), "plain"))
    for lemma in data["open_verbs"]:
        add_verb(lemma, Verb(tuple(data["families"]["effects"]), "plain"))
    for lemma in data["happen_verbs"]:
        add_verb(lemma, Verb(tuple(data["families"]["cause_of_form"]), "plain", happening=True))
    return {words: tuple(verbs) for words, verbs in found.items()}


def _asked(relation: Relation) -> tuple[str, ...]:
    return family(relation.key)
