"""Read who does what to whom: the verb of a clause, its two sides, and the system it holds in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from ontology.names import normalise
from queries.form import Fact, Group, Side
from queries.parse.context import Reading, UnreadError
from queries.parse.describing import read_description
from queries.parse.groups import merged, named_group
from queries.parse.measuring import settle
from queries.parse.mentions import Mention
from queries.parse.naming import is_any_part, is_any_system, is_ion, resolve, whole_name
from queries.parse.vocabulary import Verb, VerbForm, family, vocabulary_data
from queries.parse.words import grammar

#: Question words that say nothing of what stands on a side of a verb.
_PASSED = ("increasing", "decreasing", "high", "low", "what", "which")
#: Relations whose verbs only join names in a complement.
_JOINING = ("synthesized_by", "used_as")


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with the mentions before and after it; ``verb`` is the reading of it that is meant."""

    left: tuple[Mention, ...]
    mention: Mention
    verb: Verb
    right: tuple[Mention, ...]
    passive: bool
    negated: bool
    transitive: Verb | None = None


def find_clause(items: Sequence[Mention], *, typed: bool = False) -> Clause | None:
    """The clause around the first verb that states a relation between two things.

    Verbs of making, doping, structure … are left to descriptions unless ``typed`` is true.
    """
    for place, item in enumerate(items):
        verbs = [
            verb for verb in item.verbs if typed or verb.relations[0] not in vocabulary_data()["participial"]
        ]
        if item.kind == "verb" and verbs:
            left, right = tuple(items[:place]), tuple(items[place + 1 :])
            verb = _meant(verbs, right)
            transitive = _alike([each for each in verbs if not each.happening])
            passive = verb.form == "past" and _is_passive(left, right)
            negated = any(each.is_cue("not") for each in left)
            kept = tuple(each for each in left if not each.is_cue("not"))
            return Clause(kept, item, verb, right, passive, negated, transitive)
    return None


def as_clause(items: Sequence[Mention]) -> list[Mention]:
    """ "The instability of X against Y", "suppression of Y by X": the statement that the noun stands for."""
    for at, item in enumerate(items[:-4]):
        verbs = tuple(verb for verb in item.verbs if verb.form == "noun")
        subject, preposition = items[at + 2], items[at + 3]
        whole = subject.named is not None and preposition.kind == "preposition" and preposition.key != "of"
        if verbs and items[at + 1].key == "of" and whole:
            states = {verb.relations[0] for verb in verbs} & set(vocabulary_data()["contraries"])
            form: VerbForm = "adjective" if states else "past"
            verb = replace(item, verbs=tuple(replace(each, form=form) for each in verbs))
            return [*items[:at], subject, verb, *items[at + 3 :]]
    return list(items)


def _meant(verbs: Sequence[Verb], right: Sequence[Mention]) -> Verb:
    """One reading of a verb: a thing that happens where nothing follows, else all relations it can state."""
    followed = any(item.kind in ("thing", "property", "noun") for item in right[:3]) and not (
        right and right[0].kind == "preposition" and right[0].key in grammar("within")
    )
    happening = [verb for verb in verbs if verb.happening]
    if happening and not followed:
        return happening[0]
    return _alike([verb for verb in verbs if not verb.happening] or happening) or verbs[0]


def _alike(verbs: Sequence[Verb]) -> Verb | None:
    """The first reading of a verb with the relations of all readings that are built like it."""
    if not verbs:
        return None
    first = verbs[0]
    alike = [verb for verb in verbs if (verb.form, verb.inverse) == (first.form, first.inverse)]
    relations = tuple(dict.fromkeys(relation for verb in alike for relation in verb.relations))
    return replace(first, relations=relations)


def _is_passive(left: Sequence[Mention], right: Sequence[Mention]) -> bool:
    by = bool(right) and right[0].kind == "preposition" and right[0].key == "by"
    return by or any(item.is_cue("aux") and item.text in grammar("be") for item in left)


