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
#: Notebooks set the cells of tables to the right, as numbers need it.
_LEFT = 'style="text-align:left"'
#: Columns of a list of statements, and how much of it is shown.
_COLUMNS = ("statement", "belief", "papers for", "papers against", "sentence")
_MOST_ROWS = 50
_MOST_LETTERS = 160


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


def listing_html(statements: Sequence[Statement], names: Sequence[str] = ()) -> str:
    """Statements as a table with belief, papers on both sides and a sentence of each.

    ``names`` heads the rows with a name each. Only the first are shown of very many.
    """
    shown = statements[:_MOST_ROWS]
    rows = "".join(
        f"<tr>{f'<th {_LEFT}>{escape(name)}</th>' if names else ''}<td {_LEFT}>{escape(each.text)}</td>"
        f"<td>{each.belief.value:.2f}</td><td>{len(each.belief.papers_for)}</td>"
        f"<td>{len(each.belief.papers_against)}</td>"
        f"<td {_LEFT}><q>{escape(_shortened(each.claims[0].evidence.quote))}</q></td></tr>"
        for each, name in zip(shown, names or [""] * len(statements), strict=False)
    )
    head = (
        f"<tr>{'<th></th>' if names else ''}"
        + "".join(f"<th {_LEFT}>{name}</th>" for name in _COLUMNS)
        + "</tr>"
    )
    more = len(statements) - _MOST_ROWS
    caption = f"the first {_MOST_ROWS} of {len(statements)} statements" if more > 0 else ""
    return f"<table><caption>{caption}</caption><thead>{head}</thead><tbody>{rows}</tbody></table>"


def graph_html(claims: Sequence[Claim], statements: Sequence[Statement]) -> str:
    """How much a graph holds, and of what."""
    documents = Counter(claim.evidence.document for claim in claims)
    measured = Counter(claim.relation for claim in claims if claim.is_measurement)
    related = Counter(claim.relation for claim in claims if not claim.is_measurement)
    rows = "".join(
        f"<tr><td>{name}</td><td>{sum(counts.values())}</td><td {_LEFT}>{_most(counts)}</td></tr>"
        for name, counts in (("measurements", measured), ("relations", related))
    )
    return (
        f"<table><caption>{len(claims)} claims in {len(documents)} documents make "
        f"{len(statements)} statements</caption>{rows}</table>"
    )


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}…"


def _most(counts: Counter[str]) -> str:
    return escape(", ".join(f"{name.replace('_', ' ')} {count}" for name, count in counts.most_common(6)))
