"""The statements of doping in a passage: each host with each of its dopants."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from extract.relations.arguments import Argument
from extract.relations.causes import EffectReader
from extract.relations.doping.sites import is_cue, sites_in
from extract.relations.doping.vocabulary import Group, Name, Sentence
from extract.relations.statements import Statement


def doping_statements(effects: EffectReader) -> Iterator[Statement]:
    """What the sentences of a passage say of hosts and their dopants."""
    doc = effects.reader.doc
    if not any(map(is_cue, doc)):
        return
    for span in doc.sents:
        if any(map(is_cue, span)):
            yield from _of_sentence(Sentence(effects, doc, span.start, span.end))


def _of_sentence(sentence: Sentence) -> Iterator[Statement]:
    for site in sites_in(sentence):
        for hosts, dopants in product(site.hosts, site.dopants):
            for host, dopant in _paired(hosts, dopants):
                yield Statement(
                    _host(sentence, host, alone=len(hosts) == 1),
                    "doped_with",
                    _dopant(sentence, dopant),
                    site.token,
                    "hosts and dopants",
                )


def _paired(hosts: Group, dopants: Group) -> Iterator[tuple[Name, Name]]:
    """Long names with long ones and short with short ones where both have two, else every pair."""
    if len(hosts) == len(dopants) == 2:
        yield from zip(hosts, dopants, strict=True)
    else:
        yield from product(hosts, dopants)


def _host(sentence: Sentence, name: Name, *, alone: bool) -> Argument:
    """A host with its canonical name first; one that has two names in the text is called by each in turn."""
    bare = _argument(sentence, name, "Material")
    reader = sentence.effects.reader
    known = [each for each in reader.single(reader.doc[name.head]) if each.start == name.start]
    canonical = [each.names[0] for each in known[:1] if alone and each.kind == "Material"]
    names = [*(each for each in canonical if each not in sentence.text), *bare.names]
    return Argument(
        tuple(dict.fromkeys(names)), "Material", name.start, name.end, name.head, terms=bare.terms
    )


def _dopant(sentence: Sentence, name: Name) -> Argument:
    return _argument(sentence, name, "Dopant")


def _argument(sentence: Sentence, name: Name, kind: str) -> Argument:
    """A name as written; the label of its term is a name too, unless the sentence has it for itself."""
    terms = tuple(term for term in sentence.effects.lexicon.lookup(name.text) if term.kind == kind)
    labels = [term.label for term in terms[:1] if term.label not in sentence.text]
    names = tuple(dict.fromkeys((name.text, *labels)))
    return Argument(names, kind, name.start, name.end, name.head, terms=terms)