def is_subject(clause: Clause) -> bool:
    """Whether the grammatical subject of a clause is the subject of its relation."""
    data = vocabulary_data()
    kept = clause.verb.relations[0] in data["participial"] and not clause.verb.passive_object
    converting = not set(data["converting"]).isdisjoint(clause.verb.relations)
    kept = kept or (converting and clause.mention.text.endswith(("to", "into", "from")))
    return (not clause.passive or kept) != clause.verb.inverse


def contact_of(clause: Clause, complement: Complement, reading: Reading) -> Group | None:
    """What something decomposes "on": the partner that a preposition names, no product; None for others."""
    data = vocabulary_data()
    particle = clause.mention.text.split()[-1] in reading.vocabulary.prepositions
    if particle or clause.verb.relations[0] not in data["without_product"] or complement.context is not None:
        return None
    first = next((item for item in clause.right if item.kind != "light"), None)
    contact = first is not None and first.kind == "preposition" and first.key in data["contacts"]
    return complement.other if contact else None


def clause_fact(
    clause: Clause, reading: Reading, *, side: Side, other: Group | None, context: Group | None
) -> Fact:
    """The fact that a clause states about the thing on one side of its relation."""
    return Fact(
        relations=_relations(clause, other, reading),
        side=side,
        other=other,
        context=context,
        negated=clause.negated,
    )


def _relations(clause: Clause, other: Group | None, reading: Reading) -> tuple[str, ...]:
    """The relations of the verb; "leads to lower …" lowers, and what worsens a property lowers it."""
    relations = clause.verb.relations
    relations = _of_one_sign(relations, other, reading)
    data = vocabulary_data()
    if relations == tuple(data["families"]["bring"]):
        if any(item.is_cue("decreasing", "low") for item in clause.right):
            return tuple(data["families"]["lower"])
        if any(item.is_cue("increasing", "high") for item in clause.right):
            return tuple(data["families"]["raise"])
    return relations


def _of_one_sign(relations: tuple[str, ...], other: Group | None, reading: Reading) -> tuple[str, ...]:
    """Of relations of both signs those that the other side can stand in.

    All where the verb leaves the sign open.
    """
    known = reading.lexicon.relations
    signs = {known[relation].sign for relation in relations} - {0}
    if len(signs) < 2 or other is None or set(relations) == set(vocabulary_data()["families"]["effects"]):
        return relations
    kinds = {kind for node in other.nodes for kind in reading.index.kinds(node)}
    fitting = [relation for relation in relations if kinds & set(known[relation].range)]
    return tuple(dict.fromkeys(each for relation in fitting for each in family(relation))) or relations


@dataclass(frozen=True, slots=True)
class Complement:
    """What stands on one side of a verb: the things meant, the system, and a doer after "by".

    ``each`` are the things one by one where all of them are meant, not any.
    """

    other: Group | None
    context: Group | None
    agent: Group | None
    each: tuple[Group, ...] = ()


def read_complement(items: Sequence[Mention], reading: Reading) -> Complement:
    """The things of one side of a clause; those after "in", "of", "for" once one is named are the system."""
    sides = _Sides()
    preposition, joined, either = "", False, False
    for item, following in zip_longest(items, items[1:]):
        if item.kind == "preposition":
            preposition = item.key
        elif item.is_cue("increasing", "decreasing") and following is not None and _is_no_measure(following):
            reading.pass_over(item.text)
        elif _describes(item, following):
            reading.note(f"“{item.text}” was taken as a description of {following.text}")
        elif item.is_cue("or", "and", "both"):
            joined = True
            either = either or item.is_cue("or")
        elif item.kind == "loose":
            reading.pass_over(item.text)
        elif item.kind != "light" and not item.is_cue(*_PASSED):
            group = _group_of(item, reading)
            if group is not None:
                sides.take(item, group, preposition, reading, joined=joined)
                preposition, joined = "", False
            elif joined or not _adds_nothing(item, sides):
                raise UnreadError(f"“{item.text}” does not fit into the rest of the question")
    other, context, agent = (
        merged(groups) if groups else None for groups in (sides.others, sides.contexts, sides.agents)
    )
    return Complement(other, context, agent, () if either else tuple(sides.others))


