"""A chain as a SPARQL query that finds the claims and sentences behind it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

from kg.vocabulary import PREFIXES
from queries.chains.model import Chain

_USED_PREFIXES = ("lg", "oa", "prov")


def chain_sparql(chain: Chain) -> str:
    """A query over claims with one pattern a stated step; each row is one way to support the whole chain.

    Steps that no document states (another name, general knowledge) are comments.
    """
    labels = {node.iri: _one_line(node.label) for node in chain.nodes}
    parts: list[str] = []
    numbers: list[int] = []
    for step in chain.steps:
        text = f"{labels[step.source]} —{_one_line(step.label)}→ {labels[step.target]}"
        if step.ground != "claims":
            parts.append(f"  # {text}\n")
            continue
        numbers.append(len(numbers) + 1)
        claim = step.claims[0]
        parts.append(
            _template("chain_step.rq").substitute(
                text=text,
                number=numbers[-1],
                subject=claim.subject.iri,
                relation=step.relation,
                object=claim.object.iri if claim.object else "",
            )
        )
    return _template("chain.rq").substitute(
        text=_one_line(chain.text),
        prefixes="\n".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in _USED_PREFIXES),
        variables=" ".join(f"?claim{number} ?quote{number} ?document{number}" for number in numbers),
        steps="".join(parts),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def _template(name: str) -> Template:
    return Template(Path(__file__).with_name(name).read_text("utf-8"))
