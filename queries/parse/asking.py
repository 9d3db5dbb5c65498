"""Read the sorts of question that a word gives away: who reported, disagree, how many, average, define."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.form import Fact, Form, Function, Group, Rank
from queries.parse.clauses import as_clause, find_clause, read_complement
from queries.parse.comparing import alternatives_of
from queries.parse.context import Reading, UnreadError
from queries.parse.describing import read_description
from queries.parse.effects import read_effect_noun
from queries.parse.groups import named_group, with_fact
from queries.parse.measuring import settle
from queries.parse.mentions import Mention
from queries.parse.statements import read_statement
from queries.parse.targets import is_head, split_target
from queries.parse.vocabulary import vocabulary_data
from queries.parse.whether import clause_statement, noun_statement, read_whether
from queries.parse.words import grammar


def without_cues(items: Sequence[Mention], *cues: str) -> list[Mention]:
    """The mentions but for some question words."""
    return [item for item in items if not item.is_cue(*cues) or item.is_cue("aux")]


def read_years(items: list[Mention], reading: Reading) -> list[Form] | None:
    """ "When was X first reported": the years of the works behind claims; without years, who reported it."""
    dated = any(item.kind == "year" for item in items)
    first = any(item.is_cue("first", "latest") or (dated and item.text == "first") for item in items)
    if not items[0].is_cue("when") and not first:
        return None
    if dated:
        return [_first_in_years(items, reading)]
    form = _claimed([item for item in items if not _asks_for_works(item, "when", "first", "latest")], reading)
    rank = next((Rank(item.is_cue("latest")) for item in items if item.is_cue("first", "latest")), None)
    when = replace(form, ask="years", rank=rank)
    if items[0].is_cue("when"):
        return [when]
    note = "no year is known, so that all works are given"
    return [when, replace(form, ask="sources", notes=(*form.notes, note))]


def _first_in_years(items: list[Mention], reading: Reading) -> Form:
    """ "Electrolytes first reported after 2015": what works of some years report and no earlier one does."""
    rest = [item for item in items if item.text != "first" and not item.is_cue("first", "latest")]
    form = _first(read_statement(rest, reading))
    facts = (form.fact, *form.group.facts) if form.fact else form.group.facts
    since = next((fact.years[0] for fact in facts if fact.years != (None, None)), None)
    if form.ask != "things" or since is None:
        raise UnreadError("it is not clear what was first reported then")
    earlier = replace(facts[0], years=(None, since - 1), absent=True)
    return replace(form, group=with_fact(form.group, earlier))


def _asks_for_works(item: Mention, *cues: str) -> bool:
    """Whether a mention only says that works are asked for."""
    asking = item.is_cue(
        "sources",
        "come_from",
        "sentences",
        "who",
        "which",
        "what",
        "where",
        "count",
        "aux",
        "list",
        "define",
        *cues,
    )
    giving = item.kind == "verb" and item.text in grammar("giving")
    return asking or giving or bool(item.noun and item.noun.sources)


def read_sources(items: list[Mention], reading: Reading) -> Form | None:
    """ "Who reported …", "which reference gives …": the works behind claims."""
    if any(item.is_cue("conflict") and not item.is_cue("compare") for item in items):
        return None
    noun = next((item for item in items if item.noun and item.noun.sources), None)
    listed = noun is not None or any(item.is_cue("sources") for item in items)
    counted = any(item.is_cue("count") for item in items) and listed
    cued = any(item.is_cue("sources", "come_from", "sentences", "who") for item in items)
    if not cued and not (noun and (counted or items[0] is noun or split_target(items).head is noun)):
        return None
    rest = [item for item in items if not _asks_for_works(item)]
    if rest and rest[0].kind == "preposition":
        rest = rest[1:]
    if rest and rest[-1].kind == "preposition":
        rest = rest[:-1]
    form = _said_to_be(items, rest, reading) or _said_as(rest, reading) or _claimed(rest, reading)
    if counted:
        return replace(form, ask="count", count_sources=True)
    shown = any(item.is_cue("sentences") for item in items) and form.fact is not None and form.fact.property
    return replace(form, ask="values" if shown else "sources")


def _said_to_be(items: Sequence[Mention], rest: Sequence[Mention], reading: Reading) -> Form | None:
    """ "Who says LLZO is a garnet": the claims that something has a structure or a role."""
    being = any(item.is_cue("aux") and item.text in grammar("saying_sorts") for item in items)
    being = being or any(item.key == "as" for item in rest)
    rest = [item for item in rest if item.key != "as"]
    if not being or len(rest) != 2 or any(item.kind != "thing" for item in rest):
        return None
    group, sort = (read_complement([item], reading).other for item in rest)
    assert group is not None
    return Form("sources", replace(group, scope="named"), Fact(("has_structure", "used_as"), other=sort))


def _said_as(rest: Sequence[Mention], reading: Reading) -> Form | None:
    """ "Which paper identified X as a product of Y": the claims of the relation that the noun names."""
    if not any(item.key == "as" for item in rest):
        return None
    form = noun_statement(rest, reading)
    return replace(form, ask="sources") if form is not None else None


def _claimed(items: list[Mention], reading: Reading) -> Form:
    """The claims that a question is about, whether they are measurements or relations."""
    items = as_clause(items)
    if (done := _done_by_anything(items, reading)) is not None:
        return done
    clause = find_clause(items)
    if clause is not None and clause.left:
        return _first(read_whether(items, reading) or read_statement(items, reading))
    draft = read_description(items, reading)
    described = settle(draft, reading, wants_value=True)
    group, fact = described.group, described.main
    if fact is None and group.facts:
        group, fact = replace(group, facts=group.facts[1:]), group.facts[0]
    happening = [item for item in items if item.named and item.named.kinds == {"FailureMechanism"}]
    if fact is not None and fact == Fact(years=fact.years) and len(happening) == 1:
        # "papers from 2018 on dendrites": what acts on them or brings them about
        group = read_complement(happening, reading).other or group
        fact = replace(fact, relations=_acting(), side="object")
    if fact is not None:
        equal = tuple(
            replace(bound, operator="~") if bound.operator == "=" else bound for bound in fact.bounds
        )
        fact = replace(fact, bounds=equal)
    return Form("sources", group, fact)


def _done_by_anything(items: Sequence[Mention], reading: Reading) -> Form | None:
    """ "Who reports dendrite suppression", "… H2S release": that anything does it, or brings it about."""
    named = [item for item in items if item.named is not None]
    nouns = [verb for item in items for verb in item.verbs if verb.form == "noun"]
    plain = all(item.named or item.verbs or item.key == "of" for item in items)
    if len(named) != 1 or not plain or len(items) > 3 or (len(items) > 1 and not nouns):
        return None
    happening = named[0].named is not None and named[0].named.kinds == {"FailureMechanism"}
    if not nouns and not happening:
        return None
    group = read_complement(named, reading).other
    assert group is not None
    return Form("sources", group, Fact(nouns[0].relations if nouns else _acting(), side="object"))


def _acting() -> tuple[str, ...]:
    """The relations by which something acts on what happens, or brings it about."""
    return (*vocabulary_data()["families"]["effects"], "forms")


def _first(read: Form | list[Form] | None) -> Form:
    """The likeliest reading of a part of a question; raises UnreadError where it has none."""
    if not read:
        raise UnreadError("it is not clear which claim is meant")
    return read[0] if isinstance(read, list) else read


def read_conflict(items: list[Mention], reading: Reading) -> Form | None:
    """ "Where do reports disagree on …": values of one property that differ."""
    if not any(item.is_cue("conflict") for item in items):
        return None
    told_apart = any(item.is_cue("conflict") and item.is_cue("compare") for item in items)
    if told_apart and len(alternatives_of(items, reading)) > 1:
        return None
    rest = without_cues(items, "conflict", "sources", "list", "where", "which", "what", "how")
    rest = [item for item in rest if not (item.noun and item.noun.sources) and not item.is_cue("aux")]
    if (stated := _disputed(rest, reading)) is not None:
        return replace(stated, ask="conflicts")
    described = settle(read_description(rest, reading), reading, wants_value=True)
    if described.main is None:
        raise UnreadError("name the property on which reports may disagree, such as “ionic conductivity”")
    return Form("conflicts", described.group, described.main)


def _disputed(items: list[Mention], reading: Reading) -> Form | None:
    """The statement that reports may disagree on: that X does something to Y, or the effect of X on Y."""
    kept = [item for item in items if not item.is_cue("whether")]
    while kept and kept[0].kind in ("preposition", "light", "cue"):
        kept.pop(0)
    effect = next((item for item in kept if item.noun and item.noun.key == "effect"), None)
    if effect is not None and effect.noun is not None:
        form = read_effect_noun(effect.noun, kept[kept.index(effect) + 1 :], effect.text, reading)
        fact = form.group.facts[0]
        if fact.other is None or not form.group.nodes:
            raise UnreadError("it is not clear on what effect reports may disagree")
        raised = Fact(tuple(vocabulary_data()["families"]["raise"]), other=replace(form.group, facts=()))
        return Form("conflicts", replace(fact.other, scope="named"), raised)
    clause = find_clause(as_clause(kept))
    return clause_statement(clause, reading) if clause is not None and clause.left else None


def read_count(items: list[Mention], reading: Reading) -> Form | None:
    """ "How many …": the things that a list would give, counted."""
    if not any(item.is_cue("count") for item in items):
        return None
    asked = [replace(item, cues=("which",)) if item.is_cue("count") else item for item in items]
    form = _first(read_statement(asked, reading))
    if form.ask not in ("things", "values"):
        raise UnreadError("it is not clear what is to be counted")
    if form.ask == "values" and not _names_things(items):
        return replace(form, ask="aggregate", function="count")
    return replace(form, ask="count")


def _names_things(items: Sequence[Mention]) -> bool:
    """Whether the word behind "how many" names things, not a property of which there are values."""
    place = next(at for at, item in enumerate(items) if item.is_cue("count"))
    counted = split_target([replace(items[place], cues=("which",)), *items[place + 1 :]])
    return any(is_head(item) for item in counted.items)


def read_aggregate(items: list[Mention], reading: Reading) -> Form | None:
    """ "Average … of X": one number from all values."""
    functions: dict[str, Function] = {"mean": "mean", "median": "median", "range": "range"}
    function = next((functions[cue] for cue in functions if any(item.is_cue(cue) for item in items)), None)
    if function is None:
        return None
    rest = without_cues(items, *functions, "list", "what", "which")
    described = settle(read_description(rest, reading), reading, wants_value=True)
    if described.main is None:
        raise UnreadError(f"name the property whose {function} is wanted")
    return Form("aggregate", described.group, described.main, function=function)


def read_meaning(items: list[Mention], reading: Reading) -> Form | None:
    """ "What is a garnet electrolyte", "what type of electrolyte is X": what a name means, or what X is.

    A name of one thing alone asks the same.
    """
    content = [
        item
        for item in items
        if item.kind not in ("light", "preposition") and not item.is_cue("what", "define", "how_much")
    ]
    doing = any(item.is_cue("aux") and item.text in grammar("predicates") for item in items)
    governed = any(item.kind == "preposition" and item.key not in grammar("defining") for item in items)
    if len(content) == 1 and content[0].named is not None and not (doing or governed or _is_done(content[0])):
        alone = len(items) == 1 and not content[0].named.is_class
        if not alone and not items[0].is_cue("what", "define", "who"):
            return None
        asked = any(item.is_cue("aux") for item in items) or not items[0].is_cue("what")
        if content[0].extra_cost and not asked:
            # "what thickens X" does not ask for the thickening of X
            return None
        return Form("meaning", replace(named_group(content[0].named, reading.index), scope="named"))
    return _sort_of(items, content, reading)


def _is_done(item: Mention) -> bool:
    """Whether a method stands as a participle: "what was ball milled"."""
    return item.named is not None and "SynthesisMethod" in item.named.kinds and item.text.endswith("ed")


def _sort_of(items: Sequence[Mention], content: Sequence[Mention], reading: Reading) -> Form | None:
    """ "What type of sulfide electrolyte is X": the structures of X.

    The sort that is named only describes it.
    """
    typed = items[0].is_cue("type_of") or (items[0].is_cue("which") and items[0].text.startswith("what"))
    given = [item for item in content if item.named and not is_head(item)]
    plain = all(item.kind in ("thing", "noun", "cue") for item in content)
    sorts = [item for item in content if item.named and item not in given]
    of_structure = any(item.named and item.named.kinds == {"Structure"} for item in sorts)
    if not typed or of_structure or len(content) > 3 or len(given) != 1 or not plain:
        return None
    for item in content:
        if item not in given and item.named is not None:
            reading.note(f"“{item.text}” was taken as a description of {given[0].text}")
    fact = Fact(("has_structure",), side="object", other=read_complement(given, reading).other)
    return Form("things", Group(words="structure types", facts=(fact,)))
