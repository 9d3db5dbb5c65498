"""Facts as claims: those that answer a question, and tests of things by what is claimed of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from kg.columns import Columns, Mask, Numbers
from ontology.lexicon import Lexicon
from queries.form import Beyond, Fact
from queries.parse.vocabulary import vocabulary_data
from queries.render.parts import role_things
from queries.select.groups import called, of_group, stating
from queries.select.limits import beside, terms_of, top, under, under_one, within
from queries.select.rows import Found

_USERS = ("electrolyte", "cathode", "anode")


def stated(fact: Fact, columns: Columns, lexicon: Lexicon) -> list[Found]:
    """The claims that state a fact, each with the thing that it states it of."""
    if fact.side == "condition":
        return _as_conditions(fact, columns, lexicon)
    if fact.property:
        claims = _measured(fact, columns, lexicon)
        return [Found(claims, columns.subject[claims], "value")]
    if fact.relations:
        return [_related(fact, columns, lexicon)]
    return [_made(fact, columns, lexicon)]


def of_fact(fact: Fact, columns: Columns, lexicon: Lexicon) -> Mask:
    """The things of which a fact is stated."""
    found = columns.no_terms()
    for part in _tested(fact, columns, lexicon):
        found[part.things] = True
    return found


def in_its_sentence(claims: Numbers, fact: Fact, columns: Columns, lexicon: Lexicon) -> Mask:
    """Which of some claims stand in a sentence that states a fact, of whatever thing."""
    stating_it = np.concatenate([part.claims for part in _tested(fact, columns, lexicon)])
    return np.isin(columns.evidence[claims], columns.evidence[stating_it])


def _tested(fact: Fact, columns: Columns, lexicon: Lexicon) -> list[Found]:
    """The claims that state a fact by its own relations alone."""
    if fact.property or not fact.relations:
        return stated(replace(fact, side="subject"), columns, lexicon)
    return [_sided(_by_relation(fact, columns, lexicon), fact, columns, lexicon)]


def _measured(fact: Fact, columns: Columns, lexicon: Lexicon) -> Numbers:
    """The measurements that state a fact."""
    claims = _affirmed(columns.claims_of([lexicon.properties[fact.property].term.iri]), columns)
    claims = claims[columns.measured[claims]]
    for bound in fact.bounds:
        claims = within(claims, bound, columns)
    if fact.beyond:
        claims = _beyond(claims, fact, fact.beyond, columns, lexicon)
    return under(claims, fact, columns)


def _beyond(claims: Numbers, fact: Fact, beyond: Beyond, columns: Columns, lexicon: Lexicon) -> Numbers:
    """The claims of a value beyond the highest or the lowest of other things under the same conditions."""
    compared = _measured(replace(fact, bounds=(), beyond=None), columns, lexicon)
    things = of_group(beyond.group, columns, lexicon)
    if things is not None:
        compared = compared[things[columns.subject[compared]]]
    if not len(compared):
        return claims[:0]
    values = top(compared, columns)
    best = values.max() if beyond.highest else values.min()
    return beside(claims, ">" if beyond.highest else "<", float(best), columns)


def _related(fact: Fact, columns: Columns, lexicon: Lexicon) -> Found:
    """The claims of a relation; "not stable" is also "unstable"."""
    data = vocabulary_data()
    claims = _by_relation(fact, columns, lexicon)
    if fact.negated and set(fact.relations) <= set(data["contraries"]):
        contraries = tuple(data["opposites"][relation] for relation in fact.relations)
        other = _by_relation(replace(fact, relations=contraries, negated=False), columns, lexicon)
        claims = np.union1d(claims, other)
    return _sided(claims, fact, columns, lexicon)


def _by_relation(fact: Fact, columns: Columns, lexicon: Lexicon) -> Numbers:
    claims = columns.claims_of(lexicon.relations[each].iri for each in fact.relations)
    polarity = columns.number("negated" if fact.negated else "affirmed")
    kept: Numbers = claims[(columns.polarity[claims] == polarity) & ~columns.measured[claims]]
    return kept


def _sided(claims: Numbers, fact: Fact, columns: Columns, lexicon: Lexicon) -> Found:
    """Claims of a relation whose other side, system, conditions and year are those of a fact."""
    this, that, role = columns.subject, columns.object, "object"
    if fact.side == "object":
        this, that, role = that, this, "subject"
    if fact.other is not None:
        if fact.other.scope == "alias":
            claims = called(claims, fact.other.aliases, columns, role=role)
        elif (others := of_group(fact.other, columns, lexicon)) is not None:
            claims = claims[others[that[claims]]]
        for each in fact.other.facts:
            claims = _passing(claims, that[claims], each, columns, lexicon)
        if fact.other.not_called:
            claims = claims[~_is_called(claims, fact.other.not_called, role, columns)]
    if fact.context is not None and (systems := of_group(fact.context, columns, lexicon)) is not None:
        context = terms_of("context", columns)
        claims = claims[columns.among(claims, context.owners[systems[context.terms]])]
    elif fact.context is not None:
        claims = claims[columns.among(claims, terms_of("context", columns).owners)]
    claims = under(claims, fact, columns)
    return Found(claims, this[claims], "object" if fact.side == "object" else "subject")


def _passing(claims: Numbers, things: Numbers, fact: Fact, columns: Columns, lexicon: Lexicon) -> Numbers:
    """The claims, with a thing each, that a fact keeps."""
    if fact.absent:
        return claims[~of_fact(fact, columns, lexicon)[things]]
    if fact.same_sentence:
        return claims[in_its_sentence(claims, fact, columns, lexicon)]
    return claims[of_fact(fact, columns, lexicon)[things]]


def passing(found: Found, fact: Fact, columns: Columns, lexicon: Lexicon) -> Found:
    """What a fact keeps of what was found."""
    if fact.absent:
        return found.of(~of_fact(fact, columns, lexicon))
    if fact.same_sentence:
        return found.keep(in_its_sentence(found.claims, fact, columns, lexicon))
    return found.of(of_fact(fact, columns, lexicon))


def _is_called(claims: Numbers, names: Iterable[str], role: str, columns: Columns) -> Mask:
    """Which claims call their subject or object by one of some names."""
    name = columns.subject_name if role == "subject" else columns.object_name
    wanted = columns.mask(names)
    return wanted[name[claims]] | columns.among(claims, called(claims, names, columns, role=role))


def _made(fact: Fact, columns: Columns, lexicon: Lexicon) -> Found:
    """Any claim about a thing under conditions: a measurement, its synthesis, or a solvent used for it."""
    every = np.arange(len(columns.ids), dtype=np.int32)
    if not fact.conditions:
        every = under(every, fact, columns)
        return Found(every, columns.subject[every], "nothing")
    first, *others = fact.conditions
    claims = [under_one(every, first, columns)]
    things = [columns.subject[claims[0]]]
    if not first.key:
        claims.append(stating("synthesized_by", first.values, columns, lexicon))
        things.append(columns.subject[claims[-1]])
    if first.aliases:
        made = _affirmed(columns.claims_of([lexicon.relations["synthesized_by"].iri]), columns)
        claims.append(called(made, first.aliases, columns, role="object"))
        things.append(columns.subject[claims[-1]])
    if role := vocabulary_data()["condition_roles"].get(first.key):
        used, users = _in_role(role, columns, lexicon)
        kept = columns.mask(first.values)[columns.subject[used]]
        claims.append(used[kept])
        things.append(users[kept])
    found = Found(np.concatenate(claims), np.concatenate(things), "nothing")
    return found.only(under(found.claims, replace(fact, conditions=tuple(others)), columns), columns)


def _in_role(role: str, columns: Columns, lexicon: Lexicon) -> tuple[Numbers, Numbers]:
    """The claims that something is used in a role, with each of the things it is used for."""
    claims = stating("used_as", role_things(role, lexicon), columns, lexicon)
    context = terms_of("context", columns)
    kept = columns.among(context.owners, claims)
    return context.owners[kept], context.terms[kept]


def _as_conditions(fact: Fact, columns: Columns, lexicon: Lexicon) -> list[Found]:
    """The things that stand as a condition of the claims about others: the solvents used for X."""
    users = of_group(fact.other, columns, lexicon) if fact.other else None
    aliases = fact.other.aliases if fact.other and fact.other.scope == "alias" else None
    standing = terms_of(fact.role, columns)
    kept = np.ones(len(standing.owners), np.bool_)
    if users is not None:
        about = users[columns.subject]
        for pairs in (terms_of(key, columns) for key in _USERS):
            about[pairs.owners[users[pairs.terms]]] = True
        kept = about[standing.owners]
    found = [Found(standing.owners[kept], standing.terms[kept], "nothing")]
    if role := vocabulary_data()["condition_roles"].get(fact.role):
        claims, used_for = _in_role(role, columns, lexicon)
        kept = np.ones(len(claims), np.bool_) if users is None else users[used_for]
        if aliases is not None:
            kept &= columns.subject[claims] == used_for
        claims = claims[kept]
        found.append(Found(claims, columns.subject[claims], "name"))
    if aliases is not None:
        found = [each.only(called(each.claims, aliases, columns, role="subject"), columns) for each in found]
    return found


def _affirmed(claims: Numbers, columns: Columns) -> Numbers:
    kept: Numbers = claims[columns.polarity[claims] == columns.number("affirmed")]
    return kept
