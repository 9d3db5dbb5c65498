"""What the name of a thing says to be in it: steps from such a part into the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ontology.lexicon import Lexicon
from ontology.names import normalise
from queries.chains.model import Step
from queries.chains.nodes import NodeIndex
from queries.chains.rules import NamedParts, Products, load_rules

#: So many words may name a part ("lithium iodide", "lithium metal oxide").
_MOST_WORDS = 3


def named_parts(index: NodeIndex, *, lexicon: Lexicon) -> Iterator[Step]:
    """Yield the steps from substances into things whose names have them."""
    rules = load_rules().named_parts
    for iri, node in index.nodes.items():
        if node.kind not in rules.kinds:
            continue
        found = (part for name in parts_in(node.label) for part in index.by_name.get(normalise(name), ()))
        for part in dict.fromkeys(found):
            if part != iri and index.nodes[part].kind in rules.substances:
                step = granted_part(part, iri, rules, belief=rules.weight, lexicon=lexicon)
                yield replace(step, first=node.kind in rules.first)


def granted_part(
    part: str, whole: str, rule: NamedParts | Products, *, belief: float, lexicon: Lexicon
) -> Step:
    """The step from a part into its whole that a rule grants."""
    return Step(
        source=part,
        target=whole,
        relation=rule.as_relation,
        label=lexicon.relations[rule.as_relation].inverse_label,
        sign=1,
        belief=belief,
        ground="known",
        inverse=True,
        passage="into",
        because=rule.because,
    )


def parts_in(name: str) -> list[str]:
    """What a name may say to be in the thing; what is no name of a thing is among it.

    >>> parts_in("LiF-rich interphase"), parts_in("Li3PS4 with LiI"), parts_in("fluorinated Li6PS5Cl")
    (['LiF'], ['LiI'], ['fluorine'])
    >>> parts_in("interphase without LiF")
    []
    """
    rules = load_rules().named_parts
    found = []
    words = [word for written in name.split() for word in _apart(written)]
    for at, word in enumerate(words):
        if word in rules.after:
            found += [" ".join(words[start:at]) for start in range(max(0, at - _MOST_WORDS), at)]
        elif word in rules.before:
            found += [" ".join(words[at + 1 : end]) for end in range(at + 2, at + 2 + _MOST_WORDS)]
        elif word.casefold() in rules.made_by:
            found.append(rules.made_by[word.casefold()])
    return list(dict.fromkeys(found))


def _apart(written: str) -> list[str]:
    """A word, and by itself what it says of what stands before a hyphen ("LiF-rich")."""
    start, hyphen, end = written.rpartition("-")
    return [start, end] if hyphen and start and end in load_rules().named_parts.after else [written]
