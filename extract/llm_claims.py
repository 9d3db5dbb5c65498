"""Claims that a language model reads, each checked against the text, and their agreement with the rules'.

A claim is kept only if its quote stands in the passage as it was shown, its names do, its property or
relation is the ontology's and fits the kinds of its ends, and its value stands in the quote in a unit of the
property's dimension. What is kept is a claim like any other: its evidence is the document's own words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extract.document import Document
from extract.llm import LanguageModel, LanguageModelError, ask, load_settings
from extract.open_questions import sentences
from extract.passages import Passage, passages, refs_for, works_for
from kg.assembly import canonical_units
from kg.claims_file import ClaimsFileError, row_to_claim
from kg.model import Claim, Entity, Evidence
from kg.naming import ground_entity
from ontology.lexicon import Lexicon, load_lexicon
from ontology.quantities import find_quantities
from ontology.units import UnitError, convert

#: The extractor of a claim that only the model read, and what is added to the rule's where both did.
EXTRACTOR = "llm"
_TOLERANCE = 1e-6
#: Fields of a row that a model has no say in.
_OURS = frozenset(
    ("id", "document", "start", "end", "section", "refs", "primary", "extractor", "confidence", "context")
)


@dataclass(frozen=True, slots=True)
class Read:
    """What a model read in a document, how many of its claims were refused, and where it gave no answer."""

    claims: tuple[Claim, ...]
    refused: int
    problem: str = ""


def read_with_model(document: Document, model: LanguageModel, *, lexicon: Lexicon | None = None) -> Read:
    """The claims of a model that pass every check, in the order of the text.

    A request without a usable answer leaves its passages to the rules; after several in a row the rest of the
    document is left to them too. ``problem`` then says so.
    """
    lexicon = lexicon or load_lexicon()
    instructions = _instructions(lexicon)
    requests = list(_requests(passages(document)))
    found: list[Claim] = []
    refused = failures = missing = 0
    problem = ""
    for at, group in enumerate(requests):
        try:
            answer = ask(model, instructions, "\n\n".join(passage.text for passage in group))
        except LanguageModelError as error:
            failures, missing, problem = failures + 1, missing + 1, str(error)
            if failures == load_settings().most_failures:
                missing += len(requests) - at - 1
                break
            continue
        failures = 0
        rows = answer.get("claims")
        for row in rows if isinstance(rows, list) else ():
            claim = _checked(row, document, group, lexicon)
            found.extend([claim] if claim else [])
            refused += claim is None
    if missing:
        problem = f"{missing} of {len(requests)} requests to the language model had no answer: {problem}"
    unique = {claim.id: claim for claim in found}
    ordered = sorted(unique.values(), key=lambda claim: (claim.evidence.start, claim.evidence.end, claim.id))
    return Read(tuple(ordered), refused, problem)


def merge(rules: Sequence[Claim], model: Sequence[Claim], *, lexicon: Lexicon | None = None) -> list[Claim]:
    """The claims of both, in the order of the text; one that both read is kept once and names both.

    Two agree where they state the same of the same things in overlapping places. The rule's claim is kept,
    with the higher confidence; belief counts it as read twice.
    """
    lexicon = lexicon or load_lexicon()
    merged = list(rules)
    places: dict[tuple[object, ...], list[int]] = {}
    for at, claim in enumerate(merged):
        places.setdefault(_statement(claim, lexicon), []).append(at)
    for claim in model:
        agreeing = [
            at
            for at in places.get(_statement(claim, lexicon), ())
            if merged[at].evidence.start < claim.evidence.end
            and claim.evidence.start < merged[at].evidence.end
        ]
        for at in agreeing:
            merged[at] = _agreed(merged[at], claim)
        if not agreeing:
            merged.append(claim)
    return sorted(merged, key=lambda claim: (claim.evidence.start, claim.evidence.end, claim.id))


def _agreed(rule: Claim, model: Claim) -> Claim:
    extractors = dict.fromkeys([*rule.evidence.extractor.split("+"), model.evidence.extractor])
    return replace(
        rule,
        evidence=replace(rule.evidence, extractor="+".join(extractors)),
        confidence=1 - (1 - rule.confidence) * (1 - model.confidence),
    )


def _statement(claim: Claim, lexicon: Lexicon) -> tuple[object, ...]:
    """What a claim says, by things and not by names."""
    subject = ground_entity(claim.subject, lexicon=lexicon).iri
    if claim.object is not None:
        return subject, claim.relation, ground_entity(claim.object, lexicon=lexicon).iri, claim.polarity
    quantity = canonical_units(claim, lexicon=lexicon).quantity
    assert quantity is not None
    highest = None if quantity.value_max is None else f"{quantity.value_max:.5g}"
    return subject, claim.relation, f"{quantity.value:.5g}", highest, claim.polarity


def _instructions(lexicon: Lexicon) -> str:
    kinds = sorted({term.kind for term in lexicon.terms.values() if term.kind})
    properties = [f"{each.key} ({each.unit})" for each in lexicon.properties.values()]
    text = load_settings().instructions
    for name, words in (("kinds", kinds), ("properties", properties), ("relations", [*lexicon.relations])):
        text = text.replace(f"{{{{{name}}}}}", ", ".join(words))
    return text


def _requests(runs: Sequence[Passage]) -> Iterator[list[Passage]]:
    """The passages in groups that are asked about together."""
    group: list[Passage] = []
    for passage in runs:
        if group and sum(len(each.text) for each in (*group, passage)) > load_settings().request_length:
            yield group
            group = []
        group.append(passage)
    if group:
        yield group


def _checked(row: object, document: Document, group: Sequence[Passage], lexicon: Lexicon) -> Claim | None:
    """The claim of a row, None where it fails a check."""
    if not isinstance(row, dict) or not isinstance(row.get("quote"), str):
        return None
    quote: str = row["quote"].strip()
    passage = next((each for each in group if quote and quote in each.text), None)
    if passage is None:
        return None
    try:
        claim = row_to_claim(_stated(row), document=document.id)
    except (ClaimsFileError, TypeError, ValueError, OverflowError):
        return None
    at = passage.text.index(quote)
    sound = _is_measured(claim, quote, lexicon) if claim.is_measurement else _is_related(claim, lexicon)
    named = all(_is_named(entity, passage) for entity in (claim.subject, claim.object) if entity)
    if not sound or not named:
        return None
    return replace(
        canonical_units(claim, lexicon=lexicon),
        subject=_grounded(claim.subject, lexicon),
        object=_grounded(claim.object, lexicon) if claim.object else None,
        evidence=_evidence(document, passage, at, at + len(quote)),
        confidence=load_settings().confidence,
    )


def _stated(row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a row that are the model's to state; where and by whom it was read is not."""
    return {key: value for key, value in row.items() if key not in _OURS and not key.endswith("_iri")}


