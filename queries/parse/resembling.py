"""Read what resembles a thing or can stand for it: "what resembles LGPS", "cobalt-free alternatives to X"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from ontology.lexicon import Term, local_name
from queries.form import Category, Form
from queries.parse.context import Reading, UnreadError
from queries.parse.groups import category, either
from queries.parse.mentions import Mention
from queries.parse.naming import resolve
from queries.parse.sorts import target_group
from queries.parse.targets import split_target


def read_resembling(items: list[Mention], reading: Reading) -> Form | None:
    """Things with the structure of a given one, or with its role; by its class where claims tell neither."""
    place = next((at for at, item in enumerate(items) if item.is_cue("similar", "alternative")), None)
    if place is None:
        return None
    given = next((item for item in items[place:] if item.named and item.named.nodes), None)
    if given is None or given.named is None:
        raise UnreadError("name one thing that others are to resemble")
    nodes = given.named.nodes
    alike = _alike(nodes, reading, roles=items[place].is_cue("alternative"))
    if alike is None:
        raise UnreadError(f"nothing says what {given.text} is like: no structure, no role and no class")
    reading.note(f"like {given.text} was read as: {alike.label}")
    rest = [item for item in items if item is not given and item is not items[place]]
    group = target_group(_described(rest), reading)
    categories = (*group.categories, replace(alike, itself=(*alike.itself, *nodes)))
    words = " ".join(item.text for item in items)
    return Form("things", replace(group, words=words, nodes=(), categories=categories))


def _described(rest: Sequence[Mention]) -> list[Mention]:
    """What is said of the things that are looked for: the target, and what stands around it."""
    target = split_target(rest)
    passed = ("what", "which", "list", "aux", "or", "and", "there")
    around = [item for item in target.rest if item.kind not in ("light", "preposition", "verb")]
    return [item for item in (*target.items, *around) if not item.is_cue(*passed)]


def _alike(nodes: Sequence[str], reading: Reading, *, roles: bool) -> Category | None:
    """What a thing is one of, beside others: its structures, or its roles, else its narrowest classes."""
    index = reading.index
    told = (index.role_members, index.structure_members) if roles else (index.structure_members,)
    for members in told:
        found = tuple(
            key for key, users in members.items() if set(nodes) & set(users) and set(users) - set(nodes)
        )
        if found:
            label = " or ".join(index.labels.get(each, each) for each in found)
            field = "roles" if members is index.role_members else "structures"
            return Category(label, **{field: found}, itself=found)
    terms = [term for term in _classes(nodes, reading) if set(index.members(term.iri)) - set(nodes)]
    narrow = [
        term for term in terms if not any(term.iri in other.ancestors[1:] for other in terms if other != term)
    ]
    shared = [category(named, index) for term in narrow if (named := resolve(term.label, index))]
    return reduce(either, shared) if shared else None


def _classes(nodes: Sequence[str], reading: Reading) -> list[Term]:
    """The classes of things and all above them, but for their own and the kinds."""
    terms = reading.lexicon.terms
    types = {type_ for node in nodes for type_ in reading.index.types.get(node, ()) if type_ in terms}
    above = dict.fromkeys(iri for type_ in sorted(types) for iri in (type_, *terms[type_].ancestors))
    known = [terms[iri] for iri in above if iri in terms]
    return [
        term
        for term in known
        if local_name(term.iri) != term.kind and reading.index.thing_of(term) not in nodes
    ]
