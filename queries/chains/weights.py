"""The beliefs in all relations of a store at once, by the arithmetic of ``kg.belief``."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from kg.belief import certainty_factor, one_paper, reliability
from kg.columns import NONE, Columns, Mask, Numbers, Values
from kg.curation import Curation
from kg.curation_graph import stored_retractions
from kg.matching import matching, selected
from kg.model import Reference
from kg.vocabulary import claim_id, hashed_node, lg, member
from kg.works import work_key
from ontology.lexicon import THINGS

#: Beyond this power of e there is no float.
_MOST_EXPONENT = 700.0
#: What the IRI of a work with a DOI starts with.
_DOI_WORKS = f"{THINGS}work/10."


def beliefs(
    store: ox.Store, columns: Columns, rows: Numbers, groups: npt.NDArray[np.int64], affirmed: Mask
) -> Values:
    """The belief in each group of claims.

    ``groups`` and ``affirmed`` say for each claim of ``rows`` to which statement it belongs and on which
    side. A work counts once, by its strongest claim, and a retracted one nothing.
    """
    row_of = np.full(len(columns.ids) + 1, NONE, np.int64)
    row_of[rows] = np.arange(len(rows))
    works = columns.works
    counting = (row_of[works.owners] != NONE) & ~_retracted(store, columns)[works.terms]
    row, work = row_of[works.owners[counting]], _published(store, columns)[works.terms[counting]]
    weight = _weights(store, columns)[rows[row]]
    group, side = groups[row], affirmed[row]
    order = np.lexsort((-weight, work, side, group))
    sorted_keys = (group[order], side[order], work[order])
    first = np.ones(len(order), np.bool_)
    first[1:] = np.any([key[1:] != key[:-1] for key in sorted_keys], axis=0)
    best = order[first]
    count = int(groups.max(initial=-1)) + 1
    left_open, disputed = (
        np.bincount(group[best][half], np.log1p(-weight[best][half]), minlength=count)
        for half in (side[best], ~side[best])
    )
    support = -np.expm1(left_open)
    doubt = np.exp(np.minimum(left_open - disputed, _MOST_EXPONENT))
    believed: Values = np.divide(support, support + doubt, out=np.zeros(count), where=support > 0)
    return believed


def _weights(store: ox.Store, columns: Columns) -> Values:
    """What each claim adds for each paper behind it."""
    count = len(columns.ids)
    query = f"?text (COUNT(*) AS ?often) WHERE {{ ?claim {lg('extractor')} ?text }} GROUP BY ?text"
    often = {text: int(number) for text, number in selected(store, f"SELECT {query}")}
    usual = max(often, key=lambda text: often[text], default="") if sum(often.values()) == count else ""
    weights = np.full(count, one_paper() * reliability(usual))
    for text in sorted(often.keys() - {usual}):
        found = f"?claim WHERE {{ ?claim {lg('extractor')} {ox.Literal(text)} }}"
        weights[numbered(store, columns, found)[0]] = one_paper() * reliability(text)
    hedged = f'?claim WHERE {{ ?claim {lg("certainty")} "hypothesised" }}'
    weights[numbered(store, columns, hedged)[0]] *= certainty_factor("hypothesised")
    unsure = f"?claim ?value WHERE {{ ?claim {lg('confidence')} ?value FILTER(?value != 1.0) }}"
    claims, values = numbered(store, columns, unsure)
    weights[claims] *= np.array(values, np.float64)
    return weights


def _published(store: ox.Store, columns: Columns) -> Numbers:
    """For each term the number that stands for it: of works cited with a DOI and without, one."""
    found = np.arange(len(columns.terms) + 1, dtype=np.int32)
    works = [columns.terms[number] for number in np.unique(columns.works.terms).tolist()]
    with_doi = [work for work in works if work.startswith(_DOI_WORKS)]
    if len(with_doi) < len(works):
        for work in sorted(with_doi, reverse=True):
            if key := _key(store, ox.NamedNode(work)):
                other = columns.number(hashed_node("work", key).value)
                found[other if other != NONE else -1] = columns.number(work)
    return found


def _key(store: ox.Store, work: ox.NamedNode) -> str:
    """The bibliographic key of a work, as one of the documents that cite it has it; empty without one."""
    for quad in matching(store, work, lg("year"), None, None):
        graph = quad.graph_name

        def told(node: Any, predicate: ox.NamedNode, graph: Any = graph) -> list[Any]:
            return [each.object for each in matching(store, node, predicate, None, graph)]

        authors = [first for sequence in told(work, lg("authors")) for first in told(sequence, member(1))]
        one = {name: told(work, lg(name)) for name in ("year", "volume", "page")}
        authors = authors or told(work, lg("author"))
        if authors and all(one.values()):
            texts = {name: found[0].value for name, found in one.items()}
            return work_key(
                Reference(
                    authors=(authors[0].value,),
                    year=int(texts["year"]),
                    volume=texts["volume"],
                    page=texts["page"],
                )
            )
    return ""


def _retracted(store: ox.Store, columns: Columns) -> Mask:
    """Which terms are works that were retracted."""
    found = columns.no_terms()
    retractions = stored_retractions(store)
    if retractions:
        curation = Curation(retractions=retractions)
        for work in np.unique(columns.works.terms).tolist():
            found[work] = curation.is_retracted(columns.terms[work], None)
    return found


def numbered(store: ox.Store, columns: Columns, query: str) -> tuple[Numbers, list[str]]:
    """The claims of a query's first variable by their numbers, and the texts of its second, if it has one."""
    ids: list[bytes] = []
    texts: list[str] = []
    for claim, *other in selected(store, f"SELECT {query}"):
        ids.append(claim_id(claim).encode())
        texts += other
    wanted = np.array(ids or [], columns.ids.dtype)
    at = np.searchsorted(columns.ids, wanted)
    known = columns.ids[np.minimum(at, len(columns.ids) - 1)] == wanted if len(columns.ids) else at < 0
    claims = at[known].astype(np.int32)
    return claims, [text for text, is_known in zip(texts, known.tolist(), strict=bool(texts)) if is_known]
