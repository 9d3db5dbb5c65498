"""Property chains of the ontology as SPARQL rules over claims, with the ways in which each holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Template

import pyoxigraph as ox

from kg.inference import Inferred
from ontology.axioms import Chain
from ontology.lexicon import local_name

_SEPARATOR = " "


def chain_query(chain: Chain, *, least_support: int) -> str:
    """The SPARQL query of a chain: its ends, the number of ways, and the claims of each step."""
    parts, last = _parts(), len(chain.steps)
    numbers = range(1, last + 1)
    steps = (
        parts["step"].substitute(at=at, before=at - 1, relation=relation)
        for at, relation in zip(numbers, chain.steps, strict=True)
    )
    return parts["chain"].substitute(
        last=last,
        claims=", ".join(f"STR(?claim{at})" for at in numbers),
        samples=" ".join(f"(GROUP_CONCAT(DISTINCT STR(?claim{at})) AS ?step{at})" for at in numbers),
        steps="".join(steps),
        least=least_support,
    )


def infer_by_chain(
    store: ox.Store, chain: Chain, *, works: Mapping[str, frozenset[str]], least_support: int
) -> Iterator[Inferred]:
    """What a chain leads to; ``works`` are the primary sources of each claim."""
    query = chain_query(chain, least_support=least_support)
    results = store.query(query, use_default_graph_as_union=True)
    assert isinstance(results, ox.QuerySolutions)
    rule = " ".join(local_name(step) for step in chain.steps)
    for solution in results:
        start, end, support, *found = (
            term.value for term in solution if isinstance(term, ox.NamedNode | ox.Literal)
        )
        steps = [claims.split(_SEPARATOR) for claims in found]
        yield Inferred(
            subject=start,
            predicate=chain.relation,
            object=end,
            rule=rule,
            claims=tuple(sorted({claim for claims in steps for claim in claims})),
            support=int(support),
            papers=min(len(frozenset().union(*(works[claim] for claim in claims))) for claims in steps),
        )


@cache
def _parts() -> dict[str, Template]:
    text = Path(__file__).with_name("infer.rq").read_text("utf-8")
    pieces = re.split(r"^#: (\w+)\n", text, flags=re.MULTILINE)[1:]
    return {name: Template(body) for name, body in zip(pieces[::2], pieces[1::2], strict=True)}