def _is_measured(claim: Claim, quote: str, lexicon: Lexicon) -> bool:
    """Whether the value stands in the quote, in a unit of the property's dimension."""
    measured, quantity = lexicon.properties.get(claim.relation), claim.quantity
    if measured is None or quantity is None:
        return False
    try:
        stated = [
            convert(value, quantity.unit, to=measured.unit)
            for value in (quantity.value, quantity.value_max)
            if value is not None
        ]
    except UnitError:
        return False
    written: list[float] = []
    for found in find_quantities(quote):
        if found.unit is not None:
            for value in (found.value, found.value_max):
                try:
                    written += [] if value is None else [convert(value, found.unit, to=measured.unit)]
                except UnitError:
                    break
    return all(any(math.isclose(one, two, rel_tol=_TOLERANCE) for two in written) for one in stated)


def _is_related(claim: Claim, lexicon: Lexicon) -> bool:
    """Whether the relation is the ontology's and holds between things of these kinds."""
    relation = lexicon.relations.get(claim.relation)
    if relation is None or claim.object is None:
        return False
    ends = ((claim.subject, relation.domain), (claim.object, relation.range))
    return all(
        not kinds or {entity.kind, ground_entity(entity, lexicon=lexicon).kind}.intersection(kinds)
        for entity, kinds in ends
    )


def _is_named(entity: Entity, passage: Passage) -> bool:
    text = passage.text.casefold()
    return any(name.casefold() in text for name in entity.names)


def _grounded(entity: Entity, lexicon: Lexicon) -> Entity:
    grounding = ground_entity(entity, lexicon=lexicon)
    return Entity(entity.names, entity.kind or grounding.kind, grounding.iri)


def _evidence(document: Document, passage: Passage, start: int, end: int) -> Evidence:
    first, last = passage.to_source(start, end)
    # whom the sentence cites, its marker behind the quote included
    around = [span for span in sentences(passage.text) if span[0] < end and start < span[1]]
    sentence = (min(start, around[0][0]), max(end, around[-1][1])) if around else (start, end)
    refs, works = refs_for(passage, *sentence), works_for(passage, *sentence)
    own = (document.own,) if document.own.title or document.own.doi else ()
    return Evidence(
        document=document.id,
        start=first,
        end=last,
        quote=document.text[first:last],
        section=passage.section,
        refs=refs,
        primary=works if works or refs else own,
        extractor=EXTRACTOR,
    )