def _is_no_measure(item: Mention) -> bool:
    """Whether a mention names what is done or is, of which there is no more and no less."""
    return item.named is not None and "SynthesisMethod" in item.named.kinds


def _describes(item: Mention, following: Mention | None) -> bool:
    """Whether a name says what the next one is: "the halide electrolyte LICF"."""
    if item.named is None or following is None or following.named is None or not item.named.terms:
        return False
    sort = not item.named.formula and item.named.kinds == {"Material"}
    return (
        sort
        and following.named.kinds == {"Material"}
        and bool(following.named.formula or following.named.term is None)
    )


@dataclass(slots=True)
class _Sides:
    """What has been read of one side of a clause."""

    others: list[Group] = field(default_factory=list)
    contexts: list[Group] = field(default_factory=list)
    agents: list[Group] = field(default_factory=list)

    def take(self, item: Mention, group: Group, preposition: str, reading: Reading, *, joined: bool) -> None:
        """Put a name where its preposition says; raises UnreadError where it has no place."""
        if preposition == "by":
            self.agents.append(group)
        elif not self.others or (joined and not self.contexts):
            self.others.append(group)
        elif preposition not in grammar("within") and preposition:
            raise UnreadError(f"it is not clear how “{item.text}” belongs to the rest of the question")
        elif item.named is not None and (
            is_any_system(item.named)
            or (preposition == "of" and is_any_part(item.named))
            or (preposition in ("of", "for") and is_ion(item.named))
        ):
            reading.pass_over(item.text)
        else:
            self.contexts.append(group)


def _adds_nothing(item: Mention, sides: _Sides) -> bool:
    """Whether a word only says how names belong together: a verb of making or using, a noun behind a name."""
    if item.kind == "verb":
        return any(verb.happening or verb.relations[0] in _JOINING for verb in item.verbs)
    return item.kind == "noun" and bool(sides.others or sides.contexts)


def _group_of(item: Mention, reading: Reading) -> Group | None:
    """The things that one mention stands for on a side of a clause."""
    if item.kind == "property":
        term = reading.lexicon.properties[item.key].term
        thing = reading.index.thing_of(term)
        named = resolve(item.text, reading.index)
        told = named is not None and not thing and bool(named.nodes)
        return (
            Group(item.text, nodes=(thing or term.iri,))
            if not told or named is None
            else named_group(named, reading.index)
        )
    if item.kind == "composition":
        return _class_of(item, reading)
    if item.kind == "quantity":
        # "stable at 500 K": a temperature that claims name as what something bears
        nodes = reading.index.keys.get(normalise(item.text), ())
        return Group(item.text, nodes=nodes) if nodes else None
    if item.named is None:
        return None
    group = named_group(item.named, reading.index)
    return group if group.nodes or group.categories else replace(group, nodes=())


def _class_of(item: Mention, reading: Reading) -> Group | None:
    """The class that "sulfides" is the name of, or is short for."""
    named = resolve(item.text, reading.index)
    if named is not None and named.is_class:
        return named_group(named, reading.index)
    whole = whole_name(item.text, reading.index)
    if whole is None:
        return None
    reading.note(f"“{item.text}” was read as {whole.label}")
    return named_group(whole, reading.index)


def described_group(items: Sequence[Mention], reading: Reading) -> Group:
    """The group of a description that stands on the other side of a relation."""
    group = settle(read_description(items, reading), reading, wants_value=False).group
    return replace(group, scope="either") if group.nodes and group.categories else group
