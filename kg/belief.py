"""Belief in a statement: how far the independent papers behind it support it, with the arithmetic.

Every paper that affirms a statement gives it some belief, every paper that denies it some disbelief, and
the rest is left open; Dempster's rule joins them (Shafer, A Mathematical Theory of Evidence, 1976, for
simple support functions)::

    weight of a paper   w = one_paper × reading × certainty     (its strongest claim counts)
                            reading = reliability of the extractor × confidence of the claim
    support             F = 1 − Π (1 − w) over the papers that affirm
    against             A = 1 − Π (1 − w) over the papers that deny
    belief                = F (1 − A) / (1 − F A)

A paper counts once, however often it is mentioned and however many documents cite it; a retracted one
counts nothing. ``one_paper``, the factors of certainty and the measured reliabilities stand in belief.yaml.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp, expm1, log1p, prod
from pathlib import Path
from typing import Any

from kg.model import Certainty, Claim
from kg.papers import Papers
from ontology.data_files import read_yaml

#: Beyond this power of e there is no float.
_MOST_EXPONENT = 700.0


@dataclass(frozen=True, slots=True)
class Weight:
    """What one paper adds on one side, by its strongest claim, and how often it was mentioned.

    ``reading`` is how surely the claim was read, ``certainty`` how surely the paper says so.
    """

    paper: str
    citation: str
    one_paper: float
    reading: float
    certainty: float
    mentions: int = 1
    retracted: bool = False

    @property
    def weight(self) -> float:
        """The product of the factors; nothing for a retracted paper."""
        return 0.0 if self.retracted else self.one_paper * self.reading * self.certainty


@dataclass(frozen=True, slots=True)
class Belief:
    """The papers for and against a statement and what follows from them."""

    papers_for: tuple[Weight, ...]
    papers_against: tuple[Weight, ...]

    @property
    def independent(self) -> int:
        """How many papers that are not retracted affirm the statement."""
        return sum(not paper.retracted for paper in self.papers_for)

    @property
    def support(self) -> float:
        """Belief from the affirming papers alone, 0 to 1."""
        return _joined(self.papers_for)

    @property
    def against(self) -> float:
        """Disbelief from the denying papers alone, 0 to 1."""
        return _joined(self.papers_against)

    @property
    def value(self) -> float:
        """The belief, 0 to 1; what is neither believed nor disbelieved is left open."""
        sides = (self.papers_for, self.papers_against)
        return joined_belief(*([paper.weight for paper in papers] for papers in sides))

    def explain(self) -> str:
        """The arithmetic as text, one line a paper and one for each step."""
        lines = []
        for side, papers, name in (
            ("for", self.papers_for, "support"),
            ("against", self.papers_against, "against"),
        ):
            lines += [_paper_line(side, paper) for paper in papers]
            if papers:
                factors = " × ".join(f"(1 − {paper.weight:.2f})" for paper in papers)
                lines.append(f"{name} = 1 − {factors} = {_joined(papers):.3f}")
        if self.papers_against:
            f, a = f"{self.support:.3f}", f"{self.against:.3f}"
            lines.append(f"belief = {f} × (1 − {a}) / (1 − {f} × {a}) = {self.value:.3f}")
        else:
            lines.append(f"belief = {self.value:.3f}")
        return "\n".join(lines)


def belief_in(claims: Sequence[Claim], papers: Papers) -> Belief:
    """The belief in the statement that the claims affirm or deny.

    Three papers for and one against; the first is mentioned twice, the third hedges:

    >>> from kg.model import Entity, Evidence, Reference
    >>> def said(by, **how):
    ...     work = Reference(authors=(by,), year=2019, volume="1", page="1")
    ...     evidence = Evidence(document="review", start=0, end=1, quote="…", primary=(work,))
    ...     lif, dendrites = Entity(("LiF",), "Material"), Entity(("dendrites",), "FailureMechanism")
    ...     return Claim(lif, "suppresses", evidence, dendrites, **how)
    >>> claims = [said("A. One"), said("A. One"), said("B. Two"), said("C. Three", certainty="hypothesised")]
    >>> belief = belief_in([*claims, said("D. Four", polarity="negated")], Papers())
    >>> print(belief.explain())
    for: One 2019 (2 mentions): 0.70
    for: Two 2019: 0.70
    for: Three 2019: 0.70 × 0.50 (hedged) = 0.35
    support = 1 − (1 − 0.70) × (1 − 0.70) × (1 − 0.35) = 0.942
    against: Four 2019: 0.70
    against = 1 − (1 − 0.70) = 0.700
    belief = 0.942 × (1 − 0.700) / (1 − 0.942 × 0.700) = 0.828
    """
    return Belief(
        papers_for=_weights((claim for claim in claims if claim.polarity == "affirmed"), papers),
        papers_against=_weights((claim for claim in claims if claim.polarity == "negated"), papers),
    )


def reliability(extractor: str) -> float:
    """How often what an extractor reads is what the text says; 1 for a person and for a claims file.

    What two of them read (``a+b``) is wrong only where both are.

    >>> reliability("measurements.prose") < reliability("measurements.prose+llm") < reliability("curated")
    True
    """
    measured: dict[str, float] = _rules()["reliability"]
    known = [measured.get(each, measured.get(each.partition(".")[0], 1.0)) for each in extractor.split("+")]
    return known[0] if len(known) == 1 else 1 - math.prod(1 - each for each in known)


def _weights(claims: Iterable[Claim], papers: Papers) -> tuple[Weight, ...]:
    """The papers behind the claims, the strongest first, each with its strongest claim."""
    found: dict[str, Weight] = {}
    rules = _rules()
    for claim in claims:
        for paper, citation in papers.behind(claim.evidence).items():
            made = Weight(
                paper,
                citation,
                one_paper=rules["one_paper"],
                reading=reliability(claim.evidence.extractor) * claim.confidence,
                certainty=rules["certainty"][claim.certainty],
                retracted=paper in papers.retracted,
            )
            other = found.get(paper)
            if other is not None:
                best = max(other, made, key=lambda each: (each.weight, each.reading, each.certainty))
                made = replace(best, citation=other.citation, mentions=other.mentions + 1)
            found[paper] = made
    return tuple(sorted(found.values(), key=lambda each: (-each.weight, each.paper)))


def claim_weight(claim: Claim) -> float:
    """What a claim adds for each paper behind it, 0 to 1."""
    reading = reliability(claim.evidence.extractor) * claim.confidence
    return one_paper() * reading * certainty_factor(claim.certainty)


def one_paper() -> float:
    """The belief that one paper gives what it asserts and what was read rightly."""
    return float(_rules()["one_paper"])


def certainty_factor(certainty: Certainty) -> float:
    """The part of that which is left of what a paper says so surely."""
    return float(_rules()["certainty"][certainty])


def joined_belief(affirming: Iterable[float], denying: Iterable[float]) -> float:
    """The belief from the weights of the papers on both sides."""
    # The formula divided by 1 − A, with logarithms: of very many papers both sides are 1 in a float.
    left_open = sum(log1p(-weight) for weight in affirming)
    support = -expm1(left_open)
    doubt = left_open - sum(log1p(-weight) for weight in denying)
    return support / (support + exp(min(doubt, _MOST_EXPONENT))) if support else 0.0


def _joined(papers: Sequence[Weight]) -> float:
    return 1 - prod(1 - paper.weight for paper in papers)


def _paper_line(side: str, paper: Weight) -> str:
    """A paper with the factors of its weight, those that are 1 left out."""
    mentions = f" ({paper.mentions} mentions)" if paper.mentions > 1 else ""
    start = f"{side}: {paper.citation}{mentions}"
    if paper.retracted:
        return f"{start}, retracted: 0.00"
    factors = [f"{paper.one_paper:.2f}"]
    factors += [f"{paper.reading:.2f} (reading)"] if paper.reading != 1 else []
    factors += [f"{paper.certainty:.2f} (hedged)"] if paper.certainty != 1 else []
    product = " × ".join(factors)
    return f"{start}: {product}" + (f" = {paper.weight:.2f}" if len(factors) > 1 else "")


@cache
def _rules() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("belief.yaml"))
    return data
