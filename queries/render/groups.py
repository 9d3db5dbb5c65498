"""Groups of things as graph patterns."""

from __future__ import annotations

from queries.form import Category, Group
from queries.render.parts import Names, condition_iri, fill, iri, iris, literal, union


def group_pattern(group: Group, thing: str, names: Names, *, claim: str = "") -> str:
    """The pattern of a group's things.

    ``claim`` is the variable that is bound to what states their class, where something does.
    """
    parts = [_who(group, thing, names, claim)]
    for symbols in group.elements:
        element = names.new("element")
        parts.append(fill("element", thing=thing, element=element, values=" ".join(map(literal, symbols))))
        if group.compound:
            parts.append(fill("compound", thing=thing, element=element, second=names.new("element")))
    if group.without:
        fields = {"any": names.new("element"), "element": names.new("element")}
        values = " ".join(map(literal, group.without))
        parts.append(fill("without", thing=thing, values=values, **fields))
    if claim and not group.categories:
        parts.append(fill("any_claim", claim=claim, thing=thing))
    return "\n".join(filter(None, parts))


def alias_pattern(
    group: Group, thing: str, names: Names, *, claim: str = "claim", role: str = "subject"
) -> str:
    """Whatever a claim calls by one of the aliases of a group, as its subject or its object."""
    fields = {each: names.new(each) for each in ("names", "position", "written")}
    keys = {"role": condition_iri(role), "list": condition_iri(f"{role}Names")}
    values = " ".join(map(literal, group.aliases))
    return fill("alias", claim=claim, thing=thing, values=values, **fields, **keys)


def _who(group: Group, thing: str, names: Names, claim: str) -> str:
    """The things that are named, or the members of all classes."""
    if group.scope == "alias":
        return alias_pattern(group, thing, names)
    named = fill("nodes", thing=thing, values=iris(group.nodes)) if group.nodes else ""
    members = "\n".join(_category(each, thing, names, claim) for each in group.categories)
    kinds = [each for each in group.categories if each.kinds]
    if kinds and not claim and group.scope == "members" and len(kinds) == len(group.categories):
        # the things are bound by what is claimed of them: tested one by one they are found sooner
        return fill("exists", body=members)
    if group.scope == "either" and named and members:
        return union([named, members])
    return (members or named) if group.scope == "members" else (named or members)


def _category(category: Category, thing: str, names: Names, claim: str) -> str:
    """The members of a class by every way in which the graph can tell.

    ``claim`` is bound to what states it, if anything does. The members are found by a query of their own:
    joined to it, the other patterns run forty times faster.
    """
    if len(category.kinds) == 1:
        return fill("one_kind", thing=thing, kind=iris(category.kinds))
    if category.kinds:
        return fill("kind", thing=thing, kind=names.new("kind"), values=iris(category.kinds))
    structures, roles = iris(category.structures), iris(category.roles)
    ways = []
    if category.classes:
        classes = {"class": names.new("class"), "values": iris(category.classes)}
        ways.append(fill("class", thing=thing, **classes))
    if category.structures:
        structure = names.new("structure")
        ways.append(
            fill("structure", claim=names.new("claim"), thing=thing, structure=structure, values=structures)
        )
    if category.roles:
        ways.append(fill("role", claim=names.new("claim"), thing=thing, role=names.new("role"), values=roles))
    if category.members:
        ways.append(fill("nodes", thing=thing, values=iris(category.members)))
    parts = [fill("members", thing=thing, body=union(ways))] if ways else []
    if claim and category.structures:
        structure = names.new("structure")
        parts.append(
            fill("states_structure", claim=claim, thing=thing, structure=structure, values=structures)
        )
    if claim and category.roles:
        parts.append(fill("states_role", claim=claim, thing=thing, role=names.new("role"), values=roles))
    if outside := (*category.itself, *category.excluded):
        parts.append(fill("but_not", thing=thing, values=", ".join(map(iri, outside))))
    return "\n".join(parts)
