"""Statements of the structural patterns in ``structure.yaml``: "X-doped Y", "X as the anode"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from extract.relations.arguments import Argument
from extract.relations.causes import EffectReader
from extract.relations.data import read, words
from extract.relations.paths import walk
from extract.relations.statements import Statement
from ontology.formula import parse_formula
from ontology.formula_grammar import formula_data
from ontology.lexicon import local_name

_JOINERS = frozenset({"-", "–", "/"})
#: The kinds that the head of a longer name can have by itself.
_OF_HEADS = frozenset({"Role", "Structure", "StructureType"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """A structural pattern: the words that trigger it, ways to both arguments, and the kinds these must have.

    The first pair of paths that finds something counts, all of them with ``every``. ``single`` is the side
    whose coordination is left aside (or both); ``bare_object`` asks for a role that is named by itself,
    ``subject_words`` for a head of the subject. ``not_behind`` is a word behind which the trigger means
    something else ("such as"); ``always`` is the object whatever the sentence calls it; ``as_method`` makes
    the trigger itself the object ("ball-milled").
    """

    name: str
    relation: str
    paths: tuple[tuple[str, str], ...]
    subject_kinds: frozenset[str]
    object_kinds: frozenset[str]
    single: str = ""
    bare_object: bool = False
    every: bool = False
    not_behind: str = ""
    always: str = ""
    as_method: bool = False
    subject_words: frozenset[str] = frozenset()


@cache
def _patterns() -> Mapping[str, list[Pattern]]:
    """Patterns by triggering word; "@formula" and "@structure" stand for any formula or structure."""
    lists: dict[str, str] = read("structure")["lists"]
    by_word: dict[str, list[Pattern]] = {}
    for row in read("structure")["patterns"]:
        pattern = Pattern(
            name=row["name"],
            relation=row["relation"],
            paths=tuple((_filled(subject, lists), _filled(thing, lists)) for subject, thing in row["paths"]),
            subject_kinds=frozenset(row.get("subject", "").split()),
            object_kinds=frozenset(row.get("object", "").split()),
            single=row.get("single", ""),
            bare_object=row.get("bare_object", False),
            every=row.get("every", False),
            not_behind=row.get("not_behind", ""),
            always=row.get("always", ""),
            as_method=row.get("as_method", False),
            subject_words=frozenset(row.get("subject_words", "").split()),
        )
        for word in _filled(row["trigger"], lists).replace("|", " ").split():
            by_word.setdefault(word, []).append(pattern)
    return by_word


def _filled(text: str, lists: Mapping[str, str]) -> str:
    for name, listed in lists.items():
        text = text.replace(f"{{{name}}}", "|".join(listed.split()))
    return text


def structure_statements(effects: EffectReader, token: Token) -> Iterator[Statement]:
    """The statements of the structural patterns that the token triggers."""
    by_word = _patterns()
    words_of = [token.lower_, token.lemma_.lower()]
    if token.i in effects.reader.formulas:
        words_of.append("@formula")
    if token.i in effects.reader.mentions and any(
        term.kind == "Structure" for term in effects.lexicon.lookup(token.text)
    ):
        words_of.append("@structure")
    matching = {id(pattern): pattern for word in words_of for pattern in by_word.get(word, ())}
    behind = token.nbor(-1).lower_ if token.i else ""
    for pattern in matching.values():
        if pattern.not_behind and pattern.not_behind == behind:
            continue
        if pattern.relation == "used_as" and behind in _JOINERS:
            continue  # "a TiS2-electrolyte composite" has two parts
        for subject_path, object_path in pattern.paths:
            found = list(_matches(effects, token, pattern, subject_path, object_path))
            yield from found
            if found and not pattern.every:
                break


def _matches(
    effects: EffectReader, token: Token, pattern: Pattern, subject_path: str, object_path: str
) -> Iterator[Statement]:
    if pattern.as_method:
        things = method_of(effects, token)
    else:
        things = _arguments(
            effects, token, object_path, pattern.object_kinds, alone=pattern.single in ("object", "both")
        )
        if pattern.always and (things or object_path == "self"):
            things = [_term(effects, pattern, token)]
    if pattern.bare_object:
        things = [thing for thing in things if _is_bare(effects, thing)]
    if not things:
        return
    subjects = [
        subject
        for subject in _arguments(
            effects, token, subject_path, pattern.subject_kinds, alone=pattern.single in ("subject", "both")
        )
        if not _is_cell_or_ion(effects, subject)
    ]
    if pattern.subject_words:
        doc = effects.reader.doc
        subjects = [
            subject for subject in subjects if doc[subject.head].lemma_.lower() in pattern.subject_words
        ]
    for subject in subjects:
        for thing in things:
            yield Statement(subject, pattern.relation, thing, token, pattern.name)


def _arguments(
    effects: EffectReader, token: Token, path: str, kinds: frozenset[str], *, alone: bool
) -> list[Argument]:
    found: list[Argument] = []
    for reached in walk(token, path):
        arguments = list(effects.reader.single(reached)) if alone else effects.reader.arguments(reached)
        found.extend(arguments or _element(reached))
    return [fitting for argument in dict.fromkeys(found) if (fitting := _fitting(effects, argument, kinds))]


def _term(effects: EffectReader, pattern: Pattern, token: Token) -> Argument:
    """The thing that a pattern always means: a solvent, whatever the sentence calls it."""
    kinds = effects.lexicon.relations[pattern.relation].range
    term = next((term for term in effects.lexicon.lookup(pattern.always) if term.kind in kinds), None)
    names = tuple(dict.fromkeys([*([term.label] if term else []), pattern.always]))
    kind = kinds[0] if kinds else ""
    return Argument(names, kind, token.idx, token.idx + len(token), token.i, terms=(term,) if term else ())


def method_of(effects: EffectReader, verb: Token) -> list[Argument]:
    """The method that a verb of treatment names: "ball-milled" is ball milling."""
    lemma = verb.lemma_.lower()
    gerund = f"{lemma.removesuffix('e')}ing"
    before = [
        child.text.lower() for child in verb.lefts if child.dep_ in ("npadvmod", "advmod", "compound", "amod")
    ]
    for name in (" ".join([*before, gerund]), gerund):
        for term in effects.lexicon.lookup(name):
            if term.kind == "SynthesisMethod":
                names = tuple(dict.fromkeys((term.label, name)))
                return [Argument(names, term.kind, verb.idx, verb.idx + len(verb), verb.i, terms=(term,))]
    return []


def _is_cell_or_ion(effects: EffectReader, subject: Argument) -> bool:
    """Whether a subject is a whole cell or a lone ion: neither has a structure, a role or a dopant."""
    formula = parse_formula(subject.names[0])
    ion = formula is not None and formula.kind == "ion" and len(formula.elements) == 1
    return ion or effects.reader.doc[subject.head].lemma_.lower() in words("cells")


def _element(token: Token) -> list[Argument]:
    """A lone symbol as a dopant ("W-doped"); by itself it is too short to be found as a formula."""
    if token.text not in formula_data()["elements"]:
        return []
    return [Argument((token.text,), "Dopant", token.idx, token.idx + len(token), token.i)]


def _is_bare(effects: EffectReader, role: Argument) -> bool:
    """Whether a role is named by itself ("solid electrolytes"), not as a family ("sulfide electrolytes")."""
    doc = effects.reader.doc
    span = doc.char_span(role.start, role.end)
    return span is not None and all(
        token.lower_ in words("role_modifiers")
        or token.pos_ in ("PUNCT", "NUM")
        or token.i == role.head
        or token.i in effects.reader.formulas
        for token in span
    )


def _fitting(effects: EffectReader, argument: Argument, kinds: frozenset[str]) -> Argument | None:
    """The argument in a sense of one of the kinds or of one of the ontology's classes."""
    if not kinds:
        return argument
    if "Formula" in kinds and any(map(is_compound, argument.names)):
        return argument
    fitting = argument.as_kind(kinds)
    if fitting and (argument.kind in kinds or not _holds_formula(effects, argument)):
        return fitting
    # "LiCoO2 cathode" is a material; its head alone is a role.
    head = effects.lexicon.lookup(effects.reader.doc[argument.head].text) if kinds & _OF_HEADS else ()
    for term in (*argument.terms, *head):
        if term.kind in kinds or any(local_name(ancestor) in kinds for ancestor in term.ancestors):
            if term in argument.terms and not _holds_formula(effects, argument):
                return argument.in_sense(term)
            return replace(
                argument, names=(term.label, effects.reader.doc[argument.head].text), kind=term.kind
            )
    return None


def _holds_formula(effects: EffectReader, argument: Argument) -> bool:
    """Whether a formula stands before the head: "LiCoO2 cathode"."""
    doc = effects.reader.doc
    span = doc.char_span(argument.start, argument.end)
    return span is not None and any(
        token.i in effects.reader.formulas and token.i != argument.head for token in span
    )


def is_compound(name: str) -> bool:
    """Whether a name is the formula of a substance: neither an element, an ion nor a building unit."""
    formula = parse_formula(name)
    return formula is not None and formula.charge == 0 and len(formula.elements) > 1 and formula.kind != "ion"
