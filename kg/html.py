"""Claims, statements and graphs as HTML for notebooks: small, without style sheets or scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Claim
    from kg.statements import Statement

_GREY = 'style="color:#666"'


def claim_html(claim: Claim) -> str:
    """A claim with its sentence, where that stands, and whom it cites."""
    from kg.papers import cite  # noqa: PLC0415  (the model knows nothing of what is made of it)
    from kg.statements import claim_text  # noqa: PLC0415

    evidence = claim.evidence
    conditions = ", ".join(f"{key} {value}" for key, value in claim.conditions.items())
    sources = "; ".join(filter(None, map(cite, evidence.primary)))
    place = f"{evidence.document} {evidence.section}".strip()
    return (
        f"<p><b>{escape(claim_text(claim))}</b> <span {_GREY}>{escape(conditions)}</span><br>"
        f"<q>{escape(evidence.quote)}</q><br>"
        f"<span {_GREY}>{escape(' · '.join(filter(None, (place, sources))))}</span></p>"
    )


def statement_html(statement: Statement) -> str:
    """A statement with its belief, the arithmetic behind it, and every sentence."""
    lines = "<br>".join(map(escape, statement.belief.explain().splitlines()))
    sentences = "".join(
        f"<li><q>{escape(claim.evidence.quote)}</q> "
        f"<span {_GREY}>{escape(claim.evidence.document)} {escape(claim.evidence.section)}"
        f"{' · denied' if claim.polarity == 'negated' else ''}</span></li>"
        for claim in statement.claims
    )
    return (
        f"<details open><summary><b>{escape(statement.text)}</b> "
        f"<span {_GREY}>belief {statement.belief.value:.2f}</span></summary>"
        f"<p {_GREY}>{lines}</p><ul>{sentences}</ul></details>"
    )


def graph_html(claims: Sequence[Claim], statements: Sequence[Statement]) -> str:
    """How much a graph holds, and of what."""
    documents = Counter(claim.evidence.document for claim in claims)
    measured = Counter(claim.relation for claim in claims if claim.is_measurement)
    related = Counter(claim.relation for claim in claims if not claim.is_measurement)
    rows = "".join(
        f"<tr><td>{name}</td><td>{sum(counts.values())}</td><td {_GREY}>{_most(counts)}</td></tr>"
        for name, counts in (("measurements", measured), ("relations", related))
    )
    return (
        f"<table><caption>{len(claims)} claims in {len(documents)} documents make "
        f"{len(statements)} statements</caption>{rows}</table>"
    )


def _most(counts: Counter[str]) -> str:
    return escape(", ".join(f"{name.replace('_', ' ')} {count}" for name, count in counts.most_common(6)))
